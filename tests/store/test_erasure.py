from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from claims.actions.actor import Actor
from claims.actions.erase import EraseRequest, EraseResult, erase
from claims.actions.undo import UndoRequest, undo
from claims.analysis.blank import ERASED, NO_HASH
from claims.analysis.canonical import content_hash
from claims.analysis.records import (
    Assessment,
    Claim,
    Document,
    Party,
    Passage,
    Record,
    Review,
    Snapshot,
    Source,
)
from claims.analysis.vocabulary import Decision, Role, Scheme, Sensitivity
from claims.archive.store import Archive
from claims.errors import InputRefused, NotFound, NotPermitted, SetupError
from claims.store.acts import Run
from claims.store.baseline import Baseline, baseline, set_baseline
from claims.store.engine import open_engine
from claims.store.erasure import scrub
from claims.store.reader import get_record
from claims.store.tables import METADATA
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify
from claims.store.writer import Writer
from tests.conftest import on
from tests.store.worlds import NOW, an_id, flood

ADMIN = Actor("administrator", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)
HER = "Zulejkha-canary"
WORDS = f"{HER}, a nurse, said that eight neighbours were shot"
BYTES = f"The interview: {WORDS}.".encode()
FILE = an_id("a file")


def _world(archive: Archive) -> list[Record]:
    """A witness, her interview with its bytes, a quote, a claim, what people thought of it."""
    first = flood(2)
    (claim,) = (one for one in first if one.id == an_id("claim 0"))
    assert isinstance(claim, Claim)
    (article,) = (one for one in first if isinstance(one, Document))
    witness = Source(
        id=an_id("witness"), key="zulejkha-canary", name=HER, note=f"{HER} lives in Agdam"
    )
    interview = replace(
        article, id=an_id("interview"), key="interview", csl={"title": WORDS}, voice=witness.id
    )
    sha256 = archive.add(BYTES)
    snapshot = Snapshot(
        id=an_id("tape"),
        document=interview.id,
        sha256=sha256,
        media_type="text/plain",
        text_sha256=sha256,
        extractor="identity@1",
        length=len(BYTES),
        captured_by=f"a friend of {HER}",
    )
    passage = Passage(
        id=an_id("words"), document=interview.id, snapshot=snapshot.id, exact=WORDS, language="en"
    )
    said = replace(
        claim,
        id=an_id("said"),
        key="said",
        document=interview.id,
        passages=(passage.id,),
        note=f"{HER} was calm",
    )
    return [*first, witness, interview, snapshot, passage, said]


def _review(claim: Claim) -> Review:
    return Review(
        id=an_id("her review"),
        claim=claim.id,
        decision=Decision.ACCEPTED,
        claim_hash=content_hash(claim),
        reason="as on the tape",
        reviewed_by="reviewer",
    )


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def witnessed(engine: Engine, archive: Archive) -> Engine:
    world = _world(archive)
    claim = next(one for one in world if one.id == an_id("said"))
    assert isinstance(claim, Claim)
    with write_unit(engine) as session:
        Writer(session, "coder", NOW, run=Run("load")).insert_all(world)
        said = {one.id: Baseline(one.entity, one.key, content_hash(one)) for one in world}
        set_baseline(session, FILE, said, actor="coder", now=NOW)
    with write_unit(engine) as session:
        run = Run("claim edit", key="a key", request=content_hash(claim))
        writer = Writer(session, "coder", NOW + timedelta(hours=1), run=run)
        writer.update(replace(claim, note=f"{HER} wept"), version=1)
        writer.update(claim, version=2)
        writer.custody(an_id("tape"), "received", f"from {HER} herself")
        writer.insert(_review(claim))
    return engine


def _erase(
    engine: Engine,
    archive: Archive,
    entity: str,
    target: str,
    **more: Any,  # noqa: ANN401
) -> EraseResult:
    asked: dict[str, Any] = {"reason": "protection of a witness", "archive": archive} | more
    request = EraseRequest(entity=entity, target=target, **asked)
    with write_unit(engine) as session:
        return erase(session, ADMIN, request, NOW + timedelta(days=1))


def _erase_her(engine: Engine, archive: Archive) -> None:
    for entity, target in (("claim", "said"), ("document", "interview"), ("source", HER)):
        _erase(engine, archive, entity, target)


def _everything(engine: Engine) -> str:
    """Every text in every table."""
    tables = [*METADATA.sorted_tables]
    with read_unit(engine) as session:
        rows = [row for table in tables for row in session.execute(select(table))]
        found = session.execute(text("SELECT * FROM search_entry")).all()
    return repr([tuple(row) for row in (*rows, *found)]).casefold()


