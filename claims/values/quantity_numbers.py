"""Numbers in digits and in words, by the conventions of a declared locale.

Digits of any script are read by their Unicode value, one script a number. Nothing is guessed:
``1.500`` is one and a half in English and fifteen hundred in German, so the locale decides.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from claims.errors import InvalidQuantity, UnknownProfile
from claims.values.quantity_data import data_file

if TYPE_CHECKING:
    from collections.abc import Sequence

SPACES = "\u0020\u00a0\u2007\u2009\u202f"
"""Plain, non-breaking, figure, thin and narrow no-break space: they part groups everywhere."""

MAX_DIGITS = 24
"""The longest number that is read: a tenth of it is still exact in decimal arithmetic."""

_ZEROS = {"zero", "zéro"}
_GROUPS = re.compile(r"\d{1,3}(?:(?P<by>\D)\d{3}(?:(?P=by)\d{3})*)?")


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a locale writes numbers, and the language whose words are read first."""

    locale: str
    group: str
    point: str
    words: str


@cache
def conventions(locale: str) -> Conventions:
    """The conventions of a locale tag; ``fr-CA`` is read as ``fr`` where it has no own entry.

    Raises:
        UnknownProfile: no such locale is held.
    """
    held = data_file("locales")
    named = {tag.casefold(): tag for tag in held}
    given = locale.replace("_", "-").casefold()
    tag = named.get(given) or named.get(given.partition("-")[0])
    if tag is None:
        message = (
            f"there is no number format for locale {locale!r}; choose one of {', '.join(held)}"
        )
        raise UnknownProfile(message)
    return Conventions(locale, **held[tag])


def read_digits(written: str, how: Conventions) -> str:
    """The number as plain digits with at most one decimal point, decimals kept as stated.

    Raises:
        InvalidQuantity: the separators are not those of the locale, or scripts are mixed.
    """
    plain = written if written.isascii() else _ascii_digits(written)
    whole, point, decimals = plain.partition(how.point)
    if point and not decimals.isdecimal():
        raise InvalidQuantity(_misgrouped(written, how))
    if len(whole) + len(decimals) > MAX_DIGITS + MAX_DIGITS // 2:
        message = f"the number has more than {MAX_DIGITS} digits; give it in shorter form"
        raise InvalidQuantity(message)
    return f"{_ungrouped(whole, written, how)}{'.' if point else ''}{decimals}"


def _ungrouped(whole: str, written: str, how: Conventions) -> str:
    if whole.isdecimal():
        return whole
    match = _GROUPS.fullmatch(whole)
    if match is None or match["by"] not in how.group + SPACES or whole.startswith("0"):
        raise InvalidQuantity(_misgrouped(written, how))
    return whole.replace(match["by"], "")


def _ascii_digits(written: str) -> str:
    scripts = {ord(c) - unicodedata.decimal(c) for c in written if c.isdecimal()}
    if len(scripts) > 1:
        message = f"the number {written!r} mixes digits of several scripts; use one"
        raise InvalidQuantity(message)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in written)


def _misgrouped(written: str, how: Conventions) -> str:
    group = f"“{how.group[0]}”" if how.group else "a space"
    return (
        f"the number {written!r} is not grouped as locale “{how.locale}” writes it, with {group} "
        f"before each three digits and “{how.point}” before decimals; declare its locale"
    )


def spelled(words: Sequence[str], language: str) -> int | None:
    """The number that the words spell in full, or ``None`` where they spell none or several.

    The words must already be known number words: ``text2num`` then never looks inside others.
    """
    from text_to_num import text2num  # type: ignore[import-untyped]  # noqa: PLC0415 - lazy

    if len(words) > 1 and not _ZEROS.isdisjoint(words):
        return None
    try:
        return int(text2num(" ".join(words), language))
    except ValueError:
        return None
