from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import Engine

from claims.actions import Actor, InitRequest, InitResult, acting, beginner, init
from claims.analysis.records import Contributor, Project
from claims.analysis.vocabulary import Role, Sensitivity
from claims.errors import InputRefused, NotPermitted, SetupError, UnknownProfile
from claims.store.reader import all_records, head
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.actions.conftest import NOW


def begin(engine: Engine, name: str = "first", **what: str) -> InitResult:
    with write_unit(engine) as session:
        return init(session, Actor(name), InitRequest(**what), NOW)


def test_the_first_contributor_is_the_administrator(empty: Engine) -> None:
    begun = begin(empty, title="Floods", profile="acled@1", locale="de")
    assert (begun.new_project, begun.new_contributor) == (True, True)
    with read_unit(empty) as session:
        (project,) = all_records(session, Project)
        (person,) = all_records(session, Contributor)
    assert (project.title, project.profile, project.locale) == ("Floods", "acled@1", "de")
    assert (person.role, person.clearance) == (Role.ADMINISTRATOR, Sensitivity.RESTRICTED)


def test_the_same_again_changes_nothing(empty: Engine) -> None:
    begin(empty, title="Floods")
    with read_unit(empty) as session:
        before = head(session)
    again = begin(empty, title="Floods")
    with read_unit(empty) as session:
        assert head(session) == before
    assert (again.new_project, again.new_contributor) == (False, False)


def test_nobody_named_is_the_only_administrator(empty: Engine) -> None:
    begin(empty)
    with write_unit(empty) as session:
        Writer(session, "first", NOW).insert(Contributor(id=uuid4(), name="second"))
    with read_unit(empty) as session:
        assert acting(session, None) == Actor("first", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)
        assert beginner(session, None, "login").name == "first"
        assert beginner(session, "second", "login").name == "second"


def test_an_empty_database_is_begun_by_whoever_is_logged_in(empty: Engine) -> None:
    with read_unit(empty) as session:
        assert beginner(session, None, "login").name == "login"
        with pytest.raises(SetupError, match="claims init --as NAME"):
            acting(session, None)


def test_among_several_administrators_one_must_be_named(empty: Engine) -> None:
    begin(empty)
    with write_unit(empty) as session:
        other = Contributor(id=uuid4(), name="other", role=Role.ADMINISTRATOR)
        Writer(session, "first", NOW).insert(other)
    with read_unit(empty) as session, pytest.raises(SetupError, match="contributors are 'first'"):
        acting(session, None)


def test_a_stranger_is_told_who_the_contributors_are(empty: Engine) -> None:
    begin(empty)
    with read_unit(empty) as session, pytest.raises(NotPermitted, match="contributors are 'first'"):
        acting(session, "stranger")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x1bb"])
def test_a_name_must_be_readable(empty: Engine, name: str) -> None:
    with pytest.raises(InputRefused, match="cannot be a contributor's"):
        begin(empty, name)


@pytest.mark.parametrize("what", [{"title": "Other"}, {"profile": "pitf@1"}, {"locale": "fr"}])
def test_a_project_keeps_its_conventions(empty: Engine, what: dict[str, str]) -> None:
    begin(empty, title="Floods")
    with pytest.raises(InputRefused, match="is held already with the"):
        begin(empty, **what)


@pytest.mark.parametrize("what", [{"profile": "none@1"}, {"locale": "xx"}])
def test_conventions_must_exist(empty: Engine, what: dict[str, str]) -> None:
    with pytest.raises(UnknownProfile):
        begin(empty, **what)
