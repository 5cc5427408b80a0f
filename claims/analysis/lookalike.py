"""Names that look like other names: letters of several scripts that are drawn alike."""

from __future__ import annotations

import re
from unicodedata import name, normalize

_DRAWN_ALIKE = str.maketrans(
    "асеһіјорԛѕухѵԝкмтнвαβεικνορτυχոսօհ",
    "acehijopqsyxvwkmthbabeikvoptuxnuoh",
)
"""Small letters of Cyrillic, Greek and Armenian, each with the Latin one that it looks like."""

_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")


def look(words: str) -> str:
    """What words look like: equal for those that a reader takes for one another."""
    plain = words
    for _ in range(2):  # the Unicode Standard, D146: decomposing uncovers capitals, folding accents
        plain = normalize("NFKD", plain.casefold())
    drawn = "".join(letter for letter in plain if name(letter, "").split(" ")[0] != "COMBINING")
    return " ".join(drawn.translate(_DRAWN_ALIKE).split())


def scripts_mixed(words: str) -> tuple[str, ...]:
    """The scripts of the first word that mixes several, such as Latin and Cyrillic; else none."""
    for word in re.findall(r"[^\W\d_]+", words):
        starts = {name(letter, "").split(" ")[0] for letter in word}
        if len(found := [one.capitalize() for one in _SCRIPTS if one in starts]) > 1:
            return tuple(found)
    return ()
