"""Checks of assessments: when they were made, by whom, and against what evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from claims.analysis.audit.case import Dossier, ProjectFile, QuestionFile, Recorded
from claims.analysis.audit.defects import claim_name, of_assessment, of_claim, quoted
from claims.analysis.audit.finding import Defect, Severity, Unseen
from claims.analysis.compare import compare
from claims.analysis.outcomes import Dispute, Relation
from claims.analysis.records import Assessment
from claims.analysis.statements import Statement
from claims.analysis.vocabulary import Scheme

Told = Iterator[Defect | Unseen]


def assessment_outdated(dossier: Dossier) -> Told:
    """The claim, or the source, was changed after it was assessed.

    A grade is given to a claim as it stood. When its value or its quote changes, the grade is
    still shown, for something that nobody judged.

    What to do: look at the claim as it stands now and judge it anew, in place of the earlier
    assessment (`claims assess supersede`); one that stands beside it changes nothing.

    Limits: it needs the times that a database records; files of hand-coded claims have none. It
    does not see whether the change mattered.
    """
    names = {claim.id: claim_name(claim) for claim in dossier.claims}
    yield from _outdated(_in_force(dossier.assessments), dossier.recorded, names)


def source_assessment_outdated(file: ProjectFile) -> Told:
    """The same for assessments of sources, which belong to no one document."""
    names = {source.id: source.name for source in file.sources}
    yield from _outdated(_in_force(file.assessments), file.recorded, names)


def _in_force(assessments: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
    replaced = {one.supersedes for one in assessments}
    return tuple(one for one in assessments if one.id not in replaced)


def _outdated(
    assessments: tuple[Assessment, ...],
    recorded: Mapping[UUID, Recorded] | None,
    names: Mapping[UUID, str],
) -> Told:
    for assessment in assessments:
        judged = (recorded or {}).get(assessment.id)
        target = (recorded or {}).get(assessment.target)
        if judged is None or target is None or judged.at is None:
            yield Unseen("assessment", 1, "it is not recorded when it was made")
        elif target.changed_at is not None and target.changed_at > judged.at:
            yield Defect(
                of_assessment(assessment, names.get(assessment.target, str(assessment.target))),
                found=f"assessed on {judged.at:%Y-%m-%d}, changed on {target.changed_at:%Y-%m-%d}",
                expected="an assessment of what stands there now",
                fix=f"Look at the {assessment.of} as it stands now, and judge it anew in place of"
                f" this: {_anew(assessment)}.",
            )


def _anew(assessment: Assessment) -> str:
    return f"`claims assess supersede {assessment.key or str(assessment.id)[:8]}`"


def assessment_unfounded(dossier: Dossier) -> Told:
    """An assessment gives no reason, or comes from the person who entered the claim.

    A grade without a reason cannot be discussed. Whoever coded a claim has already decided what
    it says, and is the last to see a slip.

    What to do: have a second person judge the claim anew, in place of the assessment (`claims
    assess supersede`), and write the reason.

    Limits: it does not judge the reason. In a project of one contributor there is no second
    person: then an own assessment is a minor finding.
    """
    names = {claim.id: claim_name(claim) for claim in dossier.claims}
    found = (_in_force(dossier.assessments), dossier.recorded, names, dossier.contributors)
    yield from _unfounded(*found)


def source_assessment_unfounded(file: ProjectFile) -> Told:
    """The same for assessments of sources, which belong to no one document."""
    names = {source.id: source.name for source in file.sources}
    found = (_in_force(file.assessments), file.recorded, names, file.contributors)
    yield from _unfounded(*found)


def _unfounded(
    assessments: tuple[Assessment, ...],
    recorded: Mapping[UUID, Recorded] | None,
    names: Mapping[UUID, str],
    contributors: int | None,
) -> Told:
    for assessment in assessments:
        subject = of_assessment(assessment, names.get(assessment.target, str(assessment.target)))
        entered = (recorded or {}).get(assessment.target)
        if not assessment.reason.strip():
            yield Defect(
                subject,
                found="no reason",
                expected="the reason for the grade, in a sentence",
                fix=f"Judge it anew in place of this, and say why: {_anew(assessment)}.",
            )
        if entered is None:
            yield Unseen("assessment", 1, "it is not recorded who entered what it judges")
        elif entered.by == assessment.assessed_by:
            yield Defect(
                subject,
                found=f"assessed by {quoted(entered.by)}, who entered it",
                expected="the assessment of a second person",
                fix=f"Have somebody else judge it in place of this: {_anew(assessment)}.",
                severity=Severity.MINOR if contributors == 1 else None,
            )


def grade_contradicted(file: QuestionFile) -> Iterator[Defect]:
    """A grade says more than the evidence that the project holds.

    Credibility 1 of the Admiralty code means *confirmed by other sources*: it needs another,
    independent origin. *Confirmed* does not go with a question in dispute.

    What to do: lower the grade (`claims assess supersede`), or add the claims that it rests on.

    Limits: it looks at these two grades, and only at the claims of the same question. Confidence
    is never computed from agreement, so it is not compared with it.
    """
    held = {statement.claim.id: statement for statement in file.live}
    for scheme, code, contradicted in _CONTRADICTED:
        for target, assessment in file.casefile.in_force("claim", scheme).items():
            if assessment.code != code or target not in held:
                continue
            why = contradicted(file, held[target])
            if why is not None:
                yield Defect(
                    of_claim(held[target].claim),
                    found=f"{scheme.value} {code}, where {why}",
                    expected="a grade that the claims of the question bear out",
                    fix=f"Lower the grade ({_anew(assessment)}), or add the claims that it rests"
                    " on.",
                )


def _alone(file: QuestionFile, statement: Statement) -> str | None:
    """Whether no claim of another origin says the same, or what goes with it."""
    for other in file.live:
        apart = other.stance.affirms and other.roots.isdisjoint(statement.roots)
        if apart and compare(statement, other, file.casefile).relation in _FITS:
            return None
    return "no other origin says so"


def _disputed(file: QuestionFile, _: Statement) -> str | None:
    dispute = file.result.dispute
    return None if dispute is Dispute.NONE else f"the question is in dispute ({dispute.value})"


_FITS = {Relation.AGREE, Relation.COMPATIBLE}
_CONTRADICTED = (
    (Scheme.CREDIBILITY, "1", _alone),
    (Scheme.VERIFICATION, "confirmed", _disputed),
)
