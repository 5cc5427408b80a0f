"""Loading: the table of docs/format.md row by row, all or nothing, twice is nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from claims.actions.actor import Actor
from claims.actions.load import LoadItem, LoadRequest, LoadResult, State, load
from claims.actions.load_plan import plan_namespace
from claims.actions.undo import UndoRequest, UndoResult, undo
from claims.analysis.canonical import content_hash
from claims.analysis.records import Assessment, Claim, Passage, Record, Snapshot, Source, Waiver
from claims.analysis.vocabulary import Role, Sensitivity
from claims.archive.store import Archive
from claims.errors import DocumentFaults, InputRefused, NotPermitted, VerificationFailed
from claims.exchange.hand_coded import HandCoded, read_hand_coded
from claims.store.baseline import Baseline
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.reader import all_records, head
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CODER = Actor("coder", Role.ENTERER, Sensitivity.RESTRICTED)
TEXT = "Eight people died, said the Ministry. The bridge fell. A boat sank.\n"
YAML = """claims: 1
namespace: https://example.org/flood
coder: reader
language: en
topics: {flood: {label: The flood}}
sources:
  paper: {name: The Paper, kind: newspaper}
  ministry: {name: The Ministry, reliability: {code: C, reason: corrected twice}}
questions:
  died: {text: How many died?, kind: count, unit: people}
  bridge: {text: Did the bridge fall?, kind: boolean}
documents:
  article:
    csl: {type: article-newspaper, title: The flood}
    voice: paper
    tier: secondary
    text: article.txt
    passages:
      - quote: Eight people died, said the Ministry.
        claims:
          - question: died
            key: eight
            said: Eight people
            speakers: [ministry]
            confidence: {level: low, reason: not held}
      - quote: The bridge fell.
        claims:
          - {question: bridge, key: fell}
