"""What ``docs/domain.md`` says of values and verdicts is what the program does.

Its tables are read by their headings: the rows of the profile must stand in it as they are, every
example is parsed and compared, and every word of the field is explained.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from claims.analysis.explain import SENTENCES
from claims.analysis.outcomes import Dispute, Independence, Relation, Support
from claims.analysis.scopes import DIMENSIONS
from claims.analysis.vocabulary import (
    CODES,
    DateAspect,
    Dependence,
    Explicitness,
    RangeBasis,
    Scheme,
    Sensitivity,
    Stance,
    ValueKind,
    WayOfKnowing,
)
from claims.errors import ClaimsError
from claims.values.interval import Region
from claims.values.kinds import PLACED
from claims.values.profiles import DEFAULT_PROFILE, profile_rows, profiles
from claims.values.quantity import parse_quantity
from claims.values.when import parse_when
from tests.analysis.world import World

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGE = (DOCS / "domain.md").read_text(encoding="utf-8")
EXPLAINED = PAGE + (DOCS / "report.md").read_text(encoding="utf-8")

Cells = tuple[str, ...]


def _cells(line: str) -> Cells:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def _tables(text: str) -> Iterator[tuple[Cells, list[Cells]]]:
    """The heading and the rows of each table."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        heading, _, *rows = (_cells(line) for line in block.splitlines())
        yield heading, rows


def _rows(*heading: str) -> list[Cells]:
    """The rows of all tables with this heading, without the marks of code; never none."""
    found = [row for title, rows in _tables(PAGE) if title == heading for row in rows]
    assert found, f"no table is headed {heading}"
    return [tuple(cell.replace("`", "") for cell in row) for row in found]


def notation(region: Region | None) -> str:
    """A region as the page writes it: ``[24, 99]``, ``(0.5, 1]``, ``[12, ∞)``, ``{8, 11}``."""
    if region is None:
        return "none"
    if region.as_points:
        return "{" + ", ".join(str(point) for point in region.as_points) + "}"
    hull = region.hull
    left = "(" if hull.lo_open or hull.lo is None else "["
    right = ")" if hull.hi_open or hull.hi is None else "]"
    low = "-∞" if hull.lo is None else hull.lo
    return f"{left}{low}, {'∞' if hull.hi is None else hull.hi}{right}"


def _explained(word: str) -> bool:
    """Whether a word stands as code in a sentence or a row that says more than the word."""
    lines = (line for line in EXPLAINED.splitlines() if f"`{word}`" in line)
    return any(len(line.replace("`", "")) > len(word) + 10 for line in lines)


# -- values --------------------------------------------------------------------------------------


def test_the_phrase_table_is_that_of_the_profile() -> None:
    printed = _rows("row", "phrase", "hard", "soft", "origin of the convention")
    held = [(r.id, r.phrase, r.hard, r.soft, r.origin) for r in profile_rows(DEFAULT_PROFILE)]
    assert printed == held


@pytest.mark.parametrize(("words", "hard", "soft"), _rows("words", "hard", "soft"))
def test_every_phrase_reads_as_shown(words: str, hard: str, soft: str) -> None:
    quantity = parse_quantity(words)
    assert (notation(quantity.hard), notation(quantity.soft)) == (hard, soft)


OTHERS = _rows("profile", "words", "hard", "soft", "origin")


@pytest.mark.parametrize(("profile", "words", "hard", "soft", "_origin"), OTHERS)
def test_every_other_profile_reads_as_shown(
    profile: str, words: str, hard: str, soft: str, _origin: str
) -> None:
    quantity = parse_quantity(words, profile=profile)
    assert (notation(quantity.hard), notation(quantity.soft)) == (hard, soft)


def test_every_row_that_another_profile_changes_is_shown() -> None:
    default = {row.id: row for row in profile_rows(DEFAULT_PROFILE)}
    changed = {
        (profile, row.phrase)
        for profile in profiles()
        for row in profile_rows(profile)
        if (row.hard, row.soft) != (default[row.id].hard, default[row.id].soft)
    }
    assert {(row[0], row[1]) for row in OTHERS} == changed


@pytest.mark.parametrize(("words", "because"), _rows("refused", "because"))
def test_what_the_page_calls_refused_is_refused(words: str, because: str) -> None:
    """For the reason given: its last word in code is in the message."""
    (named,) = {word for word in ("could_not_confirm", "subset", "hedges") if word in because}
    with pytest.raises(ClaimsError, match=named):
        parse_quantity(words)


DATES = _rows("words", "EDTF", "earliest", "latest", "nature")


@pytest.mark.parametrize(("words", "edtf", "earliest", "latest", "nature"), DATES)
def test_every_date_reads_as_shown(
    words: str, edtf: str, earliest: str, latest: str, nature: str
) -> None:
    when = parse_when(words)
    days = (when.earliest, when.latest)
    found = tuple("none" if day is None else day.isoformat() for day in days)
    assert (when.edtf, *found, when.nature) == (edtf, earliest, latest, nature)


@pytest.mark.parametrize("words", ["1992-02-30", "1992-03/1992-02", "yesterday", "10/02/1992"])
def test_dates_that_the_page_calls_refused_are_refused(words: str) -> None:
    with pytest.raises(ClaimsError):
        parse_when(words)


# -- verdicts ------------------------------------------------------------------------------------


