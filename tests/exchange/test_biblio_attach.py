"""Attachments are found beside the bibliography, never outside its folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims.exchange.biblio import Attachment, Bibliography, read_bibliography


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export of Zotero with its files, and a file outside of it."""
    (tmp_path / "secret.txt").write_text("not yours", "utf-8")
    inside = tmp_path / "export"
    for name in ("files/1/Report; part 1.pdf", "files/2/page.html", "Library.Data/PDF/77/a.pdf"):
        path = inside / name
        path.parent.mkdir(parents=True)
        path.write_text("words", "utf-8")
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    return inside


def read(folder: Path, name: str, text: str) -> Bibliography:
    (folder / name).write_text(text, "utf-8")
    return read_bibliography(folder / name)


PDF = Attachment(Path("files/1/Report; part 1.pdf"), "application/pdf")
HTML = Attachment(Path("files/2/page.html"), "text/html")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "zotero.bib",
            (
                r"@book{k, title={T}, file={Full\: Text:files/1/Report\; part 1.pdf:application/pdf"
                r";Page:files/2/page.html:text/html}}"
            ),
        ),
        (
            "better.bib",
            r"@book{k, title={T}, file={files/1/Report\; part 1.pdf;files/2/page.html}}",
        ),
        (
            "zotero.ris",
            (
                "TY  - BOOK\nTI  - T\nL1  - files/1/Report; part 1.pdf\nL2  - https://a.org/b.pdf\n"
                "L4  - files/2/page.html\nER  - \n"
            ),
        ),
        (
            "zotero.json",
            json.dumps(
                [
                    {
                        "title": "T",
                        "attachments": [{"path": "files/1/Report\\; part 1.pdf"}],
                        "file": "files/2/page.html",
                    }
                ]
            ),
        ),
    ],
)
def test_the_files_of_an_export_go_with_their_item(folder: Path, name: str, text: str) -> None:
    found = read(folder, name, text)
    (item,) = found.items
    told = {Attachment(one.path.relative_to(folder), one.media_type) for one in item.attachments}
    assert told == {PDF, HTML}
    assert found.remarks == () or name == "zotero.json"


def test_the_pdfs_of_endnote_lie_in_the_data_folder_of_the_library(folder: Path) -> None:
    text = (
        "<xml><records><record><titles><title>T</title></titles><urls><pdf-urls>"
        "<url>internal-pdf://77/a.pdf</url></pdf-urls></urls></record></records></xml>"
    )
    (item,) = read(folder, "x.xml", text).items
    assert [one.path.relative_to(folder) for one in item.attachments] == [
        Path("Library.Data/PDF/77/a.pdf")
    ]
    assert "custom" not in item.csl


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("../secret.txt", "outside the folder"),
        ("/etc/passwd", "outside the folder"),
        ("link.txt", "outside the folder"),
        ("files/../../secret.txt", "outside the folder"),
        ("file:///etc/passwd", "outside the folder"),
        ("files/3/gone.pdf", "not there"),
        ("files", "not there"),
        ("a\0b", "no name of a file"),
        ("x" * 5_000, "no name of a file"),
    ],
)
def test_what_is_outside_or_not_there_is_told_and_left_out(
    folder: Path, path: str, told: str
) -> None:
    text = json.dumps([{"id": "k", "title": "T", "attachments": [path]}])
    found = read(folder, "x.json", text)
    assert found.items[0].attachments == ()
    assert [remark.field for remark in found.remarks if told in remark.found] == ["k"]


def test_the_paths_themselves_are_not_kept(folder: Path) -> None:
    found = read(folder, "x.bib", "@book{k, title={T}, file={/home/me/private/a.pdf}}")
    assert "private" not in str(found.items)
