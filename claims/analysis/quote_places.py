"""Where folded words stand in a folded text as whole words, and whether they are enough to find."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.analysis.quote_fold import SPACELESS, Folded

SHORT_LETTERS = 12
SHORT_WORDS = 3
"""A quote of fewer letters and fewer words than these is too short to find its place by.

Measured on the seed texts: most pairs of words of fewer than twelve letters ("were killed", "on
February") occur again or could in any text on the matter; three words, or two long ones
("Stepanakert blockade"), rarely do.
"""

_SIGN_LETTERS = 3
"""What a sign of a script without spaces counts for: two of them make a word as a rule."""

_SPACELESS = re.compile(f"[{SPACELESS}]")
_WORD = re.compile(r"\w+")
_NUMERAL = frozenset("〇零一二三四五六七八九十百千万萬億亿兆两兩半")
_BEFORE_FIGURE = frozenset("−+±<>≤≥~≈")
_AFTER_FIGURE = frozenset("%‰°")
_IN_FIGURE = frozenset(".,'")
_GROUP = re.compile(r"(?<!\d)\d{1,3} \d{3}(?!\d)")


def occurrences(
    text: Folded, quote: Folded, begin: int = 0, end: int | None = None
) -> Iterator[int]:
    """Where the quote begins in the folded text, as whole words and hyphenated alike."""
    size = len(quote.text)
    for at in text.starts(quote.text, begin, end):
        if is_whole(text, at, at + size) and text.hyphenated_as(quote, at):
            yield at


def is_whole(text: Folded, start: int, end: int) -> bool:
    """Whether a stretch cuts no word and no number in two."""
    return not (_joined(text, start) or _joined(text, end))


def whole(text: Folded, start: int, end: int) -> tuple[int, int]:
    """The stretch with the words completed that it cuts."""
    while _joined(text, start):
        start -= 1
    while _joined(text, end):
        end += 1
    return start, end


def is_short(quote: str) -> bool:
    """Whether a folded quote has too few letters and words to single out a place."""
    words = _WORD.findall(_SPACELESS.sub(" ", quote))
    signs = len(_SPACELESS.findall(quote))
    letters = sum(map(len, words)) + _SIGN_LETTERS * signs
    return letters < SHORT_LETTERS and len(words) < SHORT_WORDS


def _joined(text: Folded, at: int) -> bool:
    """Whether the signs before and after ``at`` belong to one word or number."""
    line = text.text
    if not 0 < at < len(line) or text.hyphen_at(at):
        return False
    before, after = line[at - 1], line[at]
    if before.isalnum() and after.isalnum():
        return _one_word(before, after)
    if after.isdigit():
        return before in _BEFORE_FIGURE or _in_figure(line, at, before)
    if before.isdigit():
        return after in _AFTER_FIGURE or _goes_on(line, at)
    return _contracted(line, at)


def _one_word(before: str, after: str) -> bool:
    if before in _NUMERAL and after in _NUMERAL:
        return True
    return not (_SPACELESS.match(before) or _SPACELESS.match(after))


def _in_figure(line: str, at: int, before: str) -> bool:
    """Whether the figure at ``at`` goes on from one before it: after its point or in its groups."""
    if before in _IN_FIGURE:
        return at > 1 and line[at - 2].isdigit()
    return before == " " and _grouped(line, at)


def _goes_on(line: str, at: int) -> bool:
    """Whether the figure before ``at`` goes on behind a point, a comma or a space."""
    following = line[at + 1 : at + 2]
    if line[at] in _IN_FIGURE:
        return following.isdigit()
    return line[at] == " " and _grouped(line, at + 1)


def _grouped(line: str, at: int) -> bool:
    """Whether the digits from ``at`` on are a group of the number before the space."""
    return any(match.end() == at + 3 for match in _GROUP.finditer(line, max(0, at - 4), at + 4))


def _contracted(line: str, at: int) -> bool:
    """Whether an apostrophe joins what follows, as in ``didn't``; ``Memorial's`` may be parted."""
    if line[at] != "'" or not line[at - 1].isalpha():
        return False
    return line[at + 1 : at + 2].isalpha() and re.match(r"'s\b", line[at : at + 4]) is None


def runs(text: Folded, quote: Folded) -> list[tuple[int, int]]:
    """The pieces of the text that a quote is put together from, each as long as can be."""
    found: list[tuple[int, int]] = []
    rest = quote.text
    while rest:
        size = _longest(text.text, rest)
        size = max(
            (m.end() for m in _ENDS.finditer(rest, 0, size + 1) if m.end() <= size), default=0
        )
        if is_short(rest[:size]):
            size = next(_NEXT.finditer(rest)).end()
        else:
            at = text.text.find(rest[:size], found[-1][1] if found else 0)
            at = at if at >= 0 else text.text.find(rest[:size])
            found.append((at, at + size))
        rest = rest[size:].lstrip()
    return found


_ENDS = re.compile(rf"[{SPACELESS}]|\w+(?!\w)|[^\w\s]")
_NEXT = re.compile(rf"[{SPACELESS}]|\w+|\W+")


def _longest(text: str, words: str) -> int:
    """The length of the longest beginning of the words that stands in the text."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if words[:middle] in text else (low, middle - 1)
    return low
