"""The report as one self-contained page: no outside file, no request, nothing that runs but ours.

The page carries its style and its script, and a content security policy that allows these two by
their hashes and nothing else. It reads whole without the script; that only sorts, filters and
opens the words of a figure beside the matrix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from markupsafe import Markup

from claims.analysis.wording import number, plural
from claims.report.gist import disputed, left_out
from claims.report.glossary import STATUSES, note_words
from claims.report.inquiries import LEAD, TITLE
from claims.report.model import narrowed
from claims.report.page_change import Changes, Move, Without, changes, told_again
from claims.report.page_later import SEAM, built_late, packed
from claims.report.page_matrix import LEGEND, matrix
from claims.report.page_pictures import Pictures, pictures
from claims.report.page_texts import Shown, shown_text
from claims.report.page_words import (
    SYMBOLS,
    TONES,
    address,
    broken,
    capital,
    emphasised,
    language,
    told,
)
from claims.report.shape import Only, QuestionEntry, Report
from claims.report.telling import (
    NO_CLAIMS,
    NO_CONFLICTS,
    NO_QUESTIONS,
    brief_words,
    claim_lines,
    cross_check_lines,
    document_facts,
    facts,
    group_sentences,
    group_title,
    other_pairs,
    profile_words,
    result_words,
    side_remarks,
    told_groups,
    told_notes,
    topic_inquiries,
    value_words,
)
from claims.report.templates import allowed, environment, page_file

if TYPE_CHECKING:
    from jinja2 import Environment


class Item(NamedTuple):
    """Something told under a question: what it is, and the words."""

    title: str
    words: str


def render(
    report: Report,
    *,
    texts: Mapping[UUID, str] | None = None,
    without: Without | None = None,
    only: Only = "all",
) -> str:
    """The report as one HTML file.

    Args:
        report: what is told.
        texts: the extracted text of each document, by its id, as far as the reader may see them;
            passages of the others are shown by themselves.
        without: by question, the sources without which its result would be another; ``None``
            where that was not computed.
        only: ``"conflicts"`` prints the questions in dispute alone.

    Returns:
        The page. Encode it as UTF-8.
    """
    told_of = narrowed(report, only)
    page = _environment().get_template("page.html")
    made = page.render(**_told(told_of, texts or {}, without))
    return made.replace(SEAM, "").replace("\r\n", "\n") + "\n"


def _told(report: Report, texts: Mapping[UUID, str], without: Without | None) -> dict[str, object]:
    drawn = pictures(report)
    css, script = page_file("page.css"), page_file("page.js")
    moved = changes(report, without)
    shown = {d.document.id: shown_text(d, texts.get(d.document.id)) for d in report.documents}
    late = built_late(report)
    return {
        "report": report,
        "facts": list(facts(report)),
        "contents": list(_contents(report, drawn)),
        "disputed": list(disputed(report)),
        "left_out": left_out(report),
        "matrix": matrix(report),
        "plots": drawn.plots,
        "late": late,
        "packed": packed(dict(_bodies(report, drawn, moved, shown))) if late else "",
        "timeline": drawn.timeline,
        "graph": drawn.graph,
        "changes": moved,
        "texts": shown,
        "tags": _tags(report),
        "known": {question.number for question in report.questions},
        "css": Markup(css),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "policy": policy(css, script),
        "no_questions": NO_QUESTIONS,
        "no_conflicts": NO_CONFLICTS,
    }


def _bodies(
    report: Report, drawn: Pictures, found: Changes, shown: Mapping[UUID, Shown]
) -> Iterator[tuple[str, str]]:
    """What stands under each question and each document, by its id on the page."""
    part: Any = _environment().get_template("parts.html").module
    for question in report.questions:
        number = question.number
        yield f"q{number}", part.body(question, drawn.plots.get(number), found.moves[number])
    tags = _tags(report)
    for place, document in enumerate(report.documents, start=1):
        yield f"d{place}", part.text(document, shown[document.document.id], tags)


def _contents(report: Report, drawn: Pictures) -> Iterator[tuple[str, str]]:
    if not report.summary.questions:
        return
    yield from (("summary", "Summary"), ("matrix", "Who says what"))
    if drawn.timeline:
        yield "timeline", "When"
    yield from ((f"s-{section.code}", section.title) for section in report.sections)
    if drawn.graph:
        yield "citing", "Who cites whom"
    yield "change", "What would change the verdict"
    if report.cross_checks:
        yield "examine", "Inconsistencies to examine"
    if topic_inquiries(report):
        yield "looked-for", TITLE
    yield from (("profile", "How vague words were read"), ("citations", "Citations"))
    yield "unchecked", "What was not checked"


def _tags(report: Report) -> set[str]:
    """The claims that are printed in full somewhere, under their own question."""
    return {
        claim.tag
        for question in report.questions
        for side in question.sides
        for claim in side.claims
        if claim.question == question.question.id
    }


def _items(question: QuestionEntry) -> Iterator[Item]:
    for group in told_groups(question):
        yield Item(f"{group_title(group)}.", " ".join(group_sentences(group)))
    others = other_pairs(question)
    if others:
        yield Item("", f"Other pairs: {others}.")
    for note in told_notes(question):
        yield Item(f"{capital(note_words(note.code))}.", note.explanation)
    yield from (Item("", remark) for remark in told_again(question))


def _absent(report: Report) -> list[str]:
    """The headlines that no question has."""
    held = report.summary.statuses
    return [words.lower() for code, (words, _) in STATUSES.items() if not held[code]]


def _moved(report: Report, moves: Mapping[int, tuple[Move, ...]]) -> list[QuestionEntry]:
    """The questions that something would give another result, the worst results first."""
    ranks = list(STATUSES)
    found = [question for question in report.questions if moves[question.number]]
    return sorted(found, key=lambda question: ranks.index(question.status))


def policy(css: str, script: str) -> str:
    """The content security policy: this style, this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src {allowed(css)}; script-src {allowed(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _environment() -> Environment:
    made = environment()
    made.filters |= {
        "absent": _absent,
        "address": address,
        "brief_words": brief_words,
        "broken": broken,
        "capital": capital,
        "claim_lines": claim_lines,
        "cross_check_lines": cross_check_lines,
        "document_facts": document_facts,
        "emphasised": emphasised,
        "items": lambda question: list(_items(question)),
        "language": language,
        "moved": _moved,
        "number": number,
        "plural": plural,
        "profile_words": profile_words,
        "result_words": result_words,
        "side_remarks": side_remarks,
        "topic_inquiries": topic_inquiries,
        "told": told,
        "value_words": value_words,
    }
    made.globals |= _KNOWN
    return made


_KNOWN: Mapping[str, object] = {
    "legend": LEGEND,
    "looked_for": (TITLE, LEAD),
    "no_claims": NO_CLAIMS,
    "seam": Markup(SEAM),  # noqa: S704 - our own
    "statuses": STATUSES,
    "symbols": SYMBOLS,
    "tones": TONES,
}
"""What every template may name."""
