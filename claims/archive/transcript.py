"""The words of pictures, sound and film, which a person wrote down: plain text, SubRip, WebVTT.

Numbers, times and marks of subtitles are no words and are left out of the text; each cue becomes
a stretch that is labelled with its time. Where a cue names its speaker, and it is another one than
before, the name stands before the words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.analysis.extracted import Extracted, Stretch
from claims.archive.limits import refuse
from claims.archive.signs import PDF, SRT, VTT, Kind, Way

NO_TRANSCRIPT = (
    "It is {}, which has no text of its own: add a transcript, and passages can be quoted from it."
)

_CUE = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d\d)[,.]\d{1,3}[ \t]+-->[ \t]+[\d:.,]+[^\r\n]*")
_BREAK = re.compile(r"\r\n|\r|\n")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\r\n]+)>")
_MARK = re.compile(r"</?[a-zA-Z][^<>\r\n]*>|<\d[\d:.]*>|\{\\[^{}\r\n]*\}")


@dataclass(frozen=True, slots=True)
class _Cue:
    time: str
    words: str
    voice: str


def has_cues(kind: Kind) -> bool:
    """Whether a kind of text says when its words are spoken."""
    return kind.media_type in {SRT, VTT}


def subtitles(raw: Extracted, media_type: str) -> Extracted:
    """The words of subtitles, a line break between two cues, with their times.

    Raises:
        Unreadable: there is no cue with words in it.
    """
    pieces: list[str] = []
    times: list[Stretch] = []
    start, voice = 0, ""
    for cue in _cues(raw.text):
        named = f"{cue.voice}: " if cue.voice and cue.voice != voice else ""
        voice = cue.voice or voice
        piece = named + cue.words
        times.append(Stretch(start, start + len(piece), cue.time))
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
        extractor=f"subtitles@1{read}",
        main=(Stretch(0, len(text)),),
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


def _cues(text: str) -> Iterator[_Cue]:
    """The cues with words in them: what follows a line of times, up to the next blank line."""
    lines = iter(_BREAK.split(text))
    for line in lines:
        if (match := _CUE.fullmatch(line.strip())) is None:
            continue
        held: list[str] = []
        for words in lines:
            if not words.strip():
                break
            held.append(words)
        joined = "\n".join(held)
        voice = _VOICE.search(joined)
        words = html.unescape(_MARK.sub("", joined)).strip()
        hours, minutes, seconds = match.groups("0")
        if words:
            time = f"{int(hours):02}:{int(minutes):02}:{seconds}"
            yield _Cue(time, words, voice[1].strip() if voice else "")
