"""A terminal of its own for a command, and a person who answers what it asks."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

PATIENCE = 60.0
"""Seconds to wait for a command that a busy machine runs slowly."""

_BRIEF = 0.1
_PRESSES = 20

_OWN = 'exec "$@" <"$0" >"$0" 2>&1'
"""Opens the terminal anew, which makes it the one that Ctrl-C comes from."""

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")


def _hear_interrupts() -> None:
    """Heed Ctrl-C, also where the tests run in the background, whose children are told not to."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass
class Terminal:
    """A command in a pseudo-terminal; ``seen`` is all that it has shown so far."""

    words: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""

    def __enter__(self) -> Self:
        """Start the command."""
        self._fd, slave = os.openpty()
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", _OWN, os.ttyname(slave), sys.executable, "-m", "claims", *self.words],
            env={**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", **self.env},
            start_new_session=True,
            preexec_fn=_hear_interrupts,  # noqa: PLW1509 -- nothing runs in threads here
        )
        self._slave = slave
        return self

    def __exit__(self, *_: object) -> None:
        """End the command, if it has not ended by itself."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._slave)
        os.close(self._fd)

    def expect(self, words: str) -> None:
        """Wait until the command shows words, after those that were expected before.

        Spaces at their ends make no difference: a fancy terminal moves its cursor instead.
        """
        words = words.strip()
        deadline = time.monotonic() + PATIENCE
        while words not in self.seen:
            assert self._read(deadline), f"{words!r} was never shown:\n{self.seen}"
        self.seen = self.seen[self.seen.index(words) + len(words) :]

    def answer(self, prompt: str, line: str) -> None:
        """Type a line where the command asks for it."""
        self.expect(prompt)
        self.type(f"{line}\r")

    def type(self, signs: str) -> None:
        """Press keys."""
        os.write(self._fd, signs.encode())

    def insist(self, key: str, words: str) -> None:
        """Press a key, again and again, until the command shows words.

        Python does not see a Ctrl-C that comes between a prompt and the reading of the answer.
        """
        for _ in range(_PRESSES):
            self.type(key)
            deadline = time.monotonic() + PATIENCE / _PRESSES
            while words not in self.seen and self._read(deadline):
                pass
            if words in self.seen:
                break
        self.expect(words)

    def end(self) -> int:
        """Wait until the command ends; its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < deadline:
            self._read(time.monotonic() + _BRIEF)
        self._read(time.monotonic() + _BRIEF)
        return self._process.wait(1)

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return False
        try:
            found = os.read(self._fd, 65_536)
        except OSError:  # Linux says so when the other end is closed
            return False
        self.seen += _ESCAPES.sub("", found.decode(errors="replace"))
        return bool(found)