def _verdict(world: World) -> Cells:
    """The relation and the reason of the only pair of claims."""
    found = {
        (str(verdict.relation), verdict.reason)
        for result in world.assess().questions
        for verdict in result.relations
    }
    return found.pop() if found else ("none", "none")


PAIRS = _rows("one says", "the other says", "relation", "reason")


@pytest.mark.parametrize(("one", "other", "relation", "reason"), PAIRS)
def test_two_counts_stand_as_shown(one: str, other: str, relation: str, reason: str) -> None:
    world = World()
    world.ask("q", unit="people")
    world.say("a", "q", one, document="A")
    world.say("b", "q", other, document="B")
    assert _verdict(world) == (relation, reason)


DENIALS = _rows("affirmed", "denied", "relation", "reason")


@pytest.mark.parametrize(("affirmed", "denied", "relation", "reason"), DENIALS)
def test_a_denial_stands_as_shown(affirmed: str, denied: str, relation: str, reason: str) -> None:
    world = World()
    world.ask("q")
    world.say("a", "q", affirmed, document="A")
    world.say("b", "q", denied, document="B", stance=Stance.DENIES)
    assert _verdict(world) == (relation, reason)


DATED = _rows("asked for", "one says", "the other says", "relation", "reason")


@pytest.mark.parametrize(("aspect", "one", "other", "relation", "reason"), DATED)
def test_two_dates_stand_as_shown(
    aspect: str, one: str, other: str, relation: str, reason: str
) -> None:
    world = World()
    world.ask("q", ValueKind.DATE, aspect=DateAspect(aspect))
    world.say("a", "q", one, document="A")
    world.say("b", "q", other, document="B")
    assert _verdict(world) == (relation, reason)


PARTS = _rows("the part", "the whole", "relation", "reason")


@pytest.mark.parametrize(("part", "whole", "relation", "reason"), PARTS)
def test_a_part_and_its_whole_stand_as_shown(
    part: str, whole: str, relation: str, reason: str
) -> None:
    world = World()
    world.ask("all")
    world.ask("some", subset_of="all")
    world.say("a", "some", part, document="A")
    world.say("b", "all", whole, document="B")
    assert _verdict(world) == (relation, reason)


# -- codes ---------------------------------------------------------------------------------------


def _findings() -> Iterator[tuple[str | None, str]]:
    """The relation (where it is written out) and the reason of each finding in the code."""
    for module in ("compare", "value_relations", "part_whole"):
        tree = ast.parse((ROOT / "claims" / "analysis" / f"{module}.py").read_text("utf-8"))
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        for call in calls:
            named = isinstance(call.func, ast.Name) and call.func.id == "Finding"
            if named and isinstance(call.args[1], ast.Constant):
                relation = call.args[0]
                known = relation.attr if isinstance(relation, ast.Attribute) else None
                yield known, str(call.args[1].value)


def _verdict_rows() -> list[Cells]:
    whole = _rows("step", "case", "relation", "reason")
    return whole + [("", *row) for row in _rows("case", "relation", "reason")]


def test_every_finding_of_the_code_stands_in_the_table_with_its_relation() -> None:
    found = list(_findings())
    assert len(found) > 20
    stands = [
        any((relation or "") in row[2] and reason in row[3] for row in _verdict_rows())
        for relation, reason in found
    ]
    assert [one for one, held in zip(found, stands, strict=True) if not held] == []


def test_the_table_names_no_reason_that_the_code_does_not_have() -> None:
    named = {code for row in _verdict_rows() for code in re.findall(r"[a-z]+(?:_[a-z]+)*", row[3])}
    words = {"of", "dates", "as", "below", "under", "scope"}
    scopes = {f"scope_{dimension}" for dimension in DIMENSIONS}
    apart = {"override", "mutual_accusation", "not_opposed"}
    assert named - words == (SENTENCES.keys() | scopes | apart) - words


CODED: tuple[type[StrEnum], ...] = (
    *(Relation, Dispute, Support, Independence, Stance, Dependence),
    *(ValueKind, DateAspect, RangeBasis, Explicitness, WayOfKnowing, Sensitivity, Scheme),
)


@pytest.mark.parametrize("words", CODED, ids=lambda words: words.__name__)
def test_every_word_of_the_field_is_explained(words: type[StrEnum]) -> None:
    assert [word.value for word in words if not _explained(word.value)] == []


def test_every_reason_is_explained() -> None:
    reasons = {*SENTENCES, "override", "mutual_accusation", "not_opposed"}
    reasons |= {f"same_{kind.kind}" for kind in PLACED}
    reasons |= {f"scope_{dimension}" for dimension in DIMENSIONS}
    assert sorted(reason for reason in reasons if not _explained(reason)) == []


def test_the_codes_of_every_scale_are_named() -> None:
    (scales,) = (rows for heading, rows in _tables(PAGE) if heading[0] == "scale")
    said = {re.findall(r"`(\w+)`", row[0])[0]: row[1] for row in scales}
    ends = {scheme.value: (codes[0], codes[-1]) for scheme, codes in CODES.items()}
    assert [
        scheme for scheme, pair in ends.items() if any(e not in said[scheme] for e in pair)
    ] == []


# -- the map -------------------------------------------------------------------------------------


def test_every_document_is_on_the_map() -> None:
    linked = set(re.findall(r"\]\(([^)#\s]+)", (DOCS / "index.md").read_text(encoding="utf-8")))
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert sorted(pages - linked - {"index.md"}) == []
