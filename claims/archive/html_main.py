"""Which stretches of a page's text are its main text: trafilatura decides, and they are found."""

from __future__ import annotations

import signal
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import trafilatura
from lxml import etree  # type: ignore[import-untyped]

from claims.analysis.extracted import Stretch
from claims.archive.html_text import Element

TOOL = f"trafilatura {trafilatura.__version__}"

_LEAVES = ("p", "head", "item", "cell", "quote", "code", "ab")

Main = tuple[tuple[Stretch, ...], str, tuple[str, ...]]


def main_stretches(tree: Element, text: str, seconds: float) -> Main:
    """The stretches of the main text, the tool that told them, and what a reader should know.

    Where nothing can be told in that time, all of the text is the main text, and a note says so.
    """
    whole = (Stretch(0, len(text)),)
    try:
        with _within(seconds):
            wanted = _wanted(tree)
            found = located(text, wanted)
    except (_Late, ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        wanted, found = [], []
    if not found:
        return whole, TOOL, ("No main text could be told from the rest: all of it counts as such.",)
    missed = len(wanted) - len(found)
    note = f"{missed} of {len(wanted)} paragraphs of the main text were not found in the whole."
    return tuple(joined(text, found)), TOOL, (note,) if missed else ()


class _Late(BaseException):
    """The time is over; no handler of ordinary errors below may keep it."""


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise :class:`_Late` in what takes longer."""
    before = signal.signal(signal.SIGALRM, _late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _late(*_: object) -> None:
    raise _Late


def _wanted(tree: Element) -> list[str]:
    """The paragraphs that are the main text."""
    document = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    body = getattr(document, "body", None)
    return [words for words in _paragraphs(body) if words.strip()] if body is not None else []


def _paragraphs(body: Element) -> Iterator[str]:
    """Each piece of the main text, in its order."""
    for element in body.iter(*_LEAVES):
        if next(element.iterdescendants(*_LEAVES), None) is None:
            yield "".join(element.itertext())


@cache
def _parts(letter: str) -> str:
    return "" if letter.isspace() else unicodedata.normalize("NFD", letter)


def _letters(text: str) -> Iterator[str]:
    """The letters without white space, which both sides set in their own way, and decomposed."""
    return (part for letter in text for part in _parts(letter))


def located(text: str, paragraphs: Sequence[str]) -> list[Stretch]:
    """Where paragraphs stand, each after the one before if it can be, else anywhere.

    White space makes no difference, nor does how accents are put together; a paragraph that is
    not in the text is passed over.
    """
    places = [place for place, letter in enumerate(text) for _ in _parts(letter)]
    letters = "".join(_letters(text))
    cursor, found = 0, []
    for paragraph in paragraphs:
        words = "".join(_letters(paragraph))
        start = letters.find(words, cursor)
        start = start if start >= 0 else letters.find(words)
        if start >= 0:
            cursor = start + len(words)
            found.append(Stretch(places[start], places[cursor - 1] + 1))
    return found


def joined(text: str, found: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches in the order of the text, those that only white space parts as one."""
    first, *rest = sorted(found, key=lambda one: (one.start, one.end))
    start, end = first.start, first.end
    for one in rest:
        if text[end : one.start].strip():
            yield Stretch(start, end)
            start = one.start
        end = max(end, one.end)
    yield Stretch(start, end)
