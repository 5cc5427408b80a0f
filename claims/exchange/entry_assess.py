"""Assessments that are typed in: one target, one reason, one or more scales."""

from __future__ import annotations

from claims.analysis.records import Assessment
from claims.analysis.vocabulary import Scheme
from claims.exchange.draft import NOBODY, Draft
from claims.exchange.structure import listed
from claims.exchange.yaml_nodes import Node

SCHEMES_OF = {
    "claim": (Scheme.CONFIDENCE, Scheme.CREDIBILITY, Scheme.VERIFICATION, Scheme.LIKELIHOOD),
    "source": (Scheme.RELIABILITY,),
}
"""The scales on which each kind of target is judged."""


def read_assessments(draft: Draft, node: Node, coder: str) -> None:
    """Reads the assessments of one entry: one record for each scale."""
    targets = [name for name in SCHEMES_OF if node.get(name)]
    if len(targets) != 1:
        if not node.lost & SCHEMES_OF.keys():
            found = "both a claim and a source" if targets else "neither a claim nor a source"
            draft.fault(node, found, "claim or source: the one that is judged")
        return
    of = targets[0]
    given = [scheme for scheme in Scheme if node.get(scheme.value)]
    if not given and not node.lost & {scheme.value for scheme in Scheme}:
        scales = listed(scheme.value for scheme in SCHEMES_OF[of])
        draft.fault(node, "no grade", f"a grade of the {of}: {scales}")
    for scheme in given:
        if scheme not in SCHEMES_OF[of]:
            scales = listed(scheme.value for scheme in SCHEMES_OF[of])
            draft.fault(node, f"a {scheme.value} of a {of}", f"one of {scales}", scheme.value)
        draft.add(
            Assessment(
                id=draft.id("assessment", scheme.value),
                key=scheme.value,
                of=of,
                target=draft.must(node, of, of) if of not in node.lost else NOBODY,
                scheme=scheme,
                code=node.text(scheme.value) or "",
                reason=node.text("reason") or "",
                assessed_by=coder,
            ),
            node,
        )
