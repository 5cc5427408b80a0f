"""``claims claim propose``: what a quote may be entered as."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from claims import actions
from claims.actions.proposing import Proposed, ProposeRequest, propose_claim
from claims.analysis.proposal import Proposal, ProposedSpeaker
from claims.archive.store import Archive
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.guard import FINDINGS, OK
from claims.cli.printing import print_json, print_pairs, say
from claims.report.inert import inert
from claims.store.unit import read_unit


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quote as the flags gave it."""

    document: str
    quote: str
    question: str | None = None
    prefix: str | None = None
    suffix: str | None = None


def propose(ground: Ground, asked: Quoted, *, as_json: bool) -> int:
    """Print what may be entered; the exit code says whether the words stand in the text."""
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        request = ProposeRequest(
            document=asked.document,
            quote=asked.quote,
            archive=Archive(settings.archive),
            question=asked.question,
            prefix=asked.prefix,
            suffix=asked.suffix,
        )
        found = propose_claim(session, actor, request, now())
    if as_json:
        print_json(_as_json(found))
    else:
        _print(asked, found)
    return OK if found.proposal else FINDINGS


def in_few_words(found: Proposed) -> Iterator[str]:
    """What was found of a quote, a line each, for somebody who is asked for one field at a time."""
    proposal = found.proposal
    if proposal is None:
        yield f"{found.finding.verdict.value}: {found.finding.explanation}"
        return
    yield f"in line {proposal.line}"
    for name, words in _pairs(found):
        if name not in {"place", "words", "sentence"}:
            yield f"{name}: {words}"


def _print(asked: Quoted, found: Proposed) -> None:
    if found.proposal is None:
        say(f"{found.finding.verdict.value}: {inert(found.finding.explanation)}")
        return
    print_pairs(list(_pairs(found)))
    say()
    say("Nothing was entered. To enter it, with what you agree with:")
    say(f"  {_command(asked, found)}")


def _pairs(found: Proposed) -> Iterator[tuple[str, str]]:
    proposal = found.proposal
    if proposal is None:
        return
    yield "place", f"line {proposal.line}, {proposal.start}–{proposal.end}"
    yield "words", f"“{inert(found.words)}”"
    if proposal.sentence != found.words:
        yield "sentence", f"“{inert(proposal.sentence)}”"
    for word in found.finding.cut:
        yield "left out", f"“{inert(word.words)}”, just beside the quote: take it in"
    yield from _proposed(found, proposal)
    for claim in found.entered:
        yield "entered already", inert(claim)


def _proposed(found: Proposed, proposal: Proposal) -> Iterator[tuple[str, str]]:
    yield from (("said", inert(said)) for said in proposal.said)
    yield from (("hedge", inert(hedge)) for hedge in proposal.hedges)
    yield from (("speaker", _speaker(found, speaker)) for speaker in proposal.speakers)
    if proposal.stance is not None and proposal.because is not None:
        yield "stance", f"{proposal.stance.value}, if it is what “{inert(proposal.because)}” says"
    if proposal.unread:
        yield "not looked for", f"hedges and speakers: {inert(proposal.unread)}"


def _speaker(found: Proposed, speaker: ProposedSpeaker) -> str:
    """Who may speak, as held, and the words that say so."""
    words = f"“{inert(speaker.verb)}”, “{inert(speaker.words)}”"
    beyond = "" if speaker.quoted else "; outside the quote: take it in, so that it is kept"
    if speaker.source is None:
        return f"{words}: no source of that name is held{beyond}"
    return f"{inert(found.voices[speaker.source])} ({words}){beyond}"


def _command(asked: Quoted, found: Proposed) -> str:
    """The command that enters what was proposed, with the attribution taken into the quote."""
    proposal = found.proposal
    words = ["claims", "claim", "add", "--document", asked.document]
    outside = proposal is not None and not all(one.quoted for one in proposal.speakers)
    quote = proposal.sentence if proposal is not None and outside else found.words
    words += ["--question", asked.question or "QUESTION", "--quote", quote]
    if proposal is not None:
        words += ["--said", proposal.said[0]] if proposal.said else []
        words += _attributed(found, proposal)
        for hedge in proposal.hedges:
            words += ["--hedge", hedge]
    return " ".join(_typed(word) for word in words)


def _attributed(found: Proposed, proposal: Proposal) -> Iterator[str]:
    """The flags of the first speaker who is held, or denies: a denial is never left to the text."""
    for one in proposal.speakers:
        if one.source is not None or one.denies:
            name = one.words if one.source is None else found.voices[one.source]
            yield from ("--speakers", name, "--verb", one.verb)
            yield from ("--stance", "denies") if one.denies else ()
            return


def _typed(word: str) -> str:
    """A word for the shell that is the same words again: line ends, too, are those of the text."""
    if word.isprintable():
        return shlex.quote(word)
    told = {"\n": r"\n", "\\": r"\\", "'": r"\'"}
    signs = (
        told.get(sign) or (sign if sign.isprintable() else f"\\U{ord(sign):08x}") for sign in word
    )
    return f"$'{''.join(signs)}'"


def _as_json(found: Proposed) -> dict[str, object]:
    finding, proposal = found.finding, found.proposal
    answer: dict[str, object] = {
        "verdict": finding.verdict.value,
        "explanation": finding.explanation,
        "words": found.words or None,
        "left_out": [word.words for word in finding.cut],
        "entered": list(found.entered),
    }
    if proposal is None:
        return answer
    return answer | {
        "start": proposal.start,
        "end": proposal.end,
        "line": proposal.line,
        "sentence": proposal.sentence,
        "said": list(proposal.said),
        "hedges": list(proposal.hedges),
        "speakers": [
            {
                "verb": one.verb,
                "words": one.words,
                "source": str(one.source) if one.source else None,
                "name": found.voices.get(one.source) if one.source else None,
                "quoted": one.quoted,
            }
            for one in proposal.speakers
        ],
        "stance": proposal.stance.value if proposal.stance else None,
        "because": proposal.because,
        "unread": proposal.unread,
    }
