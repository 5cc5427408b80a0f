"""The guard around every command: whatever happens, a sentence and an exit code, no traceback.

The overview of commands is the page asked for most, and the slowest to lay out, since every
option of every command must be declared first. It is therefore kept as text, in ``overview``; a
test compares it with the declarations. A narrow terminal gets a page laid out for it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

OK, FINDINGS, USAGE = 0, 1, 2
INTERNAL, INTERRUPTED, HUNG_UP = 70, 130, 141

DEBUG_VARIABLE = "CLAIMS_DEBUG"
COMPLETION_VARIABLE = "_CLAIMS_COMPLETE"
WIDTH = 80


def guarded(words: list[str], run: Callable[[list[str]], int] | None = None) -> int:
    """Run the command that ``words`` spell and return its exit code, whatever happens.

    With ``CLAIMS_DEBUG=1`` an unexpected error keeps its traceback.
    """
    try:
        return _run(words, run or _dispatch)
    finally:
        _let_go_of_full_outputs()


def _run(words: list[str], run: Callable[[list[str]], int]) -> int:
    try:
        _open_what_is_closed()
        _write_what_the_terminal_can()
        status = run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        return _hung_up()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        from claims.cli.failures import tell  # noqa: PLC0415 -- only a failure pays for it

        return tell(error, words)
    return status


def _dispatch(words: list[str]) -> int:
    if COMPLETION_VARIABLE in os.environ:
        return _invoke(words)
    if words in ([], ["--help"]) and _columns() >= WIDTH:
        from claims.cli.overview import OVERVIEW  # noqa: PLC0415 -- see the module's docstring

        (sys.stdout if words else sys.stderr).write(OVERVIEW)
        return OK if words else USAGE
    if words == ["--version"]:
        from claims import __version__  # noqa: PLC0415 -- the same

        sys.stdout.write(f"claims {__version__}\n")
        return OK
    return _invoke(words)


def _invoke(words: list[str]) -> int:
    """Hand the words to Typer; its own way out is not taken, since it knows fewer exit codes."""
    from typer import Abort, Exit  # noqa: PLC0415 -- the same
    from typer.main import get_command  # noqa: PLC0415 -- the same

    from claims.cli.app import app  # noqa: PLC0415 -- the same
    from claims.cli.needed import needed  # noqa: PLC0415 -- the same

    _refuse_what_is_no_text(words)
    command = get_command(app if COMPLETION_VARIABLE in os.environ else needed(app, words))
    if COMPLETION_VARIABLE in os.environ:
        command(prog_name="claims")  # answers the shell and leaves
    try:
        with command.make_context("claims", list(words)) as context:
            return command.invoke(context) or OK
    except Exit as leaving:
        return leaving.exit_code
    except Abort:
        return INTERRUPTED


def _refuse_what_is_no_text(words: list[str]) -> None:
    """A word whose bytes are not UTF-8, such as a path, can be neither kept nor told."""
    from typer import BadParameter  # noqa: PLC0415 -- the same

    for word in words:
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            shown = word.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            message = f"'{shown}' is not UTF-8; give names and paths in UTF-8, or rename the file"
            raise BadParameter(message)


def _columns() -> int:
    """How wide the terminal is; what is no terminal counts as wide."""
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal():
        return int(named)
    try:
        return os.get_terminal_size(1).columns or WIDTH
    except OSError:
        return WIDTH


def _open_what_is_closed() -> None:
    """Give a process that was started with a closed output one that leads nowhere.

    Otherwise the next file opened, perhaps the database, would stand in its place.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _write_what_the_terminal_can() -> None:
    """A sign that the terminal's encoding lacks is written as its number, not refused."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _hung_up() -> int:
    """Nobody reads any more (``| head``): no output, and none when the interpreter shuts down."""
    _lead_nowhere(sys.stdout)
    return HUNG_UP


def _let_go_of_full_outputs() -> None:
    """Drop what cannot be written: the interpreter would try again, and change the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _lead_nowhere(stream)


def _lead_nowhere(stream: TextIO) -> None:
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
