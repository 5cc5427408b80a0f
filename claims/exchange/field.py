"""One field of what people type in: its name, what it says, what may stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from claims.analysis.vocabulary import CODES, Scheme


class Kind(StrEnum):
    """What may stand in a field."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    LANGUAGE = "language"
    YES_NO = "yes or no"
    CHOICE = "choice"
    REFERENCE = "reference"
    CHAIN = "chain"
    NAMES = "names by language"
    PAIRS = "pairs"
    GRADE = "grade"
    FILE = "file"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its name, what it says, and what may stand in it.

    ``of`` is the entity that a reference names; ``many`` says that it may be given more than
    once; ``short`` is the flag, where it is not made of the name.
    """

    name: str
    words: str
    kind: Kind = Kind.TEXT
    required: bool = False
    many: bool = False
    of: str = ""
    choices: tuple[str, ...] = ()
    short: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The steps to the field, from the outermost."""
        return tuple(self.name.split("."))

    @property
    def flag(self) -> str:
        """The flag of the command line, with its two dashes."""
        return "--" + (self.short or self.path[-1]).replace("_", "-").lower()


def choice(name: str, words: str, choices: type[StrEnum], *, required: bool = False) -> Field:
    """A field that holds one word of a closed list."""
    allowed = tuple(word.value for word in choices)
    return Field(name=name, words=words, kind=Kind.CHOICE, choices=allowed, required=required)


def reference(name: str, of: str, words: str, *, required: bool = False) -> Field:
    """A field that names a record."""
    return Field(name=name, words=words, kind=Kind.REFERENCE, of=of, required=required)


def references(name: str, of: str, words: str, short: str, *, required: bool = False) -> Field:
    """A field that names records."""
    return Field(
        name=name,
        words=words,
        kind=Kind.REFERENCE,
        of=of,
        required=required,
        many=True,
        short=short,
    )


def yes_no(name: str, words: str) -> Field:
    """A field that says yes or no."""
    return Field(name=name, words=words, kind=Kind.YES_NO)


def grade(scheme: Scheme) -> Field:
    """A field that holds a grade of a scheme."""
    words = {
        Scheme.CONFIDENCE: "How sure we are, in GRADE's words.",
        Scheme.RELIABILITY: "The source's Admiralty code, A (reliable) to F (cannot be judged).",
        Scheme.CREDIBILITY: "The claim's Admiralty code, 1 (confirmed) to 6 (cannot be judged).",
        Scheme.VERIFICATION: "Airwars' grade of verification.",
        Scheme.LIKELIHOOD: "How likely it is, in the words of ICD 203.",
    }[scheme]
    return Field(name=scheme.value, words=words, kind=Kind.GRADE, choices=CODES[scheme])


NOUNS: Mapping[str, str] = {
    "assessment": "assess",
    "cross_check": "crosscheck",
    "source_relation": "dependence",
    "term_relation": "link",
}
"""What the command line calls an entity, where it is not the entity's own name."""


def noun_of(entity: str) -> str:
    """What the command line calls an entity."""
    return NOUNS.get(entity, entity)