def test_no_word_is_left_in_any_row(witnessed: Engine, archive: Archive) -> None:
    assert HER.casefold() in _everything(witnessed)
    _erase_her(witnessed, archive)
    left = _everything(witnessed)
    assert HER.casefold() not in left
    assert "neighbours" not in left


def test_no_hash_without_a_salt_confirms_a_guess(witnessed: Engine, archive: Archive) -> None:
    """Content hashes, hashes of bytes, of requests and of what files said are unsalted."""
    with read_unit(witnessed) as session:
        claim = get_record(session, Claim, an_id("said"))
        source = get_record(session, Source, an_id("witness"))
    assert claim is not None
    assert source is not None
    hashes = [content_hash(one[0]) for one in (claim, source)]
    before = _everything(witnessed)
    assert all(one in before for one in hashes)
    _erase_her(witnessed, archive)
    left = _everything(witnessed)
    assert not [one for one in hashes if one in left]
    with read_unit(witnessed) as session:
        tape = get_record(session, Snapshot, an_id("tape"))
        assert tape is not None
        assert {tape[0].sha256, tape[0].text_sha256} == {NO_HASH}
        assert not {an_id("said"), an_id("witness")} & baseline(session, FILE).keys()


@on("sqlite", reason="the bytes of the file are looked at")
def test_no_letter_is_left_in_any_file(witnessed: Engine, archive: Archive) -> None:
    path = Path(str(witnessed.url.database))
    _erase_her(witnessed, archive)
    scrub(witnessed)
    files = [*path.parent.glob("claims.db*"), *archive.folder.rglob("*")]
    held = b"".join(one.read_bytes() for one in files if one.is_file())
    for word in (HER.encode(), HER.lower().encode(), b"zulejkha", b"neighbours", b"nurse"):
        assert word not in held
    assert len(held) > 100_000


def test_what_is_scrubbed_works_as_before(witnessed: Engine, archive: Archive) -> None:
    _erase_her(witnessed, archive)
    scrub(witnessed)
    with write_unit(witnessed) as session:
        Writer(session, "coder", NOW).insert(Party(id=an_id("after"), name="after"))
    with read_unit(witnessed) as session:
        assert verify(session).breaks == ()


@on("sqlite", reason="others hold the file's journal")
def test_files_in_use_are_told(witnessed: Engine, archive: Archive) -> None:
    _erase_her(witnessed, archive)
    other = open_engine(str(witnessed.url), busy_timeout=0.1)
    with read_unit(other) as session:
        session.execute(text("SELECT * FROM head")).all()
        with write_unit(witnessed) as writing:
            Writer(writing, "coder", NOW).insert(Party(id=an_id("more"), name="more"))
        with pytest.raises(SetupError, match=r"`claims erase --finish`|in use"):
            scrub(witnessed)
    other.dispose()
    scrub(witnessed)


def test_with_a_document_go_its_bytes_and_quotes(witnessed: Engine, archive: Archive) -> None:
    sha256 = archive.add(BYTES)
    planned = _erase(witnessed, archive, "document", "interview", dry_run=True)
    assert [(one.entity, one.id) for one in planned.items] == [
        ("document", an_id("interview")),
        ("snapshot", an_id("tape")),
        ("passage", an_id("words")),
    ]
    assert planned.bytes == (sha256,)
    assert archive.has(sha256)
    assert HER in " ".join(one.name for one in planned.items)
    done = _erase(witnessed, archive, "document", "interview")
    assert not archive.has(sha256)
    assert HER not in repr(done.items)
    with read_unit(witnessed) as session:
        quote = get_record(session, Passage, an_id("words"))
    assert quote is not None
    assert (quote[0].exact, quote[0].document) == (ERASED, an_id("interview"))


def test_all_that_was_kept_of_a_copy_goes(witnessed: Engine, archive: Archive) -> None:
    """The text taken from the bytes, its layout and the record of the fetch tell as much."""
    kept = [archive.add(HER.encode() + end) for end in (b" bytes", b" text", b"{}", b" WARC")]
    shared = archive.add(BYTES)
    with write_unit(witnessed) as session:
        tape = get_record(session, Snapshot, an_id("tape"))
        assert tape is not None
        page = replace(tape[0], id=an_id("page"), sha256=kept[0], text_sha256=kept[1])
        page = replace(page, layout_sha256=kept[2], warc_sha256=kept[3], final_url=HER)
        other = replace(page, id=an_id("other"), document=an_id("article"), captured_by=None)
        other = replace(other, final_url=None, sha256=kept[3], text_sha256=shared)
        Writer(session, "coder", NOW).insert_all(
            [page, replace(other, layout_sha256=None, warc_sha256=None)]
        )
    done = _erase(witnessed, archive, "document", "interview")
    assert done.bytes == tuple(sorted(kept[:3]))
    assert done.shared == tuple(sorted([kept[3], shared]))
    assert [archive.has(one) for one in kept] == [False, False, False, True]
    with read_unit(witnessed) as session:
        left = get_record(session, Snapshot, an_id("page"))
    assert left is not None
    assert (left[0].layout_sha256, left[0].warc_sha256, left[0].final_url) == (None, None, None)


