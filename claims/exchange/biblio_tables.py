"""Which field of a format is which variable of CSL: the tables beside this package.

The tables are TOML, and name the documents that they were taken from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_FOLDER = Path(__file__).parent / "bibliography"


@cache
def table(name: str) -> Mapping[str, Any]:
    """The parsed content of ``bibliography/NAME.toml``."""
    import tomllib  # noqa: PLC0415 -- not needed to start the program

    text = (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def csl_words(name: str) -> frozenset[str]:
    """A list of words of the table of CSL: ``types``, ``names``, ``dates``, ``texts`` and more."""
    return frozenset(table("csl")[name].split())


@cache
def variables() -> Mapping[str, str]:
    """The variables of CSL by their names in small letters."""
    words = csl_words("names") | csl_words("dates") | csl_words("texts")
    return {word.lower(): word for word in words - {"custom", "note", "title"}}


@dataclass(frozen=True, slots=True)
class Layout:
    """The table of one format: its types, and its fields by the type of the item."""

    name: str
    types: Mapping[str, str]
    write_types: Mapping[str, str]
    other_type: str
    fields: Mapping[str, str]
    fields_in: Mapping[str, Mapping[str, str]]

    def variable(self, field: str, csl_type: str) -> str | None:
        """The variable of CSL that a field gives in an item of a type.

        A field that is called as a variable gives it: so is written what a format has no field for.
        """
        own = self.fields_in.get(csl_type, {}).get(field) or self.fields.get(field)
        return own or variables().get(field.lower())

    def written(self, csl_type: str) -> Mapping[str, str]:
        """The field that each variable is written as, in an item of a type."""
        own = self.fields_in.get(csl_type, {})
        found = {variable: field for field, variable in reversed(list(own.items()))}
        for field, variable in self.fields.items():
            if own.get(field, variable) == variable:
                found.setdefault(variable, field)
        return found


@cache
def layout(name: str, other_type: str) -> Layout:
    """The table of ``bibtex``, ``ris`` or ``endnote``; ``other_type`` is for what has no line."""
    held = table(name)
    return Layout(
        name=name,
        types=held["types"],
        write_types=held["write_types"],
        other_type=other_type,
        fields=held["fields"],
        fields_in=held["fields_in"],
    )
