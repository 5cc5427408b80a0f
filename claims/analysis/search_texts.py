"""What of each record is searched: its texts, and the folded words they are found by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from claims.analysis.records import ClaimValue, Document, Record, Speaker, Translation
from claims.values.folding import folded_words

SEPARATOR = "|"
"""What stands between the words of one text and those of the next, so that no phrase spans both."""

LONGEST = 500_000
"""Letters of folded words that are kept of one record; engines set limits to what they index."""


class Text(NamedTuple):
    """Words of a record as they were written, and the field they are in."""

    field: str
    text: str


_FIELDS: Mapping[str, tuple[str, ...]] = {
    "topic": ("label", "aliases"),
    "term": ("label", "scheme", "aliases"),
    "term_relation": ("reason",),
    "place": ("name", "names", "gazetteer"),
    "question": ("text", "unit"),
    "party": ("name",),
    "source": ("name", "aliases", "identifiers", "note"),
    "source_relation": ("basis",),
    "passage": ("exact", "translations"),
    "claim": ("value", "hedges", "verb", "speakers", "note", "retracted_reason"),
    "assessment": ("reason",),
    "review": ("reason",),
    "cross_check": ("text", "reason"),
    "inquiry": ("looked_for", "looked_in", "words", "note"),
    "relation_override": ("reason",),
    "waiver": ("reason",),
    "merge": ("reason",),
}
_NAME = (
    "given",
    "dropping-particle",
    "non-dropping-particle",
    "family",
    "suffix",
    "literal",
)
_NOT_SAID = frozenset({"id", "type", "language"})

SEARCHED = ("document", *_FIELDS)
"""The entities that are searched, by name."""


def texts(record: Record) -> tuple[Text, ...]:
    """The texts of a record that are searched, the most telling first, its key last.

    People's names are written given name first. Dates and codes of a bibliographic item are not
    searched. An entity that is not searched has no texts.
    """
    if record.entity not in SEARCHED:
        return ()
    told = _of_item(record.csl) if isinstance(record, Document) else _of_fields(record)
    key = () if record.key is None else (Text("key", record.key),)
    return (*told, *key)


def entry_words(record: Record) -> str:
    """What a record is found by: its folded words, with a separator between its texts."""
    parts = (" ".join(folded_words(text)) for _, text in texts(record))
    told = f" {SEPARATOR} ".join(part for part in parts if part)
    return told if len(told) <= LONGEST else told[:LONGEST].rpartition(" ")[0]


def _of_fields(record: Record) -> Iterator[Text]:
    for field in _FIELDS[record.entity]:
        held = getattr(record, field)
        if type(held) is str:
            yield Text(field, held)
        elif held:
            for text in _leaves(held):
                yield Text(field, text)


def _leaves(held: object) -> Iterator[str]:
    """Every text within a field, mappings by their keys in order."""
    if isinstance(held, Mapping):
        held = [held[key] for key in sorted(held)]
    if isinstance(held, tuple | list):
        for one in held:
            yield from _leaves(one)
    elif (text := _said(held)) is not None:
        yield text


def _said(held: object) -> str | None:
    match held:
        case str():
            return held
        case ClaimValue():
            return held.said
        case Speaker():
            return held.verb
        case _:
            return held.text if isinstance(held, Translation) else None


def _of_item(csl: Mapping[str, object]) -> Iterator[Text]:
    """The texts of a CSL-JSON item, its title first."""
    for field in sorted(csl, key=lambda name: (name != "title", name)):
        if field not in _NOT_SAID:
            for text in _item_leaves(csl[field]):
                yield Text(field, text)


def _item_leaves(held: object) -> Iterator[str]:
    if isinstance(held, Mapping):
        name = " ".join(str(held[part]) for part in _NAME if held.get(part))
        if name:
            yield name
    elif isinstance(held, tuple | list):
        for one in held:
            yield from _item_leaves(one)
    elif isinstance(held, str | int | Decimal) and not isinstance(held, bool):
        yield str(held)
