"""The text that quotes are compared by: typography makes no difference, words and figures do.

What is folded, in this order (:data:`RULES`):

1. Signs that nobody sees are dropped: zero-width signs, marks of direction, variation selectors,
   soft hyphens, Arabic tatweel.
2. Letters are composed as Unicode composes them (NFC). Ligatures, full-width and half-width forms
   and the Arabic forms of presentation are the letters they show; ``ſ`` is ``s``.
3. Three dots are one ``…``; quotation marks of every kind are one sign, apostrophes too; dashes of
   every length are one, with or without spaces around them. A sign before a figure stays: ``−3`` is
   not ``3``, and neither are ``10²`` and ``102``, ``1,5`` and ``1.5``.
4. A run of white space is one space; there is none before ``; : ! ? %``, in brackets, nor between
   signs of a script that has no spaces.
5. A hyphen at the end of a line may be the word's own or the line's: both spellings match.

Capital letters, accents and spelling are words, not typography, and stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from claims.analysis.quote_grams import Grams

SPACELESS = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)
"""The scripts that write no spaces between words, as the inside of a regular expression's class."""

BREAK = "\u00ad"
"""Stands, between two letters, for a hyphen at the end of a line."""

_LETTER = r"[^\W\d_\u02b9-\u02bc\u055a]"
"""A letter; some signs that look like apostrophes are letters to Unicode, but not to print."""

_NEWLINE = r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
_DASHES = "-\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_QUOTES = (
    "'\"`\u00ab\u00bb\u00b4\u02b9-\u02bc\u2018-\u201f\u2039\u203a\u055a\u300c-\u300f\u301d-\u301f"
)
_FORMS = "\u017f\u0587\ufb00-\ufb17\ufb1d-\ufdfb\ufe70-\ufefc\uff01-\uffdc"