"""

R = TypeVar("R", bound=Record)


@dataclass
class Desk:
    """A database, an archive and a folder with the hand-coded file."""

    engine: Engine
    folder: Path

    @property
    def archive(self) -> Archive:
        return Archive(self.folder / "archive")

    def read(self, yaml: str) -> HandCoded:
        (self.folder / "article.txt").write_text(TEXT, encoding="utf-8")
        (self.folder / "coded.yaml").write_text(yaml, encoding="utf-8")
        (file,) = read_hand_coded([self.folder / "coded.yaml"])
        return file

    def load(
        self, yaml: str, *, dry_run: bool = False, actor: Actor = CODER, remove_gone: bool = False
    ) -> LoadResult:
        request = LoadRequest(
            files=(self.read(yaml),),
            archive=self.archive,
            dry_run=dry_run,
            remove_gone=remove_gone,
        )
        with read_unit(self.engine) if dry_run else write_unit(self.engine) as session:
            return load(session, actor, request, NOW)

    def held(self, kind: type[R], key: str) -> R:
        with read_unit(self.engine) as session:
            (found,) = (r for r in all_records(session, kind) if r.key == key)
        return found

    def every(self, kind: type[R]) -> list[R]:
        with read_unit(self.engine) as session:
            return all_records(session, kind)

    def edit(self, record: Record) -> None:
        """Somebody changes a record in the database."""
        with write_unit(self.engine) as session:
            Writer(session, "editor", NOW, "by hand").update(record, version=None)

    def remove(self, *records: Record) -> None:
        with write_unit(self.engine) as session:
            Writer(session, "editor", NOW, "by hand").remove_all(records)

    def undo(self) -> UndoResult:
        with write_unit(self.engine) as session:
            return undo(session, CODER, UndoRequest(), NOW)

    def insert(self, record: Record) -> None:
        with write_unit(self.engine) as session:
            Writer(session, "editor", NOW, "by hand").insert(record)

    def state(self) -> tuple[int, str, dict[str, int]]:
        """The head of the history and the number of rows of every table."""
        with read_unit(self.engine) as session:
            names = session.execute(text("select name from sqlite_master where type = 'table'"))
            counts = {
                name: session.execute(text(f'select count(*) from "{name}"')).scalar_one()  # noqa: S608
                for (name,) in names.all()
            }
            at = head(session)
        return at.seq, at.hash, counts


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("load") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(template, tmp_path / "claims.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'claims.db'}")
    yield Desk(engine, tmp_path)
    engine.dispose()


def changed(old: str, new: str, yaml: str = YAML) -> str:
    assert yaml.count(old) == 1
    return yaml.replace(old, new)


def only(result: LoadResult, *states: State) -> list[LoadItem]:
    return [item for item in result.items if item.state in states]


def told(result: LoadResult, *states: State) -> list[tuple[str, str | None]]:
    return [(item.entity, item.key) for item in only(result, *states)]


RENAMED = changed("name: The Ministry", "name: Ministry of the Interior")


def test_a_first_load_stores_everything_and_the_text(desk: Desk) -> None:
    result = desk.load(YAML)
    assert {item.state for item in result.items} == {State.NEW}
    assert result.changed
    assert result.counts["claim"] == {State.NEW: 2}
    assert list(result.counts)[:3] == ["topic", "source", "document"]
    assert desk.held(Claim, "eight").value is not None
    (snapshot,) = desk.every(Snapshot)
    assert desk.archive.read(snapshot.sha256) == TEXT.encode()


def test_what_is_stored_is_what_the_file_says(desk: Desk) -> None:
    desk.load(YAML)
    for record in desk.read(YAML).records:
        (stored,) = (r for r in desk.every(type(record)) if r.id == record.id)
        assert content_hash(stored) == content_hash(record)


def test_a_second_load_writes_nothing_at_all(desk: Desk) -> None:
    desk.load(YAML)
    before = desk.state()
    result = desk.load(YAML)
    assert {item.state for item in result.items} == {State.UNCHANGED}
    assert not result.changed
    assert desk.state() == before


def test_every_record_of_a_load_has_one_change_and_each_text_one_of_custody(desk: Desk) -> None:
    before = desk.state()[0]
    result = desk.load(YAML)
    assert desk.state()[0] - before == len(result.items) + len(desk.every(Snapshot))


def test_changed_in_the_file_alone_is_updated(desk: Desk) -> None:
    desk.load(YAML)
    result = desk.load(RENAMED)
    (item,) = only(result, State.UPDATED)
    assert (item.entity, item.key, item.line, item.column) == ("source", "ministry", 8, 13)
    (change,) = item.changes
    assert (change.name, change.before, change.after) == (
        "name",
        "The Ministry",
        "Ministry of the Interior",
    )
    assert desk.held(Source, "ministry").name == "Ministry of the Interior"
    assert desk.load(RENAMED).changed is False


def test_changed_in_the_database_alone_is_kept(desk: Desk) -> None:
    desk.load(YAML)
    desk.edit(replace(desk.held(Source, "ministry"), name="Another"))
    before = desk.state()
    result = desk.load(YAML)
    (item,) = only(result, State.KEPT)
    assert (item.entity, item.key) == ("source", "ministry")
    assert [(c.name, c.before, c.after) for c in item.changes] == [
        ("name", "Another", "The Ministry")
    ]
    assert desk.held(Source, "ministry").name == "Another"
    assert desk.state() == before


def test_changed_in_both_is_refused_and_both_are_shown(desk: Desk) -> None:
    desk.load(YAML)
    desk.edit(replace(desk.held(Source, "ministry"), name="Another"))
    before = desk.state()
    mended = changed("How many died?", "How many people died?", RENAMED)
    with pytest.raises(DocumentFaults) as caught:
        desk.load(mended)
    (fault,) = caught.value.faults
    assert (fault.line, fault.column) == (8, 13)
    assert fault.field == "source ministry, name"
    assert fault.found == (
        "'Ministry of the Interior' in the file and 'Another' in the database, "
        "both changed since the last load"
    )
    assert "write the database's words into the file" in fault.expected
    assert desk.state() == before


def test_the_same_change_in_both_is_no_change(desk: Desk) -> None:
    desk.load(YAML)
    desk.edit(replace(desk.held(Source, "ministry"), name="Ministry of the Interior"))
    result = desk.load(RENAMED)
    assert not result.changed
    assert not only(result, State.KEPT)
    desk.edit(replace(desk.held(Source, "ministry"), name="Third"))
    assert told(desk.load(RENAMED), State.KEPT) == [("source", "ministry")]


def test_a_conflict_ends_when_the_file_takes_the_databases_words(desk: Desk) -> None:
    desk.load(YAML)
    desk.edit(replace(desk.held(Source, "ministry"), name="Another"))
    desk.load(changed("name: The Ministry", "name: Another"))
    desk.load(RENAMED)
    assert desk.held(Source, "ministry").name == "Ministry of the Interior"


def test_gone_from_the_file_is_reported_each_time_and_kept(desk: Desk) -> None:
    desk.load(YAML)
    shorter = YAML[: YAML.index("      - quote: The bridge fell.")]
    for _ in range(2):
        result = desk.load(shorter)
        assert told(result, State.GONE) == [("claim", "fell")]
    assert desk.held(Claim, "fell").key == "fell"
    restored = desk.load(YAML)
    assert not restored.changed
    assert not only(restored, State.GONE)


def test_gone_and_edited_is_kept_as_edited(desk: Desk) -> None:
    desk.load(YAML)
    desk.edit(replace(desk.held(Claim, "fell"), note="seen"))
    desk.load(YAML[: YAML.index("      - quote: The bridge fell.")])
    assert desk.held(Claim, "fell").note == "seen"
    assert told(desk.load(YAML), State.KEPT) == [("claim", "fell")]


SHORTER = YAML[: YAML.index("      - quote: The bridge fell.")]


def test_what_is_gone_can_be_taken_out_with_its_passage(desk: Desk) -> None:
    desk.load(YAML)
    passages = len(desk.every(Passage))
    planned = desk.load(SHORTER, dry_run=True, remove_gone=True)
    assert len(desk.every(Passage)) == passages
    result = desk.load(SHORTER, remove_gone=True)
    assert planned.items == result.items
    assert result.changed
    assert told(result, State.GONE) == [("claim", "fell")]
    assert [claim.key for claim in desk.every(Claim) if claim.key == "fell"] == []
    assert len(desk.every(Passage)) == passages - 1
    again = desk.load(SHORTER, remove_gone=True)
    assert not again.changed
    assert told(again, State.GONE) == []
    assert ("claim", "fell") in told(desk.load(YAML), State.NEW)


def test_what_something_else_refers_to_is_not_taken_out(desk: Desk) -> None:
    desk.load(YAML)
    desk.insert(
        Waiver(
            id=uuid4(),
            check="A01",
            target=desk.held(Claim, "fell").id,
            reason="known",
            granted_by="editor",
            until="2027-01-01",
        )
    )
    with pytest.raises(InputRefused, match="the claim fell is still named by a waiver"):
        desk.load(SHORTER, remove_gone=True)
    with pytest.raises(InputRefused, match="something else still refers to it"):
        desk.load(SHORTER, remove_gone=True, actor=replace(CODER, clearance=Sensitivity.PUBLIC))
    assert desk.held(Claim, "fell").key == "fell"


def test_what_was_removed_from_the_database_is_not_loaded_again(desk: Desk) -> None:
    desk.load(YAML)
    fell = desk.held(Claim, "fell")
    desk.remove(fell, *(one for one in desk.every(Passage) if one.id in fell.passages))
    result = desk.load(YAML)
    assert not result.changed
    assert ("claim", "fell") in told(result, State.REMOVED)
    assert ("claim", "fell") not in told(desk.load(SHORTER), State.GONE)


def test_a_load_that_was_undone_can_be_loaded_again(desk: Desk) -> None:
    first = desk.load(YAML)
    desk.undo()
    assert (desk.every(Claim), desk.every(Source), desk.every(Assessment)) == ([], [], [])
    again = desk.load(YAML)
    assert again.items == first.items


def test_a_load_of_changes_that_was_undone_can_be_loaded_again(desk: Desk) -> None:
    desk.load(YAML)
    held = desk.every(Source), desk.every(Assessment)
    other = RENAMED.replace("reason: not held", "reason: seen since")
    first = desk.load(other)
    assert {entity for entity, _ in told(first, State.UPDATED)} == {"source", "assessment"}
    desk.undo()
    assert (desk.every(Source), desk.every(Assessment)) == held
    assert not desk.load(YAML).changed
    again = desk.load(other)
    assert told(again, State.UPDATED) == told(first, State.UPDATED)
    assert told(again, State.CONFLICT) == []


def test_a_dry_run_tells_the_plan_and_writes_nothing(desk: Desk) -> None:
    before = desk.state()
    planned = desk.load(YAML, dry_run=True)
    assert desk.state() == before
    assert not (desk.folder / "archive").exists() or not any((desk.folder / "archive").rglob("*"))
    done = desk.load(YAML)
    assert planned.items == done.items
    assert (planned.dry_run, done.dry_run) == (True, False)


def test_a_dry_run_of_a_change_tells_it_and_writes_nothing(desk: Desk) -> None:
    desk.load(YAML)
    before = desk.state()
    assert told(desk.load(RENAMED, dry_run=True), State.UPDATED) == [("source", "ministry")]
    assert desk.state() == before


def test_a_dry_run_tells_that_an_archived_text_was_altered(desk: Desk) -> None:
    desk.load(YAML)
    (held,) = (path for path in desk.archive.folder.rglob("*") if path.is_file())
    held.chmod(0o600)
    held.write_text("other words", encoding="utf-8")
    with pytest.raises(VerificationFailed):
        desk.load(YAML, dry_run=True)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (
            "            key: eight\n",
            "            key: eight\n            retracted: {at: 2062, reason: withdrawn}\n",
            "retracted.at",
        ),
        (
            "    text: article.txt\n",
            '    text: article.txt\n    captured: {at: "2062-01-01T10:00:00Z"}\n',
            "captured.at",
        ),
    ],
)
def test_what_is_yet_to_come_was_not_done(desk: Desk, old: str, new: str, field: str) -> None:
    with pytest.raises(DocumentFaults) as refused:
        desk.load(changed(old, new))
    (fault,) = refused.value.faults
    assert (fault.field, fault.found[:4]) == (field, "2062")
    assert fault.line > 0


def test_what_was_done_today_elsewhere_is_no_future(desk: Desk) -> None:
    key = "            key: eight\n"
    today = f"{key}            retracted: {{at: 2026-01-03, reason: withdrawn}}\n"
    assert desk.load(changed(key, today)).changed


def test_a_failure_in_the_middle_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.load(YAML)
    before = desk.state()
    two = changed("How many died?", "How many people died?", RENAMED)
    update, calls = Writer.update, []

    def failing(writer: Writer, record: Record, *, version: int | None) -> int:
        calls.append(record)
        if len(calls) > 1:
            message = "the disk is full"
            raise OSError(message)
        return update(writer, record, version=version)

    monkeypatch.setattr(Writer, "update", failing)
    with pytest.raises(OSError, match="the disk is full"):
        desk.load(two)
    assert len(calls) == 2
    assert desk.state() == before


def test_texts_are_archived_before_any_row_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_archive: Archive, _data: bytes) -> str:
        message = "the archive is full"
        raise OSError(message)

    monkeypatch.setattr(Archive, "add", failing)
    monkeypatch.setattr(Writer, "insert_all", lambda *_: pytest.fail("rows came first"))
    with pytest.raises(OSError, match="the archive is full"):
        desk.load(YAML)


def test_a_reader_may_not_load(desk: Desk) -> None:
    before = desk.state()
    with pytest.raises(NotPermitted, match="'guest' has the role reader, which may not load files"):
        desk.load(YAML, actor=Actor("guest", Role.READER, Sensitivity.RESTRICTED))
    with pytest.raises(NotPermitted):
        desk.load(YAML, actor=Actor("guest", Role.READER), dry_run=True)
    assert desk.state() == before


SECRET = changed("name: The Ministry,", "name: The Ministry, sensitivity: restricted,")


def test_nobody_compares_what_they_may_not_see(desk: Desk) -> None:
    desk.load(SECRET)
    team = Actor("novice", Role.ENTERER, Sensitivity.TEAM)
    with pytest.raises(NotPermitted, match="touch records that 'novice' may not see"):
        desk.load(YAML, actor=team)
    with pytest.raises(NotPermitted, match="would vanish before your eyes"):
        desk.load(SECRET, actor=team)


def test_what_is_hidden_is_not_said_to_be_gone(desk: Desk) -> None:
    """A file without the hidden records is loaded as if they had never been in it."""
    desk.load(SECRET)
    team = Actor("novice", Role.ENTERER, Sensitivity.TEAM)
    other = YAML[: YAML.index("sources:")]
    gone = {item.key for item in desk.load(other, dry_run=True).items}
    seen = {item.key for item in desk.load(other, actor=team, dry_run=True).items}
    assert gone >= {"ministry", "eight", "claim/eight/confidence", "fell"}
    assert seen < gone
    assert "fell" in seen
    assert not {"ministry", "eight", "claim/eight/confidence"} & seen


def test_showing_more_people_takes_a_reviewer(desk: Desk) -> None:
    desk.load(SECRET)
    with pytest.raises(NotPermitted, match="lower the sensitivity"):
        desk.load(YAML, actor=Actor("cleared", Role.ENTERER, Sensitivity.RESTRICTED))
    desk.load(YAML, actor=Actor("reviewer", Role.REVIEWER, Sensitivity.RESTRICTED))


def test_a_changed_opinion_supersedes_the_former(desk: Desk) -> None:
    desk.load(YAML)
    moderate = changed("level: low", "level: moderate")
    result = desk.load(moderate)
    (item,) = only(result, State.UPDATED)
    assert (item.entity, item.key) == ("assessment", "claim/eight/confidence")
    assert [(c.name, c.before, c.after) for c in item.changes] == [("code", "low", "moderate")]
    assert _codes(desk) == ["low", "moderate"]
    assert not desk.load(moderate).changed


def test_an_opinion_may_return_to_what_it_was(desk: Desk) -> None:
    for yaml in (YAML, changed("level: low", "level: high"), YAML):
        desk.load(yaml)
    assert _codes(desk) == ["low", "high", "low"]
    before = desk.state()
    assert not desk.load(YAML).changed
    assert desk.state() == before


def _codes(desk: Desk) -> list[str]:
    """The opinions on the claim's confidence, each superseding the one before."""
    found = [a for a in desk.every(Assessment) if a.key == "claim/eight/confidence"]
    chain = [a for a in found if a.supersedes is None]
    while len(chain) < len(found):
        chain += [a for a in found if a.supersedes == chain[-1].id]
    return [a.code for a in chain]


