"""The nouns of a quantity: its unit, what happened, and nouns that say how many by themselves.

"Some villagers" and "a civilian" have no number word; "half the village" is a part of one thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.errors import InvalidQuantity
from claims.values import quantity_make as make
from claims.values.quantity_expression import Count, measure_of

if TYPE_CHECKING:
    from claims.values.quantity_expression import Node
    from claims.values.quantity_words import Words

_MIN_DEMONYM = 3


def take_every(words: Words) -> None:
    """Read the "all" of "all 8"; before anything but a number it is a number itself."""
    start = words.at
    if words.take("every") is not None and not number_begins(words):
        words.at = start


def read_some(words: Words) -> Node | None:
    """Some villagers; where a number follows, "some" is "about" and is left to be read."""
    start = words.at
    if words.take("some") is None:
        return None
    after = words.at
    if words.done or words.peek("auxiliary") or words.peek("outcome"):
        return make.word("some")
    words.take("filler")
    found = not number_begins(words) and read_noun(words) is not None
    words.at = after if found else start
    return make.word("some") if found else None


def read_one(words: Words) -> Node | None:
    """A civilian, an elderly man: one; the noun is left to be read."""
    start = words.at
    if words.here not in words.language.articles:
        return None
    words.at = after = start + 1
    found = (
        read_noun(words) is not None and words.tokens.low[words.at - 1] in words.language.singular
    )
    words.at = after if found else start
    return make.count(1) if found else None


def read_unit(words: Words, core: Node) -> str | None:
    """The unit named here; "of" alone may end a vague word or a part of a whole."""
    before = words.at
    filler = words.take("filler")
    unit = read_noun(words)
    if unit is None and filler != "them" and (isinstance(core, Count) or not words.done):
        words.at = before
    if unit is not None and not isinstance(core, Count):
        _refuse_part_of_one(words, core, unit, before)
    return unit


def _refuse_part_of_one(words: Words, core: Node, unit: str, start: int) -> None:
    """Refuse "half the village", which is no part of a number of villages."""
    last = words.tokens.low[words.at - 1]
    if last in words.language.singular and last != unit and measure_of(core) == "proportion":
        said = " ".join(words.tokens.raw[start : words.at])
        message = (
            f"“{said}” is one whole, not a number of {unit} of which a part is given; leave it "
            "out of the value and record it in the question's scope"
        )
        raise InvalidQuantity(message)


def read_noun(words: Words) -> str | None:
    """The noun here, after any adjectives; the last of several ("civilian deaths") is the unit."""
    start = words.at
    noun = words.peek("noun")
    length = noun[1] if noun else 0
    adjective = words.peek("adjective")
    before_noun = adjective[1] if adjective else int(_is_demonym(words))
    if before_noun and before_noun >= length:
        words.at += before_noun
        if (later := read_noun(words)) is not None:
            return later
        words.at = start
    words.at += length
    return noun[0] if noun else None


def _is_demonym(words: Words) -> bool:
    """Whether a capitalised word stands here that may say whose the people are."""
    if words.done or words.peek("month"):
        return False
    word = words.tokens.raw[words.at]
    return len(word) >= _MIN_DEMONYM and word.istitle() and word.isalpha()


def read_outcomes(words: Words) -> bool:
    """Read "were killed and wounded"; whether anything of the kind was said."""
    said = False
    while True:
        before = words.at
        if said:
            words.take("link")
        words.take_all("auxiliary")
        if words.take("outcome") is None:
            words.at = before
            return said
        said = True


def number_begins(words: Words) -> bool:
    """Whether a number or a vague word starts here."""
    words.take_all("hedge")
    spoken = words.language
    return (
        words.at_number()
        or words.here in spoken.small | spoken.large
        or words.peek("atom") is not None
        or read_one(words) is not None
    )
