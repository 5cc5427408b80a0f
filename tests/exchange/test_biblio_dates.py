"""Dates that no calendar has are named by their line, and kept as far as they make sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.exchange.biblio import Bibliography, read_bibliography

ENTRY = "@misc{k,\n title={T},\n %s}\n"


def read(folder: Path, name: str, text: str) -> Bibliography:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_bibliography(path)


@pytest.mark.parametrize(
    ("fields", "date", "kept", "mended", "remarked"),
    [
        ("year=1992, month=13", [["1992"]], {"month": "13"}, ["month '13'"], []),
        ("year=1992, month=0, day=3", [["1992"]], {"month", "day"}, ["month '0'", "day '3'"], []),
        ("year=1992, month=2, day=30", [["1992", "2"]], {"day": "30"}, ["day '30'"], []),
        ("year=1992, month=feb, day=30", [["1992", "2"]], {"day": "30"}, ["day '30'"], []),
        ("year=1992, day=30", [["1992"]], {"day": "30"}, ["day '30'"], []),
        ("year=1992, month={May/June}", [["1992"]], {"month"}, [], ["month 'May/June'"]),
        ("year=1992, month=feb, day={29}", [["1992", "2", "29"]], {}, [], []),
        ("year=1992, month={2}", [["1992", "2"]], {}, [], []),
    ],
)
def test_a_month_and_a_day_that_make_no_date_are_named_by_line_and_kept(
    tmp_path: Path,
    fields: str,
    date: object,
    kept: object,
    mended: list[str],
    remarked: list[str],
) -> None:
    found = read(tmp_path, "a.bib", ENTRY % fields)

    (item,) = found.items
    assert item.csl["issued"] == {"date-parts": date}
    assert set(dict(item.csl.get("custom", {})).get("bibtex", {})) == set(kept)  # type: ignore[call-overload]
    assert [one.found for one in found.mended] == mended
    assert [one.found for one in found.remarks] == remarked
    assert {one.line for one in (*found.mended, *found.remarks)} <= {3}
    assert all("the year 1992; left out" in one.expected for one in found.mended)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.bib", ENTRY % "date={1992-13-01}", "1992-13-01"),
        ("a.bib", ENTRY % "month=13", "13"),
        ("a.ris", "TY  - BOOK\nTI  - T\nDA  - 1992/02/30/\nID  - k\nER  - \n", "1992-02-30"),
        ("a.json", '[{"id": "k", "issued": {"date-parts": [[1992, 13]]}}]', "1992-13"),
        ("a.json", '[{"id": "k", "issued": {"date-parts": 13}}]', '{"date-parts": "13"}'),
        ("a.json", '[{"id": "k", "issued": [1992]}]', '["1992"]'),
    ],
)
def test_figures_that_are_no_date_stay_in_their_words_and_are_named(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    found = read(tmp_path, name, text)

    assert found.items[0].csl["issued"] == {"literal": words}
    (remark,) = [one for one in found.remarks if one.field == "k, issued"]
    assert (remark.found, remark.line) == (f"{words!r}, which is no date", found.items[0].line)
    assert "as 1992-02-25" in remark.expected


def test_words_in_place_of_a_date_are_words(tmp_path: Path) -> None:
    found = read(tmp_path, "a.bib", ENTRY % "date={in press}")

    assert found.items[0].csl["issued"] == {"literal": "in press"}
    assert (found.mended, found.remarks) == ((), ())


def test_a_year_beside_another_date_is_kept_and_named(tmp_path: Path) -> None:
    (item,) = (found := read(tmp_path, "a.bib", ENTRY % "date={1992-02}, year={1993}")).items

    assert item.csl["issued"] == {"date-parts": [["1992", "2"]]}
    assert item.csl["custom"] == {"bibtex": {"year": "1993"}}
    assert [one.found for one in found.remarks] == ["the date 1992-02 and the year 1993"]
    assert read(tmp_path, "a.bib", ENTRY % "date={1992-02}, year={1992}").remarks == ()