def test_somebody_elses_opinion_is_kept_and_never_silently_superseded(desk: Desk) -> None:
    desk.load(YAML)
    own = next(a for a in desk.every(Assessment) if a.of == "claim")
    other = replace(
        own, id=own.target, key=None, code="high", assessed_by="editor", supersedes=own.id
    )
    desk.insert(other)
    before = desk.state()
    (kept,) = only(desk.load(YAML), State.KEPT)
    assert (kept.entity, kept.key) == ("assessment", "claim/eight/confidence")
    with pytest.raises(DocumentFaults) as caught:
        desk.load(changed("level: low", "level: moderate"))
    assert {fault.field.partition(", ")[2] for fault in caught.value.faults} >= {"code"}
    assert desk.state() == before


def test_a_mended_quote_keeps_a_claim_with_a_key(desk: Desk) -> None:
    desk.load(YAML)
    result = desk.load(changed("quote: The bridge fell.", "quote: The bridge fell"))
    assert told(result, State.NEW) == [("passage", None)]
    (item,) = only(result, State.UPDATED)
    assert (item.entity, item.key) == ("claim", "fell")
    assert [(c.name, c.before, c.after) for c in item.changes] == [
        ("passages", "“The bridge fell.”", "“The bridge fell”"),
        (
            "value",
            "said: The bridge fell., expression: true",
            "said: The bridge fell, expression: true",
        ),
    ]
    assert not only(result, State.GONE)


