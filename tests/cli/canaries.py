"""Two databases that differ only in records that some must not see, each marked in every text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine

from claims.analysis.canonical import content_hash, namespace_id
from claims.analysis.records import (
    Assessment,
    Claim,
    ClaimValue,
    Contributor,
    CrossCheck,
    Document,
    Inquiry,
    Locator,
    Merge,
    Passage,
    Project,
    Record,
    RelationOverride,
    Review,
    Snapshot,
    Source,
    SourceRelation,
    Speaker,
    Translation,
    Waiver,
)
from claims.analysis.vocabulary import (
    Decision,
    Dependence,
    Role,
    Scheme,
    Sensitivity,
    Stance,
    Tier,
    TranslationMethod,
)
from claims.store import acts
from claims.store.acts import Run
from claims.store.baseline import Baseline, set_baseline
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.unit import write_unit
from claims.store.writer import Writer
from tests.store.worlds import an_id, flood

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)

NAMESPACE = "https://example.org/canaries"
CODED = f"""claims: 1
namespace: {NAMESPACE}
coder: a coder
language: en
topics:
  storm: {{label: The storm}}
"""
"""A file of the namespace that the hidden records were loaded from; it says nothing of them."""

PEOPLE = {
    "Ruler": (Role.ADMINISTRATOR, Sensitivity.RESTRICTED),
    "Outsider": (Role.REVIEWER, Sensitivity.PUBLIC),
    "Member": (Role.REVIEWER, Sensitivity.TEAM),
}


def build(path: Path, hidden: Sequence[Sensitivity], patch: pytest.MonkeyPatch) -> None:
    """Make the database with the records of these sensitivities beside what is public."""
    url = f"sqlite:///{path}"
    upgrade(url)
    engine = open_engine(url)
    try:
        _write(engine, patch, "begin", "first words", [*_begin(), *flood()])
        for level in hidden:
            _secrets(engine, patch, level)
        _write(engine, patch, "add", "later words", [_newer(hidden)])
        _edit(engine, patch, "edit", "mended", replace(_paper(), note="mended"))
    finally:
        engine.dispose()


def marks(level: Sensitivity) -> tuple[str, ...]:
    """What must not be printed for those who may not see this level: texts, keys, ids."""
    ids = {str(record.id) for record in _records(level)} | {str(_gone(level).id)}
    return (_mark(level), *sorted(ids))


def secret_ids(level: Sensitivity) -> dict[str, UUID]:
    """The ids of what is hidden at this level, by a word for each."""
    return {
        "claim": an_id(f"{level} claim"),
        "source": an_id(f"{level} source"),
        "document": an_id(f"{level} document"),
        "assessment": an_id(f"{level} claim assessment"),
        "check": an_id(f"{level} check"),
        "inquiry": an_id(f"{level} inquiry"),
        "relation": an_id(f"{level} source relation"),
        "merge": an_id(f"{level} merge"),
        "gone": _gone(level).id,
        "action": an_id(f"{level} records"),
        "edit": an_id(f"{level} edit"),
    }


def _mark(level: Sensitivity) -> str:
    return f"zz{level.value}qq"


def _begin() -> list[Record]:
    project = Project(id=an_id("project"), title="The floods")
    people = [
        Contributor(id=an_id(name), name=name, role=role, clearance=clearance)
        for name, (role, clearance) in PEOPLE.items()
    ]
    return [project, *people]


def _paper() -> Source:
    return next(one for one in flood() if isinstance(one, Source) and one.key == "paper")


def _newer(hidden: Sequence[Sensitivity]) -> Claim:
    """A claim that everybody sees; it supersedes a hidden one where there is one."""
    claim = next(one for one in flood() if isinstance(one, Claim))
    value = ClaimValue(said="40 people", expression="40")
    before = an_id(f"{hidden[0]} claim") if hidden else None
    return replace(claim, id=an_id("newer"), key="newer", value=value, supersedes=before)


def _secrets(engine: Engine, patch: pytest.MonkeyPatch, level: Sensitivity) -> None:
    """All that is hidden at one level, as it is entered, edited, judged, merged and removed."""
    word = _mark(level)
    records = list(_records(level))
    _write(engine, patch, f"{level} records", f"{word} records", [*records, _gone(level)])
    claim = next(one for one in records if one.id == an_id(f"{level} claim"))
    assert isinstance(claim, Claim)
    _edit(engine, patch, f"{level} edit", f"{word} edited", replace(claim, note=f"{word} mended"))
    patch.setattr(acts, "uuid4", lambda: an_id(f"{level} custody"))
    with write_unit(engine) as session:
        writer = Writer(session, "Ruler", NOW, f"{word} removed", run=Run(f"{word} run"))
        writer.remove_all([_gone(level)])
        writer.custody(an_id(f"{level} snapshot"), "checked", f"{word} custody")
        said = {one.id: Baseline(one.entity, one.key, content_hash(one)) for one in records}
        set_baseline(session, namespace_id(NAMESPACE), said, actor="Ruler", now=NOW)


def _write(
    engine: Engine, patch: pytest.MonkeyPatch, act: str, reason: str, records: list[Record]
) -> None:
    patch.setattr(acts, "uuid4", lambda: an_id(act))
    with write_unit(engine) as session:
        Writer(session, "Ruler", NOW, reason, run=Run("claim add")).insert_all(records)


def _edit(engine: Engine, patch: pytest.MonkeyPatch, act: str, reason: str, record: Record) -> None:
    patch.setattr(acts, "uuid4", lambda: an_id(act))
    with write_unit(engine) as session:
        Writer(session, "Ruler", NOW, reason, run=Run("edit")).update(record, version=1)


def _gone(level: Sensitivity) -> Source:
    """A source that was entered and removed again: only the history holds it."""
    word = _mark(level)
    return Source(id=an_id(f"{level} gone"), name=f"{word} gone", key=word, sensitivity=level)


def _records(level: Sensitivity) -> Iterator[Record]:
    yield from _evidence(level)
    yield from _claims(level)
    yield from _judgements(level)


def _evidence(level: Sensitivity) -> Iterator[Record]:
    word, source = _mark(level), an_id(f"{level} source")
    yield Source(
        id=source,
        key=f"{word}-source",
        name=f"a newspaper {word}",
        aliases=(f"{word} alias",),
        identifiers={word: word},
        sensitivity=level,
        note=f"{word} note",
    )
    for name, voice, own in (
        ("document", an_id("paper"), level),
        ("leak", source, Sensitivity.PUBLIC),
    ):
        document = an_id(f"{level} {name}")
        yield Document(
            id=document,
            key=f"{word}-{name}",
            csl={"title": f"The flood {word}", "URL": f"https://example.org/{word}"},
            voice=voice,
            tier=Tier.PRIMARY,
            language="en",
            licence=word,
            sensitivity=own,
        )
        yield _passage(level, name, document)
    yield Snapshot(
        id=an_id(f"{level} snapshot"),
        document=an_id(f"{level} document"),
        sha256=sha256(word.encode()).hexdigest(),
        media_type=f"text/{word}",
        text_sha256=sha256(word.encode()).hexdigest(),
        extractor=word,
        length=4,
        captured_by=word,
        captured_with=word,
        requested_url=word,
        final_url=word,
    )
    yield _passage(level, "public", an_id("article"))


def _passage(level: Sensitivity, name: str, document: UUID) -> Passage:
    word = _mark(level)
    return Passage(
        id=an_id(f"{level} {name} passage"),
        key=f"{word}-{name}-passage",
        document=document,
        exact=f"{word} people were killed, the Ministry said",
        prefix=word,
        suffix=word,
        language="en",
        locators=(Locator(kind="page", value=word),),
        translations=(
            Translation(language="fr", text=word, translator=word, method=TranslationMethod.HUMAN),
        ),
    )


def _claims(level: Sensitivity) -> Iterator[Claim]:
    """Hidden by itself, by its document, by a speaker, by a speaker's document, by a passage."""
    public, own = an_id(f"{level} public passage"), an_id(f"{level} document passage")
    paper = Speaker(source=an_id("paper"))
    yield replace(_claim(level, "claim", public), sensitivity=level)
    yield replace(_claim(level, "in document", own), document=an_id(f"{level} document"))
    speakers = (paper, Speaker(source=an_id(f"{level} source"), verb=_mark(level)))
    yield replace(_claim(level, "by source", public), speakers=speakers)
    held = (paper, Speaker(source=an_id("ministry"), document=an_id(f"{level} leak")))
    yield replace(_claim(level, "held in", public), speakers=held)
    yield _claim(level, "cited", an_id("passage 0"), own)


