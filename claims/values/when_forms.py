"""EDTF as a whole: one date, a date with a time, an interval, a one-of set or an all-of set."""

from __future__ import annotations

from dataclasses import dataclass

from claims.errors import InvalidWhen
from claims.values.interval import Interval, Region
from claims.values.when_days import OpenRun, days
from claims.values.when_edtf import Span, marked, read_date

Ends = tuple[Region | None, Region | None]
"""Where the start and the end of an interval may lie."""

EXTENT, UNCERTAINTY = "extent", "uncertainty"
KNOWN, UNKNOWN, OPEN = "known", "unknown", "open"

_PRECISIONS = ("day", "month", "quarter", "season", "third of a year", "half-year", "year")
_COARSE = ("decade", "century", "millennium")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an EDTF text says, before words, time of day and inferred parts are added.

    ``soft_start``, ``soft_end`` and ``soft`` are the typical days where a season or an early,
    mid or late part is named; elsewhere they equal the hard ones.
    """

    edtf: str
    nature: str
    start: Region | None
    end: Region | None
    start_status: str
    end_status: str
    hard: Region
    soft_start: Region | None
    soft_end: Region | None
    soft: Region
    spans: tuple[Span, ...]

    @property
    def precision(self) -> str:
        """The coarsest precision of its dates."""
        return max((span.precision for span in self.spans), key=_coarseness)

    @property
    def plain_day(self) -> bool:
        """Whether it is one day and nothing else, so that EDTF can add a time to it."""
        return self.edtf == self.spans[0].text and self.spans[0].plain_day


def _coarseness(precision: str) -> tuple[int, str]:
    order = (*_PRECISIONS, *_COARSE)
    return (order.index(precision) if precision in order else len(order), precision)


def read_edtf(text: str, start_mark: str = "", end_mark: str = "") -> Reading:
    """Reads an EDTF text without a time of day; marks are ``early``, ``mid``, ``late`` or empty.

    A single date takes ``start_mark``; an interval takes a mark for each end; a set takes none.

    Raises:
        InvalidWhen: the text is not EDTF, a day does not exist, or an interval runs backwards.
    """
    if text[:1] in ("[", "{"):
        if start_mark or end_mark:
            message = "'early', 'mid' and 'late' do not go with a set of dates; give one month"
            raise InvalidWhen(message)
        return _set(text)
    if "/" in text:
        return _interval(text, start_mark, end_mark)
    return _single(marked(read_date(text), start_mark))


def _single(span: Span) -> Reading:
    hard, soft = span.hard, span.soft
    return Reading(
        span.text, UNCERTAINTY, hard, hard, KNOWN, KNOWN, hard, soft, soft, soft, (span,)
    )


# -- intervals ----------------------------------------------------------------------------------


def _interval(text: str, start_mark: str, end_mark: str) -> Reading:
    if text.count("/") > 1:
        message = f"{text!r} has {text.count('/')} slashes; an interval is START/END"
        raise InvalidWhen(message)
    ends = text.split("/")
    start, start_status = _end(ends[0], start_mark)
    end, end_status = _end(ends[1], end_mark)
    if start is None and end is None:
        message = f"the interval {text!r} has no known end; give its start or its end"
        raise InvalidWhen(message)
    shown = "/".join(
        (start.text if start else ends[0], end.text if end else ends[1]),
    )
    hard = _facing(start.hard if start else None, end.hard if end else None)
    soft = _facing(start.soft if start else None, end.soft if end else None)
    if hard is None or (soft is None and (start_mark or end_mark)):
        message = f"the interval {shown!r} runs backwards; give the earlier date first"
        raise InvalidWhen(message)
    soft = soft or hard
    return Reading(
        shown,
        EXTENT,
        *hard,
        start_status,
        end_status,
        _from_to(*hard),
        *soft,
        _from_to(*soft),
        tuple(span for span in (start, end) if span),
    )


def _end(text: str, mark: str) -> tuple[Span | None, str]:
    if text in ("", ".."):
        if mark:
            message = f"{mark!r} stands at an end of the interval that has no date"
            raise InvalidWhen(message)
        return None, OPEN if text else UNKNOWN
    return marked(read_date(text), mark), KNOWN


def _facing(start: Region | None, end: Region | None) -> Ends | None:
    """The two ends with what each leaves possible for the other; ``None`` if they run backwards."""
    if start is None or end is None:
        return start, end
    first = start.intersection(Region.of(None, end.hull.hi))
    last = end.intersection(Region.of(start.hull.lo, None))
    return (first, last) if first and last else None


def _from_to(start: Region | None, end: Region | None) -> Region:
    return Region.of(start.hull.lo if start else None, end.hull.hi if end else None)


# -- sets -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Member:
    """One date of a set, or a range of consecutive dates; a missing end is open."""

    text: str
    first: Span | None
    last: Span | None

    def runs(self, *, soft: bool) -> list[OpenRun]:
        """Its days as runs; ``None`` where it is open."""
        if self.first is not None and self.first is self.last:
            region = self.first.soft if soft else self.first.hard
            return [_run(part) for part in region.parts]
        low = self.first.run[0] if self.first else None
        return [(low, self.last.run[1] if self.last else None)]

    @property
    def low(self) -> float:
        """Its earliest day as a sortable number."""
        return self.first.run[0] if self.first else float("-inf")

    @property
    def high(self) -> float:
        """Its latest day as a sortable number."""
        return self.last.run[1] if self.last else float("inf")


def _run(part: Interval) -> OpenRun:
    return (
        None if part.lo is None else int(part.lo),
        None if part.hi is None else int(part.hi),
    )


def _set(text: str) -> Reading:
    closing = "]" if text[0] == "[" else "}"
    inner = text[1:-1]
    if text[-1] != closing or not inner.strip():
        message = f"{text!r} is not a set; write dates between {text[0]} and {closing}"
        raise InvalidWhen(message)
    named = {m.text: m for m in (_member(given.strip()) for given in inner.split(","))}
    members = sorted(named.values(), key=lambda m: (m.low, m.high, m.text))
    only = members[0]
    if closing == "]" and len(members) == 1 and only.first and only.first is only.last:
        return _single(only.first)
    shown = f"{text[0]}{','.join(m.text for m in members)}{closing}"
    return _one_of(shown, members) if closing == "]" else _all_of(shown, members)


def _member(text: str) -> _Member:
    if ".." not in text:
        span = read_date(text)
        return _Member(span.text, span, span)
    low, _, high = text.partition("..")
    if not low and not high:
        message = "a set cannot hold '..' alone; give the date it starts or ends with"
        raise InvalidWhen(message)
    first, last = (read_date(end) if end else None for end in (low, high))
    if first and last and (first.run[0] > last.run[0] or first.run[1] > last.run[1]):
        message = f"the range {text!r} runs backwards; give the earlier date first"
        raise InvalidWhen(message)
    shown = f"{first.text if first else ''}..{last.text if last else ''}"
    return _Member(shown, first, last)


def _covered(members: list[_Member], *, soft: bool) -> Region:
    return days(run for member in members for run in member.runs(soft=soft))


def _spans(members: list[_Member]) -> tuple[Span, ...]:
    return tuple(span for m in members for span in (m.first, m.last) if span)


def _one_of(text: str, members: list[_Member]) -> Reading:
    hard, soft = _covered(members, soft=False), _covered(members, soft=True)
    return Reading(
        text,
        UNCERTAINTY,
        hard,
        hard,
        OPEN if hard.hull.lo is None else KNOWN,
        OPEN if hard.hull.hi is None else KNOWN,
        hard,
        soft,
        soft,
        soft,
        _spans(members),
    )


def _all_of(text: str, members: list[_Member]) -> Reading:
    first, last = members[0].first, max(members, key=lambda m: m.high).last
    return Reading(
        text,
        EXTENT,
        first.hard if first else None,
        last.hard if last else None,
        KNOWN if first else OPEN,
        KNOWN if last else OPEN,
        _covered(members, soft=False),
        first.soft if first else None,
        last.soft if last else None,
        _covered(members, soft=True),
        _spans(members),
    )
