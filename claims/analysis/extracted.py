"""The text of some bytes as an extractor gives it, and where its parts begin and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open stretch of the extracted text, in code points, with its name.

    ``label`` is a page's printed number where the document gives one, else its place from 1; of
    recorded speech it is the time from the beginning (``00:01:05``).
    """

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a file says of itself, in its own words: a proposal for a person, never a fact."""

    title: str = ""
    author: str = ""
    date: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The whole text that an extractor took from some bytes; it is never normalised.

    ``media_type`` is what the bytes are by their own signs, ``extractor`` names the program that
    read them with its version. ``pages`` are the pages of a paged document, ``times`` the pieces
    of a transcript that says when they were spoken, ``main`` the stretches that are the main text
    (all of it where a format has nothing else). ``notes`` are sentences a reader of the text
    should know: pages without text, parts that were left out. Of a page that was found in a web
    archive, ``url`` and ``captured_at`` are the address and the time that the archive gives.
    ``imprint`` is what the bytes say of themselves; it is shown once, and no part of the layout
    that is archived.
    """

    text: str
    extractor: str
    media_type: str
    pages: tuple[Stretch, ...] = ()
    main: tuple[Stretch, ...] = ()
    notes: tuple[str, ...] = ()
    times: tuple[Stretch, ...] = ()
    url: str = ""
    captured_at: datetime | None = None
    imprint: Imprint = Imprint()
