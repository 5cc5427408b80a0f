"""One claim as a report prints it: quotes, chain of speakers, value in words, remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.outcomes import ReadClaim
from claims.analysis.records import Claim, ClaimValue, Passage, Question, Speaker, Translation
from claims.analysis.statements import bounds_of
from claims.analysis.vocabulary import (
    DateAspect,
    Explicitness,
    RangeBasis,
    TranslationMethod,
    ValueKind,
)
from claims.analysis.wording import region
from claims.report.citations import place_words
from claims.report.shape import ClaimEntry, Confidence, Quote, Reading, Voice
from claims.report.words import quoted
from claims.values.category import Category
from claims.values.interval import Region
from claims.values.place import PlaceValue
from claims.values.relation import Value
from claims.values.truth import Truth
from claims.values.when import When
from claims.values.when_days import first_day, last_day
from claims.values.words import Words

_TRANSLATED = {
    TranslationMethod.HUMAN: "translated by {}",
    TranslationMethod.MACHINE: "translated by machine ({}), not reviewed",
    TranslationMethod.MACHINE_REVIEWED: "translated by machine, reviewed ({})",
}


@dataclass(frozen=True)
class Ledger:
    """What entries refer to: the casefile, the claims' tags, the passages' numbers, the profile."""

    casefile: Casefile
    tags: Mapping[UUID, str]
    passages: Mapping[UUID, int]
    profile: str


def entry(read: ReadClaim, ledger: Ledger) -> ClaimEntry:
    """The claim as printed."""
    claim, casefile = read.claim, ledger.casefile
    question = casefile.question[claim.question]
    chain = tuple(_voices(claim, casefile))
    return ClaimEntry(
        id=claim.id,
        key=claim.key,
        tag=ledger.tags[claim.id],
        question=claim.question,
        quotes=tuple(_quotes(claim, ledger)),
        chain=chain,
        chain_words=chain_words(chain),
        stance=claim.stance,
        explicitness=claim.explicitness,
        verb=claim.verb,
        hedges=claim.hedges,
        reading=_reading(claim, read.value, question, ledger.profile),
        range_basis=claim.value.range_basis if claim.value else None,
        counted_by_coder=bool(claim.value and claim.value.counted_by_coder),
        as_of=claim.as_of,
        confidence=_confidence(claim, casefile),
        counts=read.counts,
        unnamed_origin=read.unnamed,
        origin_number=read.cluster,
        marks=tuple(_marks(read, casefile)),
    )


def _quotes(claim: Claim, ledger: Ledger) -> Iterator[Quote]:
    for identifier in claim.passages:
        passage = ledger.casefile.passages.get(identifier)
        if passage is not None:
            title = ledger.casefile.documents[passage.document].title
            yield _quote(passage, ledger.passages[identifier], title)


def _quote(passage: Passage, number: int, title: str) -> Quote:
    return Quote(
        number=number,
        exact=passage.exact,
        start=passage.start,
        end=passage.end,
        place=place_words(passage),
        title=title,
        translations=tuple(_translated(translation) for translation in passage.translations),
    )


def _translated(translation: Translation) -> str:
    how = _TRANSLATED[translation.method].format(translation.translator)
    return f"{translation.language}: {quoted(translation.text)} ({how})"


def _voices(claim: Claim, casefile: Casefile) -> Iterator[Voice]:
    for place, speaker in enumerate(claim.speakers):
        source = casefile.sources[speaker.source]
        last = place == len(claim.speakers) - 1
        yield Voice(
            source=source.id,
            name=source.name,
            verb=speaker.verb or (claim.verb if last and place else None),
            named=source.named,
            document_held=_held(place, speaker, casefile),
        )


def _held(place: int, speaker: Speaker, casefile: Casefile) -> bool:
    """The first voice is that of the document which is cited, so that its document is held."""
    return place == 0 or speaker.document in casefile.documents


def chain_words(chain: tuple[Voice, ...]) -> str:
    """``Encyclopedia → Memorial (“According to”), own document not held``."""
    if len(chain) == 1:
        return f"{chain[0].name}, in its own voice"
    return " → ".join((_name(chain[0]), *map(_cited, chain[1:])))


def _name(voice: Voice) -> str:
    return voice.name if voice.named else f"{voice.name} [unnamed]"


def _cited(voice: Voice) -> str:
    verb = f" ({quoted(voice.verb)})" if voice.verb else ""
    held = "" if voice.document_held or not voice.named else ", own document not held"
    return _name(voice) + verb + held


def _confidence(claim: Claim, casefile: Casefile) -> Confidence | None:
    found = casefile.confidence.get(claim.id)
    if found is None:
        return None
    return Confidence(level=found.code, reason=found.reason, by=found.assessed_by)


def _reading(claim: Claim, value: Value | None, question: Question, profile: str) -> Reading | None:
    if value is None or claim.value is None:
        return None
    hard, soft = bounds_of(value, question)
    days = hard if isinstance(value, When) else None
    return Reading(
        said=claim.value.said,
        allowed=_allowed(value, hard, question),
        typical=_typical(hard, soft, question.value_kind, getattr(value, "profile", profile)),
        hard=hard,
        soft=soft,
        edtf=value.edtf if isinstance(value, When) else None,
        earliest=_iso(first_day(days)),
        latest=_iso(last_day(days)),
        value=_plain(value),
        unit=getattr(value, "unit", None),
        rows=tuple(getattr(value, "rows", ())),
    )


def _allowed(value: Value, hard: Region | None, question: Question) -> str:
    words = region(hard, question.value_kind) if hard else _answer(value)
    if not isinstance(value, When):
        return words
    spread = hard is not None and not hard.is_point
    filled = value.nature == "extent" and question.aspect in {None, DateAspect.PERIOD}
    clock = f", at {value.time}" if value.time else ""
    return ("some day, " if spread and not filled else "") + words + clock


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _typical(hard: Region | None, soft: Region | None, kind: ValueKind, profile: str) -> str:
    """The typical reading, always said to be a convention; empty where it adds nothing."""
    if hard is None or hard == soft:
        return ""
    if soft is None:
        return f"no typical reading ({profile})"
    if kind is ValueKind.DATE:
        return f"typical reading, by convention: {region(soft, kind)}"
    return f"typical reading, by convention {profile}: {region(soft, kind)}"


def _answer(value: Value) -> str:
    """The answer of a kind that has no axis, or whose answer lies outside it."""
    if isinstance(value, Category | PlaceValue | Truth | Words):
        return value.label
    return "no value to compare"


def _plain(value: Value) -> str | bool | None:
    if isinstance(value, Truth):
        return value.expression == "true"
    return value.label if isinstance(value, Category | PlaceValue | Words) else None


def _marks(read: ReadClaim, casefile: Casefile) -> Iterator[str]:
    claim = read.claim
    if claim.explicitness is not Explicitness.STATED:
        yield f"{claim.explicitness}, not stated"
    if claim.value:
        yield from _value_marks(claim.value)
    yield from _scope_marks(claim, casefile)
    yield from _party_marks(read, casefile)
    yield from _gone(claim, casefile)
    if claim.note:
        yield f"note: {claim.note}"


def _party_marks(read: ReadClaim, casefile: Casefile) -> Iterator[str]:
    accused = read.claim.accused
    if accused and accused in casefile.parties:
        yield f"accuses {casefile.parties[accused].name}"
    if read.unnamed:
        yield "origin unnamed: counts as the document's own voice"
    if read.self_serving:
        yield "speaks for its own party: cannot confirm"
    if read.against_interest:
        yield "speaks against its own party's interest"


def _value_marks(value: ClaimValue) -> Iterator[str]:
    if value.counted_by_coder:
        yield "counted by the coder, not by the source"
    if value.range_basis is RangeBasis.UNKNOWN:
        yield "a range; whether its ends are two sources, times or places is unknown"
    elif value.range_basis is not None:
        yield f"a range over {value.range_basis}"
    for part, basis in sorted(value.inferred.items()):
        yield f"{part} inferred: {basis}"


def _scope_marks(claim: Claim, casefile: Casefile) -> Iterator[str]:
    scope = claim.scope
    if claim.calendar:
        yield f"calendar: {claim.calendar}"
    if claim.as_of:
        yield f"as of {claim.as_of}"
    for name in ("measure", "population", "cause", "actor", "count_basis"):
        term = casefile.terms.get(getattr(scope, name))
        if term:
            yield f"{name.replace('_', ' ')}: {term.label}"
    area = casefile.places.get(scope.area) if scope.area else None
    if area:
        yield f"area: {area.name}"
    if scope.period:
        yield f"period: {scope.period}"


def _gone(claim: Claim, casefile: Casefile) -> Iterator[str]:
    if claim.retracted_at or claim.retracted_reason:
        when = f" on {claim.retracted_at}" if claim.retracted_at else ""
        why = f" ({claim.retracted_reason})" if claim.retracted_reason else ""
        yield f"withdrawn{when}{why}; counted no more"
    if claim.id in casefile.superseded:
        yield "superseded by a later claim of the same speaker; counted no more"
