"""What every kind of file gives, and the journeys of a person who brings one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claims.archive.extract import extract
from claims.archive.limits import Limits
from claims.errors import InputRefused, NotFound, SetupError

REPORT = "Am Montag wurden „mindestens acht“ Menschen getötet.\r\nMehr ist nicht bekannt.\n"


def _file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_text_in_utf_8_is_taken_to_the_letter(tmp_path: Path) -> None:
    extracted = extract(_file(tmp_path, "a.txt", REPORT.encode()))
    assert extracted.text == REPORT
    assert (extracted.extractor, extracted.media_type) == ("identity@1", "text/plain")
    assert [(one.start, one.end) for one in extracted.main] == [(0, len(REPORT))]
    assert extracted.notes == ()


def test_a_combining_accent_is_left_as_it_is(tmp_path: Path) -> None:
    words = "cafe\u0301 and caf\u00e9\u00a0!"
    assert extract(_file(tmp_path, "a.txt", words.encode())).text == words
    page = f"<p>{words}</p>"
    assert extract(_file(tmp_path, "a.html", page.encode())).text == words


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(tmp_path: Path, encoding: str) -> None:
    extracted = extract(_file(tmp_path, "a.txt", REPORT.encode(encoding)))
    assert extracted.text == REPORT
    assert extracted.extractor == f"text@1 ({encoding})"


def test_a_missing_file_a_folder_and_a_pipe_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no file"):
        extract(tmp_path / "none.txt")
    with pytest.raises(InputRefused, match="is no file"):
        extract(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputRefused, match="is no file"):
        extract(tmp_path / "pipe")


def test_a_name_that_no_system_allows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be read"):
        extract(tmp_path / "a\0b")


def test_a_text_beyond_its_bound_is_refused(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", b"a" * 101)
    assert extract(path, limits=Limits(text_bytes=101)).text == "a" * 101
    with pytest.raises(InputRefused, match=r"a\.txt: file: found a text of 101 bytes"):
        extract(path, limits=Limits(text_bytes=100))


RUSSIAN = "Правозащитная организация сообщила, что погибли восемь мирных жителей города."
FRENCH = "Les autorités n’ont pas confirmé que « huit » personnes ont été tuées à l’école."


@pytest.mark.parametrize(
    ("words", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (RUSSIAN, "cp866"), (FRENCH, "cp1252")],
)
def test_an_encoding_of_the_past_is_guessed_and_told(
    tmp_path: Path, words: str, encoding: str
) -> None:
    extracted = extract(_file(tmp_path, "a.txt", words.encode(encoding)))
    assert extracted.text == words
    assert extracted.extractor.startswith("text@1 (")
    (note,) = extracted.notes
    assert "which is a guess" in note
    first = next(word for word in words.split() if not word.isascii())
    assert f"'{first}' should read right" in note


def test_a_guess_names_what_would_fit_as_well(tmp_path: Path) -> None:
    extracted = extract(_file(tmp_path, "a.txt", FRENCH.encode("cp1252")))
    assert "read as cp1252, which is a guess (cp1250, " in extracted.notes[0]


def test_an_encoding_that_a_server_names_is_no_guess(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", "ок, да".encode("koi8-r"))
    extracted = extract(path, media_type="text/plain; charset=koi8-r")
    assert (extracted.text, extracted.notes) == ("ок, да", ())
    assert extracted.extractor == "text@1 (koi8-r)"
    assert extract(path, media_type="text/plain; charset=nonsense").notes


def test_a_long_word_before_a_letter_that_is_not_ascii_takes_no_time(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", b"a" * 2_000_000 + " été".encode("cp1252"))
    assert "'été' should read right" in extract(path).notes[0]
