"""Who speaks in an item of a bibliography."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.exchange.biblio import read_bibliography
from claims.exchange.biblio_records import voice_of

STAFF = "author={Staff of the desk}"


@pytest.mark.parametrize(
    ("entry", "voice"),
    [
        (f"@online{{k, {STAFF}, organization={{The Office}}}}", "The Office"),
        (f"@online{{k, {STAFF}, publisher={{The Office}}}}", "The Office"),
        (
            f"@online{{k, {STAFF}, journaltitle={{The Site}}, organization={{The Office}}}}",
            "The Site",
        ),
        (f"@online{{k, {STAFF}, url={{https://example.org/x}}}}", "Staff of the desk"),
        ("@online{k, title={T}, url={https://www.example.org/x}}", "example.org"),
        (f"@report{{k, {STAFF}, institution={{The Office}}}}", "Staff of the desk"),
        (f"@book{{k, {STAFF}, publisher={{The Press}}}}", "Staff of the desk"),
        (f"@inreference{{k, {STAFF}, publisher={{The Press}}}}", "Staff of the desk"),
        ("@book{k, title={T}, publisher={The Press}}", "The Press"),
        ("@book{k, title={T}}", ""),
        ("@book{k, editor={others}, publisher={The Press}}", "The Press"),
    ],
)
def test_the_body_that_publishes_a_page_speaks_in_it_and_authors_speak_elsewhere(
    tmp_path: Path, entry: str, voice: str
) -> None:
    path = tmp_path / "a.bib"
    path.write_text(entry.replace("Staff of the desk", "{Staff of the desk}"), "utf-8")

    (item,) = read_bibliography(path).items

    assert voice_of(item) == voice
    assert ("author" in item.csl) == (STAFF in entry)
