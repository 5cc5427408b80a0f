"""The lines that tell in short what is in dispute."""

from __future__ import annotations

from dataclasses import replace

from claims.analysis.outcomes import Dispute, Relation, Verdict
from claims.report import text
from claims.report.gist import NAMED, disputed
from claims.report.shape import Report
from claims.values.quantity import Quantity, parse_quantity
from tests.report.flood import flood
from tests.report.made import DOZENS, RELIEF, SEVERAL, Bench


def softly(other: Quantity) -> Report:
    """A report in which "several" stands against another number, as both are typically read."""
    bench = Bench()
    asked = bench.ask("one", "How many?")
    one = bench.claim(asked, "few", SEVERAL, speakers=(RELIEF,), hedges=("reportedly",))
    two = bench.claim(asked, "more", other)
    verdict = Verdict(
        a=one.claim.id,
        b=two.claim.id,
        relation=Relation.CONFLICT_SOFT,
        reason="typical_range_disjoint",
        explanation="explained",
    )
    bench.result(asked, (one, two), dispute=Dispute.CONFLICT_SOFT, relations=(verdict,))
    return bench.report()


def test_what_conflicts_as_typically_read_is_told_as_typically_read() -> None:
    ((number, words, gist),) = disputed(softly(DOZENS))
    assert (number, words) == (1, "How many?")
    assert gist == (
        "Soft conflict: 1a “several”, by convention 3 to 9 (hedged: “reportedly”) (Relief group) "
        "v. 1b “dozens”, by convention 24 to 99 (The gazette): "
        "the words overlap, their typical readings do not."
    )


def test_a_sharp_figure_has_no_convention() -> None:
    ((_, _, gist),) = disputed(softly(parse_quantity("40")))
    assert "v. 1b “40” = exactly 40 (The gazette)" in gist


def test_without_a_pair_only_the_result_is_told() -> None:
    found = softly(DOZENS)
    (question,) = found.questions
    bare = replace(question, groups=())
    conflicts = replace(found.sections[0], questions=(bare,))
    ((_, _, gist),) = disputed(replace(found, sections=(conflicts,)))
    assert gist == "Soft conflict"


def test_a_long_list_is_counted() -> None:
    found = flood()
    conflicts = found.sections[0]
    many = conflicts.questions * 5
    long = replace(found, questions=many, sections=(replace(conflicts, questions=many),))
    assert len(tuple(disputed(long))) == NAMED
    assert "5 further questions in dispute: see below" in text.render(long)
