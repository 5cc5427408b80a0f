"""The report as PDF, set by Typst: tagged for screen readers (PDF/UA-1), fit for archives (PDF/A).

A character that no font at hand has is printed as its number (‹U+6F22›), so that it can still be
read back, and is named to whoever makes the document.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from claims.analysis.wording import listed, number, plural
from claims.errors import SetupError
from claims.report.cite_style import CitationStyle, needing
from claims.report.handed import Entries, Handed, Noted, Part, handed, shares
from claims.report.inert import inert, right_to_left
from claims.report.outline import (
    Dress,
    Heading,
    Items,
    Line,
    Mark,
    Paragraph,
    Quotation,
    Table,
    Words,
)
from claims.report.shape import Only, Report

STANDARDS: Final = ("ua-1", "a-2a")
"""What the file keeps to: both refuse a character that would be shown as an empty box."""

_LACKING = re.compile(r"the (?:text|PDF contains the codepoint) `\"(.*?)\"`", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_BREAK = "\u200b"
_ROUNDS = 20
_NAMED = 12

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdf:
    """The file, and the characters that no font at hand has, which it shows by number."""

    data: bytes
    missing: str


def render(report: Report, style: CitationStyle, *, only: Only = "all") -> bytes:
    """The report as PDF, cited in a style; the same report and fonts give the same bytes.

    Raises:
        InputRefused: the style cannot be used.
        SetupError: the packages that documents need are not installed.
    """
    return in_pdf(handed(report, style, only=only)).data


def in_pdf(document: Handed, *, fonts: Sequence[Path] | None = None) -> Pdf:
    """The document in PDF.

    Args:
        document: what to print.
        fonts: folders of fonts; ``None`` for those of the system. Typst brings fonts for Latin,
            Greek and Cyrillic letters.

    Raises:
        SetupError: Typst is not installed, or cannot set the document.
    """
    data, missing = _as_data(document), ""
    for _ in range(_ROUNDS):
        made = _typeset(data, document, fonts)
        if isinstance(made, bytes):
            return Pdf(data=made, missing="".join(sorted(missing)))
        missing += made
        data = _numbered(data, made)
    message = "the PDF could not be set: too many characters are in no font; install more fonts"
    raise SetupError(message)


def missing_words(missing: str) -> str:
    """A sentence that names the characters that are in no font; empty where all are."""
    if not missing:
        return ""
    named = listed([f"{sign} (U+{ord(sign):04X})" for sign in missing[:_NAMED]])
    more = len(missing) - _NAMED
    others = f" and {number(more)} more" if more > 0 else ""
    return (
        f"No font at hand has {plural(len(missing), 'character')}, printed by number:"
        f" {inert(named)}{others}; install a font that has them (your own folder of fonts will do)"
        f" and make the PDF again{_private(missing)}"
    )


def _private(missing: str) -> str:
    """What else to know of characters that mean something in one font only."""
    held = any(unicodedata.category(sign) == "Co" for sign in missing)
    return "; those for private use may not stand in a PDF for archives" if held else ""


def _typeset(data: Plain, document: Handed, fonts: Sequence[Path] | None) -> bytes | str:
    """The file; or the characters that are in no font."""
    try:
        import typst  # noqa: PLC0415 -- it is heavy
    except ModuleNotFoundError:
        raise needing(package="typst", work="a document in PDF") from None
    at = document.report.generated_at.astimezone(UTC).replace(microsecond=0)
    folders = [str(folder) for folder in fonts or ()]
    compiler: typst.Compiler = typst.Compiler(
        files("claims.report").joinpath("pdf.typ").read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=fonts is None, font_paths=folders),
        ignore_system_fonts=fonts is not None,
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards=[*STANDARDS], timestamp=at)
    except typst.TypstError as error:
        lacking = _lacking(error.diagnostic)
        if lacking:
            return lacking
        message = f"the PDF could not be set: {error.message}"
        raise SetupError(message) from error
    return made if isinstance(made, bytes) else b""


def _lacking(diagnostic: str) -> str:
    found = "".join(_LACKING.findall(diagnostic))
    found = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)
    return "".join(dict.fromkeys(found))


def _numbered(data: Any, missing: str) -> Any:  # noqa: ANN401 (JSON)
    """The same data, with characters by number."""
    table = {ord(sign): f"‹U+{ord(sign):04X}›{_BREAK}" for sign in missing}
    if isinstance(data, str):
        return data.translate(table)
    if isinstance(data, Mapping):
        return {name: _numbered(value, missing) for name, value in data.items()}
    return [_numbered(one, missing) for one in data] if isinstance(data, list) else data


def _as_data(document: Handed) -> Plain:
    return {
        "title": inert(document.report.topic.label),
        "parts": list(map(_part, document.parts)),
    }


def _part(part: Part) -> Plain:
    match part:
        case Heading():
            asked = f"{part.number}. " if part.number else ""
            line = _line((Words(asked), *part.line))
            return {"kind": "heading", "level": part.level, "line": line}
        case Paragraph():
            return {"kind": "paragraph", "line": _line(part.line)}
        case Items():
            return {"kind": "items", "lines": list(map(_line, part.lines))}
        case Entries():
            return {"kind": "entries", "lines": list(map(_line, part.lines))}
        case Table():
            return _table(part)
        case Noted():
            return _noted(part)
        case Quotation():
            return {"kind": "paragraph", "line": _line(part.line)}


def _table(table: Table) -> Plain:
    return {
        "kind": "table",
        "shares": list(shares(table)),
        "head": [inert(head) for head in table.head],
        "cells": [_line(cell) for row in table.rows for cell in row],
    }


def _noted(part: Noted) -> Plain:
    line = _line(part.quotation.line)
    return {
        "kind": "quotation",
        "line": line,
        "cited": _line((Words(" "), *part.in_text) if part.in_text else ()),
        "note": _line(part.note),
        "translations": [inert(words) for words in part.quotation.translations],
        "rtl": right_to_left("".join(words["text"] for words in line)),
    }


def _line(line: Line) -> list[dict[str, str]]:
    return list(_words(line))


def _words(line: Line) -> Iterator[dict[str, str]]:
    for part in line:
        if isinstance(part, Mark):
            yield {"text": f"[{part.number}]", "dress": Dress.PLAIN}
        elif part.text:
            yield {"text": inert(part.text), "dress": part.dress}
