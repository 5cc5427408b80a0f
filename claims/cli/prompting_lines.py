"""A person at a terminal, asked line by line: with suggestions while typing, or plainly."""

# ruff: noqa: PLC0415 -- only a fancy terminal pays for its library

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from claims.values.folding import folded

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer

SHOWN = 20
"""Suggestions that are shown at once."""

CHAINED = ">"
"""What parts the names of a chain, of which each is completed on its own."""


class Lines(Protocol):
    """Where questions are asked and answered, one line each."""

    def ask(self, prompt: str, names: Sequence[str] = ()) -> str:
        """The answer to a prompt, without spaces around it; ``names`` are suggested.

        Raises:
            KeyboardInterrupt: the person pressed Ctrl-C.
            EOFError: the person pressed Ctrl-D, or the input has ended.
        """

    def say(self, sentence: str) -> None:
        """Tell the person something."""


class PlainLines:
    """Lines as every terminal has them."""

    def ask(self, prompt: str, names: Sequence[str] = ()) -> str:
        """The next line of standard input."""
        del names
        sys.stdout.write(prompt)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip()

    def say(self, sentence: str) -> None:
        """A line on standard output."""
        sys.stdout.write(f"{sentence}\n")


class FancyLines(PlainLines):
    """Lines that are edited with the arrows and completed while they are typed."""

    def __init__(self, session: PromptSession[str] | None = None) -> None:
        """Ask on the terminal; a test brings a session of its own."""
        from prompt_toolkit import PromptSession

        self._session: PromptSession[str] = session or PromptSession()

    def ask(self, prompt: str, names: Sequence[str] = ()) -> str:
        """The answer, with names suggested that hold what was typed so far."""
        return self._session.prompt(prompt, completer=completer(names)).strip()


def lines() -> Lines:
    """What fits this terminal; ``TERM=dumb`` is one that moves no cursor."""
    if os.environ.get("TERM", "dumb") in {"", "dumb"}:
        return PlainLines()
    return FancyLines()


def completer(names: Sequence[str]) -> Completer:
    """Completes what was typed to names, also from letters within them."""
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    class Names(Completer):
        """The names that hold the letters typed so far, in their order."""

        def get_completions(self, document: Document, _: CompleteEvent) -> Iterator[Completion]:
            typed = document.text_before_cursor.rsplit(CHAINED, 1)[-1].lstrip()
            for name in matching(typed, names):
                yield Completion(name, start_position=-len(typed))

    return Names()


def matching(typed: str, names: Sequence[str]) -> list[str]:
    """The names that hold what was typed, the best first; its letters may stand apart."""
    wanted = folded(typed)
    ranked = [(rank, name) for name in names if (rank := _rank(wanted, _folded(name))) is not None]
    return [name for _, name in sorted(ranked)[:SHOWN]]


def _rank(wanted: str, name: str) -> int | None:
    if name.startswith(wanted):
        return 0
    if wanted in name:
        return 1
    letters = iter(name)
    return 2 if all(letter in letters for letter in wanted) else None


@cache
def _folded(name: str) -> str:
    return folded(name)
