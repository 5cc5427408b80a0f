"""Tables of what is asked: the project, its people, topics, questions, terms, places, parties."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from claims.analysis.vocabulary import DateAspect, Role, Sensitivity, TermLink, ValueKind
from claims.store.tables.base import (
    EditedRow,
    Row,
    apart,
    check,
    edited,
    filled,
    one_of,
    reference,
    truth,
)

_DEGREES = "{0} IS NULL OR CAST({0} AS DOUBLE PRECISION) BETWEEN -{1} AND {1}"


class ProjectRow(EditedRow, table=True):
    """The conventions that hold for everything in one database."""

    __table_args__ = (*edited(), *filled("title", "profile", "locale"))

    title: str
    profile: str
    languages: str
    locale: str


class ContributorRow(EditedRow, table=True):
    """A person who enters, reviews or reads; the history knows them by name."""

    __table_args__ = (
        *edited(),
        *filled("name"),
        UniqueConstraint("name"),
        one_of("role", Role),
        one_of("clearance", Sensitivity),
    )

    name: str
    role: str
    clearance: str


class PlaceRow(EditedRow, table=True):
    """A place; coordinates are exact decimals as text."""

    __table_args__ = (
        *edited(),
        *filled("name"),
        apart("part_of_pk", "pk"),
        check("latitude", _DEGREES.format("latitude", 90)),
        check("longitude", _DEGREES.format("longitude", 180)),
        check("point", "(latitude IS NULL) = (longitude IS NULL)"),
        check("uncertainty", "uncertainty IS NULL OR CAST(uncertainty AS DOUBLE PRECISION) >= 0"),
    )

    name: str
    names: str
    gazetteer: str | None
    latitude: str | None
    longitude: str | None
    uncertainty: str | None
    part_of_pk: int | None = reference("place", index=True)


class TermRow(EditedRow, table=True):
    """A coded category."""

    __table_args__ = (*edited(), *filled("label"), apart("broader_pk", "pk"))

    label: str
    scheme: str | None
    broader_pk: int | None = reference("term", index=True)
    aliases: str


class TermRelationRow(EditedRow, table=True):
    """What a person recorded about two categories."""

    __table_args__ = (
        *edited(),
        *filled("reason"),
        apart("a_pk", "b_pk"),
        one_of("link", TermLink),
    )

    a_pk: int = reference("term", index=True)
    b_pk: int = reference("term", index=True)
    link: str
    reason: str


class PartyRow(EditedRow, table=True):
    """A party to the conflict."""

    __table_args__ = (*edited(), *filled("name"))

    name: str


class TopicRow(EditedRow, table=True):
    """An event or a situation that questions are asked about."""

    __table_args__ = (*edited(), *filled("label"), apart("part_of_pk", "pk"))

    label: str
    aliases: str
    part_of_pk: int | None = reference("topic", index=True)
    dates: str | None
    place_pk: int | None = reference("place")


class OppositionRow(EditedRow, table=True):
    """That two parties are opposed."""

    __table_args__ = (*edited(), apart("a_pk", "b_pk"))

    a_pk: int = reference("party")
    b_pk: int = reference("party")
    topic_pk: int | None = reference("topic", index=True)
    during: str | None


class QuestionRow(EditedRow, table=True):
    """The point at issue."""

    __table_args__ = (
        *edited(),
        *filled("text"),
        *truth("exclusive", "running_total"),
        one_of("value_kind", ValueKind),
        one_of("aspect", DateAspect),
        check("aspect_of_date", "aspect IS NULL OR value_kind = 'date'"),
        apart("subset_of_pk", "pk"),
    )

    topic_pk: int = reference("topic", index=True)
    text: str
    value_kind: str
    aspect: str | None
    unit: str | None
    exclusive: bool
    running_total: bool
    subset_of_pk: int | None = reference("question", index=True)
    scope_measure_pk: int | None = reference("term")
    scope_population_pk: int | None = reference("term")
    scope_cause_pk: int | None = reference("term")
    scope_actor_pk: int | None = reference("term")
    scope_area_pk: int | None = reference("place")
    scope_period: str | None
    scope_count_basis_pk: int | None = reference("term")


class CrossCheckRow(EditedRow, table=True):
    """An inconsistency between questions that a person noticed."""

    __table_args__ = (*edited(), *filled("text", "reason"))

    topic_pk: int = reference("topic", index=True)
    text: str
    reason: str


class CrossCheckQuestionRow(Row, table=True):
    """The questions of a cross-check, in its order."""

    __table_args__ = (
        UniqueConstraint("cross_check_pk", "position"),
        check("position", "position >= 0"),
    )

    cross_check_pk: int = reference("cross_check")
    position: int
    question_pk: int = reference("question", index=True)


class CrossCheckClaimRow(Row, table=True):
    """The claims of a cross-check, in its order."""

    __table_args__ = (
        UniqueConstraint("cross_check_pk", "position"),
        check("position", "position >= 0"),
    )

    cross_check_pk: int = reference("cross_check")
    position: int
    claim_pk: int = reference("claim", index=True)
