"""Citing from a newer copy of a document what still stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.copies import has_text, layout_of
from claims.actions.entry_names import called
from claims.actions.entry_write import Plan, Terms, Update, Written, carry_out
from claims.actions.review import accepted
from claims.actions.snapshots import chosen
from claims.analysis.pages import locators_of
from claims.analysis.quote_find import QuoteIndex
from claims.analysis.reanchor import Fate, Reanchored, reanchored
from claims.analysis.records import Claim, Document, Locator, Passage, Snapshot
from claims.analysis.text_places import ADDRESSED, Places
from claims.archive.store import Archive
from claims.errors import InputRefused, NotFound
from claims.exchange.entry_quote import around
from claims.store.access import Access
from claims.store.cited import Wanted, claim_ids, passages_of, snapshots_of

PLACED = frozenset({Fate.UNCHANGED, Fate.MOVED})
"""The fates of words that can be cited from the newer copy as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReanchorRequest:
    """Which document; ``to`` is the id of a copy or the beginning of it, else the newest."""

    document: str
    archive: Archive
    to: str | None = None
    reason: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReanchorItem:
    """A passage of an older copy that claims cite, and what became of its words."""

    passage: Passage
    claims: tuple[Claim, ...]
    found: Reanchored


@dataclass(frozen=True, slots=True, kw_only=True)
class ReanchorResult:
    """What became of each cited passage, in the order of the older text, and what was written.

    ``written`` is ``None`` where there was nothing to write.
    """

    document: Document
    to: Snapshot
    items: tuple[ReanchorItem, ...]
    written: Written | None

    @property
    def left(self) -> tuple[ReanchorItem, ...]:
        """The passages that stay as they are, for a person to decide."""
        return tuple(one for one in self.items if one.found.fate not in PLACED)


@dataclass(frozen=True, slots=True)
class _Newer:
    """The copy to cite from: its text, and the places in it where its layout is held."""

    copy: Snapshot
    index: QuoteIndex
    places: Places | None


def reanchor(
    session: Session, actor: Actor, request: ReanchorRequest, now: datetime
) -> ReanchorResult:
    """Look for the words that claims cite from older copies in a newer one, and cite them there.

    Words that stand there, at the same place or at another, get a passage in the newer copy, and
    the claims that cite them cite that one from now on; all of it is one action. Words that were
    altered, stand at several places or are gone are listed and left as they are.

    Args:
        session: of a writing unit, also for a dry run, which is taken back.
        actor: who does it; at least an enterer.
        request: the document and the copy.
        now: the time of the change.

    Raises:
        NotPermitted: the role does not allow it.
        NotFound: there is no such document or copy, or its text is not held.
        InputRefused: the copy has no text; several could be meant.
        VerificationFailed: an archived text was altered.
    """
    actor.require(Doing.EDIT)
    seen = access(session, actor)
    document = seen.find(Document, request.document)[0]
    held = {one.id: one for one in snapshots_of(session, document.id)}
    newer = _newer(document, list(held.values()), request)
    claims = _claims(seen, document)
    texts = _Texts(held, request.archive)
    items = [
        ReanchorItem(
            passage=passage,
            claims=claims[passage.id],
            found=reanchored(passage, texts.of(passage), newer.index),
        )
        for passage in _older(session, document, newer.copy, claims)
    ]
    written = _write(session, actor, request, now, items, newer)
    return ReanchorResult(document=document, to=newer.copy, items=tuple(items), written=written)


def _newer(document: Document, held: list[Snapshot], request: ReanchorRequest) -> _Newer:
    texts = [one for one in held if has_text(one)]
    copy = chosen(document, held if request.to else texts or held, request.to)
    if not has_text(copy):
        message = (
            f"the copy {str(copy.id)[:8]} of {called(document)!r} has no text to cite from;"
            " add it with a transcript: `claims document snapshot … --transcript FILE`"
        )
        raise InputRefused(message)
    text = request.archive.read(copy.text_sha256).decode("utf-8")
    layout = layout_of(copy, request.archive)
    return _Newer(copy, QuoteIndex(text), Places(layout) if layout else None)


