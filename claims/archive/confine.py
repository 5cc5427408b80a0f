"""Reading with a parser that may be attacked: in a process of its own, within limits.

The process gets the open file and nothing else: a small environment, no right to write files, and
bounds on its memory and time. It answers through a pipe, of which no more is read than a text may
be long. Whatever happens to it, the answer here is a text or one sentence.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, NoReturn

from claims.analysis.extracted import Extracted
from claims.archive.imprint import PARTS, imprint
from claims.archive.layout import read_layout
from claims.archive.limits import Limits, refuse, size
from claims.errors import SetupError

MODULE = "claims.archive.confined"
LAYOUT_BYTES = 16 << 20
"""The most that the layout of a text may take."""

READ_WELL, REFUSED, NOT_INSTALLED = 0, 3, 4
"""What the process ends with; every other end is one of its parser or of the system."""

_IMPRINT_BYTES = 1 << 14
"""More than the imprint of a file may take."""

_SHARE = 0.95
"""What of the time the process may use; the rest is for ending it and saying so."""

_PORTION = 1 << 16


def read_confined(
    file: IO[bytes], kind: str, limits: Limits, hints: dict[str, str], called: str
) -> Extracted:
    """The text of an open file, taken by another process.

    Args:
        file: open for reading; the other process reads it from its beginning.
        kind: the media type that the bytes have by their own signs.
        limits: what it may take.
        hints: what else the extractor should know (``media_type``, ``wanted_url``).
        called: what people call the kind (``a PDF``), for the messages.

    Raises:
        Unreadable: no text can be taken from it within the limits.
        SetupError: a package that reads this kind is not installed.
    """
    request = json.dumps({"kind": kind, "limits": asdict(limits), "hints": hints})
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    process = subprocess.Popen(  # noqa: S603 -- the command is this program's own
        [sys.executable, "-P", "-m", MODULE, request],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    with process:
        try:
            answer = _answer(process, limits)
        except _TooSlow:
            _refuse_slow(limits, called)
        finally:
            process.kill()
    if process.returncode == -signal.SIGXCPU:
        _refuse_slow(limits, called)
    if len(answer) > limits.text_bytes + LAYOUT_BYTES:
        refuse(f"{called} with more text than {size(limits.text_bytes)}", "a part of it")
    return _understood(answer, process.returncode, called)


class _TooSlow(Exception):
    """The process did not end in time."""


def _refuse_slow(limits: Limits, called: str) -> NoReturn:
    refuse(
        f"{called} that is not read within {limits.seconds} seconds",
        "one that is; give it more time if you trust it, or a part of it",
    )


def _environment() -> dict[str, str]:
    """What the process needs in order to start: where the modules are, and the system's root."""
    kept = {
        name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") & os.environ.keys()
    }
    paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    return kept | {"PYTHONPATH": paths, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}


def _answer(process: subprocess.Popen[bytes], limits: Limits) -> bytearray:
    """What the process says until it ends, or until it says too much."""
    end = time.monotonic() + limits.seconds * _SHARE
    held = bytearray()
    with selectors.DefaultSelector() as selector:
        number = process.stdout.fileno() if process.stdout else -1
        selector.register(number, selectors.EVENT_READ)
        while len(held) <= limits.text_bytes + LAYOUT_BYTES:
            if not selector.select(max(0.0, end - time.monotonic())):
                raise _TooSlow
            if not (piece := os.read(number, _PORTION)):
                break
            held += piece
        else:
            return held
    try:
        process.wait(max(0.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise _TooSlow from None
    return held


def _understood(answer: bytearray, status: int, called: str) -> Extracted:
    """The text that the process gave, or its reason for giving none."""
    if status not in {READ_WELL, REFUSED, NOT_INSTALLED}:
        refuse(
            f"{called} on which its parser breaks down",
            "a whole and sound file; save it anew with another program",
        )
    line, _, rest = bytes(answer[: LAYOUT_BYTES + _IMPRINT_BYTES]).partition(b"\n")
    said = json.loads(line)
    if status == REFUSED:
        refuse(said["found"], said["expected"])
    if status == NOT_INSTALLED:
        message = (
            f'{called} needs {said["package"]}; install it with: pip install "claims[archive]"'
        )
        raise SetupError(message)
    own, _, _ = rest.partition(b"\n")
    start = len(line) + len(own) + 2
    extracted = read_layout(line, str(memoryview(answer)[start:], "utf-8"))
    told = json.loads(own)
    return replace(extracted, imprint=imprint(**{name: told.get(name) for name in PARTS}))