def test_bytes_of_another_snapshot_stay(witnessed: Engine, archive: Archive) -> None:
    with write_unit(witnessed) as session:
        tape = get_record(session, Snapshot, an_id("tape"))
        assert tape is not None
        copy = replace(tape[0], id=an_id("copy"), document=an_id("article"), captured_by=None)
        Writer(session, "coder", NOW).insert(copy)
    done = _erase(witnessed, archive, "document", "interview")
    assert done.bytes == ()
    assert archive.has(*done.shared)


def test_what_else_tells_it_is_named(witnessed: Engine, archive: Archive) -> None:
    with write_unit(witnessed) as session:
        opinion = Assessment(
            id=an_id("opinion"),
            of="source",
            target=an_id("ministry"),
            scheme=Scheme.CONFIDENCE,
            code="low",
            reason=f"{HER} says otherwise",
            assessed_by="reviewer",
        )
        Writer(session, "reviewer", NOW, f"heard from {HER}").insert(opinion)
    found = _erase(witnessed, archive, "source", HER, dry_run=True).look_at
    told = {(one.entity, one.id, one.why) for one in found}
    assert ("assessment", an_id("opinion"), "it holds the same words") in told
    assert ("assessment", an_id("opinion"), "its reason holds the same words") in told
    assert ("claim", an_id("said"), "it holds the same words") in told
    _erase(witnessed, archive, "claim", "said")
    found = _erase(witnessed, archive, "source", HER, dry_run=True).look_at
    assert ("document", an_id("interview"), "it names the source") not in told
    assert an_id("said") not in {one.id for one in found}


def test_a_removed_record_is_erased_from_the_history(witnessed: Engine, archive: Archive) -> None:
    party = Party(id=an_id("gone"), key="gone", name=f"friends of {HER}")
    with write_unit(witnessed) as session:
        writer = Writer(session, "coder", NOW)
        writer.insert(party)
        writer.remove_all([party])
    done = _erase(witnessed, archive, "party", "gone")
    assert [one.id for one in done.items] == [party.id]
    with read_unit(witnessed) as session:
        assert verify(session).breaks == ()
        assert get_record(session, Party, party.id) is None
    assert "friends of" not in _everything(witnessed)


def test_nothing_brings_it_back(witnessed: Engine, archive: Archive) -> None:
    done = _erase(witnessed, archive, "source", HER)
    assert done.act is not None
    with write_unit(witnessed) as session, pytest.raises(InputRefused, match="erased"):
        undo(session, ADMIN, UndoRequest(action=str(done.act)), NOW)
    with pytest.raises(InputRefused, match="was erased already"):
        _erase(witnessed, archive, "source", str(an_id("witness")))


@pytest.mark.parametrize(
    ("entity", "target", "reason", "error", "told"),
    [
        ("source", HER, " ", InputRefused, "erasing needs a reason"),
        ("source", HER, f"asked by {HER.lower()}", InputRefused, "reasons are kept for good"),
        ("source", "nobody else", "law", NotFound, "there is no source 'nobody else'"),
        ("contributor", "coder", "law", InputRefused, "never rewritten"),
        ("witness", "coder", "law", InputRefused, "there is no kind of record 'witness'"),
    ],
)
def test_what_cannot_be_erased_is_refused(
    witnessed: Engine,
    archive: Archive,
    entity: str,
    target: str,
    reason: str,
    error: type[Exception],
    told: str,
) -> None:
    with pytest.raises(error, match=told):
        _erase(witnessed, archive, entity, target, reason=reason)


def test_only_administrators_erase(witnessed: Engine, archive: Archive) -> None:
    request = EraseRequest(entity="source", target=HER, reason="law", archive=archive)
    reviewer = Actor("reviewer", Role.REVIEWER, Sensitivity.RESTRICTED)
    with write_unit(witnessed) as session, pytest.raises(NotPermitted):
        erase(session, reviewer, request, NOW)
