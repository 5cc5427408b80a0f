"""Checks of copies, items, locators, quotes, values, dates and rights: where they fire or not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.analysis.audit.case import Bounds, Dossier, HeldText, LinkState, Notice
from claims.analysis.audit.catalogue import audit_document, check_of
from claims.analysis.audit.finding import Place as Stands
from claims.analysis.audit.finding import Severity
from claims.analysis.audit.quotes import lost_quotes
from claims.analysis.blank import NO_HASH
from claims.analysis.extracted import Stretch
from claims.analysis.records import (
    Claim,
    ClaimValue,
    Document,
    Inquiry,
    Locator,
    Passage,
    Place,
    Question,
    Scope,
    Snapshot,
    Source,
    Speaker,
    Term,
    Topic,
    Translation,
)
from claims.analysis.vocabulary import (
    Anchor,
    InquiryOutcome,
    Sensitivity,
    SourceKind,
    Stance,
    TranslationMethod,
    ValueKind,
)
from claims.values.quantity import parse_quantity, with_range_basis
from tests.analysis.audit.desk import BULLETIN, REPORT, Desk, name

# --- copies and addresses ------------------------------------------------------------------------


def test_bytes_that_nobody_read_are_not_checked() -> None:
    desk = Desk()
    desk.held["report"]["bytes_ok"] = None
    assert desk.unseen("A01") == {"its bytes were not read: no archive folder was named"}
    assert desk.findings("A01") == ()


def test_of_an_erased_copy_nothing_is_missed() -> None:
    desk = Desk()
    desk.held["report"] |= {"bytes_ok": None, "text": None}
    desk.change(Snapshot, "report", sha256=NO_HASH, text_sha256=NO_HASH)
    assert desk.unseen("A01") == {"the copy was erased"}
    assert desk.findings("A01") == ()


def test_what_the_archive_lost_is_told_with_how_to_bring_it_back() -> None:
    desk = Desk()
    desk.held["report"] |= {"bytes_ok": None, "missing": ("text", "archived copy")}
    found = desk.only("A01")
    assert found.severity is Severity.CRITICAL
    assert found.defect.found == "an archive that does not hold the text and archived copy"
    assert desk.get(Snapshot, "report").sha256 in found.defect.expected
    assert "`claims document snapshot report FILE`" in found.defect.fix
    assert desk.unseen("A01") == set()


def test_what_was_altered_is_told_by_its_name_and_its_own_digest() -> None:
    desk = Desk()
    desk.change(Snapshot, "report", layout_sha256="1" * 64)
    desk.held["report"]["altered"] = ("layout",)
    defect = desk.only("A01").defect
    assert defect.found == "layout with another SHA-256 than the one recorded"
    assert defect.expected == f"layout whose SHA-256 is {'1' * 64}"


def test_one_file_lost_does_not_hide_that_another_was_altered() -> None:
    desk = Desk()
    desk.held["report"] |= {"bytes_ok": False, "missing": ("layout",)}
    assert [one.defect.found for one in desk.findings("A01")] == [
        "an archive that does not hold the layout",
        "bytes with another SHA-256 than the one recorded",
    ]


def test_altered_bytes_are_told_with_the_digest_they_should_have() -> None:
    desk = Desk()
    desk.held["report"]["bytes_ok"] = False
    found = desk.only("A01")
    assert found.defect.subject.entity == "snapshot"
    assert desk.get(Snapshot, "report").sha256 in found.defect.expected


def test_bytes_without_a_text_are_whole_all_the_same() -> None:
    desk = Desk()
    desk.held["report"]["text"] = None
    assert desk.findings("A01") == ()
    assert desk.unseen("A02") == {"no archived text is held"}
    assert desk.unseen("A03") == {"no archived text is held"}
    assert desk.unseen("A24") == {"no archived text is held"}


def without_copy(link: LinkState | None) -> Desk:
    """The bulletin without an archived copy."""
    desk = Desk()
    desk.drop(Snapshot, "bulletin")
    for key in ("injured-bulletin", "rescue"):
        desk.change(Passage, key, snapshot=None)
    desk.dossier["bulletin"]["link"] = link
    return desk


def test_a_dead_link_matters_where_nothing_is_archived() -> None:
    assert "dead" in without_copy(LinkState.DEAD).only("A04").defect.found
    for state in (LinkState.ALIVE, LinkState.MOVED, LinkState.CHANGED):
        assert without_copy(state).findings("A04") == ()
    assert without_copy(None).unseen("A04") == {"no network was asked for"}
    archived = Desk()
    archived.dossier["bulletin"]["link"] = LinkState.DEAD
    assert archived.findings("A04") == ()


def test_custody_cannot_be_looked_at_without_a_copy() -> None:
    desk = without_copy(LinkState.ALIVE)
    assert desk.unseen("A10") == {"no archived copy is held"}
    assert desk.unseen("A02") == {"no archived text is held"}


def test_another_record_of_the_same_bytes_may_tell_of_their_capture() -> None:
    desk = Desk()
    whole = desk.get(Snapshot, "report")
    desk.change(Snapshot, "report", captured_at=None)
    other = replace(whole, id=name("snapshot", "later"), key="later")
    desk.add(replace(other, captured_with=None))
    assert len(desk.findings("A10")) == 2
    desk.add(replace(other, sha256="1" * 64))
    assert len(desk.findings("A10")) == 1
    desk.add(other)
    assert desk.findings("A10") == ()


def test_an_erased_copy_is_asked_for_no_custody() -> None:
    desk = Desk()
    desk.change(Snapshot, "report", sha256=NO_HASH, captured_by=None)
    assert desk.findings("A10") == ()
    assert desk.unseen("A10") == {"the copy was erased"}


def test_every_gap_of_the_custody_is_named() -> None:
    desk = Desk()
    desk.change(Snapshot, "report", captured_at=None, captured_with=None)
    assert desk.only("A10").defect.found == (
        "an archived copy without the time of capture or the program that captured it"
    )


@pytest.mark.parametrize(
    ("confidence", "method", "found", "unseen"),
    [
        (Decimal("0.89"), "ocr", 1, 0),
        (Decimal("0.9"), "ocr", 0, 0),
        (None, "OCR by a machine", 0, 1),
        (None, "read by a person", 0, 0),
    ],
)
def test_doubtful_digits(confidence: Decimal | None, method: str, found: int, unseen: int) -> None:
    desk = Desk()
    desk.change(Passage, "when", ocr_confidence=confidence, transcript_method=method)
    assert len(desk.findings("A11")) == found
    assert len(desk.unseen("A11")) == unseen


def test_words_without_digits_are_not_doubted() -> None:
    desk = Desk()
    desk.change(Passage, "alarm", ocr_confidence=Decimal("0.1"))
    assert desk.findings("A11") == ()


# --- the bibliographic item ----------------------------------------------------------------------


def item(**csl: Any) -> Desk:  # noqa: ANN401
    """The report with other bibliographic data; ``None`` takes a field away."""
    desk = Desk()
    told = {**desk.get(Document, "report").csl, **csl}
    desk.change(Document, "report", csl={key: told[key] for key in told if told[key] is not None})
    return desk


def test_the_time_of_a_capture_stands_for_the_day_of_access() -> None:
    desk = item(accessed=None)
    assert desk.findings("A05") == ()
    desk.change(Snapshot, "report", captured_at=None)
    assert "https://example.org/report" in desk.only("A05").defect.found
    assert item(accessed=None, URL=None).findings("A05") == ()


@pytest.mark.parametrize(
    ("csl", "fires"),
    [
        ({"DOI": None, "ISBN": None, "URL": None}, True),
        ({"DOI": None, "ISBN": None}, False),
        ({"DOI": None, "ISBN": None, "URL": None, "archive_location": "box 4"}, False),
        ({"DOI": None, "ISBN": None, "URL": "https://fr.wikipedia.org/wiki/Mine"}, True),
        ({"DOI": None, "URL": "https://fr.wikipedia.org/w/index.php?oldid=99"}, False),
        ({"DOI": None, "URL": "https://fr.wikipedia.org/wiki/Mine", "version": "99"}, False),
        ({"URL": "https://fr.wikipedia.org/wiki/Mine"}, False),
        ({"DOI": None, "URL": "https://example.org/wikipedia.org"}, False),
    ],
)
def test_what_leads_to_a_document(csl: dict[str, str | None], *, fires: bool) -> None:
    assert bool(item(**csl).findings("A06")) is fires


@pytest.mark.parametrize(
    ("csl", "named"),
    [
        ({"ISBN": "978-0-306-40615-8"}, "ISBN"),
        ({"DOI": "doi 10/abc"}, "DOI"),
        ({"ISSN": "0317-8472"}, "ISSN"),
        ({"ISBN": "0-306-40615-2, 978-0-306-40615-8"}, "978-0-306-40615-8"),
    ],
)
def test_a_malformed_identifier_is_named(csl: dict[str, str], named: str) -> None:
    assert named in item(**csl).only("A07").defect.found


def test_well_formed_identifiers_are_left_alone() -> None:
    desk = item(ISBN="0-306-40615-2, 978-0-306-40615-7", ISSN="0317-8471", PMID="12345")
    desk.change(Source, "inspectorate", identifiers={"wikidata": "Q1", "orcid": " "})
    assert desk.findings("A07") == ()


def test_an_identifier_of_a_source_is_checked_too() -> None:
    desk = Desk()
    desk.change(Source, "inspectorate", identifiers={"ORCID": "0000-0002-1825-0098"})
    found = desk.findings("A07")
    assert {one.defect.subject.entity for one in found} == {"source"}
    desk.change(Source, "inspectorate", identifiers={"ORCID": "0000-0002-1825-0097"})
    assert desk.findings("A07") == ()


@pytest.mark.parametrize(
    ("record", "what"),
    [
        ({"title": "A cookbook"}, "title"),
        ({"issued": "1999"}, "year"),
        ({"author": ({"family": "Somebody"},)}, "author"),
        ({"author": ({"literal": "Office of nobody"},)}, "author"),
    ],
)
def test_a_record_that_contradicts_is_told(record: dict[str, object], what: str) -> None:
    desk = Desk()
    desk.dossier["report"]["record"] = {**desk.get(Document, "report").csl, **record}
    assert desk.only("A09").defect.found.startswith(f"the {what} ")


@pytest.mark.parametrize(
    "record",
    [
        {"title": "THE REPORT ON ORLEN: what the mine’s owners knew"},
        {"title": "", "author": (), "issued": "soon"},
        {"author": ("an office",)},
        {"issued": {"literal": "4 March 2019"}},
        {"issued": {"date-parts": (("",),)}},
        {"issued": {"date-parts": ("2019",)}},
    ],
)
def test_a_record_that_says_the_same_or_nothing_is_in_order(record: dict[str, object]) -> None:
    desk = Desk()
    desk.dossier["report"]["record"] = {**desk.get(Document, "report").csl, **record}
    assert desk.findings("A09") == ()


def test_without_a_record_nothing_is_compared() -> None:
    desk = Desk()
    desk.dossier["report"]["record"] = None
    assert desk.unseen("A09") == {"no record of its identifier is held"}
    bare = item(DOI=None, ISBN=None)
    bare.dossier["report"]["record"] = None
    assert bare.unseen("A09") == set()


# --- locators ------------------------------------------------------------------------------------

PAGES = (Stretch(0, 100, ""), Stretch(100, len(REPORT), ""))
TIMES = tuple(
    Stretch(start, end, label)
    for start, end, label in (
        (0, 40, "00:00:05"),
        (REPORT.index("The company"), REPORT.index("The alarm"), "00:59:00"),
        (REPORT.index("The alarm"), REPORT.index("According"), "00:59:30"),
        (REPORT.index("According"), len(REPORT), "01:00:00"),
    )
)
PRINTED = (Stretch(0, 100, "xii"), Stretch(100, len(REPORT), "1"))


def unlocated() -> Desk:
    """No quote says where it stands."""
    desk = Desk()
    for passage in [one for one in desk.records.values() if isinstance(one, Passage)]:
        desk.change(Passage, str(passage.key), locators=())
    return desk


def located(kind: str, value: str, **held: Any) -> Desk:  # noqa: ANN401
    """The passage about the alarm with another locator; it stands on the second page."""
    desk = unlocated()
    desk.change(Passage, "alarm", locators=(Locator(kind=kind, value=value),))
    desk.held["report"] |= held
    return desk


@pytest.mark.parametrize(
    ("kind", "value", "held", "found"),
    [
        ("page", "3", {"pages": PAGES}, "page 3, which the document does not have"),
        ("page", "ii", {"pages": PAGES}, "page ii, which the document does not have"),
        ("page", "-", {"pages": PAGES}, "page -, which the document does not have"),
        ("page", "2", {"pages": PRINTED}, "page 2, which the document does not have"),
        ("page", "xii", {"pages": PRINTED}, "page xii, where other words stand"),
        ("page", "1", {"pages": PAGES}, "page 1, where other words stand"),
        ("line", "900", {}, "line 900, which the document does not have"),
        ("line", "1-2", {}, "line 1-2, where other words stand"),
        ("line", "4", {"pages": PAGES}, "line 4, where other words stand"),
        ("line", "6", {"pages": PAGES}, "line 6, which the document does not have"),
        (
            "timestamp",
            "1:00:10.1",
            {"times": TIMES},
            "the time 1:00:10.1, which the document does not have",
        ),
        (
            "timestamp",
            "later",
            {"times": TIMES},
            "the time later, which the document does not have",
        ),
        ("timestamp", "59:19", {"times": TIMES}, "the time 59:19, where other words stand"),
        (
            "timestamp",
            "0:05–59:19",
            {"times": TIMES},
            "the time 0:05–59:19, where other words stand",
        ),
        (
            "timestamp",
            "59:59",
            {"times": TIMES[:3]},
            "the time 59:59, which the document does not have",
        ),
    ],
)
def test_a_locator_that_leads_elsewhere(
    kind: str, value: str, held: dict[str, Any], found: str
) -> None:
    assert located(kind, value, **held).only("A08").defect.found == found


@pytest.mark.parametrize(
    ("kind", "value", "held"),
    [
        ("page", "2", {"pages": PAGES}),
        ("page", "1–2", {"pages": PAGES}),
        ("page", "1", {"pages": PRINTED}),
        ("page", "xii to 1", {"pages": PRINTED}),
        ("page", "1", {"pages": (Stretch(0, 10, "1"),)}),
        ("line", "3-5", {}),
        ("line", "2", {"pages": PAGES}),
        ("line", "9", {"pages": (Stretch(0, 10, "1"),)}),
        ("line", "last", {}),
        ("section", "99", {}),
        ("timestamp", "59:20", {"times": TIMES}),
        ("timestamp", "59:59.5", {"times": TIMES}),
        ("timestamp", "1:00:10", {"times": TIMES}),
        ("timestamp", "0:05–1:00:00", {"times": TIMES}),
        ("timestamp", "59:40", {"times": TIMES[:3]}),
        ("timestamp", "0:01", {"times": TIMES[:2]}),
    ],
)
def test_a_locator_that_leads_there(kind: str, value: str, held: dict[str, Any]) -> None:
    assert located(kind, value, **held).findings("A08") == ()


def test_pages_are_those_of_the_item_where_no_copy_has_any() -> None:
    assert located("page", "3").unseen("A08") == {"it is not known which pages the document has"}
    for csl, fires in (({"page": "10-20"}, True), ({"number-of-pages": "40"}, False)):
        desk = item(**csl)
        desk.change(Passage, "alarm", locators=(Locator(kind="page", value="3"),))
        assert bool(desk.findings("A08")) is fires


def test_what_is_not_held_cannot_be_counted() -> None:
    desk = located("line", "4", text=None)
    assert "no archived text is held to count its lines" in desk.unseen("A08")
    assert located("timestamp", "1:00").unseen("A08") == {
        "no archived transcript says when its words were spoken"
    }


def test_the_time_of_a_quote_without_a_place_is_only_compared_with_the_end() -> None:
    for value, fires in (("0:05", False), ("1:00:11", True)):
        desk = located("timestamp", value, times=TIMES)
        desk.change(Passage, "alarm", start=None, end=None)
        assert bool(desk.findings("A08")) is fires


def test_the_time_at_which_the_words_begin_is_proposed() -> None:
    defect = located("timestamp", "0:05", times=TIMES).only("A08").defect
    assert defect.fix == "Correct the locator to timestamp 00:59:30."
    assert defect.change == ("locators", ("timestamp 00:59:30",))


def test_the_right_line_is_proposed_and_other_locators_stay() -> None:
    desk = Desk()
    locators = (Locator(kind="line", value="1"), Locator(kind="section", value="2"))
    desk.change(Passage, "alarm", locators=locators)
    proposal = desk.only("A08").defect.proposal
    assert proposal is not None
    assert (proposal.field, proposal.value) == ("locators", ("section 2", "line 4"))


def test_the_lines_of_a_quote_without_a_place_are_those_of_the_longest_page() -> None:
    desk = located("line", "5", pages=PAGES)
    desk.change(Passage, "alarm", start=None, end=None)
    assert desk.findings("A08") == ()
    desk.change(Passage, "alarm", locators=(Locator(kind="line", value="6"),))
    assert desk.only("A08").defect.expected == "a line from 1 to 5"


def test_a_quote_that_goes_on_over_the_page_begins_in_the_line_that_is_said() -> None:
    start = REPORT.index("The alarm")
    desk = located("line", "4", pages=(Stretch(0, start + 5), Stretch(start + 5, len(REPORT))))
    assert desk.findings("A08") == ()


def test_a_quote_without_any_place_needs_a_locator() -> None:
    desk = Desk()
    desk.change(Passage, "rescue", locators=(), start=None, end=None)
    assert desk.only("A08").defect.subject.place is None
    desk.change(Passage, "rescue", locators=(), start=52, end=78)
    assert desk.findings("A08") == ()


def test_a_page_of_the_web_has_no_pages() -> None:
    desk = item(ISBN=None)
    desk.change(Passage, "alarm", locators=(), start=None, end=None)
    assert desk.findings("A08") == ()
    paged = item(ISBN=None, page="1-9")
    paged.change(Passage, "alarm", locators=(), start=None, end=None)
    assert paged.findings("A08") != ()


def test_a_quote_without_offsets_is_compared_with_the_pages_alone() -> None:
    desk = located("page", "1", pages=PAGES)
    desk.change(Passage, "alarm", start=None, end=None)
    assert desk.findings("A08") == ()
    lined = located("line", "1")
    lined.change(Passage, "alarm", start=None, end=None)
    assert lined.findings("A08") == ()


# --- quotes --------------------------------------------------------------------------------------


def quoting(words: str) -> Desk:
    """The passage about the rescue with other words."""
    desk = Desk()
    desk.change(Passage, "rescue", exact=words)
    desk.value("rescue", said="six hours")
    return desk


def test_an_altered_quote_is_told_with_the_words_that_differ() -> None:
    found = quoting("The rescue took only six hours.").only("A02")
    assert "an altered quote" in found.defect.found
    assert "only" in found.defect.found
    assert "The rescue took six hours." in found.defect.expected
    assert found.defect.place == Stands(name("document", "bulletin"), 52, 78)


def test_many_differences_are_counted() -> None:
    desk = Desk()
    words = "An explosion at the Orlen mines happened in 3 March of 2019 or so."
    desk.change(Passage, "when", exact=words)
    assert "more" in desk.only("A02").defect.found or "absent" in desk.only("A02").defect.found


def test_missing_and_changed_words_are_told_apart() -> None:
    left_out = quoting("The rescue took hours.")
    assert "“six” is left out" in left_out.only("A02").defect.found
    changed = quoting("The rescue took two hours.")
    assert "stands for" in changed.only("A02").defect.found


def test_a_quote_of_another_document_is_misattributed() -> None:
    desk = quoting("The company apparently knew of the gas.")
    (dossier,) = (one for one in desk.dossiers() if one.document.key == "bulletin")
    assert [passage.key for passage in lost_quotes(dossier)] == ["rescue"]
    elsewhere = {name("passage", "rescue"): name("document", "report")}
    desk.dossier["bulletin"]["elsewhere"] = elsewhere
    found = desk.only("A02").defect.found
    assert found == "a misattributed quote: it stands in The report on Orlen"
    desk.dossier["bulletin"]["others"] = {}
    assert str(name("document", "report")) in desk.only("A02").defect.found


def test_typography_is_no_finding() -> None:
    desk = Desk()
    desk.change(Passage, "killed", exact="Fourteen  miners were killed by the explosion.")
    assert not {"A02", "A03"} & desk.checks()


def test_a_quote_in_two_places_needs_what_singles_it_out() -> None:
    desk = Desk()
    desk.write("bulletin", f"{BULLETIN}Later. The rescue took six hours.\n")
    assert desk.only("A03").defect.found == "words that stand 2 times"
    desk.change(Passage, "rescue", prefix="Later. ", start=86, end=112)
    assert desk.findings("A03") == ()


def test_a_quote_may_be_too_short() -> None:
    desk = Desk()
    desk.quote("rescue", "hours", "bulletin")
    assert desk.only("A03").defect.found == "words that are too few to single out a place"


def test_a_place_of_other_words_is_told() -> None:
    desk = Desk()
    desk.change(Passage, "rescue", start=10, end=36, locators=())
    found = desk.only("A03")
    assert found.defect.found == "other words at 10–36"
    assert found.defect.place == Stands(name("document", "bulletin"), 52, 78)


def test_a_quote_without_a_recorded_place_has_none_to_be_wrong() -> None:
    desk = Desk()
    desk.change(Passage, "rescue", start=None, end=None)
    assert desk.findings("A03") == ()


def test_words_of_a_recording_are_not_looked_for() -> None:
    desk = Desk()
    desk.change(Passage, "rescue", anchor=Anchor.TIME_SPAN, exact="six hours it took")
    why = "its words are a transcript of a picture or a recording"
    assert all(why in desk.unseen(check) for check in ("A02", "A03", "A24"))


def test_a_passage_without_its_copy_is_looked_for_in_the_newest() -> None:
    desk = Desk()
    desk.change(Passage, "rescue", snapshot=None)
    assert "A02" not in desk.checks()
    assert "no archived text is held" not in desk.unseen("A02")


def test_a_claim_may_cite_what_is_not_held() -> None:
    desk = Desk()
    desk.change(Claim, "rescue", passages=(name("passage", "gone"),))
    assert desk.only("A18").defect.found == "a passage that is not held"


@pytest.mark.parametrize(
    ("text", "quote", "cut"),
    [
        ("No boats sank on the lake.", "boats sank on the lake.", "No"),
        ("The boats sank on the lake, reportedly.", "The boats sank on the lake", "reportedly"),
        ("The boats sank on the lake, the harbour said.", "The boats sank on the lake", "said"),
        ("It could not be confirmed that the boats sank.", "the boats sank.", "not be confirmed"),
    ],
)
def test_what_qualifies_a_quote_is_asked_about(text: str, quote: str, cut: str) -> None:
    desk = Desk()
    desk.write("bulletin", f"{BULLETIN}{text}\n")
    desk.quote("rescue", quote, "bulletin")
    found = desk.only("A24")
    assert cut in found.defect.found
    assert found.asks


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The boats sank on the lake, which is deep.", "The boats sank on the lake"),
        ("The boats sank on the lake. It was never found.", "The boats sank on the lake."),
        ("The harbour said that the boats sank, it said.", "The harbour said that the boats sank"),
    ],
)
def test_what_does_not_qualify_a_quote_may_be_left_out(text: str, quote: str) -> None:
    desk = Desk()
    desk.write("bulletin", f"{BULLETIN}{text}\n")
    desk.quote("rescue", quote, "bulletin")
    assert desk.findings("A24") == ()


def test_a_language_without_words_is_not_asked() -> None:
    desk = Desk()
    desk.change(Passage, "rescue", language="xx")
    assert "no words of the language xx are held" in desk.unseen("A24")


# --- values --------------------------------------------------------------------------------------


def test_what_the_coder_counted_is_not_in_the_words() -> None:
    desk = Desk()
    desk.value("killed", expression="3 miners", counted_by_coder=True)
    assert desk.findings("A19") == ()


def test_a_reading_of_the_coder_must_not_exclude_the_words() -> None:
    desk = Desk()
    read = {"value": "the coder reads it so"}
    desk.value("killed", expression="at_least(14) miners", inferred=read)
    assert desk.findings("A19") == ()
    desk.value("killed", expression="15 miners", inferred=read)
    assert desk.only("A19").defect.expected == "what the words “Fourteen miners” say: 14 miners"


@pytest.mark.parametrize(
    ("said", "expression", "fires"),
    [
        ("Fourteen miners were killed", "14 miners", False),
        ("Fourteen miners were killed", "15 miners", True),
        ("miners were killed", "15 miners", None),
        ("by the\nexplosion", "15 miners", None),
    ],
)
def test_words_that_no_table_reads_are_read_by_their_figures(
    said: str, expression: str, *, fires: bool | None
) -> None:
    desk = Desk()
    desk.value("killed", said=said, expression=expression)
    assert bool(desk.findings("A19")) is bool(fires)
    assert bool(desk.unseen("A19")) is (fires is None)


@pytest.mark.parametrize(
    ("said", "expression", "fires"),
    [
        ("1200–3400", "range(1200, 3400)", False),
        ("1200–3500", "range(1200, 3500)", True),
        ("1200 (low)", "1200", False),
        ("340 (low)", "340", True),
        ("low 1200", "1200", True),
    ],
)
def test_the_figures_of_a_row_of_a_table(said: str, expression: str, *, fires: bool) -> None:
    desk = Desk()
    words = "side: north\nlow: 1200.0\nhigh: 3400.0\nnotes: counted twice"
    desk.write("bulletin", f"{BULLETIN}{words}\n")
    desk.quote("injured-bulletin", words, "bulletin")
    read = {"value": "only the low figure is given"} if "(" in said else {}
    desk.value("injured-bulletin", said=said, expression=expression, inferred=read)
    assert bool(desk.findings("A19")) is fires


@pytest.mark.parametrize(("expression", "fires"), [("11 miners", False), ("12 miners", True)])
def test_a_figure_among_words_that_cannot_be_read(expression: str, *, fires: bool) -> None:
    desk = Desk()
    desk.write("bulletin", BULLETIN.replace("Nine miners", "In all, 11 brave souls of the pit"))
    desk.quote("rescue", "The rescue took six hours.", "bulletin")
    desk.quote("injured-bulletin", "In all, 11 brave souls of the pit were injured.", "bulletin")
    said = "11 brave souls of the pit"
    desk.value("injured-bulletin", said=said, expression=expression)
    assert bool(desk.findings("A19")) is fires


def test_a_value_without_a_number_excludes_nothing() -> None:
    desk = Desk()
    read = {"value": "the coder reads it so"}
    desk.value("killed", expression="many miners", inferred=read)
    assert desk.findings("A19") == ()


def test_a_stored_value_that_is_none_is_told() -> None:
    desk = Desk()
    dossiers = [one for one in desk.dossiers() if one.document.key == "report"]
    claims = tuple(_with(claim, "fourteen-ish") for claim in dossiers[0].claims)
    found = _run("A19", replace(dossiers[0], claims=claims))
    assert any("fourteen-ish" in one.defect.found for one in found)
    assert not any(one.check == "A26" for one in _run("A26", replace(dossiers[0], claims=claims)))


def _with(claim: Claim, expression: str) -> Claim:
    if claim.key != "killed" or claim.value is None:
        return claim
    return replace(claim, value=replace(claim.value, expression=expression))


def _run(check: str, dossier: Dossier) -> list[Any]:
    return [one for one in audit_document(dossier, [check_of(check)]) if hasattr(one, "defect")]


def test_dates_take_the_year_that_was_inferred() -> None:
    desk = Desk()
    desk.value("when", said="on 3 March", inferred={"year": "the bulletin is of 2019"})
    assert {"A19", "A33"}.isdisjoint(desk.checks())
    desk.value("when", said="on 3 March", expression="2019-03-04")
    assert "A19" in desk.checks()


def test_a_date_without_its_year_cannot_be_read_but_is_missed() -> None:
    desk = Desk()
    desk.value("when", said="on 3 March")
    assert desk.only("A33").defect.found == "the year 2019, which “on 3 March” does not give"
    assert "no table reads the words of its value as a whole" in desk.unseen("A19")


def test_a_duration_is_read_again() -> None:
    desk = Desk()
    desk.value("rescue", expression="PT7H")
    assert desk.only("A19").defect.found == "the value “PT7H”"


def test_a_range_keeps_the_basis_that_it_was_given() -> None:
    desk = Desk()
    desk.write("bulletin", BULLETIN.replace("Nine miners", "Between 8 and 9 miners"))
    desk.quote("injured-bulletin", "Between 8 and 9 miners were injured.", "bulletin")
    desk.quote("rescue", "The rescue took six hours.", "bulletin")
    said = "Between 8 and 9 miners"
    desk.value("injured-bulletin", said=said, expression="range(8, 9, sources) miners")
    stored = desk.get(Claim, "injured-bulletin").value
    assert stored is not None
    right = with_range_basis(parse_quantity(said), "sources").expression
    desk.value("injured-bulletin", said=said, expression=right)
    assert desk.findings("A19") == ()
    desk.value("injured-bulletin", said="9 miners", expression=right)
    assert desk.findings("A19")


@pytest.mark.parametrize(
    ("said", "place", "fires"),
    [
        ("in the north shaft", "shaft", False),
        ("in the north shaft", "orlen", False),
        ("in the Orlen mine", "shaft", False),
        ("in the Orlen mine", "gala", True),
        ("happened", "gala", False),
    ],
)
def test_a_place_that_the_words_do_not_name(said: str, place: str, *, fires: bool) -> None:
    desk = Desk()
    desk.change(Claim, "began", passages=(name("passage", "when"), name("passage", "began")))
    desk.value("began", said=said, expression=str(name("place", place)))
    assert bool(desk.findings("A19")) is fires


def test_the_place_that_the_words_name_is_proposed() -> None:
    desk = Desk()
    desk.value("where", expression=str(name("place", "gala")))
    proposal = desk.only("A19").defect.proposal
    assert proposal is not None
    assert (proposal.field, proposal.value) == ("value.expression", str(name("place", "orlen")))


def test_a_category_is_compared_within_its_scheme() -> None:
    desk = Desk()
    for key, scheme in (("other", "colour"), ("gas", "cause")):
        desk.add(Term(id=name("term", key), key=key, label="gas", scheme=scheme))
    desk.value("cause", expression=str(name("term", "other")))
    assert desk.findings("A19") == ()
    desk.value("cause", expression=str(name("term", "gas")))
    assert "explosion" in desk.only("A19").defect.expected
    desk.value("cause", expression=str(name("term", "nowhere")))
    (dossier,) = (one for one in desk.dossiers() if one.document.key == "report")
    assert _run("A19", dossier) == []


def test_intervals_need_a_database() -> None:
    desk = Desk()
    desk.dossier["report"]["stored"] = None
    assert desk.unseen("A26") == {"no stored interval was given"}
    desk = Desk()
    desk.stored["killed"] = None
    assert desk.unseen("A26") == {"no stored interval was given"}


def test_a_stale_interval_is_shown_beside_the_right_one() -> None:
    desk = Desk()
    desk.stored["killed"] = Bounds("pitf@1", 14, None, 14, 14)
    found = desk.only("A26").defect
    assert found.found == "the stored interval [14, ∞], typically [14, 14] (pitf@1)"
    assert found.expected == "[14, 14], typically [14, 14] (default@1), from the profile default@1"


# --- dates ---------------------------------------------------------------------------------------


def test_only_figures_that_affirm_need_a_day() -> None:
    for fields in ({"stance": Stance.DOUBTS}, {"value": None}, {"retracted_at": "2019-03-05"}):
        desk = Desk()
        desk.change(Claim, "killed", as_of=None, **fields)
        assert desk.findings("A32") == ()


@pytest.mark.parametrize("said", ["on 3 March ’19", "on ٣ March ٢٠١٩", "on 3 March 2019"])
def test_a_year_may_be_written_in_other_ways(said: str) -> None:
    desk = Desk()
    desk.value("when", said=said)
    assert desk.findings("A33") == ()


def test_a_year_of_another_calendar_is_not_looked_for() -> None:
    desk = Desk()
    desk.change(Claim, "when", calendar="julian")
    desk.value("when", said="on 18 February", inferred={"calendar": "13 days were added"})
    assert {"A30", "A33"}.isdisjoint(desk.checks())


def test_an_expression_without_a_year_infers_none() -> None:
    desk = Desk()
    desk.value("when", said="3 March", expression="XXXX-03-03")
    assert desk.findings("A33") == ()


@pytest.mark.parametrize(
    ("csl", "told"),
    [
        ({"issued": "2019-03-02"}, True),
        ({"issued": "2019"}, False),
        ({"issued": "soon"}, False),
        ({"issued": "2019-03-03/"}, False),
    ],
)
def test_a_document_cannot_tell_what_was_to_come(csl: dict[str, str], *, told: bool) -> None:
    desk = item(**csl, accessed=None)
    assert bool(desk.findings("A34")) is told


@pytest.mark.parametrize(
    ("on", "told"), [("2019-02", True), ("2019-03", False), ("2020", False), (None, False)]
)
def test_a_search_cannot_find_what_is_still_to_come(on: str | None, *, told: bool) -> None:
    desk = Desk()
    desk.add(_looked(desk, on))
    assert bool(desk.findings("A34")) is told
    if told:
        found = desk.only("A34").defect
        assert found.subject.id == name("question", "gate")
        assert found.found == "the inquiry “the lock” of 28 February 2019, before 3 March 2019"
    desk.change(Inquiry, "lock", question=None)
    assert desk.findings("A34") == ()


@pytest.mark.parametrize(
    ("on", "outcome", "silent"),
    [("2019-03", "nothing", True), ("2019-03", "found", False), (None, "nothing", False)],
)
def test_a_dated_search_of_ours_is_who_can_be_asked(
    on: str | None, outcome: str, *, silent: bool
) -> None:
    desk = Desk()
    desk.add(Source(id=name("source", "some"), key="some", name="some", named=False))
    speakers = (*desk.get(Claim, "gate").speakers, Speaker(source=name("source", "some")))
    desk.change(Claim, "gate", speakers=speakers)
    assert len(desk.findings("A13")) == 1
    desk.add(replace(_looked(desk, on), outcome=InquiryOutcome(outcome)))
    assert bool(desk.findings("A13")) is not silent
    desk.change(Claim, "gate", stance=Stance.REPORTS)
    assert len(desk.findings("A13")) == 1


def _looked(desk: Desk, on: str | None) -> Inquiry:
    gate = desk.get(Claim, "gate")
    return Inquiry(
        id=name("inquiry", "lock"),
        key="lock",
        topic=name("topic", "mine"),
        question=gate.question,
        looked_for="the lock",
        looked_in="the mine",
        looked_by="us",
        looked_on=on,
        claims=(gate.id,),
    )


def test_the_event_is_dated_by_the_claim_before_its_topic() -> None:
    desk = item(issued="2019-03-02", accessed=None)
    days = {one.defect.subject.name.split(":")[0] for one in desk.findings("A34")}
    assert {"when", "killed", "alarm", "where"} <= days
    assert "gate" not in days
    desk.change(Topic, "mine", dates=None)
    desk.change(Question, "alarm", scope=Scope(period="2018"))
    days = {one.defect.subject.name.split(":")[0] for one in desk.findings("A34")}
    assert days == {"when", "killed"}
    desk.change(Topic, "mine", dates="whenever")
    assert {one.defect.subject.name.split(":")[0] for one in desk.findings("A34")} == days


def test_a_topic_that_is_not_here_has_no_dates() -> None:
    (dossier, _) = item(issued="2019-03-02", accessed=None).dossiers()
    bare = replace(
        dossier, topics={}, claims=(replace(dossier.claims[1], question=name("q", "x")),)
    )
    assert _run("A34", bare) == []
    assert len(_run("A34", replace(dossier, topics={}))) == 2


@pytest.mark.parametrize(
    ("said", "fires"),
    [("в Орлене", True), ("in Orlen", False), ("Шахта the Orlen mine", False)],
)
def test_a_name_in_a_script_of_its_own(said: str, *, fires: bool) -> None:
    desk = Desk()
    desk.value("where", said=said)
    assert bool(desk.findings("A30")) is fires


def test_a_name_is_known_once_it_is_among_the_names() -> None:
    desk = Desk()
    desk.value("where", said="в Орлене")
    desk.change(Place, "orlen", names={"ru": ("Орлен",)})
    assert desk.findings("A30") == ()
    desk.value("where", expression=str(name("place", "nowhere")))
    (dossier,) = (one for one in desk.dossiers() if one.document.key == "report")
    assert _run("A30", dossier) == []


def test_the_gregorian_calendar_needs_no_conversion() -> None:
    desk = Desk()
    desk.change(Claim, "when", calendar="Gregorian")
    assert desk.findings("A30") == ()


# --- translations and rights ---------------------------------------------------------------------


def translated(*methods: TranslationMethod, language: str = "en") -> Desk:
    """The passage about the rescue, in Azerbaijani, with translations."""
    desk = Desk()
    made = (Translation(language=language, text="…", translator="x", method=m) for m in methods)
    desk.change(Passage, "rescue", language="az-Latn", translations=tuple(made))
    return desk


def test_a_foreign_quote_needs_a_translation_that_can_be_read() -> None:
    human = TranslationMethod.HUMAN
    assert translated(human).findings("A28") == ()
    assert "az-Latn" in translated().only("A28").defect.found
    assert translated(human, language="fr").findings("A28")
    assert translated(human, language="en_GB").findings("A28") == ()


def test_a_machine_is_reviewed_by_a_person() -> None:
    human, machine = TranslationMethod.HUMAN, TranslationMethod.MACHINE
    assert (
        translated(machine)
        .only("A29")
        .defect.found.startswith("a translation into en by a machine")
    )
    assert translated(machine, human).findings("A29") == ()
    assert translated(TranslationMethod.MACHINE_REVIEWED).findings("A29") == ()


@pytest.mark.parametrize(
    ("words", "fires"),
    [
        ("Vera Holm, 34, lived at the mine.", True),
        ("The 34-year-old Vera Holm lived at the mine.", True),
        ("Vera Holm, a 34-year-old, lived at the mine.", True),
        ("A woman of 34 lived at the mine.", False),
        ("Some 32,000 Orlen Miners, 2,000 of them young, lived at the mine.", False),
        ("Orlen District, 10 March, at the mine.", False),
    ],
)
def test_a_person_with_name_and_age_is_asked_about(words: str, *, fires: bool) -> None:
    desk = Desk()
    desk.write("bulletin", f"{BULLETIN}{words}\n")
    desk.quote("rescue", words, "bulletin")
    assert bool(desk.findings("A39")) is fires
    for fields in ({"exposure_basis": "court record"}, {"sensitivity": Sensitivity.TEAM}):
        desk.change(Claim, "rescue", **{"exposure_basis": None, **fields})
        assert desk.findings("A39") == ()


def test_a_witness_may_be_hidden_or_unnamed() -> None:
    desk = Desk()
    desk.change(Source, "rescue-service", kind=SourceKind.WITNESS)
    assert {one.defect.subject.name for one in desk.findings("A39")} == {
        "injured: “nine miners”",
        "injured-bulletin: “Nine miners”",
        "rescue: “six hours”",
    }
    desk.change(Source, "rescue-service", named=False)
    assert desk.findings("A39") == ()
    desk.change(Source, "rescue-service", named=True, sensitivity=Sensitivity.RESTRICTED)
    assert desk.findings("A39") == ()


def test_a_language_without_patterns_shows_nobody() -> None:
    desk = Desk()
    desk.change(Passage, "rescue", language="xx", exact="Vera Holm, 34, lived.")
    assert desk.findings("A39") == ()


def test_words_are_counted_once_wherever_they_are_quoted() -> None:
    desk = Desk()
    desk.change(Document, "bulletin", quotation_limit=9)
    assert desk.findings("A40") == ()
    desk.quote("again", "The rescue took six hours.", "bulletin")
    desk.quote("inside", "rescue took six", "bulletin")
    desk.say("again", "six hours", "PT6H", document="bulletin", question="rescue")
    desk.say("inside", "six hours", "PT6H", document="bulletin", question="rescue")
    assert desk.findings("A40") == ()
    desk.change(Document, "bulletin", quotation_limit=8)
    assert desk.only("A40").defect.found == "9 words quoted"


def test_words_without_a_place_are_counted_by_their_text() -> None:
    desk = Desk()
    desk.change(Passage, "rescue", start=None, end=None)
    desk.change(Document, "bulletin", quotation_limit=8)
    assert desk.only("A40").defect.found == "9 words quoted"
    desk.change(Document, "bulletin", quotation_limit=None)
    assert desk.findings("A40") == ()


# --- standing ------------------------------------------------------------------------------------


def test_what_nobody_uses_may_be_retracted() -> None:
    desk = Desk()
    desk.dossier["bulletin"]["noticed"] = False
    assert desk.unseen("A35") == {"no list of retractions was given"}
    empty = replace(next(desk.dossiers()), claims=(), noticed=False)
    assert _run("A35", empty) == []


def test_a_document_without_a_doi_is_in_no_list() -> None:
    desk = item(DOI=None)
    desk.dossier["report"]["noticed"] = False
    assert desk.unseen("A35") == set()


def test_a_notice_may_have_no_date() -> None:
    desk = Desk()
    desk.dossier["report"]["notice"] = Notice("correction", None, "list.csv")
    assert desk.only("A35").defect.found.startswith("a notice (correction), in list.csv, with 11")


def test_a_dossier_without_a_project_reads_by_the_default() -> None:
    dossier = next(Desk().dossiers())
    assert (dossier.profile, dossier.languages) == ("default@1", ("en",))
    lone = Passage(id=name("p", "p"), document=dossier.document.id, exact="x", language="en")
    assert replace(dossier, held={}).text_of(lone) is None
    snapshot = dossier.snapshots[0]
    held = {snapshot.id: HeldText(text="x")}
    assert replace(dossier, held=held).text_of(lone) == "x"
    other = replace(lone, snapshot=name("snapshot", "none"))
    assert replace(dossier, held=held).text_of(other) is None


def test_a_question_of_another_kind_has_no_interval() -> None:
    desk = Desk()
    desk.change(Question, "killed", value_kind=ValueKind.TEXT)
    assert desk.findings("A26") == ()
    assert desk.get(Claim, "killed").value == ClaimValue(
        said="Fourteen miners", expression="14 miners"
    )


TEXTS = st.text(max_size=60) | st.sampled_from(
    ["not, not", "Vera Holm, 3", "at least", "may be", "killed by", "1–2", "٣–٤", "²", "\ud800", ""]
)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(["page", "line", "timestamp"]))
@settings(max_examples=20)
def test_no_words_make_a_check_fail(quote: str, said: str, other: str, locator: str) -> None:
    desk = Desk()
    locators = (Locator(kind=locator, value=other),)
    for key in ("when", "killed", "knew", "began"):
        desk.change(Passage, key, exact=quote or " ", locators=locators)
        desk.value(key, said=said, expression=other)
        desk.change(Claim, key, hedges=(said,), verb=other)
    desk.change(Document, "report", csl={"title": other, "issued": said, "accessed": quote})
    dossier = next(desk.assembled().dossiers())
    assert all(outcome.check for outcome in audit_document(dossier))


def test_a_stored_value_that_is_no_id_names_nothing() -> None:
    desk = Desk()
    desk.value("began", expression="the shaft")
    dossier = next(desk.assembled().dossiers())
    assert _run("A19", dossier) == []
    assert _run("A30", dossier) == []
