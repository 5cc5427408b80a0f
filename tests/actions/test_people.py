from __future__ import annotations

from itertools import pairwise
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from claims.actions import Actor, InitRequest, acting, init
from claims.actions.actor import LEAST, Doing, check_write
from claims.actions.people import (
    PersonRequest,
    PersonResult,
    add_contributor,
    check_rulers,
    contributor,
    contributor_history,
    contributors,
    edit_contributor,
)
from claims.analysis.records import Source
from claims.analysis.vocabulary import Role, Sensitivity
from claims.errors import InputRefused, NotFound, NotPermitted, StaleVersion
from claims.store.reader import head
from claims.store.unit import read_unit, write_unit
from tests.actions.conftest import NOW

RULER = Actor("Ruler", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)
REVIEWER = Actor("Reviewer", Role.REVIEWER, Sensitivity.RESTRICTED)


@pytest.fixture
def project(empty: Engine) -> Engine:
    with write_unit(empty) as session:
        init(session, RULER, InitRequest(), NOW)
    return empty


def add(engine: Engine, name: str, actor: Actor = RULER, **what: object) -> PersonResult:
    with write_unit(engine) as session:
        return add_contributor(session, actor, PersonRequest(name=name, **what), NOW)  # type: ignore[arg-type]


def edit(engine: Engine, name: str, actor: Actor = RULER, **what: object) -> PersonResult:
    with write_unit(engine) as session:
        return edit_contributor(session, actor, PersonRequest(name=name, **what), NOW)  # type: ignore[arg-type]


def test_a_contributor_acts_with_the_role_and_clearance_they_were_given(project: Engine) -> None:
    add(project, "Coder")
    add(project, "Editor", role=Role.REVIEWER, clearance=Sensitivity.TEAM)
    with read_unit(project) as session:
        assert acting(session, "Coder") == Actor("Coder", Role.ENTERER, Sensitivity.PUBLIC)
        assert acting(session, "Editor") == Actor("Editor", Role.REVIEWER, Sensitivity.TEAM)
        assert [one.name for one in contributors(session, RULER, None, NOW)] == [
            "Coder",
            "Editor",
            "Ruler",
        ]


@pytest.mark.parametrize("role", [Role.READER, Role.ENTERER, Role.REVIEWER])
def test_only_administrators_change_people(project: Engine, role: Role) -> None:
    add(project, "Somebody", role=role)
    with read_unit(project) as session:
        before = head(session)
        somebody = acting(session, "Somebody")
    with pytest.raises(NotPermitted, match="takes the role administrator"):
        add(project, "Friend", somebody)
    with pytest.raises(NotPermitted, match="takes the role administrator"):
        edit(project, "Somebody", somebody, clearance=Sensitivity.RESTRICTED)
    with pytest.raises(NotPermitted, match="takes the role administrator"):
        edit(project, "nobody at all", somebody, role=Role.READER)
    with read_unit(project) as session:
        assert head(session) == before


def test_the_last_administrator_stays(project: Engine) -> None:
    with pytest.raises(InputRefused, match="no administrator would be left"):
        edit(project, "Ruler", role=Role.REVIEWER)
    add(project, "Second", role=Role.ADMINISTRATOR)
    edit(project, "Ruler", role=Role.REVIEWER)
    with read_unit(project) as session:
        assert acting(session, None).name == "Second"
        with pytest.raises(InputRefused, match="no administrator would be left"):
            check_rulers([contributor(session, RULER, PersonRequest(name="Ruler"), NOW)[0]])


def test_a_name_is_given_once(project: Engine) -> None:
    add(project, "Coder")
    for again in ("Coder", "CODER"):
        with pytest.raises(InputRefused, match="takes part already, as enterer"):
            add(project, again)
    for bad in ("", "  ", " Coder", "a\nb"):
        with pytest.raises(InputRefused, match="cannot be a contributor's"):
            add(project, bad)


def test_who_is_not_there_is_answered_with_the_nearest(project: Engine) -> None:
    with pytest.raises(NotFound, match="the nearest is 'Ruler'"):
        edit(project, "Rulr", role=Role.READER)


