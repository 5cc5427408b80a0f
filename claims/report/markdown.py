"""The report as GitHub-flavoured Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from claims.report.gist import disputed, left_out
from claims.report.glossary import STATUSES, note_words
from claims.report.inert import inert
from claims.report.model import narrowed
from claims.report.shape import (
    ClaimEntry,
    DocumentEntry,
    Only,
    QuestionEntry,
    Quote,
    Report,
    Section,
    Side,
)
from claims.report.telling import (
    NO_CLAIMS,
    NO_CONFLICTS,
    NO_QUESTIONS,
    claim_lines,
    cross_check_lines,
    document_facts,
    facts,
    group_sentences,
    group_title,
    hedge_words,
    other_pairs,
    profile_words,
    result_words,
    side_remarks,
    told_groups,
    told_notes,
    value_words,
)

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
_LINE_START = re.compile(r"^(\d+)(?=[.)])|^(?=[#+\-=:])")
_LINKED = re.compile(r"(?<=\w):(?=//)|(?<=www)\.|(?<!\w)@|@(?=[\w-]+\.)", re.IGNORECASE)


def render(report: Report, *, only: Only = "all") -> str:
    """The report as Markdown; ``only="conflicts"`` prints the questions in dispute."""
    return "\n\n".join(_blocks(narrowed(report, only))) + "\n"


def escape(text: str) -> str:
    r"""Stored words as Markdown that shows them to the letter: no markup, no HTML, no links.

    Marks of Markdown, its tables and GitHub's extensions (mathematics, mentions, bare addresses)
    are escaped by a backslash, or by an entity where no backslash helps; so are marks that would
    begin a heading or a list at the start of a line.
    """
    plain = _MARKUP.sub(r"\\\g<0>", " ".join(inert(text).split()))
    plain = _LINKED.sub(lambda found: f"&#{ord(found[0])};", plain)
    return _LINE_START.sub(lambda found: f"{found[0]}\\", plain, count=1)


def _blocks(report: Report) -> Iterator[str]:
    yield f"# {escape(report.topic.label)}"
    yield "What the sources say, and where they conflict."
    yield _list(map(escape, facts(report)))
    if not report.summary.questions:
        yield escape(NO_QUESTIONS)
        return
    yield from _summary(report)
    for section in report.sections:
        yield from _section(section, report)
    yield from _cross_checks(report)
    yield from _profile(report)
    yield from _citations(report)
    yield "## What was not checked"
    yield _list(map(escape, report.not_checked)) or "Nothing is recorded yet."


def _summary(report: Report) -> Iterator[str]:
    yield "## Summary"
    yield _table(
        ("Questions", "", ""),
        (
            (f"**{report.summary.statuses[code]:,}**", heading, sentence)
            for code, (heading, sentence) in STATUSES.items()
        ),
    )
    named = [
        f"Question {n}: {escape(words)} — {escape(gist)}" for n, words, gist in disputed(report)
    ]
    others = left_out(report)
    if named:
        yield "In dispute:"
        yield _list(named + [others] * bool(others))


def _section(section: Section, report: Report) -> Iterator[str]:
    yield f"## {section.title}"
    if section.lead:
        yield section.lead + (f" {NO_CONFLICTS}" if report.only == "conflicts" else "")
    for question in section.questions:
        yield from _question(question)
    if section.also:
        yield _list(f"See question {number}: {escape(words)}" for number, words in section.also)


def _question(question: QuestionEntry) -> Iterator[str]:
    yield f"### {question.number}. {escape(question.question.text)}"
    unit = f" · counted in {escape(question.question.unit)}" if question.question.unit else ""
    yield f"**{question.headline}** · {escape(result_words(question))}{unit}"
    if not question.claims:
        yield escape(NO_CLAIMS)
    if len(question.sides) > 1:
        yield _beside(question.sides)
    items = _list(_items(question))
    if items:
        yield items
    for side in question.sides:
        if side.claims or not side.brief:
            yield from _side(side)


def _beside(sides: Sequence[Side]) -> str:
    """The sides in one table: what each says, in whose words, from how many origins."""
    rows = (
        (f"**{escape(side.heading)}**", _said(side), escape(side.counted) or "—") for side in sides
    )
    return _table(("Side", "As said", "Counted"), rows)


def _said(side: Side) -> str:
    claims = (*side.claims, *side.brief)
    found = (escape(f"{claim.tag} {_value(claim)}{_hedged(claim)}") for claim in claims)
    return "; ".join((*found, *map(escape, side_remarks(side))))


def _value(claim: ClaimEntry) -> str:
    said, answer, typical = value_words(claim)
    words = f"{said} {answer}".lstrip()
    return f"{words} ({typical})" if typical else words


def _hedged(claim: ClaimEntry) -> str:
    words = hedge_words(claim)
    return f" ({words})" if words else ""


def _side(side: Side) -> Iterator[str]:
    counted = f" · {escape(side.counted)}" if side.counted else ""
    yield f"#### {escape(side.heading)}{counted}"
    for claim in side.claims:
        yield from _claim(claim)
    for remark in side_remarks(side):
        yield escape(remark)


def _claim(claim: ClaimEntry) -> Iterator[str]:
    yield f"**{claim.tag}** {escape(_value(claim))}"
    for quote in claim.quotes:
        yield _quote(quote, claim.reading.said if claim.reading else "")
    yield _list(escape(line.words) for line in claim_lines(claim))


def _quote(quote: Quote, said: str) -> str:
    lines = [_emphasised(quote.exact, said)]
    lines += map(escape, quote.translations)
    lines.append(f"[{quote.number}] {escape(quote.title)}, {escape(quote.place)}")
    return "\n>\n".join(f"> {line}" for line in lines)


def _emphasised(text: str, said: str) -> str:
    """The quote with the words that give the value in bold, where these make whole words."""
    before, found, after = text.partition(said) if said else (text, "", "")
    touching = before[-1:].isalnum() or after[:1].isalnum()
    if not found or touching or said != said.strip():
        return f"“{_inside(text)}”"
    return f"“{_inside(before)}**{_inside(found)}**{_inside(after)}”"


def _inside(text: str) -> str:
    """Escaped, with the blanks at its ends kept: it stands within a line."""
    blank = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
    return f"{blank[0]}{escape(text)}{blank[1]}" if text.strip() else blank[0]


def _items(question: QuestionEntry) -> Iterator[str]:
    for group in told_groups(question):
        heading = f"**{escape(group_title(group))}**"
        yield f"{heading}. {' '.join(map(escape, group_sentences(group)))}"
    others = other_pairs(question)
    if others:
        yield f"Other pairs: {escape(others)}."
    for note in told_notes(question):
        yield f"*Note, {escape(note_words(note.code))}:* {escape(note.explanation)}"
    for remark in question.remarks:
        yield escape(remark)


def _cross_checks(report: Report) -> Iterator[str]:
    if not report.cross_checks:
        return
    yield "## Inconsistencies to examine"
    for check in report.cross_checks:
        yield f"**{escape(check.text)}**"
        yield _list(map(escape, cross_check_lines(check)))


def _profile(report: Report) -> Iterator[str]:
    yield "## How vague words were read"
    yield escape(profile_words(report))
    if report.rows:
        yield _table(
            ("Words", "They allow", "Typically read as", "Origin of the convention"),
            (map(escape, (row.phrase, row.hard, row.soft, row.origin)) for row in report.rows),
        )


def _citations(report: Report) -> Iterator[str]:
    if report.documents:
        yield "## Citations"
    for document in report.documents:
        yield from _document(document)


def _document(document: DocumentEntry) -> Iterator[str]:
    yield f"**{escape(document.title)}**"
    yield escape("; ".join(document_facts(document)))
    yield "\n".join(
        f"- [{passage.number}] {escape(passage.place)} — for {', '.join(passage.claims)}"
        for passage in document.passages
    )


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
