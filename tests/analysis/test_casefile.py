"""The casefile as a whole."""

from __future__ import annotations

from tests.analysis.world import World


def test_a_casefile_gives_every_record_that_it_holds() -> None:
    world = World()
    world.ask("q")
    world.say("a", "q", "8", document="A", speakers=["M"])
    casefile = world.casefile()
    given = list(casefile.records)
    assert given[0] == casefile.topic
    held = {
        *casefile.sources,
        *casefile.documents,
        *(one.id for one in (*casefile.questions, *casefile.claims)),
    }
    assert held <= {record.id for record in given}
    assert len(given) == len({record.id for record in given})
