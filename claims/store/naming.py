"""What people call a record, and which record they mean."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from uuid import UUID

from claims.analysis.records import Record
from claims.errors import InputRefused, NotFound

SHORTEST_PREFIX = 4
"""Signs of an id that are enough to name a record, if no other begins with them."""

_LISTED = 10
_SHOWN = 80
_FEW = 5_000

Names = Callable[[str], Iterator[str]]
"""How names are read from the text of a column."""


@dataclass(frozen=True, slots=True)
class Called:
    """What people call a record: its key, its names (the first is the one shown), its id."""

    id: UUID
    key: str | None
    names: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The name for a reader, else the key, else the id; at most 80 signs."""
        words = next((name for name in self.names if name), None) or self.key or str(self.id)
        return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"

    def answers_to(self, wanted: str) -> bool:
        """Whether it is called that; ``wanted`` is in small letters."""
        return any(wanted == name.casefold() for name in (self.key, *self.names) if name)


def meant(kind: type[Record], text: str, held: Sequence[Called]) -> Called:
    """The one record that the text names: by id, key, name, or the beginning of an id.

    Capital letters make no difference.

    Raises:
        NotFound: there is none; the message names the nearest.
        InputRefused: there are several; the message names them.
    """
    wanted = text.strip().casefold()
    found = (
        [one for one in held if str(one.id) == wanted]
        or [one for one in held if one.answers_to(wanted)]
        or [one for one in held if _begins(one, wanted)]
    )
    if len(found) > 1:
        raise InputRefused(_several(kind, text, found))
    if not found:
        raise NotFound(_unknown(kind, text, held))
    return found[0]


def named_columns(entity: str) -> Mapping[str, Names]:
    """The columns that hold what people call such a record, and how each is read."""
    return _NAMES.get(entity, {})


def _begins(one: Called, wanted: str) -> bool:
    return len(wanted) >= SHORTEST_PREFIX and str(one.id).startswith(wanted)


def _several(kind: type[Record], text: str, found: Sequence[Called]) -> str:
    listed = ", ".join(f"{one.shown} ({str(one.id)[:8]})" for one in found[:_LISTED])
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return (
        f"{text!r} can mean {len(found)} {_plural(kind)}: {listed}{more};"
        " give the id, or more of it"
    )


def _unknown(kind: type[Record], text: str, held: Sequence[Called]) -> str:
    noun = _noun(kind)
    if not held:
        return f"there is no {noun} {text!r}, nor any other; load a file first"
    near = _nearest(text.strip().casefold(), held)
    if near is not None:
        return f"there is no {noun} {text!r}; the nearest is {near.shown!r}"
    listed = _LISTS.get(kind.entity)
    return f"there is no {noun} {text!r}" + (
        f"; `claims {listed} list` shows those that are held" if listed else ""
    )


def _nearest(wanted: str, held: Sequence[Called]) -> Called | None:
    """The record with the name most like this one; among very many, one of the same first sign."""
    known = {
        name.casefold(): one
        for one in held
        for name in (one.key, *one.names)
        if name and (len(held) <= _FEW or name[:1].casefold() == wanted[:1])
    }
    close = get_close_matches(wanted, sorted(known)[:_FEW], n=1, cutoff=0.4)
    return known[close[0]] if close else None


def _noun(kind: type[Record]) -> str:
    return kind.entity.replace("_", " ")


def _plural(kind: type[Record]) -> str:
    noun = _noun(kind)
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _itself(text: str) -> Iterator[str]:
    return iter([text])


def _list(text: str) -> Iterator[str]:
    return iter(json.loads(text))


def _by_language(text: str) -> Iterator[str]:
    return (name for names in json.loads(text).values() for name in names)


def _title(text: str) -> Iterator[str]:
    title = json.loads(text).get("title")
    return iter([str(title)] if title else [])


_NAMES: Mapping[str, Mapping[str, Names]] = {
    "project": {"title": _itself},
    "contributor": {"name": _itself},
    "place": {"name": _itself, "names": _by_language},
    "term": {"label": _itself, "aliases": _by_language},
    "party": {"name": _itself},
    "topic": {"label": _itself, "aliases": _by_language},
    "source": {"name": _itself, "aliases": _list},
    "document": {"csl": _title},
    "question": {"text": _itself},
    "cross_check": {"text": _itself},
    "inquiry": {"looked_for": _itself},
}

_LISTS: Mapping[str, str] = {
    **{noun: noun for noun in ("topic", "question", "source", "document", "claim", "contributor")},
    "cross_check": "crosscheck",
    "inquiry": "inquiry",
    "assessment": "assess",
    "review": "review",
}
"""The command that lists the records of an entity."""
