"""The words that a quote may not lose: negations, hedges, numbers, and who is made to speak.

Each language is a file ``data/words_LANGUAGE.toml``; a language is added by adding its file. The
words of quantities (:mod:`claims.values`) count as numbers too, in the languages it reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from claims.analysis.quote_fold import SPACELESS, plain
from claims.errors import UnknownProfile

FOLDER = Path(__file__).with_name("data")
_PHRASES = Path(__file__).parents[1] / "values" / "data" / "phrases"
_TAG = re.compile(r"[a-z]{2,3}")
_KINDS = {
    "negations": "negation",
    "hedges": "hedge",
    "limits": "limit",
    "numbers": "number",
    "reporting": "reporting",
}
"""The lists of a language, and what their words are."""

_FIGURE = r"(?:[−±+]\s?)?\d+(?:(?:[.,:]|\s(?=\d{3}(?!\d)))\d+)*(?:st|nd|rd|th)?"
_TOKEN = re.compile(rf"(?P<figure>{_FIGURE})|[^\W\d_{SPACELESS}]+(?:'[^\W\d_]+)*")
_NUMBERED = re.compile(r"\.\s?\d")
_JOINTS = frozenset({" ", "-"})


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """A word or phrase of one kind in a text; half-open, in code points.

    ``what`` is ``negation``, ``hedge``, ``number`` or ``reporting``.
    """

    start: int
    end: int
    words: str
    what: str


class _Phrase(NamedTuple):
    """Words in small letters, and what they are; ``small`` ones never begin with a capital."""

    words: tuple[str, ...]
    what: str
    small: bool = False


class _Token(NamedTuple):
    """A word of a plain text, in small letters, and where it stands there."""

    word: str
    start: int
    end: int
    figure: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of one language: phrases by their first word, and what else is a rule."""

    language: str
    phrases: Mapping[str, Sequence[_Phrase]]
    spaceless: Sequence[tuple[str, re.Pattern[str]]] = ()
    negative_endings: tuple[str, ...] = ()
    negations_after: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    scripts: frozenset[str] = frozenset()

    def reads(self, text: str) -> bool:
        """Whether most of the text's letters are those that this language is written in."""
        letters = [letter for letter in text if letter.isalpha()]
        read = sum(_script(letter) in self.scripts for letter in letters)
        return 2 * read >= len(letters)

    def weighty(self, text: str) -> tuple[Word, ...]:
        """What a quote may not lose, in the text's order: negations, hedges, limits, numbers.

        Limits ("only", "would", "if") are given as hedges here: they too say less than a plain
        statement does.
        """
        return tuple(word for word in self.all_in(text) if word.what != "reporting")

    def all_in(self, text: str) -> tuple[Word, ...]:
        """The same with the words by which somebody is made the speaker."""
        found = _found(text, self)
        return tuple(sorted(Word(w.start, w.end, w.words, _AS.get(w.what, w.what)) for w in found))


_AS = {"limit": "hedge"}


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
    return _made(tag, _table(path))


def words_or_none(language: str) -> Words:
    """The word lists of a language; where none are held, lists that read no text."""
    try:
        return words_of(language)
    except UnknownProfile:
        return Words(language, {})


def negations_in(text: str, language: str = "en") -> tuple[Word, ...]:
    """The words that turn a statement into its opposite: ``no``, ``never``, ``didn't``."""
    return _of_kind(text, language, "negation")


def hedges_in(text: str, language: str = "en") -> tuple[Word, ...]:
    """The words that say how sure somebody is, or that a figure is not exact: ``reportedly``."""
    return _of_kind(text, language, "hedge")


def numbers_in(text: str, language: str = "en") -> tuple[Word, ...]:
    """Figures and number words, vague ones too: ``1,500``, ``twenty-five``, ``dozens``."""
    return _of_kind(text, language, "number")


def reporting_verbs_in(text: str, language: str = "en") -> tuple[Word, ...]:
    """The words by which somebody is made the speaker: ``according to``, ``asserted``."""
    return _of_kind(text, language, "reporting")


def _of_kind(text: str, language: str, what: str) -> tuple[Word, ...]:
    return tuple(sorted(word for word in _found(text, words_of(language)) if word.what == what))


def _found(text: str, words: Words) -> Iterator[Word]:
    """The words of all lists in a text, where they stand in it."""
    mapped = plain(text)
    spans = [*_in_tokens(mapped.text, words), *_in_signs(mapped.text, words)]
    for start, end, what in spans:
        first, last = mapped.span(start, end)
        yield Word(first, last, text[first:last], what)


