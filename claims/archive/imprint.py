"""What a file says of itself, as one line of plain words each, whatever stood in it."""

from __future__ import annotations

from claims.analysis.extracted import Imprint

LONGEST = 300
"""Characters of a title, an author, a date or the name of a site; what is longer is cut."""

PARTS = ("title", "author", "date", "site")


def imprint(
    title: object = "", author: object = "", date: object = "", site: object = ""
) -> Imprint:
    """An imprint of what was found; what is no text says nothing."""
    return Imprint(*map(_plain, (title, author, date, site)))


def _plain(found: object) -> str:
    if not isinstance(found, str):
        return ""
    start = found[: 10 * LONGEST]  # of which spaces may be the most
    words = "".join(letter if letter.isprintable() else " " for letter in start).split()
    return " ".join(words)[:LONGEST].strip()
