"""The process that reads for :mod:`claims.archive.confine`: ``python -m claims.archive.confined``.

Its standard input is the file, its only argument the request. Before it looks at the first byte it
gives up what a parser does not need: memory and time beyond the limits, files to write, sockets,
other processes.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from claims.analysis.extracted import Extracted
from claims.archive.confine import LAYOUT_BYTES, NOT_INSTALLED, READ_WELL, REFUSED
from claims.archive.extractors import extractor_of
from claims.archive.layout import layout_json
from claims.archive.limits import Limits, Unreadable, refuse, size
from claims.archive.sound_text import sound

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def main() -> int:
    """Read the file at standard input; write its layout, its imprint and its text, or why not."""
    request = json.loads(sys.argv[1])
    limits = Limits(**request["limits"])
    give_up(limits)
    try:
        extracted = _read(request["kind"], limits, request["hints"])
    except Unreadable as error:
        return _answer(REFUSED, found=error.found, expected=error.expected)
    except ImportError as error:
        return _answer(NOT_INSTALLED, package=_lacking(error))
    except MemoryError:
        found = f"a file whose reading takes more than {size(limits.memory)} of memory"
        return _answer(REFUSED, found=found, expected="a smaller one, or a part of it")
    own = json.dumps(asdict(extracted.imprint)).encode("utf-8")
    _say(layout_json(extracted), b"\n", own, b"\n", extracted.text.encode("utf-8"))
    return READ_WELL


def _lacking(error: ImportError) -> str:
    """What is not installed: the package by its name, or what another one says that it lacks."""
    if error.name:
        return f"the package {error.name.partition('.')[0]}"
    return f"a package that is not there ({str(error).partition(chr(10))[0]})"


def _read(kind: str, limits: Limits, hints: dict[str, str]) -> Extracted:
    os.lseek(0, 0, os.SEEK_SET)
    with open(0, "rb", closefd=False) as file:
        extracted = sound(extractor_of(kind)(file, limits, hints))
    if len(extracted.text.encode("utf-8")) > limits.text_bytes:
        refuse(f"a file with more text than {size(limits.text_bytes)}", "a part of it")
    if len(layout_json(extracted)) > LAYOUT_BYTES:
        refuse("a file of more pages than a book can have", "a part of it")
    return extracted


def give_up(limits: Limits) -> None:
    """Give up what reading does not need; what the system does not bound is bounded outside."""
    bounds = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in bounds.items():
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS knows no bound on memory
            resource.setrlimit(kind, (least, hard))
    sys.addaudithook(_forbid)


def _forbid(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        message = f"{event} is nothing that reading a file needs"
        raise PermissionError(message)


def _answer(status: int, **said: str) -> int:
    _say(json.dumps(said).encode("utf-8"))
    return status


def _say(*pieces: bytes) -> None:
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
