"""Which fields a person is asked for, and what an answer to one of them means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claims.errors import InputRefused
from claims.exchange.fields import FIELDS, Field, Kind
from claims.values.when import parse_when

ASKED: Mapping[str, tuple[str, ...]] = {
    "topic": ("label", "dates", "key"),
    "question": ("topic", "text", "kind", "aspect", "unit", "subset_of", "key"),
    "source": ("name", "aliases", "kind", "party", "named", "key"),
    "document": (
        *("csl.title", "voice", "tier", "language", "csl.issued", "csl.container-title"),
        *("csl.URL", "text", "key"),
    ),
    "claim": (
        *("document", "question", "quote", "said", "value", "speakers", "stance", "hedges"),
        *("as_of", "key"),
    ),
    "assessment": (
        *("claim", "source", "confidence", "reliability", "credibility", "verification"),
        *("likelihood", "reason"),
    ),
    "cross_check": ("questions", "claims", "text", "reason"),
    "inquiry": (
        *("question", "topic", "looked_for", "looked_in", "words", "looked_by", "looked_on"),
        *("outcome", "claims"),
    ),
}
"""The fields that are asked for, in this order; all others can be given at the end by name."""

Given = dict[Field, Any]
"""What was answered so far, as flags would have said it."""

_YES, _NO = {"y", "yes", "true"}, {"n", "no", "false"}


def asked(entity: str) -> tuple[Field, ...]:
    """The fields that are asked for, in order; of kinds not named above, all that they have."""
    known = {one.name: one for one in FIELDS[entity]}
    return tuple(known[name] for name in ASKED.get(entity, known))


def field_named(entity: str, text: str) -> Field:
    """The field that a person means by its name, its last part or its flag.

    Raises:
        InputRefused: there is none; the message names them all.
    """
    wanted = text.removeprefix("--").lower().replace("-", "_").replace(" ", "_")
    for one in FIELDS[entity]:
        names = {one.name, one.path[-1], one.flag.removeprefix("--"), label(one)}
        if wanted in {name.lower().replace("-", "_").replace(" ", "_") for name in names}:
            return one
    message = f"there is no field {text!r}; give one of {', '.join(map(label, FIELDS[entity]))}"
    raise InputRefused(message)


def label(field: Field) -> str:
    """What a person is shown of a field's name."""
    return field.path[-1].replace("_", " ")


def value(field: Field, text: str) -> Any:  # noqa: ANN401 (a flag's value)
    """What an answer says, as the flag of the field would; names of records are left to others.

    Raises:
        InputRefused: it cannot stand in this field; the message says what can.
    """
    if field.kind is Kind.YES_NO:
        return _yes_or_no(text)
    if field.choices:
        return _choice(field, text)
    if field.kind is Kind.DATE:
        parse_when(text)
    elif field.kind is Kind.NUMBER:
        _number(text)
    elif field.kind in {Kind.PAIRS, Kind.NAMES}:
        _pair(text)
    elif field.kind is Kind.FILE:
        _file(text)
    return text


def _yes_or_no(text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    message = f"{text!r} is neither yes nor no; answer one of them"
    raise InputRefused(message)


def _choice(field: Field, text: str) -> str:
    """The word, or the only one that begins so."""
    wanted = text.lower().replace("_", " ")
    words = {word.lower().replace("_", " "): word for word in field.choices}
    found = [word for plain, word in words.items() if plain.startswith(wanted)]
    if wanted in words or len(found) == 1:
        return words.get(wanted) or found[0]
    message = f"{text!r} is none of {', '.join(field.choices)}"
    raise InputRefused(message)


def _number(text: str) -> None:
    try:
        float(text)
    except ValueError:
        message = f"{text!r} is no number; write digits, with a point before a fraction"
        raise InputRefused(message) from None


def _pair(text: str) -> None:
    name, equals, words = text.partition("=")
    if not (name.strip() and equals and words.strip()):
        message = f"{text!r} has no equals sign between two words; write NAME=TEXT"
        raise InputRefused(message)


def _file(text: str) -> None:
    if not Path(text).is_file():
        message = f"there is no file {text!r}; give its path"
        raise InputRefused(message)
