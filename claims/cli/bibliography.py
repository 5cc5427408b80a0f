"""``claims bibliography``: what came in, what was left out and why; what goes out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from claims import actions
from claims.actions.bibliography import (
    BibliographyRequest,
    BibliographyResult,
    CitedRequest,
    cited_items,
)
from claims.actions.bibliography import import_bibliography as carry_out
from claims.actions.load_plan import LoadItem, State
from claims.actions.retractions import RetractedDocument, RetractionsRequest
from claims.actions.retractions import retractions as look_up
from claims.analysis.records import Document
from claims.analysis.vocabulary import Tier
from claims.analysis.wording import plural
from claims.archive.gather import Gathered, gathered
from claims.archive.store import Archive
from claims.cli.gathering import gathering_into
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.guard import FINDINGS, OK
from claims.cli.loading import (
    MEANINGS,
    SHOWN,
    TAKEN_OUT,
    counts_as_json,
    describe_item,
    item_as_json,
    table_of,
)
from claims.cli.printing import print_json, print_table, progress, say
from claims.errors import ClaimsError, Fault
from claims.exchange.biblio import (
    Bibliography,
    BibliographyFormat,
    format_named,
    read_bibliography,
    write_bibliography,
)
from claims.exchange.retraction_list import read_retractions
from claims.report.inert import inert
from claims.store.unit import read_unit, write_unit

_SHOWN = 20
"""Records that are shown of each sort; JSON has all."""

_NAMES = {
    BibliographyFormat.BIBTEX: "BibTeX",
    BibliographyFormat.RIS: "RIS",
    BibliographyFormat.CSL_JSON: "CSL-JSON",
    BibliographyFormat.ENDNOTE: "EndNote XML",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """The options of ``claims bibliography import``."""

    dry_run: bool = False
    strict: bool = False
    voice: str | None = None
    tier: Tier | None = None
    namespace: str | None = None
    remove_gone: bool = False
    as_json: bool = False


def import_bibliography(ground: Ground, path: Path, how: How) -> int:
    """Import a bibliography, or show what importing it would do."""
    settings = existing(ground.settings())
    with opened(settings) as engine, ExitStack() as stack:
        progress("Reading the bibliography …")
        found = read_bibliography(path)
        beside = stack.enter_context(gathering_into(settings, dry_run=how.dry_run))
        copies, unread = _gathered(found, beside, stack)
        found = replace(found, remarks=(*found.remarks, *unread))
        request = BibliographyRequest(
            bibliography=found,
            archive=Archive(settings.archive),
            namespace=how.namespace or path.name.partition(".")[0],
            copies=copies,
            voice=how.voice,
            tier=how.tier,
            strict=how.strict,
            dry_run=how.dry_run,
            remove_gone=how.remove_gone,
        )
        progress("Comparing it with the database …")
        with read_unit(engine) if how.dry_run else write_unit(engine) as session:
            actor = actions.acting(session, settings.actor)
            result = carry_out(session, actor, request, now())
    if how.as_json:
        print_json(_as_json(found, result))
    else:
        _describe(found, result)
    return FINDINGS if found.faults else OK


def _gathered(
    found: Bibliography, archive: Archive, stack: ExitStack
) -> tuple[dict[Path, Gathered], list[Fault]]:
    """The attachments with their texts, until the stack is left; those that cannot be read."""
    copies: dict[Path, Gathered] = {}
    unread = []
    for item in found.items:
        for attachment in item.attachments:
            progress(f"Reading {attachment.path.name} …")
            try:
                reading = gathered(archive, str(attachment.path), now=now())
                copies[attachment.path] = stack.enter_context(reading)
            except ClaimsError as error:
                told = f"the attachment {attachment.path.name}, which was not archived"
                unread.append(Fault(found.file, item.line, 1, item.key, told, str(error)))
    return copies, unread


def _describe(found: Bibliography, result: BibliographyResult) -> None:
    records = plural(len(found.items), "record")
    say(f"{records} in {inert(found.file)} ({_NAMES[found.format]}).")
    _list("Left out", found.faults)
    _list("Mended, and taken in; have a look", found.mended)
    _list("Worth a look", found.remarks)
    say()
    print_table(list(table_of(result.loaded.counts)))
    _show_new(result)
    for state in SHOWN:
        items = [item for item in result.loaded.items if item.state is state]
        _show_state(state, items, removed=result.loaded.removed)
    _show_similar(result)
    say(f"\n{_summary(result)}")


def _list(title: str, faults: Sequence[Fault]) -> None:
    if faults:
        say(f"\n{title} ({len(faults):,}):")
    for fault in faults[:_SHOWN]:
        say(f"  {inert(str(fault))}")
    _more(len(faults))


def _more(count: int) -> None:
    if count > _SHOWN:
        say(f"  and {count - _SHOWN:,} more; --json lists all")


def _show_new(result: BibliographyResult) -> None:
    """The new documents by the voice that speaks in them."""
    new = {item.key for item in result.loaded.items if _is_new(item)}
    counts = Counter(voice for key, voice in result.voices.items() if key in new)
    if counts:
        say("\nWho speaks in the new documents (--voice names another):")
    for voice, count in counts.most_common(_SHOWN):
        say(f"  {inert(voice)}: {plural(count, 'document')}")
    _more(len(counts))


def _is_new(item: LoadItem) -> bool:
    return item.entity == Document.entity and item.state is State.NEW


def _show_state(state: State, items: Sequence[LoadItem], *, removed: bool) -> None:
    if items:
        gone = state is State.GONE and removed
        say(f"\n{(TAKEN_OUT if gone else MEANINGS[state]).capitalize()}:")
    for item in items[:_SHOWN]:
        describe_item(item)
    _more(len(items))


def _show_similar(result: BibliographyResult) -> None:
    if result.similar:
        say("\nMay be one; `claims document merge` says so:")
    for one in result.similar[:_SHOWN]:
        kept, merged = (f"“{each.name}” ({each.key})" for each in (one.kept, one.merged))
        say(f"  {inert(f'{kept} and {merged}: {one.reason}')}")
    _more(len(result.similar))


def _summary(result: BibliographyResult) -> str:
    if result.loaded.dry_run:
        return "This was a dry run: nothing was stored."
    if not result.loaded.changed:
        return "Nothing was changed."
    return "Stored. `claims undo` takes this back."


def _as_json(found: Bibliography, result: BibliographyResult) -> dict[str, object]:
    return {
        "file": found.file,
        "format": found.format.value,
        "records": len(found.items),
        "dry_run": result.loaded.dry_run,
        "changed": result.loaded.changed,
        "left_out": [asdict(fault) for fault in found.faults],
        "mended": [asdict(fault) for fault in found.mended],
        "remarks": [asdict(fault) for fault in found.remarks],
        "counts": counts_as_json(result.loaded.counts),
        "voices": dict(result.voices),
        "similar": [
            {"kept": one.kept.key, "merged": one.merged.key, "reason": one.reason}
            for one in result.similar
        ],
        "items": [item_as_json(item) for item in result.loaded.items],
    }


def export_bibliography(
    ground: Ground,
    documents: tuple[str, ...],
    topic: str | None,
    format_name: str | None,
    output: Path | None,
) -> int:
    """Write documents as a bibliography, to a file or to the output."""
    standard = output is None or str(output) == "-"
    named = None if output is None or standard else format_named(output.name)
    form = BibliographyFormat(format_name) if format_name else named or BibliographyFormat.BIBTEX
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        items = cited_items(session, actor, CitedRequest(documents=documents, topic=topic), now())
    pieces = write_bibliography(items, form)
    if output is None or standard:
        sys.stdout.writelines(pieces)
        return OK
    with output.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
    say(f"Written: {plural(len(items), 'document')} as {_NAMES[form]} in '{inert(str(output))}'.")
    return OK


def retractions(ground: Ground, path: Path, *, mark: bool, dry_run: bool, as_json: bool) -> int:
    """Name the documents that a list of retractions names, and mark them where that is asked."""
    settings = existing(ground.settings())
    with opened(settings) as engine:
        progress("Reading the list …")
        request = RetractionsRequest(
            notices=read_retractions(path), origin=path.name, mark=mark, dry_run=dry_run
        )
        writing = mark and not dry_run
        with write_unit(engine) if writing else read_unit(engine) as session:
            actor = actions.acting(session, settings.actor)
            found = look_up(session, actor, request, now())
    if as_json:
        print_json([_retracted_as_json(one) for one in found])
    else:
        for line in _told(found, mark=mark, dry_run=dry_run):
            say(inert(line))
    return FINDINGS if found else OK


def _told(found: Iterable[RetractedDocument], *, mark: bool, dry_run: bool) -> Iterator[str]:
    documents = list(found)
    if not documents:
        yield "The list names none of the documents."
    for one in documents:
        yield f"{one.key or str(one.id)[:8]}: “{one.title}”, {plural(one.claims, 'claim')}"
        yield from (f"  {notice}, told by its {one.by}" for notice in one.notices)
        yield f"  {_consequence(one, mark=mark, dry_run=dry_run)}"


def _consequence(one: RetractedDocument, *, mark: bool, dry_run: bool) -> str:
    if one.by == "title":
        return "only the title tells it: compare both, and mark it by `claims document edit`"
    if one.marked:
        return f"{'would be marked' if dry_run else 'marked'} {one.status}; it was {one.before}"
    if one.status is None:
        return "a concern alone changes no status"
    if one.status is one.before:
        return f"marked {one.before} already"
    return f"{one.before}; --mark marks it {one.status}" if not mark else one.before


def _retracted_as_json(one: RetractedDocument) -> dict[str, object]:
    return {
        "id": str(one.id),
        "key": one.key,
        "title": one.title,
        "before": one.before.value,
        "status": one.status.value if one.status else None,
        "told_by": one.by,
        "claims": one.claims,
        "marked": one.marked,
        "notices": [asdict(notice) for notice in one.notices],
    }
