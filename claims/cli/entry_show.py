"""Printing records: a list of them, or all that is known of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claims.actions.edit_fields import words_of
from claims.actions.init import acting
from claims.actions.listing import Listed, ListLine, ListRequest, listed
from claims.actions.showing import Shown, ShowRequest, show
from claims.analysis.wording import plural
from claims.archive.store import Archive
from claims.cli.archiving_words import captured_words, copy_as_json, copy_words
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.printing import print_json, print_pairs, print_table, say
from claims.cli.wording import quantity_line, when_line
from claims.exchange.fields import noun_of
from claims.report.inert import inert
from claims.store.unit import read_unit

_ID = 8


def list_records(ground: Ground, entity: str, *, as_json: bool, **narrowing: Any) -> None:  # noqa: ANN401
    """Print the records of an entity, one a line."""
    settings = existing(ground.settings())
    request = ListRequest(entity=entity, **narrowing)
    with opened(settings) as engine, read_unit(engine) as session:
        found = listed(session, acting(session, settings.actor), request, now())
    if as_json:
        print_json([_line_as_json(line) for line in found.lines])
    else:
        _print_list(entity, found)


def show_record(ground: Ground, entity: str, target: str, *, as_json: bool) -> None:
    """Print all that is known of one record."""
    settings = existing(ground.settings())
    archive = Archive(settings.folder) if settings.folder else None
    request = ShowRequest(entity=entity, target=target, archive=archive)
    with opened(settings) as engine, read_unit(engine) as session:
        found = show(session, acting(session, settings.actor), request, now())
    if as_json:
        print_json(_shown_as_json(found))
    else:
        print_pairs([(name, inert(words)) for name, words in _pairs(found)])


def _print_list(entity: str, found: Listed) -> None:
    if not found.lines:
        call = f"claims {noun_of(entity)} add"
        say(f"No {entity.replace('_', ' ')} is listed; `{call}` enters one.")
        return
    names = list(found.lines[0].details)
    heading = ("Id", "Key", "What", *(name.capitalize() for name in names))
    print_table([heading, *(_row(line, names) for line in found.lines)])
    if found.more:
        say(f"\nand {plural(found.more, 'more')}; --limit shows more of them")


def _row(line: ListLine, names: Sequence[str]) -> tuple[str, ...]:
    details = (inert(line.details[name]) for name in names)
    return (str(line.id)[:_ID], inert(line.key or ""), inert(line.name), *details)


def _line_as_json(line: ListLine) -> dict[str, object]:
    return {
        "entity": line.entity,
        "id": str(line.id),
        "key": line.key,
        "name": line.name,
        **{name.replace(" ", "_"): words or None for name, words in line.details.items()},
    }


def _pairs(found: Shown) -> Iterator[tuple[str, str]]:
    """Names and words, one a line of the page."""
    yield found.entity.replace("_", " ").capitalize(), found.name
    yield "id", str(found.id)
    for name, item in found.fields.items():
        yield from _field(name, item)
    yield from _computed(found)
    who = found.authors
    yield "version", str(found.version)
    yield "entered", f"by {who.entered_by} at {who.entered_at}"
    if (who.entered_by, who.entered_at) != (who.edited_by, who.edited_at):
        yield "changed", f"by {who.edited_by} at {who.edited_at}"


def _computed(found: Shown) -> Iterator[tuple[str, str]]:
    """What follows from other records, and what others thought."""
    if found.chain:
        yield "said by", " → ".join(found.chain)
    if found.reading is not None:
        yield "read as", _reading(found.reading)
    for grade in found.grades:
        yield grade.scheme, f"{grade.code}, by {grade.by}: {grade.reason}"
    if found.entity == "claim" and not found.grades:
        yield "confidence", "unassessed"
    for passage in found.passages:
        place = " (not placed)" if passage.start is None else f" ({passage.start}–{passage.end})"
        yield "cited", f"“{passage.exact}”{place}"
    for copy in found.copies:
        words = f"{copy_words(copy)}, {captured_words(copy.snapshot)}"
        yield "archived copy", f"{str(copy.snapshot.id)[:_ID]}: {words}"
    told = {
        "review": found.review,
        "superseded by": found.superseded_by and found.superseded_by[:_ID],
        "verdict": found.verdict,
    }
    yield from ((name, words) for name, words in told.items() if words)


_TOLD_OTHERWISE = {"quote", "start", "end", "also_in"}


def _field(name: str, item: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 (data of JSON)
    if name in _TOLD_OTHERWISE:
        return
    if isinstance(item, Mapping):
        for inner, one in item.items():
            yield from _field(f"{name}.{inner}", one)
    else:
        yield name, words_of(item)


def _reading(reading: Mapping[str, Any]) -> str:
    line = when_line(reading) if "edtf" in reading else quantity_line(reading)
    return line.removeprefix(f"{inert(reading['said'])}: ")


def _shown_as_json(found: Shown) -> dict[str, object]:
    return {
        "entity": found.entity,
        "id": str(found.id),
        "key": found.key,
        "name": found.name,
        "version": found.version,
        "fields": _json(found.fields),
        "chain": list(found.chain),
        "passages": [
            {"exact": one.exact, "start": one.start, "end": one.end} for one in found.passages
        ],
        "reading": found.reading,
        "assessments": [
            {"scheme": one.scheme, "code": one.code, "reason": one.reason, "by": one.by}
            for one in found.grades
        ],
        "review": found.review,
        "superseded_by": found.superseded_by,
        "verdict": found.verdict,
        "entered_by": found.authors.entered_by,
        "entered_at": found.authors.entered_at,
        "edited_by": found.authors.edited_by,
        "edited_at": found.authors.edited_at,
    } | ({"copies": [copy_as_json(one) for one in found.copies]} if found.copies else {})


def _json(item: Any) -> Any:  # noqa: ANN401 (data of JSON)
    """Data that JSON can hold: exact numbers as the text of their digits."""
    if isinstance(item, Mapping):
        return {name: _json(one) for name, one in item.items()}
    if isinstance(item, list | tuple):
        return [_json(one) for one in item]
    return item if isinstance(item, str | int | bool) or item is None else str(item)
