"""Two names of one thing are made one by a reviewer, with a reason, and can be parted again."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from claims.actions.actor import Actor, access
from claims.actions.merge import (
    MergeRequest,
    MergeResult,
    UnmergeRequest,
    merge,
    merged_into,
    merges,
    unmerge,
)
from claims.actions.similar import similar, suggestions
from claims.actions.undo import UndoRequest, undo
from claims.analysis.records import Claim, Merge, Source
from claims.analysis.vocabulary import Dependence, Role, Sensitivity, ValueKind
from claims.errors import InputRefused, NotFound, NotPermitted
from claims.store.acts import acts
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.actions.stored import NOW, PUBLIC, REVIEWER, add, store
from tests.analysis.world import World, name


@pytest.fixture
def held(empty: Engine) -> Engine:
    """Two articles that cite one organisation by two names, and more that could be mistaken."""
    world = World()
    world.ask("killed", unit="people")
    world.ask("dead", unit="people")
    world.ask("houses", unit="houses")
    world.ask("children", unit="people", subset_of="killed")
    world.ask("when", ValueKind.DATE)
    world.say("short", "killed", "12", document="one", speakers=["Memorial"])
    world.say("long", "killed", "12", document="two", speakers=["Memorial HRC"])
    world.source("eyewitnesses", named=False)
    world.source("Army", party="side")
    world.source("Guard", party="other side")
    world.relate(Dependence.FUNDED_BY, "Memorial HRC", "Fund")
    german = world.documents[world.document("zwei", voice="one")]
    world.documents[german.id] = replace(german, language="de")
    world.document("one again", voice="one")
    store(empty, world)
    return empty


def run(
    session: Session,
    kept: str,
    merged: str,
    entity: str = "source",
    *,
    actor: Actor = REVIEWER,
    reason: str = "one office",
    dry_run: bool = False,
) -> MergeResult:
    """Merge two records."""
    request = MergeRequest(entity=entity, kept=kept, merged=merged, reason=reason, dry_run=dry_run)
    return merge(session, actor, request, NOW)


def verdict_changes(result: MergeResult) -> list[str]:
    """The effects as they are printed."""
    return [str(one) for one in result.written.effects]


def test_a_merge_says_what_comes_along_and_what_it_changes(held: Engine) -> None:
    with write_unit(held) as session:
        result = run(session, "Memorial", "memorial hrc")
        (line,) = merges(session, PUBLIC, "source")
        into = merged_into(access(session, PUBLIC), "source")
    assert (result.kept.name, result.merged.name) == ("Memorial", "Memorial HRC")
    assert result.carried == {"claim": 1, "source_relation": 1}
    assert verdict_changes(result) == ["killed: AGREED_INDEPENDENT(2) → REPEATED"]
    assert (line.kept.name, line.merged.name, line.reason) == (
        *("Memorial", "Memorial HRC"),
        "one office",
    )
    assert into[name("source", "Memorial HRC")].name == "Memorial"


def test_a_dry_run_says_the_same_and_writes_nothing(held: Engine) -> None:
    with write_unit(held) as session:
        before = len(acts(session))
        tried = run(session, "Memorial", "Memorial HRC", dry_run=True)
        assert (merges(session, REVIEWER, "source"), len(acts(session))) == ((), before)
        done = run(session, "Memorial", "Memorial HRC")
    assert tried.written.dry_run
    assert (tried.carried, tried.written.effects) == (done.carried, done.written.effects)


@pytest.mark.parametrize("by", ["undo", "merge --undo"])
def test_a_merge_is_taken_back(held: Engine, by: str) -> None:
    with write_unit(held) as session:
        run(session, "Memorial", "Memorial HRC")
    with write_unit(held) as session:
        if by == "undo":
            effects = undo(session, REVIEWER, UndoRequest(), NOW).effects
        else:
            request = UnmergeRequest(entity="source", merged="Memorial HRC", reason="two offices")
            effects = unmerge(session, REVIEWER, request, NOW).written.effects
        assert merges(session, REVIEWER, "source") == ()
        assert [str(one) for one in effects] == ["killed: REPEATED → AGREED_INDEPENDENT(2)"]
        assert verdict_changes(run(session, "Memorial HRC", "Memorial")) == [
            "killed: AGREED_INDEPENDENT(2) → REPEATED"
        ]


def test_what_is_merged_into_nothing_cannot_be_parted(held: Engine) -> None:
    request = UnmergeRequest(entity="source", merged="Memorial")
    with write_unit(held) as session, pytest.raises(InputRefused, match="merged into no other"):
        unmerge(session, REVIEWER, request, NOW)


NONSENSE = [
    ("source", "Memorial", "memorial", "both names mean the source “Memorial”"),
    ("source", "Memorial", "eyewitnesses", "“eyewitnesses” is a voice without a name"),
    ("source", "Army", "Guard", "two parties, “side” and “other side”"),
    ("question", "killed", "houses", "differ in their unit"),
    ("question", "killed", "when", "differ in the kind of answer, their unit"),
    ("question", "killed", "children", "“children?” is part of “killed?”"),
    ("question", "children", "killed", "“children?” is part of “killed?”"),
    ("document", "one", "two", "`claims source merge one two` first"),
    ("document", "one", "zwei", "in two languages"),
]


@pytest.mark.parametrize(("entity", "kept", "merged", "words"), NONSENSE)
def test_what_cannot_be_one_is_refused(
    held: Engine, entity: str, kept: str, merged: str, words: str
) -> None:
    with write_unit(held) as session:
        with pytest.raises(InputRefused, match=words.replace("?", r"\?")):
            run(session, kept, merged, entity)
        assert merges(session, REVIEWER, entity) == ()


def test_all_that_stands_against_it_is_said_at_once(held: Engine) -> None:
    with write_unit(held) as session, pytest.raises(InputRefused) as refused:
        run(session, "one", "zwei", "document", reason=" ")
    assert "needs a reason" in str(refused.value)
    assert "two languages" in str(refused.value)


def test_a_circle_is_refused_and_so_is_a_second_merge(held: Engine) -> None:
    with write_unit(held) as session:
        run(session, "Memorial", "Memorial HRC")
        with pytest.raises(InputRefused, match="merged into “Memorial” already"):
            run(session, "Fund", "Memorial HRC")
        with pytest.raises(InputRefused, match="was itself merged into “Memorial”"):
            run(session, "Memorial HRC", "Memorial")
        run(session, "Fund", "Memorial")
        into = merged_into(access(session, REVIEWER), "source")
    assert {one.name for one in into.values()} == {"Fund"}


def test_a_part_stays_a_part_where_its_whole_was_merged(held: Engine) -> None:
    with write_unit(held) as session:
        run(session, "dead", "killed", "question")
        with pytest.raises(InputRefused, match="is part of “dead"):
            run(session, "children", "dead", "question")


def test_documents_whose_voices_were_merged_can_be_one(held: Engine) -> None:
    with write_unit(held) as session:
        run(session, "one", "two")
        result = run(session, "one", "two", "document")
    assert result.carried == {"claim": 1, "passage": 1}


def test_only_reviewers_merge(held: Engine) -> None:
    enterer = Actor("Colleague", Role.ENTERER, Sensitivity.RESTRICTED)
    with write_unit(held) as session:
        with pytest.raises(NotPermitted, match="reviewer"):
            run(session, "Memorial", "Memorial HRC", actor=enterer)
        request = UnmergeRequest(entity="source", merged="Memorial HRC")
        with pytest.raises(NotPermitted, match="reviewer"):
            unmerge(session, enterer, request, NOW)


def test_what_is_hidden_is_neither_merged_nor_suggested_nor_counted(held: Engine) -> None:
    secret = Source(id=uuid4(), key="secret", name="Memorial S", sensitivity=Sensitivity.RESTRICTED)
    with write_unit(held) as session:
        add(session, secret)
        run(session, "Memorial", "secret")
        assert merges(session, PUBLIC, "source") == ()
        assert merged_into(access(session, PUBLIC), "source") == {}
        with pytest.raises(NotFound, match="there is no source 'secret'"):
            run(session, "Memorial", "secret", actor=PUBLIC)
        new = Source(id=uuid4(), name="Memorial S")
        assert "Memorial S" not in {one.name for one in similar(session, PUBLIC, new)}
        named = {one.merged.name for one in suggestions(session, PUBLIC, "source")}
    assert named == {"Memorial HRC"}


def test_similar_records_are_told_with_the_reason(held: Engine) -> None:
    with read_unit(held) as session:
        found = similar(session, PUBLIC, Source(id=uuid4(), name="Human Rights Center Memorial"))
    assert [(one.name, one.reason) for one in found] == [
        ("Memorial HRC", "same name, where ‘HRC’ stands for ‘Human Rights Center’"),
        ("Memorial", "same name but for the words ‘Human’, ‘Rights’ and ‘Center’"),
    ]
    assert str(found[1]) == f"looks like the source “Memorial” (Memorial): {found[1].reason}"


def test_of_merged_records_the_kept_one_is_told(held: Engine) -> None:
    with write_unit(held) as session:
        run(session, "Memorial", "Memorial HRC")
        new = Source(id=uuid4(), name="Human Rights Center Memorial")
        found = similar(session, PUBLIC, new)
        assert [one.name for one in found] == ["Memorial"]
        assert suggestions(session, PUBLIC, "source") == ()


def test_a_claim_coded_twice_is_told(held: Engine) -> None:
    with write_unit(held) as session:
        claim = access(session, PUBLIC).records(Claim, [name("claim", "short")])[0]
        again = replace(claim, id=uuid4(), key=None)
        (found,) = similar(session, PUBLIC, again)
        assert (found.id, found.rank) == (claim.id, 0)
        assert found.reason == "same document, question, origin and passage"
        assert similar(session, PUBLIC, claim) == ()


def test_a_merge_that_was_undone_by_an_edit_is_told_no_more(held: Engine) -> None:
    with write_unit(held) as session:
        run(session, "Memorial", "Memorial HRC")
        (one,) = access(session, REVIEWER).records(Merge)
        Writer(session, "Coder", NOW).update(replace(one, undone=True), version=1)
        assert merged_into(access(session, REVIEWER), "source") == {}
