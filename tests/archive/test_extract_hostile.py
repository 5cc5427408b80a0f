"""Hostile files: each is refused in one sentence, in bounded time and memory."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.archive.extract import extract
from claims.archive.extractors import extractor_of
from claims.archive.from_text import plain_text
from claims.archive.limits import Limits, Unreadable
from claims.archive.signs import DOCX, HTML, ODT, PDF, WACZ, WARC, Way, kind_of
from claims.errors import InputRefused, SetupError
from tests.archive.hostile_files import ADDRESS, files, slow_files
from tests.archive.made import PAGE, one_page, open_document, put, taken, wacz, warc, word_of

ROOT = Path(__file__).parents[2]
MOST_KIB = 512 * 1024


def _read(seconds: int, paths: list[Path]) -> tuple[list[str], float, int]:
    """What is said of each file, the longest time and the most memory that one took."""
    done = subprocess.run(
        [sys.executable, ROOT / "tests/archive/read_in_bounds.py", str(seconds), *paths],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    *lines, memory = [json.loads(line) for line in done.stdout.splitlines()]
    return [one["said"] for one in lines], max(one["seconds"] for one in lines), max(memory)


def test_hostile_files_are_refused_in_one_sentence(tmp_path: Path) -> None:
    made = files()
    paths = [put(tmp_path, name, data) for name, (data, _) in made.items()]
    said, seconds, memory = _read(10, paths)
    for name, words, (_, expected) in zip(made, said, made.values(), strict=True):
        assert words.startswith(f"{name}: file: found "), words
        assert expected in words
    assert seconds < 10
    assert memory < MOST_KIB
    assert sorted(tmp_path.iterdir()) == sorted(paths)  # nothing was written


def test_what_takes_long_is_stopped(tmp_path: Path) -> None:
    paths = [put(tmp_path, name, data) for name, data in slow_files().items()]
    said, seconds, memory = _read(1, paths)
    assert all("found a PDF that is not read within 1 seconds" in one for one in said)
    assert seconds < 2
    assert memory < MOST_KIB


@pytest.mark.slow
def test_ten_seconds_are_enough_to_read_or_refuse_what_takes_long(tmp_path: Path) -> None:
    paths = [put(tmp_path, name, data) for name, data in slow_files().items()]
    paths += [
        put(tmp_path, "wide.html", b"<html><body>" + b"<p>x " * 1_500_000),
        put(tmp_path, "links.html", b"<html><body>" + b"<a href=x>y</a> " * 500_000),
    ]
    said, seconds, memory = _read(10, paths)
    assert all(": file: found " in one or one.endswith("code points") for one in said)
    assert seconds < 10
    assert memory < MOST_KIB


def test_a_file_of_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "a.pdf"]
    for path in paths:
        path.write_bytes(b"%PDF-1.7")
        os.truncate(path, 1 << 30)
    said, seconds, memory = _read(10, paths)
    assert said == [
        f"{path.name}: file: found a file of 1024 MiB; expected at most 256 MiB; give a part of it"
        for path in paths
    ]
    assert seconds < 1
    assert memory < MOST_KIB


_TRIED = """
import os, socket, subprocess, sys
from claims.archive.confined import give_up
from claims.archive.limits import Limits
give_up(Limits())
tried = {
    "socket": lambda: socket.socket(),
    "name": lambda: socket.getaddrinfo("localhost", 80),
    "process": lambda: subprocess.run(["true"]),
    "shell": lambda: os.system("true"),
    "fork": lambda: os.fork(),
    "file": lambda: open(sys.argv[1], "w").write("x" * 100_000),
    "memory": lambda: bytearray(600 << 20),
}
for name, attempt in tried.items():
    try:
        attempt()
    except (PermissionError, OSError, MemoryError) as error:
        print(name, type(error).__name__)
