"""How two names are alike: the same words, some words more, initials, a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from claims.analysis.wording import listed
from claims.values.folding import words

_SMALL = frozenset(
    (
        *("a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to"),
        *("de", "del", "des", "du", "el", "et", "la", "le", "les"),
        *("der", "die", "das", "des", "und", "van", "von", "het", "di", "и"),
    )
)
"""Words that a name has or leaves out without being another."""

MORE = 3
"""So many words may a name have more than another that is part of it."""

_SLIP = 0.8
_LONG = 5
_ENDS = 4
_SHARED = 0.6

_CLICKS = re.compile(r"(?:utm_\w+|fbclid|gclid)(?:=|$)")

Found = tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Name:
    """A name by its folded words; ``written`` are the same words as they stand in it."""

    text: str
    words: tuple[str, ...]
    written: tuple[str, ...]

    @staticmethod
    def of(text: str) -> Name:
        """The name in this text, read once."""
        return _name(text)

    @property
    def folded(self) -> str:
        """The words in a row: what two spellings of one name have in common."""
        return " ".join(self.words)

    @property
    def marks(self) -> Iterator[str]:
        """What another name may share with it: words, initials, all words but half of one."""
        yield from self.words
        if len(self.words) > 1:
            yield _initials(self.words)
        for place, word in enumerate(self.words):
            if len(word) >= _LONG:
                before, after = self.words[:place], self.words[place + 1 :]
                yield " ".join((*before, f"{word[:_ENDS]}-", *after))
                yield " ".join((*before, f"-{word[-_ENDS:]}", *after))

    def without(self, common: set[str]) -> list[int]:
        """The places of the words that are not among these."""
        return [place for place, word in enumerate(self.words) if word not in common]


def alike(a: Name, b: Name, *, thing: str = "name", swapped: bool = False) -> Found:
    """How sure it is that two names are one (0 is surest), and why.

    Args:
        a: a name.
        b: another.
        thing: what they name, for the reason.
        swapped: whether they may differ in single words, as two wordings of a question do.
    """
    if a.words == b.words:
        small = "" if a.text == b.text else " but for spelling"
        return 0, f"same {thing}{small}"
    if sorted(a.words) == sorted(b.words):
        return 1, f"same {thing} with its words in another order"
    common = set(a.words) & set(b.words)
    left, right = a.without(common), b.without(common)
    part = bool(common - _SMALL) and not (left and right)
    return (
        _short(a, b, left, right, thing)
        or (_more(*((a, left) if left else (b, right)), thing) if part else None)
        or (_worded(a, b, common, thing) if swapped else None)
        or _slip(a, b, left, right)
    )


def _short(a: Name, b: Name, left: list[int], right: list[int], thing: str) -> Found:
    """Initials on one side for words on the other."""
    for one, other, short, full in ((a, b, left, right), (b, a, right, left)):
        spelled = [other.words[place] for place in full]
        if len(short) == 1 and len(spelled) > 1 and one.words[short[0]] == _initials(spelled):
            told = " ".join(other.written[place] for place in full)
            sign = one.written[short[0]]
            whole = len(one.words) == 1
            same = "" if whole else f"same {thing}, where "
            return 2, f"{same}‘{sign}’ {'are the initials of' if whole else 'stands for'} ‘{told}’"
    return None


def _more(one: Name, extra: list[int], thing: str) -> Found:
    """One name has some words more than the other."""
    told = [place for place in extra if one.words[place] not in _SMALL]
    if len(told) > MORE:
        return None
    if not told:
        return 1, f"same {thing} but for small words"
    quoted = listed(f"‘{one.written[place]}’" for place in told)
    return 2 + len(told), f"same {thing} but for the word{'s'[: len(told) > 1]} {quoted}"


def _worded(a: Name, b: Name, common: set[str], thing: str) -> Found:
    """Most words are the same."""
    every = (set(a.words) | set(b.words)) - _SMALL
    if len(common - _SMALL) < _SHARED * len(every):
        return None
    told = [" ".join(name.written[place] for place in name.without(common)) for name in (a, b)]
    if not all(told):
        return None
    return 4, f"same {thing} but for ‘{told[0]}’ and ‘{told[1]}’"


def _slip(a: Name, b: Name, left: list[int], right: list[int]) -> Found:
    """All words but one are the same, and that one nearly."""
    if len(left) != 1 or len(right) != 1 or len(a.words) != len(b.words):
        return None
    one, other = a.words[left[0]], b.words[right[0]]
    if min(len(one), len(other)) < _LONG or any(letter.isdigit() for letter in one + other):
        return None
    if one[:_ENDS] != other[:_ENDS] and one[-_ENDS:] != other[-_ENDS:]:
        return None
    if SequenceMatcher(None, one, other, autojunk=False).ratio() < _SLIP:
        return None
    return 3, f"‘{a.written[left[0]]}’ and ‘{b.written[right[0]]}’ differ in few letters"


def bare_address(text: str) -> str:
    """An address without what differs from copy to copy: scheme, ``www``, fragment, last slash.

    Nor does it keep what only counts clicks (``utm_…``). A DOI is told without the resolver
    before it.
    """
    bare, _, query = text.strip().split("#", 1)[0].split("://", 1)[-1].partition("?")
    asked = "&".join(part for part in query.split("&") if part and not _CLICKS.match(part))
    bare = f"{bare}?{asked}" if asked else bare
    host, slash, path = bare.partition("/")
    host = host.lower().removeprefix("www.")
    if host in {"doi.org", "dx.doi.org"} or host.startswith("10."):
        return (path if host.endswith("doi.org") else bare).lower()
    return f"{host}{slash}{path}".rstrip("/")


def bare_number(text: str) -> str:
    """The signs of an ISBN without what parts them; the older form as the newer one."""
    signs = "".join(sign for sign in text.upper() if sign.isdigit() or sign == "X")
    if len(signs) != len("0306406152"):
        return signs
    return _with_check(f"978{signs[:-1]}")


def _with_check(digits: str) -> str:
    """Twelve digits and the thirteenth that ISO 2108 adds."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def _initials(spelled: Sequence[str]) -> str:
    return "".join(word[0] for word in spelled if word not in _SMALL)


@lru_cache(maxsize=65_536)
def _name(text: str) -> Name:
    found = words(text)
    return Name(
        text,
        tuple(word.text for word in found),
        tuple(text[word.start : word.end] for word in found),
    )
