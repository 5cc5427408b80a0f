"""Why a quote that looks right does not stand in its text: signs that look alike are not one."""

from __future__ import annotations

import unicodedata

from claims.analysis.quotes import line_of
from claims.exchange.yaml_nodes import Node

_LOOK_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)


def how_alike(text: str, node: Node) -> str | None:
    """What tells a quote from the words of the text that look like it, if anything does.

    A quote is never changed to fit: whoever coded it copies the words from the text.

    Args:
        text: the archived text, in which the quote of ``node`` does not stand.
        node: a passage or an uncoded sentence.
    """
    quote = node.text("quote") or ""
    if quote in text:
        return _around(text, node)
    composed = unicodedata.normalize("NFC", text)
    wanted = unicodedata.normalize("NFC", quote)
    if (at := composed.find(wanted)) >= 0:
        return f"with accents composed otherwise (in line {line_of(composed, at)})"
    plain = composed.translate(_LOOK_ALIKE)
    if (at := plain.find(wanted.translate(_LOOK_ALIKE))) >= 0:
        return f"with other quotation marks, dashes or blanks (in line {line_of(plain, at)})"
    return None


def _around(text: str, node: Node) -> str | None:
    """A line break in a prefix or suffix, where the text has the two signs of Windows."""
    words = (node.text("prefix") or "") + (node.text("suffix") or "")
    if "\r\n" in text and "\n" in words.replace("\r\n", ""):
        return 'without that prefix or suffix, since its lines end in "\\r\\n"'
    return None
