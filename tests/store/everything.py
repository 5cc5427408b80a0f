"""A small world with a record of every kind."""

from __future__ import annotations

from claims.analysis.records import (
    ENTITIES,
    Assessment,
    Contributor,
    CrossCheck,
    Inquiry,
    Merge,
    Opposition,
    Party,
    Project,
    Record,
    RelationOverride,
    Review,
    Source,
    SourceRelation,
    Term,
    TermRelation,
    Waiver,
)
from claims.analysis.vocabulary import Decision, Dependence, Scheme, TermLink
from tests.store.worlds import an_id, flood


def everything() -> list[Record]:
    """Records of all kinds, which refer to each other."""
    paper, ministry = an_id("paper"), an_id("ministry")
    one, other = an_id("claim 0"), an_id("claim 1")
    made: list[Record] = [
        *flood(),
        Project(id=an_id("project"), title="The flood"),
        Contributor(id=an_id("coder"), name="coder"),
        Term(id=an_id("dogs"), label="dogs", broader=an_id("people")),
        TermRelation(
            id=an_id("tr"), a=an_id("dogs"), b=an_id("people"), link=TermLink.EXCLUSIVE, reason="r"
        ),
        Party(id=an_id("north"), name="The north"),
        Party(id=an_id("south"), name="The south"),
        Opposition(id=an_id("op"), a=an_id("north"), b=an_id("south"), topic=an_id("flood")),
        SourceRelation(
            id=an_id("sr"), between="source", a=paper, b=ministry, kind=Dependence.QUOTES, basis="b"
        ),
        Assessment(
            id=an_id("as"),
            of="source",
            target=paper,
            scheme=Scheme.RELIABILITY,
            code="C",
            reason="r",
            assessed_by="coder",
        ),
        Review(
            id=an_id("re"),
            claim=one,
            decision=Decision.ACCEPTED,
            claim_hash="0" * 64,
            reason="r",
            reviewed_by="reviewer",
        ),
        CrossCheck(
            id=an_id("cc"),
            topic=an_id("flood"),
            text="c",
            questions=(an_id("killed"),),
            claims=(one, other),
            reason="r",
        ),
        Inquiry(
            id=an_id("in"),
            topic=an_id("flood"),
            question=an_id("killed"),
            looked_for="a list of the dead",
            looked_in="the town archive",
            looked_by="coder",
            looked_on="2021-08",
            words=("dead", "list"),
            source=paper,
            document=an_id("article"),
            claims=(other,),
        ),
        RelationOverride(id=an_id("ro"), a=one, b=other, independent=True, reason="r"),
        Waiver(id=an_id("wa"), check="A05", target=paper, reason="r", granted_by="g", until="2027"),
        Source(id=an_id("twin"), name="the newspaper"),
        Merge(id=an_id("me"), of="source", kept=paper, merged=an_id("twin"), reason="r"),
    ]
    missing = {kind.entity for kind in ENTITIES} - {record.entity for record in made}
    assert not missing, f"give everything() a record of {missing}"
    return made
