"""Identifiers of publications and people: their normal form, after their check digit was checked.

The rules are those of the standards: ISBN in ISO 2108, ISSN in ISO 3297, ORCID in ISO 27729 (its
check sign in ISO 7064, MOD 11-2), DOI in ISO 26324 and the DOI Handbook. A check digit shows that
a number was copied rightly, not that it was ever given out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NoReturn
from urllib.parse import unquote

from claims.errors import InvalidValue

_PARTED = re.compile(r"[\s\-‐‑‒–—−.]+")
_LABEL = {
    "DOI": re.compile(
        r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/|^doi\s*:?\s*|^info:doi/", re.IGNORECASE
    ),
    "ISBN": re.compile(r"^(?:urn:)?isbn(?:-?1[03])?\s*:?\s*", re.IGNORECASE),
    "ISSN": re.compile(r"^(?:urn:)?[ep]?-?issn(?:-l)?\s*:?\s*", re.IGNORECASE),
    "ORCID": re.compile(r"^(?:https?://)?(?:www\.)?orcid\.org/|^orcid\s*:?\s*", re.IGNORECASE),
    "PMID": re.compile(
        r"^(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)"
        r"|^pmid\s*:?\s*",
        re.IGNORECASE,
    ),
}
_DOI = re.compile(r"10\.[0-9]{2,}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f]+")
_PREFIXES = ("978", "979")


def check_identifier(kind: str, text: str) -> str:
    """The normal form of an identifier: what two ways of writing it have in common.

    A DOI comes in small letters without a resolver before it, an ISBN as thirteen digits (one of
    ten is made one of thirteen), an ISSN as ``0317-8471``, an ORCID as ``0000-0002-1825-0097``.

    Args:
        kind: ``DOI``, ``ISBN``, ``ISSN``, ``ORCID`` or ``PMID``, in letters of any size.
        text: the identifier as it was written, with or without its label or its resolver.

    Raises:
        InvalidValue: it is none; the message says what is wrong with it.
    """
    known = kind.upper()
    if known not in _CHECKS:
        message = f"no identifier is called {kind!r}; expected one of {', '.join(IDENTIFIERS)}"
        raise InvalidValue(message)
    bare = _LABEL[known].sub("", text.strip(), count=1)
    return _CHECKS[known](bare, text)


def _doi(bare: str, text: str) -> str:
    found = unquote(bare) if "://" in text else bare
    if not _DOI.fullmatch(found):
        expected = "'10.', the number of who gave it out, a slash and a name without spaces"
        _refuse("DOI", text, expected)
    return found.lower()


def _isbn(bare: str, text: str) -> str:
    signs = _signs(bare)
    if re.fullmatch(r"[0-9]{9}[0-9X]", signs):
        _agree("ISBN", text, signs, _modulo_11(signs[:-1]))
        twelve = _PREFIXES[0] + signs[:-1]
        return twelve + _modulo_10(twelve)
    if not re.fullmatch(r"[0-9]{13}", signs):
        _refuse("ISBN", text, "ten signs or thirteen digits")
    if not signs.startswith(_PREFIXES):
        _refuse("ISBN", text, "one of thirteen digits that begins with 978 or 979")
    _agree("ISBN", text, signs, _modulo_10(signs[:-1]))
    return signs


def _issn(bare: str, text: str) -> str:
    signs = _signs(bare)
    if not re.fullmatch(r"[0-9]{7}[0-9X]", signs):
        _refuse("ISSN", text, "eight signs, as in 0317-8471")
    _agree("ISSN", text, signs, _modulo_11(signs[:-1]))
    return f"{signs[:4]}-{signs[4:]}"


def _orcid(bare: str, text: str) -> str:
    signs = _signs(bare.strip("/"))
    if not re.fullmatch(r"[0-9]{15}[0-9X]", signs):
        _refuse("ORCID", text, "sixteen signs, as in 0000-0002-1825-0097")
    _agree("ORCID", text, signs, _modulo_11_2(signs[:-1]))
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def _pmid(bare: str, text: str) -> str:
    number = bare.strip().strip("/")
    if not re.fullmatch(r"[1-9][0-9]{0,8}", number):
        _refuse("PMID", text, "a whole number of at most nine digits")
    return number


_CHECKS: Mapping[str, Callable[[str, str], str]] = {
    "DOI": _doi,
    "ISBN": _isbn,
    "ISSN": _issn,
    "ORCID": _orcid,
    "PMID": _pmid,
}

IDENTIFIERS = tuple(_CHECKS)
"""The kinds of identifiers that can be checked."""


def _signs(text: str) -> str:
    return _PARTED.sub("", text).upper()


def _agree(kind: str, text: str, signs: str, check: str) -> None:
    if signs[-1] != check:
        expected = f"{check!r} as its last sign, which its other signs give"
        _refuse(kind, text, f"{expected}; compare it with the publication")


def _refuse(kind: str, text: str, expected: str) -> NoReturn:
    message = f"{text!r} is no {kind}: expected {expected}"
    raise InvalidValue(message)


def _modulo_10(digits: str) -> str:
    """The check digit of an ISBN of thirteen: weights 1 and 3 in turn."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)


def _modulo_11(digits: str) -> str:
    """The check sign of an ISBN of ten and of an ISSN: weights falling to 2, X for ten."""
    total = sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), start=2))
    return _sign(-total % 11)


def _modulo_11_2(digits: str) -> str:
    """The check sign of an ORCID."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return _sign(-(total - 1) % 11)


def _sign(number: int) -> str:
    return "X" if number == len("0123456789") else str(number)
