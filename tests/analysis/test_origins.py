"""Independence: what counts as one origin, and what may be one (domain.md §5)."""

from __future__ import annotations

import pytest

from claims.analysis.outcomes import Independence
from claims.analysis.vocabulary import Dependence, Stance
from tests.analysis.world import World, name


def origins(world: World, question: str = "q") -> tuple[int, int]:
    """How many origins, and how many if every possible dependency is real."""
    result = world.result(question)
    return result.origins, result.origins_if_dependent


@pytest.fixture
def world() -> World:
    """One question."""
    made = World()
    made.ask("q", unit="people")
    return made


def test_two_documents_are_two_origins(world: World) -> None:
    """Two newspapers that speak for themselves."""
    world.say("a", "q", "8", document="A")
    world.say("b", "q", "8", document="B")
    assert origins(world) == (2, 2)
    assert world.result("q").status == "AGREED_INDEPENDENT"
    assert world.result("q").supported_by == 2


def test_the_last_identified_speaker_is_the_origin(world: World) -> None:
    """Two newspapers that quote one ministry are one origin."""
    world.say("a", "q", "8", document="A", speakers=["ministry"])
    world.say("b", "q", "8", document="B", speakers=["agency", "ministry"])
    assert origins(world) == (1, 1)
    assert world.result("q").status == "REPEATED"
    assert world.verdict("a", "b").independence is Independence.SAME_ORIGIN


def test_a_document_says_it_twice(world: World) -> None:
    """Infobox and lead are one origin."""
    world.say("a", "q", "8")
    world.say("b", "q", "8")
    assert origins(world) == (1, 1)


def test_voices_of_one_document_are_possibly_dependent(world: World) -> None:
    """An article and those it cites are never called independent."""
    world.say("a", "q", "8", document="A")
    world.say("b", "q", "8", document="A", speakers=["memorial"])
    world.say("c", "q", "8", document="A", speakers=["chronicle"])
    assert origins(world) == (3, 1)
    assert world.result("q").status == "REPEATED"
    assert world.verdict("b", "c").independence is Independence.POSSIBLY_DEPENDENT
    assert "POSSIBLY_DEPENDENT" in world.codes("q")


def test_a_voice_and_whom_it_has_read(world: World) -> None:
    """A newspaper that cites Memorial does not confirm what Memorial says in its own report."""
    world.ask("other")
    world.say("a", "q", "8", document="paper")
    world.say("b", "other", "3", document="paper", speakers=["memorial"])
    world.say("c", "q", "8", document="report", speakers=["memorial"])
    assert origins(world) == (2, 1)


def test_someone_who_quotes_both_does_not_make_two_origins_one(world: World) -> None:
    """Two hospitals, each in a paper of its own, and a third paper that quotes both."""
    world.say("a", "q", "8", document="A", speakers=["hospital X"])
    world.say("b", "q", "8", document="B", speakers=["hospital Y"])
    assert origins(world) == (2, 2)
    world.say("c", "q", "8", document="C", speakers=["hospital X"])
    world.say("d", "q", "8", document="C", speakers=["hospital Y"])
    assert origins(world) == (2, 2)


def test_a_source_that_draws_on_two(world: World) -> None:
    """What was made of two sources adds nothing to the two, and does not join them."""
    world.say("x", "q", "8", document="X")
    world.say("y", "q", "8", document="Y")
    world.say("both", "q", "8", document="both")
    world.relate(Dependence.DERIVES_FROM, "both", "X")
    world.relate(Dependence.QUOTES, "both", "Y")
    assert origins(world) == (2, 2)


@pytest.mark.parametrize(
    "kind", [kind for kind in Dependence if kind.joins], ids=lambda kind: kind.value
)
@pytest.mark.parametrize("documents", [False, True])
def test_recorded_dependence_makes_one_origin(
    world: World, kind: Dependence, documents: bool
) -> None:
    """Whatever the kind, whether of the sources or of the documents."""
    world.say("a", "q", "8", document="A")
    world.say("b", "q", "8", document="B")
    world.relate(kind, "B", "A", documents=documents)
    assert origins(world) == (1, 1)


@pytest.mark.parametrize("documents", [False, True])
@pytest.mark.parametrize("kind", [Dependence.POSSIBLE_DEPENDENCY, Dependence.FUNDED_BY])
def test_possible_dependence_keeps_both_counts(
    world: World, kind: Dependence, documents: bool
) -> None:
    """Two, possibly one; and therefore not agreed."""
    world.say("a", "q", "8", document="A")
    world.say("b", "q", "8", document="B")
    world.relate(kind, "A", "B", documents=documents)
    assert origins(world) == (2, 1)
    assert world.result("q").status == "REPEATED"


def test_dependence_on_another_topic_does_not_count(world: World) -> None:
    """A relation may be recorded for one topic alone."""
    world.say("a", "q", "8", document="A")
    world.say("b", "q", "8", document="B")
    world.relate(Dependence.SAME_AUTHOR, "A", "B", topic=name("topic", "another"))
    assert origins(world) == (2, 2)


