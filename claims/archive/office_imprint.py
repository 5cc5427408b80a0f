"""What the properties of a word processor's document say: its title, and who wrote it."""

from __future__ import annotations

from claims.analysis.extracted import Imprint
from claims.archive.imprint import imprint
from claims.archive.limits import Unreadable
from claims.archive.packed import Packed
from claims.archive.signs import ZIP_DAMAGE


def properties(packed: Packed, part: str, author: str) -> Imprint:
    """The title and the author, from the part with the properties; damage there says nothing.

    Args:
        packed: the document.
        part: the part with its properties.
        author: the element that names who wrote it.
    """
    told: dict[str, list[str]] = {"title": [], author: []}
    within: list[str] = []

    def words(text: str) -> None:
        if within and within[-1] in told:
            told[within[-1]].append(text)

    if part not in packed.names:
        return Imprint()
    try:
        packed.parse(part, lambda name, _: within.append(name), lambda _: within.pop(), words)
    except (Unreadable, *ZIP_DAMAGE):
        return Imprint()
    return imprint("".join(told["title"]), "".join(told[author]))