def _claim(level: Sensitivity, name: str, *passages: UUID) -> Claim:
    word = _mark(level)
    return Claim(
        id=an_id(f"{level} {name}"),
        key=f"{word}-{name}",
        document=an_id("article"),
        passages=passages,
        question=an_id("killed"),
        stance=Stance.ASSERTS,
        speakers=(Speaker(source=an_id("paper")), Speaker(source=an_id("ministry"))),
        value=ClaimValue(said=f"{word} 99 people", expression="99", inferred={word: word}),
        verb=word,
        hedges=(word,),
        exposure_basis=word,
        note=word,
    )


def _judgements(level: Sensitivity) -> Iterator[Record]:
    word, claim = _mark(level), an_id(f"{level} claim")
    source, document = an_id(f"{level} source"), an_id(f"{level} document")
    for of, target, scheme, code in (
        ("claim", claim, Scheme.CONFIDENCE, "low"),
        ("source", source, Scheme.RELIABILITY, "C"),
    ):
        yield Assessment(
            id=an_id(f"{level} {of} assessment"),
            key=f"{word}-{of}-assessment",
            of=of,
            target=target,
            scheme=scheme,
            code=code,
            reason=word,
            assessed_by=word,
        )
    yield Review(
        id=an_id(f"{level} review"),
        claim=claim,
        decision=Decision.ACCEPTED,
        claim_hash="0" * 64,
        reason=word,
        reviewed_by=word,
    )
    yield CrossCheck(
        id=an_id(f"{level} check"),
        key=f"{word}-check",
        topic=an_id("flood"),
        text=word,
        reason=word,
        questions=(an_id("killed"),),
        claims=(an_id("claim 0"), claim),
    )
    yield Inquiry(
        id=an_id(f"{level} inquiry"),
        key=f"{word}-inquiry",
        topic=an_id("flood"),
        question=an_id("killed"),
        looked_for=word,
        looked_in=word,
        looked_by=word,
        words=(word,),
        note=word,
        sensitivity=level,
    )
    yield Inquiry(
        id=an_id(f"{level} claim inquiry"),
        key=f"{word}-claim-inquiry",
        topic=an_id("flood"),
        looked_for=word,
        looked_in=word,
        looked_by=word,
        claims=(an_id("claim 0"), claim),
    )
    for asked, read in ((source, None), (None, document)):
        yield Inquiry(
            id=an_id(f"{level} inquiry of {asked} {read}"),
            topic=an_id("flood"),
            looked_for=word,
            looked_in=word,
            looked_by=word,
            source=asked,
            document=read,
        )
    yield RelationOverride(
        id=an_id(f"{level} override"),
        a=an_id("claim 0"),
        b=claim,
        independent=False,
        reason=word,
    )
    for between, a, b in (
        ("source", source, an_id("ministry")),
        ("document", an_id("article"), document),
    ):
        yield SourceRelation(
            id=an_id(f"{level} {between} relation"),
            between=between,
            a=a,
            b=b,
            kind=Dependence.SAME_PUBLISHER,
            basis=word,
        )
    for of, kept, merged in (
        ("source", an_id("paper"), source),
        ("document", document, an_id("article")),
    ):
        id_ = an_id(f"{level} merge") if of == "source" else an_id(f"{level} {of} merge")
        yield Merge(id=id_, of=of, kept=kept, merged=merged, reason=word)
    for target in (claim, source, an_id(f"{level} merge")):
        yield Waiver(
            id=an_id(f"{level} waiver {target}"),
            check="C-01",
            target=target,
            reason=word,
            granted_by=word,
            until="2030-01-01",
        )
