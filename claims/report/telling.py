"""The sentences that the terminal and Markdown share; each renderer only dresses them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from claims.analysis.outcomes import Note, Relation
from claims.analysis.vocabulary import Stance
from claims.analysis.wording import day, listed, number, plural
from claims.report.glossary import STANCES
from claims.report.inquiries import inquiry_words
from claims.report.sections import SEPARATE
from claims.report.shape import (
    ClaimEntry,
    CrossCheckEntry,
    DocumentEntry,
    PairGroup,
    QuestionEntry,
    Report,
    Side,
)
from claims.report.words import quoted

PAIRS_NAMED = 12
"""How many pairs of one group are named; the others are counted."""

EXPLANATIONS = 3
"""How many explanations of one group are printed; the others are counted."""

NO_QUESTIONS = (
    "This topic has no questions yet. Write questions and claims in a hand-coding file "
    "(docs/format.md) and load it with `claims load FILE`."
)
NO_CLAIMS = (
    "No claim answers this question yet. Quote a passage that answers it in the hand-coding file "
    "and load the file again with `claims load FILE`."
)
AUDIT_NEXT = "`claims audit` tells of each citation whether a reader may trust it."
NO_CONFLICTS = "Leave out --conflicts to see what else the sources say."

_ALWAYS_TOLD = {
    Relation.PARTLY_OVERLAPS,
    Relation.NOT_COMPARABLE,
    Relation.SUPERSEDED,
    Relation.UNCLASSIFIED,
}


_AGAINST = {
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.COULD_NOT_CONFIRM: "could not confirm",
}


class Line(NamedTuple):
    """One line of a claim; ``role`` says what it is, so that it can be dressed."""

    role: str
    words: str


def claim_lines(claim: ClaimEntry) -> Iterator[Line]:
    """Everything that is printed of a claim besides its tag, value and quotes."""
    yield Line("chain", claim.chain_words)
    yield Line("stance", f"{STANCES[claim.stance]}; {confidence_words(claim)}")
    hedged = hedge_words(claim)
    if hedged:
        yield Line("hedge", hedged)
    for mark in claim.marks:
        yield Line("mark", mark)


def hedge_words(claim: ClaimEntry) -> str:
    """The hedges of the source; empty where there are none."""
    return f"hedged: {', '.join(map(quoted, claim.hedges))}" if claim.hedges else ""


def confidence_words(claim: ClaimEntry) -> str:
    """The level recorded, by whom and why, or that nobody recorded one."""
    found = claim.confidence
    if found is None:
        return "confidence: unassessed"
    return f"confidence: {found.level} ({found.reason})"


def value_words(claim: ClaimEntry) -> tuple[str, str, str]:
    """The value as said, what that comes to, its typical reading; empty where there is none.

    What words leave open they allow; only what leaves nothing open is put as equal. What is
    denied, doubted or could not be confirmed is told as such, before its value.
    """
    reading = claim.reading
    if not claim.stance.affirms:
        return _against(claim, _AGAINST[claim.stance])
    if reading is None:
        return "", "— no value given", ""
    open_ended = reading.edtf is None and reading.hard is not None and not reading.hard.is_point
    joint = "allows" if open_ended else "="
    return quoted(reading.said), f"{joint} {reading.allowed}", reading.typical


def _against(claim: ClaimEntry, verb: str) -> tuple[str, str, str]:
    """A whole sentence that denies is not what it denies: its value is told instead."""
    reading = claim.reading
    if reading is None:
        return "", f"— {verb} it", ""
    if any(reading.said == quote.exact for quote in claim.quotes):
        return "", f"— {verb} that the answer is {reading.allowed}", reading.typical
    return f"{verb} {quoted(reading.said)}", f"({reading.allowed})", reading.typical


def brief_words(claim: ClaimEntry) -> str:
    """The tag, the value and the hedges."""
    said, answer, _ = value_words(claim)
    hedged = hedge_words(claim)
    return " ".join(filter(None, (claim.tag, said, answer, f"({hedged})" if hedged else "")))


def side_remarks(side: Side) -> Iterator[str]:
    """What a side says of claims that it does not print in full."""
    if side.repeated:
        yield f"also {listed(side.repeated)}, printed above"
    if side.omitted:
        yield f"{plural(side.omitted, 'further claim')}, not listed here"


def told_groups(question: QuestionEntry) -> list[PairGroup]:
    """The pairs that are explained: conflicts, and all that rests on an assumption or a person."""
    return [group for group in question.groups if _is_told(group)]


def _is_told(group: PairGroup) -> bool:
    relation = group.relation
    return bool(relation.disputes or relation in _ALWAYS_TOLD or group.assumption or group.computed)


def group_title(group: PairGroup) -> str:
    """``Hard conflict (1a v. 2a): a part is larger than its whole``."""
    heading = group.heading[0].upper() + group.heading[1:]
    return f"{heading} ({_pairs(group)}): {group.reason_words}"


def _pairs(group: PairGroup) -> str:
    named = ", ".join(f"{a} v. {b}" for a, b in group.pairs[:PAIRS_NAMED])
    more = len(group.pairs) - PAIRS_NAMED
    return f"{named} and {plural(more, 'further pair')}" if more > 0 else named


def group_sentences(group: PairGroup) -> Iterator[str]:
    """The explanations, the assumption with what would be without it, and a person's decision."""
    yield from map(_sentence, group.explanations[:EXPLANATIONS])
    more = len(group.explanations) - EXPLANATIONS
    if more > 0:
        yield f"The same holds for {plural(more, 'further pair')}, in other figures."
    if group.assumption:
        otherwise = f" Otherwise: {group.otherwise}." if group.otherwise else ""
        yield f"Assumes: {group.assumption.rstrip('.')}.{otherwise}"
    if group.computed:
        yield f"A person decided this; computed: {group.computed}."


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def told_notes(question: QuestionEntry) -> list[Note]:
    """The notes besides the one that every claim carries already (unassessed)."""
    return [note for note in question.notes if note.code != "UNASSESSED"]


