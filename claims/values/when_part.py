"""One date of a text in prose, while its parts are collected and completed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from claims.errors import InvalidWhen
from claims.values.when_days import MONTHS, YEAR_DIGITS, Day, iso_year
from claims.values.when_edtf import read_date
from claims.values.when_words import Token

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY_DIGITS, _LONGEST_MONTH = 2, 31
FIELDS = ("year", "month", "day")


def _two_digits(text: str) -> str:
    return text.zfill(2)


_PLAIN: dict[str, tuple[str, Callable[[str], object]]] = {
    "month": ("month", str),
    "mark": ("mark", str),
    "era": ("era", str),
    "ordinal": ("day", _two_digits),
    "weekday": ("weekday", int),
    "present": ("present", bool),
}
"""The tokens that fill one field as they are: the field, and how the value is converted."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the passage's own date lends to a date that lacks a part; ``label`` names it."""

    label: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def texts(self) -> tuple[str | None, ...]:
        """The year, month and day as EDTF writes them."""
        small = (None if n is None else f"{n:02}" for n in (self.month, self.day))
        return (None if self.year is None else iso_year(self.year), *small)


@dataclass(slots=True)
class Part:
    """The parts of one date, as EDTF writes them; ``None`` where the words do not give them."""

    year: str | None = None
    month: str | None = None
    day: str | None = None
    weekday: int | None = None
    mark: str = ""
    doubt: str = ""
    clock: str = ""
    era: str = ""
    present: bool = False
    inferred: dict[str, str] = field(default_factory=dict)

    @property
    def needs(self) -> int:
        """How many of year, month and day the finest given part cannot do without."""
        if self.clock or self.day:
            return 3
        return 2 if self.month else int(self.year is not None)

    @property
    def edtf(self) -> str:
        """The EDTF text of the date; ``..`` for the present."""
        if self.present:
            return ".."
        return "-".join(p for p in (self.year, self.month, self.day) if p) + self.doubt

    @property
    def ordinal(self) -> int:
        """The ordinal of its first day."""
        return read_date(self.edtf).run[0]

    def put(self, token: Token, following: Token | None) -> bool:
        """Takes a token up; ``False`` where it is not part of a date.

        Raises:
            InvalidWhen: the part is already given, or cannot be read.
        """
        if token.kind in _PLAIN:
            name, convert = _PLAIN[token.kind]
            self._set(name, convert(token.value), token)
        elif token.kind == "number":
            self._number(token, following)
        elif token.kind == "iso":
            self._iso(token)
        elif token.kind == "decade":
            self._decade(token)
        elif token.kind in ("clock", "doubt"):
            self._sign(token, following)
        else:
            return False
        return True

    def _set(self, name: str, value: object, token: Token) -> None:
        if getattr(self, name) not in (None, "", False):
            message = f"{token.text!r} gives a second {name}; read one date at a time"
            raise InvalidWhen(message)
        setattr(self, name, value)

    def _number(self, token: Token, following: Token | None) -> None:
        digits = token.value
        of_era = self.era or (following is not None and following.kind == "era")
        if len(digits) == YEAR_DIGITS or (of_era and len(digits) < YEAR_DIGITS):
            self._set("year", digits.zfill(4), token)
        elif len(digits) <= _DAY_DIGITS and (self.day is None or int(digits) <= _LONGEST_MONTH):
            self._set("day", digits.zfill(2), token)
        else:
            message = f"{digits!r} is neither a day nor a year; write a year with four digits"
            raise InvalidWhen(message)

    def _iso(self, token: Token) -> None:
        sign = "-" if token.value.startswith("-") else ""
        values = token.value.removeprefix("-").split("-")
        self._set("year", sign + values[0], token)
        for name, value in zip(FIELDS[1:], values[1:], strict=False):
            self._set(name, value, token)

    def _decade(self, token: Token) -> None:
        if not token.value.endswith("0") or token.value.endswith("00"):
            message = f"{token.text!r} may be a decade or a century; write it as 190X or 19XX"
            raise InvalidWhen(message)
        self._set("year", f"{token.value[:3]}X", token)

    def _sign(self, token: Token, following: Token | None) -> None:
        if token.kind == "clock" and self.clock == "~":
            self.clock = f"{token.value}~"
        elif token.kind != "doubt":
            self._set(token.kind, "12:00" if token.value == "noon" else token.value, token)
        elif following is not None and following.kind == "clock" and token.value == "~":
            self.clock = self.clock or "~"
        elif self.doubt != token.value:
            self.doubt = "%" if self.doubt else token.value

    def close(self) -> None:
        """Applies the era, once all tokens are in.

        Raises:
            InvalidWhen: the era has no year to stand with.
        """
        if not self.era:
            return
        if self.year is None or not self.year.isdigit() or self.year == "0000":
            message = f"{self.era.upper()} needs a year of its own, from 1 on, as in 44 BC"
            raise InvalidWhen(message)
        if self.era == "bc":
            self.year = iso_year(1 - int(self.year))

    def lend(self, other: Part) -> None:
        """Takes the parts this date lacks from another date of the same phrase."""
        for name in FIELDS[: self.needs]:
            if getattr(self, name) is None:
                setattr(self, name, getattr(other, name))

    def complete(self, context: Context) -> None:
        """Takes the parts still lacking from the context, noting each with its basis.

        Raises:
            InvalidWhen: a part is lacking and the context does not have it either, or the weekday
                is not that of the day.
        """
        self._check_weekday_has_day()
        if not self.needs and not self.present:
            message = "the words give no date; write a day, a month or a year"
            raise InvalidWhen(message)
        if self.day is not None and int(self.day) > _LONGEST_MONTH:
            message = f"{self.day} is neither a day nor a year; write a year with four digits"
            raise InvalidWhen(message)
        fits = True
        for name, lent in zip(FIELDS[: self.needs], context.texts, strict=False):
            own = getattr(self, name)
            if own is None and (lent is None or not fits):
                raise InvalidWhen(self._lacking(name, context))
            if own is None:
                setattr(self, name, lent)
                self.inferred[name] = f"the context {context.label}"
            elif own != lent:
                fits = False
        self._check_weekday()

    def check_past(self, context: Context) -> None:
        """Refuse a start that only the year of the context would put after the context itself.

        Raises:
            InvalidWhen: as "since October" in a passage of February, which means another year.
        """
        _, month, day = context.texts
        if "year" not in self.inferred or month is None or int(self.month or 0) > MONTHS:
            return
        if (self.month or "", self.day or "") > (month, day or self.day or ""):
            message = f"{self.edtf} lies after the context {context.label}; write the date in full"
            raise InvalidWhen(message)

    def _lacking(self, name: str, context: Context) -> str:
        if not context.label:
            return f"the {name} is missing; write it, or give a context that has it"
        return (
            f"the {name} is missing and the context {context.label} does not lie within a "
            f"single {name} that fits; write the {name}"
        )

    def _check_weekday_has_day(self) -> None:
        if self.weekday is not None and self.day is None:
            message = f"{_WEEKDAYS[self.weekday]} is relative without a day; give the date itself"
            raise InvalidWhen(message)

    def _check_weekday(self) -> None:
        if self.weekday is None:
            return
        actual = (self.ordinal - 1) % 7
        if actual != self.weekday:
            day = Day.fromordinal(self.ordinal).isoformat()
            message = (
                f"{day} was a {_WEEKDAYS[actual]}, not a {_WEEKDAYS[self.weekday]}; "
                "check the weekday, the day and the year"
            )
            raise InvalidWhen(message)
