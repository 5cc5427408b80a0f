"""Reads a date in prose into EDTF; the words are those of the language's table.

The reading keeps to what the words say:

* "since" and "from" start a period whose end is unknown; "until" ends one whose start is unknown;
* "by", "before" and "after" place one moment on, before or after a day (a one-of set);
* "10–12 February" and "10 February to 3 March" are periods that were filled (extent);
  "between 10 and 12 February" is some moment of them (uncertainty): it never excludes more;
* "10 or 11 February" is a one-of set, "10 and 11 February" an all-of set;
* midnight "on" a day may be either end of it, and a night belongs to two days: one of two days;
* parts that one date of a pair lacks are those of the other, else those of the context.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.errors import InvalidWhen
from claims.values.when_one import Told, read_one
from claims.values.when_pair import read_pair
from claims.values.when_part import Context, Part
from claims.values.when_words import Token, load_words


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A text cut into its leading word, one or two dates and the word that joins them."""

    lead: str
    first: Part
    join: str
    second: Part | None


def read_prose(text: str, context: Context, locale: str) -> Told:
    """What a date in prose says.

    Raises:
        InvalidWhen: naming the word or part that cannot be read, and how to mend it.
    """
    words = load_words(locale.replace("_", "-").partition("-")[0].lower())
    phrase = _cut(words.tokens(_JOINED.sub(r"\1 \3 \4", text)))
    if phrase.second is None:
        phrase.first.complete(context)
        if phrase.lead == "since":
            phrase.first.check_past(context)
        return read_one(phrase.lead, phrase.first)
    return read_pair(phrase.lead, phrase.join, phrase.first, phrase.second, context)


_JOINED = re.compile(r"\b([0-9]{1,2})([-./])([^\W\d_]{3,9})\2([0-9]{4})\b")
"""One date, as in 12-Feb-1992; elsewhere a dash joins two."""

_AFTER_A_TIME = ("between", "night")
"""As in "at midnight between 10 and 11 February"; "9 a.m. until noon" joins two times instead."""


# -- cutting --------------------------------------------------------------------------------------


def _cut(tokens: list[Token]) -> _Phrase:
    rest = list(reversed(tokens))
    first, second = Part(), None
    _collect(rest, first)
    lead = _lead(rest, first)
    _collect(rest, first)
    join = _join(rest, lead)
    if join:
        second = Part()
        _collect(rest, second)
        second.close()
    first.close()
    if rest and rest[-1].kind == "onward" and not join:
        rest.pop()
        lead = lead or "since"
    if rest:
        raise InvalidWhen(_left_over(rest[-1]))
    return _Phrase(lead, first, join, second)


def _lead(rest: list[Token], first: Part) -> str:
    """The word before the first date, taken off; only a time of day may stand before it."""
    if not rest or rest[-1].kind != "lead":
        return ""
    if first.needs and rest[-1].value not in _AFTER_A_TIME:
        return ""
    return rest.pop().value


def _collect(rest: list[Token], part: Part) -> None:
    while rest and part.put(rest[-1], rest[-2] if len(rest) > 1 else None):
        rest.pop()


def _join(rest: list[Token], lead: str) -> str:
    """The word between two dates, taken off; empty where there is no second date."""
    if not rest:
        return ""
    token = rest[-1]
    dash = token.kind == "dash" or (token.kind == "slash" and lead == "night")
    if not (dash or token.kind == "join" or (token.kind, token.value) == ("lead", "until")):
        return ""
    rest.pop()
    return token.value if token.kind == "join" else "to"


def _left_over(token: Token) -> str:
    if token.kind == "century":
        return "a century may begin in its year 0 or 1; write 19XX or [1901..2000]"
    if token.kind == "slash":
        return "'/' may join or part dates; write to, or, and; or EDTF START/END"
    return f"{token.text!r} does not fit there; read one date or period at a time"
