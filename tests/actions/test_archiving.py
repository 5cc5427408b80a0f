"""What is fetched and what is read, on its way into a document, its copies and its citations."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from claims.actions.actor import Actor
from claims.actions.copy_export import CopyExportRequest, export_copies
from claims.actions.custody import (
    CheckRequest,
    CustodyEntry,
    CustodyRequest,
    check_copies,
    custody_log,
    note_checks,
)
from claims.actions.entry import AddRequest, add
from claims.actions.entry_write import Did, Written
from claims.actions.erase import EraseRequest, erase
from claims.actions.init import InitRequest, init
from claims.actions.reanchor import ReanchorRequest, reanchor
from claims.actions.review import ReviewRequest, review_claims
from claims.actions.snapshots import SnapshotRequest, SnapshotsRequest, add_snapshot, snapshots
from claims.analysis.records import Claim, Locator, Passage, Snapshot
from claims.analysis.vocabulary import Decision, Role, Sensitivity
from claims.archive.gather import Gathered, gathered
from claims.archive.network import INTERNET, Network
from claims.archive.store import Archive
from claims.errors import (
    FetchRefused,
    InputRefused,
    NotFound,
    NotPermitted,
    SetupError,
    VerificationFailed,
)
from claims.store.engine import open_engine
from claims.store.reader import all_records, get_record
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.archive.made import pdf
from tests.archive.web import page, redirect, site, status

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ME = Actor("me", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)
OTHER = Actor("another", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)

DEAD = "The Ministry said that 12 people died in the flood of July."
MILL = "The lower mill was carried away by the river in one night, a baker told us."
TEXT = f"{DEAD}\n\n{MILL}\n"


@dataclass(frozen=True, slots=True)
class Desk:
    """A project with a question and a voice, its archive, and short ways to act in it."""

    engine: Engine
    archive: Archive
    folder: Path

    @contextmanager
    def gathered(self, wanted: str, network: Network = INTERNET) -> Iterator[Gathered]:
        with gathered(self.archive, wanted, now=NOW, network=network) as found:
            yield found

    def do(self, action: Callable[..., Any], request: object, by: Actor = ME) -> Any:  # noqa: ANN401
        with write_unit(self.engine) as session:
            return action(session, by, request, NOW)

    def enter(self, found: Gathered, key: str = "article", **more: Any) -> Written:  # noqa: ANN401
        entry = {"title": "The flood", "voice": "gazette", "tier": "secondary", "key": key}
        request = AddRequest(
            entity="document",
            entries=({**entry, "file": found.wanted},),
            archive=self.archive,
            copies={found.wanted: found},
            **more,
        )
        written: Written = self.do(add, request)
        return written

    def another(self, found: Gathered, **more: Any) -> Written:  # noqa: ANN401
        request = SnapshotRequest(document="article", copy=found, archive=self.archive, **more)
        written: Written = self.do(add_snapshot, request)
        return written

    def claim(self, quote: str, key: str, **more: Any) -> Written:  # noqa: ANN401
        entry = {"document": "article", "question": "dead", "quote": quote, "said": "12 people"}
        request = AddRequest(
            entity="claim", entries=({**entry, "key": key, **more},), archive=self.archive
        )
        written: Written = self.do(add, request)
        return written

    def file(self, name: str, data: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return str(path)

    def enter_text(self, text: str = TEXT) -> None:
        with self.gathered(self.file("page.txt", text)) as found:
            self.enter(found)

    def snapshots(self) -> list[Snapshot]:
        with read_unit(self.engine) as session:
            return all_records(session, Snapshot)

    def logged(self, action: str) -> list[CustodyEntry]:
        _, log = self.do(custody_log, CustodyRequest(document="article"))
        return [one for one in log if one.entry.action == action]

    def kept(self) -> list[Path]:
        return [path for path in self.archive.folder.rglob("*") if path.is_file()]


@pytest.fixture
def desk(sqlite_template: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(sqlite_template, tmp_path / "claims.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'claims.db'}")
    made = Desk(engine, Archive(tmp_path / "archive"), tmp_path)
    made.do(init, InitRequest())
    for entity, entry in (
        ("topic", {"label": "The flood", "key": "flood"}),
        ("question", {"text": "How many died?", "kind": "count", "key": "dead", "unit": "people"}),
        ("source", {"name": "The gazette", "key": "gazette"}),
    ):
        made.do(add, AddRequest(entity=entity, entries=(entry,)))
    yield made
    engine.dispose()


def test_what_is_fetched_is_kept_with_how_it_came(desk: Desk) -> None:
    handlers = {"/flood": redirect("/moved", 301), "/moved": page(TEXT, "text/plain")}
    with (
        site(handlers) as (web, _),
        desk.gathered("http://example.org/flood", web.network) as found,
    ):
        desk.enter(found)
    (copy,) = desk.snapshots()
    assert (copy.requested_url, copy.final_url) == (
        "http://example.org/flood",
        "http://example.org/moved",
    )
    assert (copy.http_status, copy.captured_at, copy.captured_by) == (200, NOW, "me")
    assert str(copy.captured_with).startswith("claims ")
    assert (copy.media_type, copy.length) == ("text/plain", len(TEXT))
    assert desk.archive.read(copy.sha256) == TEXT.encode()
    assert copy.warc_sha256 is not None
    assert desk.archive.read(copy.warc_sha256).startswith(b"\x1f\x8b")
    _, log = desk.do(custody_log, CustodyRequest(document="article"))
    assert [(one.entry.action, one.entry.by) for one in log] == [("stored", "me")]
    told = desk.do(snapshots, SnapshotsRequest(document="article", archive=desk.archive))
    assert [(one.snapshot, one.missing) for one in told.copies] == [(copy, ())]


def test_what_somebody_says_of_the_capture_goes_first(desk: Desk) -> None:
    with site({"/flood": page(TEXT, "text/plain")}) as (web, _):
        with desk.gathered("http://example.org/flood", web.network) as found:
            desk.enter(found)
        with desk.gathered("http://example.org/flood", web.network) as found:
            said = {"by": "a librarian", "at": "2025-12-31T10:00:00Z"}
            other = replace(found, extracted=replace(found.extracted, text=TEXT + MILL))
            written = desk.another(other, captured=said)
    assert "the bytes are the same, but identity@1 takes another text" in written.warnings[0]
    copy = desk.snapshots()[-1]
    assert (copy.captured_by, copy.http_status) == ("a librarian", 200)
    assert copy.captured_at == datetime(2025, 12, 31, 10, tzinfo=UTC)


def test_an_error_page_is_no_source_and_leaves_nothing(desk: Desk) -> None:
    with (
        site({"/flood": status(404)}) as (web, _),
        pytest.raises(FetchRefused, match="answered 404"),
        desk.gathered("http://example.org/flood", web.network),
    ):
        pytest.fail("nothing came")
    assert desk.kept() == []


def test_the_same_page_again_adds_nothing(desk: Desk) -> None:
    with site({"/flood": page(TEXT, "text/plain")}) as (web, _):
        with desk.gathered("http://example.org/flood", web.network) as found:
            desk.enter(found)
        held = desk.kept()
        with desk.gathered("http://example.org/flood", web.network) as found:
            written = desk.another(found)
    assert (written.act, [one.state for one in written.items]) == (None, [Did.UNCHANGED])
    assert desk.kept() == held
    assert len(desk.snapshots()) == 1


def test_a_dry_run_keeps_no_bytes(desk: Desk) -> None:
    with desk.gathered(desk.file("page.txt", TEXT)) as found:
        written = desk.enter(found, dry_run=True)
    assert (written.act, written.dry_run) == (None, True)
    assert desk.kept() == []
    assert desk.snapshots() == []


def test_what_is_refused_keeps_no_bytes(desk: Desk) -> None:
    with desk.gathered(desk.file("page.txt", TEXT)) as found:
        entry = {"title": "x", "voice": "no_such_voice", "tier": "primary", "file": found.wanted}
        request = AddRequest(
            entity="document",
            entries=(entry,),
            archive=desk.archive,
            copies={found.wanted: found},
        )
        with pytest.raises(InputRefused, match="no_such_voice"):
            desk.do(add, request)
    assert desk.kept() == []


def test_a_file_that_was_not_handed_over_is_a_fault(desk: Desk) -> None:
    entry = {"title": "x", "voice": "gazette", "tier": "primary", "file": "page.txt"}
    with pytest.raises(InputRefused, match=r"'page\.txt', which was not handed over; .*snapshot"):
        desk.do(add, AddRequest(entity="document", entries=(entry,), archive=desk.archive))


def test_a_request_with_a_key_is_carried_out_once(desk: Desk) -> None:
    with desk.gathered(desk.file("page.txt", TEXT)) as found:
        first = desk.enter(found, once="k")
        again = desk.enter(found, once="k")
        assert again.replayed
        assert again.items[0].id == first.items[0].id
        other = desk.file("other.txt", MILL)
        with desk.gathered(other) as unlike:
            same_name = replace(unlike, wanted=found.wanted)
            with pytest.raises(InputRefused, match="another request"):
                desk.enter(same_name, once="k")
    with desk.gathered(other) as unlike:
        taken = desk.another(unlike, once="s")
        assert desk.another(unlike, once="s").replayed
    assert [one.entity for one in taken.items] == ["snapshot"]
    assert len(desk.snapshots()) == 2


def test_the_page_of_a_quote_is_proposed(desk: Desk) -> None:
    with desk.gathered(desk.file("a.pdf", pdf(f"Preface.#pagebreak(){DEAD}"))) as found:
        desk.enter(found)
    written = desk.claim("The Ministry said that 12 people died", "one")
    assert "page 2 is proposed, where the words stand; --locator page=… says otherwise" in (
        written.warnings
    )
    desk.claim("The Ministry said that 12 people died", "two", locators={"page": "17"})
    with read_unit(desk.engine) as session:
        held = all_records(session, Passage)
    assert [one.locators for one in held] == [
        (Locator(kind="page", value="2"),),
        (Locator(kind="page", value="17"),),
    ]
    told = desk.do(snapshots, SnapshotsRequest(document="article", archive=desk.archive))
    assert [(one.pages, one.passages) for one in told.copies] == [(2, 2)]


def test_a_page_is_that_of_the_newer_copy(desk: Desk) -> None:
    """Cited anew, with all else that was said of the place."""
    desk.enter_text()
    desk.claim(DEAD, "one", locators={"section": "Toll", "line": "1"})
    with desk.gathered(desk.file("a.pdf", pdf(f"Preface.#pagebreak(){DEAD}"))) as found:
        desk.another(found)
    result = desk.do(reanchor, ReanchorRequest(document="article", archive=desk.archive))
    assert result.left == ()
    with read_unit(desk.engine) as session:
        passage = all_records(session, Passage)[-1]
    assert set(passage.locators) == {
        Locator(kind="section", value="Toll"),
        Locator(kind="page", value="2"),
    }
    assert (passage.snapshot, passage.key) == (result.to.id, None)
    assert passage.suffix is None or DEAD not in passage.suffix


def test_two_claims_on_one_passage_cite_it_anew_together(desk: Desk) -> None:
    desk.enter_text()
    desk.claim(DEAD, "one")
    with read_unit(desk.engine) as session:
        (passage,) = all_records(session, Passage)
    desk.claim(MILL, "two", value="3 people", also_in=[str(passage.id)])
    with desk.gathered(desk.file("b.txt", f"News.\n\n{TEXT}")) as found:
        desk.another(found)
    result = desk.do(reanchor, ReanchorRequest(document="article", archive=desk.archive))
    assert len(result.items) == 2
    with read_unit(desk.engine) as session:
        claims = {one.key: one for one in all_records(session, Claim)}
        held = {one.id: one for one in all_records(session, Passage)}
    assert len(held) == 4
    assert set(claims["one"].passages) <= set(claims["two"].passages)
    cited = [held[one] for claim in claims.values() for one in claim.passages]
    assert {one.snapshot for one in cited} == {result.to.id}


def test_an_accepted_claim_awaits_a_review_again(desk: Desk) -> None:
    desk.enter_text()
    desk.claim(DEAD, "one")
    accepting = ReviewRequest(claims=("one",), decision=Decision.ACCEPTED, reason="as in the paper")
    desk.do(review_claims, accepting, by=OTHER)
    with desk.gathered(desk.file("b.txt", f"News.\n\n{TEXT}")) as found:
        desk.another(found)
    result = desk.do(reanchor, ReanchorRequest(document="article", archive=desk.archive))
    assert result.written is not None
    assert "1 accepted claim awaits a review again" in result.written.warnings[0]


def test_an_older_text_that_is_lost_does_not_keep_from_looking(desk: Desk) -> None:
    desk.enter_text()
    desk.claim(DEAD, "one")
    desk.archive.path(hashlib.sha256(TEXT.encode()).hexdigest()).unlink()
    with desk.gathered(desk.file("b.txt", f"News.\n\n{TEXT}")) as found:
        desk.another(found)
    result = desk.do(reanchor, ReanchorRequest(document="article", archive=desk.archive))
    assert [one.found.fate.value for one in result.items] == ["moved"]


def test_a_newer_text_that_is_lost_or_altered_is_told(desk: Desk) -> None:
    desk.enter_text()
    desk.claim(DEAD, "one")
    path = desk.archive.path(hashlib.sha256(TEXT.encode()).hexdigest())
    asked = ReanchorRequest(document="article", archive=desk.archive)
    path.chmod(0o600)
    path.write_bytes(b"other words")
    with pytest.raises(VerificationFailed, match="was altered"):
        desk.do(reanchor, asked)
    path.unlink()
    with pytest.raises(NotFound, match="add the bytes again"):
        desk.do(reanchor, asked)


def test_a_passage_typed_before_there_was_a_text_finds_its_place(desk: Desk) -> None:
    entry = {"title": "The flood", "voice": "gazette", "tier": "secondary", "key": "article"}
    desk.do(add, AddRequest(entity="document", entries=(entry,), archive=desk.archive))
    desk.claim(DEAD, "one")
    with desk.gathered(desk.file("b.txt", TEXT)) as found:
        desk.another(found)
    result = desk.do(reanchor, ReanchorRequest(document="article", archive=desk.archive))
    assert [one.found.fate.value for one in result.items] == ["moved"]
    with read_unit(desk.engine) as session:
        (claim,) = all_records(session, Claim)
        passage = get_record(session, Passage, claim.passages[0])
    assert passage is not None
    assert TEXT[passage[0].start : passage[0].end] == DEAD


def test_what_is_altered_or_missing_is_not_handed_out(desk: Desk) -> None:
    desk.enter_text()
    path = desk.archive.path(hashlib.sha256(TEXT.encode()).hexdigest())
    asked = CopyExportRequest(
        document="article", folder=desk.folder / "court", archive=desk.archive
    )
    path.chmod(0o600)
    path.write_bytes(b"other words")
    with pytest.raises(VerificationFailed, match="was altered"):
        desk.do(export_copies, asked)
    path.unlink()
    with pytest.raises(NotFound, match="or hand out another copy with --snapshot"):
        desk.do(export_copies, asked)
    assert not list(desk.folder.glob("*court*"))
    _, log = desk.do(custody_log, CustodyRequest(document="article"))
    assert [one.entry.action for one in log] == ["stored"]


def test_a_folder_that_cannot_be_written_is_explained(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.enter_text()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    asked = CopyExportRequest(
        document="article", folder=desk.folder / "court", archive=desk.archive
    )
    with pytest.raises(SetupError, match="no space left on device; no folder of copies was made"):
        desk.do(export_copies, asked)
    assert not list(desk.folder.glob("*court*"))


def test_one_copy_alone_is_handed_out(desk: Desk) -> None:
    desk.enter_text()
    with desk.gathered(desk.file("b.txt", f"News.\n\n{TEXT}")) as found:
        desk.another(found)
    first, _ = desk.snapshots()
    asked = CopyExportRequest(
        document="article",
        folder=desk.folder / "court",
        archive=desk.archive,
        snapshot=str(first.id)[:8],
    )
    result = desk.do(export_copies, asked)
    assert set(result.files.values()) == set(first.kept)
    _, log = desk.do(custody_log, CustodyRequest(document="article"))
    assert [(one.snapshot, one.entry.action) for one in log if one.entry.action == "copied"] == [
        (first.id, "copied")
    ]


def two_copies(desk: Desk) -> tuple[Snapshot, Snapshot]:
    """A document with two copies."""
    desk.enter_text()
    with desk.gathered(desk.file("b.txt", f"News.\n\n{TEXT}")) as found:
        desk.another(found)
    first, second = desk.snapshots()
    return first, second


def erased(desk: Desk) -> None:
    request = EraseRequest(
        entity="document", target="article", reason="asked for", archive=desk.archive
    )
    desk.do(erase, request)


def test_a_fault_is_noted_with_the_copy_that_has_it(desk: Desk) -> None:
    first, second = two_copies(desk)
    desk.archive.path(second.sha256).unlink()
    asked = CheckRequest(archive=desk.archive, documents=("article", "article"))
    found = desk.do(check_copies, asked)
    assert (found.documents, found.snapshots) == (1, (first.id, second.id))
    assert {one.snapshot for one in found.faults} == {second.id}
    assert desk.do(note_checks, found) == 2
    _, log = desk.do(custody_log, CustodyRequest(document="article"))
    noted = {one.snapshot: one.entry.note for one in log if one.entry.action == "checked"}
    assert noted[first.id] is None
    assert noted[second.id]
    assert "archived copy" in noted[second.id]
    with pytest.raises(NotPermitted):
        desk.do(note_checks, found, Actor("a reader", Role.READER, Sensitivity.PUBLIC))


def test_an_erased_copy_is_neither_checked_nor_handed_out(desk: Desk) -> None:
    first, _ = two_copies(desk)
    erased(desk)
    found = desk.do(check_copies, CheckRequest(archive=desk.archive))
    assert (found.snapshots, found.faults) == ((), ())
    name, folder = str(first.document), desk.folder / "x"
    asked = CopyExportRequest(document=name, folder=folder, archive=desk.archive)
    with pytest.raises(NotFound, match="no copy of"):
        desk.do(export_copies, asked)


def test_copies_are_handed_out_to_their_owner_alone_and_by_nobody_who_only_reads(
    desk: Desk,
) -> None:
    two_copies(desk)
    asked = CopyExportRequest(document="article", folder=desk.folder / "x", archive=desk.archive)
    with pytest.raises(NotPermitted):
        desk.do(export_copies, asked, Actor("a reader", Role.READER, Sensitivity.PUBLIC))
    assert len({one.snapshot for one in desk.logged("copied")}) == 0
    desk.do(export_copies, asked)
    assert (desk.folder / "x").stat().st_mode & 0o077 == 0
    assert len({one.snapshot for one in desk.logged("copied")}) == 2


def test_copies_replace_nothing_and_go_where_there_is_a_folder(desk: Desk) -> None:
    two_copies(desk)
    asked = CopyExportRequest(document="article", folder=desk.folder / "x", archive=desk.archive)
    asked.folder.symlink_to(desk.folder / "nowhere")
    with pytest.raises(InputRefused, match="is there already"):
        desk.do(export_copies, asked)
    lost = replace(asked, folder=desk.folder / "no" / "x")
    with pytest.raises(SetupError, match="does not exist; make it, or name another"):
        desk.do(export_copies, lost)
    assert desk.logged("copied") == []


def test_a_copy_without_a_text_is_handed_out_without_one(desk: Desk) -> None:
    desk.enter_text()
    silent = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0" + bytes(20)
    with desk.gathered(desk.file("talk.wav", silent)) as found:
        desk.another(found)
    asked = CopyExportRequest(document="article", folder=desk.folder / "x", archive=desk.archive)
    result = desk.do(export_copies, asked)
    assert sum(name.endswith("text.txt") for name in result.files) == 1
    assert sum(name.endswith(".wav") for name in result.files) == 1


def test_only_what_is_cited_from_another_copy_is_cited_anew(desk: Desk) -> None:
    """A claim keeps what it cites of the newer copy already; a reader moves nothing."""
    desk.enter_text()
    desk.claim(DEAD, "first")
    with desk.gathered(desk.file("b.txt", f"12 people were lost.\n\n{TEXT}")) as found:
        desk.another(found)
    desk.claim("12 people were lost.", "second")
    asked = ReanchorRequest(document="article", archive=desk.archive)
    with pytest.raises(NotPermitted):
        desk.do(reanchor, asked, Actor("a reader", Role.READER, Sensitivity.PUBLIC))
    result = desk.do(reanchor, asked)
    assert [one.passage.exact for one in result.items] == [DEAD]


def test_what_is_gone_stays_cited_from_the_older_copy_beside_what_moved(desk: Desk) -> None:
    desk.enter_text()
    desk.claim(DEAD, "first", also_in=[MILL])
    with desk.gathered(desk.file("b.txt", f"News.\n\n{DEAD}\n")) as found:
        desk.another(found)
    older, newer = desk.snapshots()
    result = desk.do(reanchor, ReanchorRequest(document="article", archive=desk.archive))
    assert [one.passage.exact for one in result.left] == [MILL]
    with read_unit(desk.engine) as session:
        (claim,) = all_records(session, Claim)
        held = {one.id: one for one in all_records(session, Passage)}
    cited = [(held[one].exact, held[one].snapshot) for one in claim.passages]
    assert cited == [(DEAD, newer.id), (MILL, older.id)]


def test_the_newest_copy_with_a_text_is_cited(desk: Desk) -> None:
    desk.enter_text()
    desk.claim(DEAD, "first")
    with desk.gathered(desk.file("b.txt", f"News.\n\n{TEXT}")) as found:
        desk.another(found)
    silent = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0" + bytes(20)
    with desk.gathered(desk.file("talk.wav", silent)) as found:
        desk.another(found)
    result = desk.do(reanchor, ReanchorRequest(document="article", archive=desk.archive))
    assert result.to.id == desk.snapshots()[1].id
    sound = str(desk.snapshots()[2].id)
    asked = ReanchorRequest(document="article", archive=desk.archive, to=sound)
    with pytest.raises(InputRefused, match="has no text to cite from"):
        desk.do(reanchor, asked)


def test_the_key_of_a_passage_stays_with_the_older_one(desk: Desk) -> None:
    """A key names one passage; the one in the newer copy gets none."""
    desk.enter_text()
    (copy,) = desk.snapshots()
    keyed = Passage(
        id=UUID(int=7),
        key="toll",
        document=copy.document,
        snapshot=copy.id,
        exact=DEAD,
        start=0,
        end=len(DEAD),
        language="en",
    )
    with write_unit(desk.engine) as session:
        Writer(session, ME.name, NOW).insert_all([keyed])
    desk.claim(DEAD, "first")
    with write_unit(desk.engine) as session:
        (claim,) = all_records(session, Claim)
        Writer(session, ME.name, NOW).update(replace(claim, passages=(keyed.id,)), version=1)
    with desk.gathered(desk.file("b.txt", f"News.\n\n{TEXT}")) as found:
        desk.another(found)
    desk.do(reanchor, ReanchorRequest(document="article", archive=desk.archive))
    with read_unit(desk.engine) as session:
        (claim,) = all_records(session, Claim)
        (cited,) = [one for one in all_records(session, Passage) if one.id in claim.passages]
    assert (cited.snapshot, cited.key) == (desk.snapshots()[1].id, None)
