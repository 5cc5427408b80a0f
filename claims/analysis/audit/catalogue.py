"""All checks in the order of their ids, and how they are run.

A check is a function whose docstring is its documentation for users: what it looks for, why it
matters, what to do, and its limits. It knows neither its id nor its severity: these stand here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from claims.analysis.audit import bibliographic, custody
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

RULES = "1"
"""Changes with what any check finds; results kept from an earlier run hold for equal rules."""

Found = Iterable[Defect | Unseen]


class Looks(StrEnum):
    """What a check looks at."""

    DOCUMENT = "document"
    QUESTION = "question"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Check:
    """One check; exactly one of the three functions is set."""

    id: str
    severity: Severity
    asks: bool = False
    of_document: Callable[[Dossier], Found] | None = None
    of_question: Callable[[QuestionFile], Found] | None = None
    of_project: Callable[[ProjectFile], Found] | None = None

    @property
    def looks_at(self) -> Looks:
        """A document, a question or the whole project."""
        if self.of_document is not None:
            return Looks.DOCUMENT
        return Looks.QUESTION if self.of_question is not None else Looks.PROJECT

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
        functions = (self.of_document, self.of_question, self.of_project)
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
    Check("A05", Severity.MAJOR, of_document=bibliographic.no_access_date),
    Check("A10", Severity.MAJOR, of_document=custody.custody_gap),
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
