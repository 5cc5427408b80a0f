"""Citing from a newer copy, from the command line."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from claims.actions.entry_names import shortened
from claims.actions.init import acting
from claims.actions.reanchor import (
    PLACED,
    ReanchorItem,
    ReanchorRequest,
    ReanchorResult,
    fates,
    reanchor,
)
from claims.analysis.quote_finding import Difference
from claims.analysis.reanchor import Fate
from claims.archive.store import Archive
from claims.cli.entering import as_json as written_as_json
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.guard import FINDINGS
from claims.cli.printing import print_json, say
from claims.report.inert import inert
from claims.store.unit import write_unit

_ID = 8
_QUOTED = 60


def run_reanchor(  # noqa: PLR0913 (what the flags say)
    ground: Ground,
    document: str,
    to: str | None,
    reason: str | None,
    dry_run: bool,  # noqa: FBT001
    *,
    as_json: bool,
) -> None:
    """Cite from a newer copy what stands in it, and list what does not."""
    settings = existing(ground.settings())
    with opened(settings) as engine, write_unit(engine) as session:
        request = ReanchorRequest(
            document=document,
            archive=Archive(settings.archive),
            to=to,
            reason=reason,
            dry_run=dry_run,
        )
        found = reanchor(session, acting(session, settings.actor), request, now())
    if as_json:
        print_json(_as_json(found))
    else:
        for line in _lines(found, dry_run=dry_run):
            say(inert(line))
    if found.left:
        raise typer.Exit(FINDINGS)  # passages are left for a person to decide


def _lines(found: ReanchorResult, *, dry_run: bool) -> Iterator[str]:
    copy = str(found.to.id)[:_ID]
    if not found.items:
        yield f"No claim cites another copy than {copy}; there is nothing to look for."
        return
    for one in found.items:
        yield from _item_lines(one)
    yield _sum(found)
    if found.written is not None:
        yield from (f"Note: {warning}" for warning in found.written.warnings)
        yield from (str(effect) for effect in found.written.effects)
        if found.written.act is not None:
            yield f"To take it back: claims undo {str(found.written.act)[:_ID]}"
    if dry_run:
        yield "This was a dry run: nothing was stored."


def _item_lines(one: ReanchorItem) -> Iterator[str]:
    claims = ", ".join(claim.key or str(claim.id)[:_ID] for claim in one.claims)
    words = shortened(one.passage.exact, _QUOTED)
    yield f"{one.found.fate.value}: “{words}” (cited by {claims})"
    yield f"  {one.found.explanation}"
    if one.found.nearest is not None:
        near = one.found.nearest
        yield f"  nearest, at {near.start}–{near.end}: “{shortened(near.words, 2 * _QUOTED)}”"
    yield from (f"  {_difference(other)}" for other in one.found.differences)
    if one.found.places:
        places = ", ".join(f"{place.start}–{place.end}" for place in one.found.places)
        yield f"  it stands at {places}"


def _difference(one: Difference) -> str:
    before = f"“{one.quoted}”" if one.quoted else "nothing"
    after = f"“{one.text}”" if one.text else "nothing"
    return f"{one.what}: was {before}, is now {after}"


def _sum(found: ReanchorResult) -> str:
    counts = fates(found.items)
    told = ", ".join(f"{counts[fate]} {fate.value}" for fate in Fate if counts[fate])
    copy = str(found.to.id)[:_ID]
    if not found.left:
        return f"{told}: all are cited from the copy {copy}."
    if len(found.left) == len(found.items):
        return f"{told}: none is cited from the copy {copy}; look at each."
    return f"{told}: what is unchanged or moved is cited from the copy {copy}; look at the others."


def _as_json(found: ReanchorResult) -> dict[str, object]:
    return {
        "document": str(found.document.id),
        "to": str(found.to.id),
        "passages": [_item_as_json(one) for one in found.items],
        "counts": {fate.value: count for fate, count in fates(found.items).items()},
        "written": written_as_json(found.written) if found.written else None,
    }


def _item_as_json(one: ReanchorItem) -> dict[str, object]:
    found, near = one.found, one.found.nearest
    return {
        "passage": str(one.passage.id),
        "exact": one.passage.exact,
        "claims": [str(claim.id) for claim in one.claims],
        "fate": found.fate.value,
        "cited_anew": found.fate in PLACED,
        "explanation": found.explanation,
        "start": found.start,
        "end": found.end,
        "nearest": {"start": near.start, "end": near.end, "words": near.words} if near else None,
        "differences": [
            {"kind": two.kind, "what": two.what, "before": two.quoted, "now": two.text}
            for two in found.differences
        ],
        "places": [{"start": place.start, "end": place.end} for place in found.places],
    }
