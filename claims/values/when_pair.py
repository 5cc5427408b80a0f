"""What the words around two dates make of them: a period, one of two, both, one night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from claims.errors import InvalidWhen
from claims.values.when_days import MONTHS
from claims.values.when_one import Told, check_night
from claims.values.when_part import FIELDS, Context, Part


def read_pair(lead: str, join: str, first: Part, second: Part, context: Context) -> Told:
    """What two dates say together; parts that one lacks are those of the other, else the context's.

    Raises:
        InvalidWhen: a part is lacking, or the words do not go together.
    """
    crossing = _season_across_years(lead, join, first, second)
    if crossing:
        return crossing
    _expand_short_year(first, second)
    own_month = second.month is not None and second.year is None
    given = replace(second)
    second.lend(first)
    first.lend(given)
    if own_month and second.year is not None:
        second.inferred["year"] = f"the date before it, {first.edtf}"
    for part in (first, second):
        part.complete(context)
    read = _PAIRS.get((lead, join))
    if read is None:
        message = "the words around the two dates do not go together; write from … to or one date"
        raise InvalidWhen(message)
    if not lead and not second.doubt:
        second.doubt = first.doubt
    return replace(read(first, second), inferred=_all_inferred(first, second))


def _all_inferred(first: Part, second: Part) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((*first.inferred.items(), *second.inferred.items())))


def _expand_short_year(first: Part, second: Part) -> None:
    """Reads the second year of "1992–93"."""
    if first.needs != 1 or first.year is None or second.needs != len(FIELDS) or second.clock:
        return
    if second.year or second.month or second.day is None or not first.year.isdigit():
        return
    if int(second.day) <= max(MONTHS, int(first.year[2:])):
        message = f"{first.year}–{second.day} may be two years or a month; write all four digits"
        raise InvalidWhen(message)
    second.year, second.day = first.year[:2] + second.day, None


def _season_across_years(lead: str, join: str, first: Part, second: Part) -> Told | None:
    """The winter (in the south, the summer) of "1991–92", from December to March."""
    if first.month is None or int(first.month) <= MONTHS or first.year is None:
        return None
    year = second.year or (second.day and first.year[:2] + second.day)
    if year is None or second.month or (second.year and second.day) or second.clock:
        return None
    joined = lead == "" and join == "to" and first.month in ("22", "24")
    if not joined or not first.year.isdigit() or int(year) != int(first.year) + 1:
        message = "only a winter or summer of two following years can be read; give the dates"
        raise InvalidWhen(message)
    return Told(f"[{first.year}-12-01..{year}-03-21]")


def _ends(template: str, first: Part, second: Part) -> Told:
    """Two dates in a template, with the marks and times of both."""
    marks, times = (
        f"{a}/{b}" if a or b else ""
        for a, b in ((first.mark, second.mark), (first.clock, second.clock))
    )
    if "midnight" in times:
        message = "midnight of a day may be either end of it; write 00:00 and the day"
        raise InvalidWhen(message)
    if first.edtf == second.edtf and "" < second.clock < first.clock:
        message = f"the time runs backwards from {first.clock} to {second.clock}; give both days"
        raise InvalidWhen(message)
    return Told(template.format(first.edtf, second.edtf), marks, times or None)


def _period(first: Part, second: Part) -> Told:
    return _ends("{}/{}", first, second)


def _between(first: Part, second: Part) -> Told:
    if first.clock.startswith("midnight") or second.clock.startswith("midnight"):
        return _midnight_between(first, second)
    if first.edtf == second.edtf:
        return _ends("{}", first, second)
    return _ends("[{}..{}]", first, second)


def _midnight_between(first: Part, second: Part) -> Told:
    told = _night_between(replace(first, clock=""), second)
    return replace(told, time="00:00" + first.clock.removeprefix("midnight"))


def _night_between(first: Part, second: Part) -> Told:
    check_night(first)
    check_night(second)
    if second.ordinal != first.ordinal + 1:
        message = f"one night does not reach from {first.edtf} to {second.edtf}; give two days"
        raise InvalidWhen(message)
    return Told(f"[{first.edtf},{second.edtf}]")


def _either(first: Part, second: Part) -> Told:
    return _set("[{},{}]", first, second)


def _both(first: Part, second: Part) -> Told:
    return _set("{{{},{}}}", first, second)


def _set(template: str, first: Part, second: Part) -> Told:
    if first.clock or second.clock:
        message = "a time of day does not go with two dates; read one date at a time"
        raise InvalidWhen(message)
    return _ends(template, first, second)


_PAIRS: dict[tuple[str, str], Callable[[Part, Part], Told]] = {
    ("", "to"): _period,
    ("from", "to"): _period,
    ("since", "to"): _period,
    ("between", "and"): _between,
    ("between", "to"): _between,
    ("", "or"): _either,
    ("either", "or"): _either,
    ("", "and"): _both,
    ("night", "to"): _night_between,
    ("night", "and"): _night_between,
    ("night", "or"): _night_between,
}
