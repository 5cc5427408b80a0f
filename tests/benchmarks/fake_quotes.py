"""Quotes made from a text: with noise, honest variants, and fakes."""

from __future__ import annotations

import random
import string
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from claims.analysis.quote_words import Words

NOISE = 0.05
Span = tuple[int, int]


class Quoted(NamedTuple):
    """A quote, where its words were taken from, and what was done to it."""

    words: str
    start: int
    end: int
    made: str


def noisy(text: str, start: int, end: int, rng: random.Random) -> Quoted:
    """A stretch of the text with up to 5 % of its letters changed, dropped or doubled."""
    letters = list(text[start:end])
    for _ in range(max(1, int(len(letters) * rng.uniform(0.01, NOISE)))):
        at = rng.randrange(len(letters))
        other = rng.choice(string.ascii_lowercase)
        letters[at : at + 1] = rng.choice(([], [other], [letters[at], other]))
    return Quoted("".join(letters), start, end, "noise")


def honest(text: str, spans: Sequence[Span], words: Words, rng: random.Random) -> Iterator[Quoted]:
    """Variants that a careful reader accepts, each time another."""
    while True:
        start, end = rng.choice(spans)
        quote = text[start:end]
        if rng.random() < 1 / 3:
            elided = _elided(quote, words, rng)
            if elided:
                yield Quoted(elided, start, end, "elided")
        else:
            name = rng.choice(list(_VARIANTS))
            yield Quoted(_VARIANTS[name](quote, rng), start, end, name)


def fakes(text: str, spans: Sequence[Span], words: Words, rng: random.Random) -> Iterator[Quoted]:
    """Quotes that say what the text does not, each time another."""
    while True:
        start, end = rng.choice(spans)
        quote = text[start:end]
        for made, fake in _faked(text, quote, spans, words, rng):
            yield Quoted(fake, start, end, made)


def _faked(
    text: str, quote: str, spans: Sequence[Span], words: Words, rng: random.Random
) -> Iterator[tuple[str, str]]:
    other = text[slice(*rng.choice(spans))]
    parts = quote.split()
    half = len(parts) // 2
    if weighty := words.weighty(quote):
        word = rng.choice(weighty)
        before, after = quote[: word.start].rstrip(), quote[word.end :].lstrip()
        if before and after:
            yield f"{word.what} dropped", f"{before} {after}"
            yield f"{word.what} elided", f"{before} {rng.choice(('…', '[…]', '...'))} {after}"
    if figures := [at for at, sign in enumerate(quote) if sign.isdecimal()]:
        at = rng.choice(figures)
        figure = rng.choice(string.digits.replace(quote[at], ""))
        yield "figure changed", quote[:at] + figure + quote[at + 1 :]
    if other != quote:
        yield "joined", f"{quote} {other}"
        yield "joined with a mark", " ".join([*parts[:half], "…", *other.split()[-half:]])
    yield "reversed", " ".join([*parts[half:], *parts[:half]])
    yield "reversed with a mark", " ".join([*parts[half:], "…", *parts[:half]])


def _elided(quote: str, words: Words, rng: random.Random) -> str | None:
    """The quote with words left out in its middle that have no weight, if it has such."""
    parts = quote.split()
    if len(parts) < 9:
        return None
    first = rng.randrange(3, len(parts) - 4)
    last = rng.randrange(first + 1, min(first + 5, len(parts) - 3))
    before, gap, after = parts[:first], parts[first:last], parts[last:]
    whole = " ".join(parts)
    start = len(" ".join(before))
    end = start + 1 + len(" ".join(gap))
    if any(word.start < end and start < word.end for word in words.weighty(whole)):
        return None
    return " ".join([*before, rng.choice(("…", "[…]", "...", "(…)")), *after])


def _hyphenated(quote: str, rng: random.Random) -> str:
    return " ".join(
        f"{word[: len(word) // 2]}-\n{word[len(word) // 2 :]}"
        if len(word) > 6 and word.isalpha() and rng.random() < 0.3
        else word
        for word in quote.split(" ")
    )


_VARIANTS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda quote, _: quote,
    "spaces": lambda quote, rng: quote.replace(" ", rng.choice(("\n", "\u00a0", "  "))),
    "decomposed": lambda quote, _: unicodedata.normalize("NFD", quote),
    "ligatures": lambda quote, _: quote.replace("fi", "ﬁ").replace("ff", "ﬀ"),
    "soft hyphens": lambda quote, _: quote.replace("tion", "t\u00adion"),
    "dashes": lambda quote, rng: quote.replace("-", rng.choice("‐–—")),
    "quote marks": lambda quote, rng: quote.replace("'", "’").replace('"', rng.choice("“„«")),
    "line ends": _hyphenated,
}
