"""The values of a table: figures, dates and words, as the cells give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from claims.analysis.records import ClaimValue
from claims.analysis.vocabulary import RangeBasis, ValueKind
from claims.errors import InputRefused, InvalidQuantity, InvalidWhen
from claims.exchange.mapping_columns import Cells
from claims.exchange.mapping_template import template
from claims.values.duration import parse_duration
from claims.values.quantity import coded_range, parse_quantity
from claims.values.quantity_numbers import MAX_DIGITS, conventions, read_digits
from claims.values.when import When, parse_when

_MIDNIGHT = re.compile(r"(?<=\d)[ T]00:00(:00(\.0+)?)?Z?$")
_SERIAL = re.compile(r"(?P<days>[1-9]\d{4})(\.0+)?")
_UNPADDED = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_WHOLE = re.compile(r"(?P<whole>\d+)\.(?!0{3}\Z)0+")
"""A whole number as programs write floats; three zeros are thousands where that is the custom."""
_YES = {"yes": "true", "true": "true", "1": "true", "no": "false", "false": "false", "0": "false"}
_FIRST_DAY = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
"""Excel's day 0; its 1900 calendar holds a 29 February 1900, so days count right from March on."""
_ORDER = {"day_first": "en-GB", "month_first": "en-US"}
_SHORTEST_DATE = 6


class Odd(InputRefused):
    """Words that a table may not hold; ``cell`` says which of several figures (``"low"``)."""

    def __init__(self, message: str, cell: str = "") -> None:
        """Say what was found, and in which of the figures."""
        super().__init__(message)
        self.cell = cell


@dataclass(frozen=True, slots=True)
class Read:
    """A value that was read, and what is odd about it, if anything is."""

    value: ClaimValue
    odd: str | None = None


@dataclass(frozen=True, slots=True)
class Dating:
    """How a table writes its dates."""

    locale: str
    order: str | None = None
    serials: int | None = None

    def edtf(self, text: str, cells: Cells) -> str | None:
        """The EDTF of a template of dates, or nothing where its columns are empty.

        Raises:
            InvalidWhen: the words are no date.
        """
        read = template(text)
        filled = read.fill(lambda name: self._day(cells[name])) if read.columns else text
        if not filled:
            return None
        start, slash, end = filled.partition("/")
        if slash and start == end:
            filled = start
        return self.when(filled).edtf

    def when(self, words: str) -> When:
        """The date of words, as this table writes dates.

        Raises:
            InvalidWhen: the words are no date.
        """
        return _when(self._plain(words), _ORDER.get(self.order or "", self.locale))

    def _day(self, words: str) -> str:
        """One cell of several that make a date, as EDTF where it is a date by itself."""
        if len(words) < _SHORTEST_DATE:
            return words.zfill(2) if words.isdecimal() and len(words) == 1 else words
        try:
            return self.when(words).edtf
        except InvalidWhen:
            return words

    def _plain(self, words: str) -> str:
        bare = _MIDNIGHT.sub("", words)
        if self.serials and (serial := _SERIAL.fullmatch(bare)):
            day = _FIRST_DAY[self.serials] + timedelta(days=int(serial["days"]))
            return day.isoformat()
        if parts := _UNPADDED.fullmatch(bare):
            return "-".join(part.zfill(2) for part in parts.groups() if part)
        return bare


@lru_cache(maxsize=20_000)
def _when(words: str, locale: str) -> When:
    try:
        return parse_when(words, locale=locale)
    except InvalidWhen:
        if _SERIAL.fullmatch(words):
            message = f"{words} is no date; if it counts days as Excel does, say serials: 1900"
            raise InvalidWhen(message) from None
        raise


def read_said(kind: ValueKind, words: str, dating: Dating) -> Read:
    """The value that the words of one cell give.

    Categories and places are not read here: they are records of their own.

    Raises:
        InputRefused: the words are no value of that kind.
    """
    return _READERS[kind](words, dating)


def read_coded(low: str, best: str, high: str, basis: RangeBasis | None, locale: str) -> Read:
    """The value of a coder's figures, of which some may be empty.

    Low, best and high together are read under the profile ``coder``; low and high alone are a
    range; one of them alone is a bound. Where only one is given and it is words ("dozens"), they
    are read as anywhere else.

    Raises:
        InputRefused: a figure is no count, or low is above high.
    """
    return _coded(low, best, high, basis, locale)


@lru_cache(maxsize=20_000)
def _coded(low: str, best: str, high: str, basis: RangeBasis | None, locale: str) -> Read:
    given = [words for words in (low, best, high) if words]
    if len(given) == 1 and not _is_plain(given[0], locale):
        return _quantity(given[0], ValueKind.COUNT, locale)
    figures = (("low", low), ("best", best), ("high", high))
    least, middle, most = (_figure(words, locale, cell) for cell, words in figures)
    if least is not None and most is not None and least > most:
        message = f"low {least} above high {most}; expected low, then high"
        raise Odd(message, "low")
    if least is not None and middle is not None and most is not None:
        coded, outside = coded_range(least, middle, most)
        odd = f"best {middle} outside low {least} to high {most}" if outside else None
        return Read(ClaimValue(said=coded.said, expression=coded.expression), odd)
    if middle is not None:
        return _single(middle, least, most)
    return _bounded(least, most, basis)


