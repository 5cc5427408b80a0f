"""Stored words as HTML: to the letter, harmless, and each in its own direction of writing."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from claims.report.inert import inert

SYMBOLS: dict[str, str] = {
    "CONFLICT_HARD": "×",
    "CONFLICT_SOFT": "≠",
    "MUTUAL_ACCUSATION": "↔",
    "TENSION": "◊",
    "AGREED_INDEPENDENT": "=",
    "COMPATIBLE_INDEPENDENT": "≈",
    "REPEATED": "″",
    "SINGLE": "•",
    "UNCORROBORATED": "?",
    "UNANSWERED": "–",
}
"""The sign beside the words of each headline; signs that every common font has."""

TONES: dict[str, str] = {
    "CONFLICT_HARD": "hard",
    "CONFLICT_SOFT": "mild",
    "MUTUAL_ACCUSATION": "blame",
    "TENSION": "blame",
    "AGREED_INDEPENDENT": "agree",
    "COMPATIBLE_INDEPENDENT": "agree",
    "REPEATED": "plain",
    "SINGLE": "plain",
    "UNCORROBORATED": "doubt",
    "UNANSWERED": "plain",
}
"""The class that colours each headline; never the only thing that tells them apart."""

_QUOTED = re.compile("“([^“”]*)”")
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def shown(value: object) -> object:
    """What a template prints in place of a value: stored text is made inert first."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return inert(value)


def told(sentence: str) -> Markup:
    """A sentence of ours; what it quotes is set apart, so that it cannot reorder the rest."""
    return Markup(_QUOTED.sub(r"“<bdi>\1</bdi>”", str(escape(inert(sentence)))))  # noqa: S704 - escaped


def capital(sentence: str) -> str:
    """With a capital at the beginning, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def emphasised(text: str, said: str) -> Markup:
    """A quote with the words that give the value in bold, where these make whole words."""
    before, found, after = text.partition(said) if said else (text, "", "")
    touching = before[-1:].isalnum() or after[:1].isalnum()
    if not found or touching:
        return broken(text)
    return Markup("{}<b>{}</b>{}").format(broken(before), broken(found), broken(after))


def broken(text: str) -> Markup:
    """Words as cited, on the lines that they stand on: a row of a table is read line by line."""
    return Markup("<br>").join(map(inert, paragraphs(text)))


def address(url: str) -> str:
    """The URL where it leads to a page of the web; empty for everything else (scripts, files)."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def paragraphs(text: str) -> list[str]:
    """The text at its line ends, which are left out; each is one code point but for CR LF."""
    return _BREAKS.split(text)


def language(code: str) -> str:
    """A language code that a browser can use; empty where it is none."""
    return code if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code) else ""
