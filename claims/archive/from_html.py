"""The visible text of a web page, with the stretches that are its main text.

The line breaks follow the rules by which browsers copy a page as text (``innerText`` in the HTML
Standard): paragraphs stand apart by a blank line, other blocks by a line break, the cells of a
table by tabs. White space runs together as a browser shows it, except where it is preformatted.
"""

from __future__ import annotations

import re
from typing import IO

import lxml  # type: ignore[import-untyped]
from lxml import etree
from lxml import html as pages

from claims.analysis.extracted import Extracted
from claims.archive.from_text import declared_charset, decode
from claims.archive.html_imprint import imprint_of
from claims.archive.html_main import main_stretches
from claims.archive.html_text import Element, visible_text
from claims.archive.limits import Limits, refuse, size
from claims.archive.signs import HTML

_META = re.compile(rb"<meta[^>]{0,1000}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096
_SHARE = 0.3
"""How much of the time may go into telling the main text; the whole text is worth more."""

_DEEPEST = "one whose elements are nested less deep"


def extracted(file: IO[bytes], limits: Limits, hints: dict[str, str]) -> Extracted:
    """The text of a web page.

    Raises:
        Unreadable: it is nested too deep, too long, or has no text.
    """
    data = file.read(limits.text_bytes + 1)
    if len(data) > limits.text_bytes:
        refuse(f"a web page of more than {size(limits.text_bytes)}", "a part of it")
    match = _META.search(data[:_HEAD])
    declared = declared_charset(hints.get("media_type")) or (match[1].decode() if match else None)
    decoded = decode(_without_nul(data), declared)
    tree = _tree(decoded.text.encode("utf-8", "replace"))
    own = imprint_of(tree)
    text = visible_text(tree)
    if not text:
        refuse("a web page without visible text", "one with text")
    main, tool, notes = main_stretches(tree, text, limits.seconds * _SHARE)
    notes = (decoded.note, *notes) if decoded.note else notes
    version = ".".join(str(part) for part in etree.LIBXML_VERSION)
    return Extracted(
        text=text,
        extractor=f"html@1 (lxml {lxml.__version__}, libxml2 {version}, {tool})",
        media_type=HTML,
        main=main,
        notes=notes,
        imprint=own,
    )


def _without_nul(data: bytes) -> bytes:
    """A page without the zeros that browsers drop; those of UTF-16 are none."""
    return data if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data.replace(b"\0", b"")


def _tree(data: bytes) -> Element:
    """The elements of a page; libxml2 mends what is wrong, as browsers do.

    ``huge_tree`` allows pages with their pictures inside; it still bounds the depth, and the
    process bounds the rest.
    """
    parser = pages.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        tree, why = None, " ".join(str(error).split())[:100]
    else:
        why = "nothing in it"
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            refuse("a web page that is nested too deep", _DEEPEST)
    if tree is None:
        refuse(f"a web page that cannot be parsed ({why})", "a whole one, with text")
    return tree
