"""A date, period or moment as a source gives it: its words, its EDTF form and its days.

The canonical form is EDTF (ISO 8601-2, levels 0–2). Comparison uses days only, as ordinals of the
proleptic Gregorian calendar (:mod:`claims.values.when_days`), taken from strict bounds: ``~`` and
``?`` are kept as marks and widen nothing. The time of day stands apart from the days, in the time
of the place the source speaks of.

The expression of a value is its EDTF text, followed where needed by a mark for an early, middle
or late part and by a time of day that EDTF cannot hold::

    1992-02-10 T09:00                      10 February 1992, 9 a.m.
    [1992-02-10,1992-02-11] T00:00         at midnight on 10 February 1992
    1992-02 early                          early February 1992
    1992-02/1992-05 late/                  from late February to May 1992
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from claims.errors import InvalidWhen
from claims.values.interval import Region
from claims.values.when_clock import is_full_clock, read_clock, split_time
from claims.values.when_days import Day, first_day, last_day
from claims.values.when_forms import read_edtf
from claims.values.when_numeric import read_numeric
from claims.values.when_one import Told
from claims.values.when_part import Context
from claims.values.when_prose import read_prose

TEXT_LIMIT = 1000
"""Longer texts are refused unread: no date needs as many characters."""

_QUOTED = 60
"""A refusal quotes a text up to this many characters."""

ASPECTS = ("start", "end", "moment", "period")

_EDTF_ALPHABET = re.compile(r"[-0-9XYESTZ?~%./,:+\[\]{} ]+")
_HYPHENATED = re.compile(r"[0-9]{4}-[0-9]{4}|.+ - .+")
_PRINTED = re.compile(
    r"[-0-9XYES?~%./,\[\]{}]{4,}(?: (?:(?:early|mid|late)/?|/)(?:early|mid|late)?)?(?: T[^ ]+)?"
)
"""An expression that is not EDTF alone: with marks, or with a time that EDTF cannot hold."""
_EXPRESSION = re.compile(r"(?P<edtf>[^ ]+)(?: (?P<marks>[a-z/]+))?(?: T(?P<time>[^ ]+))?")
_MARKS = re.compile(r"(?P<start>early|mid|late)?(?:(?P<slash>/)(?P<end>early|mid|late)?)?")


@dataclass(frozen=True, slots=True)
class When:
    """A date, period or moment; two are equal when their expressions are.

    ``nature`` is ``"extent"`` where the event filled the period, ``"uncertainty"`` where it
    happened at some moment of it. ``start`` and ``end`` are the days on which the start and the
    end may lie; ``None`` where nothing is said of them, and then ``start_status`` and
    ``end_status`` tell an ``"unknown"`` end from an ``"open"`` one. ``earliest`` and ``latest``
    are the strict bounds of the whole, ``None`` where there is none. ``hard`` are all its days,
    ``soft`` the typical ones: the two differ only under the conventions named in ``rows``.
    """

    expression: str
    said: str = field(compare=False)
    edtf: str = field(compare=False)
    nature: str = field(compare=False)
    time: str | None = field(compare=False)
    inferred: tuple[tuple[str, str], ...] = field(compare=False)
    precision: str = field(compare=False)
    start: Region | None = field(compare=False)
    end: Region | None = field(compare=False)
    start_status: str = field(compare=False)
    end_status: str = field(compare=False)
    earliest: Day | None = field(compare=False)
    latest: Day | None = field(compare=False)
    approximate: bool = field(compare=False)
    uncertain: bool = field(compare=False)
    hard: Region = field(compare=False)
    soft: Region = field(compare=False)
    soft_start: Region | None = field(compare=False)
    soft_end: Region | None = field(compare=False)
    rows: tuple[str, ...] = field(compare=False)

    @property
    def kind(self) -> str:
        """Always ``"when"``."""
        return "when"

    def __str__(self) -> str:
        """The expression."""
        return self.expression

    def answer(self, aspect: str, *, soft: bool = False) -> Region | None:
        """The days this gives as a start, an end, a moment or a period; ``None``: it gives none.

        A moment or a period is compared by all the days; a start or an end by the days on which
        it may lie, so that "since October 1991" answers "since when?" with that month.

        Raises:
            InvalidWhen: the aspect is none of :data:`ASPECTS`.
        """
        if aspect == "start":
            return self.soft_start if soft else self.start
        if aspect == "end":
            return self.soft_end if soft else self.end
        if aspect in ASPECTS:
            return self.soft if soft else self.hard
        message = f"{aspect!r} is not asked of a date; use one of {', '.join(ASPECTS)}"
        raise InvalidWhen(message)


def parse_when(text: str, *, context: str | When | None = None, locale: str = "en") -> When:
    """Reads EDTF, a date in prose, or the expression of a value, as it is printed.

    ``context`` is the date of the passage (EDTF, prose or a :class:`When`): a missing year, month
    or day is taken from it where it lies within a single one, and is recorded in ``inferred``.
    ``locale`` (BCP 47) names the language of the words and the order of 10/02/1992; plain ``en``
    leaves that order undeclared.

    Raises:
        InvalidWhen: quoting the text, with the reason and how to mend it. Nothing is guessed.
    """
    try:
        return _parse(text, context, locale)
    except InvalidWhen as refusal:
        shown = text if len(text) <= _QUOTED else f"{text[: _QUOTED - 3]}..."
        message = f"cannot read {shown!r} as a date: {refusal}"
        raise InvalidWhen(message) from None


def when_from_expression(
    expression: str, *, said: str | None = None, inferred: tuple[tuple[str, str], ...] = ()
) -> When:
    """The value of a stored expression, with its words and inferred parts put back.

    Raises:
        InvalidWhen: the expression is not one.
    """
    found = _from_expression(expression)
    if said is None and not inferred:
        return found
    return replace(found, said=found.said if said is None else said, inferred=inferred)


def as_json(when: When) -> dict[str, object]:
    """The value as plain JSON data; days are ISO dates."""
    return {
        "said": when.said,
        "edtf": when.edtf,
        "expression": when.expression,
        "earliest": when.earliest and when.earliest.isoformat(),
        "latest": when.latest and when.latest.isoformat(),
        "start_status": when.start_status,
        "end_status": when.end_status,
        "time": when.time,
        "inferred": [{"part": part, "basis": basis} for part, basis in when.inferred],
        "precision": when.precision,
        "nature": when.nature,
        "approximate": when.approximate,
        "uncertain": when.uncertain,
        "rows": list(when.rows),
    }


def _parse(text: str, context: str | When | None, locale: str) -> When:
    _check_size(text)
    plain = " ".join(text.split())
    told = _told_by_form(plain, locale)
    if told is None:
        told = read_prose(plain, _context(context, locale), locale)
    return _build(told, text)


def _check_size(text: str) -> None:
    if len(text) > TEXT_LIMIT:
        message = f"it has {len(text)} characters; give the date alone, up to {TEXT_LIMIT}"
        raise InvalidWhen(message)
    if "\0" in text:
        message = "it holds a NUL character; remove it"
        raise InvalidWhen(message)
    if not text.strip():
        message = "it is empty; give a date"
        raise InvalidWhen(message)


def _told_by_form(plain: str, locale: str) -> Told | None:
    """What a text in digits and signs says, or ``None`` where it is prose."""
    timed = split_time(plain)
    if timed:
        return Told(timed[0], time=timed[1])
    if " " in plain and _PRINTED.fullmatch(plain):
        return _told_by_expression(plain)
    numeric = read_numeric(plain, locale)
    if numeric:
        return Told(numeric)
    if _EDTF_ALPHABET.fullmatch(plain) and not _HYPHENATED.fullmatch(plain):
        return Told(plain)
    return None


def _context(context: str | When | None, locale: str) -> Context:
    if context is None:
        return Context()
    if isinstance(context, str):
        try:
            context = _parse(context, None, locale)
        except InvalidWhen as refusal:
            message = f"the context {context!r} is not a date itself: {refusal}"
            raise InvalidWhen(message) from None
    return _shared_parts(context)


def _shared_parts(context: When) -> Context:
    """The year, month and day that all days of the context have in common."""
    first, last = context.earliest, context.latest
    if first is None or last is None or first.year != last.year:
        return Context(label=context.edtf)
    same_month = first.month == last.month
    return Context(
        context.edtf,
        first.year,
        first.month if same_month else None,
        first.day if first == last else None,
    )


@lru_cache(maxsize=4096)
def _from_expression(expression: str) -> When:
    return _build(_told_by_expression(expression), expression)


def _told_by_expression(expression: str) -> Told:
    match = _EXPRESSION.fullmatch(expression)
    if not match:
        message = f"{expression!r} is not an expression of a date; write EDTF"
        raise InvalidWhen(message)
    timed = split_time(match["edtf"])
    edtf, time = timed or (match["edtf"], match["time"])
    if timed and match["time"]:
        message = f"{expression!r} gives two times; leave one out"
        raise InvalidWhen(message)
    return Told(edtf, match["marks"] or "", time)


def _split_marks(told: Told) -> tuple[str, str, str]:
    """The marks of the start and the end, and both in canonical form."""
    match = _MARKS.fullmatch(told.marks)
    of_interval = "/" in told.edtf
    if not match or (match["slash"] and told.edtf[0] not in "[{" and not of_interval):
        message = f"{told.marks!r} is not a part of {told.edtf}; write early, mid or late"
        raise InvalidWhen(message)
    start, end = match["start"] or "", match["end"] or ""
    return start, end, f"{start}/{end}" if of_interval and (start or end) else start


def _build(told: Told, said: str) -> When:
    start_mark, end_mark, marks = _split_marks(told)
    reading = read_edtf(told.edtf, start_mark, end_mark)
    time = read_clock(told.time) if told.time else None
    edtf = reading.edtf
    if time and is_full_clock(time) and reading.plain_day:
        edtf = f"{edtf}T{time}"
    extra = (marks, f"T{time}" if time and edtf == reading.edtf else "")
    return When(
        expression=" ".join(part for part in (edtf, *extra) if part),
        said=said,
        edtf=edtf,
        nature=reading.nature,
        time=time,
        inferred=told.inferred,
        precision=reading.precision,
        start=reading.start,
        end=reading.end,
        start_status=reading.start_status,
        end_status=reading.end_status,
        earliest=first_day(reading.hard),
        latest=last_day(reading.hard),
        approximate=any(span.approximate for span in reading.spans),
        uncertain=any(span.uncertain for span in reading.spans),
        hard=reading.hard,
        soft=reading.soft,
        soft_start=reading.soft_start,
        soft_end=reading.soft_end,
        rows=tuple(dict.fromkeys(row for span in reading.spans for row in span.rows)),
    )
