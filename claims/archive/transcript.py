"""The words of pictures, sound and film, which a person wrote down: plain text, SubRip, WebVTT.

Numbers, times and marks of subtitles are no words and are left out of the text; each cue becomes
a stretch that is labelled with its time. Where a cue names its speaker, and it is another one than
before, the name stands before the words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, groupby

from claims.analysis.extracted import Extracted, Stretch
from claims.archive.limits import refuse
from claims.archive.signs import PDF, SRT, VTT, Kind, Way

NO_TRANSCRIPT = (
    "It is {}, which has no text of its own: add a transcript, and passages can be quoted from it."
)

_CUE = re.compile(r"(?:(\d{1,6}):)?([0-5]?\d):([0-5]\d)[,.]\d{1,3}[ \t]+-->[ \t]+[\d:.,]+[^\r\n]*")
_ARROW = "-->"
_ASIDE = re.compile(r"WEBVTT(?:[ \t].*)?|NOTE(?:[ \t].*)?|STYLE|REGION")
_BREAK = re.compile(r"\r\n|\r|\n")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\r\n]+)>")
_MARK = re.compile(r"</?[a-zA-Z][^<>\r\n]*>|<\d[\d:.]*>|\{\\[^{}\r\n]*\}")


_Line = tuple[int, str]
"""A line of a file and its number, from 1."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is said in a cue; ``time`` is empty where none can be read."""

    line: int
    time: str
    words: str
    voice: str


@dataclass(slots=True)
class _Raw:
    """A cue as it stands in the file, with the number of its first line."""

    line: int
    time: str = ""
    words: list[str] = field(default_factory=list)


def has_cues(kind: Kind) -> bool:
    """Whether a kind of text says when its words are spoken."""
    return kind.media_type in {SRT, VTT}


def subtitles(raw: Extracted, media_type: str) -> Extracted:
    """The words of subtitles, a line break between two cues, with their times.

    Words whose time cannot be read stand there without one, and a note counts them.

    Raises:
        Unreadable: there is no cue with words in it.
    """
    pieces: list[str] = []
    times: list[Stretch] = []
    untimed: list[int] = []
    start, voice = 0, ""
    for cue in _cues(_BREAK.split(raw.text), media_type):
        named = f"{cue.voice}: " if cue.voice and cue.voice != voice else ""
        voice = cue.voice or voice
        piece = named + cue.words
        if cue.time:
            times.append(Stretch(start, start + len(piece), cue.time))
        else:
            untimed.append(cue.line)
        pieces.append(piece)
        start += len(piece) + 1
    if not pieces:
        refuse("subtitles without words", "subtitles that give times and words")
    text = "\n".join(pieces)
    read = "" if raw.extractor == "identity@1" else f" of {raw.extractor}"
    return replace(
        raw,
        text=text,
        media_type=media_type,
        extractor=f"subtitles@2{read}",
        main=(Stretch(0, len(text)),),
        notes=(*raw.notes, *([_untimed(untimed)] if untimed else [])),
        times=tuple(times),
    )


def transcribed(kind: Kind, words: Extracted) -> Extracted:
    """The words of a transcript as the text of what was transcribed.

    Form feeds in the transcript of a PDF begin a new page.

    Raises:
        Unreadable: bytes of that kind have a text of their own.
    """
    if kind.way is not Way.HEARD_OR_SEEN and kind.media_type != PDF:
        refuse(
            f"a transcript for {kind.name}, which has a text of its own",
            "a transcript of a picture, a sound recording, a film, or a PDF made of pictures",
        )
    return replace(
        words,
        extractor=f"transcript@1 ({words.extractor})",
        media_type=kind.media_type,
        pages=tuple(_pages(words.text)) if kind.media_type == PDF else (),
    )


def _pages(text: str) -> Iterator[Stretch]:
    start = 0
    for number, page in enumerate(text.split("\f"), 1):
        yield Stretch(start, start + len(page), str(number))
        start += len(page) + 1


def _cues(lines: Sequence[str], media_type: str) -> Iterator[_Cue]:
    """The cues with words in them, in the order of the file."""
    for block in _blocks(lines, media_type):
        for cue in _parted(block):
            joined = "\n".join(cue.words)
            voice = _VOICE.search(joined)
            words = html.unescape(_MARK.sub("", joined)).strip()
            if words:
                yield _Cue(cue.line, cue.time, words, voice[1].strip() if voice else "")


def _blocks(lines: Sequence[str], media_type: str) -> Iterator[list[_Line]]:
    """What stands between blank lines, without the head and the asides of WebVTT."""
    for filled, group in groupby(enumerate(lines, 1), lambda one: bool(one[1].strip())):
        block = list(group)
        if media_type == VTT and _ASIDE.fullmatch(block[0][1].strip()):
            block = list(dropwhile(lambda one: _ARROW not in one[1], block))
        if filled and block:
            yield block


def _parted(block: list[_Line]) -> Iterator[_Raw]:
    """The cues of a block: mostly one; each line of times begins another.

    What is read as a line of times and is none gives no time, and so does a block without one.
    The line before a line of times is the name or the number of the cue; any other figure is
    what was said.
    """
    cue = _Raw(block[0][0])
    begun = False
    for number, line in block:
        if (time := _time(line)) or (not begun and _are_times(line)):
            if cue.words and (_is_number(cue.words[-1]) or (len(cue.words) == 1 and not begun)):
                cue.words.pop()
            yield cue
            cue, begun = _Raw(number, time), True
        else:
            cue.words.append(line)
    if not begun and _is_number(cue.words[0]) and _ARROW in "".join(cue.words[1:2]):
        del cue.words[0]
    yield cue


def _time(line: str) -> str:
    """When a cue begins, or nothing where its times cannot be read."""
    if (match := _CUE.fullmatch(line.strip())) is None:
        return ""
    hours, minutes, seconds = match.groups("0")
    return f"{int(hours):02}:{int(minutes):02}:{seconds}"


def _are_times(line: str) -> bool:
    return _ARROW in line and not any(map(str.isalpha, line))


def _is_number(line: str) -> bool:
    return line.strip().isdecimal()


def _untimed(lines: Sequence[int]) -> str:
    cues = "1 cue has" if len(lines) == 1 else f"{len(lines)} cues have"
    return (
        f"{cues} no time that can be read, the first in line {lines[0]}: the words stand in the"
        " text, without a time."
    )
