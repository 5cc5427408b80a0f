from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.search_query import Query, Term, parse_query, rank, snippet, unread_filters
from claims.analysis.search_texts import Text
from claims.errors import InputRefused
from claims.values.folding import folded_words

ANY = st.text(st.sampled_from("aşǅ9 \"“”-*:'(){}[]^~|&!\\<>@.,北\0") | st.characters(), max_size=30)


def _term(text: str, *, prefix: bool = False) -> Term:
    return Term(tuple(text.split()), prefix)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Şuşa  shelling", Query((_term("susa"), _term("shelling")))),
        ('"According to" x', Query((_term("according to"), _term("x")))),
        ("“According to”", Query((_term("according to"),))),
        ("kill*", Query((_term("kill", prefix=True),))),
        ('"were kill*"', Query((_term("were kill", prefix=True),))),
        ('"were kill"*', Query((_term("were kill", prefix=True),))),
        ('a -b -"c d"', Query((_term("a"),), (_term("b"), _term("c d")))),
        ("10-12 e-mail", Query((_term("10 12"), _term("e mail")))),
        ("O'Brien 北京", Query((_term("o brien"), _term("北 京")))),
        (
            "a in:Source IN:cross-check",
            Query((_term("a"),), (), frozenset({"source", "cross_check"})),
        ),
        ("in:nowhere", Query((_term("in nowhere"),))),
        ('a "unended b', Query((_term("a"), _term("unended"), _term("b")))),
        ("a AND NOT (b^2)", Query(tuple(map(_term, ("a", "and", "not", "b 2"))))),
        ("a - * \"\" ''", Query((_term("a"),))),
    ],
)
def test_what_is_typed_is_read(typed: str, read: Query) -> None:
    assert parse_query(typed) == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "nothing to look for"),
        ("  ", "nothing to look for"),
        ("?!", "no letter or digit"),
        ("-a", "only what must not be there"),
        ("in:claim", "no word"),
    ],
)
def test_a_query_without_words_is_told_how_to_be_one(typed: str, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        parse_query(typed)


@given(ANY)
def test_no_query_is_wrong(typed: str) -> None:
    try:
        query = parse_query(typed)
    except InputRefused:
        return
    assert all(term.words for term in query.terms)
    assert parse_query(" ".join(term.shown for term in query.terms)).terms == query.terms


def test_what_looks_like_a_filter_and_is_none_is_told() -> None:
    assert unread_filters("a in:claim in:sorce -in:x") == ("in:sorce", "in:x")


@pytest.mark.parametrize(
    ("typed", "entry", "found"),
    [
        ("b a", "a b", True),
        ("a c", "a b", False),
        ('"a b"', "x a b y", True),
        ('"a b"', "a x b", False),
        ('"a b"', "a | b", False),
        ('"a b"', "xa b", False),
        ("a*", "x abc", True),
        ("a*", "x bac", False),
        ('"a b*"', "a bcd", True),
        ("a", "abc", False),
        ("a -b", "a", True),
        ("a -b", "a b", False),
        ("a -b*", "a bc", False),
        ('a -"b c"', "a b", True),
    ],
)
def test_which_entries_answer(typed: str, entry: str, found: bool) -> None:
    assert (rank(parse_query(typed), entry) is not None) is found


@pytest.mark.parametrize(
    ("better", "worse"),
    [("a a x", "a x x"), ("a", "a x x x x x x x"), ("a | x", "x | a"), ("a b", "a b x")],
)
def test_what_answers_better(better: str, worse: str) -> None:
    query = parse_query("a")
    assert (rank(query, better) or 0) > (rank(query, worse) or 0)


def test_marks_are_in_the_words_as_written() -> None:
    found = snippet(
        parse_query("susa seh*"), [Text("name", "Other"), Text("x", "in Şuşa şəhəri, Şuşalı")]
    )
    assert found is not None
    assert found.field == "x"
    assert [found.text[a:b] for a, b in found.marks] == ["Şuşa", "şəhəri"]


def test_a_long_text_is_cut_around_what_was_found() -> None:
    text = f"{'before ' * 60}the shelling of the village{' after' * 60}"
    found = snippet(parse_query('"the village" shelling'), [Text("exact", text)])
    assert found is not None
    assert found.text.startswith("…before")
    assert found.text.endswith("after…")
    assert len(found.text) < 220
    assert [found.text[a:b] for a, b in found.marks] == ["shelling", "the village"]


def test_the_part_that_shows_most_words_is_shown() -> None:
    text = f"killed {'x ' * 300} killed by shelling"
    found = snippet(parse_query("killed shelling"), [Text("exact", text)])
    assert found is not None
    assert [found.text[a:b] for a, b in found.marks] == ["killed", "shelling"]


def test_what_holds_nothing_has_no_snippet() -> None:
    assert snippet(parse_query("a"), [Text("x", "b")]) is None


@given(st.text(max_size=400), st.data())
def test_what_is_found_is_marked(text: str, data: st.DataObject) -> None:
    held = folded_words(text)
    if not held:
        return
    word = data.draw(st.sampled_from(held))
    query = Query((Term((word,)),))
    found = snippet(query, [Text("x", text)])
    assert found is not None
    assert found.text.strip("…") in text or "…" in text
    for a, b in found.marks:
        assert word in folded_words(found.text[a:b]) or b - a > 150
    assert found.marks


def test_a_text_without_spaces_is_cut_where_it_must_be() -> None:
    text = f"{'x' * 300} shelling {'y' * 300}"
    found = snippet(parse_query("shelling"), [Text("exact", text)])
    assert found is not None
    assert (found.text[:2], found.text[-2:]) == ("…x", "y…")
    assert [found.text[a:b] for a, b in found.marks] == ["shelling"]


def test_a_word_that_begins_where_the_text_is_cut_stays_whole() -> None:
    text = f"{'z' * 60} shelling"
    for before in range(45, 60):
        found = snippet(parse_query("shelling"), [Text("x", f"{text[60 - before :]}{' y' * 200}")])
        assert found is not None
        assert [found.text[a:b] for a, b in found.marks] == ["shelling"]


def test_marks_that_overlap_are_one() -> None:
    query = parse_query('"red cross" "cross society"')
    found = snippet(query, [Text("x", "the Red Cross Society said")])
    assert found is not None
    assert [found.text[a:b] for a, b in found.marks] == ["Red Cross Society"]