def test_a_copy_says_what_its_original_cites(world: World) -> None:
    """An agency quotes the ministry; the copy gives the figure as its own."""
    world.say("wire", "q", "8", document="wire", speakers=["ministry"])
    world.say("copy", "q", "8", document="copy")
    world.relate(Dependence.WIRE_COPY, "copy", "wire", documents=True)
    assert origins(world) == (1, 1)


def test_a_copy_of_a_silent_original(world: World) -> None:
    """Where the original says nothing on the question, its voice is the origin all the same."""
    world.document("wire", voice="agency")
    world.say("copy", "q", "8", document="copy")
    world.say("agency", "q", "8", document="bulletin", speakers=["agency"])
    world.relate(Dependence.WIRE_COPY, "copy", "wire", documents=True)
    assert origins(world) == (1, 1)


def test_copies_of_copies_and_copies_in_a_circle(world: World) -> None:
    """However the copying ran, it is one origin."""
    for key in "ABC":
        world.say(key, "q", "8", document=key)
    world.relate(Dependence.WIRE_COPY, "A", "B", documents=True)
    world.relate(Dependence.WIRE_COPY, "B", "C", documents=True)
    assert origins(world) == (1, 1)
    world.relate(Dependence.WIRE_COPY, "C", "A", documents=True)
    assert origins(world) == (1, 1)


def test_sources_that_take_from_each_other(world: World) -> None:
    """A circle of derivation is one origin, also for who takes from the circle."""
    for key in "ABC":
        world.say(key, "q", "8", document=key)
    world.relate(Dependence.DERIVES_FROM, "A", "B")
    world.relate(Dependence.DERIVES_FROM, "B", "A")
    world.relate(Dependence.DERIVES_FROM, "C", "A")
    assert origins(world) == (1, 1)


def test_circular_attribution(world: World) -> None:
    """A cites B, and B cites A: one origin, and a finding."""
    world.say("a", "q", "8", document="A", speakers=["B"])
    world.say("b", "q", "8", document="B", speakers=["A"])
    assert origins(world) == (1, 1)
    assert "CIRCULAR_ATTRIBUTION" in world.codes("q")


def test_one_party_is_one_origin(world: World) -> None:
    """The ministry and the army of one side do not confirm each other."""
    world.source("ministry", party="government")
    world.source("army", party="government")
    world.say("a", "q", "8", document="A", speakers=["ministry"])
    world.say("b", "q", "8", document="B", speakers=["army"])
    assert origins(world) == (1, 1)


def test_unnamed_origins_count_within_their_document(world: World) -> None:
    """Eyewitnesses of one article are one cluster with its own voice, and never a second."""
    world.source("eyewitnesses", named=False)
    world.say("a", "q", "8", document="A")
    world.say("b", "q", "8", document="A", speakers=["eyewitnesses"])
    assert origins(world) == (1, 1)
    world.say("c", "q", "8", document="B", speakers=["eyewitnesses"])
    assert origins(world) == (1, 1)
    assert world.result("q").status == "REPEATED"
    assert "UNNAMED_ORIGIN" in world.codes("q")


def test_a_document_whose_own_voice_has_no_name(world: World) -> None:
    """Two anonymous leaflets may be of one hand: they count as one."""
    world.source("anonymous", named=False)
    world.document("leaflet 1", voice="anonymous")
    world.document("leaflet 2", voice="anonymous")
    world.say("a", "q", "8", document="leaflet 1")
    world.say("b", "q", "8", document="leaflet 2")
    assert origins(world) == (1, 1)


def test_denials_and_failures_to_confirm_are_no_origins(world: World) -> None:
    """Origins count only what asserts or reports."""
    world.say("a", "q", "8", document="A")
    world.say("b", "q", "8", document="B", stance=Stance.DENIES)
    world.say("c", "q", None, document="C", stance=Stance.COULD_NOT_CONFIRM)
    assert origins(world) == (1, 1)


def test_what_a_person_decided_about_independence(world: World) -> None:
    """Either way, with a reason."""
    world.say("a", "q", "8", document="A")
    world.say("b", "q", "8", document="B")
    world.override("a", "b", independent=False)
    assert origins(world) == (1, 1)
    world.overrides.clear()
    world.say("b", "q", "8", document="B", speakers=["A"])
    assert origins(world) == (1, 1)
    world.override("a", "b", independent=True)
    assert origins(world) == (2, 2)


def test_clusters_are_numbered(world: World) -> None:
    """Claims of one origin have the same number, whoever comes first."""
    world.say("a", "q", "8", document="A", speakers=["M"])
    world.say("b", "q", "9", document="B", speakers=["M"])
    world.say("c", "q", "9", document="C")
    numbers = {read.claim.key: read.cluster for read in world.result("q").claims}
    assert numbers["a"] == numbers["b"] != numbers["c"]
