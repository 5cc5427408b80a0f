"""All checks in the order of their ids, and how they are run.

A check is a function whose docstring is its documentation for users: what it looks for, why it
matters, what to do, and its limits. It knows neither its id nor its severity: these stand here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from claims.analysis.audit import (
    attribution,
    bibliographic,
    copying,
    custody,
    headlines,
    hedging,
    independence,
    judgement,
    locators,
    quotes,
    rights,
    scoping,
    stance,
    standing,
    times,
    translations,
    values,
)
from claims.analysis.audit.case import Dossier, ProjectFile, QuestionFile
from claims.analysis.audit.finding import (
    AuditFinding,
    Defect,
    NotChecked,
    Outcome,
    Severity,
    Unseen,
)
from claims.errors import NotFound

RULES = "7"
"""Changes with what any check finds; results kept from an earlier run hold for equal rules."""

Found = Iterable[Defect | Unseen]


_C, _M, _m = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@dataclass(frozen=True, slots=True)
class Check:
    """One check: a function of each kind of case that it looks at.

    The docstring of ``main`` documents it, where it has two functions.
    """

    id: str
    severity: Severity
    asks: bool = False
    of_document: Callable[[Dossier], Found] | None = None
    of_question: Callable[[QuestionFile], Found] | None = None
    of_project: Callable[[ProjectFile], Found] | None = None
    main: Callable[..., Found] | None = None

    @property
    def looks_at(self) -> tuple[str, ...]:
        """What it looks at: ``document``, ``question``, ``project``, or two of them."""
        told = ("document", self.of_document), ("question", self.of_question)
        return tuple(n for n, f in (*told, ("project", self.of_project)) if f is not None)

    @property
    def name(self) -> str:
        """The name of its function."""
        return self._function.__name__

    @property
    def documentation(self) -> str:
        """What it looks for, why that matters, what to do, and where it ends."""
        return inspect.cleandoc(self._function.__doc__ or "")

    @property
    def title(self) -> str:
        """What it looks for, in one line."""
        return self.documentation.partition("\n")[0]

    @property
    def _function(self) -> Callable[..., Found]:
        functions = (self.main, self.of_document, self.of_question, self.of_project)
        return next(function for function in functions if function is not None)

    def stamped(self, found: Found) -> Iterator[Outcome]:
        """What its function found, as this check's findings."""
        for one in found:
            if isinstance(one, Unseen):
                yield NotChecked(self.id, one.entity, one.count, one.why)
            else:
                yield AuditFinding(
                    check=self.id,
                    severity=one.severity or self.severity,
                    asks=self.asks,
                    defect=one,
                )


CHECKS: tuple[Check, ...] = (
    Check("A01", _C, of_document=custody.bytes_altered),
    Check("A02", _C, of_document=quotes.quote_not_found),
    Check("A03", _M, of_document=quotes.quote_unplaced),
    Check("A04", _C, of_document=custody.link_dead),
    Check("A05", _M, of_document=bibliographic.no_access_date),
    Check("A06", _M, of_document=bibliographic.no_identifier),
    Check("A07", _M, of_document=bibliographic.identifier_malformed),
    Check("A08", _M, of_document=locators.locator_wrong),
    Check("A09", _m, of_document=bibliographic.record_contradicts),
    Check("A10", _M, of_document=custody.custody_gap),
    Check("A11", _M, of_document=custody.doubtful_digits),
    Check("A12", _M, of_document=attribution.origin_not_held),
    Check("A13", _M, of_document=attribution.origin_unnamed),
    Check("A14", _M, of_question=independence.only_tertiary),
    Check("A15", _C, of_question=independence.circular),
    Check(
        "A16",
        _C,
        of_project=copying.dependence_overlooked,
        of_question=independence.dependence_overruled,
        main=copying.dependence_overlooked,
    ),
    Check("A17", _C, of_document=attribution.attribution_lost),
    Check("A18", _C, of_document=quotes.uncited),
    Check("A19", _C, of_document=values.value_not_in_quote),
    Check("A20", _C, of_document=hedging.hedge_dropped),
    Check("A21", _C, of_document=stance.stance_wrong),
    Check("A22", _M, of_question=independence.one_origin_as_fact),
    Check("A23", _C, asks=True, of_document=scoping.scope_widened),
    Check("A24", _M, asks=True, of_document=quotes.qualifier_cut),
    Check("A25", _M, of_question=independence.origin_diverges),
    Check("A26", _m, of_document=values.interval_not_derived),
    Check("A27", _M, of_question=headlines.headline_unsupported),
    Check("A28", _M, of_document=translations.untranslated),
    Check("A29", _m, of_document=translations.machine_translated),
    Check("A30", _m, of_document=times.not_normalised),
    Check(
        "A31",
        _M,
        of_document=judgement.assessment_outdated,
        of_project=judgement.source_assessment_outdated,
    ),
    Check("A32", _M, of_document=times.total_undated),
    Check("A33", _m, of_document=times.inferred_without_basis),
    Check(
        "A34",
        _M,
        of_document=times.order_impossible,
        of_question=times.looked_before,
        main=times.order_impossible,
    ),
    Check("A35", _C, of_document=standing.withdrawn_in_use),
    Check("A36", _M, of_question=judgement.grade_contradicted),
    Check(
        "A37",
        _M,
        of_document=judgement.assessment_unfounded,
        of_project=judgement.source_assessment_unfounded,
    ),
    Check(
        "A38",
        _m,
        of_project=standing.duplicate_or_unused,
        of_document=standing.unused_passage,
        main=standing.duplicate_or_unused,
    ),
    Check("A39", _C, asks=True, of_document=rights.person_exposed),
    Check("A40", _m, of_document=rights.quoted_too_long),
)


def check_of(name: str) -> Check:
    """The check of an id, in any case.

    Raises:
        NotFound: there is no such check.
    """
    for check in CHECKS:
        if check.id == name.strip().upper():
            return check
    message = f"there is no check {name!r}; give one from {CHECKS[0].id} to {CHECKS[-1].id}"
    raise NotFound(message)


def audit_document(dossier: Dossier, checks: Iterable[Check] = CHECKS) -> Iterator[Outcome]:
    """What the checks that look at one document find in this one."""
    for check in checks:
        if check.of_document is not None:
            yield from check.stamped(check.of_document(dossier))


def audit_question(file: QuestionFile, checks: Iterable[Check] = CHECKS) -> Iterator[Outcome]:
    """What the checks that look at one question find in this one."""
    for check in checks:
        if check.of_question is not None:
            yield from check.stamped(check.of_question(file))


def audit_project(file: ProjectFile, checks: Iterable[Check] = CHECKS) -> Iterator[Outcome]:
    """What the checks that look at all documents at once find."""
    for check in checks:
        if check.of_project is not None:
            yield from check.stamped(check.of_project(file))
