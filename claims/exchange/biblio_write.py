"""Items of CSL-JSON as the fields of a format: what every writer of bibliographies needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.analysis.csl_dates import edtf_of
from claims.exchange.biblio_fields import CUSTOM, ENTRY_TYPE
from claims.exchange.biblio_item import BibliographyItem
from claims.exchange.biblio_names import Name
from claims.exchange.biblio_tables import Layout, csl_words

_LEFT_OUT = frozenset({"id", "type", CUSTOM})


@dataclass(frozen=True, slots=True)
class Written:
    """A variable of an item with the field that it is written as, or none."""

    variable: str
    field: str | None
    value: object


def variables_of(
    item: BibliographyItem, layout: Layout, first: Mapping[str, str]
) -> Iterator[Written]:
    """The variables of an item in the order of the table; ``first`` names better fields."""
    fields = {**layout.written(type_of(item)), **first}
    order = {variable: place for place, variable in enumerate(layout.fields.values())}
    told = [name for name, value in item.csl.items() if name not in _LEFT_OUT and value]
    for name in sorted(told, key=lambda name: order.get(name, len(order))):
        yield Written(name, fields.get(name), item.csl[name])


def type_of(item: BibliographyItem) -> str:
    """The CSL type of an item."""
    return str(item.csl.get("type") or "document")


def others_of(item: BibliographyItem, layout: Layout) -> Mapping[str, object]:
    """What was kept of a record of this format, by the names it has there."""
    custom = item.csl.get(CUSTOM)
    found = custom.get(layout.name) if isinstance(custom, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def kind_of(item: BibliographyItem, layout: Layout) -> str:
    """The type of record: the one it was read from where it still means this, else the usual."""
    csl_type = type_of(item)
    earlier = str(others_of(item, layout).get(ENTRY_TYPE) or "")
    if earlier and layout.types.get(earlier, "document") == csl_type:
        return earlier
    return layout.write_types.get(csl_type, layout.other_type)


def names_of(value: object) -> list[Name]:
    """The names of a variable; plain words are names to the letter."""
    found = value if isinstance(value, list | tuple) else [value]
    return [
        {str(part): str(words) for part, words in one.items() if words}
        if isinstance(one, Mapping)
        else {"literal": str(one)}
        for one in found
        if one
    ]


def text_of_value(variable: str, value: object) -> str:
    """A value that is no list of names as one text."""
    if variable in csl_words("dates"):
        return edtf_of(value)
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def texts_of(value: object) -> Sequence[str]:
    """What was kept under one name: one text or several."""
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