"""


def test_the_process_that_reads_can_do_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TRIED, str(tmp_path / "written")],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    assert done.stdout.splitlines() == [
        "socket PermissionError",
        "name PermissionError",
        "process PermissionError",
        "shell PermissionError",
        "fork PermissionError",
        "file OSError",
        "memory MemoryError",
    ]


def test_a_file_that_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "a.html", b"<html><p>" + b"<i>x</i>" * 300_000)
    with pytest.raises(InputRefused, match=r"a\.html: file: found .*(memory|parsed|breaks down)"):
        extract(path, limits=Limits(memory=128 << 20))


def test_a_text_longer_than_allowed_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", word_of(f"<w:p><w:r><w:t>{'a' * 5000}</w:t></w:r></w:p>"))
    with pytest.raises(InputRefused, match=r"found a file with more text than 4,000 bytes"):
        extract(path, limits=Limits(text_bytes=4000))


def test_an_empty_file_and_one_without_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"^a\.pdf: file: found an empty file; expected a text"):
        extract(put(tmp_path, "a.pdf", b""))
    with pytest.raises(InputRefused, match="found a text of nothing but white space"):
        extract(put(tmp_path, "a.txt", b" \n\t"))


def test_a_file_that_nobody_may_read_is_told(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "words")
    done = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, str(path)],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    assert "cannot be read: permission denied; check the path and your rights" in done.stdout


_AS_NOBODY = """
import os, pathlib, sys
from claims.archive.extract import extract
path = pathlib.Path(sys.argv[1])
path.chmod(0)
for folder in path.parents:
    if os.access(folder, os.W_OK) and os.geteuid() == 0 and "pytest" in folder.name:
        folder.chmod(0o755)
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    extract(path)
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.pdf", b"MZ\x90\x00", "found a program for Windows"),
        ("a.pdf", b"\x7fELF\x02", "found a program"),
        ("a.txt", b"SQLite format 3\x00", "found an SQLite database"),
        ("a.txt", b"one\ntwo\x00", r"found bytes that are no text \(0x00 in line 2\)"),
        ("a.txt", b"one\x01\xff", r"found bytes that are no text \(0x01 in line 1\)"),
        ("a.txt", b"\xff\xfea", "found bytes that are no utf-16"),
        ("a.txt", b"\xff\xfea\x00\x00\x00", r"found the character U\+0000 in line 1"),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related", "saved as MHTML"),
    ],
)
def test_bytes_that_are_something_else_are_refused(
    tmp_path: Path, name: str, data: bytes, found: str
) -> None:
    with pytest.raises(InputRefused, match=found):
        extract(put(tmp_path, name, data))


def test_a_wrong_name_is_told_where_the_file_can_be_read(tmp_path: Path) -> None:
    extracted = extract(put(tmp_path, "report.pdf", "Just words."))
    assert extracted.text == "Just words."
    assert extracted.notes == (
        "Its name ends like that of another kind of file: by its content it is a plain text.",
    )


def test_without_the_parsers_plain_text_is_read_and_the_rest_names_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    for package in ("lxml", "pypdf", "charset_normalizer"):
        put(hidden, f"{package}.py", f"raise ModuleNotFoundError(name={package!r})")
    monkeypatch.syspath_prepend(str(hidden))
    for loaded in [one for one in sys.modules if one.startswith("charset_normalizer")]:
        monkeypatch.delitem(sys.modules, loaded)
    assert extract(put(tmp_path, "a.txt", "words")).text == "words"
    mend = r'install it with: pip install "claims\[archive\]"'
    with pytest.raises(SetupError, match=rf"^a web page \(HTML\) needs the package lxml; {mend}"):
        extract(put(tmp_path, "a.html", "<html><p>words"))
    with pytest.raises(SetupError, match=f"^a PDF needs the package pypdf; {mend}"):
        extract(put(tmp_path, "a.pdf", one_page(b"")))
    with pytest.raises(SetupError, match="a text that is not UTF-8 needs the package charset-norm"):
        extract(put(tmp_path, "b.txt", "é".encode("cp1252")))


def test_a_package_that_lacks_another_is_not_the_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    put(hidden, "trafilatura.py", "raise ImportError('cleaning is a project of its own\\nget it')")
    monkeypatch.syspath_prepend(str(hidden))
    lacking = r"needs a package that is not there \(cleaning is a project of its own\); install it"
    with pytest.raises(SetupError, match=lacking):
        extract(put(tmp_path, "a.html", "<html><p>words"))


SAMPLES = {
    HTML: PAGE.encode(),
    PDF: one_page(b"BT /F1 9 Tf 9 9 Td (eight) Tj ET"),
    DOCX: word_of("<w:p><w:r><w:t>eight</w:t></w:r></w:p>"),
    ODT: open_document("<text:p>eight</text:p>"),
    WARC: warc([(ADDRESS, "text/html", "<p>eight")]),
    WACZ: wacz([(ADDRESS, "text/html", "<p>eight")]),
}


@st.composite
def _mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sound file of which pieces were cut out, doubled or overwritten."""
    kind = draw(st.sampled_from(sorted(SAMPLES)))
    data = bytearray(SAMPLES[kind])
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        data[start:end] = draw(
            st.one_of(st.just(b""), st.binary(max_size=9), st.just(data[start:end] * 2))
        )
    return kind, bytes(data)


@given(_mutated())
def test_a_damaged_file_is_read_or_refused(case: tuple[str, bytes]) -> None:
    """In this process, where nothing would hide what an extractor lets through."""
    kind, data = case
    try:
        extracted = extractor_of(kind)(io.BytesIO(data), Limits(), {})
    except Unreadable:
        return
    text = extracted.text
    assert all(0 <= one.start <= one.end <= len(text) for one in extracted.pages)
    assert all(0 <= one.start <= one.end <= len(text) for one in extracted.main)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.pdf", "a.srt", "a"]))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with suppress(Unreadable):
        kind = kind_of(io.BytesIO(data), name, None)
        if kind.way is Way.PLAIN:
            assert plain_text(data, None, Limits()).text.strip()
        elif kind.way is Way.CONFINED:
            assert taken(data, name).media_type == kind.media_type
