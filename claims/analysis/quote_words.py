"""The words that a quote may not lose: negations, hedges, numbers, and who is made to speak.

Each language is a file ``data/words_LANGUAGE.toml``; a language is added by adding its file. The
words of quantities (:mod:`claims.values`) count as numbers too, in the languages it reads.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from claims.analysis.quote_fold import SPACELESS, plain
from claims.errors import UnknownProfile

FOLDER = Path(__file__).with_name("data")
_PHRASES = Path(__file__).parents[1] / "values" / "data" / "phrases"
_TAG = re.compile(r"[a-z]{2,3}")
_FIGURE = r"(?:[−±+]\s?)?\d+(?:(?:[.,:]|\s(?=\d{3}(?!\d)))\d+)*(?:st|nd|rd|th)?"
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """A word or phrase of one kind in a text; half-open, in code points.

    ``what`` is ``negation``, ``hedge``, ``number`` or ``reporting``.
    """

    start: int
    end: int
    words: str
    what: str


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of one language, ready to search by, and the scripts it is written in."""

    language: str
    negations: re.Pattern[str]
    hedges: re.Pattern[str]
    numbers: re.Pattern[str]
    reporting: re.Pattern[str]
    endings: frozenset[str]
    scripts: frozenset[str]

    def reads(self, text: str) -> bool:
        """Whether the text is written in the letters of this language."""
        return scripts_of(text) <= self.scripts


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The languages whose words are held."""
    return tuple(sorted(path.stem.removeprefix("words_") for path in folder.glob("words_*.toml")))


@cache
def words_of(language: str, folder: Path = FOLDER) -> Words:
    """The word lists of a language tag; ``en-GB`` is read as ``en``.

    Raises:
        UnknownProfile: no list of that language is held.
    """
    tag = re.split(r"[-_]", language.strip().casefold())[0]
    path = folder / f"words_{tag}.toml"
    if not _TAG.fullmatch(tag) or not path.is_file():
        held = ", ".join(languages(folder))
        message = (
            f"there is no list of negations and hedges for language {language!r}; held: {held}"
        )
        raise UnknownProfile(message)
    return _made(tag, tomllib.loads(path.read_text(encoding="utf-8")))


def words_or_none(language: str) -> Words:
    """The word lists of a language; where none are held, lists that read no text."""
    try:
        return words_of(language)
    except UnknownProfile:
        return Words(
            language, _NEVER, _NEVER, _pattern([_FIGURE]), _NEVER, frozenset(), frozenset()
        )


def negations_in(text: str, language: str = "en") -> tuple[Word, ...]:
    """The words that turn a statement into its opposite: ``no``, ``never``, ``didn't``."""
    return _found(text, words_of(language).negations, "negation")


def hedges_in(text: str, language: str = "en") -> tuple[Word, ...]:
    """The words that say how sure somebody is, or that a figure is not exact: ``reportedly``."""
    return _found(text, words_of(language).hedges, "hedge")


def numbers_in(text: str, language: str = "en") -> tuple[Word, ...]:
    """Figures and number words, vague ones too: ``1,500``, ``twenty-five``, ``dozens``."""
    return _found(text, words_of(language).numbers, "number")


def reporting_verbs_in(text: str, language: str = "en") -> tuple[Word, ...]:
    """The words by which somebody is made the speaker: ``according to``, ``asserted``."""
    return _found(text, words_of(language).reporting, "reporting")


def weighty_in(text: str, words: Words) -> tuple[Word, ...]:
    """The negations, hedges and numbers of a text, in its order."""
    mapped = plain(text)
    kinds = (("negation", words.negations), ("hedge", words.hedges), ("number", words.numbers))
    return tuple(
        sorted(
            Word(*mapped.span(*match.span()), match[0], what)
            for what, pattern in kinds
            for match in pattern.finditer(mapped.text)
        )
    )


def scripts_of(text: str) -> frozenset[str]:
    """The scripts of a text's letters, by the first word of their Unicode names."""
    letters = {letter for letter in text if letter.isalpha()}
    return frozenset(unicodedata.name(letter, "?").split()[0] for letter in letters)


def _found(text: str, pattern: re.Pattern[str], what: str) -> tuple[Word, ...]:
    mapped = plain(text)
    return tuple(
        Word(*mapped.span(*match.span()), match[0], what) for match in pattern.finditer(mapped.text)
    )


def _made(tag: str, table: Mapping[str, Any]) -> Words:
    small = [f"(?-i:{_phrase(word)})" for word in table.get("small_only", ())]
    counted = [_phrase(word) for word in (*table.get("numbers", ()), *_quantities(tag))]
    numbers = [*counted, _FIGURE]
    approximate = _any(map(_phrase, table.get("before_numbers", ())))
    ended = [rf"\w+{re.escape(ending)}" for ending in table.get("negative_endings", ())]
    hedges = [*map(_phrase, table["hedges"]), *small]
    if approximate:
        hedges.append(rf"{approximate}(?=\s*{_any(numbers)})")
    return Words(
        language=tag,
        negations=_pattern([*map(_phrase, table["negations"]), *ended]),
        hedges=_pattern(hedges),
        numbers=_pattern(numbers),
        reporting=_pattern(map(_phrase, table["reporting"])),
        endings=frozenset(table.get("endings", ())),
        scripts=scripts_of("".join([*table["negations"], *table["hedges"]])),
    )


def _quantities(tag: str) -> tuple[str, ...]:
    """The number words that quantities are read by in this language."""
    path = _PHRASES / f"{tag}.toml"
    if not path.is_file():
        return ()
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    scale = [word for words in table["scale"].values() for word in words]
    return (*table["numbers"]["small"], *table["numbers"]["large"], *scale)


def _phrase(phrase: str) -> str:
    """A phrase as it stands in a plain text; words of scripts without spaces stand anywhere."""
    words = r"[\s-]".join(map(re.escape, plain(phrase).text.split()))
    if re.search(f"[{SPACELESS}]", phrase):
        return words
    return rf"(?<!\w){words}(?!\w|\.\s?\d)"


def _any(patterns: Iterable[str]) -> str:
    """One pattern for all of them, the longest first; nothing where there are none."""
    joined = "|".join(sorted(patterns, key=len, reverse=True))
    return f"(?:{joined})" if joined else ""


def _pattern(patterns: Iterable[str]) -> re.Pattern[str]:
    joined = _any(patterns)
    return re.compile(joined, re.IGNORECASE) if joined else _NEVER
