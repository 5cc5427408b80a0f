"""A topic as linked data: JSON-LD 1.1 that carries its context and needs nothing fetched.

W3C Web Annotation says which words of which document a claim was read from, PROV-O who said it
and what came from what, CiTO which documents and claims cite, agree and disagree, schema.org
what a claim, a question and a work are, SKOS what a category is. What none of them can say
(stances, the two bounds of a vague figure, verdicts and their assumptions, positions, origins)
is said with terms of this project, under ``urn:claims:terms:``.
"""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import files

from claims.analysis.casefile import Casefile
from claims.analysis.outcomes import TopicResult
from claims.exchange.linked_data_findings import findings
from claims.exchange.linked_data_form import Names, node
from claims.exchange.linked_data_records import records

URN = "urn:uuid:"
"""The base under which addresses are the ids themselves, and nothing has to be published."""


def render(
    casefile: Casefile, result: TopicResult, *, generated_at: datetime, base: str = URN
) -> str:
    """The topic as one JSON-LD document, the same text for the same records and time.

    Only what the casefile holds is told: what its reader may not see is not in it. Words beyond
    the quotation limit of their document are left out, and the passage says so.

    Args:
        casefile: the records of the topic.
        result: what was found of them.
        generated_at: when this is made (aware).
        base: what the address of every record begins with, before its id: ``urn:uuid:``, or an
            ``http`` address that ends in ``/`` or ``#``.

    Raises:
        InputRefused: ``base`` cannot begin an address.
    """
    names = Names(base)
    report = node(
        ["Report", "prov:Entity"],
        about=names.iri(casefile.topic.id),
        profile=result.profile,
        generatedAtTime=generated_at.isoformat(),
        questions=names.every(found.question.id for found in result.questions),
    )
    graph = [report, *records(casefile, names), *findings(casefile, result, names)]
    document = {"@context": json.loads(context()), "@graph": graph}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    # Inert also where somebody puts it into a page as it is.
    return text.replace("<", "\\u003c") + "\n"


def context() -> str:
    """The JSON-LD context of :func:`render`, as JSON text."""
    return _shipped("linked_data.context.json")


def shapes() -> str:
    """The SHACL shapes that what :func:`render` gives conforms to, as Turtle."""
    return _shipped("linked_data.shapes.ttl")


def _shipped(name: str) -> str:
    return files("claims.exchange").joinpath(name).read_text(encoding="utf-8")
