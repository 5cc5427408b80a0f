"""A claim made ready to be compared: its value on its question's axis, its scope, its voice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.origins import Provenance
from claims.analysis.reading import read_value
from claims.analysis.records import Claim, Question, Scope
from claims.analysis.vocabulary import DateAspect, Stance, ValueKind
from claims.values.interval import Region
from claims.values.kinds import RANGED
from claims.values.quantity import Quantity
from claims.values.quantity_data import counted_by_unit
from claims.values.relation import Value
from claims.values.when import When, when_from_expression

UNSTATED = Scope()
"""The scope of a claim that adds nothing to that of its question."""


class Signature(NamedTuple):
    """All that decides how a claim compares; claims of one signature have the same verdicts."""

    question: UUID
    stance: Stance
    expression: str | None
    scope: Scope
    as_of: str | None
    party: UUID | None
    accused: UUID | None
    origins: frozenset[str]
    single: UUID | None


@dataclass(frozen=True)
class Statement:
    """A claim with what comparing it needs.

    ``hard`` and ``soft`` lie on the axis of the question (for a date: the days that it asks
    for) and are ``None`` where the value has none.
    """

    claim: Claim
    question: Question
    value: Value | None
    hard: Region | None
    soft: Region | None
    unit: str | None
    as_of: Region | None
    provenance: Provenance

    @property
    def roots(self) -> frozenset[str]:
        """The origins that the claim draws on."""
        return self.provenance.roots

    @property
    def party(self) -> UUID | None:
        """The party to the conflict that the claim comes from."""
        return self.provenance.party

    @property
    def stance(self) -> Stance:
        """The stance of the claim."""
        return self.claim.stance

    @property
    def said(self) -> str:
        """The value in the words of the source."""
        return self.claim.value.said if self.claim.value else self.claim.stance.value

    @cached_property
    def measure(self) -> str | None:
        """``count`` or ``proportion`` for a quantity, else ``None``."""
        return self.value.measure if isinstance(self.value, Quantity) else None

    @cached_property
    def scope(self) -> Scope:
        """The scope as the claim states it, completed by that of its question."""
        if self.claim.scope == UNSTATED:
            return self.question.scope
        stated = ((f.name, getattr(self.claim.scope, f.name)) for f in fields(Scope))
        return replace(self.question.scope, **{name: v for name, v in stated if v is not None})

    @cached_property
    def common_class(self) -> tuple[str | None, str | None, Scope]:
        """Statements of one class lie on one axis and speak of the same thing."""
        return self.unit, self.measure, self.scope

    def signature(self, *, single: bool) -> Signature:
        """The signature; ``single`` for a claim that a person's override sets apart."""
        claim = self.claim
        return Signature(
            question=claim.question,
            stance=claim.stance,
            expression=claim.value.expression if claim.value else None,
            scope=claim.scope,
            as_of=claim.as_of if self.question.running_total else None,
            party=self.party,
            accused=claim.accused,
            origins=self.roots if self.question.running_total else frozenset(),
            single=claim.id if single else None,
        )


def state(claim: Claim, casefile: Casefile, profile: str, provenance: Provenance) -> Statement:
    """The claim as a statement, its value read under ``profile``."""
    question = casefile.question[claim.question]
    value = read_value(claim.value, question, casefile, profile) if claim.value else None
    hard, soft = bounds_of(value, question)
    return Statement(
        claim=claim,
        question=question,
        value=value,
        hard=hard,
        soft=soft,
        unit=unit_of(value, question),
        as_of=days_of(claim.as_of),
        provenance=provenance,
    )


def bounds_of(value: Value | None, question: Question) -> tuple[Region | None, Region | None]:
    """The hard and the soft region of a value on the axis of its question."""
    if isinstance(value, When):
        aspect = question.aspect or DateAspect.MOMENT
        return value.answer(aspect), value.answer(aspect, soft=True)
    if isinstance(value, RANGED):
        return value.hard, value.soft
    return None, None


def unit_of(value: Value | None, question: Question) -> str | None:
    """What is counted; a value that names no unit counts what the question asks for."""
    if question.value_kind is not ValueKind.COUNT:
        return None
    if isinstance(value, Quantity) and value.unit_of_count is not None:
        return value.unit_of_count
    return unit_of_count(question.unit) if question.unit else None


def unit_of_count(unit: str) -> str:
    """What a noun counts: civilians are people, families are not; others count themselves."""
    return counted_by_unit().get(unit, unit)


def days_of(edtf: str | None) -> Region | None:
    """The days of an EDTF date or period, in day ordinals."""
    return when_from_expression(edtf).hard if edtf else None


def distinct(
    statements: Iterable[Statement], overridden: frozenset[UUID]
) -> dict[Signature, list[Statement]]:
    """The statements by signature, in the order of the claims' ids."""
    found: dict[Signature, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: s.claim.id.int):
        single = statement.claim.id in overridden
        found.setdefault(statement.signature(single=single), []).append(statement)
    return found
