"""The page as text: what the matrix says, which words it marks, and what it lets run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from dataclasses import replace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.analysis.outcomes import Dispute, Support
from claims.analysis.without import WithoutSource
from claims.report.page import render
from claims.report.page_change import changes
from claims.report.page_later import SAID_AT_ONCE, SEAM, built_late, packed
from claims.report.page_matrix import matrix
from claims.report.page_texts import APART, AROUND, LIMITED, NOT_HELD, WHOLE, shown_text
from claims.report.page_words import address, language, told
from claims.report.shape import DocumentEntry, PassageEntry
from tests.report.flood import flood
from tests.report.made import ARTICLE, GAZETTE, SEVERAL, Bench, ident


def cited(*spans: tuple[int, int], text: str, limit: int | None = None) -> DocumentEntry:
    """A document with passages at these places."""
    (made,) = flood().documents
    passages = tuple(
        PassageEntry(
            number=place,
            id=ident(f"p{place}"),
            exact=text[start:end],
            start=start,
            end=end,
            place="",
            claims=(),
        )
        for place, (start, end) in enumerate(spans, start=1)
    )
    document = replace(made.document, quotation_limit=limit)
    return replace(made, document=document, passages=passages)


def test_the_same_report_is_the_same_page() -> None:
    assert render(flood()) == render(flood())


def test_the_policy_names_the_very_style_and_script_of_the_page() -> None:
    page = render(flood())
    for name in ("style", "script"):
        (inside,) = re.findall(f"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{name}-src &#39;sha256-{digest}&#39;" in page
    assert "default-src &#39;none&#39;" in page
    assert not re.search(r"<[^>]* style=", page)


def test_the_matrix_has_every_claim_in_the_column_of_who_said_it() -> None:
    report = flood()
    found = matrix(report)
    assert [row.question.number for row in found.rows] == [q.number for q in report.questions]
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            told_of = [one for one in row.question.claims if one.chain[-1].source == column.source]
            assert len(cell.told) + cell.more == len(told_of)
            assert {one.claim.id for one in cell.told} <= {claim.id for claim in told_of}


def test_only_the_conflicts_are_printed() -> None:
    page = render(flood(), only="conflicts")
    numbers = {str(q.number) for q in flood().questions if q.disputed}
    assert set(re.findall(r'<article class="question[^"]*" id="q(\d+)"', page)) == numbers


def test_without_a_source() -> None:
    report = flood()
    disputed = next(q for q in report.questions if q.disputed)
    fallen = WithoutSource(
        source=GAZETTE.id, claims=1, dispute=Dispute.NONE, support=Support.SINGLE
    )
    gone = replace(fallen, support=Support.UNANSWERED)
    settled = next(q for q in report.questions if not q.disputed)
    found = changes(report, {disputed.question.id: (fallen,), settled.question.id: (gone,)})
    first = found.moves[disputed.number][0]
    assert first.sentence == "Without “The gazette” it would be: one claim of one origin."
    assert found.alone == ("Without “The gazette” 1 question would be unanswered.",)
    assert found.missing.endswith(
        f"not computed for {len(report.questions) - 2} questions: too large."
    )
    assert "not computed for this page" in changes(report, None).missing


def test_words_that_stand_elsewhere_are_not_marked() -> None:
    document = cited((0, 5), text="right words")
    shown = shown_text(document, "wrong words")
    assert (shown.apart, shown.apart_remark) == (document.passages, APART)
    assert all(not piece.passages for line in shown.lines for piece in line.pieces)


def test_no_more_is_shown_than_may_be_quoted() -> None:
    text = "some words and others"
    document = cited((0, 4), text=text, limit=1)
    shown = shown_text(document, text)
    assert (shown.lines, shown.apart) == ((), document.passages)
    assert shown.remark == LIMITED.format("1 word")
    assert shown_text(cited((0, 4), text=text), None).remark == NOT_HELD


def test_a_long_text_is_shown_in_extracts() -> None:
    text = "word " * WHOLE
    shown = shown_text(cited((50_000, 50_004), (50_100, 50_104), text=text), text)
    gaps = [line.gap for line in shown.lines if line.gap]
    kept = sum(len(piece.text) for line in shown.lines for piece in line.pieces)
    assert len(gaps) == 2
    assert kept <= 2 * AROUND + 110
    left = sum(int(gap.split()[0].replace(",", "")) for gap in gaps)
    assert left + kept == len(text)


@settings(max_examples=60)
@given(st.text("ab \n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30))))
def test_marked_words_are_the_cited_words(text: str, places: list[tuple[int, int]]) -> None:
    spans = [(start, min(start + size, len(text))) for start, size in places if start < len(text)]
    document = cited(*spans, text=text)
    shown = shown_text(document, text)
    assert "\n".join("".join(p.text for p in line.pieces) for line in shown.lines) == text
    for passage in document.passages:
        marked = [
            piece.text
            for line in shown.lines
            for piece in line.pieces
            if passage.number in piece.passages
        ]
        assert "".join(marked) == passage.exact.replace("\n", "")


def test_addresses_that_are_no_pages_are_no_links() -> None:
    assert address("https://example.org/a") == "https://example.org/a"
    for wrong in ("javascript:alert(1)", "data:text/html,x", "file:///a", "//x", "http:", "[", ""):
        assert address(wrong) == ""


def test_what_is_quoted_cannot_reorder_the_sentence() -> None:
    assert told("“<b>” v. “8”") == "“<bdi>&lt;b&gt;</bdi>” v. “<bdi>8</bdi>”"
    assert (language("zh-Hant"), language("a b"), language('"')) == ("zh-Hant", "", "")


def test_an_empty_topic_says_what_to_do() -> None:
    assert "claims load FILE" in render(Bench().report())


def test_a_large_report_builds_its_questions_late() -> None:
    bench = Bench()
    for place in range(201):
        asked = bench.ask(f"q{place}", f"How many in place {place}?")
        bench.result(asked, [bench.claim(asked, f"c{place}", SEVERAL, quote="several")])
    texts: dict[UUID, str] = {ARTICLE.id: "nothing"}
    page = render(bench.report(), texts=texts)
    bodies = unpacked(page)
    assert list(bodies) == [*(f"q{place}" for place in range(1, 202)), "d1"]
    assert 'id="c7a"' in bodies["q7"]
    assert 'id="c7a"' not in page
    assert bodies["d1"].count("<mark ") == 201
    assert "only the script of this page unpacks it" in page
    assert "packed" not in re.sub(r"<script>.*?</script>", "", render(flood()), flags=re.DOTALL)


def test_a_report_of_few_questions_and_very_many_claims_is_large() -> None:
    bench = Bench()
    asked = bench.ask("asked", "How many?")
    claims = [bench.claim(asked, f"c{place}", SEVERAL) for place in range(SAID_AT_ONCE)]
    bench.result(asked, claims)
    report = bench.report()
    assert not built_late(report)
    bench.results = []
    bench.result(asked, [*claims, bench.claim(asked, "one more", SEVERAL)])
    assert built_late(bench.report())


@given(st.dictionaries(st.text(), st.lists(st.text(), min_size=1)))
def test_what_is_packed_is_unpacked_to_the_letter(bodies: dict[str, list[str]]) -> None:
    seamed = {name: SEAM.join(parts) for name, parts in bodies.items()}
    assert opened(packed(seamed)) == {name: "".join(parts) for name, parts in bodies.items()}


def test_seams_are_not_left_in_a_page() -> None:
    assert SEAM not in render(flood())
    trap = replace(flood(), topic=replace(flood().topic, label=f"a{SEAM}b"))
    assert "a&lt;!----&gt;b" in render(trap)


def unpacked(page: str) -> dict[str, str]:
    """The bodies that a page builds late, by what they belong to."""
    (block,) = re.findall(
        r'<script type="application/octet-stream" id="packed">(.*?)</script>', page
    )
    return opened(block)


def opened(block: str) -> dict[str, str]:
    ids, *parts = json.loads(zlib.decompress(base64.b64decode(block)))
    return {name: "".join(part[place] for part in parts) for place, name in enumerate(ids)}
