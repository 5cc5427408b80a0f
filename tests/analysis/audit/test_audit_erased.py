"""What was erased accuses nobody."""

from __future__ import annotations

from uuid import UUID

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.catalogue import audit_document, check_of
from claims.analysis.audit.finding import AuditFinding, NotChecked
from claims.analysis.blank import ERASED
from claims.analysis.records import Claim, ClaimValue, Document, Passage, Question, Speaker
from claims.analysis.vocabulary import Stance, Tier, ValueKind

VOICE, QUESTION, PASSAGE, DOCUMENT = (UUID(int=number) for number in range(1, 5))


def dossier(exact: str) -> Dossier:
    claim = Claim(
        id=UUID(int=9),
        document=DOCUMENT,
        passages=(PASSAGE,),
        question=QUESTION,
        stance=Stance.ASSERTS,
        speakers=(Speaker(source=VOICE),),
        value=ClaimValue(said="8 people", expression="8 people"),
    )
    asked = Question(
        id=QUESTION, topic=UUID(int=7), text="How many died?", value_kind=ValueKind.COUNT
    )
    return Dossier(
        document=Document(id=DOCUMENT, csl={}, voice=VOICE, tier=Tier.PRIMARY, language="en"),
        passages=(Passage(id=PASSAGE, document=DOCUMENT, exact=exact, language="en"),),
        claims=(claim,),
        questions={QUESTION: asked},
    )


def test_a_quote_that_was_erased_is_listed_as_not_checked() -> None:
    (found,) = audit_document(dossier(ERASED), [check_of("A19")])
    assert isinstance(found, NotChecked)
    assert found.why == "the words of its quote were erased"


def test_another_quote_without_the_words_is_a_finding() -> None:
    (found,) = audit_document(dossier("9 people died"), [check_of("A19")])
    assert isinstance(found, AuditFinding)
