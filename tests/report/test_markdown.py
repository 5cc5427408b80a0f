"""The report as Markdown: it renders as meant, and stored words stay words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from syrupy.assertion import SnapshotAssertion

from claims.report.markdown import escape, render
from tests.report.flood import flood
from tests.report.made import GAZETTE, SEVERAL, Bench, position

READER = MarkdownIt("gfm-like", {"linkify": False})
TRAPS = [
    "a | b",
    "`code`",
    "<script>alert(1)</script>",
    "[x](https://evil.example)",
    "![x](y)",
    "# not a heading",
    "1. not a list",
    "- not a list",
    "> no quote",
    "&amp; &lt;",
    "**bold** _it_ ~~gone~~",
    "back\\slash",
    "$x$",
    "[1]: https://evil.example",
    "line\n\n# break",
    "=== \n---",
    "<!-- hidden",
    "https://bare.example @someone",
]


def shown(text: str) -> str:
    """What a reader sees of Markdown that is one paragraph."""
    tokens = READER.parse(text)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return words(tokens[1].children or [])


def words(tokens: list[Token]) -> str:
    """The text of inline tokens, which must be nothing but text."""
    assert {token.type for token in tokens} <= {"text", "text_special"}
    return "".join(token.content for token in tokens)


def test_the_whole_report(snapshot: SnapshotAssertion) -> None:
    assert render(flood()) == snapshot


@pytest.mark.parametrize("trap", TRAPS)
def test_stored_words_stay_words(trap: str) -> None:
    assert shown(f"{escape(trap)} end") == " ".join(f"{trap} end".split())


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_any_words_stay_words(text: str) -> None:
    assert shown(escape(text)) == text


@pytest.mark.parametrize("trap", TRAPS)
def test_traps_do_not_change_the_structure(trap: str) -> None:
    assert structure(render(trapped("harmless").report())) == structure(
        render(trapped(trap).report())
    )


def structure(text: str) -> list[str]:
    """The block structure, with tables and quotes."""
    return [f"{token.type} {token.level}" for token in READER.parse(text)]


def trapped(trap: str) -> Bench:
    """A bench on which every stored word is a trap."""
    source = replace(GAZETTE, name=trap)
    bench = Bench(sources=[source])
    asked = bench.ask("asked", trap, unit=trap)
    claim = bench.claim(
        asked, "claim", replace(SEVERAL, said=trap), quote=trap, hedges=(trap,), note=trap
    )
    other = bench.claim(asked, "other", SEVERAL, quote=f"before {trap} after", verb=trap)
    bench.judge(claim, "low", trap)
    found = (position((claim,), None, label=trap), position((other,), None, label=trap))
    bench.result(asked, (claim, other), positions=found)
    bench.documents = [replace(bench.documents[0], csl={"title": trap, "URL": trap})]
    return bench


def test_quotes_are_block_quotes_with_the_words_of_the_value_in_bold() -> None:
    assert "> “According to the Relief group, **several** people reportedly were killed.”" in (
        render(flood())
    )


def test_citations_are_numbered_as_in_the_text() -> None:
    text = render(flood())
    listed = re.findall(r"^- \[(\d+)\] .*code points", text, re.MULTILINE)
    assert listed == [str(number) for number in range(1, 23)]
    assert set(re.findall(r"^> \[(\d+)\]", text, re.MULTILINE)) == set(listed)


def test_citations_keep_their_numbers_where_some_are_left_out() -> None:
    text = render(flood(), only="conflicts")
    tokens = READER.parse(text)
    assert not [token for token in tokens if token.type == "ordered_list_open"]
    listed = re.findall(r"^- \[(\d+)\] .*code points", text, re.MULTILINE)
    assert listed != [str(number) for number in range(1, len(listed) + 1)]
    assert set(re.findall(r"^> \[(\d+)\]", text, re.MULTILINE)) <= set(listed)


def test_the_summary_names_what_is_in_dispute() -> None:
    text = render(flood(), only="conflicts")
    summary = text[: text.index("## Where sources conflict")]
    named = re.findall(r"^- Question (\d+): ", summary, re.MULTILINE)
    assert named == re.findall(r"^### (\d+)\.", text, re.MULTILINE)
    assert "- Question 2: How many people were killed by the failure of the dam?" in summary
    assert summary.count("with question 1: the same claims") == 1


def test_a_long_list_of_disputes_is_counted() -> None:
    found = flood()
    conflicts = found.sections[0]
    many = conflicts.questions * 5
    long = replace(found, questions=many, sections=(replace(conflicts, questions=many),))
    assert "- 5 further questions in dispute: see below" in render(long)


def test_tables_have_the_columns_of_their_heads() -> None:
    tokens = READER.parse(render(flood()))
    rows: list[int] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append(0)
        if token.type in {"td_open", "th_open"}:
            rows[-1] += 1
    assert rows
    assert set(rows) <= {3, 4}


def test_no_markup_is_left_over() -> None:
    for token in READER.parse(render(flood())):
        assert token.type != "html_block"
        for child in token.children or []:
            assert child.type in {
                "text",
                "text_special",
                "strong_open",
                "strong_close",
                "em_open",
                "em_close",
                "softbreak",
            }
            assert "**" not in child.content


def test_an_empty_topic_says_what_to_do() -> None:
    assert "claims load FILE" in render(Bench().report())
