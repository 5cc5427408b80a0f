"""Pictures, sound and film: known by their signs, and given words by a transcript."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.analysis.extracted import Extracted
from claims.archive.extract import extract
from claims.errors import InputRefused
from tests.archive.made import PAGE, one_page, put

SOUND = b"ID3\x04" + bytes(60)

SUBRIP = """1
00:00:01,000 --> 00:00:02,500
<i>Eight people</i> were killed,
they said.

2
00:01:05,000 --> 00:01:07,000  X1:1 X2:2
{\\an8}We saw smoke &amp; fire.

3
00:01:08,000 --> 00:01:09,000

"""

WEBVTT = """WEBVTT - a talk

NOTE not
spoken

STYLE
::cue { color: red }

intro
00:05.000 --> 00:07.000 align:start
<v.loud Speaker A>Eight <b>people</b> were killed.</v>

01:00:05.000 --> 01:00:07.000
<v Speaker A>They <00:00:06.000>fled.

01:00:08.000 --> 01:00:09.000
<v Speaker B>I saw it.
"""


def _timed(extracted: Extracted) -> dict[str, str]:
    return {one.label: extracted.text[one.start : one.end] for one in extracted.times}


@pytest.mark.parametrize(
    ("data", "media_type", "called"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png", "a picture"),
        (b"\xff\xd8\xff\xe0", "image/jpeg", "a picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp", "a picture"),
        (b"BM" + bytes(12) + b"\x28\0\0\0", "image/bmp", "a picture"),
        (b"\0\0\0\x18ftypheic", "image/heic", "a picture"),
        (b"<?xml version='1.0'?>\n<svg xmlns='x'>", "image/svg+xml", "a picture"),
        (SOUND, "audio/mpeg", "a sound recording"),
        (b"\xff\xfb\x90\x64", "audio/mpeg", "a sound recording"),
        (b"\xff\xf1\x50\x80", "audio/aac", "a sound recording"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav", "a sound recording"),
        (b"OggS" + bytes(30) + b"OpusHead", "audio/ogg", "a sound recording"),
        (b"OggS" + bytes(30) + b"\x80theora", "video/ogg", "a film"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4", "a sound recording"),
        (b"\0\0\0\x18ftypisom", "video/mp4", "a film"),
        (b"\x1a\x45\xdf\xa3" + b"\x42\x82\x84webm", "video/webm", "a film"),
        (b"\x1a\x45\xdf\xa3" + b"\x42\x82\x88matroska", "video/x-matroska", "a film"),
    ],
)
def test_media_are_known_by_their_signs_and_have_no_text(
    tmp_path: Path, data: bytes, media_type: str, called: str
) -> None:
    extracted = extract(put(tmp_path, "a.bin", data))
    assert (extracted.text, extracted.media_type) == ("", media_type)
    assert extracted.extractor
    assert extracted.notes == (
        (
            f"It is {called}, which has no text of its own: add a transcript, and passages can be"
            " quoted from it."
        ),
    )


def test_a_plain_transcript_becomes_the_text(tmp_path: Path) -> None:
    words = put(tmp_path, "a.txt", "Eight people were killed.\n")
    extracted = extract(put(tmp_path, "a.mp3", SOUND), transcript=words)
    assert extracted.text == "Eight people were killed.\n"
    assert extracted.media_type == "audio/mpeg"
    assert extracted.extractor == "transcript@1 (identity@1)"
    assert (extracted.times, extracted.pages, extracted.notes) == ((), (), ())


def test_subrip_gives_words_with_their_times(tmp_path: Path) -> None:
    words = put(tmp_path, "a.srt", SUBRIP.replace("\n", "\r\n"))
    extracted = extract(put(tmp_path, "a.mp3", SOUND), transcript=words)
    assert extracted.text == "Eight people were killed,\nthey said.\nWe saw smoke & fire."
    assert _timed(extracted) == {
        "00:00:01": "Eight people were killed,\nthey said.",
        "00:01:05": "We saw smoke & fire.",
    }
    assert extracted.extractor == "transcript@1 (subtitles@2)"


def test_webvtt_names_a_speaker_where_another_begins(tmp_path: Path) -> None:
    extracted = extract(put(tmp_path, "a.vtt", WEBVTT))
    assert extracted.media_type == "text/vtt"
    assert _timed(extracted) == {
        "00:00:05": "Speaker A: Eight people were killed.",
        "01:00:05": "They fled.",
        "01:00:08": "Speaker B: I saw it.",
    }


def test_subtitles_in_another_encoding_name_it(tmp_path: Path) -> None:
    extracted = extract(put(tmp_path, "a.srt", SUBRIP.encode("utf-8-sig")))
    assert extracted.extractor == "subtitles@2 of text@1 (utf-8-sig)"
    assert extracted.text.startswith("Eight people")


BROKEN = """1
00:00:01,000 --> 00:00:02,500
Eight people were killed.

