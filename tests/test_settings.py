from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import SetupError
from claims.settings import Settings, beside, settings

DATA, HERE = Path("/data"), Path("/here")


def made(
    environment: dict[str, str] | None = None, *, db: str | None = None, who: str | None = None
) -> Settings:
    return settings(environment or {}, data=DATA, here=HERE, database=db, actor=who)


def test_by_default_everything_lies_in_the_data_folder() -> None:
    assert made() == Settings(file=DATA / "claims.db", folder=DATA / "claims-archive", actor=None)


@pytest.mark.parametrize(
    ("db", "file"),
    [
        ("flood.db", "/here/flood.db"),
        ("/elsewhere/flood.db", "/elsewhere/flood.db"),
        ("sqlite:///flood.db", "/here/flood.db"),
        ("sqlite:////elsewhere/flood.db", "/elsewhere/flood.db"),
        ("a b/ü.db", "/here/a b/ü.db"),
    ],
)
def test_a_path_and_an_address_name_the_same_file(db: str, file: str) -> None:
    assert made(db=db).file == Path(file)
    assert made({"CLAIMS_DATABASE_URL": db}).file == Path(file)


def test_a_tilde_is_the_home_folder() -> None:
    assert made(db="~/flood.db").file == Path.home() / "flood.db"


def test_the_flag_wins_over_the_environment() -> None:
    environment = {"CLAIMS_DATABASE_URL": "one.db", "CLAIMS_ACTOR": "one"}
    found = made(environment, db="two.db", who="two")
    assert (found.file, found.actor) == (HERE / "two.db", "two")


def test_the_archive_lies_beside_its_database_or_where_the_environment_says() -> None:
    assert made(db="x/flood.db").archive == HERE / "x/flood-archive"
    assert made({"CLAIMS_ARCHIVE_DIR": "texts"}).archive == HERE / "texts"
    assert beside(Path("/x/flood.db")) == Path("/x/flood-archive")


def test_an_empty_setting_is_none() -> None:
    empty = {"CLAIMS_DATABASE_URL": "", "CLAIMS_ACTOR": "  ", "CLAIMS_ARCHIVE_DIR": ""}
    assert made(empty) == made()


@pytest.mark.parametrize(
    ("db", "expected"),
    [
        ("mysql://host/flood", "begins with 'mysql://'"),
        ("sqlite://", "in memory"),
        ("sqlite:///", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        (":memory:", "in memory"),
        ("flood.db?mode=ro", "holds '?' or '#'"),
    ],
)
def test_other_addresses_are_refused(db: str, expected: str) -> None:
    with pytest.raises(SetupError) as refused:
        made(db=db)
    assert expected in str(refused.value)


@pytest.mark.parametrize(
    ("db", "name"),
    [
        ("postgresql://host/flood", "postgresql://host/flood"),
        ("postgres://host/flood", "postgresql://host/flood"),
        ("postgresql+psycopg://host/flood", "postgresql://host/flood"),
        ("postgresql://me@host:5433/flood", "postgresql://me@host:5433/flood"),
        ("postgresql://me:s3cr%3At@host/flood", "postgresql://me@host/flood"),
        ("postgresql://me@host/flood?password=s3cr:t", "postgresql://me@host/flood"),
        ("postgresql:///flood?host=/run/pg", "postgresql:///flood?host=/run/pg"),
    ],
)
def test_a_postgresql_database_is_named_without_its_password(db: str, name: str) -> None:
    found = made({"CLAIMS_ARCHIVE_DIR": "texts"}, db=db)
    assert (found.file, found.name, found.archive) == (None, name, HERE / "texts")
    assert found.database == re.sub("^postgres[^:]*:", "postgresql+psycopg:", db)
    assert found.flags == f" --db {shlex.quote(name)}"
    assert "s3cr" not in repr(found) + found.name + found.flags


@pytest.mark.parametrize(
    "db",
    [
        "postgresql://me:s3cr/t@host/flood",
        "postgresql://me:12/s3cr@host/flood",
        "postgresql://me:s3cr?t@host/flood",
        "postgresql://me:s3cr#t@host/flood",
        "postgresql://me:s3cr[t@host/flood",
        "postgresql://me:s3cr\tt@host/flood",
        "postgresql://me:s3crt@host",
        "postgresql://me:s3crt@host/",
        "mysql://me:s3crt@host/flood",
    ],
)
def test_a_password_is_not_repeated(db: str) -> None:
    with pytest.raises(SetupError) as refused:
        made(db=db)
    assert "s3cr" not in str(refused.value)


def test_texts_of_a_database_on_a_server_need_a_folder() -> None:
    found = made(db="postgresql://me:s3cr@host/flood")
    assert found.folder is None
    with pytest.raises(SetupError, match="CLAIMS_ARCHIVE_DIR=/path") as refused:
        _ = found.archive
    assert "s3cr" not in str(refused.value)


def test_the_flag_is_repeated_only_where_it_was_given() -> None:
    assert made(db="a b.db").flags == " --db '/here/a b.db'"
    assert made({"CLAIMS_DATABASE_URL": "flood.db"}).flags == ""
    assert made().flags == ""


@given(st.text(st.characters(exclude_characters="?#~\0", exclude_categories=["Cs"]), min_size=1))
def test_the_address_of_a_file_leads_back_to_it(name: str) -> None:
    try:
        first = made(db=name)
    except SetupError:
        return
    assert made(db=first.database).file == first.file


@pytest.mark.parametrize(
    ("db", "expected"),
    [
        ("", "--db is given without words"),
        (" ", "--db is given without words"),
        ("sqlite:flood.db", "begins with 'sqlite:'"),
        ("file:flood.db", "begins with 'file:'"),
        ("/", "names a folder"),
        (".", "names a folder"),
        ("sub/..", "names a folder"),
        ("~nobody-of-this-name/flood.db", "nobody's home folder is known"),
        ("flood\udcff.db", "is not UTF-8"),
    ],
)
def test_a_database_that_no_file_can_hold_is_refused(db: str, expected: str) -> None:
    with pytest.raises(SetupError) as refused:
        made(db=db)
    assert expected in str(refused.value)


def test_an_empty_name_is_not_quietly_the_administrator() -> None:
    with pytest.raises(SetupError) as refused:
        made(who=" ")
    assert "--as is given without words" in str(refused.value)


def test_an_archive_is_a_folder_and_no_address() -> None:
    with pytest.raises(SetupError) as refused:
        made({"CLAIMS_ARCHIVE_DIR": "s3://bucket/texts"})
    assert "CLAIMS_ARCHIVE_DIR is the address 's3://bucket/texts'" in str(refused.value)


def test_two_slashes_begin_a_path_like_one() -> None:
    assert made(db="sqlite://///elsewhere/flood.db").name == "/elsewhere/flood.db"


def test_a_percent_sign_is_itself_in_a_path_and_an_escape_in_an_address() -> None:
    assert made(db="a%41.db").file == HERE / "a%41.db"
    assert made(db="a%41.db").database == "sqlite:////here/a%2541.db"
    assert made(db="sqlite:///a%41.db").file == HERE / "aA.db"
