"""The axis of a picture: which value stands where, and what is written along it.

All in decimal arithmetic: the same report gives the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache

from claims.analysis.vocabulary import ValueKind
from claims.analysis.wording import number, point
from claims.report.plot_calendar import LEFT, RIGHT, Tick, along, calendar
from claims.report.plot_letters import clear
from claims.report.plot_svg import Place
from claims.values.interval import Number, Region

_AFTER_ZERO = Decimal(18)
"""Where a logarithmic axis begins that has a place for zero left of it."""

_LOG_FROM = 100
"""An axis is logarithmic where the largest figure is this many times the smallest."""

_TENFOLD = "logarithmic axis: each step is ten times the one before"
_STEPS = (1, 2, 5, 10)
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_FEW = 5
_SMALL = 20
"""An axis of figures up to this one begins at zero in any case."""

_ZERO = Decimal(0)
_SCALED = frozenset({ValueKind.COUNT, ValueKind.DURATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From a value to its place along the width.

    ``log`` where each step is ten times the one before; then ``zero`` says whether a place left
    of the first step stands for zero. ``remark`` says what must be known so as not to misread it.
    """

    lo: Decimal
    hi: Decimal
    ticks: tuple[Tick, ...]
    log: bool = False
    zero: bool = False
    remark: str = ""

    def place(self, value: Number) -> Place:
        """Where the value stands, in per cent of the width."""
        here = Decimal(value)
        if not self.log:
            return along(here, self.lo, self.hi)
        if here < self.lo:
            return LEFT
        first = _AFTER_ZERO if self.zero else LEFT
        low = _log10(self.lo)
        return first + (RIGHT - first) * (_log10(here) - low) / (_log10(self.hi) - low)


@lru_cache(4096)
def _log10(value: Decimal) -> Decimal:
    """The logarithm; the same figures come again in bars, marks and steps of an axis."""
    return value.log10()


def scale(kind: ValueKind, readings: Sequence[tuple[Region, Region | None]]) -> Scale:
    """The axis for these readings, each what the words allow and its typical reading."""
    found = [end for pair in readings for region in pair if region for end in _ends(region)]
    lo, hi = (min(found), max(found)) if found else (_ZERO, Decimal(1))
    if kind is ValueKind.DATE:
        made = calendar(int(lo), int(hi))
        return Scale(lo=made.first, hi=made.last, ticks=made.ticks, remark=made.year)
    told = sorted(end for pair in readings for end in _telling(*pair) if end > 0)
    if kind in _SCALED and lo >= 0 and told and told[-1] >= _LOG_FROM * told[0]:
        return _logarithmic(kind, found)
    return _linear(kind, lo, hi)


def _ends(region: Region) -> Iterator[Decimal]:
    return (Decimal(e) for part in region.parts for e in (part.lo, part.hi) if e is not None)


def _telling(hard: Region, soft: Region | None) -> Iterator[Decimal]:
    """The ends that a figure is about: not the 0 that "about 1,600" does not rule out."""
    region = soft or hard
    if soft or (region.hull.lo is not None and region.hull.hi is not None):
        yield from _ends(region)


def _linear(kind: ValueKind, lo: Decimal, hi: Decimal) -> Scale:
    if kind is ValueKind.PROPORTION and lo >= 0 and hi <= 1:
        lo, hi = _ZERO, hi if hi * 4 < 1 else Decimal(1)
    if lo == hi or 0 < lo * 2 < hi or 0 < hi <= _SMALL:
        lo = min(_ZERO, lo)
    hi = hi if hi > lo else lo + 1
    unit = _unit(kind, hi)
    steps = (_step((hi - lo) / unit / few, kind) * unit for few in range(_FEW, 0, -1))
    return _first_clear(_stepped(kind, lo, hi, step) for step in steps)


def _unit(kind: ValueKind, hi: Decimal) -> int:
    """What a duration is told in; everything else in ones."""
    if kind is not ValueKind.DURATION:
        return 1
    return next((u for u in (_DAY, _HOUR, _MINUTE) if hi >= 2 * u), 1)


def _step(least: Decimal, kind: ValueKind) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20 … (or 0.1, 0.2 …) that is not less."""
    power = Decimal(1).scaleb(least.adjusted())
    found = next(step * power for step in _STEPS if step * power >= least)
    return max(found, Decimal(1)) if kind is not ValueKind.PROPORTION else found


def _stepped(kind: ValueKind, lo: Decimal, hi: Decimal, step: Decimal) -> Scale:
    first = (lo / step).to_integral_value(ROUND_FLOOR)
    last = (hi / step).to_integral_value(ROUND_CEILING)
    values = [step * place for place in range(int(first), int(last) + 1)]
    ticks = tuple(Tick(value, tick_words(value, kind)) for value in values)
    remark = "the axis does not begin at zero" if values[0] > 0 else ""
    return Scale(lo=values[0], hi=values[-1], ticks=ticks, remark=remark)


def tick_words(value: Decimal, kind: ValueKind) -> str:
    """A step of the axis in words."""
    if kind is ValueKind.DURATION and value == 0:
        return "0"
    if kind is ValueKind.COUNT:
        return _short(value)
    return point(value, kind)


def _short(value: Decimal) -> str:
    for name, size in (("billion", 10**9), ("million", 10**6)):
        if size <= value < size * 1000:
            return f"{number(value / size)} {name}"
    return number(value) if value < 10**12 else f"10^{value.adjusted()}"


def _first_clear(choices: Iterable[Scale]) -> Scale:
    """The first whose words leave room between them, else the last."""
    found = list(choices)
    return next(
        (s for s in found if clear((t.words, s.place(t.value)) for t in s.ticks)), found[-1]
    )


def _logarithmic(kind: ValueKind, found: Sequence[Decimal]) -> Scale:
    positive = [value for value in found if value > 0]
    steps = _powers(min(positive), max(positive), kind)
    zero = (Tick(_ZERO, "0"),) if min(found) <= 0 else ()
    remark = "logarithmic axis" if kind is ValueKind.DURATION else _TENFOLD
    return _first_clear(
        Scale(
            lo=steps[0],
            hi=steps[-1],
            ticks=(*zero, *_each(steps, every, kind)),
            log=True,
            zero=bool(zero),
            remark=remark,
        )
        for every in range(1, len(steps) + 1)
    )


def _each(steps: Sequence[Decimal], every: int, kind: ValueKind) -> Iterator[Tick]:
    for place, step in enumerate(steps):
        yield Tick(step, "" if place % every else tick_words(step, kind))


def _powers(low: Decimal, high: Decimal, kind: ValueKind) -> list[Decimal]:
    """The steps from at or below the lowest figure to at or above the highest."""
    small = (Decimal(1), Decimal(_MINUTE), Decimal(_HOUR))
    unit = Decimal(_DAY if kind is ValueKind.DURATION else 1)
    exponents = range(min(0, low.adjusted() - 1), (high / unit).adjusted() + 3)
    tens = [unit * Decimal(1).scaleb(exponent) for exponent in exponents]
    steps = [*small, *(t for t in tens if t >= unit)] if unit > 1 else tens
    begin = max(place for place, step in enumerate(steps) if step <= low or not place)
    end = next(place for place, step in enumerate(steps) if step >= high and place > begin)
    return steps[begin : end + 1]
