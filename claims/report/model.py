"""From records and results to a report: everything that is printed, computed once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.outcomes import Dispute, QuestionResult, ReadClaim, TopicResult
from claims.analysis.records import CrossCheck
from claims.analysis.vocabulary import ValueKind
from claims.analysis.wording import plural
from claims.report.citations import documents, numbered
from claims.report.dependences import dependences
from claims.report.entries import Ledger, entry
from claims.report.glossary import STATUSES
from claims.report.inquiries import InquiryEntry, inquiry_entries, inquiry_words
from claims.report.pairs import groups
from claims.report.sections import SEPARATE, sections, summary
from claims.report.shape import ClaimEntry, CrossCheckEntry, Only, QuestionEntry, Report
from claims.report.sides import linked_sides, position_entries, reading_order, sides
from claims.report.unchecked import not_checked
from claims.report.words import letters, origins
from claims.values.profiles import ProfileRow, profile_rows


@dataclass(frozen=True)
class _Desk:
    """What every question of the report draws on."""

    casefile: Casefile
    numbers: Mapping[UUID, int]
    entries: Mapping[UUID, ClaimEntry]
    tags: Mapping[UUID, str]
    inquiries: tuple[InquiryEntry, ...]


def build(  # noqa: PLR0913 (what a report says of itself)
    casefile: Casefile,
    result: TopicResult,
    *,
    head_seq: int,
    head_hash: str,
    generated_at: datetime,
    as_of: str | None = None,
    accepted: int | None = None,
) -> Report:
    """The report on one topic.

    ``head_seq`` and ``head_hash`` say where the change log stood, ``generated_at`` (aware) when
    the report was made, ``as_of`` the moment of the past that it tells of, ``accepted`` how many
    claims a second person accepted as they stand (``None`` where that is not known). Questions
    are numbered in the order of the result, claims by the number of their question and a letter,
    passages in the order of their documents.
    """
    desk, passages = _desk(casefile, result)
    questions = tuple(_question(found, desk) for found in result.questions)
    ordered = [claim for question in questions for claim in question.claims]
    cited = documents(casefile, passages, ordered)
    return Report(
        topic=result.topic,
        profile=result.profile,
        rows=_rows(result.profile, ordered),
        head_seq=head_seq,
        head_hash=head_hash,
        generated_at=generated_at,
        as_of=as_of,
        summary=summary(questions, len(cited), accepted),
        sections=sections(questions),
        questions=questions,
        cross_checks=tuple(_cross_check(check, desk) for check in result.cross_checks),
        inquiries=desk.inquiries,
        documents=cited,
        not_checked=not_checked(cited, ordered, accepted),
        dependences=dependences(casefile, {v.source for claim in ordered for v in claim.chain}),
    )


def _desk(casefile: Casefile, result: TopicResult) -> tuple[_Desk, Mapping[UUID, int]]:
    reads = [reading_order(question, casefile) for question in result.questions]
    passages = numbered(casefile, (read.claim.id for told in reads for read in told))
    tags = dict(_tags(reads))
    ledger = Ledger(casefile, tags, passages, result.profile)
    entries = {read.claim.id: entry(read, ledger) for told in reads for read in told}
    numbers = {found.question.id: place for place, found in enumerate(result.questions, start=1)}
    inquiries = inquiry_entries(casefile, numbers, tags)
    return _Desk(casefile, numbers, entries, tags, inquiries), passages


def _tags(reads: Sequence[Sequence[ReadClaim]]) -> Iterator[tuple[UUID, str]]:
    for place, told in enumerate(reads, start=1):
        for index, read in enumerate(told):
            yield read.claim.id, f"{place}{letters(index)}"


def _rows(profile: str, claims: Iterable[ClaimEntry]) -> tuple[ProfileRow, ...]:
    used = {row for claim in claims if claim.reading for row in claim.reading.rows}
    return tuple(row for row in profile_rows(profile) if row.id in used)


def _question(result: QuestionResult, desk: _Desk) -> QuestionEntry:
    question, claims = result.question, reading_order(result, desk.casefile)
    positions = position_entries(result, desk.entries)
    entries = [desk.entries[read.claim.id] for read in claims]
    linked = linked_sides(result, desk.entries, desk.numbers, desk.casefile)
    return QuestionEntry(
        number=desk.numbers[question.id],
        question=question,
        subset_of=desk.numbers.get(question.subset_of) if question.subset_of else None,
        status=result.status,
        dispute=result.dispute,
        support=result.support,
        supported_by=result.supported_by,
        headline=STATUSES[result.status][0],
        support_words=_support_words(result),
        origins=result.origins,
        origins_if_dependent=result.origins_if_dependent,
        origins_words=_origins_words(result),
        exact=result.exact,
        reasons=result.reasons,
        notes=result.notes,
        claims=tuple(entries),
        positions=positions,
        positions_omitted=result.positions_omitted,
        sides=sides(result, positions, desk.entries, linked),
        groups=groups(result.relations, desk.tags, question.value_kind),
        relations=result.relations,
        relations_omitted=result.relations_omitted,
        changes=result.changes,
        remarks=tuple(_remarks(result, desk)),
    )


def _origins_words(result: QuestionResult) -> str:
    statements = sum(read.counts and read.claim.stance.affirms for read in result.claims)
    return origins(result.origins, result.origins_if_dependent, statements, exact=result.exact)


def _support_words(result: QuestionResult) -> str:
    words = STATUSES[result.support][0].lower()
    if result.support not in SEPARATE or result.supported_by == result.origins:
        return words
    return f"{words} ({plural(result.supported_by, 'origin')})"


def _remarks(result: QuestionResult, desk: _Desk) -> Iterator[str]:
    question = result.question
    whole = desk.numbers.get(question.subset_of) if question.subset_of else None
    if whole:
        yield f"Its answer is a part of the answer to question {whole}."
    if question.running_total:
        yield "Its figures are running totals, each as of its day."
    if not question.exclusive:
        yield "It has room for several true answers."
    yield from _changes(result)
    if result.positions_omitted:
        further = plural(result.positions_omitted, "further position")
        yield f"Positions are listed up to a bound: {further} not listed."
    if result.relations_omitted is None:
        yield "Pairs were not compared one by one: there are too many claims; see the positions."
    elif result.relations_omitted:
        further = plural(result.relations_omitted, "further pair")
        yield f"Pairs are listed up to a bound, conflicts first: {further} not listed."
    number = desk.numbers[question.id]
    yield from (inquiry_words(one) for one in desk.inquiries if one.question == number)


def _changes(result: QuestionResult) -> Iterator[str]:
    for change in result.changes:
        outcome = change.support if change.dispute is Dispute.NONE else change.dispute
        headline, support = STATUSES[outcome][0], STATUSES[change.support][0]
        yield (
            f"Read under the profile {change.profile} it would be: {headline.lower()}"
            f"{'' if headline == support else f', support: {support.lower()}'}."
        )
    numeric = result.question.value_kind in {ValueKind.COUNT, ValueKind.PROPORTION}
    if numeric and not result.changes and result.dispute is not Dispute.NONE:
        yield "No other profile of vague words held here would change this result."


def _cross_check(check: CrossCheck, desk: _Desk) -> CrossCheckEntry:
    texts = desk.casefile.question
    return CrossCheckEntry(
        id=check.id,
        key=check.key,
        text=check.text,
        reason=check.reason,
        questions=tuple(
            (asked, desk.numbers[asked], texts[asked].text)
            for asked in check.questions
            if asked in desk.numbers
        ),
        claims=tuple(desk.entries[claim] for claim in check.claims if claim in desk.entries),
    )


def narrowed(report: Report, only: Only) -> Report:
    """The report itself, or its conflicts alone: numbers and summary stay those of the whole."""
    if only == "all":
        return report
    questions = tuple(question for question in report.questions if question.disputed)
    claims = [claim for question in questions for claim in question.claims]
    asked = {None, *(question.number for question in questions)}
    claims += [claim for check in report.cross_checks for claim in check.claims]
    used = {quote.number for claim in claims for quote in claim.quotes}
    kept = (
        replace(document, passages=tuple(p for p in document.passages if p.number in used))
        for document in report.documents
    )
    return replace(
        report,
        questions=questions,
        sections=tuple(section for section in report.sections if section.code == "conflicts"),
        inquiries=tuple(one for one in report.inquiries if one.question in asked),
        documents=tuple(document for document in kept if document.passages),
        rows=_rows(report.profile, claims),
        only=only,
    )
