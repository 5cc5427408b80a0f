"""``claims search``: what was found, with the found words marked."""

from __future__ import annotations

import os
import sys
import textwrap

from claims import actions
from claims.actions.search import Hit, SearchRequest, SearchResult
from claims.actions.search import search as find
from claims.analysis.search_query import Snippet
from claims.analysis.search_texts import SEARCHED
from claims.cli.ground import Ground, now, opened
from claims.cli.guard import FINDINGS, OK
from claims.cli.options import Colour
from claims.cli.printing import print_json, say, width_of_output
from claims.report.inert import inert
from claims.store.unit import read_unit

_BOLD, _PLAIN = "\x1b[1;4m", "\x1b[0m"
# Two signs that text made harmless cannot hold stand for the marks while lines are broken.
_OPEN, _CLOSE = "\x02", "\x03"
_NAME_WIDTH = 100


def search(
    ground: Ground,
    request: SearchRequest,
    width: int | None,
    colour: Colour,
    *,
    as_json: bool,
) -> int:
    """Print what was found; the exit code says whether anything was."""
    settings = ground.settings()
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        result = find(session, actor, request, now())
    if as_json:
        print_json(_as_json(request, result))
    elif result.total:
        _list(request, result, width_of_output(width), marked=_marked(colour))
    else:
        _nothing(request, result)
    return OK if result.total else FINDINGS


def _marked(when: Colour) -> bool:
    """Mark where asked for; by itself only on a terminal that has not declined it (NO_COLOR)."""
    if when is not Colour.AUTO:
        return when is Colour.ALWAYS
    declined = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not declined and sys.stdout.isatty()


def _list(request: SearchRequest, result: SearchResult, width: int, *, marked: bool) -> None:
    counts = ", ".join(_counted(many, entity) for entity, many in result.counts.items())
    say(f"Found {result.total}: {counts}")
    for hit in result.hits:
        say()
        _show(hit, width, marked=marked)
    last = request.offset + len(result.hits)
    if not result.hits:
        say(f"None is left after {request.offset}; use a smaller --offset.")
    elif last < result.total or request.offset:
        say()
        more = f"; --offset {last} shows more" if last < result.total else ""
        say(f"{request.offset + 1} to {last} of {result.total} shown{more}.")
    _unread(result)


def _show(hit: Hit, width: int, *, marked: bool) -> None:
    found = hit.snippet
    in_name = found is not None and found.text == hit.name
    name = _with_signs(found) if found and in_name else _short(hit.name)
    say(_styled(f"{_noun(hit.entity)}: {name}  [{hit.key or str(hit.id)[:8]}]", marked=marked))
    if found is not None and not in_name:
        for line in textwrap.wrap(
            _with_signs(found), width, initial_indent="  ", subsequent_indent="  "
        ):
            say(_styled(line, marked=marked))
    for entity in dict.fromkeys(one.entity for one in hit.of):
        names = (_short(one.name) for one in hit.of if one.entity == entity)
        say(f"  {_noun(entity)}: {'; '.join(names)}")


def _with_signs(found: Snippet) -> str:
    """The snippet, harmless to print, with signs where a mark begins and ends."""
    parts, place = [], 0
    for start, end in found.marks:
        parts += [inert(found.text[place:start]), _OPEN, inert(found.text[start:end]), _CLOSE]
        place = end
    return "".join([*parts, inert(found.text[place:])])


def _styled(line: str, *, marked: bool) -> str:
    return line.replace(_OPEN, _BOLD if marked else "").replace(_CLOSE, _PLAIN if marked else "")


def _nothing(request: SearchRequest, result: SearchResult) -> None:
    say(f"Nothing holds all of this: {inert(request.query)}")
    if len(result.alone) > 1:
        each = ", ".join(f"{inert(term)} {many}" for term, many in result.alone)
        say(f"Each by itself is in so many records: {each}.")
    narrow = [
        f"{option} {inert(value)}"
        for option, value in (("--in", request.entity), ("--topic", request.topic))
        if value is not None
    ]
    if narrow:
        say(f"Looked only at {' and '.join(narrow)}; leave that out to look everywhere.")
    _unread(result)
    say("Words are found as a whole; `word*` finds all that begin so.")


def _unread(result: SearchResult) -> None:
    if result.unread:
        shown = ", ".join(inert(one) for one in result.unread)
        say(f"Read as plain words: {shown}; in: knows {', '.join(sorted(SEARCHED))}.")


def _counted(many: int, entity: str) -> str:
    noun = _noun(entity)
    return f"{many} {noun if many == 1 else f'{noun}s'}"


def _noun(entity: str) -> str:
    return entity.replace("_", " ")


def _short(name: str) -> str:
    text = inert(name)
    return text if len(text) <= _NAME_WIDTH else f"{text[: _NAME_WIDTH - 1]}…"


def _as_json(request: SearchRequest, result: SearchResult) -> dict[str, object]:
    return {
        "query": request.query,
        "total": result.total,
        "counts": dict(result.counts),
        "offset": request.offset,
        "hits": [_hit_as_json(hit) for hit in result.hits],
        "alone": dict(result.alone),
        "unread": list(result.unread),
    }


def _hit_as_json(hit: Hit) -> dict[str, object]:
    found = hit.snippet
    return {
        "entity": hit.entity,
        "id": str(hit.id),
        "key": hit.key,
        "name": hit.name,
        "field": found.field if found else None,
        "snippet": found.text if found else None,
        "marks": [list(mark) for mark in found.marks] if found else [],
        "of": [{"entity": one.entity, "id": str(one.id), "name": one.name} for one in hit.of],
        "rank": hit.rank,
    }
