"""The rules that the schema itself keeps, whoever writes: closed lists, ranges, references."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from claims.analysis.records import (
    Assessment,
    Contributor,
    Merge,
    Place,
    RelationOverride,
    SourceRelation,
    Term,
    TermRelation,
    Waiver,
)
from claims.analysis.vocabulary import Dependence, Scheme, TermLink
from claims.store.engine import open_engine
from claims.store.unit import write_unit
from claims.store.writer import Writer
from tests.conftest import BACKENDS
from tests.postgres import Server
from tests.store.undone import undone
from tests.store.worlds import NOW, an_id, flood


@pytest.fixture(scope="module", params=BACKENDS)
def filled_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("filled") / "claims.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database(request.getfixturevalue("postgres_template")) as url:
        yield url


@pytest.fixture(scope="module")
def filled(filled_url: str) -> Iterator[Engine]:
    """A database with a record of most kinds, which every test leaves as it was."""
    engine = open_engine(filled_url)
    paper, ministry, claims = (
        an_id("paper"),
        an_id("ministry"),
        [an_id("claim 0"), an_id("claim 1")],
    )
    more = [
        Term(id=an_id("dogs"), label="dogs", broader=an_id("people")),
        TermRelation(
            id=an_id("tr"), a=an_id("dogs"), b=an_id("people"), link=TermLink.EXCLUSIVE, reason="r"
        ),
        Place(id=an_id("street"), name="A street", part_of=an_id("town")),
        SourceRelation(
            id=an_id("sr"), between="source", a=paper, b=ministry, kind=Dependence.QUOTES, basis="b"
        ),
        Assessment(
            id=an_id("as"),
            of="source",
            target=paper,
            scheme=Scheme.RELIABILITY,
            code="C",
            reason="r",
            assessed_by="coder",
        ),
        RelationOverride(id=an_id("ro"), a=claims[0], b=claims[1], independent=True, reason="r"),
        Waiver(id=an_id("wa"), check="A05", target=paper, reason="r", granted_by="g", until="2027"),
        Contributor(id=an_id("coder"), name="coder"),
        Contributor(id=an_id("reader"), name="reader"),
        Merge(id=an_id("me"), of="source", kept=paper, merged=ministry, reason="r"),
    ]
    with write_unit(engine) as opened:
        Writer(opened, "coder", NOW).insert_all([*flood(), *more])
    yield engine
    engine.dispose()


@pytest.fixture
def session(filled: Engine) -> Iterator[Session]:
    with undone(filled) as opened:
        yield opened


@pytest.mark.parametrize(
    "statement",
    [
        # closed lists
        "UPDATE claim SET stance = 'shouts'",
        "UPDATE claim SET sensitivity = 'secret'",
        "UPDATE claim SET explicitness = ''",
        "UPDATE claim SET value_kind = 'number'",
        "UPDATE claim SET value_range_basis = 'x'",
        "UPDATE question SET value_kind = 'number'",
        "UPDATE question SET aspect = 'middle'",
        "UPDATE source SET kind = 'x'",
        "UPDATE source SET way_of_knowing = 'x'",
        "UPDATE source_relation SET kind = 'x'",
        "UPDATE document SET tier = 'x'",
        "UPDATE document SET status = 'x'",
        "UPDATE passage SET part = 'x'",
        "UPDATE passage SET anchor = 'x'",
        "UPDATE term_relation SET link = 'x'",
        "UPDATE custody SET action = 'sold'",
        "UPDATE assessment SET scheme = 'x'",
        "UPDATE assessment SET code = 'G'",
        "UPDATE assessment SET code = '1'",
        "UPDATE relation_override SET relation = 'x'",
        # true, false and nothing else
        "UPDATE source SET named = 2",
        "UPDATE question SET exclusive = 'perhaps'",
        "UPDATE claim SET hard = 7",
        "UPDATE merge SET undone = -1",
        # ranges
        'UPDATE passage SET start = 9, "end" = 8',
        "UPDATE passage SET start = -1",
        "UPDATE passage SET start = NULL",
        "UPDATE claim SET hard_lo = 9, hard_hi = 8",
        "UPDATE claim SET soft_lo = 9, soft_hi = 8",
        "UPDATE claim SET hard = FALSE",
        "UPDATE claim SET hard_lo = NULL, hard_lo_open = TRUE",
        "UPDATE claim SET earliest_day = 2, latest_day = 1",
        "UPDATE claim SET version = 0",
        "UPDATE place SET latitude = '90.5', longitude = '0'",
        "UPDATE place SET latitude = '0', longitude = '-181'",
        "UPDATE place SET latitude = '1'",
        "UPDATE place SET uncertainty = '-1'",
        "UPDATE snapshot SET length = -1",
        "UPDATE document SET quotation_limit = -1",
        "UPDATE speaker SET position = -1",
        # nothing where something must stand, something where nothing may
        "UPDATE source SET name = ''",
        "UPDATE source SET name = NULL",
        "UPDATE assessment SET reason = ''",
        "UPDATE passage SET exact = ''",
        "UPDATE claim SET value_said = NULL",
        "UPDATE claim SET value_said = NULL, value_expression = NULL",
        "UPDATE claim SET retracted_reason = 'withdrawn'",
        "UPDATE relation_override SET independent = NULL",
        "UPDATE question SET aspect = 'start'",
        "UPDATE payload SET text = NULL",
        "UPDATE change SET after_pk = NULL",
        "UPDATE claim SET created_at = '2026-01-31 12:00'",
        "UPDATE claim SET content_hash = 'abc'",
        # references
        "UPDATE claim SET question_pk = 77",
        "UPDATE claim SET origin_pk = 77",
        "UPDATE claim SET scope_cause_pk = 77",
        "UPDATE speaker SET source_pk = 77",
        "UPDATE claim_passage SET passage_pk = 77",
        "UPDATE assessment SET of = 'claim'",
        "UPDATE assessment SET claim_pk = 1",
        "UPDATE source_relation SET b_source_pk = a_source_pk",
        "UPDATE term_relation SET b_pk = a_pk",
        "UPDATE merge SET kept_source_pk = merged_source_pk",
        "UPDATE term SET broader_pk = pk",
        "UPDATE claim SET supersedes_pk = pk",
        # nothing that others refer to is taken away, and nothing goes with it unasked
        "DELETE FROM source WHERE key = 'paper'",
        "DELETE FROM claim",
        "DELETE FROM document",
        "DELETE FROM payload",
        # one of each
        "INSERT INTO head VALUES (2, 0, '')",
        "UPDATE head SET pk = 2",
        "UPDATE claim SET id = (SELECT id FROM claim LIMIT 1)",
        "UPDATE speaker SET position = 0",
        "UPDATE change SET seq = 1",
        "UPDATE contributor SET name = 'coder'",
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(session: Session, statement: str) -> None:
    with pytest.raises(DBAPIError) as refused:
        session.execute(text(statement))
    assert isinstance(refused.value, IntegrityError) or _is_of_another_type(refused.value)


def _is_of_another_type(error: DBAPIError) -> bool:
    """PostgreSQL has a type for true and false: nothing else gets as far as a rule."""
    return getattr(error.orig, "sqlstate", None) in {"42804", "22P02"}
