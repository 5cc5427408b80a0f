"""``claims read``: an archived text, sentence by sentence, with what was entered from each."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from claims import actions
from claims.actions.read_document import (
    ReadClaim,
    ReadRequest,
    ReadSentence,
    ReadText,
    read_document,
)
from claims.analysis.wording import plural
from claims.archive.store import Archive
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.options import Colour
from claims.cli.printing import print_json, say, width_of_output
from claims.report.inert import inert
from claims.store.unit import read_unit

_UNDERLINED, _PLAIN = "\x1b[4m", "\x1b[0m"
_OPEN, _CLOSE = "⟦", "⟧"
_ID = 8


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is printed.

    ``bare`` leaves out the sentences that hold a claim, ``whole`` shows what stands outside the
    main text too.
    """

    width: int | None
    colour: Colour
    bare: bool
    whole: bool
    as_json: bool


def read(ground: Ground, document: str, snapshot: str | None, look: Look) -> None:
    """Print the text of a document."""
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        request = ReadRequest(
            document=document, archive=Archive(settings.archive), snapshot=snapshot
        )
        found = read_document(session, actor, request, now())
    chosen = _chosen(found, look)
    if look.as_json:
        print_json({**_as_json(found), "sentences": [_sentence_as_json(one) for one in chosen]})
    else:
        _print(found, chosen, width_of_output(look.width), marked=_marked(look.colour))


def _chosen(found: ReadText, look: Look) -> tuple[ReadSentence, ...]:
    if look.bare:
        return tuple(
            one for one in found.sentences if not one.claims and (look.whole or not one.aside)
        )
    if look.whole:
        return found.sentences
    return tuple(one for one in found.sentences if one.claims or not one.aside)


def _marked(when: Colour) -> bool:
    """Underline where asked for; by itself only on a terminal that has not declined it."""
    if when is not Colour.AUTO:
        return when is Colour.ALWAYS
    declined = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not declined and sys.stdout.isatty()


def _print(found: ReadText, chosen: tuple[ReadSentence, ...], width: int, *, marked: bool) -> None:
    say(f"{inert(found.title)} [{inert(found.key or str(found.document)[:_ID])}]")
    say(_copy_line(found))
    counted = f"{plural(len(found.sentences), 'sentence')}, {plural(found.claims, 'claim')}"
    say(f"{counted}; {plural(len(found.bare), 'sentence')} without a claim.")
    if not marked and any(one.cited for one in chosen):
        say(f"Words that a claim quotes stand between {_OPEN} and {_CLOSE}.")
    aside = set(found.aside) - set(chosen)
    if aside:
        verb = "is" if len(aside) == 1 else "are"
        where = "outside the main text"
        say(f"{plural(len(aside), 'sentence')} {where} {verb} left out; --whole shows them.")
    margin = len(str(max((one.line for one in found.sentences), default=1)))
    page = None
    for sentence in chosen:
        say()
        if sentence.page is not None and sentence.page != page:
            page = sentence.page
            say(f"— page {inert(page)} —")
            say()
        for line in _lines(found, sentence, width, margin, marked=marked):
            say(line)
    if found.elsewhere:
        say()
        say(
            f"{plural(found.elsewhere, 'further claim')} of this document quote words that have no"
            " place in this copy; `claims document reanchor` looks for them here."
        )


def _copy_line(found: ReadText) -> str:
    copy = found.snapshot
    captured = f" of {copy.captured_at:%Y-%m-%d %H:%M} UTC" if copy.captured_at else ""
    kind, by = inert(copy.media_type), inert(copy.extractor)
    return f"Archived copy {str(copy.id)[:_ID]}{captured}, {kind}, text by {by}."


def _lines(
    found: ReadText, sentence: ReadSentence, width: int, margin: int, *, marked: bool
) -> Iterator[str]:
    """The sentence with its line number before it, and a line for each claim."""
    sign = " " if sentence.claims else "·"
    head, blank = f"{sentence.line:>{margin}} {sign} ", " " * (margin + 3)
    words = _with_signs(found.text, sentence)
    body = textwrap.wrap(words, width, initial_indent=head, subsequent_indent=blank)
    yield from (_styled(body) if marked else body)
    for claim in sentence.claims:
        yield from textwrap.wrap(
            _claim_line(claim),
            width,
            initial_indent=f"{blank}▸ ",
            subsequent_indent=f"{blank}  ",
        )


def _claim_line(claim: ReadClaim) -> str:
    grade = f"confidence {claim.confidence}" if claim.confidence else "unassessed"
    withdrawn = ", retracted" if claim.retracted else ""
    name = claim.key or str(claim.id)[:_ID]
    return f"{inert(claim.words)} — {inert(claim.question)} ({grade}{withdrawn}) [{inert(name)}]"


def _with_signs(text: str, sentence: ReadSentence) -> str:
    """The sentence on one line, with a sign where quoted words begin and where they end."""
    parts, place = [], sentence.start
    for start, end in sentence.cited:
        parts += [inert(text[place:start]), _OPEN, inert(text[start:end]), _CLOSE]
        place = end
    return " ".join("".join([*parts, inert(text[place : sentence.end])]).split())


def _styled(lines: list[str]) -> Iterator[str]:
    """The lines with quoted words underlined; a stretch may go on from line to line."""
    inside = False
    for line in lines:
        indent = len(line) - len(line.lstrip()) if inside else 0
        opened = line[:indent] + (_UNDERLINED if inside else "") + line[indent:]
        inside = line.rfind(_OPEN) > line.rfind(_CLOSE) or (
            inside and _OPEN not in line and _CLOSE not in line
        )
        shown = opened.replace(_OPEN, _UNDERLINED).replace(_CLOSE, _PLAIN)
        yield shown + (_PLAIN if inside else "")


def _as_json(found: ReadText) -> dict[str, object]:
    copy = found.snapshot
    return {
        "document": str(found.document),
        "key": found.key,
        "title": found.title,
        "snapshot": str(copy.id),
        "captured_at": copy.captured_at.isoformat() if copy.captured_at else None,
        "media_type": copy.media_type,
        "extractor": copy.extractor,
        "length": copy.length,
        "claims": found.claims,
        "without_claim": len(found.bare),
        "elsewhere": found.elsewhere,
    }


def _sentence_as_json(sentence: ReadSentence) -> dict[str, object]:
    return {
        "line": sentence.line,
        "page": sentence.page,
        "aside": sentence.aside,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "cited": [list(span) for span in sentence.cited],
        "claims": [
            {
                "id": str(claim.id),
                "key": claim.key,
                "words": claim.words,
                "question": claim.question,
                "confidence": claim.confidence,
                "retracted": claim.retracted,
            }
            for claim in sentence.claims
        ],
    }
