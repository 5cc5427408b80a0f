"""Which module takes the text from which bytes, its parser imported when needed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import IO

from claims.analysis.extracted import Extracted
from claims.archive.limits import Limits
from claims.archive.signs import DOCX, HTML, ODT, PDF, WACZ, WARC

Extractor = Callable[[IO[bytes], Limits, dict[str, str]], Extracted]

_MODULES = {
    HTML: "claims.archive.from_html",
    PDF: "claims.archive.from_pdf",
    DOCX: "claims.archive.from_docx",
    ODT: "claims.archive.from_odt",
    WARC: "claims.archive.from_warc",
    WACZ: "claims.archive.from_wacz",
}


def extractor_of(media_type: str) -> Extractor:
    """The function that takes the text from bytes of a kind that needs a parser.

    It gets the open file, the limits, and hints (``media_type`` as a server named it,
    ``wanted_url``), and raises :class:`~claims.archive.limits.Unreadable` on what it cannot read.
    """
    found: Extractor = import_module(_MODULES[media_type]).extracted
    return found
