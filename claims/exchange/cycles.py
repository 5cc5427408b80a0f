"""References that lead back to where they began: a topic that is part of itself, and the like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claims.exchange.draft import Draft, Names
from claims.exchange.yaml_nodes import shown

_LINKS = (
    ("topic", "part_of"),
    ("term", "broader"),
    ("place", "part_of"),
    ("question", "subset_of"),
    ("claim", "supersedes"),
)


def check_cycles(draft: Draft) -> None:
    """Notes every circle of references of one kind that begins in this file."""
    for entity, name in _LINKS:
        for circle in _circles(_links(draft.names, entity, name)):
            first = draft.names.declared[entity][circle[0]]
            if first.file == draft.file:
                found = " → ".join(shown(key) for key in (*circle, circle[0]))
                draft.fault(first.node, found, f"{name} that leads back to nothing before", name)


def _links(names: Names, entity: str, name: str) -> dict[str, str]:
    """Which key each key names in this field."""
    found = ((key, at.node.text(name)) for key, at in names.declared.get(entity, {}).items())
    return {key: target for key, target in found if target is not None}


def _circles(links: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Each circle once, from its first member on; every key has at most one link."""
    done: set[str] = set()
    for begin in links:
        path: dict[str, None] = {}
        key: str | None = begin
        while key is not None and key not in done and key not in path:
            path[key] = None
            key = links.get(key)
        if key in path:
            members = list(path)
            yield tuple(members[members.index(key) :])
        done.update(path)
