"""One thing is corrupted for each check, and the audit names exactly that check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from claims.analysis.audit.case import Bounds, LinkState, Notice, Recorded
from claims.analysis.audit.catalogue import CHECKS
from claims.analysis.audit.finding import Severity
from claims.analysis.extracted import Stretch
from claims.analysis.records import (
    Assessment,
    Claim,
    Document,
    Locator,
    Passage,
    Project,
    Question,
    RelationOverride,
    Scope,
    Snapshot,
    Source,
    SourceRelation,
    Speaker,
    Translation,
)
from claims.analysis.vocabulary import (
    Dependence,
    DocumentStatus,
    Part,
    Scheme,
    SourceKind,
    Stance,
    Tier,
    TranslationMethod,
)
from tests.analysis.audit.desk import BULLETIN, REPORT, Desk, name

Corruption = Callable[[Desk], None]
CORRUPTIONS: list[tuple[str, str, Corruption]] = []


def corrupts(check: str) -> Callable[[Corruption], Corruption]:
    """Register what one check must name."""

    def register(corruption: Corruption) -> Corruption:
        CORRUPTIONS.append((check, corruption.__name__, corruption))
        return corruption

    return register


def test_what_a_careful_coder_entered_deserves_no_finding() -> None:
    desk = Desk()
    found = [(one.check, one.defect.subject.name, one.defect.found) for one in desk.findings()]
    assert found == []


@corrupts("A01")
def bytes_exchanged(desk: Desk) -> None:
    desk.held["report"]["bytes_ok"] = False


@corrupts("A01")
def file_lost(desk: Desk) -> None:
    desk.held["report"]["missing"] = ("archived copy",)


@corrupts("A01")
def text_exchanged(desk: Desk) -> None:
    desk.change(Snapshot, "report", text_sha256="0" * 64)


@corrupts("A02")
def figure_altered(desk: Desk) -> None:
    desk.change(Passage, "rescue", exact="The rescue by night took six hours.")


@corrupts("A02")
def sentences_spliced(desk: Desk) -> None:
    words = "The company apparently knew of the gas … that the north shaft was closed."
    desk.change(Passage, "knew", exact=words)


@corrupts("A02")
def quote_invented(desk: Desk) -> None:
    invented = "Whoever was below: The alarm did not ring for anybody in the canteen of Orlen"
    desk.change(Passage, "alarm", exact=invented)


@corrupts("A03")
def quote_twice(desk: Desk) -> None:
    desk.write("bulletin", f"{BULLETIN}The rescue took six hours.\n")


@corrupts("A03")
def place_moved(desk: Desk) -> None:
    desk.change(Passage, "rescue", start=51, end=76, locators=(Locator(kind="line", value="3"),))


@corrupts("A04")
def link_died(desk: Desk) -> None:
    desk.drop(Snapshot, "bulletin")
    for key in ("injured-bulletin", "rescue"):
        desk.change(Passage, key, snapshot=None, start=None, end=None)
    desk.dossier["bulletin"]["link"] = LinkState.DEAD


@corrupts("A05")
def access_date_forgotten(desk: Desk) -> None:
    desk.change(Document, "report", csl={**desk.get(Document, "report").csl, "accessed": ""})
    desk.drop(Snapshot, "report")
    for passage in [r for r in desk.records.values() if isinstance(r, Passage)]:
        if passage.document == name("document", "report"):
            desk.change(Passage, passage.key or "", snapshot=None)


@corrupts("A06")
def identifiers_forgotten(desk: Desk) -> None:
    desk.change(Document, "report", csl={"type": "report", "title": "The report on Orlen"})


@corrupts("A07")
def digit_slipped(desk: Desk) -> None:
    desk.change(
        Document, "report", csl={**desk.get(Document, "report").csl, "ISBN": "978-0-306-40615-8"}
    )


@corrupts("A08")
def page_beyond_the_last(desk: Desk) -> None:
    desk.held["report"]["pages"] = (Stretch(0, len(REPORT), "1"),)
    desk.change(Passage, "alarm", locators=(Locator(kind="page", value="3"),))


@corrupts("A08")
def line_of_other_words(desk: Desk) -> None:
    desk.change(Passage, "alarm", locators=(Locator(kind="line", value="1"),))


@corrupts("A09")
def another_title(desk: Desk) -> None:
    csl = desk.get(Document, "report").csl
    desk.dossier["report"]["record"] = {**csl, "title": "A cookbook"}


@corrupts("A10")
def capturer_forgotten(desk: Desk) -> None:
    desk.change(Snapshot, "report", captured_by=None)


@corrupts("A11")
def digits_read_badly(desk: Desk) -> None:
    desk.change(Passage, "when", ocr_confidence=Decimal("0.6"))


@corrupts("A12")
def origin_lost(desk: Desk) -> None:
    speakers = desk.get(Claim, "injured").speakers
    desk.change(Claim, "injured", speakers=(speakers[0], replace(speakers[1], document=None)))


@corrupts("A13")
def origin_anonymous(desk: Desk) -> None:
    source = Source(id=name("source", "miners"), key="miners", name="some miners", named=False)
    desk.add(source)
    speakers = (*desk.get(Claim, "knew").speakers, Speaker(source=source.id))
    desk.change(Claim, "knew", speakers=speakers)


@corrupts("A14")
def document_tertiary(desk: Desk) -> None:
    desk.change(Document, "bulletin", tier=Tier.TERTIARY)
    desk.drop(Claim, "injured-bulletin")
    desk.drop(Passage, "injured-bulletin")


@corrupts("A15")
def attributed_in_a_circle(desk: Desk) -> None:
    desk.add(_relation(Dependence.QUOTES, "rescue-service", "inspectorate"))


@corrupts("A16")
def words_copied(desk: Desk) -> None:
    desk.write("bulletin", BULLETIN + "".join(REPORT.partition("The company")[1:]))
    desk.drop(Claim, "injured")
    desk.drop(Passage, "injured")
    desk.change(Passage, "injured-bulletin", suffix=" The rescue")


@corrupts("A16")
def override_against_the_origin(desk: Desk) -> None:
    desk.add(
        RelationOverride(
            id=name("override", "injured"),
            key="injured",
            a=name("claim", "injured"),
            b=name("claim", "injured-bulletin"),
            independent=True,
            reason="it looked so",
        )
    )


@corrupts("A17")
def speaker_dropped(desk: Desk) -> None:
    desk.change(Claim, "injured", speakers=desk.get(Claim, "injured").speakers[:1])


@corrupts("A18")
def citation_dropped(desk: Desk) -> None:
    desk.change(Claim, "rescue", passages=())
    desk.drop(Passage, "rescue")


@corrupts("A19")
def another_figure(desk: Desk) -> None:
    desk.value("killed", expression="41 miners")
    desk.stored["killed"] = Bounds("default@1", 41, 41, 41, 41)


@corrupts("A19")
def another_day(desk: Desk) -> None:
    desk.value("when", expression="2019-03-02")


@corrupts("A19")
def another_place(desk: Desk) -> None:
    desk.value("began", expression=str(name("place", "gala")))


@corrupts("A19")
def words_of_another_sentence(desk: Desk) -> None:
    desk.value("rescue", said="seven hours")


@corrupts("A20")
def hedge_forgotten(desk: Desk) -> None:
    desk.change(Claim, "knew", hedges=())


@corrupts("A20")
def hedge_invented(desk: Desk) -> None:
    desk.change(Claim, "alarm", hedges=("allegedly",))


@corrupts("A21")
def not_forgotten(desk: Desk) -> None:
    desk.value("alarm", expression="true")


@corrupts("A21")
def unconfirmed_taken_for_denial(desk: Desk) -> None:
    desk.change(Claim, "gate", stance=Stance.DENIES)


@corrupts("A22")
def told_as_a_fact(desk: Desk) -> None:
    desk.change(Document, "bulletin", tier=Tier.SECONDARY)


@corrupts("A23")
def cause_widened(desk: Desk) -> None:
    scope = Scope(area=name("place", "orlen"))
    desk.change(Question, "killed", scope=scope)


@corrupts("A24")
def qualifier_left_out(desk: Desk) -> None:
    desk.quote("injured", "nine miners were injured.")
    desk.change(Claim, "injured", verb=None)


@corrupts("A25")
def origin_contradicts_itself(desk: Desk) -> None:
    desk.write("bulletin", BULLETIN.replace("Nine", "Twenty"))
    desk.quote("injured-bulletin", "Twenty miners were injured.", "bulletin")
    desk.value("injured-bulletin", said="Twenty miners", expression="20 miners")
    desk.quote("rescue", "The rescue took six hours.", "bulletin")


@corrupts("A26")
def interval_stale(desk: Desk) -> None:
    desk.stored["killed"] = Bounds("default@1", 14, 14, 14, 15)


@corrupts("A27")
def headline_alone(desk: Desk) -> None:
    desk.value("headline", said="Explosion", expression=str(name("place", "gala")))
    desk.change(Passage, "when", part=Part.INFOBOX)
    desk.change(Claim, "where", passages=(name("passage", "headline"),))
    desk.drop(Claim, "headline")
    desk.value("where", said="Explosion in the Orlen mine")


@corrupts("A28")
def language_foreign(desk: Desk) -> None:
    desk.add(Project(id=name("project", "p"), key="p", title="p", languages=("fr",)))
    for passage in [r for r in desk.records.values() if isinstance(r, Passage)]:
        if passage.key != "rescue":
            desk.change(Passage, passage.key or "", translations=(_translated("human"),))


@corrupts("A29")
def machine_trusted(desk: Desk) -> None:
    desk.change(Passage, "rescue", translations=(_translated("machine"),))


@corrupts("A30")
def calendar_of_its_own(desk: Desk) -> None:
    desk.change(Claim, "when", calendar="julian")


@corrupts("A31")
def claim_changed_after_its_grade(desk: Desk) -> None:
    later = datetime(2021, 1, 1, tzinfo=UTC)
    desk.entered["claim killed"] = Recorded("coder", datetime(2020, 1, 1, tzinfo=UTC), later)


@corrupts("A32")
def total_without_a_day(desk: Desk) -> None:
    desk.change(Claim, "killed", as_of=None)


@corrupts("A33")
def basis_blank(desk: Desk) -> None:
    desk.value("when", inferred={"month": " "})


@corrupts("A34")
def published_before(desk: Desk) -> None:
    csl = {**desk.get(Document, "report").csl, "issued": "2018", "accessed": "2019-03-05"}
    desk.change(Document, "report", csl=csl)
    desk.dossier["report"]["record"] = csl


@corrupts("A34")
def read_before_published(desk: Desk) -> None:
    csl = {**desk.get(Document, "report").csl, "accessed": "2019-03-01"}
    desk.change(Document, "report", csl=csl)


@corrupts("A35")
def document_withdrawn(desk: Desk) -> None:
    desk.change(Document, "report", status=DocumentStatus.RETRACTED)


@corrupts("A35")
def notice_overlooked(desk: Desk) -> None:
    desk.dossier["report"]["notice"] = Notice("retraction", "2020-05-01", "a list of retractions")


@corrupts("A36")
def credited_by_nobody_else(desk: Desk) -> None:
    desk.assess("killed", Scheme.CREDIBILITY, "1")


@corrupts("A37")
def graded_by_its_coder(desk: Desk) -> None:
    desk.change(Assessment, "killed confidence", assessed_by="coder")


@corrupts("A37")
def graded_without_a_reason(desk: Desk) -> None:
    desk.change(Assessment, "killed confidence", reason=" ")


@corrupts("A38")
def held_twice(desk: Desk) -> None:
    csl = {**desk.get(Document, "bulletin").csl, "DOI": "10.1000/orlen"}
    desk.change(Document, "bulletin", csl=csl)


@corrupts("A38")
def passage_unused(desk: Desk) -> None:
    desk.drop(Claim, "rescue")


@corrupts("A38")
def source_unused(desk: Desk) -> None:
    desk.add(Source(id=name("source", "nobody"), key="nobody", name="a council"))


@corrupts("A39")
def witness_exposed(desk: Desk) -> None:
    desk.change(Source, "rescue-service", kind=SourceKind.WITNESS)
    desk.change(Claim, "rescue", exposure_basis="they agreed")
    desk.change(Claim, "injured-bulletin", exposure_basis="they agreed")


@corrupts("A40")
def quoted_at_length(desk: Desk) -> None:
    desk.change(Document, "report", quotation_limit=20)


@pytest.mark.parametrize(
    ("check", "corruption"),
    [(check, made) for check, _, made in CORRUPTIONS],
    ids=[f"{check}-{called}" for check, called, _ in CORRUPTIONS],
)
def test_the_audit_names_exactly_what_was_corrupted(check: str, corruption: Corruption) -> None:
    desk = Desk()
    corruption(desk)
    assert desk.checks() == {check}


def test_every_check_is_corrupted_once_at_least() -> None:
    assert {check for check, _, _ in CORRUPTIONS} == {check.id for check in CHECKS}


def test_one_contributor_may_grade_what_they_entered() -> None:
    desk = Desk()
    graded_by_its_coder(desk)
    assert desk.only("A37").severity is Severity.MAJOR
    desk.contributors = 1
    assert desk.only("A37").severity is Severity.MINOR


def _relation(kind: Dependence, a: str, b: str) -> SourceRelation:
    return SourceRelation(
        id=name("relation", f"{a} {b}"),
        key=f"{a} {b}",
        between="source",
        a=name("source", a),
        b=name("source", b),
        kind=kind,
        basis="for the test",
    )


def _translated(method: str) -> Translation:
    return Translation(
        language="fr", text="…", translator="a reader", method=TranslationMethod(method)
    )