def test_an_edit_names_what_is_to_change_and_from_which_version(project: Engine) -> None:
    add(project, "Coder")
    with pytest.raises(InputRefused, match="give --role, --clearance, or both"):
        edit(project, "Coder")
    assert edit(project, "coder", role=Role.REVIEWER, version=1).version == 2
    with pytest.raises(StaleVersion, match=r"version 1, now 2\): reviewer, cleared for public"):
        edit(project, "Coder", clearance=Sensitivity.TEAM, version=1)
    same = edit(project, "Coder", role=Role.REVIEWER)
    assert (same.changed, same.act, same.version) == (False, None, 2)


def test_a_dry_run_stores_nothing(project: Engine) -> None:
    add(project, "Coder")
    with read_unit(project) as session:
        before = head(session)
    assert add(project, "Other", dry_run=True).changed
    assert edit(project, "Coder", role=Role.READER, dry_run=True).changed
    with read_unit(project) as session:
        assert head(session) == before


def test_the_history_tells_who_changed_whose_role(project: Engine) -> None:
    add(project, "Coder")
    edit(project, "Coder", role=Role.REVIEWER, reason="has learnt it")
    coder = Actor("Coder", Role.REVIEWER)
    with read_unit(project) as session:
        asked = PersonRequest(name="Coder")
        first, second = contributor_history(session, coder, asked, NOW)
        assert contributor_history(session, RULER, asked, NOW) == [first, second]
        with pytest.raises(NotPermitted):
            contributor_history(session, coder, PersonRequest(name="Ruler"), NOW)
    assert (first.before, first.by) == (None, "Ruler")
    assert second.reason == "has learnt it"
    assert second.before
    assert second.after
    assert (second.before.role, second.after.role) == (Role.ENTERER, Role.REVIEWER)


# --- the rules ---------------------------------------------------------------------------------


def test_each_role_may_do_what_the_lesser_may() -> None:
    assert LEAST.keys() == set(Doing)
    may = [{doing for doing in Doing if Actor("x", role).may(doing)} for role in Role]
    assert all(less < more for less, more in pairwise(may))
    assert may[0] == {Doing.READ}
    assert may[-1] == set(Doing)


def test_a_refusal_names_the_role_that_would_do() -> None:
    with pytest.raises(
        NotPermitted, match="'x' has the role reader, which may not merge records; "
    ):
        Actor("x", Role.READER).require(Doing.MERGE)
    with pytest.raises(NotPermitted, match="takes the role reviewer or higher"):
        Actor("x", Role.READER).require(Doing.MERGE)


def _source(sensitivity: str) -> Source:
    return Source(id=uuid4(), name="a voice", sensitivity=Sensitivity(sensitivity))


def test_nobody_enters_what_they_could_not_see() -> None:
    team = Actor("x", Role.ADMINISTRATOR, Sensitivity.TEAM)
    check_write(team, None, _source("team"), None)
    with pytest.raises(NotPermitted, match="vanish before your eyes; choose public or team, or"):
        check_write(team, None, _source("restricted"), None)
    with pytest.raises(NotPermitted, match="vanish"):
        check_write(team, _source("team"), _source("restricted"), "because")


def test_showing_a_record_to_more_people_takes_a_reviewer_and_a_reason() -> None:
    enterer = Actor("x", Role.ENTERER, Sensitivity.RESTRICTED)
    check_write(enterer, _source("public"), _source("team"), None)
    check_write(enterer, _source("team"), _source("team"), None)
    with pytest.raises(NotPermitted, match="lower the sensitivity"):
        check_write(enterer, _source("team"), _source("public"), "because")
    for reason in (None, "", "  "):
        with pytest.raises(InputRefused, match="needs a reason"):
            check_write(REVIEWER, _source("restricted"), _source("team"), reason)
    check_write(REVIEWER, _source("restricted"), _source("team"), "the witness agreed")


def test_a_project_with_an_administrator_takes_nobody_by_init(project: Engine) -> None:
    with (
        write_unit(project) as session,
        pytest.raises(NotPermitted, match="claims contributor add 'Stranger'"),
    ):
        init(session, Actor("Stranger"), InitRequest(), NOW)
