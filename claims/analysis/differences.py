"""What is different between two versions of a record, told so that a reader sees it at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import Enum
from typing import Any
from uuid import UUID

from claims.analysis.records import Record

NOTHING = "nothing"
"""Stands where a field holds nothing."""

LONG = 60
"""Characters from which on only the words that differ are told apart."""

AROUND = 3
"""Words that are shown before and after those that differ."""

Name = Callable[[UUID], str]
"""What people call the record with an id."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as words; ``field`` is the path to it, such as ``value.said``.

    ``words`` shows long texts by what differs: ``[-taken out-]`` and ``{+put in+}``.
    """

    field: str
    before: str
    after: str
    words: str | None = None


def differences(before: Record | None, after: Record | None, name: Name) -> tuple[Difference, ...]:
    """The fields that differ; against nothing, all fields that say something.

    Args:
        before: the earlier version; ``None`` where there was none.
        after: the later version; ``None`` where the record was taken out.
        name: what to call other records.
    """
    old, new = (dict(_flat(one, name)) if one else {} for one in (before, after))
    names = list(dict.fromkeys([*new, *old]))
    found = ((one, old.get(one, NOTHING), new.get(one, NOTHING)) for one in names)
    return tuple(_difference(*told) for told in found if told[1] != told[2])


def by_words(before: str, after: str) -> str:
    """A text with the words that were taken out and put in, and a few around them."""
    old, new = (re.findall(r"\S+", text) for text in (before, after))
    parts: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(_shortened(old[a:b], first=a == 0, last=b == len(old)))
        else:
            parts += [f"[-{' '.join(old[a:b])}-]"] if b > a else []
            parts += [f"{{+{' '.join(new[c:d])}+}}"] if d > c else []
    return " ".join(part for part in parts if part)


def _difference(field: str, before: str, after: str) -> Difference:
    long = min(len(before), len(after)) >= LONG
    return Difference(field, before, after, by_words(before, after) if long else None)


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """Equal words, of which only those next to a difference are shown."""
    before, after = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= before + after:
        return " ".join(words)
    shown = [*words[:before], "…", *(words[len(words) - after :])]
    return " ".join(shown)


def _flat(held: Any, name: Name, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 (any dataclass)
    """The fields that say something, those of dataclasses within by their path."""
    for one in fields(held):
        value = getattr(held, one.name)
        if isinstance(held, Record) and one.name == "id":
            continue
        if is_dataclass(value) and not isinstance(value, type):
            yield from _flat(value, name, f"{path}{one.name}.")
        elif value is not None and value not in ((), {}):
            yield f"{path}{one.name}", _words(value, name)


def _words(value: Any, name: Name) -> str:  # noqa: ANN401 (any value of a field)
    if isinstance(value, UUID):
        return name(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum | datetime):
        return str(value.value) if isinstance(value, Enum) else value.isoformat()
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_words(item, name)}" for key, item in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(_words(item, name) for item in value)
    if is_dataclass(value):
        return " ".join(told for _, told in _flat(value, name))
    return str(value)
