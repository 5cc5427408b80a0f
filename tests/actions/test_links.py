"""Looking at the addresses of documents: what is lost, what is archived, and who is asked when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims import actions
from claims.actions import InitRequest, LinksRequest, LinksResult
from claims.actions.actor import Actor
from claims.analysis.audit.case import LinkState
from claims.analysis.blank import NO_HASH
from claims.analysis.records import Document, Passage, Record, Snapshot, Source
from claims.analysis.vocabulary import Role, Sensitivity, Tier
from claims.archive.extract import extract
from claims.archive.layout import layout_json
from claims.archive.store import Archive
from claims.cli.ground import Ground
from claims.cli.linking import links
from claims.errors import NotFound
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.actions.conftest import NOW
from tests.archive.web import Handler, Web, page, redirect, site, status
from tests.store.worlds import an_id

CAPTURED = datetime(2025, 6, 7, tzinfo=UTC)
ADMINISTRATOR = Actor("Ruler", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)
QUOTE = "Dozens of civilians were killed by shelling, the Ministry said."
REST = (
    "The hospital counted its dead for three days, and its doctors wrote down every name that"
    " relatives could give them. Nobody from the other side was heard."
)


TEXT = f"{QUOTE}\n\n{REST}\n"
KIND = "text/plain; charset=utf-8"


def article(body: str, extra: str = "") -> str:
    return (
        f"<html><head><title>A</title></head><body><nav>{extra}</nav><article><h1>The flood</h1>"
        f"<p>{body}</p><p>{REST}</p></article></body></html>"
    )


def document(key: str, url: str | None, sensitivity: Sensitivity = Sensitivity.PUBLIC) -> Document:
    return Document(
        id=an_id(key),
        key=key,
        csl={"title": f"The {key}"} | ({"URL": url} if url else {}),
        voice=an_id("paper"),
        tier=Tier.SECONDARY,
        language="en",
        sensitivity=sensitivity,
    )


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def copy(archive: Archive, key: str, url: str, data: str = TEXT) -> Snapshot:
    """An archived copy of a document, as it would be after fetching it."""
    archive.folder.mkdir(exist_ok=True)
    path = archive.folder / "page"
    path.write_text(data, encoding="utf-8")
    read = extract(path)
    return Snapshot(
        id=an_id(f"copy of {key}"),
        document=an_id(key),
        sha256=archive.add(data.encode()),
        media_type=read.media_type,
        text_sha256=archive.add(read.text.encode()),
        extractor=read.extractor,
        length=len(read.text),
        layout_sha256=archive.add(layout_json(read)),
        captured_at=CAPTURED,
        final_url=url,
    )


def quote(key: str, words: str, number: int) -> Passage:
    return Passage(
        id=an_id(f"quote {number} of {key}"),
        document=an_id(key),
        snapshot=an_id(f"copy of {key}"),
        exact=words,
        language="en",
    )


def store(engine: Engine, *records: Record) -> None:
    with write_unit(engine) as session:
        paper = Source(id=an_id("paper"), key="paper", name="a newspaper")
        Writer(session, "Coder", NOW).insert_all([paper, *records])


def checked(
    engine: Engine, web: Web, archive: Archive | None = None, *documents: str, **more: object
) -> LinksResult:
    request = LinksRequest(
        documents=documents,
        archive=archive,
        network=web.network,
        pause=lambda _: None,
        **more,  # type: ignore[arg-type]
    )
    with read_unit(engine) as session:
        return actions.check_links(session, ADMINISTRATOR, request, NOW)


def test_each_document_with_an_address_is_looked_at(empty: Engine) -> None:
    store(
        empty,
        document("alive", "http://example.org/a"),
        document("moved", "http://example.org/b"),
        document("dead", "http://example.org/c"),
        document("inner", "http://10.0.0.1/"),
        document("book", None),
    )
    handlers = {"/a": page("here"), "/b": redirect("/a", 301)}
    told: list[tuple[int, int]] = []
    with site(handlers) as (web, _):
        found = checked(empty, web, tell=lambda done, total: told.append((done, total)))
    assert {one.key: one.link.state for one in found.links} == {
        "alive": LinkState.ALIVE,
        "moved": LinkState.MOVED,
        "dead": LinkState.DEAD,
        "inner": LinkState.REFUSED,
    }
    assert found.states == {an_id(one.key or ""): one.link.state for one in found.links}
    assert [one.key for one in found.lost] == ["dead"]
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert {one.link.checked_at for one in found.links} == {NOW}


def test_what_is_dead_but_archived_is_not_lost(empty: Engine, archive: Archive) -> None:
    url = "http://example.org/gone"
    store(empty, document("kept", url), copy(archive, "kept", url))
    with site({}) as (web, _):
        (found,) = checked(empty, web, archive).links
    assert found.link.state is LinkState.DEAD
    assert (found.archived, found.archived_at, found.lost) == (True, CAPTURED, False)


@pytest.mark.parametrize(
    ("now", "state", "reason"),
    [
        (TEXT, LinkState.ALIVE, ""),
        (TEXT.replace(" by", "\n  by"), LinkState.ALIVE, ""),
        (
            TEXT.replace("Dozens", "Several"),
            LinkState.CHANGED,
            "its text differs from the copy of 2025-06-07; 1 of 2 quotes still stand in it",
        ),
        (
            TEXT + " It came at night.",
            LinkState.CHANGED,
            "its text differs from the copy of 2025-06-07; 2 of 2 quotes still stand in it",
        ),
    ],
    ids=["same bytes", "other spaces", "altered", "added to"],
)
def test_a_page_is_compared_with_its_copy_by_what_it_says(
    empty: Engine, archive: Archive, now: str, state: LinkState, reason: str
) -> None:
    url = "http://example.org/a"
    store(
        empty,
        document("kept", url),
        copy(archive, "kept", url),
        quote("kept", QUOTE, 1),
        quote("kept", "Nobody from the other side was heard.", 2),
    )
    with site({"/a": page(now, KIND)}) as (web, _):
        (found,) = checked(empty, web, archive).links
    assert (found.link.state, found.link.reason) == (state, reason)


def test_what_stands_around_an_article_is_no_part_of_what_it_says(
    empty: Engine, archive: Archive
) -> None:
    url = "http://example.org/a"
    held = copy(archive, "kept", url, article(QUOTE, "Weather of yesterday"))
    store(empty, document("kept", url), held)
    with site({"/a": page(article(QUOTE, "Weather of today"))}) as (web, _):
        (found,) = checked(empty, web, archive).links
    assert found.link.state is LinkState.ALIVE


def test_without_the_archive_only_bytes_are_compared(empty: Engine, archive: Archive) -> None:
    url = "http://example.org/a"
    store(empty, document("kept", url), copy(archive, "kept", url))
    with site({"/a": page(TEXT.replace("\n", "\r\n"), KIND)}) as (web, _):
        (found,) = checked(empty, web).links
    assert found.link.state is LinkState.CHANGED
    assert found.link.reason == (
        "its bytes differ from the copy of 2025-06-07, whose text is not held whole"
    )


def test_a_damaged_archive_ends_no_look_at_links(empty: Engine, archive: Archive) -> None:
    url = "http://example.org/a"
    kept = copy(archive, "kept", url)
    store(empty, document("kept", url), kept)
    path = archive.path(kept.text_sha256)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    with site({"/a": page("other")}) as (web, _):
        (found,) = checked(empty, web, archive).links
    assert "whose text is not held whole" in found.link.reason


def test_a_page_of_which_no_text_can_be_taken_has_changed(empty: Engine, archive: Archive) -> None:
    url = "http://example.org/a"
    store(empty, document("kept", url), copy(archive, "kept", url))
    with site({"/a": page(b"PK\x03\x04 no archive", "application/zip")}) as (web, _):
        (found,) = checked(empty, web, archive).links
    assert found.link.state is LinkState.CHANGED
    assert found.link.reason.startswith("no text can be taken from it: ")


def test_the_address_of_the_copy_is_looked_at_too_where_it_is_another(
    empty: Engine, archive: Archive
) -> None:
    cited, final = "http://example.org/a#page=3", "http://example.org/b"
    store(
        empty,
        document("two", cited),
        copy(archive, "two", final),
        document("one", "http://example.org/c#top"),
        copy(archive, "one", "http://example.org/c"),
    )
    with site({"/b": page(TEXT)}) as (web, _):
        found = checked(empty, web, archive)
    assert [(one.link.url, one.link.state) for one in found.links] == [
        (cited, LinkState.DEAD),
        (final, LinkState.ALIVE),
        ("http://example.org/c#top", LinkState.DEAD),
    ]
    assert found.states[an_id("two")] is LinkState.DEAD, "that of the address that is cited"


def test_each_address_is_compared_with_the_copy_that_came_from_it(
    empty: Engine, archive: Archive
) -> None:
    """The newest copy came from a mirror, which shows other words than the address cited."""
    cited, mirror = "http://example.org/a", "http://example.org/b"
    other = TEXT.replace("Dozens", "Several")
    newer = replace(copy(archive, "kept", mirror, other), id=an_id("copy of the mirror"))
    store(
        empty,
        document("kept", cited),
        copy(archive, "kept", cited),
        newer,
        quote("kept", QUOTE, 1),
        replace(quote("kept", "Several of civilians", 2), snapshot=newer.id),
    )
    with site({"/a": page(TEXT), "/b": page(other)}) as (web, _):
        found = checked(empty, web, archive).links
    assert [(one.link.url, one.link.state) for one in found] == [
        (cited, LinkState.ALIVE),
        (mirror, LinkState.ALIVE),
    ]
    with site({"/a": page(TEXT + "More.", KIND), "/b": page(other)}) as (web, _):
        changed = checked(empty, web, archive).links[0]
    assert changed.link.reason.endswith("; 1 of 1 quote still stands in it")


def test_of_an_erased_copy_nothing_is_archived(empty: Engine, archive: Archive) -> None:
    url = "http://example.org/gone"
    erased = replace(
        copy(archive, "kept", "http://example.org/erased"), sha256=NO_HASH, text_sha256=NO_HASH
    )
    store(empty, document("kept", url), erased)
    with site({}) as (web, _):
        found = checked(empty, web, archive)
    assert [(one.link.url, one.archived, one.lost) for one in found.links] == [(url, False, True)]


def test_only_the_documents_named_are_looked_at(empty: Engine) -> None:
    store(empty, *(document(key, f"http://example.org/{key}") for key in ("a", "b", "c")))
    with site({}) as (web, server):
        found = checked(empty, web, None, "b", "The c", "b")
        with pytest.raises(NotFound):
            checked(empty, web, None, "nothing")
    assert [one.key for one in found.links] == ["b", "c"]
    assert {request.split(b" ")[1] for request in server.requests} == {b"/b", b"/c"}


def test_what_somebody_may_not_see_is_not_looked_at(empty: Engine) -> None:
    store(empty, document("secret", "http://example.org/secret", Sensitivity.RESTRICTED))
    reader = Actor("Reader", Role.READER, Sensitivity.PUBLIC)
    with site({}) as (web, server), read_unit(empty) as session:
        request = LinksRequest(network=web.network)
        assert actions.check_links(session, reader, request, NOW).links == ()
        assert actions.check_links(session, ADMINISTRATOR, request, NOW).links
    assert len(server.requests) == 2, "both of the administrator"


def test_a_computer_that_knows_no_name_calls_nothing_dead(empty: Engine, archive: Archive) -> None:
    first, second = document("one", "http://one.example/"), document("two", "http://two.example/")
    store(empty, first, second)
    with site({}) as (web, _):
        alone = checked(empty, web, archive)
        named = checked(empty, web, archive, "one")
    assert {one.link.state for one in alone.links} == {LinkState.UNREACHABLE}
    assert "is this computer connected?" in alone.links[0].link.reason
    assert not alone.lost
    assert [one.link.state for one in named.links] == [LinkState.DEAD]


def test_a_host_is_left_in_peace_for_a_while(empty: Engine) -> None:
    urls = ["http://example.org/a", "http://example.net/a", "http://EXAMPLE.org/b"]
    store(empty, *(document(f"d{number}", url) for number, url in enumerate(urls)))
    paused: list[float] = []
    with site({"/a": page("x"), "/b": page("x")}, "example.org", "example.net") as (web, _):
        request = LinksRequest(network=web.network, pause=paused.append)
        with read_unit(empty) as session:
            actions.check_links(session, ADMINISTRATOR, request, NOW)
    (pause,) = paused
    assert 0 < pause <= 1


@pytest.fixture
def ground(tmp_path: Path, empty: Engine) -> Ground:
    with write_unit(empty) as session:
        actions.init(session, Actor("Coder"), InitRequest(), NOW)
    return Ground(str(tmp_path / "project.db"))


def ran(ground: Ground, handlers: dict[str, Handler], *, as_json: bool = False) -> int:
    with site(handlers) as (web, _):
        return links(ground, (), as_json=as_json, network=web.network)


def printed(capsys: pytest.CaptureFixture[str]) -> Sequence[str]:
    return capsys.readouterr().out.splitlines()


def test_the_command_prints_what_became_of_each(
    empty: Engine, tmp_path: Path, ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    url, archive = "http://example.org/kept", Archive(tmp_path / "project-archive")
    store(
        empty,
        document("alive", "http://example.org/a"),
        document("lost", "http://example.org/c"),
        document("kept", url),
        copy(archive, "kept", url),
    )
    assert ran(ground, {"/a": page("here")}) == 1
    assert printed(capsys) == [
        "alive        alive  http://example.org/a",
        "dead         lost  http://example.org/c",
        "             http://example.org/c answered 404 (not found)",
        "             dead, and nothing is archived: look for a copy in a web archive and add it",
        "dead         kept  http://example.org/kept",
        "             http://example.org/kept answered 404 (not found)",
        "             dead, but archived on 2025-06-07",
        "",
        "3 looked at: 1 alive, 2 dead; 1 lost.",
    ]
    assert ran(ground, {"/a": page("here")}, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(one["key"], one["state"], one["lost"]) for one in told] == [
        ("alive", "alive", False),
        ("lost", "dead", True),
        ("kept", "dead", False),
    ]
    assert told[2]["archived_at"] == "2025-06-07T00:00:00+00:00"


def test_the_command_ends_well_where_nothing_is_lost(
    empty: Engine, ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    store(empty, document("busy", "http://example.org/a"))
    assert ran(ground, {"/a": status(503)}) == 0
    assert printed(capsys)[0] == "unreachable  busy  http://example.org/a"
    assert printed(capsys) == []


def test_the_command_says_that_no_document_has_an_address(
    empty: Engine, ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    store(empty, document("book", None))
    assert ran(ground, {}) == 0
    (line,) = printed(capsys)
    assert line.startswith("No document gives an address; give one with `claims document edit")
