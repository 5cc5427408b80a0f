"""The report as headings, paragraphs, lists, tables and quotations: walked once, written by many.

Markdown, the documents to hand in and wikitext print the same words in the same order, since all
of them are written from these blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.report.gist import disputed, left_out
from claims.report.glossary import STATUSES, note_words
from claims.report.inquiries import LEAD, TITLE
from claims.report.shape import (
    ClaimEntry,
    DocumentEntry,
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
    topic_inquiries,
    value_words,
)

NOT_CHECKED = "What was not checked"
"""The heading of the last part of every report."""


class Dress(StrEnum):
    """How words stand out."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one line, as stored: whoever writes them makes them harmless in their format."""

    text: str
    dress: Dress = Dress.PLAIN


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a citation, in square brackets."""

    number: int


Line = tuple[Words | Mark, ...]
"""What stands on one line, or runs on as one paragraph."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the title) to 4; ``number`` is that of a question."""

    level: int
    line: Line
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Items:
    """A list, in the order given but without numbers; never empty."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a source, their translations, and where they stand.

    ``number`` is that of the citation, ``place`` the document's title and the place in it.
    """

    line: Line
    translations: tuple[str, ...]
    number: int
    place: str


Block = Heading | Paragraph | Items | Table | Quotation


def outline(report: Report) -> Iterator[Block]:
    """The blocks of a report, from its title to what was not checked."""
    yield Heading(1, plain(report.topic.label))
    yield Paragraph(plain("What the sources say, and where they conflict."))
    yield from _items(facts(report))
    if not report.summary.questions:
        yield Paragraph(plain(NO_QUESTIONS))
        return
    yield from _summary(report)
    for section in report.sections:
        yield from _section(section, report)
    yield from _beside_questions(report)
    yield from _profile(report)
    yield from _citations(report)
    yield Heading(2, plain(NOT_CHECKED))
    yield from _items(report.not_checked or ("Nothing is recorded yet.",))


def plain(text: str) -> Line:
    """A line of plain words."""
    return (Words(text),)


def strong(text: str, after: str = "") -> Line:
    """A line that begins with words that stand out."""
    line = (Words(text, Dress.STRONG),)
    return (*line, Words(after)) if after else line


def _items(texts: Iterable[str]) -> Iterator[Items]:
    lines = tuple(map(plain, texts))
    if lines:
        yield Items(lines)


def _summary(report: Report) -> Iterator[Block]:
    yield Heading(2, plain("Summary"))
    yield Table(
        ("Questions", "", ""),
        tuple(
            (strong(f"{report.summary.statuses[code]:,}"), plain(heading), plain(sentence))
            for code, (heading, sentence) in STATUSES.items()
        ),
    )
    named = [f"Question {number}: {words} — {gist}" for number, words, gist in disputed(report)]
    others = left_out(report)
    if named:
        yield Paragraph(plain("In dispute:"))
        yield from _items(named + [others] * bool(others))


def _section(section: Section, report: Report) -> Iterator[Block]:
    yield Heading(2, plain(section.title))
    if section.lead:
        more = f" {NO_CONFLICTS}" if report.only == "conflicts" else ""
        yield Paragraph(plain(section.lead + more))
    for question in section.questions:
        yield from _question(question)
    yield from _items(f"See question {number}: {words}" for number, words in section.also)


def _question(question: QuestionEntry) -> Iterator[Block]:
    asked = question.question
    yield Heading(3, plain(asked.text), question.number)
    unit = f" · counted in {asked.unit}" if asked.unit else ""
    yield Paragraph(strong(question.headline, f" · {result_words(question)}{unit}"))
    if not question.claims:
        yield Paragraph(plain(NO_CLAIMS))
    if len(question.sides) > 1:
        yield _beside(question.sides)
    told = tuple(_told(question))
    if told:
        yield Items(told)
    for side in question.sides:
        if side.claims or not side.brief:
            yield from _side(side)


def _beside(sides: Sequence[Side]) -> Table:
    """The sides in one table: what each says, in whose words, from how many origins."""
    rows = (
        (strong(side.heading), plain(_said(side)), plain(side.counted or "—")) for side in sides
    )
    return Table(("Side", "As said", "Counted"), tuple(rows))


def _said(side: Side) -> str:
    found = (f"{c.tag} {_value(c)}{_hedged(c)}" for c in (*side.claims, *side.brief))
    return "; ".join((*found, *side_remarks(side)))


def _value(claim: ClaimEntry) -> str:
    said, answer, typical = value_words(claim)
    words = f"{said} {answer}".lstrip()
    return f"{words} ({typical})" if typical else words


def _hedged(claim: ClaimEntry) -> str:
    words = hedge_words(claim)
    return f" ({words})" if words else ""


def _told(question: QuestionEntry) -> Iterator[Line]:
    for group in told_groups(question):
        yield strong(group_title(group), f". {' '.join(group_sentences(group))}")
    if others := other_pairs(question):
        yield plain(f"Other pairs: {others}.")
    for note in told_notes(question):
        named = Words(f"Note, {note_words(note.code)}:", Dress.EMPHASIS)
        yield named, Words(f" {note.explanation}")
    yield from map(plain, question.remarks)


def _side(side: Side) -> Iterator[Block]:
    counted = f" · {side.counted}" if side.counted else ""
    yield Heading(4, plain(side.heading + counted))
    for claim in side.claims:
        yield Paragraph(strong(claim.tag, f" {_value(claim)}"))
        for quote in claim.quotes:
            yield _quotation(quote, claim.reading.said if claim.reading else "")
        yield from _items(line.words for line in claim_lines(claim))
    for remark in side_remarks(side):
        yield Paragraph(plain(remark))


def _quotation(quote: Quote, said: str) -> Quotation:
    place = f"{quote.title}, {quote.place}"
    return Quotation(_emphasised(quote.exact, said), quote.translations, quote.number, place)


def _emphasised(text: str, said: str) -> Line:
    """The quote with the words that give the value in bold, where these make whole words."""
    before, found, after = text.partition(said) if said else (text, "", "")
    touching = before[-1:].isalnum() or after[:1].isalnum()
    if not found or touching or said != said.strip():
        return plain(f"“{text}”")
    return Words(f"“{before}"), Words(found, Dress.STRONG), Words(f"{after}”")


def _beside_questions(report: Report) -> Iterator[Block]:
    if report.cross_checks:
        yield Heading(2, plain("Inconsistencies to examine"))
    for check in report.cross_checks:
        yield Paragraph(strong(check.text))
        yield from _items(cross_check_lines(check))
    if told := topic_inquiries(report):
        yield Heading(2, plain(TITLE))
        yield from _items((LEAD, *told))


def _profile(report: Report) -> Iterator[Block]:
    yield Heading(2, plain("How vague words were read"))
    yield Paragraph(plain(profile_words(report)))
    rows = tuple(
        tuple(map(plain, (row.phrase, row.hard, row.soft, row.origin))) for row in report.rows
    )
    if rows:
        head = ("Words", "They allow", "Typically read as", "Origin of the convention")
        yield Table(head, rows)


def _citations(report: Report) -> Iterator[Block]:
    if report.documents:
        yield Heading(2, plain("Citations"))
    for document in report.documents:
        yield from _document(document)


def _document(document: DocumentEntry) -> Iterator[Block]:
    yield Paragraph(strong(document.title))
    yield Paragraph(plain("; ".join(document_facts(document))))
    yield Items(
        tuple(
            (Mark(passage.number), Words(f" {passage.place} — for {', '.join(passage.claims)}"))
            for passage in document.passages
        )
    )
