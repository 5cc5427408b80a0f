"""Entities of Wikibase (Wikidata) as a table: a row for each statement, whatever its rank.

The layout is that of https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON: one entity, several
under ``entities`` as the API gives them, a list, or an entity a line as in dumps. Which statements
count, and what their properties are called, is said by a mapping and not here.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from claims.exchange.table_bytes import Files, refuse
from claims.exchange.table_rows import RawRow, Remarks, Scalar
from claims.exchange.wikibase_values import Labels, Odd, amounts, label_of, said, snaks, sources

LARGEST = 1 << 26
"""Characters of a file, or of a line of a dump, that are read as one piece."""

STATED = (
    *("statement", "item", "label", "property", "rank", "snak", "stance"),
    *("amount", "lower", "upper", "unit", "value", "sources", "P585", "P518", "P1480"),
)
"""Columns that every such table has; a column for each further qualifier comes after them."""

_PROPERTY = re.compile(r"P\d+")
_WHAT = "one entity of Wikibase, several under “entities”, a list of them, or one a line"
_PARTS = frozenset({"labels", "claims"})
_SNAKS = ("value", "somevalue", "novalue")
_STANCES = {"preferred": "asserts", "normal": "asserts", "deprecated": "doubts"}
"""By rank: how Wikidata stands to the value. A deprecated one is kept, and not upheld."""

Row = Mapping[str, Scalar]


def is_entities(path: Path) -> bool:
    """Whether a file is by its name such a text."""
    return path.name.lower().endswith((".json", ".json.gz"))


@dataclass(frozen=True, slots=True)
class Entities:
    """A file of entities, the columns of its statements, the labels of what it describes."""

    files: Files
    columns: tuple[str, ...]
    labels: Labels

    def rows(self, remarks: Remarks) -> Iterator[RawRow]:
        """Every statement with its number in the file; one that cannot be read is a defect."""
        statements = chain.from_iterable(map(_statements, _entities(self.files)))
        for number, (entity, statement) in enumerate(statements, 1):
            try:
                row = _row(entity, statement, self.labels)
            except Odd as odd:
                remarks.fault(number, 0, _named(statement), odd.found, odd.expected)
            else:
                yield number, [row.get(name) for name in self.columns]


def entities(files: Files) -> Entities:
    """Read which qualifiers and labels there are, which takes one pass over the file.

    Raises:
        DocumentFaults: it holds no entity.
    """
    names = dict.fromkeys(STATED)
    labels: dict[str, str] = {}
    for entity in _entities(files):
        labels[str(entity["id"])] = label_of(entity)
        for _, statement in _statements(entity):
            names.update(dict.fromkeys(name for name, _ in _qualified(statement)))
    if not labels:
        refuse(files.path, "JSON without an entity of Wikibase", _WHAT)
    return Entities(files, tuple(names), labels)


def _entities(files: Files) -> Iterator[Mapping[str, Any]]:
    for number, text in _pieces(files):
        try:
            held = json.loads(text, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            found = f"text that is no JSON: {str(error).lower()}"
            refuse(files.path, found, _WHAT, number)
        yield from filter(_is_entity, _listed(held))


def _pieces(files: Files) -> Iterator[tuple[int, str]]:
    """The whole text, or its lines where each is an entity."""
    with files.opened() as file:
        text = io.TextIOWrapper(file, "utf-8-sig")
        try:
            first = text.readline(LARGEST)
            begun = first.strip()
            if begun == "[" or (begun.startswith("{") and begun.endswith(("}", "},"))):
                yield from _lines(files, enumerate(chain([first], iter(text.readline, "")), 1))
                return
            whole = first + text.read(LARGEST)
            if len(whole) > LARGEST:
                found = f"a text of more than {LARGEST:,} characters in one piece"
                refuse(files.path, found, "an entity a line, as in the dumps of Wikidata")
            yield 1, whole
        except UnicodeDecodeError:
            refuse(files.path, "a text that is not UTF-8", "JSON, which is")
        finally:
            with suppress(ValueError):  # a pass that a defect ended is closed after its file
                text.detach()


def _lines(files: Files, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for number, line in lines:
        if len(line) > LARGEST:
            refuse(files.path, f"a line of more than {LARGEST:,} characters", _WHAT, number)
        plain = line.strip().removesuffix(",")
        if plain not in {"", "[", "]"}:
            yield number, plain


def _listed(held: Any) -> Sequence[Any]:  # noqa: ANN401 (whatever JSON holds)
    if isinstance(held, list):
        return held
    if isinstance(held, dict) and isinstance(held.get("entities"), dict):
        return list(held["entities"].values())
    return [held]


def _is_entity(held: Any) -> bool:  # noqa: ANN401 (whatever JSON holds)
    return (
        isinstance(held, dict) and isinstance(held.get("id"), str) and not _PARTS.isdisjoint(held)
    )


def _statements(entity: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Any]]:
    """The statements of an entity, in the order of the file; one that is none is told as such."""
    if told := _told(entity, "claims"):
        yield entity, told
    for some in _held(entity, "claims").values():
        for statement in some if isinstance(some, list) else [some]:
            yield entity, statement


def _held(held: Any, name: str) -> Mapping[str, Any]:  # noqa: ANN401 (whatever JSON holds)
    """A mapping within another; an empty one is written as an empty list by some programs."""
    found = held.get(name) if isinstance(held, dict) else None
    return found if isinstance(found, dict) else {}


def _told(held: Any, name: str) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """What stands where a mapping should and is none; nothing where all is well."""
    found = held.get(name) if isinstance(held, dict) else None
    return None if isinstance(found, dict) else found


def _named(statement: Any) -> str:  # noqa: ANN401 (whatever JSON holds)
    told = statement.get("id") if isinstance(statement, dict) else None
    return f"statement {told}" if told else "statement"


def _row(entity: Mapping[str, Any], statement: Any, labels: Labels) -> Row:  # noqa: ANN401
    """The cells of a statement by their columns.

    Raises:
        Odd: it is none, or a value in it is not one of the data model.
    """
    _check_parts(statement)
    main = _held(statement, "mainsnak")
    snak, rank = _word(main, "snaktype", _SNAKS), _word(statement, "rank", _STANCES)
    known = _STANCES[rank] if snak == "value" else "could_not_confirm"
    amount = amounts(main)
    return {
        "statement": None if statement.get("id") is None else str(statement["id"]),
        "item": str(entity["id"]),
        "label": labels.get(str(entity["id"])),
        "property": str(main.get("property")),
        "rank": rank,
        "snak": snak,
        "stance": known,
        "amount": amount.amount,
        "lower": amount.lower,
        "upper": amount.upper,
        "unit": amount.unit,
        "value": said(main, labels),
        "sources": "\n".join(sources(statement, labels)) or None,
        **_qualifiers(statement, labels),
    }


def _check_parts(statement: Any) -> None:  # noqa: ANN401 (whatever JSON holds)
    """Whether a statement and what hangs on it are made as the data model has them.

    Raises:
        Odd: it is no object, its qualifiers are none, or its references are no list of objects.
    """
    if not isinstance(statement, dict):
        message = f"{str(statement)[:60]!r}, which is no statement"
        raise Odd(message, "an object with its “mainsnak” and “rank”")
    references = statement.get("references") or []
    listed = isinstance(references, list) and all(isinstance(one, dict) for one in references)
    for name, odd, expected in (
        ("qualifiers", _told(statement, "qualifiers"), "an object, by property"),
        ("references", None if listed else references, "a list of objects with their “snaks”"),
    ):
        if odd:
            message = f"the {name} {str(odd)[:60]!r}"
            raise Odd(message, expected)


def _word(held: Any, name: str, known: Iterable[str]) -> str:  # noqa: ANN401 (JSON)
    """A word of a closed list.

    Raises:
        Odd: there is none, or another.
    """
    found = held.get(name) if isinstance(held, dict) else None
    if found not in list(known):
        message = f"{name} {found!r} in {str(held)[:60]!r}"
        raise Odd(message, f"one of {', '.join(known)}")
    return str(found)


def _qualified(statement: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 (JSON)
    """The qualifiers of a statement by their properties."""
    held = _held(statement, "qualifiers").items()
    return ((name, some) for name, some in held if _PROPERTY.fullmatch(name))


def _qualifiers(statement: Mapping[str, Any], labels: Labels) -> Row:
    return {
        name: "; ".join(filter(None, (said(one, labels) for one in snaks(held))))
        for name, held in _qualified(statement)
    }
