"""A bibliography becomes documents, to be undone as one; what was retracted is marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims.actions.actor import Actor
from claims.actions.bibliography import (
    BibliographyRequest,
    BibliographyResult,
    CitedRequest,
    cited_items,
    import_bibliography,
)
from claims.actions.load_plan import State
from claims.actions.retractions import RetractedDocument, RetractionsRequest, retractions
from claims.actions.undo import UndoRequest, undo
from claims.analysis.records import Document, Merge, Snapshot, Source
from claims.analysis.retractions import Retraction
from claims.analysis.vocabulary import DocumentStatus, Role, SourceKind, Tier
from claims.archive.gather import gathered
from claims.archive.store import Archive
from claims.errors import DocumentFaults, NotFound, NotPermitted
from claims.exchange.biblio import read_bibliography
from claims.store.acts import acts
from claims.store.reader import all_records
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify
from claims.store.writer import Writer
from tests.actions.conftest import NOW
from tests.actions.stored import store
from tests.analysis.world import World, name
from tests.conftest import slow_on_postgresql

Import = Callable[..., BibliographyResult]
CODER = Actor("coder")

LIBRARY = """
@report{hrw, title={Bloodshed in the Region}, author={{Human Rights Watch}}, date={1992-09},
  publisher={HRW}, doi={10.1000/BAD}, language={russian}, mystery={kept}}
@article{times, title={Dozens feared dead}, entrysubtype={newspaper}, journal={The Times},
  author={Smith, John}, date={1992-02-28}}
@article{times2, title={Dozens Feared Dead}, entrysubtype={newspaper}, journal={THE TIMES},
  date={1992-02}}