_INVISIBLE = re.compile(
    rf"\u00ad(?![ \t]*{_NEWLINE})"
    "|[\u0640\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_GUILLEMETS = re.compile(r"(?<!\w)[\u00ab\u2039]\s+|\s+[\u00bb\u203a](?!\w)")
_SIGNS = re.compile(
    rf"(?=[{_DASHES}{_QUOTES},.\u00ac\u00ad\u2026\u2032\u2033\u301c\uff5e])(?:"
    rf"(?P<broken>(?<={_LETTER})[-\u2010\u2011\u2013\u00ac\u00ad]+[ \t]*{_NEWLINE}\s*(?={_LETTER}))"
    r"|(?P<dots>\u2026|\.(?:\s?\.){2,})"
    rf"|(?P<minus>(?<![^\s(\[{_QUOTES}])[-\u2212\u2013\uff0d](?=\d))"
    rf"|(?P<dash>[{_DASHES}]+)"
    rf"|(?P<quote>''|``|,,(?=\w)|[{_QUOTES}]|(?<!\d)[\u2032\u2033])"
    r"|(?P<wave>[\u301c\uff5e]))"
)
_SPACES = re.compile(  # the space first, by which it is searched quickly
    rf"\s(?:(?P<none>(?<=[{SPACELESS}]\s)\s*(?=[{SPACELESS}])|(?<=[-(\[]\s)\s*"
    r"|\s*(?=[-;:!?)\]\u2026%\u2030]|[.,](?!\d)))|\s+|(?<! ))"
)
_INSIDE = re.compile(rf"[-{BREAK}](?<={_LETTER}[-{BREAK}])[-{BREAK}]*(?={_LETTER})")
_WRAPPED = re.compile(rf"[{_DASHES}{_QUOTES}\s]*(.*?\w.*?)[{_DASHES}{_QUOTES}\s]*", re.DOTALL)
_LETTERS = re.compile("[A-Za-z0-9]*(?: [A-Za-z0-9]+)*")
_BREAKS = re.compile(BREAK)
_STANDS_FOR = {"broken": BREAK, "dots": "…", "minus": "−", "dash": "-", "quote": "'", "wave": "~"}


@dataclass(frozen=True, slots=True)
class Mapped:
    """A changed text, with the place in the original of each of its signs: half-open spans."""

    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch that is not empty stands in the original."""
        return self.starts[start], self.ends[end - 1]

    def changed(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> Mapped:
        """The text with each match of the pattern replaced."""
        if not pattern.search(self.text):
            return self
        parts: list[str] = []
        starts, ends, done = array("I"), array("I"), 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            new = change(match)
            parts += (self.text[done:start], new)
            starts.extend(self.starts[done:start])
            ends.extend(self.ends[done:start])
            if len(new) == end - start:
                starts.extend(self.starts[start:end])
                ends.extend(self.ends[start:end])
            else:
                starts.extend([self.starts[start]] * len(new))
                ends.extend([self.ends[end - 1]] * len(new))
            done = end
        parts.append(self.text[done:])
        starts.extend(self.starts[done:])
        ends.extend(self.ends[done:])
        return Mapped("".join(parts), starts, ends)


@dataclass(frozen=True)
class Folded:
    """A folded text whose words have no hyphens.

    ``spelled`` is the same with its hyphens; ``hyphens`` are the places in the text where letters
    followed one, ``breaks`` those where a line ended in one, which may be none of the word's.
    """

    mapped: Mapped
    spelled: str
    hyphens: tuple[int, ...]
    breaks: tuple[int, ...]

    @property
    def text(self) -> str:
        """The folded text."""
        return self.mapped.text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch that is not empty stands in the original."""
        return self.mapped.span(start, end)

    def place(self, start: int) -> int:
        """The first place in the folded text that stands at or after ``start`` of the original."""
        return bisect_left(self.mapped.starts, start)

    def starts(self, words: str, begin: int = 0, end: int | None = None) -> Iterator[int]:
        """Where folded words stand to the letter in a stretch of the folded text."""
        return self.grams.starts(words, begin, len(self.text) if end is None else end)

    @cached_property
    def grams(self) -> Grams:
        """The index of the folded text."""
        return Grams(self.text)

    def hyphenated_as(self, quote: Folded, start: int) -> bool:
        """Whether the hyphens of a quote are those of the text from ``start`` on."""
        if not (quote.joints or self.joints):
            return True
        end = start + len(quote.text)
        here = {at - start for at in _within(self.hyphens, start, end)}
        maybe = {at - start for at in _within(self.breaks, start, end)}
        return here <= quote.joints and set(quote.hyphens) <= here | maybe

    def hyphen_at(self, at: int) -> bool:
        """Whether a hyphen stands before a letter."""
        place = bisect_left(self.hyphens, at)
        return place < len(self.hyphens) and self.hyphens[place] == at

    @cached_property
    def joints(self) -> frozenset[int]:
        """The places where words are joined by hyphens, the lines' own ones too."""
        return frozenset(self.hyphens + self.breaks)


def _within(places: tuple[int, ...], start: int, end: int) -> tuple[int, ...]:
    """The places inside a stretch, without its edges."""
    return places[bisect_left(places, start + 1) : bisect_left(places, end)]


def plain(text: str) -> Mapped:
    """The text without differences of typography; hyphens inside lines are kept as ``-``."""
    return _spelled(text).changed(_BREAKS, lambda _: "")


def _spelled(text: str) -> Mapped:
    """The same with a sign for each hyphen at the end of a line."""
    mapped = Mapped(text, array("I", range(len(text))), array("I", range(1, len(text) + 1)))
    if _LETTERS.fullmatch(text):
        return mapped
    if not text.isascii():
        mapped = mapped.changed(_INVISIBLE, lambda _: "")
        if _FORM.search(mapped.text) or not unicodedata.is_normalized("NFC", mapped.text):
            mapped = mapped.changed(_composable(mapped.text), _composed)
        mapped = mapped.changed(_GUILLEMETS, lambda match: match[0].strip())
    mapped = mapped.changed(_SIGNS, lambda match: _STANDS_FOR[match.lastgroup or ""])
    return mapped.changed(_SPACES, lambda match: " " if match["none"] is None else "")


def fold(text: str) -> Folded:
    """What quotes in the text are compared by."""
    spelled = _spelled(text)
    hyphens: list[int] = []
    breaks: list[int] = []
    dropped = 0
    for match in _INSIDE.finditer(spelled.text):
        (hyphens if "-" in match[0] else breaks).append(match.start() - dropped)
        dropped += len(match[0])
    joined = spelled.changed(_INSIDE, lambda _: "")
    return Folded(joined, spelled.text.replace(BREAK, ""), tuple(hyphens), tuple(breaks))


def bare(quote: str) -> str:
    """A quote without the quotation marks, dashes and spaces that it was given in."""
    match = _WRAPPED.fullmatch(quote)
    return match[1] if match else ""


def _composable(text: str) -> re.Pattern[str]:
    """What composing may change: letters with marks, forms of presentation, parts of syllables."""
    signs = [sign for sign in set(text) if not sign.isascii()]
    marks = re.escape("".join(sign for sign in signs if unicodedata.category(sign)[0] == "M"))
    other = "".join(s for s in signs if unicodedata.normalize("NFC", s) != s)
    forms = f"[{_FORMS}{re.escape(other)}]"
    marked = f"[^{marks}][{marks}]+|" if marks else ""
    return re.compile(rf"{marked}{forms}[{marks}\uff9e\uff9f]*|[\u1100-\u11ff]{{2,3}}")


def _composed(match: re.Match[str]) -> str:
    shown = _FORM.sub(lambda form: unicodedata.normalize("NFKC", form[0]), match[0])
    return unicodedata.normalize("NFC", shown)


_FORM = re.compile(rf"[{_FORMS}][\uff9e\uff9f]*")
