"""The identifiers of a CSL-JSON item: checked, and in the form that copies have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from claims.analysis.likeness import bare_address, bare_number
from claims.errors import InvalidValue
from claims.values.identifiers import check_identifier

CHECKED = ("DOI", "ISBN", "ISSN", "PMID")
"""The variables of CSL that hold identifiers with a form to check."""

_SEVERAL = frozenset({"ISBN", "ISSN"})
_PARTED = re.compile(r"[,;]|(?<=\d{3}[\dXx])\s+(?=\d)")
_ASIDE = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class IdentifierFault:
    """An identifier that cannot be right: the variable, what it holds, and what was expected."""

    name: str
    text: str
    expected: str

    @property
    def found(self) -> str:
        """What was found, for a message."""
        return repr(self.text)


def identifier_faults(csl: Mapping[str, object]) -> tuple[IdentifierFault, ...]:
    """The identifiers of an item whose check digit or syntax is wrong.

    An item may name several ISBN or ISSN, parted by commas, semicolons or spaces, with words in
    brackets behind them.
    """
    return tuple(
        IdentifierFault(name, text, refused)
        for name in CHECKED
        for text in _texts(csl, name)
        if (refused := _refused(name, text))
    )


def identifiers(csl: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The identifiers of an item in their normal form, where they have one, else at their barest.

    The address comes last: it is an identifier too, without what differs from copy to copy.
    """
    for name in CHECKED[:2]:
        for text in _texts(csl, name):
            found = _normal(name, text)[0] or text
            yield name, bare_number(found) if name == "ISBN" else found.lower()
    if url := bare_address(str(csl.get("URL") or "")):
        yield "URL", url


def _texts(csl: Mapping[str, object], name: str) -> Iterator[str]:
    text = str(csl.get(name) or "").strip()
    if name in _SEVERAL:
        text = _ASIDE.sub(" ", text).strip()
    whole = name not in _SEVERAL or not _refused(name, text)
    yield from filter(None, (part.strip() for part in ([text] if whole else _PARTED.split(text))))


def _refused(name: str, text: str) -> str:
    """What was expected in place of a text that is no identifier, or nothing."""
    return _normal(name, text)[1]


@lru_cache(maxsize=65_536)
def _normal(name: str, text: str) -> tuple[str, str]:
    """The normal form of an identifier, or what was expected in its place; the other is empty."""
    try:
        return check_identifier(name, text), ""
    except InvalidValue as error:
        return "", str(error).partition(": expected ")[2]
