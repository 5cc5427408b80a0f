"""The pictures: what is drawn, what is said in words, and what must never be drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.analysis.records import Source, SourceRelation
from claims.analysis.vocabulary import DateAspect, Dependence, Stance, ValueKind
from claims.report.dependences import WORDS
from claims.report.plot import Plot, citation_graph, interval_plot, timeline
from claims.report.plot_letters import Run, clear, wrapped
from claims.report.plot_scale import scale
from claims.report.plot_svg import at
from claims.report.shape import Report
from claims.values.interval import Region
from claims.values.quantity import Quantity, parse_quantity
from claims.values.when import parse_when
from tests.report.flood import flood
from tests.report.made import ARTICLE, GAZETTE, RELIEF, WITNESSES, Bench, ident

SVG = "{http://www.w3.org/2000/svg}"
ARABIC = Source(id=ident("observatory"), name="المرصد السوري لحقوق الإنسان")


def drawing(plot: Plot) -> ET.Element:
    return ET.fromstring(plot.svg)  # noqa: S314 (our own drawing)


def texts(plot: Plot) -> str:
    return said_in(drawing(plot))


def said_in(drawn: ET.Element) -> str:
    lines = ("".join(text.itertext()) for text in drawn.iter(f"{SVG}text"))
    return " ".join(" ".join(line.split()) for line in lines)


def asked(*words: str, kind: ValueKind = ValueKind.COUNT) -> Report:
    """A report on one question, with an answer of its own origin for each of the words."""
    bench = Bench()
    question = bench.ask("asked", "How many?", kind)
    read = parse_when if kind is ValueKind.DATE else parse_quantity
    claims = [
        bench.claim(question, f"c{place}", read(said), cluster=place)
        for place, said in enumerate(words, start=1)
    ]
    bench.result(question, claims)
    return bench.report()


def plotted(*words: str, kind: ValueKind = ValueKind.COUNT) -> Plot:
    plot = interval_plot(asked(*words, kind=kind).questions[0])
    assert plot is not None
    return plot


def every_plot(report: Report) -> list[Plot]:
    parts = {
        q.number: [p for p in report.questions if p.subset_of == q.number] for q in report.questions
    }
    found = [interval_plot(q, parts[q.number]) for q in report.questions]
    return [plot for plot in (*found, timeline(report), citation_graph(report)) if plot]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert every_plot(flood()) == every_plot(flood())


def test_ids_are_unique_on_a_page() -> None:
    ids = [e.get("id") for p in every_plot(flood()) for e in drawing(p).iter() if e.get("id")]
    assert len(ids) == len(set(ids)) > 0


def test_each_has_a_name_and_a_description_that_it_points_to() -> None:
    for plot in every_plot(flood()):
        root = drawing(plot)
        assert root.get("role") == "img"
        named = {e.get("id"): e.text for e in root if e.tag in {f"{SVG}title", f"{SVG}desc"}}
        assert named[root.get("aria-labelledby")] == plot.title
        assert named[root.get("aria-describedby")] == plot.words


def test_nothing_needs_a_style_a_script_or_a_file() -> None:
    for plot in every_plot(flood()):
        for found in drawing(plot).iter():
            assert found.tag not in {f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}a"}
            assert not {"style", "href", "onload"}.intersection(found.keys())


def test_vague_words_are_an_open_interval_with_a_typical_reading_that_is_named_so() -> None:
    plot = plotted("dozens")
    assert "12 or more; typically read as 24 to 99" in texts(plot)
    assert "typical reading, by convention default@1" in texts(plot).replace("  ", " ")
    assert "arrow: no bound on this side" in texts(plot)
    row = dict(zip(plot.columns, plot.rows[0], strict=True))
    assert (row["allows_from"], row["allows_to"]) == ("12", "")
    assert (row["typical_from"], row["typical_to"]) == ("24", "99")


def test_words_without_a_typical_reading_say_so() -> None:
    assert "1 or more; no typical reading" in texts(plotted("many", "8"))


def marks(plot: Plot) -> list[str]:
    """The places along the width of the dots, in the order of the rows."""
    rows = [g for g in drawing(plot).iter(f"{SVG}g") if g.get("class") == "plot-row"]
    return [
        s.get("x", "")
        for g in rows
        for s in g.iter(f"{SVG}svg")
        if s.find(f"{SVG}circle") is not None
    ]


def test_rival_figures_are_dots_of_their_own_and_nothing_stands_between_them() -> None:
    plot = plotted("8", "12")
    assert len(marks(plot)) == 2
    axis = scale(ValueKind.COUNT, [(Region.of(8, 8), None), (Region.of(12, 12), None)])
    assert marks(plot) == [at(axis.place(number)) for number in (8, 12)]


@pytest.mark.parametrize("said", ["8", "eight"])
def test_one_exact_figure_is_no_picture(said: str) -> None:
    assert interval_plot(asked(said).questions[0]) is None


def test_a_question_without_an_axis_has_no_picture() -> None:
    kinds = {q.kind for q in flood().questions if interval_plot(q) is None}
    assert {ValueKind.BOOLEAN, ValueKind.CATEGORY, ValueKind.TEXT} <= kinds


@pytest.mark.parametrize("value", [None, parse_quantity("dozens")])
def test_who_could_not_confirm_stands_beside_the_axis_not_at_zero(value: Quantity | None) -> None:
    bench = Bench()
    question = bench.ask("asked", "How many?")
    told = bench.claim(question, "told", parse_quantity("40"))
    looked = bench.claim(
        question, "looked", value, stance=Stance.COULD_NOT_CONFIRM, cluster=2, speakers=(RELIEF,)
    )
    bench.result(question, (told, looked))
    plot = interval_plot(bench.report().questions[0])
    assert plot
    assert len(marks(plot)) == 1
    assert "Beside the axis: no figure, which is not zero" in texts(plot)
    assert "could not confirm (no denial)" in texts(plot)
    assert {row[0]: row[-1] for row in plot.rows} == {"1a": "yes", "1b": "no"}


def test_what_is_denied_differs_in_shape_and_in_words() -> None:
    bench = Bench()
    question = bench.ask("asked", "How many?")
    told = bench.claim(question, "told", parse_quantity("40"))
    denied = bench.claim(question, "no", parse_quantity("40"), stance=Stance.DENIES, cluster=2)
    bench.result(question, (told, denied))
    plot = interval_plot(bench.report().questions[0])
    assert plot
    rows = {g.get("data-claims"): g for g in drawing(plot).iter(f"{SVG}g")}
    assert rows["1a"].find(f".//{SVG}path") is None
    assert rows["1b"].find(f".//{SVG}path") is not None
    assert "denies" in "".join(rows["1b"].itertext())


def test_claims_of_one_origin_are_bracketed() -> None:
    bench = Bench()
    question = bench.ask("asked", "How many?")
    several = bench.claim(question, "one", parse_quantity("several"), speakers=(RELIEF,))
    dozens = bench.claim(question, "two", parse_quantity("dozens"), speakers=(RELIEF,))
    other = bench.claim(question, "three", parse_quantity("8"), cluster=2)
    bench.result(question, (several, dozens, other))
    plot = interval_plot(bench.report().questions[0])
    assert plot
    assert plot.svg.count(">one origin<") == 1


def test_confidence_is_told_and_a_missing_one_is_said_to_be_missing() -> None:
    bench = Bench()
    question = bench.ask("asked", "How many?")
    low = bench.claim(question, "low", parse_quantity("8"))
    none = bench.claim(question, "none", parse_quantity("9"), cluster=2)
    bench.judge(low, "low", "hearsay")
    bench.result(question, (low, none))
    plot = interval_plot(bench.report().questions[0])
    assert plot
    assert "confidence low" in texts(plot)
    assert "confidence unassessed" in texts(plot)
    assert "unassessed for every claim here" in texts(plotted("8", "9"))


def test_parts_stand_on_the_axis_of_their_whole() -> None:
    whole, part = flood().questions[:2]
    plot = interval_plot(whole, [part])
    assert plot
    assert "Of which: 2. How many people were killed by" in texts(plot)
    assert texts(plot).count("people") == texts(plot).count("people killed") + 2
    assert {row[0] for row in plot.rows} == {"1a", "1b", "1c", "2a"}


def test_boats_and_families_have_an_axis_each() -> None:
    question = next(q for q in flood().questions if q.question.key == "rescued")
    plot = interval_plot(question)
    assert plot
    assert plot.svg.count('stroke-opacity="0.22"') > 0
    assert {"boats", "families"} <= set(texts(plot).split())


def test_figures_far_apart_stand_on_a_logarithmic_axis_that_says_so() -> None:
    plot = plotted("3", "dozens", "1,500,000")
    assert "each step is ten times the one before" in texts(plot)
    near = plotted("3", "40")
    assert "logarithmic" not in texts(near)


def test_zero_has_a_place_on_a_logarithmic_axis() -> None:
    axis = scale(ValueKind.COUNT, [(Region.of(n, n), None) for n in (0, 3, 20_000)])
    assert axis.log
    assert axis.place(0) < axis.place(1) < axis.place(3) < axis.place(20_000)


NUMBERS = st.lists(st.integers(0, 10**13), min_size=1, max_size=6)


@settings(max_examples=80, deadline=None)
@given(NUMBERS, st.sampled_from([ValueKind.COUNT, ValueKind.DURATION]))
def test_an_axis_keeps_the_order_of_figures_and_room_between_its_words(
    numbers: list[int], kind: ValueKind
) -> None:
    axis = scale(kind, [(Region.of(n, n), None) for n in numbers])
    places = [axis.place(n) for n in sorted(set(numbers))]
    assert all(a < b for a, b in pairwise(places)) or len(set(places)) == 1
    assert all(0 <= place <= 100 for place in places)
    assert len([tick for tick in axis.ticks if tick.words]) >= 1


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(-1_000_000, 1_500_000), min_size=1, max_size=5))
def test_any_days_have_steps_with_room_between_their_words(days: list[int]) -> None:
    axis = scale(ValueKind.DATE, [(Region.of(d, d), None) for d in days])
    assert all(axis.lo < d < axis.hi for d in days)
    assert axis.ticks
    assert clear([(tick.words, axis.place(tick.value)) for tick in axis.ticks])


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(lambda t: t.strip()))
def test_any_name_gives_a_drawing_that_parses_and_stays_within_its_tags(name: str) -> None:
    bench = Bench()
    voice = Source(id=ident("voice"), name=name)
    bench.sources.append(voice)
    question = bench.ask("asked", f"How many, {name}?")
    one = bench.claim(question, "one", parse_quantity("8"), speakers=(voice,))
    two = bench.claim(question, "two", parse_quantity("dozens"), cluster=2)
    bench.result(question, (one, two))
    report = bench.report()
    for plot in every_plot(report):
        assert not [e for e in drawing(plot).iter() if e.tag.removeprefix(SVG) == "script"]


def test_a_name_from_right_to_left_is_kept_apart() -> None:
    bench = Bench()
    bench.sources.append(ARABIC)
    question = bench.ask("asked", "How many?")
    claims = [
        bench.claim(question, "one", parse_quantity("8"), speakers=(ARABIC,)),
        bench.claim(question, "two", parse_quantity("9"), cluster=2),
    ]
    bench.result(question, claims)
    plot = interval_plot(bench.report().questions[0])
    assert plot
    assert re.search("\u2068[^\u2068]*المرصد[^\u2068]*\u2069", plot.svg)


def test_dates_and_their_open_ends_are_on_the_timeline() -> None:
    bench = Bench()
    question = bench.ask("war", "When was the war?", ValueKind.DATE, aspect=DateAspect.PERIOD)
    claims = [
        bench.claim(question, "one", parse_when("1988-02-20/1994-05-12")),
        bench.claim(question, "two", parse_when("1991-10/"), cluster=2),
    ]
    bench.result(question, claims)
    plot = timeline(bench.report())
    assert plot
    assert "When was the war?" in texts(plot)
    assert "arrow: no bound on this side" in texts(plot)
    ends = {row[0]: (row[7], row[8]) for row in plot.rows}
    assert ends == {"1a": ("1988-02-20", "1994-05-12"), "1b": ("1991-10-01", "")}


def test_days_far_apart_are_drawn_in_stretches() -> None:
    bench = Bench()
    for key, said in (("founded", "1805-05-14"), ("taken", "1992-02-10"), ("left", "1992-02-12")):
        question = bench.ask(key, f"When was it {key}?", ValueKind.DATE)
        bench.result(question, [bench.claim(question, key, parse_when(said))])
    plot = timeline(bench.report())
    assert plot
    assert "Each stretch of time has an axis and a scale of its own." in texts(plot)


def toll() -> Report:
    bench = Bench()
    question = bench.ask("toll", "How many so far?", running_total=True)
    told = [("12", "2021-07-14"), ("at least 40", "2021-07-15"), ("93", "2021-07-17")]
    claims = [
        bench.claim(question, f"on-{day}", parse_quantity(said), as_of=day, speakers=(RELIEF,))
        for said, day in told
    ]
    bench.result(question, claims)
    return bench.report()


def test_a_toll_grows_day_by_day() -> None:
    plot = timeline(toll())
    assert plot
    assert "How many so far?" in texts(plot)
    assert "dotted: the lower end as an origin last told it" in texts(plot)
    rows = [g for g in drawing(plot).iter(f"{SVG}g") if g.get("class") == "plot-row"]
    across = [float(g.find(f"{SVG}svg").get("x", "").rstrip("%")) for g in rows]  # type: ignore[union-attr]
    assert across == sorted(across)
    assert len(set(across)) == 3


def test_a_report_without_days_has_no_timeline_and_without_citations_no_graph() -> None:
    assert timeline(asked("8", "9")) is None
    assert citation_graph(asked("8", "9")) is None


def test_who_cites_whom_is_told_with_the_claims() -> None:
    plot = citation_graph(flood())
    assert plot
    cited = {row[:2]: row for row in plot.rows}
    assert ("The gazette", "Relief group") in cited
    assert int(cited["The gazette", "Relief group"][3]) == len(
        cited["The gazette", "Relief group"][2].split(", ")
    )
    assert "eyewitnesses [unnamed]" in texts(plot)
    assert WITNESSES.name in plot.words


def test_voices_of_one_origin_share_a_frame() -> None:
    bench = Bench()
    copy = Source(id=ident("copy-of-it"), name="A wire copy")
    bench.sources.append(copy)
    question = bench.ask("asked", "How many?")
    claims = [
        bench.claim(question, "one", parse_quantity("8"), speakers=(RELIEF,)),
        bench.claim(question, "two", parse_quantity("9"), speakers=(copy,)),
    ]
    bench.result(question, claims)
    plot = citation_graph(bench.report())
    assert plot
    assert plot.svg.count(">counted as one origin<") == 1
    assert "counted as one origin: Relief group and A wire copy" in plot.words


def related(*relations: SourceRelation) -> Report:
    """A report on which the gazette and the relief group speak, each for itself."""
    bench = Bench(more={"source_relations": relations})
    question = bench.ask("asked", "How many?")
    claims = [
        bench.claim(question, "one", parse_quantity("8")),
        bench.claim(question, "two", parse_quantity("9"), speakers=(RELIEF,), cluster=2),
    ]
    bench.result(question, claims)
    return bench.report()


def relation(kind: Dependence, a: UUID, b: UUID, **more: object) -> SourceRelation:
    made = SourceRelation(id=ident(kind), between="source", a=a, b=b, kind=kind, basis="an audit")
    return replace(made, **more)  # type: ignore[arg-type]


def test_what_is_recorded_about_two_sources_is_drawn_dashed_and_said() -> None:
    plot = citation_graph(related(relation(Dependence.FUNDED_BY, RELIEF.id, GAZETTE.id)))
    assert plot
    assert "is funded by The gazette, as recorded" in texts(plot)
    assert "as recorded, Relief group is funded by The gazette" in plot.words
    assert plot.rows[-1][:2] == ("Relief group", "The gazette")
    assert plot.rows[-1][-2:] == ("is funded by", "an audit")
    assert "depends on it, as somebody recorded" in texts(plot)
    assert "recorded" not in texts(citation_graph(related()) or plot)


def test_every_kind_of_dependence_has_words() -> None:
    assert set(WORDS) == set(Dependence)


def test_relations_of_other_topics_and_of_the_silent_are_left_out() -> None:
    kind = Dependence.FUNDED_BY
    elsewhere = relation(kind, RELIEF.id, GAZETTE.id, topic=ident("another"))
    silent = relation(kind, WITNESSES.id, GAZETTE.id)
    assert related(elsewhere, silent).dependences == ()


def test_documents_stand_under_their_voices_and_are_named_in_the_data() -> None:
    own = relation(Dependence.QUOTES, ARTICLE.id, ARTICLE.id, between="document")
    plot = citation_graph(related(own))
    assert plot
    assert plot.rows[-1][:2] == ("The gazette: The flood", "The gazette: The flood")
    assert "as recorded" not in texts(plot)


@pytest.mark.parametrize("place", range(len(every_plot(flood()))))
def test_both_sizes_say_the_same(place: int) -> None:
    plot = every_plot(flood())[place]
    wide = ET.fromstring(plot.wide)  # noqa: S314 (our own drawing)
    assert sorted(said_in(wide).split()) == sorted(texts(plot).split())
    assert drawing(plot).get("id") != wide.get("id")


def test_a_comma_begins_no_line() -> None:
    lines = wrapped([Run("Ministry of the Interior", apart=True), Run(", in a chronicle")], 150)
    assert not any(line[0].text.startswith(",") for line in lines)


def test_totals_of_one_day_share_a_label() -> None:
    bench = Bench()
    question = bench.ask("toll", "How many so far?", running_total=True)
    told = [("12", RELIEF), ("12", GAZETTE), ("93", RELIEF)]
    claims = [
        bench.claim(question, f"c{n}", parse_quantity(said), as_of="2021-07-14", speakers=(who,))
        for n, (said, who) in enumerate(told)
    ]
    bench.result(question, claims)
    plot = timeline(bench.report())
    assert plot
    labels = ["".join(text.itertext()) for text in drawing(plot).iter(f"{SVG}text")]
    assert "1a and 1 more" in labels
    assert "1c" in labels