def test_new_records_may_refer_to_each_other_in_any_order(desk: Desk) -> None:
    parts = changed(
        "  died: {text: How many died?, kind: count, unit: people}\n",
        "  children: {text: How many children?, kind: count, subset_of: died}\n"
        "  died: {text: How many died?, kind: count, unit: people}\n",
    )
    desk.load(parts)
    placed = f"{parts}places: {{mill: {{name: The mill}}}}\n"
    desk.load(placed)
    later = changed("{name: The mill}", "{name: The mill, part_of: town}", placed)
    later = later.replace(
        "name: The mill, part_of: town}", "name: The mill, part_of: town}, town: {name: T}"
    )
    result = desk.load(later)
    assert told(result, State.UPDATED, State.NEW) == [("place", "mill"), ("place", "town")]


def test_a_part_may_become_the_whole(desk: Desk) -> None:
    places = "places: {mill: {name: The mill, part_of: town}, town: {name: The town}}\n"
    desk.load(YAML + places)
    turned = "places: {mill: {name: The mill}, town: {name: The town, part_of: mill}}\n"
    result = desk.load(YAML + turned)
    assert told(result, State.UPDATED) == [("place", "mill"), ("place", "town")]
    back = desk.load(YAML + places)
    assert told(back, State.UPDATED) == [("place", "mill"), ("place", "town")]


