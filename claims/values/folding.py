"""Folding: what a text is searched by, so that spelling and keyboards make no difference.

The rules are ours and versioned (:data:`FOLDING`):

- Capital letters, compatibility forms (full width, ligatures, superscripts) and Latin, Greek,
  Cyrillic, Hebrew and Arabic diacritics make no difference: ``susa`` is ``Şuşa``, ``ё`` is
  ``е``. Letters that Unicode does not decompose are written out: ``ə`` is ``e``, ``ı`` is ``i``,
  ``ł`` is ``l``, ``ø`` is ``o``, ``đ`` is ``d``, ``æ`` is ``ae``, ``ß`` is ``ss``.
- ``й``, ``ў`` and ``ї`` stay apart from ``и``, ``у`` and ``і``: they are letters of their own,
  with keys of their own, and print does not leave the marks out as it does with ``ё``.
- Arabic: vowel signs and tatweel are dropped, the forms of alef are one, ``ى ی`` are ``ي``,
  ``ک`` is ``ك``, ``ة`` is ``ه``. Armenian ``և`` is ``եւ`` and ``եվ``. Georgian capitals are
  small letters. Digits of every script are 0–9.
- Marks that write sounds of their own stay: vowel signs of Indic and Thai scripts, the voicing
  marks of kana.
- Soft hyphens, zero-width and other invisible signs are dropped. Apostrophes of every form are
  one, and part words, so that ``Memorial's`` holds ``Memorial``.

Words are runs of letters and digits; ``1,500`` is the word ``1500``. Scripts without spaces
(Chinese, Japanese, Thai, Lao, Khmer, Burmese) are cut into single signs: what is searched for
there is found as a row of signs, wherever words begin.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

FOLDING = "folding@1"
"""The name of these rules; an index made by others has to be made anew."""

LONGEST = 100
"""Letters by which words are told apart; what follows in a longer one makes no difference."""

_APOSTROPHES = "'`´ʹʻʼʽʾʿˈ՚‘’‛′＇"
_DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06ed\u0711\u0730-\u074a\u08d3-\u08ff\u0640"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u180b-\u180d]"
)
_OWN_LETTERS = {"и": "\u0306", "у": "\u0306", "і": "\u0308"}
_LETTERS = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict(zip("ıəǝøđðłħŧŋȷɓɗƙƴ", "ieeoddlhtnjbdky", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ٱ": "ا",
    }
)
_SPACELESS = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_SPACELESS_SIGN = re.compile(f"[{_SPACELESS}]")
_GROUPED = re.compile(r"(?<![0-9,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])")
_TOKEN = re.compile(r"\S+")
_RUN = re.compile(r"[^\W_]+")
_ASCII_RUN = re.compile("[a-z0-9]+")
_PART = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]")
_MARKS = frozenset({"Mn", "Mc", "Me"})


class Word(NamedTuple):
    """A folded word and where it stands in the text it was read from: half-open code points."""

    text: str
    start: int
    end: int


class _Sign(NamedTuple):
    """A letter with its marks, folded (maybe to nothing), and where it stands."""

    text: str
    start: int
    end: int


def folded(text: str) -> str:
    """The text as it is searched by: spaces and punctuation stay, letters are folded.

    Folding what is folded changes nothing. Words are folded each by itself, so that a text is
    folded as its parts between spaces are.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    return _joined("".join(sign.text for sign in _signs(text)))


def words(text: str) -> tuple[Word, ...]:
    """The folded words of a text, in its order, with their places in it."""
    return tuple(
        Word(word.text, token.start() + word.start, token.start() + word.end)
        for token in _TOKEN.finditer(text)
        for word in _words(token[0])
    )


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in its order."""
    if text.isascii():
        return _ascii_words(text)
    return tuple(word.text for token in _TOKEN.findall(text) for word in _words(token))


def _ascii_words(text: str) -> tuple[str, ...]:
    """The same for a text whose letters are all of one sign, which takes no looking at each."""
    low = text.lower()
    if "," in low:
        low = _GROUPED.sub(lambda number: number[0].replace(",", ""), low)
    return tuple([word[:LONGEST] for word in _ASCII_RUN.findall(low)])


@lru_cache(maxsize=16384)
def _words(token: str) -> tuple[Word, ...]:
    """The words of a text without spaces."""
    signs = [sign for sign in _signs(token) if sign.text]
    inside = _inside_numbers(signs)
    found: list[Word] = []
    run: list[_Sign] = []
    for place, sign in enumerate(signs):
        if place in inside:
            continue
        if _is_word(sign.text) and not _SPACELESS_SIGN.match(sign.text):
            run.append(sign)
            continue
        found += [*_ended(run), *_pieces(sign)]
        run = []
    return (*found, *_ended(run))


def _ended(run: list[_Sign]) -> list[Word]:
    if not run:
        return []
    text = _joined("".join(sign.text for sign in run))[:LONGEST]
    return [Word(text, run[0].start, run[-1].end)]


def _pieces(sign: _Sign) -> list[Word]:
    """The words of a sign by itself: each letter of a script without spaces, 1 and 2 of ``½``."""
    if _SPACELESS_SIGN.match(sign.text):
        return [Word(letter, sign.start, sign.end) for letter in sign.text]
    return [Word(run[:LONGEST], sign.start, sign.end) for run in _RUN.findall(sign.text)]


def _inside_numbers(signs: list[_Sign]) -> set[int]:
    """The places of commas that part a number into thousands."""
    if not any(sign.text == "," for sign in signs):
        return set()
    line = "".join(sign.text if len(sign.text) == 1 else " " for sign in signs)
    return {
        place
        for number in _GROUPED.finditer(line)
        for place in range(*number.span())
        if line[place] == ","
    }


def _is_word(text: str) -> bool:
    return all(letter.isalnum() or unicodedata.category(letter) in _MARKS for letter in text)


def _signs(text: str) -> list[_Sign]:
    """The text letter by letter, each with the marks that follow it, folded."""
    if text.isascii():
        low = text.lower().replace("`", "'")
        return [_Sign(letter, place, place + 1) for place, letter in enumerate(low)]
    found, start = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not _follows(text[end]):
            found.append(_Sign(_folded_sign(text[start:end]), start, end))
            start = end
    return found


@lru_cache(maxsize=4096)
def _follows(letter: str) -> bool:
    """Whether the letter belongs to the one before, as marks and parts of Korean syllables do."""
    return unicodedata.category(letter) in _MARKS or _PART.match(letter) is not None


@lru_cache(maxsize=16384)
def _folded_sign(sign: str) -> str:
    before, text = None, sign
    while text != before:  # one letter's fold may be another that folds further
        before, text = text, _once(text)
    return text


def _once(sign: str) -> str:
    text = sign.translate(_LETTERS)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    text = _without_marks(text).translate(_LETTERS)
    return unicodedata.normalize("NFC", "".join(map(_digit, text)))


def _without_marks(text: str) -> str:
    """The text without diacritics and invisible signs."""
    kept, base = [], ""
    for letter in text:
        if not _DROPPED.match(letter) or letter in _OWN_LETTERS.get(base, ""):
            kept.append(letter)
        if unicodedata.category(letter) not in _MARKS:
            base = letter
    return "".join(letter for letter in kept if unicodedata.category(letter) != "Cf")


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def _joined(text: str) -> str:
    """Armenian writes ``և`` out as ``եւ`` or, since the reform, as ``եվ``: one of the two."""
    return text.replace("եւ", "եվ")
