"""Which words a quote has otherwise than the text, and how much weight they have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from claims.analysis.quote_finding import Difference
from claims.analysis.quote_fold import SPACELESS, Mapped, plain
from claims.analysis.quote_words import Word, Words

_TOKEN = re.compile(
    rf"[{SPACELESS}]|[−+±]?\d+(?:[.,]\d+)*[%‰°\w]*|[^\W{SPACELESS}]+(?:['-][^\W{SPACELESS}]+)*|[^\w\s]"
)
_KINDS = {"insert": "missing", "delete": "added", "replace": "changed"}


def differences(quote: str, text: str, words: Words) -> tuple[Difference, ...]:
    """What the quote has otherwise than a stretch of the text, word by word."""
    ours, theirs = plain(quote), plain(text)
    mine, given = list(_TOKEN.finditer(ours.text)), list(_TOKEN.finditer(theirs.text))
    matcher = SequenceMatcher(None, [m[0] for m in mine], [m[0] for m in given], autojunk=False)
    return tuple(
        _difference(
            _KINDS[tag],
            _said(quote, ours, mine[first:last]),
            _said(text, theirs, given[begin:end]),
            words,
        )
        for tag, first, last, begin, end in matcher.get_opcodes()
        if tag != "equal"
    )


def share(quote: str, text: str) -> float:
    """The share of a quote's words that a stretch of the text has too."""
    wanted = Counter(_TOKEN.findall(plain(quote).text))
    held = Counter(_TOKEN.findall(plain(text).text))
    return (wanted & held).total() / max(1, wanted.total())


def missing(text: str, words: Words) -> Difference:
    """That words of the text are left out."""
    return _difference("missing", "", text, words)


def added(quoted: str, words: Words) -> Difference:
    """That words are put in."""
    return _difference("added", quoted, "", words)


def _said(text: str, mapped: Mapped, tokens: Sequence[re.Match[str]]) -> str:
    if not tokens:
        return ""
    first, last = tokens[0].start(), tokens[-1].end()
    said = text[slice(*mapped.span(first, last))]
    return mapped.text[first:last] if said.splitlines() != [said] else said


def _difference(kind: str, quoted: str, text: str, words: Words) -> Difference:
    return Difference(kind, quoted, text, _weightiest(quoted, text, words))


def _weightiest(quoted: str, text: str, words: Words) -> str:
    """What kind of words are not the same on both sides, the weightiest first."""
    here, there = words.all_in(quoted), words.all_in(text)
    unlike = {what for what, _ in _kinds(here) ^ _kinds(there)}
    for what in ("negation", "hedge", "number"):
        if what in unlike:
            return what
    if quoted.casefold() == text.casefold():
        return "word"
    both = f"{quoted} {text}"
    if any(word.what == "reporting" for word in (*here, *there)):
        return "reporting"
    if not re.search(r"\w", both):
        return "punctuation"
    return "name" if any(word[:1].isupper() for word in both.split()) else "word"


def _kinds(words: Sequence[Word]) -> set[tuple[str, str]]:
    return {(word.what, word.words.casefold()) for word in words}