def _in_signs(line: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """Words of scripts without spaces, which stand anywhere."""
    for what, pattern in words.spaceless:
        for match in pattern.finditer(line):
            yield (*match.span(), what)


def _in_tokens(line: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """Words and phrases between spaces; of one kind the longest, and none within another."""
    tokens = [
        _Token(match[0].casefold(), *match.span(), match["figure"] is not None)
        for match in _TOKEN.finditer(line)
    ]
    taken: dict[str, int] = {}
    for place, token in enumerate(tokens):
        for end, what in _at(line, tokens, place, words):
            if taken.get(what, 0) <= token.start:
                taken[what] = end
                yield token.start, end, what


def _at(line: str, tokens: Sequence[_Token], place: int, words: Words) -> Iterator[tuple[int, str]]:
    """Where the phrases end that begin at one word, and what they are, the longest first."""
    token = tokens[place]
    if token.figure:
        yield token.end, "number"
    elif not _NUMBERED.match(line, token.end):  # No. 5 is no negation
        yield from _phrases_at(line, tokens, place, words)
        if token.word.endswith(words.negative_endings):
            yield token.end, "negation"


def _phrases_at(
    line: str, tokens: Sequence[_Token], place: int, words: Words
) -> Iterator[tuple[int, str]]:
    token = tokens[place]
    head, mark, _ = token.word.partition("'")
    for phrase in words.phrases.get(token.word, ()):
        size = len(phrase.words)
        run = tokens[place : place + size]
        if not _is(phrase, line, run):
            continue
        if phrase.what != "approximate":
            yield run[-1].end, phrase.what
        elif place + size < len(tokens) and _counts(line, tokens, place + size, words):
            yield run[-1].end, "hedge"
    for phrase in words.phrases.get(head + mark, ()) if mark else ():
        yield token.start + len(head) + 1, phrase.what


def _counts(line: str, tokens: Sequence[_Token], place: int, words: Words) -> bool:
    """Whether a number begins at a word."""
    return any(what == "number" for _, what in _at(line, tokens, place, words))


def _is(phrase: _Phrase, line: str, run: Sequence[_Token]) -> bool:
    if tuple(token.word for token in run) != phrase.words:
        return False
    if phrase.small and line[run[0].start].isupper():
        return False
    return all(line[one.end : other.start] in _JOINTS for one, other in pairwise(run))


def _made(tag: str, table: Mapping[str, Any]) -> Words:
    uncounted = table.get("not_numbers", ())
    listed = [
        *((phrase, what) for key, what in _KINDS.items() for phrase in table.get(key, ())),
        *((phrase, "number") for phrase in _quantities(tag) if phrase not in uncounted),
        *((phrase, "approximate") for phrase in table.get("before_numbers", ())),
    ]
    small = set(table.get("small_only", ()))
    phrases: dict[str, list[_Phrase]] = defaultdict(list)
    signs: dict[str, list[str]] = defaultdict(list)
    for phrase, what in listed:
        words = tuple(plain(phrase).text.casefold().replace("-", " ").split())
        if re.search(f"[{SPACELESS}]", phrase):
            signs[what].append(re.escape("".join(words)))
        else:
            phrases[words[0]].append(_Phrase(words, what, phrase in small))
    return Words(
        language=tag,
        phrases={
            first: sorted(found, key=lambda phrase: -len(phrase.words))
            for first, found in phrases.items()
        },
        spaceless=[(what, re.compile("|".join(_longest(found)))) for what, found in signs.items()],
        negative_endings=tuple(table.get("negative_endings", ())),
        negations_after=frozenset(table.get("negations_after", ())),
        endings=frozenset(table.get("endings", ())),
        scripts=frozenset(map(_script, "".join(filter(str.isalpha, "".join(table["negations"]))))),
    )


def _longest(phrases: Iterable[str]) -> list[str]:
    return sorted(phrases, key=len, reverse=True)


def _quantities(tag: str) -> tuple[str, ...]:
    """The number words that quantities are read by in this language."""
    path = _PHRASES / f"{tag}.toml"
    if not path.is_file():
        return ()
    table = _table(path)
    scale = [word for words in table["scale"].values() for word in words]
    return (*table["numbers"]["small"], *table["numbers"]["large"], *scale)


def _table(path: Path) -> Mapping[str, Any]:
    import tomllib  # noqa: PLC0415 -- not needed to start the program

    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _script(letter: str) -> str:
    """The script of a letter: the first word of its Unicode name."""
    return unicodedata.name(letter, "?").split()[0]
