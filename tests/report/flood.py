"""A flood with every kind of outcome: the report that the snapshots are taken of."""

from __future__ import annotations

from dataclasses import replace

from claims.analysis.outcomes import (
    Changed,
    Dispute,
    Independence,
    Note,
    QuestionResult,
    ReadClaim,
    Relation,
    Support,
    Verdict,
)
from claims.analysis.records import (
    CrossCheck,
    Opposition,
    Party,
    Question,
    Scope,
    Term,
    Translation,
)
from claims.analysis.vocabulary import (
    DateAspect,
    Explicitness,
    RangeBasis,
    Stance,
    TranslationMethod,
    ValueKind,
)
from claims.report.shape import Report
from claims.values.category import Category
from claims.values.interval import Region
from claims.values.quantity import parse_quantity
from claims.values.truth import Truth
from claims.values.when import parse_when
from claims.values.words import Words
from tests.report.made import (
    DOZENS,
    RELIEF,
    SEVERAL,
    WITNESSES,
    Bench,
    ident,
    position,
)

CIVILIANS = Term(id=ident("civilians"), label="civilians", scheme="population")
RAIN = Term(id=ident("rain"), label="heavy rain", scheme="cause")
DAM = Term(id=ident("dam"), label="failure of the dam", scheme="cause")
GOVERNMENT = Party(id=ident("government"), name="The government")
RESIDENTS = Party(id=ident("residents"), name="The residents")


def flood() -> Report:
    """The report on the flood."""
    return flood_bench().report()


def flood_bench() -> Bench:
    """The flood's records and results."""
    bench = Bench(
        more={
            "terms": {term.id: term for term in (CIVILIANS, RAIN, DAM)},
            "parties": {party.id: party for party in (GOVERNMENT, RESIDENTS)},
            "oppositions": (Opposition(id=ident("opposed"), a=GOVERNMENT.id, b=RESIDENTS.id),),
        }
    )
    _killed(bench)
    _displaced(bench)
    _blamed(bench)
    _caused(bench)
    _began(bench)
    _called(bench)
    _rescued(bench)
    _warned(bench)
    _volunteers(bench)
    _compensated(bench)
    return bench


def _killed(bench: Bench) -> None:
    whole = bench.ask("killed", "How many people were killed?")
    part = bench.ask(
        "killed-by-dam",
        "How many people were killed by the failure of the dam?",
        subset_of=whole.id,
    )
    box = bench.claim(whole, "box", parse_quantity("8"), quote="Result: 8 people killed")
    lead = bench.claim(
        whole, "lead", parse_quantity("eight"), quote="… a flood in which eight people were killed"
    )
    several = bench.claim(
        whole,
        "several",
        SEVERAL,
        quote="According to the Relief group, several people reportedly were killed.",
        speakers=(RELIEF,),
        cluster=2,
        verb="According to",
        hedges=("reportedly",),
    )
    dozens = bench.claim(
        part,
        "dozens",
        DOZENS,
        quote="According to the Relief group, dozens of people were killed when the dam failed.",
        speakers=(RELIEF,),
        verb="According to",
        scope=Scope(population=CIVILIANS.id),
    )
    bench.judge(several, "low", "the primary document is not held")
    over = _exceeds(dozens, box)
    bench.result(
        whole,
        (box, lead, several),
        dispute=Dispute.CONFLICT_HARD,
        support=Support.COMPATIBLE_INDEPENDENT,
        supported_by=2,
        origins=2,
        reasons=("subset_exceeds_total",),
        positions=(
            position((box, lead, several), Region.of(8, 8), origins=2, origins_if_dependent=1),
        ),
        relations=(over, replace(over, b=lead.claim.id), _refines(box, several)),
        changes=(
            Changed(profile="acled@1", dispute=Dispute.CONFLICT_SOFT, support=Support.SINGLE),
        ),
        notes=(
            Note(
                code="POSSIBLY_DEPENDENT",
                count=1,
                explanation="1 origin is cited by the document of another.",
            ),
        ),
    )
    bench.result(
        part,
        (dozens,),
        dispute=Dispute.CONFLICT_HARD,
        reasons=("subset_exceeds_total",),
        positions=(position((dozens,), Region.of(24, 99)),),
        relations=(over,),
    )


def _exceeds(part: ReadClaim, whole: ReadClaim) -> Verdict:
    return Verdict(
        a=part.claim.id,
        b=whole.claim.id,
        relation=Relation.CONFLICT_HARD,
        reason="subset_exceeds_total",
        explanation="At least 12 by the failure of the dam are more than the 8 killed in all.",
        assumption="those killed by the failure of the dam are among those killed in the flood",
        otherwise=Relation.NOT_COMPARABLE,
    )


