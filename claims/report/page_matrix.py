"""The matrix: who says what, sources beside each other, questions below each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from claims.analysis.outcomes import Independence, Relation, Verdict
from claims.analysis.vocabulary import Stance, ValueKind
from claims.report.glossary import STATUSES
from claims.report.page_words import SYMBOLS, TONES
from claims.report.shape import ClaimEntry, QuestionEntry, Report, Voice
from claims.report.telling import value_words

IN_A_CELL = 3
"""How many claims of one source a cell shows; the others are counted, with a link to them."""

LONGEST = 60
"""How many characters of the words as said stand in a cell; the question has them whole."""

_LOOKED_AT: tuple[Relation, ...] = (
    Relation.CONFLICT_HARD,
    Relation.CONFLICT_SOFT,
    Relation.MUTUAL_ACCUSATION,
    Relation.TENSION,
    Relation.AGREE,
    Relation.PARTLY_OVERLAPS,
    Relation.COMPATIBLE,
    Relation.UNCORROBORATED,
    Relation.UNCLASSIFIED,
    Relation.NOT_COMPARABLE,
)
"""What a cell tells of its claim, the first that holds; all others stand under the question."""

_STANDING: dict[Relation, tuple[str, str, str]] = {
    Relation.CONFLICT_HARD: ("hard", "×", "hard conflict"),
    Relation.CONFLICT_SOFT: ("mild", "≠", "soft conflict"),
    Relation.MUTUAL_ACCUSATION: ("blame", "↔", "mutual accusation"),
    Relation.TENSION: ("blame", "◊", "tension"),
    Relation.AGREE: ("agree", "=", "agrees"),
    Relation.PARTLY_OVERLAPS: ("near", "∩", "overlaps in part"),
    Relation.COMPATIBLE: ("near", "≈", "compatible"),
    Relation.UNCORROBORATED: ("doubt", "?", "not confirmed"),
    Relation.UNCLASSIFIED: ("plain", "•", "not decided"),
    Relation.NOT_COMPARABLE: ("plain", "•", "not comparable"),
}
_STANCES: dict[Stance, tuple[str, str, str]] = {
    Stance.DENIES: ("plain", "¬", "denies"),
    Stance.DOUBTS: ("plain", "¬", "doubts"),
    Stance.COULD_NOT_CONFIRM: ("doubt", "?", "could not confirm"),
}
_GONE = ("gone", "†", "counted no more")
_ALONE = ("plain", "•", "stands alone")
_ECHO = ("plain", "″", "only repeated")
_APART = ("plain", "•", "stands by itself")

LEGEND: tuple[tuple[str, str, str], ...] = (
    *_STANDING.values(),
    _ECHO,
    _ALONE,
    _APART,
    *_STANCES.values(),
    _GONE,
)
"""Every sign of a cell: its class, the sign, its words."""


@dataclass(frozen=True, slots=True)
class Column:
    """A source, and how many questions it speaks to."""

    source: UUID
    name: str
    named: bool
    answers: int


@dataclass(frozen=True, slots=True)
class Told:
    """A claim in its cell; ``tone``, ``sign`` and ``standing`` say how it stands to the others."""

    claim: ClaimEntry
    answer: str
    said: str
    tone: str
    sign: str
    standing: str
    href: str
    via: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says to one question."""

    told: tuple[Told, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A question with its cells, one for each column."""

    question: QuestionEntry
    rank: int
    sign: str
    tone: str
    sources: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows in the order of the report's questions, the columns that say most first."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def matrix(report: Report) -> Matrix:
    """Who says what to every question of the report.

    The column of a claim is the last voice of its chain: the one whose words are reported.
    """
    columns = _columns(report.questions)
    ranks = {code: place for place, code in enumerate(STATUSES)}
    return Matrix(columns, tuple(_row(q, columns, ranks[q.status]) for q in report.questions))


def _columns(questions: Iterable[QuestionEntry]) -> tuple[Column, ...]:
    counts: Counter[UUID] = Counter()
    voices: dict[UUID, Voice] = {}
    for question in questions:
        said = {claim.chain[-1].source: claim.chain[-1] for claim in question.claims}
        voices.update(said)
        counts.update(said.keys())
    ordered = sorted(voices.values(), key=lambda v: (-counts[v.source], v.name, str(v.source)))
    return tuple(Column(v.source, v.name, v.named, counts[v.source]) for v in ordered)


def _row(question: QuestionEntry, columns: Sequence[Column], rank: int) -> Row:
    worst = _standings(question.relations)
    by_source: defaultdict[UUID, list[ClaimEntry]] = defaultdict(list)
    for claim in question.claims:
        by_source[claim.chain[-1].source].append(claim)
    return Row(
        question=question,
        rank=rank,
        sign=SYMBOLS[question.status],
        tone=TONES[question.status],
        sources=len(by_source),
        cells=tuple(_cell(by_source.get(c.source, ()), question, worst) for c in columns),
    )


Standings = Mapping[UUID, Verdict]


def _standings(verdicts: Iterable[Verdict]) -> Standings:
    """For each claim the verdict that a cell tells of it."""
    found: dict[UUID, Verdict] = {}
    for verdict in verdicts:
        for claim in (verdict.a, verdict.b):
            if claim not in found or _rank(verdict) < _rank(found[claim]):
                found[claim] = verdict
    return found


def _rank(verdict: Verdict) -> tuple[int, int]:
    known = verdict.relation in _LOOKED_AT
    place = _LOOKED_AT.index(verdict.relation) if known else len(_LOOKED_AT)
    return place, list(Independence).index(verdict.independence)


def _cell(claims: Sequence[ClaimEntry], question: QuestionEntry, worst: Standings) -> Cell:
    if not claims:
        return _SILENT
    ordered = sorted(claims, key=lambda claim: (not claim.counts, len(claim.tag), claim.tag))
    told = tuple(_told(claim, question, worst) for claim in ordered[:IN_A_CELL])
    return Cell(told, max(0, len(ordered) - IN_A_CELL))


_SILENT = Cell()


def _told(claim: ClaimEntry, question: QuestionEntry, worst: Standings) -> Told:
    tone, sign, words = _standing(claim, question, worst.get(claim.id))
    answer, said = _words(claim, question.kind)
    return Told(
        claim=claim,
        answer=answer,
        said=said,
        tone=tone,
        sign=sign,
        standing=words,
        href=f"#p{claim.quotes[0].number}" if claim.quotes else f"#q{question.number}",
        via=claim.chain[0].name if len(claim.chain) > 1 else "",
    )


def _standing(
    claim: ClaimEntry, question: QuestionEntry, verdict: Verdict | None
) -> tuple[str, str, str]:
    if not claim.counts:
        return _GONE
    if claim.stance in _STANCES and not (verdict and verdict.relation.disputes):
        return _STANCES[claim.stance]
    if verdict is None or verdict.relation not in _STANDING:
        return _ALONE if len(question.claims) == 1 else _APART
    tone, sign, words = _STANDING[verdict.relation]
    if tone not in {"agree", "near"} or verdict.independence is Independence.INDEPENDENT:
        return tone, sign, words
    if verdict.independence is Independence.SAME_ORIGIN:
        return _ECHO
    return "near", sign, f"{words}, possibly one origin"


def _words(claim: ClaimEntry, kind: ValueKind) -> tuple[str, str]:
    """What stands large in a cell, and small beside it: the value, and the words as said."""
    reading = claim.reading
    if reading is None or not claim.stance.affirms:
        said, answer, _ = value_words(claim)
        return _cut(f"{said} {answer}".strip().removeprefix("— ")), ""
    if kind is ValueKind.TEXT:
        return _cut(f"“{reading.said}”"), ""
    answer = reading.allowed.removeprefix("exactly ")
    same = _plain(answer) == _plain(reading.said)
    return _cut(answer), "" if same else f"“{_cut(reading.said)}”"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
