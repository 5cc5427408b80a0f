"""The report as wikitext, with references: to put into MediaWiki.

Every mark that MediaWiki could take for markup, a template, a link or a signature is written as
a character reference, so that stored words stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.report.cite_style import CitationStyle
from claims.report.handed import Entries, Handed, Noted, Part, handed
from claims.report.inert import inert
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

_MARKS = re.compile(
    r"[\[\]{}<>|&~]|^[*#:;=!'-]|['=]$|'(?=')|(?<=')'|_(?=_)|(?<=_)_|!(?=!)|(?<=!)!"
    r"|(?<=[A-Za-z]):(?=\S)|(?:ISBN|RFC|PMID)(?=\s)"
)
_DRESSED = {Dress.PLAIN: "{}", Dress.STRONG: "'''{}'''", Dress.EMPHASIS: "''{}''"}


def render(report: Report, style: CitationStyle, *, only: Only = "all") -> str:
    """The report as wikitext, cited in a style.

    Raises:
        InputRefused: the style cannot be used.
        SetupError: the packages that documents need are not installed.
    """
    return in_wikitext(handed(report, style, only=only))


def in_wikitext(document: Handed) -> str:
    """The document in wikitext, its references at the end."""
    notes = "== Notes ==\n\n<references />"
    return "\n\n".join((*map(_part, document.parts), notes)) + "\n"


def escape(text: str) -> str:
    """Stored words as wikitext that shows them to the letter."""
    return _MARKS.sub(_referred, inert(" ".join(text.split())))


def _referred(found: re.Match[str]) -> str:
    return f"&#{ord(found[0][0])};{found[0][1:]}"


def _part(part: Part) -> str:
    match part:
        case Heading():
            return _heading(part)
        case Paragraph():
            return _line(part.line)
        case Items() | Entries():
            return "\n".join(f"* {_line(line)}" for line in part.lines)
        case Table():
            return "\n".join(_table(part))
        case Noted():
            return _noted(part)
        case Quotation():
            return _quote((_line(part.line), escape(part.place)))


def _heading(heading: Heading) -> str:
    number = f"{heading.number}. " if heading.number else ""
    words = f"{number}{_line(heading.line)}"
    if heading.level == 1:  # the title stands above the page, and level 1 is kept for it
        return f"'''{words}'''"
    marks = "=" * heading.level
    return f"{marks} {words} {marks}"


def _table(table: Table) -> Iterator[str]:
    yield '{| class="wikitable"'
    for head in table.head:
        yield f"! {escape(head)}"
    for row in table.rows:
        yield "|-"
        yield from (f"| {_line(cell)}" for cell in row)
    yield "|}"


def _noted(part: Noted) -> str:
    name, note = f"citation-{part.quotation.number}", _line(part.note)
    reference = f'<ref name="{name}" />' if part.again else f'<ref name="{name}">{note}</ref>'
    words = " ".join(filter(None, (_line(part.quotation.line), _line(part.in_text))))
    return _quote((words + reference, *map(escape, part.quotation.translations)))


def _quote(lines: tuple[str, ...]) -> str:
    inner = "\n\n".join(lines)
    return f"<blockquote>\n{inner}\n</blockquote>"


def _line(line: Line) -> str:
    return "".join(map(_dressed, line)).strip()


def _dressed(part: Words | Mark) -> str:
    if isinstance(part, Mark):
        return escape(f"[{part.number}]")
    blank = (" " * part.text[:1].isspace(), " " * part.text[-1:].isspace())
    words = escape(part.text)
    return f"{blank[0]}{_DRESSED[part.dress].format(words)}{blank[1]}" if words else blank[0]
