"""What a leading word makes of one date: at, since, until, by, before, after, a night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from claims.errors import InvalidWhen
from claims.values.when_days import Day
from claims.values.when_edtf import read_date, shift_unit
from claims.values.when_part import Part


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says: EDTF, marks (``early``, ``/late``), time of day, inferred parts."""

    edtf: str
    marks: str = ""
    time: str | None = None
    inferred: tuple[tuple[str, str], ...] = ()


def read_one(lead: str, part: Part) -> Told:
    """What one complete date says after its leading word, which may be empty.

    Raises:
        InvalidWhen: the word needs two dates, or does not go with the date.
    """
    if part.present:
        message = "the present is relative to a day that the words do not give; give the date"
        raise InvalidWhen(message)
    if part.clock.startswith("midnight"):
        return _midnight(lead, part)
    read = _LEADS.get(lead)
    if read is None:
        message = f"{lead!r} needs two dates; give both"
        raise InvalidWhen(message)
    return read(part)


def _told(edtf: str, part: Part, place: str = "{}") -> Told:
    """``place`` says which end of a period the mark and the time belong to."""
    mark, time = (place.format(text) if text else "" for text in (part.mark, part.clock))
    return Told(edtf, mark, time or None, tuple(part.inferred.items()))


def _at(part: Part) -> Told:
    return _told(part.edtf, part)


def _since(part: Part) -> Told:
    return _told(f"{part.edtf}/", part, "{}/")


def _until(part: Part) -> Told:
    return _told(f"/{part.edtf}", part, "/{}")


def _by(part: Part) -> Told:
    if part.mark == "late":
        part.mark = ""  # the end of a month is its last day
    _check_unmarked(part)
    return _told(f"[..{part.edtf}]", part, "/{}")


def _check_unmarked(part: Part) -> None:
    """Refuse a part of a month or year that has no strict first and last day."""
    if part.mark:
        message = (
            f"the {part.mark} part of {part.edtf} has no strict first or last day; give the day"
        )
        raise InvalidWhen(message)


def _not_before(part: Part) -> Told:
    if part.mark == "early":
        part.mark = ""  # the beginning of a month is its first day
    _check_unmarked(part)
    return _told(f"[{part.edtf}..]", part, "{}/")


def _before(part: Part) -> Told:
    _check_unmarked(part)
    if part.clock:
        return _by(part)
    return _told(f"[..{shift_unit(read_date(part.edtf), -1)}{part.doubt}]", part)


def _after(part: Part) -> Told:
    _check_unmarked(part)
    if part.clock:
        return _not_before(part)
    return _told(f"[{shift_unit(read_date(part.edtf), 1)}{part.doubt}..]", part)


def _throughout(part: Part) -> Told:
    if part.clock or part.mark:
        message = "'throughout' needs a whole month, year or season; write it without its parts"
        raise InvalidWhen(message)
    span = read_date(part.edtf)
    if span.rows or len(span.hard.parts) > 1:
        message = f"{span.text} has no strict first and last day; give them"
        raise InvalidWhen(message)
    first, last = (Day.fromordinal(day).isoformat() + part.doubt for day in span.run)
    return _told(f"{first}/{last}", part)


def _night(part: Part) -> Told:
    check_night(part)
    return _two_days(part)


def _two_days(part: Part) -> Told:
    following = Day.fromordinal(part.ordinal + 1).isoformat()
    return Told(f"[{part.edtf},{following}{part.doubt}]", inferred=tuple(part.inferred.items()))


def check_night(part: Part) -> None:
    """Refuse a night without a day, or with a time.

    Raises:
        InvalidWhen: saying what a night needs.
    """
    if part.day is None or part.clock or part.mark:
        message = "a night needs its day, and no time with it; write the night of 10 February"
        raise InvalidWhen(message)


def _midnight(lead: str, part: Part) -> Told:
    if lead:
        message = "midnight of a day may be either end of it; write 00:00 and the day"
        raise InvalidWhen(message)
    return replace(_two_days(part), time="00:00" + part.clock.removeprefix("midnight"))


_LEADS: dict[str, Callable[[Part], Told]] = {
    "": _at,
    "since": _since,
    "from": _since,
    "until": _until,
    "by": _by,
    "before": _before,
    "not_before": _not_before,
    "after": _after,
    "throughout": _throughout,
    "night": _night,
}
