from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.lookalike import look, scripts_mixed

CYRILLIC_A = "\u0410"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna", f"{CYRILLIC_A}nna"),
        ("Vera", "V\u0435ra"),
        ("scope", "\u0455\u0441\u043e\u0440\u0435"),
        ("ANNA", "anna"),
        ("José", "Jose"),
        ("reviewer  two", "reviewer two"),
        ("ok", "\u03bf\u03ba"),
        ("hn", "\u0570\u0578"),
        ("Anna", "\U0001d4d0nna"),
    ],
)
def test_names_that_are_drawn_alike_look_the_same(one: str, other: str) -> None:
    assert look(one) == look(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Anna", "Hanna"), ("Vera", "\u0412\u0435\u0440\u0430 2"), ("a b", "ab")]
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert look(one) != look(other)


@pytest.mark.parametrize(
    ("words", "scripts"),
    [
        ("Anna", ()),
        ("\u0412\u0435\u0440\u0430", ()),
        (f"{CYRILLIC_A}nna", ("Latin", "Cyrillic")),
        ("press V\u03b1ra office", ("Latin", "Greek")),
        ("\u0561nna", ("Latin", "Armenian")),
        ("Anna \u0412\u0435\u0440\u0430", ()),
        ("Anna_\u0412\u0435\u0440\u0430-2", ()),
        ("", ()),
        ("\u6771\u4eac tokyo", ()),
    ],
)
def test_only_a_word_of_several_scripts_mixes_them(words: str, scripts: tuple[str, ...]) -> None:
    assert scripts_mixed(words) == scripts


@given(st.text())
def test_every_name_has_a_look_and_it_is_its_own_look(words: str) -> None:
    assert look(look(words)) == look(words)
