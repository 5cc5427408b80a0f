"""What may be one is told with the reason in words; what is plainly two is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.likeness import Name, alike, bare_address, bare_number
from claims.analysis.records import Claim, Document, Question, Scope, Source
from claims.analysis.similar import BLOCK, pairs, similar_to
from claims.analysis.vocabulary import Stance, ValueKind
from tests.analysis.world import World, name

ALIKE = [
    ("Memorial", "Memorial", "same name"),
    ("Şuşa Daily", "SUSA daily", "same name but for spelling"),
    ("Memorial Center", "Center Memorial", "same name with its words in another order"),
    ("The Memorial", "Memorial", "same name but for small words"),
    ("Memorial", "Memorial HRC", "same name but for the word ‘HRC’"),
    (
        *("Human Rights Center Memorial", "Memorial"),
        "same name but for the words ‘Human’, ‘Rights’ and ‘Center’",
    ),
    (
        *("Memorial HRC", "Human Rights Center Memorial"),
        "same name, where ‘HRC’ stands for ‘Human Rights Center’",
    ),
    ("HRW", "Human Rights Watch", "‘HRW’ are the initials of ‘Human Rights Watch’"),
    ("ICRC", "International Committee of the Red Cross", "‘ICRC’ are the initials of"),
    ("Memorail", "Memorial", "‘Memorail’ and ‘Memorial’ differ in few letters"),
]


@pytest.mark.parametrize(("a", "b", "reason"), ALIKE)
def test_names_that_may_be_one(a: str, b: str, reason: str) -> None:
    for one, other in ((a, b), (b, a)):
        found = alike(Name.of(one), Name.of(other))
        assert found is not None
        assert set(reason.split()) <= set(found[1].split())
        assert source(one).id in {
            pair.b for pair in similar_to(source(other, id=uuid4()), [source(one)])
        }


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ministry of Defence of Armenia", "Ministry of Defence of Azerbaijan"),
        ("The Times", "The Guardian"),
        ("Memorial", "Memorial Press Trade Farm School"),
        ("Unit 12345", "Unit 12346"),
        ("News", "Newt"),
        ("Memorial Fund", "Memorandum Fund"),
        ("of", "of the"),
    ],
)
def test_names_that_are_plainly_two(a: str, b: str) -> None:
    found = alike(Name.of(a), Name.of(b))
    assert found is None or found[1].startswith("same name but for small words")
    assert "of" in a.split() or similar_to(source(a), [source(b)]) == ()


def source(called: str, **more: object) -> Source:
    """A source with an id of its own for each name."""
    return replace(Source(id=name("source", called), name=called), **more)  # type: ignore[arg-type]


def test_aliases_and_identifiers_count_and_the_surest_reason_is_told() -> None:
    one = source("Mémorial", identifiers={"wikidata": "Q42"})
    by_id = source("Another name", identifiers={"wikidata": "q42"})
    by_alias = source("Office", aliases=("Memorial",))
    found = similar_to(one, [by_alias, by_id, one, source("Gazette")])
    assert {pair.b: pair.reason for pair in found} == {
        by_id.id: "same wikidata Q42",
        by_alias.id: "same name but for spelling",
    }


def test_a_voice_without_a_name_is_not_one_with_a_name() -> None:
    assert similar_to(source("witnesses"), [source("Witnesses", named=False)]) == ()
    both = source("witnesses", named=False), source("Witnesses", named=False)
    assert len(similar_to(both[0], [both[1]])) == 1


def question(text: str, **more: object) -> Question:
    """A question about a number of people."""
    held = Question(
        id=name("question", text + repr(sorted(more))),
        topic=name("topic", "it"),
        text=text,
        value_kind=ValueKind.COUNT,
        unit="people",
    )
    return replace(held, **more)  # type: ignore[arg-type]


def test_questions_are_alike_in_similar_words_about_the_same() -> None:
    one = question("How many people were killed?")
    other = question("How many civilians were killed?")
    (found,) = similar_to(one, [other])
    assert found.reason == "same question but for ‘people’ and ‘civilians’"
    elsewhere = (
        question("How many people were killed?", topic=name("topic", "other")),
        question("How many people were killed?", unit="families"),
        question("How many people were killed?", scope=Scope(cause=name("term", "shells"))),
        question("When did the shelling begin?"),
        question("How many houses burned?"),
        question("How many people were killed in the town on the first day of May?"),
    )
    assert similar_to(one, elsewhere) == ()


def document(title: str, **csl: str) -> Document:
    """A document with an item of its own."""
    item = {"title": title, **{key.replace("_", "-"): text for key, text in csl.items()}}
    return replace(_BARE, id=uuid4(), csl=item)


_WORLD = World()
_BARE = _WORLD.documents[_WORLD.document("bare")]


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ({"DOI": "10.1000/X"}, {"DOI": "https://doi.org/10.1000/x"}, "same DOI 10.1000/x"),
        ({"ISBN": "0-306-40615-2"}, {"ISBN": "978-0306406157"}, "same ISBN 9780306406157"),
        ({"URL": "http://www.x.org/a/"}, {"URL": "https://x.org/a#b"}, "same URL x.org/a"),
    ],
)
def test_documents_are_known_by_their_numbers(
    a: dict[str, str], b: dict[str, str], reason: str
) -> None:
    (found,) = similar_to(document("One", **a), [document("Other", **b)])
    assert (found.rank, found.reason) == (0, reason)


def test_documents_are_known_by_title_publication_and_date() -> None:
    one = document("The flood", container_title="Gazette", issued="2021-07-16")
    same = document("The Flood", container_title="gazette", issued="2021-07-16")
    bare = document("The flood")
    told = {pair.b: pair.reason for pair in similar_to(one, [same, bare])}
    assert told == {
        same.id: "same title but for spelling, with the same publication and date",
        bare.id: "same title, and nothing that tells them apart",
    }
    others = (
        document("The flood", container_title="Gazette", issued="2021-07-17"),
        document("The flood", container_title="Herald", issued="2021-07-16"),
    )
    assert similar_to(one, others) == ()
    numbered = document("The flood", DOI="10.1/a"), document("The flood", DOI="10.1/b")
    assert similar_to(numbered[0], [numbered[1]]) == ()


def test_a_claim_is_alike_where_one_speaker_says_one_thing_in_one_document() -> None:
    world = World()
    world.ask("killed", unit="people")
    world.say("a", "killed", "12", speakers=["M"])
    one = world.claims["a"]
    again = replace(one, id=uuid4(), passages=(uuid4(),))
    assert [pair.reason for pair in similar_to(one, [again])] == [
        "same document, question, origin and value"
    ]
    assert [pair.reason for pair in similar_to(one, [replace(again, passages=one.passages)])] == [
        "same document, question, origin and passage"
    ]
    for other in _others(again, one):
        assert similar_to(one, [other]) == ()


def _others(again: Claim, one: Claim) -> Iterator[Claim]:
    assert again.value is not None
    yield replace(again, value=replace(again.value, expression="13"))
    yield replace(again, value=None)
    yield replace(again, stance=Stance.DENIES)
    yield replace(again, supersedes=one.id)
    yield replace(again, retracted_at="2020")
    yield replace(again, document=uuid4())
    yield replace(again, speakers=again.speakers[:1])


def test_addresses_and_numbers_are_told_in_their_barest_form() -> None:
    assert bare_address(" HTTPS://WWW.X.org/Path/?q=1#top ") == "x.org/Path/?q=1"
    assert bare_address("dx.doi.org/10.1/A") == bare_address("10.1/a") == "10.1/a"
    assert bare_number("ISBN 80-902734-1-6") == "9788090273412"
    assert bare_address("") == bare_number("") == ""


NAMES = st.lists(
    st.sampled_from(("Memorial", "HRC", "Human", "Rights", "Center", "the", "Watch", "Memorail")),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(NAMES, NAMES)
def test_likeness_goes_both_ways(a: str, b: str) -> None:
    forth, back = alike(Name.of(a), Name.of(b)), alike(Name.of(b), Name.of(a))
    assert (forth is None) == (back is None)
    assert forth is None or back is None or forth[0] == back[0]


@given(st.lists(NAMES, unique=True, max_size=12))
def test_pairs_are_what_each_one_is_similar_to(texts: list[str]) -> None:
    held = [source(text) for text in texts]
    each = {frozenset((one.id, pair.b)) for one in held for pair in similar_to(one, held)}
    assert {frozenset((pair.a, pair.b)) for pair in pairs(held)} == each


def test_a_word_that_very_many_share_makes_no_pair() -> None:
    held = [source(f"{number} press") for number in range(BLOCK)]
    assert len(pairs([*held, source("press")])) == 0
    assert len(pairs([*held[:3], source("press")])) == 3
    same = [replace(source("Agency"), id=UUID(int=number)) for number in range(BLOCK + 10)]
    assert len(pairs(same)) == BLOCK + 9


def test_there_are_no_pairs_of_nothing() -> None:
    assert pairs([]) == ()


def test_other_numbers_in_one_register_say_nothing() -> None:
    one = source("Gazette", identifiers={"wikidata": "Q42"})
    other = source("Gazette", id=uuid4(), identifiers={"wikidata": "Q43"})
    assert [found.reason for found in similar_to(one, [other])] == ["same name"]


def test_small_words_alone_make_no_wording() -> None:
    assert alike(Name.of("of"), Name.of("of the"), swapped=True) is None