def _refines(a: ReadClaim, b: ReadClaim) -> Verdict:
    return Verdict(
        a=a.claim.id,
        b=b.claim.id,
        relation=Relation.COMPATIBLE,
        reason="refines",
        explanation="8 lies within several.",
        independence=Independence.POSSIBLY_DEPENDENT,
    )


def _displaced(bench: Bench) -> None:
    asked = bench.ask("displaced", "How many people fled?")
    spread = parse_quantity("580 to 1500")
    about = parse_quantity("about 1,600")
    many = parse_quantity("many")
    ranged = bench.claim(asked, "ranged", spread, quote="The figure ranged from 580 to 1500.")
    ranged = _with_value(bench, ranged, range_basis=RangeBasis.UNKNOWN)
    rough = bench.claim(
        asked, "rough", about, quote="about 1,600 fled", speakers=(RELIEF,), cluster=2
    )
    vague = bench.claim(
        asked, "vague", many, quote="many fled, eyewitnesses said", speakers=(WITNESSES,)
    )
    denied = bench.claim(
        asked,
        "denied",
        parse_quantity("2,000"),
        quote="The Relief group denied that 2,000 fled.",
        speakers=(RELIEF,),
        stance=Stance.DENIES,
        cluster=2,
    )
    gone = bench.claim(
        asked,
        "gone",
        parse_quantity("300"),
        quote="300 fled (later withdrawn)",
        counts=False,
        retracted_at="2021-07-19",
        retracted_reason="the office withdrew it",
        as_of="2021-07-18",
    )
    bench.result(
        asked,
        (ranged, rough, vague, denied, gone),
        dispute=Dispute.CONFLICT_SOFT,
        support=Support.COMPATIBLE_INDEPENDENT,
        supported_by=2,
        origins=2,
        reasons=("typical_range_disjoint",),
        positions=(
            position((ranged,), Region.of(1440, 1500)),
            position((rough, vague), Region.of(1440, 1760)),
        ),
        relations=(
            Verdict(
                a=ranged.claim.id,
                b=rough.claim.id,
                relation=Relation.PARTLY_OVERLAPS,
                reason="overlaps",
                explanation="580 to 1,500 and about 1,600 share a part.",
                common_hard=Region.of(580, 1500),
                common_soft=Region.of(1440, 1500),
            ),
            Verdict(
                a=denied.claim.id,
                b=rough.claim.id,
                relation=Relation.CONFLICT_SOFT,
                reason="opposite_stance",
                explanation="The Relief group denies 2,000, which about 1,600 may hold.",
                computed=Relation.NO_CONFLICT,
            ),
        ),
        relations_omitted=3,
        notes=(
            Note(
                code="RANGE_UNRESOLVED",
                count=1,
                explanation="Nobody says what the ends of 1 range are ends of.",
            ),
            Note(code="UNNAMED_ORIGIN", count=1, explanation="1 claim has an unnamed origin."),
        ),
    )


def _with_value(bench: Bench, read: ReadClaim, **more: object) -> ReadClaim:
    """The claim with a remark on its value."""
    value = read.claim.value
    assert value is not None
    changed = replace(read.claim, value=replace(value, **more))  # type: ignore[arg-type]
    bench.claims[bench.claims.index(read.claim)] = changed
    return replace(read, claim=changed)


def _blamed(bench: Bench) -> None:
    asked = bench.ask("blame", "Who opened the sluices?", ValueKind.BOOLEAN)
    yes = Truth("true", "opened the sluices")
    one = bench.claim(asked, "one", yes, quote="Both accused the other", accused=GOVERNMENT.id)
    two = bench.claim(
        asked, "two", yes, quote="Both accused the other", accused=RESIDENTS.id, cluster=2
    )
    bench.result(
        asked,
        (one, two),
        dispute=Dispute.MUTUAL_ACCUSATION,
        origins=2,
        reasons=("mutual_accusation",),
        positions=(position((one,), None, label="yes"), position((two,), None, label="yes")),
        relations=(
            Verdict(
                a=one.claim.id,
                b=two.claim.id,
                relation=Relation.MUTUAL_ACCUSATION,
                reason="mutual_accusation",
                explanation="The residents blame the government, the government the residents.",
            ),
        ),
    )