def _single(best: int, least: int | None, most: int | None) -> Read:
    """A best figure with at most one bound: the bound missing is as far as the best."""
    if least is None and most is None:
        return Read(ClaimValue(said=str(best), expression=str(best)))
    low, high = (best if least is None else least), (best if most is None else most)
    coded, outside = coded_range(low, best, high)
    missing = f"{'low' if least is None else 'high'} is not given; best stands for it"
    odd = f"best {best} outside low {low} to high {high}" if outside else missing
    basis = {"value": missing}
    return Read(ClaimValue(said=coded.said, expression=coded.expression, inferred=basis), odd)


def _bounded(least: int | None, most: int | None, basis: RangeBasis | None) -> Read:
    if least is not None and most is not None:
        if least == most:
            return Read(ClaimValue(said=str(least), expression=str(least)))
        known = basis or RangeBasis.UNKNOWN
        told = "" if known is RangeBasis.UNKNOWN else f", {known.value}"
        expression = f"range({least}, {most}{told})"
        return Read(ClaimValue(said=f"{least}–{most}", expression=expression, range_basis=known))
    if least is not None:
        inferred = {"value": "only the low figure is given; read as “at least”"}
        return Read(
            ClaimValue(said=f"{least} (low)", expression=f"at_least({least})", inferred=inferred)
        )
    inferred = {"value": "only the high figure is given; read as “at most”"}
    return Read(ClaimValue(said=f"{most} (high)", expression=f"at_most({most})", inferred=inferred))


def _is_plain(words: str, locale: str) -> bool:
    """Whether a figure is written in digits alone."""
    try:
        _figure(words, locale, "")
    except Odd:
        return any(sign.isdecimal() for sign in words) and not any(map(str.isalpha, words))
    return True


def _figure(words: str, locale: str, cell: str) -> int | None:
    """One figure of a coder: a whole number of at least 0, or nothing."""
    if not words:
        return None
    if words.isascii() and words.isdecimal() and len(words) <= MAX_DIGITS:
        return int(words)
    if (whole := _WHOLE.fullmatch(words)) and len(words) <= MAX_DIGITS:
        return int(whole["whole"])
    try:
        plain = read_digits(words, conventions(locale))
    except InvalidQuantity as error:
        if any(map(str.isalpha, words)):
            message = f"{words!r} beside other figures; words like these stand alone"
            raise Odd(message, cell) from None
        raise Odd(str(error), cell) from None
    if not plain.isdecimal():
        message = f"{words!r}, which is no whole number of at least 0"
        raise Odd(message, cell)
    return int(plain)


@lru_cache(maxsize=20_000)
def _quantity(words: str, kind: ValueKind, locale: str) -> Read:
    whole = _WHOLE.fullmatch(words) if kind is ValueKind.COUNT else None
    quantity = parse_quantity(whole["whole"] if whole else words, locale=locale)
    if quantity.measure != kind.value:
        message = f"{words!r} is a {quantity.measure}"
        raise Odd(message)
    basis = None if quantity.range_basis is None else RangeBasis(quantity.range_basis)
    return Read(ClaimValue(said=words, expression=quantity.expression, range_basis=basis))


def _count(words: str, dating: Dating) -> Read:
    return _quantity(words, ValueKind.COUNT, dating.locale)


def _proportion(words: str, dating: Dating) -> Read:
    return _quantity(words, ValueKind.PROPORTION, dating.locale)


def _date(words: str, dating: Dating) -> Read:
    when = dating.when(words)
    return Read(ClaimValue(said=words, expression=when.expression, inferred=dict(when.inferred)))


def _duration(words: str, dating: Dating) -> Read:
    found = parse_duration(words, locale=dating.locale)
    return Read(ClaimValue(said=words, expression=found.expression))


def _boolean(words: str, dating: Dating) -> Read:
    del dating
    expression = _YES.get(words.casefold())
    if expression is None:
        message = f"{words!r} is neither yes nor no"
        raise Odd(message)
    return Read(ClaimValue(said=words, expression=expression))


def _text(words: str, dating: Dating) -> Read:
    del dating
    return Read(ClaimValue(said=words, expression=words))


_READERS: Mapping[ValueKind, Callable[[str, Dating], Read]] = {
    ValueKind.COUNT: _count,
    ValueKind.PROPORTION: _proportion,
    ValueKind.DATE: _date,
    ValueKind.DURATION: _duration,
    ValueKind.BOOLEAN: _boolean,
    ValueKind.TEXT: _text,
}