def other_pairs(question: QuestionEntry) -> str:
    """The pairs that need no explanation, counted by relation and reason; empty without any."""
    counted: Counter[tuple[str, str]] = Counter()
    for group in question.groups:
        if not _is_told(group):
            why = ", ".join(filter(None, (group.reason_words, group.independence)))
            counted[group.heading, why] += len(group.pairs)
    found = (f"{number(n)} {heading} ({why})" for (heading, why), n in counted.items())
    return "; ".join(found)


def result_words(question: QuestionEntry) -> str:
    """The support beside the headline, and the origins that the question has in all."""
    if question.disputed:
        return f"support: {question.support_words} · {question.origins_words}"
    if question.support in SEPARATE and question.supported_by != question.origins:
        return f"{number(question.supported_by)} of {question.origins_words}"
    return question.origins_words


def facts(report: Report) -> Iterator[str]:
    """Under which conventions, from what state and when the report was made."""
    found = report.summary
    yield ", ".join(
        plural(count, noun)
        for count, noun in (
            (found.questions, "question"),
            (found.claims, "claim"),
            (found.documents, "cited document"),
        )
    )
    yield f"vague words read under the profile {report.profile}"
    if report.as_of is not None:
        yield f"as of {report.as_of}, for those who may see it today"
    yield _head(report)
    at = report.generated_at
    yield f"made on {day(at.date())}, {at:%H:%M} {at.tzname() or ''}".rstrip()


def _head(report: Report) -> str:
    """Who may not see everything gets a digest of the visible content in place of the head."""
    digits = report.head_hash[:12]
    if report.head_seq:
        return f"change log at {number(report.head_seq)} ({digits})"
    return f"digest of what you may see ({digits})" if digits else "change log empty"


def document_facts(document: DocumentEntry) -> Iterator[str]:
    """What is known of a document besides its title; what is not known is said."""
    record = document.document
    for known in (document.authors, document.container, document.date):
        if known:
            yield known
    yield document.url or "no address recorded"
    yield f"accessed {document.accessed}" if document.accessed else "no access date"
    yield f"{record.tier} document, language {record.language}"
    if record.status != "current":
        yield f"status: {record.status}"
    if document.sha256 is None:
        yield "no archived copy"
        return
    captured = f" captured on {document.captured}," if document.captured else ""
    yield f"archived copy,{captured} SHA-256 {document.sha256}"


def cross_check_lines(check: CrossCheckEntry) -> Iterator[str]:
    """Why somebody noted it, and the questions and claims that it joins."""
    yield f"Why: {check.reason}"
    for _, place, text in check.questions:
        yield f"Question {place}: {text}"
    for claim in check.claims:
        said, answer, _ = value_words(claim)
        cited = "".join(f"[{quote.number}]" for quote in claim.quotes)
        yield f"{claim.tag} {said or answer.removeprefix('— ')} — {claim.chain_words} {cited}"


def topic_inquiries(report: Report) -> tuple[str, ...]:
    """What was looked for on the topic as a whole; what was for a question stands under it."""
    return tuple(inquiry_words(one) for one in report.inquiries if one.question is None)


def profile_words(report: Report) -> str:
    """What the rows are, and what typical readings are not."""
    if not report.rows:
        return f"Profile {report.profile}; no value of this report was read by one of its rows."
    return (
        f"Profile {report.profile}; the rows that values of this report were read by. What vague "
        "words allow and how they are typically read are conventions, not limits of confidence."
    )
