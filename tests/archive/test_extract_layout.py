"""The layout of a text: kept as canonical JSON beside it, and read back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.extracted import Extracted, Stretch
from claims.archive.layout import layout_json, read_layout
from claims.errors import VerificationFailed

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@st.composite
def _extracted(draw: st.DrawFn) -> Extracted:
    text = draw(st.text(max_size=30))
    place = st.integers(0, len(text))
    stretch = st.tuples(place, place, st.text(max_size=5)).map(
        lambda one: Stretch(min(one[:2]), max(one[:2]), one[2])
    )
    stretches = st.lists(stretch, max_size=3).map(tuple)
    return Extracted(
        text=text,
        extractor=draw(st.text(min_size=1)),
        media_type=draw(st.text(min_size=1)),
        pages=draw(stretches),
        main=draw(stretches),
        times=draw(stretches),
        notes=tuple(draw(st.lists(st.text(), max_size=3))),
        url=draw(st.text(max_size=9)),
        captured_at=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
    )


@given(_extracted())
def test_a_layout_is_read_as_it_was_written(extracted: Extracted) -> None:
    written = layout_json(extracted)
    assert b"\n" not in written
    assert read_layout(written, extracted.text) == extracted
    assert layout_json(read_layout(written, extracted.text)) == written


def test_the_same_moment_gives_the_same_layout() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=4)))
    one, other = (Extracted("a", "x@1", "y", captured_at=moment) for moment in (NOON, east))
    assert layout_json(one) == layout_json(other)


def test_a_layout_is_plain_to_read() -> None:
    extracted = Extracted("eight", "x@1", "text/plain", pages=(Stretch(0, 5, "iv"),))
    assert layout_json(extracted).decode() == (
        '{"extractor":"x@1","length":5,"media_type":"text/plain","pages":[[0,5,"iv"]],"version":1}'
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"length": 4}, "describes a text of 4 characters and the text has 5"),
        ({"pages": [[0, 6, ""]]}, "extract the text again"),
        ({"pages": [[0]]}, "cannot be read"),
        ({"pages": 7}, "cannot be read"),
        ({"version": 2}, "version 2; this program reads version 1"),
        ({"captured_at": "then"}, "cannot be read"),
    ],
)
def test_the_layout_of_another_text_is_refused(change: dict[str, object], said: str) -> None:
    whole = json.loads(layout_json(Extracted("eight", "x@1", "text/plain")))
    with pytest.raises(VerificationFailed, match=said):
        read_layout(json.dumps(whole | change).encode(), "eight")


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"{}", b"[" * 100_000])
def test_what_is_no_layout_is_refused(data: bytes) -> None:
    with pytest.raises(VerificationFailed, match="the layout of a text cannot be read"):
        read_layout(data, "")
