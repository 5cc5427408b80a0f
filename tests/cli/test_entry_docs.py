"""The guide to entering lists every field that there is, as the commands take it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from claims.exchange.fields import FIELDS, Field, Kind, noun_of

GUIDE = Path(__file__).parents[2] / "docs" / "entering.md"


def told(one: Field) -> str:
    """What may stand in a field, in the words of the guide."""
    words = "; ".join(one.choices) if one.choices else one.kind.value
    if one.kind is Kind.REFERENCE:
        words = f"a {one.of}"
    return f"{words}, several" if one.many else words


def lines(entity: str) -> Iterator[str]:
    """The table of one entity."""
    yield "| flag | in JSON | what it says | what may stand there |"
    yield "|---|---|---|---|"
    for one in FIELDS[entity]:
        flag = f"`{one.flag}`" + (" (required)" if one.required else "")
        yield f"| {flag} | `{one.name}` | {one.words} | {told(one)} |"


def section(entity: str) -> str:
    """The section of the guide on one entity."""
    return "\n".join([f"### claims {noun_of(entity)}", "", *lines(entity)])


def test_the_guide_lists_every_field_as_it_is() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for entity in FIELDS:
        assert section(entity) in text, f"write this to docs/entering.md:\n{section(entity)}"
    named = re.findall(r"^### claims (\w+)$", text, re.MULTILINE)
    assert named == [noun_of(entity) for entity in FIELDS]
