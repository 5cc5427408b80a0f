"""The report as JSON data, and the JSON Schema that it follows.

The schema is ``report.schema.json``, JSON Schema draft 2020-12; every field is described there.
Stored words are given to the letter. Numbers are JSON numbers, days are ISO 8601 dates.
"""

from __future__ import annotations

import json
import re
from datetime import UTC
from importlib.resources import files
from typing import Any

from claims.analysis.outcomes import Changed, Dispute, Verdict
from claims.analysis.vocabulary import ValueKind
from claims.report.glossary import reason_words
from claims.report.json_parts import (
    Plain,
    citation,
    cross_check,
    ends,
    inquiry,
    plain_claim,
    points,
)
from claims.report.model import narrowed
from claims.report.shape import Only, PositionEntry, QuestionEntry, Report
from claims.values.profiles import ProfileRow

FORMAT = "claims-report@1"
"""The version of this format; it changes when a field changes its meaning or goes."""

_STEERING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def render(report: Report, *, only: Only = "all") -> str:
    """:func:`as_json` as text; characters that could steer a terminal are written as escapes."""
    text = json.dumps(as_json(report, only=only), ensure_ascii=False, indent=2)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def as_json(report: Report, *, only: Only = "all") -> dict[str, Any]:
    """The report as JSON data; ``only="conflicts"`` keeps the questions in dispute."""
    shown = narrowed(report, only)
    return {
        "format": FORMAT,
        "topic": _topic(shown),
        "profile": shown.profile,
        "profile_rows": [_row(row) for row in shown.rows],
        "head": {"seq": shown.head_seq, "hash": shown.head_hash},
        "as_of": shown.as_of,
        "generated_at": shown.generated_at.astimezone(UTC).isoformat(),
        "only": shown.only,
        "summary": _summary(shown),
        "questions": [_question(question) for question in shown.questions],
        "cross_checks": [cross_check(check) for check in shown.cross_checks],
        "inquiries": [inquiry(one) for one in shown.inquiries],
        "citations": [citation(document) for document in shown.documents],
        "not_checked": list(shown.not_checked),
    }


def report_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of :func:`as_json`."""
    text = files("claims.report").joinpath("report.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _topic(report: Report) -> Plain:
    topic = report.topic
    return {"id": str(topic.id), "key": topic.key, "label": topic.label, "dates": topic.dates}


def _row(row: ProfileRow) -> Plain:
    return {
        "id": row.id,
        "phrase": row.phrase,
        "hard": row.hard,
        "soft": row.soft,
        "origin": row.origin,
    }


def _summary(report: Report) -> Plain:
    found = report.summary
    return {
        "questions": found.questions,
        "claims": found.claims,
        "documents": found.documents,
        "unassessed": found.unassessed,
        "accepted": found.accepted,
        "statuses": dict(found.statuses),
    }


def _question(entry: QuestionEntry) -> Plain:
    question, kind = entry.question, entry.kind
    return {
        "id": str(question.id),
        "key": question.key,
        "number": entry.number,
        "text": question.text,
        "value_kind": str(kind),
        "aspect": str(question.aspect) if question.aspect else None,
        "unit": question.unit,
        "subset_of": str(question.subset_of) if question.subset_of else None,
        "exclusive": question.exclusive,
        "running_total": question.running_total,
        **_results(entry),
        "claims": [plain_claim(claim, kind) for claim in entry.claims],
        "positions": [_position(position, kind) for position in entry.positions],
        "positions_omitted": entry.positions_omitted,
        "relations": [_relation(verdict, kind) for verdict in entry.relations],
        "relations_omitted": entry.relations_omitted,
        "changes": [_change(change) for change in entry.changes],
    }


def _results(entry: QuestionEntry) -> Plain:
    return {
        "status": entry.status,
        "dispute": str(entry.dispute),
        "support": str(entry.support),
        "supported_by": entry.supported_by,
        "origins": entry.origins,
        "origins_if_dependent": entry.origins_if_dependent,
        "exact": entry.exact,
        "reasons": list(entry.reasons),
        "notes": [
            {"code": note.code, "count": note.count, "explanation": note.explanation}
            for note in entry.notes
        ],
    }


def _position(position: PositionEntry, kind: ValueKind) -> Plain:
    return {
        "label": position.label,
        "claims": [str(claim) for claim in position.claims],
        "size": position.size,
        "origins": position.origins,
        "origins_if_dependent": position.origins_if_dependent,
        "common": ends(position.common, kind),
        "common_open": list(position.common.hull.open_ends) if position.common else [],
        "common_set": points(position.common, kind),
        "answer": position.answer,
        "opposed": position.opposed,
    }


def _relation(verdict: Verdict, kind: ValueKind) -> Plain:
    return {
        "a": str(verdict.a),
        "b": str(verdict.b),
        "relation": str(verdict.relation),
        "reason": verdict.reason,
        "reason_words": reason_words(verdict.reason),
        "explanation": verdict.explanation,
        "assumption": verdict.assumption,
        "otherwise": str(verdict.otherwise) if verdict.otherwise else None,
        "independence": str(verdict.independence),
        "common_hard": ends(verdict.common_hard, kind),
        "common_soft": ends(verdict.common_soft, kind),
        "computed": str(verdict.computed) if verdict.computed else None,
    }


def _change(change: Changed) -> Plain:
    status = change.support if change.dispute is Dispute.NONE else change.dispute
    return {
        "profile": change.profile,
        "status": str(status),
        "dispute": str(change.dispute),
        "support": str(change.support),
    }
