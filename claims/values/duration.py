"""How long something lasted, in seconds.

A sharp duration is kept in ISO 8601, carried into years, months, days, hours, minutes and seconds:
"48 hours", ``PT48H`` and "two days" are one value. A vague one keeps the expression of its number
and its unit (``several months``). Months and years have no fixed length: a month counts 28 to 31
days, a year 365 or 366, so that these durations are intervals.

Numbers are read as quantities are, under the same vagueness profile. A quantity counts whole
things; time does not, so "more than two days" begins just above two days, not at three.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from claims.errors import InvalidValue
from claims.values.duration_iso import DAY, read_iso, tidy, write_iso
from claims.values.interval import Interval, Region
from claims.values.profiles import DEFAULT_PROFILE
from claims.values.quantity import Quantity, parse_quantity, quantity_from_expression

TEXT_LIMIT = 500
"""Longer texts are refused unread."""

_DATA = Path(__file__).with_name("data")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_QUOTED = 60

_SECONDS: Mapping[str, tuple[int, int]] = {
    "second": (1, 1),
    "minute": (60, 60),
    "hour": (3600, 3600),
    "day": (DAY, DAY),
    "week": (7 * DAY, 7 * DAY),
    "fortnight": (14 * DAY, 14 * DAY),
    "month": (28 * DAY, 31 * DAY),
    "year": (365 * DAY, 366 * DAY),
}
"""The least and the greatest number of seconds of each unit."""

_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time; equal where expression and profile are.

    ``hard`` is what the words allow and ``soft`` their typical reading, in seconds; ``rows`` are
    the rows of the phrase table used.
    """

    expression: str
    profile: str
    said: str = field(compare=False)
    hard: Region | None = field(compare=False)
    soft: Region | None = field(compare=False)
    rows: tuple[str, ...] = field(compare=False)

    @property
    def kind(self) -> str:
        """Always ``"duration"``."""
        return "duration"

    def __str__(self) -> str:
        """The expression."""
        return self.expression


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language."""

    units: dict[str, str]
    pattern: re.Pattern[str]
    half: frozenset[str]
    one: frozenset[str]
    of: frozenset[str]
    and_a_half: tuple[str, ...]
    joins: frozenset[str]


def parse_duration(text: str, *, profile: str = DEFAULT_PROFILE, locale: str = "en") -> Duration:
    """Reads a duration in ISO 8601 or in words: "PT48H", "two days", "about three weeks".

    Raises:
        InvalidValue: quoting the text, with the reason and how to mend it.
        UnknownProfile: no such vagueness profile is held.
    """
    try:
        return _parse(text, profile, locale)
    except InvalidValue as refusal:
        shown = text if len(text) <= _QUOTED else f"{text[: _QUOTED - 3]}..."
        message = f"cannot read {shown!r} as a duration: {refusal}"
        raise InvalidValue(message) from None


def duration_from_expression(
    expression: str, *, said: str | None = None, profile: str = DEFAULT_PROFILE
) -> Duration:
    """The value of a stored expression under a profile, with its words put back.

    Raises:
        InvalidValue: the expression is not one.
        UnknownProfile: no such vagueness profile is held.
    """
    words = expression if said is None else said
    if expression.startswith("P"):
        return _sharp(read_iso(expression), words, profile)
    number, _, unit = expression.rpartition(" ")
    if unit.removesuffix("s") not in _SECONDS:
        message = f"{expression!r} is not an expression of a duration; write ISO 8601, as in P2D"
        raise InvalidValue(message)
    quantity = quantity_from_expression(number, profile=profile)
    return _vague(quantity, unit.removesuffix("s"), words)


def _parse(text: str, profile: str, locale: str) -> Duration:
    if len(text) > TEXT_LIMIT:
        message = f"it has {len(text)} characters; give the duration alone, up to {TEXT_LIMIT}"
        raise InvalidValue(message)
    if "\0" in text or not text.strip():
        message = "it is empty or holds a NUL character; give a duration such as two days"
        raise InvalidValue(message)
    plain = " ".join(text.split())
    if plain.startswith("P"):
        return _sharp(read_iso(plain), text, profile)
    words = _load_words(locale.replace("_", "-").partition("-")[0].lower())
    parts = _split(plain, words)
    numbers = _Numbers(words, profile, locale)
    amounts = {unit: numbers.exact(amount) for amount, unit in parts}
    known = {unit: amount for unit, amount in amounts.items() if amount is not None}
    if len(parts) == 1 and not known:
        return _vague(numbers.quantity(parts[0][0]), parts[0][1], text)
    if len(known) != len(parts):
        message = "a duration of several units needs an exact number before each, each unit once"
        raise InvalidValue(message)
    return _sharp(known, text, profile)


def _sharp(amounts: Mapping[str, Decimal], said: str, profile: str) -> Duration:
    months = amounts.get("month", Decimal()) + _MONTHS_A_YEAR * amounts.get("year", Decimal())
    if months % 1:
        message = "a part of a month has no fixed length; give whole months, or days"
        raise InvalidValue(message)
    rest = sum(
        (n * _SECONDS[unit][0] for unit, n in amounts.items() if unit not in ("month", "year")),
        Decimal(),
    )
    years, month = divmod(int(months), _MONTHS_A_YEAR)
    low, high = (
        years * _SECONDS["year"][end] + month * _SECONDS["month"][end] + rest for end in (0, 1)
    )
    region = Region.of(tidy(low), tidy(high))
    return Duration(write_iso(years, month, rest), profile, said, region, region, ("number",))


# -- words ---------------------------------------------------------------------------------------


@cache
def _load_words(language: str) -> _Words:
    path = _DATA / f"durations_{language}.toml"
    if not _LANGUAGE.fullmatch(language) or not path.is_file():
        held = ", ".join(
            sorted(p.stem.removeprefix("durations_") for p in _DATA.glob("durations_*.toml"))
        )
        message = f"no words of durations are held for {language!r}, only for {held}; write P2D"
        raise InvalidValue(message)
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    units = {word: unit for unit, words in table["units"].items() for word in words}
    choices = "|".join(re.escape(word) for word in sorted(units, key=len, reverse=True))
    return _Words(
        units,
        re.compile(rf"(?<![^\W\d_])({choices})(?!\w)\.?", re.IGNORECASE),
        frozenset(table["half"]),
        frozenset(table["one"]),
        frozenset(table["of"]),
        tuple(table["and_a_half"]),
        frozenset(table["joins"]),
    )


def _split(plain: str, words: _Words) -> list[tuple[str, str]]:
    """The words before each unit, with the unit; words that join two parts are dropped."""
    found: list[tuple[str, str]] = []
    place = 0
    for match in words.pattern.finditer(plain):
        amount = plain[place : match.start()].strip(" -")
        found.append((_unjoined(amount, words) if found else amount, words.units[match[1].lower()]))
        place = match.end()
    rest = plain[place:].strip()
    if found and rest.lower() in words.and_a_half:
        amount, unit = found.pop()
        return [*found, (f"{amount or 'a'} {rest}", unit)]
    if rest or not found:
        units = ", ".join(_SECONDS)
        message = f"it does not end with a unit of time; end it with one of {units}"
        raise InvalidValue(message)
    return found


def _unjoined(amount: str, words: _Words) -> str:
    for join in sorted(words.joins, key=len, reverse=True):
        if amount.lower().startswith(join):
            return amount[len(join) :].strip()
    return amount


@dataclass(frozen=True, slots=True)
class _Numbers:
    """How the number before a unit is read."""

    words: _Words
    profile: str
    locale: str

    def exact(self, amount: str) -> Decimal | None:
        """The number, where it is one exact number; ``None`` where it is vague."""
        plain = amount.lower()
        if plain in self.words.half:
            return Decimal("0.5")
        if plain in self.words.one:
            return Decimal(1)
        for ending in self.words.and_a_half:
            if plain.endswith(f" {ending}"):
                whole = self.exact(plain.removesuffix(ending).strip())
                return None if whole is None else whole + Decimal("0.5")
        if re.fullmatch(r"[0-9]{1,12}\.[0-9]{1,9}", plain) and self.locale.startswith("en"):
            return Decimal(plain)
        expression = self.quantity(amount).expression
        return Decimal(expression) if expression.isdigit() else None

    def quantity(self, amount: str) -> Quantity:
        """The number as a quantity; "less than an" hour is less than 1, "dozens of" days dozens."""
        if not amount:
            message = "the number before the unit is missing; write it, as in two days"
            raise InvalidValue(message)
        *before, last = amount.split(" ")
        if before and last.lower() in self.words.one:
            amount = " ".join([*before, "1"])
        elif before and last.lower() in self.words.of:
            amount = " ".join(before)
        return parse_quantity(amount, profile=self.profile, locale=self.locale)


# -- vague numbers -------------------------------------------------------------------------------


def _vague(quantity: Quantity, unit: str, said: str) -> Duration:
    if quantity.measure != "count":
        message = f"{quantity.said!r} is a part of something, not a number; give a number"
        raise InvalidValue(message)
    return Duration(
        f"{quantity.expression} {unit}s",
        quantity.profile,
        said,
        _seconds(quantity, quantity.hard, unit),
        _seconds(quantity, quantity.soft, unit),
        quantity.rows,
    )


def _seconds(quantity: Quantity, region: Region | None, unit: str) -> Region | None:
    if region is None:
        return None
    head = quantity.expression.partition("(")[0]
    return Region.union(_in_seconds(part, head, unit) for part in region.parts)


def _in_seconds(part: Interval, head: str, unit: str) -> Interval:
    """One interval of units in seconds; the step of one whole thing at a strict bound is undone."""
    above, below = head == "more_than", head in ("fewer_than", "nearly")
    least, most = _SECONDS[unit]
    low = None if part.lo is None else tidy(Decimal(part.lo - above) * least)
    high = None if part.hi is None else tidy(Decimal(part.hi + below) * most)
    return Interval(
        low,
        high,
        lo_open=low is not None and (above or part.lo_open),
        hi_open=high is not None and (below or part.hi_open),
    )
