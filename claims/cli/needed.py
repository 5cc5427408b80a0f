"""Declaring only the command that is asked for: all of them together take longer than most run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy

from typer import Typer
from typer.models import CommandInfo, TyperInfo

_WITH_VALUE = frozenset({"--db", "--as"})
"""Options that may stand before a command and take the word after them."""


def needed(app: Typer, words: Sequence[str]) -> Typer:
    """The part of an app that carries out a command line, its pages and errors included.

    Args:
        app: all commands.
        words: what the user typed; where they name no command, all are needed.
    """
    named = list(_commands(words))
    if not named:
        return app
    commands = [one for one in app.registered_commands if _name(one) == named[0]]
    groups = [one for one in app.registered_groups if one.name == named[0]]
    if not commands and not groups:
        return app
    part = copy(app)
    part.registered_commands = commands
    part.registered_groups = [_pruned(group, named[1:]) for group in groups]
    return part


def _pruned(group: TyperInfo, words: Sequence[str]) -> TyperInfo:
    if group.typer_instance is None:
        return group
    part = copy(group)
    part.typer_instance = needed(group.typer_instance, words)
    return part


def _commands(words: Sequence[str]) -> Iterator[str]:
    """The words that are no options and no values of those that stand before commands."""
    left = iter(words)
    for word in left:
        if word in _WITH_VALUE:
            next(left, None)
        elif not word.startswith("-"):
            yield word


def _name(command: CommandInfo) -> str | None:
    """A command without a name of its own has that of its function."""
    if command.name or command.callback is None:
        return command.name
    return command.callback.__name__.replace("_", "-")
