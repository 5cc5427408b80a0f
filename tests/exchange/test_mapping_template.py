"""Templates: columns in braces, and parts that may be left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import InvalidValue
from claims.exchange.mapping_template import template


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{what}", "killed"),
        ("Killed by {side}", "Killed by FLN"),
        ("{what}[ ({side})]", "killed (FLN)"),
        ("{what}[ in {place}]", "killed"),
        ("a constant", "a constant"),
        ("{{what}} [[so]] {what}", "{what} [so] killed"),
        ("{place}[ and {nothing}]", ""),
        ("at {place}", ""),
    ],
)
def test_what_a_template_gives(text: str, said: str) -> None:
    cells = {"what": "killed", "side": "FLN", "place": "", "nothing": ""}
    assert template(text).fill(cells.__getitem__) == said


@pytest.mark.parametrize("text", ["{what", "what}", "a [b", "a] b", "[[a [b] ]", "[a [b]]]"])
def test_an_open_brace_or_bracket_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"\{\{|\[\["):
        template(text)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="ab {}[]|é", max_size=12))
def test_doubled_signs_stand_for_themselves(words: str) -> None:
    written = "".join(sign * 2 if sign in "{}[]" else sign for sign in words)
    assert template(written).fill(str).strip() == words.strip()