def test_an_opinion_left_out_is_reported_and_stays_in_force(desk: Desk) -> None:
    desk.load(YAML)
    result = desk.load(changed("            confidence: {level: low, reason: not held}\n", ""))
    (item,) = only(result, State.GONE)
    assert (item.entity, item.key) == ("assessment", "claim/eight/confidence")
    assert item.id in {a.id for a in desk.every(Assessment)}
    assert _codes(desk) == ["low"]


def test_two_namespaces_do_not_touch_each_other(desk: Desk) -> None:
    desk.load(YAML)
    other = desk.load(changed("https://example.org/flood", "https://example.org/other"))
    assert {item.state for item in other.items} == {State.NEW}
    assert not desk.load(YAML).changed


def test_the_table_of_the_docs_names_every_state() -> None:
    told = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
    called = {line.rstrip("| ").rpartition("| ")[2] for line in told.splitlines() if "|" in line}
    assert {state.value for state in State} <= called


states = st.sampled_from(["same", "changed", "otherwise"])


@given(file=states, database=states)
def test_the_table_of_three_ways(file: str, database: str) -> None:
    loaded = Source(id=CODED.records[1].id, key="paper", name="The Paper")
    versions = {
        "same": loaded,
        "changed": replace(loaded, name="one name"),
        "otherwise": replace(loaded, name="another name"),
    }
    coded = replace(CODED, records=(versions[file],))
    held = {loaded.id: versions[database]}
    last = {loaded.id: Baseline("source", "paper", content_hash(loaded))}
    plan = plan_namespace((coded,), held, (), last)
    if file == database:
        expected = State.UNCHANGED
    elif database == "same":
        expected = State.UPDATED
    elif file == "same":
        expected = State.KEPT
    else:
        expected = State.CONFLICT
    assert [item.state for item in plan.items] == [expected]
    assert bool(plan.updates) == (expected is State.UPDATED)
    assert not plan.inserts


def test_a_record_that_no_file_ever_loaded_is_not_overwritten() -> None:
    held = replace(CODED.records[1], key="paper")
    assert isinstance(held, Source)
    coded = replace(CODED, records=(replace(held, name="another"),))
    plan = plan_namespace((coded,), {held.id: held}, (), {})
    assert [item.state for item in plan.items] == [State.CONFLICT]


def _coded() -> HandCoded:
    import tempfile  # noqa: PLC0415 (only here)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coded.yaml"
        (path.parent / "article.txt").write_text(TEXT, encoding="utf-8")
        path.write_text(YAML, encoding="utf-8")
        (file,) = read_hand_coded([path])
    return file


CODED = _coded()
