"""Cuts a date in prose into tokens, by the word table of its language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claims.errors import InvalidWhen

_DATA = Path(__file__).with_name("data")
_LANGUAGE = re.compile(r"[a-z]{2,3}")

_QUOTED = 30
_NOON = 12

_REASONS = {
    "relative": "is relative to a day that the words do not give; give the date itself",
    "part_of_day": "has no clock time; give the day alone, or the hour",
    "calendar": "names another calendar, which is not converted; give the Gregorian date",
    "feast": "is a feast, whose day differs among calendars; give the date",
    "spelled": "is a number in words; write the date in digits, and the words in the quote",
}

_KINDS = {
    "groups": "month",
    "marks": "mark",
    "doubt": "doubt",
    "lead": "lead",
    "join": "join",
    "clock": "clock",
    "era": "era",
    "other": "",
}
"""The sections of a word table whose keys are token values, with the kind of token they give."""

_DIGITS = r"""
(?P<iso>-?[0-9]{4}-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?(?![0-9]))
|(?P<clock>(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?\s?(?P<half>[ap])\.?\s?m\b\.?
  |(?P<hour24>[0-9]{1,2}):(?P<minute24>[0-9]{2})(?![0-9:]))
|(?P<decade>[0-9]{4})['’]?s\b
|(?P<phrase>%s)\.?
|(?P<ordinal>[0-9]{1,2})(?:st|nd|rd|th)\b
|(?P<number>[0-9]+)(?![^\W_])
|(?P<dash>[-–—‒−])
|(?P<slash>/)
|(?P<gap>[\s,()]+|\.$)
|(?P<other>[^\s,()]+)
"""


class Token(NamedTuple):
    """One word or sign of a date: its kind, what it stands for, and the text itself."""

    kind: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The word table of one language, ready for use."""

    pattern: re.Pattern[str]
    phrases: dict[str, tuple[str, str]]

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, without words that say nothing of a date.

        Raises:
            InvalidWhen: a word is unknown, or of a kind that cannot be read.
        """
        matches = list(self.pattern.finditer(text.lower()))
        self._check_read(match for match in matches if match["phrase"] is not None)
        found = (self._token(match) for match in matches)
        return [token for token in found if token.kind not in ("gap", "skip")]

    def _check_read(self, matches: Iterable[re.Match[str]]) -> None:
        """Refuse a word that is known not to be read: it tells more than an unknown one."""
        known = ((self.phrases[match["phrase"]][0], match[0]) for match in matches)
        refused = [found for found in known if found[0] in _REASONS]
        if refused:
            kind, text = min(refused, key=lambda found: found[0] == "spelled")
            message = f"{text!r} {_REASONS[kind]}"
            raise InvalidWhen(message)

    def _token(self, match: re.Match[str]) -> Token:
        kind, text = match.lastgroup or "", match[0]
        if match["phrase"] is not None:
            kind, value = self.phrases[match["phrase"]]
            return Token(kind, value, text)
        if match["clock"] is not None:
            return Token("clock", _clock(match), text)
        if match["other"] is not None:
            message = (
                f"{_short(text)!r} is not a word of dates; write the date in full, as in "
                "10 February 1992, and leave out what is no date"
            )
            raise InvalidWhen(message)
        return Token(kind, match[kind], text)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 3]}..."


def _clock(match: re.Match[str]) -> str:
    if match["half"] is None:
        return f"{int(match['hour24']):02}:{match['minute24']}"
    hour, minute = int(match["hour"]), match["minute"] or "00"
    if hour == _NOON:
        message = f"{match[0]!r} may be noon or midnight; write noon, midnight or a 24-hour time"
        raise InvalidWhen(message)
    if not 1 <= hour < _NOON:
        message = f"{match[0]!r} is no hour of a 12-hour clock; write 1 to 11 with a.m. or p.m."
        raise InvalidWhen(message)
    return f"{hour + _NOON * (match['half'] == 'p'):02}:{minute}"


@cache
def load_words(language: str) -> Words:
    """The word table of a language.

    Raises:
        InvalidWhen: no table of that language is held.
    """
    path = _DATA / f"dates_{language}.toml"
    if not _LANGUAGE.fullmatch(language) or not path.is_file():
        held = ", ".join(sorted(p.stem.removeprefix("dates_") for p in _DATA.glob("dates_*.toml")))
        message = f"no table of date words is held for {language!r}, only for {held}; write EDTF"
        raise InvalidWhen(message)
    phrases = _phrases(tomllib.loads(path.read_text(encoding="utf-8")))
    longest_first = sorted(phrases, key=len, reverse=True)
    choices = "|".join(
        re.escape(phrase) + ("" if phrase.endswith(("-", "~")) else r"(?!\w)")
        for phrase in longest_first
    )
    pattern = re.compile(_DIGITS.replace("%s", choices.replace(r"\ ", "[ ]")), re.VERBOSE)
    return Words(pattern, phrases)


def _phrases(table: dict[str, dict[str, list[str]]]) -> dict[str, tuple[str, str]]:
    """Each phrase with its token's kind and value."""
    found: dict[str, tuple[str, str]] = {}
    for number, (name, others) in enumerate(table["months"].items(), 1):
        found |= dict.fromkeys((name, *others), ("month", f"{number:02}"))
    for number, (name, others) in enumerate(table["weekdays"].items()):
        found |= dict.fromkeys((name, *others), ("weekday", str(number)))
    for section, kind in _KINDS.items():
        for value, words in table[section].items():
            found |= dict.fromkeys(words, (kind or value, value))
    found |= dict.fromkeys(table["skip"]["words"], ("skip", ""))
    for reason, words in table["refused"].items():
        found |= dict.fromkeys(words, (reason, ""))
    return found