@dataclass(slots=True)
class _Texts:
    """The texts of the older copies, each read once; what is not held is left out."""

    held: Mapping[UUID, Snapshot]
    archive: Archive

    read: dict[UUID, str | None] = field(default_factory=dict)

    def of(self, passage: Passage) -> str | None:
        """The text that a passage was taken from."""
        copy = self.held.get(passage.snapshot) if passage.snapshot else None
        if copy is None or not has_text(copy):
            return None
        if copy.id not in self.read:
            self.read[copy.id] = self._text(copy)
        return self.read[copy.id]

    def _text(self, copy: Snapshot) -> str | None:
        try:
            return self.archive.read(copy.text_sha256).decode("utf-8")
        except NotFound:
            return None


def _claims(seen: Access, document: Document) -> Mapping[UUID, tuple[Claim, ...]]:
    """The claims that cite each passage of a document, as far as they may be seen."""
    found: dict[UUID, tuple[Claim, ...]] = {}
    wanted = claim_ids(seen.session, seen.clearance, Wanted(document=document.id))
    for claim in seen.records(Claim, wanted):
        for passage in claim.passages:
            found[passage] = (*found.get(passage, ()), claim)
    return found


def _older(
    session: Session, document: Document, newer: Snapshot, claims: Mapping[UUID, object]
) -> list[Passage]:
    """The cited passages that are from other copies or from none, in the order of the text."""
    held = passages_of(session, document.id)
    older = [one for one in held if one.snapshot != newer.id and one.id in claims]
    return sorted(older, key=lambda one: (one.start is None, one.start or 0, str(one.id)))


def _write(  # noqa: PLR0913, PLR0917 (who, what, when, and what was found)
    session: Session,
    actor: Actor,
    request: ReanchorRequest,
    now: datetime,
    items: Sequence[ReanchorItem],
    newer: _Newer,
) -> Written | None:
    """Cite the words from the newer copy that stand in it, as one action."""
    moved = {one.passage.id: _anew(one, newer) for one in items if one.found.fate in PLACED}
    if not moved:
        return None
    seen = access(session, actor)
    updates = list(_updates(seen, items, {old: new.id for old, new in moved.items()}))
    plan = Plan(name="document reanchor", inserts=list(moved.values()), updates=updates)
    plan.shown = [one.after.id for one in updates]
    again = accepted(seen, plan.shown)
    if again:
        plan.warnings.append(
            f"{again} accepted {'claim awaits' if again == 1 else 'claims await'} a review again,"
            " since what is cited is another copy"
        )
    terms = Terms(reason=request.reason, dry_run=request.dry_run)
    return carry_out(session, actor, plan, terms, now)


def _anew(item: ReanchorItem, newer: _Newer) -> Passage:
    """The passage in the newer copy, on its page there."""
    found, passage = item.found, item.passage
    start, end, exact = found.start or 0, found.end or 0, found.exact or passage.exact
    prefix, suffix = around(newer.index.text, start, end)
    return replace(
        passage,
        id=uuid4(),
        key=None,
        snapshot=newer.copy.id,
        exact=exact,
        start=start,
        end=end,
        prefix=prefix,
        suffix=suffix,
        locators=_locators(passage, start, end, newer.places),
    )


def _locators(passage: Passage, start: int, end: int, places: Places | None) -> tuple[Locator, ...]:
    """The page of the newer copy in place of that of the older one, and what else was given."""
    kept = tuple(one for one in passage.locators if one.kind not in ADDRESSED)
    return kept if places is None else (*locators_of(start, end, places), *kept)


def _updates(
    seen: Access, items: Sequence[ReanchorItem], moved: Mapping[UUID, UUID]
) -> Iterator[Update]:
    """Each claim once, with all its passages that can be cited from the newer copy."""
    for claim in dict.fromkeys(claim.id for item in items for claim in item.claims):
        held = seen.stored(Claim, claim)
        if held is None or not set(held[0].passages) & moved.keys():
            continue
        record, version = held
        passages = tuple(moved.get(one, one) for one in record.passages)
        yield Update(before=record, after=replace(record, passages=passages), version=version)


def fates(items: Sequence[ReanchorItem]) -> Mapping[Fate, int]:
    """How many passages had each fate."""
    return Counter(one.found.fate for one in items)
