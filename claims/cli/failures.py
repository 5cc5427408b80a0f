"""What went wrong, in a sentence on standard error and an exit code."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from itertools import pairwise

from claims.cli.guard import DEBUG_VARIABLE, INTERNAL, USAGE
from claims.cli.printing import warn
from claims.errors import ClaimsError, DocumentFaults, Fault
from claims.report.inert import inert, inert_json


def tell(error: Exception, words: Sequence[str]) -> int:
    """Print what happened to standard error and return the exit code.

    Args:
        error: what a command raised.
        words: what the user typed; where they ask for JSON, the error is a JSON object too.
    """
    message, code = _sentence(error)
    if wants_json(words):
        warn(inert_json(_as_json(error, message, code), indent=None))
    else:
        shown = "\n".join(inert(line) for line in message.split("\n"))
        warn(_usage(error) + _worded(error, shown))
    return code


def wants_json(words: Sequence[str]) -> bool:
    """Whether the user asked for JSON: ``--json``, or ``--format json`` in any spelling."""
    options = list(words)
    if "--" in options:
        options = options[: options.index("--")]
    return (
        "--json" in options
        or "--format=json" in options
        or ("--format", "json") in pairwise(options)
    )


def _sentence(error: Exception) -> tuple[str, int]:
    if isinstance(error, ClaimsError):
        return str(error), error.exit_code
    if hasattr(error, "format_message"):  # the command line was typed wrongly
        return error.format_message() or "no command was given", USAGE
    if isinstance(error, OSError):
        return _of_the_system(error), USAGE
    kind = type(error).__name__
    detail = f"{kind}: {error}" if str(error) else kind
    return (
        f"claims met a fault of its own ({detail}); please report"
        f" it, with the command you gave and what it prints with {DEBUG_VARIABLE}=1 set"
    ), INTERNAL


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
"""Why writing fails; without a file name, what was written to is standard output."""


def _of_the_system(error: OSError) -> str:
    if error.filename is None and error.errno in _FULL:
        why = (error.strerror or str(error)).lower()
        return (
            f"the answer could not be written: {why}; what the command had to store is stored,"
            " only the answer is lost; send it where there is room"
        )
    what = f"'{error.filename}'" if error.filename else "a file"
    why = (error.strerror or str(error)).lower()
    return f"{what} could not be used: {why}; check the path, the permissions and the free space"


def _usage(error: Exception) -> str:
    """The line on how the command is called, where it was called wrongly."""
    context = getattr(error, "ctx", None)
    if context is None or _is_the_page_itself(error):
        return ""
    return f"{context.get_usage()}\nTry '{context.command_path} --help' for help.\n\n"


def _is_the_page_itself(error: Exception) -> bool:
    """A group of commands called alone: Typer's error is its help page."""
    return type(error).__name__ == "NoArgsIsHelpError"


def _worded(error: Exception, message: str) -> str:
    if _is_the_page_itself(error):
        return message
    if not isinstance(error, DocumentFaults):
        return f"Error: {message}"
    count = len(error.faults)
    what, them = ("1 fault was", "it") if count == 1 else (f"{count} faults were", "them")
    return f"{message}\n\nError: {what} found; nothing was stored. Mend {them} and try again."


def _as_json(error: Exception, message: str, code: int) -> dict[str, object]:
    told: dict[str, object] = {
        "error": message,
        "kind": type(error).__name__ if isinstance(error, ClaimsError) else _kind(code),
        "exit_code": code,
    }
    if isinstance(error, DocumentFaults):
        told["faults"] = [_fault(fault) for fault in error.faults]
    return told


def _kind(code: int) -> str:
    return "Internal" if code == INTERNAL else "Usage"


def _fault(fault: Fault) -> dict[str, object]:
    return {
        name: getattr(fault, name)
        for name in ("file", "line", "column", "field", "found", "expected")
    }
