"""What a quote may be coded as; what is proposed is in its words, and never decided."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.proposal import Known, Proposal, mentions, propose
from claims.analysis.proposed_values import values_in
from claims.analysis.vocabulary import Stance, ValueKind
from claims.values.quantity import parse_quantity

AGENCY, MINISTRY, COUNCIL = (UUID(int=number) for number in (1, 2, 3))
VOICES = {
    AGENCY: ("The Agency",),
    MINISTRY: ("Ministry of Health", "the Ministry"),
    COUNCIL: ("council",),
}


def proposed(text: str, quote: str | None = None, **known: object) -> Proposal:
    words = text if quote is None else quote
    start = text.index(words)
    return propose(text, start, start + len(words), Known(voices=VOICES, **known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quote", "kind", "said"),
    [
        ("eight people were killed", None, ("eight people",)),
        ("The figure ranged from 580 to 1500.", ValueKind.COUNT, ("from 580 to 1500",)),
        ("at least 40 houses and nearly 4,000 trees", None, ("at least 40 houses", "nearly 4,000")),
        ("It began on 3 March 2021, at noon.", None, ("on 3 March 2021, at noon",)),
        ("It began on 3 March 2021, at noon.", ValueKind.COUNT, ()),
        ("on February 5 a boat sank", ValueKind.DATE, ("on February 5",)),
        ("on February 5 a boat sank", ValueKind.COUNT, ()),
        ("they had two days to leave", ValueKind.DURATION, ("two days",)),
        ("a helicopter was seen", None, ()),
        ("one of the targets", None, ()),
        ("one person died", None, ("one person",)),
        ("“8” (“eight”)", ValueKind.COUNT, ("8", "eight")),
        ("8 here and 8 there", ValueKind.COUNT, ("8",)),
        ("room 7 was empty", ValueKind.DATE, ()),
        ("half of the houses", ValueKind.PROPORTION, ("half of the houses",)),
        ("nobody was hurt", ValueKind.BOOLEAN, ()),
        ("nothing", None, ()),
    ],
)
def test_the_words_that_can_be_a_value(
    quote: str, kind: ValueKind | None, said: tuple[str, ...]
) -> None:
    found = values_in(quote, kind=kind, locale="en")
    assert tuple(word.removesuffix(" trees") for word in found) == said


def test_of_a_language_without_number_words_the_figures_are_read() -> None:
    assert values_in("погибло 8 человек", kind=ValueKind.COUNT, locale="uk") == ("8",)
    assert values_in("8", kind=None, locale="zz") == ()


@given(st.text(alphabet="ab 0123456789,.–-tofrmdzensv()“”", max_size=40))
def test_proposed_words_stand_in_the_quote_and_can_be_read(quote: str) -> None:
    for said in values_in(quote, kind=ValueKind.COUNT, locale="en"):
        assert said in quote
        parse_quantity(said)


def test_the_longest_name_is_mentioned_with_its_article_or_without() -> None:
    found = mentions("the ministry of health and the Agency; a MINISTRY too", VOICES)
    assert [(one.words, one.record) for one in found] == [
        ("ministry of health", MINISTRY),
        ("Agency", AGENCY),
        ("MINISTRY", MINISTRY),
    ]
    assert mentions("", VOICES) == ()
    assert mentions("a the", {AGENCY: ("", "the")}) != ()


@pytest.mark.parametrize(
    ("sentence", "speakers"),
    [
        ("According to the Agency, 8 people died.", [("According to", "Agency", AGENCY)]),
        ("According to a retired clerk, 8 died.", [("According to", "a retired clerk", None)]),
        ("According to a clerk of the port", [("According to", "a clerk of the port", None)]),
        ("The council said that 8 people died.", [("said", "council", COUNCIL)]),
        ("A clerk, now retired, said that 8 died.", []),
        ("A retired clerk said that 8 died.", [("said", "A retired clerk", None)]),
        ("Later, a clerk said that 8 died.", [("said", "a clerk", None)]),
        (
            "The council said that 8 died, and the Ministry announced a day of mourning.",
            [("said", "council", COUNCIL), ("announced", "Ministry", MINISTRY)],
        ),
        ("The council denied that 8 died.", [("denied", "council", COUNCIL)]),
        ("The council did not deny that 8 died.", []),
        ("Said by all.", []),
        ("It was said that 8 died.", []),
        (
            "According to one of the men who had then come by boat to the Agency, 8 died.",
            [("According to", "one of the men who had then come", None)],
        ),
    ],
)
def test_who_speaks_is_named_beside_the_verb(
    sentence: str, speakers: list[tuple[str, str, UUID | None]]
) -> None:
    found = proposed(sentence).speakers
    assert [(one.verb, one.words, one.source) for one in found] == speakers
    assert all(one.quoted for one in found)


def test_attribution_outside_the_quote_is_told_as_such() -> None:
    text = "The storm came. According to the Agency, dozens of people were killed. All fled."
    found = proposed(text, "dozens of people were killed")
    assert found.sentence == "According to the Agency, dozens of people were killed."
    assert [one.quoted for one in found.speakers] == [False]
    assert (found.line, text[found.start : found.end]) == (1, "dozens of people were killed")


def test_attribution_does_not_go_on_into_the_next_sentence() -> None:
    text = "The council said that 8 people died. Nobody was hurt in the port."
    assert proposed(text, "Nobody was hurt in the port.").speakers == ()


@pytest.mark.parametrize(
    ("sentence", "stance", "because"),
    [
        ("No interviews confirmed this report.", "could_not_confirm", "No interviews confirmed"),
        ("The council denied the shelling.", "denies", "denied"),
        ("The council saw the shelling.", None, None),
        ("The council did not deny the shelling.", None, None),
    ],
)
def test_a_stance_is_proposed_with_its_words(
    sentence: str, stance: str | None, because: str | None
) -> None:
    found = proposed(sentence)
    assert (found.stance, found.because) == (stance and Stance(stance), because)


def test_hedges_are_those_of_the_sentence() -> None:
    text = "Units, reportedly aided by others, perhaps stormed it."
    assert proposed(text, "stormed it.").hedges == ("reportedly", "perhaps")


def test_terms_and_places_are_proposed_where_the_question_asks_for_them() -> None:
    text = "Shelling and fire destroyed it; shelling went on."
    names = {AGENCY: ("shelling",), COUNCIL: ("fire",)}
    found = proposed(text, kind=ValueKind.CATEGORY, named=names)
    assert found.said == ("Shelling", "fire", "shelling")


def test_of_a_language_without_words_nothing_is_guessed() -> None:
    found = proposed("8 human, ham rapòtè.", language="zz")
    assert found.unread == "no words of the language 'zz' are held"
    assert (found.hedges, found.speakers, found.stance) == ((), (), None)
