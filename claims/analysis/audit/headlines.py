"""The check of headlines: that the body of a document bears out what stands above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from claims.analysis.audit.case import QuestionFile
from claims.analysis.audit.defects import of_question, quoted, some
from claims.analysis.audit.finding import Defect
from claims.analysis.compare import compare
from claims.analysis.outcomes import Relation
from claims.analysis.statements import Statement
from claims.analysis.vocabulary import Part, ValueKind
from claims.values.folding import folded_words
from claims.values.kinds import PLACED


def headline_unsupported(file: QuestionFile) -> Iterator[Defect]:
    """A headline, an infobox or an abstract says what the body of the document does not.

    Headlines are written by others than the text, and infoboxes are filled by hand and outlive
    the text they summed up. What stands only there has nobody behind it.

    What to do: cite the body. If it says something else, that is what the document reports; the
    headline may stay as a claim that is marked as such.

    Limits: a claim of the body supports one above it when it gives the same answer or a narrower
    one; of categories, places and yes or no, also a wider one, or when one passage of the body
    has all its words. What the coder counted and answers in free words are not looked at, nor are
    documents of which no body was coded at all.
    """
    told: defaultdict[UUID, list[Statement]] = defaultdict(list)
    for statement in file.live:
        if statement.stance.affirms:
            told[statement.claim.document].append(statement)
    for document_id, statements in told.items():
        body = [one for one in statements if Part.BODY in _parts(file, one)]
        bare = [one for one in statements if _to_support(file, one) and not _borne(file, one, body)]
        if bare and _has_body(file, document_id):
            claims = [one.claim for one in bare]
            document = file.casefile.documents[document_id]
            yield Defect(
                of_question(file.question, claims),
                found=f"{some(quoted(one.said) for one in bare)} only above the body of "
                f"{quoted(document.title)}",
                expected="a passage of the body that says so",
                fix="Cite the body, or leave out what only the headline says.",
            )


def _parts(file: QuestionFile, statement: Statement) -> set[Part]:
    held = file.casefile.passages
    return {held[passage].part for passage in statement.claim.passages if passage in held}


def _to_support(file: QuestionFile, statement: Statement) -> bool:
    value = statement.claim.value
    counted = value is not None and value.counted_by_coder
    free = statement.question.value_kind is ValueKind.TEXT
    parts = _parts(file, statement)
    return bool(parts) and Part.BODY not in parts and not counted and not free


def _borne(file: QuestionFile, above: Statement, body: list[Statement]) -> bool:
    if isinstance(above.value, PLACED) and _worded(file, above):
        return True
    for one in body:
        found = compare(above, one, file.casefile)
        if found.relation is Relation.AGREE:
            return True
        either = isinstance(above.value, PLACED)
        if found.relation is Relation.COMPATIBLE and (either or found.narrower == "b"):
            return True
    return False


def _worded(file: QuestionFile, above: Statement) -> bool:
    """Whether a passage of the body has all the words of the claim."""
    words = set(folded_words(above.said))
    passages = file.casefile.passages.values()
    body = (p for p in passages if p.document == above.claim.document and p.part is Part.BODY)
    return any(words <= set(folded_words(passage.exact)) for passage in body)


def _has_body(file: QuestionFile, document: UUID) -> bool:
    passages = file.casefile.passages.values()
    return any(p.document == document and p.part is Part.BODY for p in passages)
