"""What holds for each example: every word is accounted for, every quote stands where it should."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.seeds.conftest import SEEDS, Reading, read_seed

ARTICLE_SHA256 = "81db43445d40a965cd627e050a14b068fa16cb6d012ed3099de1f9d7bac60819"
"""Of the article as it was handed to the project."""


@pytest.fixture(scope="module", params=["malibeyli-gushchular", "flood"])
def seed(request: pytest.FixtureRequest) -> Reading:
    return read_seed(request.param)


def test_every_word_stands_in_a_passage_or_has_a_reason_why_not(seed: Reading) -> None:
    for text in seed.file.texts:
        covered = [
            (passage.start or 0, passage.end or 0)
            for passage in seed.casefile.passages.values()
            if passage.document == text.document
        ]
        covered += [(u.start, u.end) for u in seed.file.uncoded if u.document == text.document]
        words = re.finditer(r"\w+", text.text)
        missed = [
            word.group()
            for word in words
            if not any(start <= word.start() and word.end() <= end for start, end in covered)
        ]
        assert not missed, text.name


def test_every_passage_has_claims(seed: Reading) -> None:
    used = {passage for claim in seed.casefile.claims for passage in claim.passages}
    assert used == set(seed.casefile.passages)


def test_every_quote_stands_at_its_offsets_and_line(seed: Reading) -> None:
    texts = {text.document: text.text for text in seed.file.texts}
    for passage in seed.casefile.passages.values():
        text = texts[passage.document]
        assert text[passage.start : passage.end] == passage.exact
        (line,) = (locator.value for locator in passage.locators if locator.kind == "line")
        assert int(line) == text[: passage.start].count("\n") + 1


def test_every_value_is_said_in_its_quote(seed: Reading) -> None:
    for claim in seed.casefile.claims:
        if claim.value is not None:
            quotes = [seed.casefile.passages[passage].exact for passage in claim.passages]
            assert any(claim.value.said in quote for quote in quotes), claim.key


def test_everything_declared_is_used(seed: Reading) -> None:
    held = seed.casefile
    speaking = {speaker.source for claim in held.claims for speaker in claim.speakers}
    assert speaking == set(held.sources)
    assert {claim.question for claim in held.claims} == {q.id for q in held.questions}


def test_every_text_beside_the_claims_is_read(seed: Reading) -> None:
    beside = {path.name for path in Path(seed.file.file).parent.glob("*.txt")}
    assert {text.name for text in seed.file.texts} == beside


def test_the_readme_tells_the_origin_and_licence_of_each_text(seed: Reading) -> None:
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    for text in seed.file.texts:
        assert f"{Path(seed.file.file).parent.name}/{text.name}" in readme
    for document in seed.casefile.documents.values():
        assert document.licence is not None


def test_the_article_is_as_it_was_handed_over() -> None:
    data = (SEEDS / "malibeyli-gushchular" / "article.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == ARTICLE_SHA256
