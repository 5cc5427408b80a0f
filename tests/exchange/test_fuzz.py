"""Whatever stands in a file: records, or a list of faults, and never anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import DocumentFaults
from claims.exchange.hand_coded import read_hand_coded
from tests.exchange.conftest import GOOD, TEXT

LINES = GOOD.splitlines(keepends=True)
TOKENS = sorted(set(GOOD.replace("{", " ").replace("}", " ").replace(",", " ").split()))

junk = st.sampled_from(
    [*TOKENS, "", " ", "\n", "\t", ": ", "- ", "[", "]", "{", "}", "'", '"', "*a", "&a", "!b", "|"]
) | st.text(max_size=8)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "article.txt").write_bytes(TEXT.encode())
    return folder / "coded.yaml"


def reads_or_refuses(place: Path, data: bytes) -> None:
    place.write_bytes(data)
    try:
        (file,) = read_hand_coded([place])
    except DocumentFaults as refusal:
        faults = refusal.faults
    else:
        assert all(record.id.int for record in file.records)
        return
    assert faults
    for fault in faults:
        assert fault.file == str(place)
        assert fault.line <= data.count(b"\n") + data.count(b"\r") + 2
        assert fault.found
        assert fault.expected
        assert "\n" not in str(fault)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 40), junk)
def test_words_replaced(place: Path, at: int, length: int, new: str) -> None:
    mutated = GOOD[:at] + new + GOOD[at + length :]
    reads_or_refuses(place, mutated.encode("utf-8", "surrogatepass"))


@given(
    st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=6, unique=True),
    st.sampled_from([0, 2]),
)
def test_lines_left_out_or_doubled(place: Path, chosen: list[int], times: int) -> None:
    kept = [line * times if number in chosen else line for number, line in enumerate(LINES)]
    reads_or_refuses(place, "".join(kept).encode())


@given(st.sampled_from(TOKENS), st.sampled_from(TOKENS))
def test_words_exchanged(place: Path, one: str, other: str) -> None:
    swapped = GOOD.replace(one, "\0").replace(other, one).replace("\0", other)
    reads_or_refuses(place, swapped.encode())


@given(st.binary(max_size=300))
def test_any_bytes(place: Path, data: bytes) -> None:
    reads_or_refuses(place, data)
