"""Positions: the rival answers to a question, and who stands behind each.

A position is a maximal set of claims whose values all overlap, by their typical reading, or by
what the words allow where they have no typical reading. A claim may belong to several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.analysis.casefile import Casefile
from claims.analysis.cliques import cliques, paths
from claims.analysis.compare import opposed
from claims.analysis.origins import Origins
from claims.analysis.outcomes import Position
from claims.analysis.statements import Statement
from claims.values.category import Category
from claims.values.interval import Edge, Region
from claims.values.kinds import PLACED
from claims.values.place import PlaceValue
from claims.values.relation import Value


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one position, before they are counted."""

    members: tuple[Statement, ...]
    common: Region | None


@dataclass(frozen=True, slots=True)
class Positions:
    """The positions that are listed, in rising order, and how many more there are."""

    listed: tuple[Group, ...]
    omitted: int


def find_positions(statements: Iterable[Statement], most: int) -> Positions:
    """The positions held by affirming statements; of more than ``most`` the best held.

    Statements on different units or scopes never share a position.
    """
    classes: defaultdict[object, list[Statement]] = defaultdict(list)
    for statement in statements:
        classes[statement.common_class].append(statement)
    found: list[_Sketch] = []
    for _, members in sorted(classes.items(), key=lambda item: repr(item[0])):
        found.extend(_ranged(members) if _lies_on_axis(members) else _named(members))
    ranked = sorted(range(len(found)), key=lambda i: (-found[i].weight, i))[:most]
    listed = tuple(found[i].gather() for i in sorted(ranked))
    return Positions(listed, len(found) - len(listed))


def describe(group: Group, origins: Origins, casefile: Casefile, most: int) -> Position:
    """The position as a report shows it, its claims listed up to ``most``."""
    claims = tuple(statement.claim.id for statement in group.members)
    return Position(
        claims=claims[:most],
        size=len(claims),
        origins=origins.count(claims).number,
        origins_if_dependent=origins.count_if_dependent(claims).number,
        common=group.common,
        label=_label(group.members),
        opposed=_held_by_opposed(group.members, casefile),
    )


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A position by its weight; its members are gathered only where it is listed."""

    weight: int
    gather: Callable[[], Group]


def _lies_on_axis(members: Sequence[Statement]) -> bool:
    return any(statement.hard is not None for statement in members)


def typical(statement: Statement) -> Region | None:
    """The region that positions are made of: the soft one, or the hard one where there is none."""
    return statement.soft if statement.soft is not None else statement.hard


def _ranged(members: Sequence[Statement]) -> list[_Sketch]:
    by_region: defaultdict[Region, list[Statement]] = defaultdict(list)
    for statement in members:
        region = typical(statement)
        if region is not None:
            by_region[region].append(statement)
    weighed = tuple((region, len(held)) for region, held in by_region.items())
    return [
        _Sketch(clique.weight, _gatherer(by_region, Region((clique.common,))))
        for clique in cliques(weighed)
    ]


def _gatherer(by_region: Mapping[Region, list[Statement]], common: Region) -> Callable[[], Group]:
    def gather() -> Group:
        fitting = (s for region, held in by_region.items() if common.within(region) for s in held)
        return Group(tuple(sorted(fitting, key=lambda s: s.claim.id.int)), common)

    return gather


def _named(members: Sequence[Statement]) -> list[_Sketch]:
    by_answer: defaultdict[str, list[Statement]] = defaultdict(list)
    above: dict[str, tuple[str, ...]] = {}
    answers: dict[str, str] = {}
    for statement in members:
        value = statement.value
        if isinstance(value, PLACED):
            by_answer[value.identity].append(statement)
            above[value.identity] = _above(value)
            answers[value.expression] = value.identity
    nodes = {name: tuple(answers.get(i, i) for i in ids) for name, ids in above.items()}
    return [
        _Sketch(sum(len(by_answer[name]) for name in path), _collector(by_answer, path))
        for path in paths(tuple(nodes.items()))
    ]


def _collector(by_answer: dict[str, list[Statement]], path: tuple[str, ...]) -> Callable[[], Group]:
    def gather() -> Group:
        return Group(tuple(s for name in path for s in by_answer[name]), None)

    return gather


def _above(value: Value) -> tuple[str, ...]:
    if isinstance(value, Category):
        return value.broader
    return value.part_of if isinstance(value, PlaceValue) else ()


def _label(members: tuple[Statement, ...]) -> str:
    """The answers in words: of categories their labels, of ranges the words of the sources."""
    first = members[0].value
    label = getattr(first, "label", None)
    if label:
        return str(label)
    first_to_say = {statement.said: statement for statement in reversed(members)}
    said = sorted(first_to_say, key=lambda words: _by_value(first_to_say[words]))
    return " · ".join(said[:_WORDS]) + (" …" if len(said) > _WORDS else "")


_WORDS = 4


def _by_value(statement: Statement) -> tuple[Edge, Edge]:
    region = typical(statement)
    nowhere = (0, 0)
    return (region.hull.start, region.hull.end) if region else (nowhere, nowhere)


def _held_by_opposed(members: tuple[Statement, ...], casefile: Casefile) -> bool:
    """Whether two parties opposed to each other hold the position together."""
    by_party = {s.party: s for s in members if s.party is not None}
    held = list(by_party.values())
    return any(opposed(a, b, casefile) for i, a in enumerate(held) for b in held[i + 1 :])
