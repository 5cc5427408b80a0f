"""What an extractor gives: the text of some bytes, and where its parts begin and end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open stretch of the extracted text, in code points, with its name.

    ``label`` is a page's printed number where the document gives one, else its place from 1.
    """

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The whole text that an extractor took from some bytes; it is never normalised.

    ``media_type`` is what the bytes are by their own signs, ``extractor`` names the program that
    read them with its version. ``pages`` are the pages of a paged document, ``main`` the
    stretches that are the main text (all of it where a format has nothing else). ``notes`` are
    sentences a reader of the text should know: pages without text, parts that were left out.
    """

    text: str
    extractor: str
    media_type: str
    pages: tuple[Stretch, ...] = ()
    main: tuple[Stretch, ...] = ()
    notes: tuple[str, ...] = ()
