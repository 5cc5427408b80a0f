"""The command line: parse, call an action, print.

``main`` is the door. Whatever a command needs is imported by that command, so that help comes
up without the database.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from claims.cli.guard import guarded


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code.

    Args:
        arguments: the words after the command's name; those of the process by default.
    """
    sys.exit(guarded(list(sys.argv[1:] if arguments is None else arguments)))
