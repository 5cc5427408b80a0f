"""What a file says of itself fills the gaps of an entry, and changes nothing else in it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from claims.analysis.extracted import Imprint
from claims.exchange.entry_imprint import completed

SAID = Imprint("The flood", "The desk", "2021-07-20T10:00:00Z", "Gazette")
WHOLE = {
    "title": "The flood",
    "author": ["The desk"],
    "issued": "2021-07-20",
    "container-title": "Gazette",
}


def test_gaps_are_filled_and_told() -> None:
    entry, taken = completed({"file": "a.html", "voice": "gazette"}, SAID)
    assert entry == {"file": "a.html", "voice": "gazette", "csl": WHOLE}
    assert taken == {**WHOLE, "author": "The desk"}


@pytest.mark.parametrize(
    "own",
    [
        {"csl": {"title": "Mine", "author": ["Me"], "issued": "2020", "container-title": "X"}},
        {"title": "Mine", "author": ["Me"], "issued": "2020", "container-title": "X"},
        {"csl": "no item"},
    ],
)
def test_what_the_entry_says_stays(own: Mapping[str, object]) -> None:
    assert completed(own, SAID) == (own, {})


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ("20 July 2021", "2021-07-20"),
        ("2021-07", "2021-07"),
        ("2021-07-20 10:00", "2021-07-20"),
        ("2021-07-32T10:00", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_date_that_cannot_be_read_is_left_out(date: str, edtf: str) -> None:
    assert completed({}, Imprint(date=date))[1] == ({"issued": edtf} if edtf else {})
