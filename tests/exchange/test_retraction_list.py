"""Lists of retractions in the layout of Retraction Watch, row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.analysis.retractions import Retraction
from claims.errors import DocumentFaults, NotFound
from claims.exchange.retraction_list import read_retractions

HEADING = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,"
    "RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,"
    "OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes,\n"
)
ROWS = (
    '1,"A ""bad"" paper, indeed",(BLS),Uni,J of X,P,UK,A;B,,Research Article;,2/2/2010 0:00,'
    "10.1000/notice,111,2/28/1998 0:00,10.1000/BAD,222,Retraction,"
    "+Falsification of Data;+Investigation by Journal;,No,,\n"
    "2,Another,,,,,,,,,2011-12-31 00:00:00,unavailable,0,,Unavailable,0,Correction,,No,,\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_each_row_is_a_notice(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes((HEADING + ROWS.replace("Another", "Another — é")).encode(encoding))
    first, second = read_retractions(path)
    assert first == Retraction(
        record="1",
        nature="Retraction",
        title='A "bad" paper, indeed',
        journal="J of X",
        date="2010-02-02",
        notice="10.1000/notice",
        doi="10.1000/BAD",
        pmid="222",
        original_date="1998-02-28",
        reasons=("Falsification of Data", "Investigation by Journal"),
        line=2,
    )
    assert (second.title, second.date, second.doi, second.pmid, second.reasons) == (
        "Another — é",
        "2011-12-31",
        "",
        "",
        (),
    )


def test_a_table_of_another_layout_is_refused_with_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Record ID,Title\n1,x\n", "utf-8")
    with pytest.raises(DocumentFaults, match="without RetractionDate, OriginalPaperDOI"):
        list(read_retractions(path))
    with pytest.raises(NotFound):
        list(read_retractions(tmp_path / "none.csv"))