def _caused(bench: Bench) -> None:
    asked = bench.ask("cause", "What caused the flood?", ValueKind.CATEGORY)
    rain = bench.claim(asked, "by-rain", Category(str(RAIN.id), (), RAIN.label, "rain"))
    dam = bench.claim(asked, "by-dam", Category(str(DAM.id), (), DAM.label, "the dam"), cluster=2)
    bench.result(
        asked,
        (rain, dam),
        dispute=Dispute.TENSION,
        origins=2,
        reasons=("reconcilable_categories",),
        positions=(
            position((rain,), None, label=RAIN.label),
            position((dam,), None, label=DAM.label),
        ),
        relations=(
            Verdict(
                a=rain.claim.id,
                b=dam.claim.id,
                relation=Relation.TENSION,
                reason="reconcilable_categories",
                explanation="A dam can fail because of rain.",
            ),
        ),
    )


def _began(bench: Bench) -> None:
    asked = bench.ask(
        "began", "When did the water reach the town?", ValueKind.DATE, aspect=DateAspect.START
    )
    first = bench.claim(asked, "since", parse_when("2021-07-14"), quote="on 14 July 2021")
    again = bench.claim(
        asked,
        "again",
        parse_when("2021-07"),
        quote="en juillet 2021",
        speakers=(RELIEF,),
        cluster=2,
    )
    where = next(p for p in bench.passages if p.id == ident("passage-again"))
    bench.passages[bench.passages.index(where)] = replace(
        where,
        language="fr",
        translations=(
            Translation(
                language="en",
                text="in July 2021",
                translator="a translator",
                method=TranslationMethod.MACHINE,
            ),
        ),
    )
    bench.result(
        asked,
        (first, again),
        support=Support.AGREED_INDEPENDENT,
        supported_by=2,
        origins=2,
        positions=(position((first, again), Region.of(737985, 737985), opposed=True),),
    )


def _called(bench: Bench) -> None:
    asked = bench.ask("name", "What was the storm called?", ValueKind.TEXT)
    first = bench.claim(asked, "named", Words("Bernd", "Bernd"))
    again = bench.claim(asked, "named-again", Words("Bernd", "Bernd"))
    bench.result(
        asked,
        (first, again),
        support=Support.REPEATED,
        positions=(
            position((first, again), None, origins=1, origins_if_dependent=1, label="Bernd"),
        ),
    )


def _rescued(bench: Bench) -> None:
    asked = bench.ask("rescued", "How many were rescued?")
    boats = bench.claim(asked, "boats", parse_quantity("20 boats"))
    homes = bench.claim(
        asked, "homes", parse_quantity("12 families"), speakers=(RELIEF,), cluster=2
    )
    bench.result(
        asked,
        (boats, homes),
        support=Support.COMPATIBLE_INDEPENDENT,
        supported_by=2,
        origins=2,
        origins_if_dependent=1,
        notes=(
            Note(
                code="NOT_COMPARABLE",
                count=1,
                explanation="1 pair counts different things (boats, families).",
            ),
        ),
        relations=(
            Verdict(
                a=boats.claim.id,
                b=homes.claim.id,
                relation=Relation.NOT_COMPARABLE,
                reason="unit_of_count",
                explanation="Boats are not families.",
            ),
        ),
    )


def _warned(bench: Bench) -> None:
    asked = bench.ask("warned", "Were leaflets dropped?", ValueKind.BOOLEAN)
    said = bench.claim(
        asked,
        "leaflets",
        Truth("true", "leaflets were dropped"),
        explicitness=Explicitness.PRESUPPOSED,
    )
    looked = bench.claim(asked, "looked", None, stance=Stance.COULD_NOT_CONFIRM)
    bench.result(
        asked,
        (said, looked),
        support=Support.UNCORROBORATED,
        positions=(position((said,), None, label="yes"),),
        notes=(Note(code="UNCONFIRMED", count=1, explanation="1 claim could not be confirmed."),),
    )
    bench.cross_checks.append(
        CrossCheck(
            id=ident("check"),
            key="check",
            topic=bench.topic.id,
            text="Leaflets were dropped after the last helicopter had left.",
            reason="the two cannot both be true as worded",
            questions=(asked.id,),
            claims=(said.claim.id,),
        )
    )


def _volunteers(bench: Bench) -> None:
    asked = bench.ask(
        "volunteers", "How many volunteers came?", exclusive=False, running_total=True
    )
    one = bench.claim(asked, "volunteer", parse_quantity("86"))
    one = _with_value(
        bench, one, counted_by_coder=True, inferred={"year": "the first line names it"}
    )
    bench.result(asked, (one,), positions=(position((one,), Region.of(86, 86)),))


def _compensated(bench: Bench) -> None:
    asked = bench.ask("compensated", "How many were compensated?")
    bench.result(asked, (), support=Support.UNANSWERED, origins=0, origins_if_dependent=0)


def questions_of(bench: Bench) -> dict[str, Question]:
    """The questions by key."""
    found: list[QuestionResult] = bench.results
    return {str(result.question.key): result.question for result in found}