2
00:00:0x,5 --> 00:00:07
Two more
  were missing.

3
00:00:08 --> 00:00:09
A third was found.

00:75:08,000 --> 00:76:09,000
Nobody else.

They said so
--> to us.

5
00:00:10,000 --> 00:00:11,000
In the morning
6
00:00:12,000 --> 00:00:13,000
In the evening
"""


def test_words_whose_time_cannot_be_read_stay_without_one_and_are_counted(tmp_path: Path) -> None:
    extracted = extract(put(tmp_path, "a.srt", BROKEN))
    assert extracted.media_type == "application/x-subrip"
    assert extracted.text.splitlines() == [
        "Eight people were killed.",
        "00:00:0x,5 --> 00:00:07",  # words or a time: what cannot be told is not left out
        "Two more",
        "  were missing.",
        "A third was found.",
        "Nobody else.",
        "They said so",
        "--> to us.",
        "In the morning",
        "In the evening",
    ]
    assert _timed(extracted) == {
        "00:00:01": "Eight people were killed.",
        "00:00:10": "In the morning",
        "00:00:12": "In the evening",
    }
    assert extracted.notes == (
        (
            "4 cues have no time that can be read, the first in line 5: the words stand in the"
            " text, without a time."
        ),
    )


@pytest.mark.parametrize("said", ["580", "580\npeople, he said"])
def test_a_figure_after_a_blank_line_within_a_cue_stays(tmp_path: Path, said: str) -> None:
    cue = f"1\n00:00:01,000 --> 00:00:04,000\nThe number of dead was\n\n{said}\n\n"
    more = "2\n00:00:05,000 --> 00:00:07,000\nsaid the mayor\n"
    extracted = extract(put(tmp_path, "a.srt", cue + more))
    assert extracted.text.split() == f"The number of dead was {said} said the mayor".split()
    assert extracted.notes[0].startswith("1 cue has no time that can be read, the first in line 5")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.srt", "1\n00:00:01 --> 00:00:02\nEight people.\n"),
        ("a.vtt", "WEBVTT\nKind: captions\n\nNOTE not\nspoken\n\n00:01 --> 00:02\nEight people.\n"),
        ("a.vtt", "WEBVTT\n\nEight people.\n"),
        ("a.vtt", "WEBVTT\n00:01 --> 00:02\nEight people.\n"),
    ],
)
def test_subtitles_without_any_time_give_their_words(tmp_path: Path, name: str, data: str) -> None:
    extracted = extract(put(tmp_path, name, data))
    assert (extracted.text, extracted.times) == ("Eight people.", ())
    assert extracted.extractor == "subtitles@2"
    (note,) = extracted.notes
    assert note.startswith("1 cue has no time that can be read, the first in line")


def test_cues_out_of_order_keep_the_order_of_the_file_and_their_times(tmp_path: Path) -> None:
    cue = "{0}\n00:00:0{0},000 --> 00:00:09,000\nWords {0}.\n\n"
    extracted = extract(put(tmp_path, "a.srt", "".join(map(cue.format, (3, 1, 2)))))
    assert extracted.text == "Words 3.\nWords 1.\nWords 2."
    assert list(_timed(extracted)) == ["00:00:03", "00:00:01", "00:00:02"]
    assert extracted.notes == ()


@pytest.mark.parametrize(
    ("name", "data", "words", "found"),
    [
        ("a.html", PAGE.encode(), b"words", "a transcript for a web page .*a text of its own"),
        ("a.mp3", SOUND, one_page(b""), "a PDF; expected a transcript as plain text, SubRip"),
        (
            "a.mp3",
            SOUND,
            b"WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>\n",
            "subtitles without words",
        ),
        ("a.mp3", SOUND, b"", "an empty file"),
    ],
    ids=["has text", "no text", "no words", "empty"],
)
def test_what_is_no_transcript_or_needs_none_is_refused(
    tmp_path: Path, name: str, data: bytes, words: bytes, found: str
) -> None:
    with pytest.raises(InputRefused, match=f"found {found}"):
        extract(put(tmp_path, name, data), transcript=put(tmp_path, "words", words))


def test_an_hour_of_endless_digits_is_no_time(tmp_path: Path) -> None:
    endless = f"WEBVTT\n\n{'9' * 9_000}:00:01.000 --> 00:02.000\nEight people.\n"
    extracted = extract(put(tmp_path, "a.vtt", endless))
    assert (extracted.text, extracted.times) == ("Eight people.", ())