@article{study, title={A study of something}, author={de Groot, Jan}, journal={J of X}, year=1998}
@book{nobody, title={An old book}}
@book{nobody2, title={Another old book}}
@interview{talk, title={A talk}, editor={Ed, A}}
"""


@pytest.fixture
def importing(any_engine: Engine, tmp_path: Path) -> Import:
    """What imports the text of a file called ``library.bib``."""

    def run(text: str = LIBRARY, actor: Actor = CODER, **asked: object) -> BibliographyResult:
        path = tmp_path / "library.bib"
        path.write_text(text, "utf-8")
        request = BibliographyRequest(
            bibliography=read_bibliography(path),
            archive=Archive(tmp_path / "archive"),
            namespace="library",
        )
        request = replace(request, **asked)  # type: ignore[arg-type]
        unit = read_unit if request.dry_run else write_unit
        with unit(any_engine) as session:
            return import_bibliography(session, actor, request, NOW)

    return run


def documents(engine: Engine) -> dict[str | None, Document]:
    with read_unit(engine) as session:
        assert verify(session).intact
        return {one.key: one for one in all_records(session, Document)}


def sources(engine: Engine) -> list[Source]:
    with read_unit(engine) as session:
        return all_records(session, Source)


def test_documents_come_with_their_voice_tier_and_language(
    any_engine: Engine, importing: Import
) -> None:
    found = importing()
    assert found.loaded.counts == {"source": {State.NEW: 6}, "document": {State.NEW: 7}}
    assert found.voices == {
        "hrw": "Human Rights Watch",
        "times": "The Times",
        "times2": "The Times",
        "study": "Jan de Groot",
        "nobody": "Unnamed author of An old book",
        "nobody2": "Unnamed author of Another old book",
        "talk": "A Ed",
    }
    held, voices = documents(any_engine), {one.id: one for one in sources(any_engine)}
    assert voices[held["times"].voice].kind is SourceKind.NEWSPAPER
    assert not voices[held["nobody"].voice].named
    assert held["nobody"].voice != held["nobody2"].voice
    assert (held["hrw"].tier, held["talk"].tier) == (Tier.SECONDARY, Tier.SECONDARY)
    assert (held["hrw"].language, held["times"].language) == ("ru", "en")
    assert held["hrw"].csl["custom"] == {"bibtex": {"entry-type": "report", "mystery": "kept"}}


@slow_on_postgresql
def test_the_same_file_again_changes_nothing_and_an_updated_one_tells_each_field(
    any_engine: Engine, importing: Import
) -> None:
    importing()
    before = documents(any_engine)
    again = importing()
    assert not again.loaded.changed
    assert again.similar == ()
    changed = importing(LIBRARY.replace("Dozens feared dead", "Dozens dead").replace("-28", "-29"))
    (item,) = [item for item in changed.loaded.items if item.state is State.UPDATED]
    assert (item.key, item.line) == ("times", 4)
    assert {(one.name, one.before, one.after) for one in item.changes} == {
        ("csl.title", "Dozens feared dead", "Dozens dead"),
        ("csl.issued", "1992-02-28", "1992-02-29"),
    }
    assert documents(any_engine)["times"].id == before["times"].id


def test_an_import_is_one_action_and_is_undone_as_one(
    any_engine: Engine, importing: Import
) -> None:
    importing()
    with write_unit(any_engine) as session:
        assert [act.name for act in acts(session)][-1:] == ["bibliography import"]
        undo(session, Actor("coder", Role.ADMINISTRATOR), UndoRequest(), NOW)
    assert documents(any_engine) == {}
    assert sources(any_engine) == []


@slow_on_postgresql
def test_a_dry_run_tells_the_same_and_stores_nothing(any_engine: Engine, importing: Import) -> None:
    told = importing(dry_run=True)
    assert documents(any_engine) == {}
    done = importing()
    assert (told.loaded.counts, told.voices) == (done.loaded.counts, done.voices)
    assert [one.reason for one in told.similar] == [one.reason for one in done.similar]


@slow_on_postgresql
def test_duplicates_are_suggested_and_never_merged(any_engine: Engine, importing: Import) -> None:
    (pair,) = importing().similar
    assert {pair.kept.key, pair.merged.key} == {"times", "times2"}
    assert pair.reason == "same title but for spelling, with the same publication and date"
    assert {"times", "times2"} <= documents(any_engine).keys()


@slow_on_postgresql
def test_only_what_is_new_is_compared_and_never_with_what_was_merged(
    any_engine: Engine, importing: Import
) -> None:
    importing()
    more = f"{LIBRARY}@book{{new, title={{Of another kind}}}}\n"
    assert importing(more).similar == ()
    held = documents(any_engine)
    merge = Merge(
        id=name("merge", "times"),
        of=Document.entity,
        kept=held["times"].id,
        merged=held["times2"].id,
        reason="one dispatch",
    )
    with write_unit(any_engine) as session:
        Writer(session, "coder", NOW).insert(merge)
    like = LIBRARY[LIBRARY.index("@article{times2") : LIBRARY.index("@article{study")]
    found = importing(f"{more}{like.replace('times2', 'times3')}").similar
    assert [{one.kept.key, one.merged.key} for one in found] == [{"times", "times3"}]


@slow_on_postgresql
def test_what_a_person_changed_meanwhile_is_kept_and_what_both_changed_is_refused(
    any_engine: Engine, importing: Import
) -> None:
    importing()
    held = documents(any_engine)["times"]
    with write_unit(any_engine) as session:
        changed = replace(held, tier=Tier.PRIMARY)
        Writer(session, "coder", NOW).update(changed, version=None)
    again = importing()
    assert again.loaded.counts["document"] == {State.UNCHANGED: 6, State.KEPT: 1}
    assert documents(any_engine)["times"].tier is Tier.PRIMARY
    with pytest.raises(DocumentFaults, match=r"csl\.title: found 'Dozens dead' in the file"):
        importing(LIBRARY.replace("Dozens feared dead", "Dozens dead"))


@slow_on_postgresql
def test_a_source_that_is_held_under_the_name_or_an_alias_speaks(
    any_engine: Engine, importing: Import
) -> None:
    own = Source(id=name("source", "t"), key="t", name="Times of London", aliases=("the TIMES",))
    with write_unit(any_engine) as session:
        Writer(session, "coder", NOW).insert(own)
    found = importing()
    assert found.voices["times"] == "Times of London"
    assert documents(any_engine)["times"].voice == own.id
    assert importing(voice="t", tier=Tier.TERTIARY).loaded.changed
    held = documents(any_engine).values()
    assert {(one.voice, one.tier) for one in held} == {(own.id, Tier.TERTIARY)}
    with pytest.raises(NotFound, match="'nobody of that name'"):
        importing(voice="nobody of that name")


@slow_on_postgresql
def test_strict_takes_in_nothing_where_a_record_is_left_out_or_mended(
    any_engine: Engine, importing: Import
) -> None:
    for broken in ("@book{bad, title={x\n", "@book{good, title={x} year=1999}\n"):
        with pytest.raises(DocumentFaults, match=r"library\.bib:12:1"):
            importing(LIBRARY + broken, strict=True)
        assert documents(any_engine) == {}
    assert len(importing(strict=True).voices) == 7
    assert "good" in importing(LIBRARY + "@book{good, title={x} year=1999}\n").voices


@slow_on_postgresql
def test_what_the_file_names_no_more_is_told_and_taken_out_only_if_asked(
    any_engine: Engine, importing: Import
) -> None:
    importing()
    fewer = LIBRARY[: LIBRARY.index("@book{nobody2")]
    told = importing(fewer)
    gone = [item.key for item in told.loaded.items if item.state is State.GONE]
    assert {"nobody2", "talk"} <= set(gone)
    assert "talk" in documents(any_engine)
    importing(fewer, remove_gone=True)
    assert set(documents(any_engine)) == {"hrw", "times", "times2", "study", "nobody"}


@slow_on_postgresql
def test_a_reader_may_not_import(importing: Import) -> None:
    with pytest.raises(NotPermitted):
        importing(actor=Actor("reader", Role.READER))


@slow_on_postgresql
def test_attachments_are_archived_once_as_copies_of_their_document(
    any_engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "words.txt").write_text("Dozens were killed.", "utf-8")
    path, archive = tmp_path / "zotero.bib", Archive(tmp_path / "archive")
    path.write_text("@book{k, title={T}, file={words.txt}}", "utf-8")
    found = read_bibliography(path)
    (attachment,) = found.items[0].attachments

    def run(*, dry_run: bool = False) -> BibliographyResult:
        with gathered(archive, str(attachment.path), now=NOW) as copy:
            request = BibliographyRequest(
                bibliography=found,
                archive=archive,
                namespace="z",
                copies={attachment.path: copy},
                dry_run=dry_run,
            )
            with write_unit(any_engine) as session:
                return import_bibliography(session, CODER, request, NOW)

    assert run(dry_run=True).loaded.counts["snapshot"] == {State.NEW: 1}
    assert not any(path.is_file() for path in archive.folder.rglob("*"))
    assert run().loaded.counts["snapshot"] == {State.NEW: 1}
    assert run().loaded.counts["snapshot"] == {State.UNCHANGED: 1}
    with read_unit(any_engine) as session:
        (copy,) = all_records(session, Snapshot)
    assert copy.document == documents(any_engine)["k"].id
    assert archive.read(copy.sha256) == b"Dozens were killed."
    assert archive.read(copy.text_sha256) == b"Dozens were killed."


def test_documents_go_out_by_name_by_topic_or_all(any_engine: Engine) -> None:
    world = World()
    world.ask("killed")
    world.say("a", "killed", "8", document="cited")
    cited, other = world.document("cited"), world.document("other")
    store(any_engine, world)

    def keys(**asked: object) -> set[str]:
        with read_unit(any_engine) as session:
            request = CitedRequest(**asked)  # type: ignore[arg-type]
            return {item.key for item in cited_items(session, CODER, request, NOW)}

    by_id = {one.id: one.key or str(one.id)[:8] for one in world.documents.values()}
    assert keys() == set(by_id.values())
    assert keys(documents=(str(other),)) == {by_id[other]}
    assert keys(topic=str(world.topic.id)) == {by_id[cited]}
    with pytest.raises(NotFound):
        keys(documents=("nothing of that name",))


@slow_on_postgresql
def test_a_topic_rests_on_the_documents_of_its_speakers_too_and_no_language_is_made_up(
    any_engine: Engine,
) -> None:
    world = World()
    world.ask("killed")
    world.say("a", "killed", "8", document="cited", speakers=["agency"])
    own = world.document("dispatch")
    world.documents[own] = replace(world.documents[own], language="und")
    claim = world.claims["a"]
    first, last = claim.speakers
    world.claims["a"] = replace(claim, speakers=(first, replace(last, document=own)))
    store(any_engine, world)
    with read_unit(any_engine) as session:
        request = CitedRequest(topic=str(world.topic.id))
        items = {one.key: one.csl for one in cited_items(session, CODER, request, NOW)}
    assert items.keys() == {"cited", "dispatch"}
    assert (items["cited"]["language"], items["dispatch"].get("language")) == ("en", None)


NOTICES = (
    Retraction(record="1", nature="Retraction", doi="10.1000/bad", date="2010-02-02"),
    Retraction(
        record="2",
        nature="Retraction",
        title="A Study of Something",
        journal="J of X",
        original_date="1998-02-28",
    ),
    Retraction(record="3", nature="Retraction", doi="10.1000/elsewhere"),
)


def look_up(engine: Engine, actor: Actor = CODER, **asked: bool) -> dict[str, RetractedDocument]:
    request = RetractionsRequest(notices=iter(NOTICES), origin="list.csv", **asked)
    with write_unit(engine) as session:
        return {one.key or "": one for one in retractions(session, actor, request, NOW)}


def test_retracted_documents_are_named_and_marked_where_a_number_tells_them(
    any_engine: Engine, importing: Import
) -> None:
    importing()
    named = look_up(any_engine)
    assert {key: (one.by, one.status, one.marked) for key, one in named.items()} == {
        "hrw": ("DOI", DocumentStatus.RETRACTED, False),
        "study": ("title", DocumentStatus.RETRACTED, False),
    }
    look_up(any_engine, mark=True, dry_run=True)
    assert documents(any_engine)["hrw"].status is DocumentStatus.CURRENT
    marked = look_up(any_engine, mark=True)
    assert {key: one.marked for key, one in marked.items()} == {"hrw": True, "study": False}
    held = documents(any_engine)
    assert held["hrw"].status is DocumentStatus.RETRACTED
    assert held["study"].status is DocumentStatus.CURRENT
    assert not look_up(any_engine, mark=True)["hrw"].marked
    assert not importing().loaded.changed  # the mark is kept by the next import
    assert documents(any_engine)["hrw"].status is DocumentStatus.RETRACTED


@slow_on_postgresql
def test_marks_have_the_notice_as_their_reason_and_are_undone_as_one(
    any_engine: Engine, importing: Import
) -> None:
    importing()
    look_up(any_engine, mark=True)
    with write_unit(any_engine) as session:
        act = acts(session)[0]
        assert act.name == "bibliography retractions"
        assert "list.csv: hrw: Retraction of 2010-02-02, record 1" in (act.reason or "")
        undo(session, Actor("coder", Role.ADMINISTRATOR), UndoRequest(), NOW)
    assert documents(any_engine)["hrw"].status is DocumentStatus.CURRENT


@slow_on_postgresql
def test_a_notice_counts_the_claims_on_its_document_and_its_reason_is_cut(
    any_engine: Engine,
) -> None:
    world = World()
    world.ask("killed")
    for key, document in (("a", "hrw"), ("b", "hrw"), ("c", "other")):
        world.say(key, "killed", "8", document=document)
    bad = world.document("hrw")
    world.documents[bad] = replace(world.documents[bad], csl={"title": "T", "DOI": "10.1000/bad"})
    store(any_engine, world)
    request = RetractionsRequest(notices=NOTICES, origin="long " * 1_000, mark=True)
    with write_unit(any_engine) as session:
        (found,) = retractions(session, CODER, request, NOW)
        reason = acts(session)[0].reason or ""
    assert (found.key, found.claims, found.marked) == ("hrw", 2, True)
    assert len(reason) == 2_000


@slow_on_postgresql
def test_a_reader_may_look_and_not_mark(any_engine: Engine, importing: Import) -> None:
    importing()
    reader = Actor("reader", Role.READER)
    assert set(look_up(any_engine, reader)) == {"hrw", "study"}
    with pytest.raises(NotPermitted):
        look_up(any_engine, reader, mark=True)
