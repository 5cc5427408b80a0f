"""What was looked for, in every form of a report: told as silence, never as a denial."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from claims.analysis.records import Inquiry
from claims.analysis.vocabulary import InquiryOutcome, Stance
from claims.report.inquiries import LEAD, inquiry_words
from claims.report.json import as_json, report_schema
from claims.report.json import render as render_json
from claims.report.markdown import render as render_markdown
from claims.report.model import narrowed
from claims.report.page import render as render_page
from claims.report.shape import Report
from claims.report.text import render
from tests.report.made import ARTICLE, RELIEF, Bench, ident

ODD = "a <b>list</b> of *the dead*\x1b[31m"
"""Words that must steer neither a terminal nor a page."""


def _inquiry(key: str, **more: object) -> Inquiry:
    fields = {
        "topic": ident("flood"),
        "looked_for": f"a {key}",
        "looked_in": "the town archive",
        "looked_by": "a reader",
    }
    return Inquiry(id=ident(f"inquiry {key}"), key=key, **{**fields, **more})  # type: ignore[arg-type]


def _made() -> Report:
    bench = Bench()
    bench.sources.append(RELIEF)
    asked = bench.ask("dead", "How many died?")
    looked = bench.claim(asked, "looked", None, stance=Stance.COULD_NOT_CONFIRM)
    bench.result(asked, (looked,), origins=0)
    bench.more["inquiries"] = (
        _inquiry(
            "list",
            question=asked.id,
            looked_on="2021-08",
            words=("list", "morgue"),
            claims=(looked.claim.id,),
            source=RELIEF.id,
            document=ARTICLE.id,
            note="July is missing.",
        ),
        _inquiry("register", looked_for=ODD, outcome=InquiryOutcome.INCONCLUSIVE),
        _inquiry("elsewhere", question=ident("of another part")),
    )
    return bench.report()


LIST = (
    "Looked for, not found: a list, in the town archive, by a reader, on 2021-08, with the words"
    " “list” and “morgue”, consulting “Relief group” and “The flood”. Claim 1a rests on it."
    " July is missing."
)


def test_the_earliest_comes_first_and_those_of_questions_that_are_not_shown_are_left_out() -> None:
    found = _made().inquiries
    assert [one.inquiry.key for one in found] == ["register", "list"]
    assert [one.question for one in found] == [None, 1]


def test_it_says_what_where_by_whom_when_and_with_what_words() -> None:
    register, listing = map(inquiry_words, _made().inquiries)
    assert listing == LIST
    assert register == (
        f"Looked for, with no clear outcome: {ODD}, in the town archive, by a reader, on a day"
        " not recorded."
    )


def test_it_stands_under_its_question_or_in_a_section_of_its_own() -> None:
    shown = " ".join(render(_made(), width=100).split())
    under = shown.index("Looked for, not found: a list")
    assert shown.index("How many died?") < under < shown.index("LOOKED FOR ──")
    assert " ".join(LEAD.split()) in shown
    assert "\x1b" not in shown
    assert "denied" not in shown.replace(LEAD, "")


def test_markdown_and_the_page_tell_the_same() -> None:
    written, page = render_markdown(_made()), render_page(_made())
    assert "## Looked for" in written
    for told in (written, page):
        assert "Looked for, not found: a list, in the town archive" in told
        assert "<b>list</b>" not in told
        assert "\x1b" not in told
    assert 'id="looked-for"' in page
    assert 'href="#looked-for"' in page


def test_without_inquiries_there_is_no_section() -> None:
    bench = Bench()
    asked = bench.ask("dead", "How many died?")
    bench.result(asked, ())
    made = bench.report()
    assert made.inquiries == ()
    for told in (render(made), render_markdown(made), render_page(made)):
        assert "looked for" not in told.lower().replace("unrecorded copying was not looked for", "")


def test_json_gives_every_part_and_keeps_to_the_schema() -> None:
    made = _made()
    data = json.loads(render_json(made))
    Draft202012Validator(report_schema()).validate(data)
    assert as_json(made)["inquiries"][1] == {
        "id": str(ident("inquiry list")),
        "key": "list",
        "question": str(ident("dead")),
        "looked_for": "a list",
        "looked_in": "the town archive",
        "looked_by": "a reader",
        "looked_on": "2021-08",
        "words": ["list", "morgue"],
        "consulted": ["Relief group", "The flood"],
        "outcome": "nothing",
        "claims": [str(ident("looked"))],
        "note": "July is missing.",
    }
    assert as_json(made)["inquiries"][0]["question"] is None


def test_conflicts_alone_leave_out_what_was_looked_for_on_other_questions() -> None:
    assert [one.inquiry.key for one in narrowed(_made(), "conflicts").inquiries] == ["register"]
