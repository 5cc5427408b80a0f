"""The report as GitHub-flavoured Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from claims.report.inert import inert
from claims.report.model import narrowed
from claims.report.outline import (
    Block,
    Dress,
    Heading,
    Items,
    Line,
    Mark,
    Paragraph,
    Quotation,
    Table,
    Words,
    outline,
)
from claims.report.shape import Only, Report

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
_LINE_START = re.compile(r"^(\d+)(?=[.)])|^(?=[#+\-=:])")
_LINKED = re.compile(r"(?<=\w):(?=//)|(?<=www)\.|(?<!\w)@|@(?=[\w-]+\.)", re.IGNORECASE)
_DRESSED = {Dress.PLAIN: "{}", Dress.STRONG: "**{}**", Dress.EMPHASIS: "*{}*"}


def render(report: Report, *, only: Only = "all") -> str:
    """The report as Markdown; ``only="conflicts"`` prints the questions in dispute."""
    return "\n\n".join(map(_block, outline(narrowed(report, only)))) + "\n"


def escape(text: str) -> str:
    r"""Stored words as Markdown that shows them to the letter: no markup, no HTML, no links.

    Marks of Markdown, its tables and GitHub's extensions (mathematics, mentions, bare addresses)
    are escaped by a backslash, or by an entity where no backslash helps; so are marks that would
    begin a heading or a list at the start of a line.
    """
    plain = _MARKUP.sub(r"\\\g<0>", " ".join(inert(text).split()))
    plain = _LINKED.sub(lambda found: f"&#{ord(found[0])};", plain)
    return _LINE_START.sub(lambda found: f"{found[0]}\\", plain, count=1)


def written(block: Block) -> str:
    """A block in Markdown; a quotation without its number and place."""
    match block:
        case Heading():
            number = f"{block.number}. " if block.number else ""
            return f"{'#' * block.level} {number}{in_line(block.line)}"
        case Paragraph():
            return in_line(block.line)
        case Items():
            return "\n".join(f"- {in_line(line)}" for line in block.lines)
        case Table():
            return _table(block.head, (map(in_line, row) for row in block.rows))
        case Quotation():
            return quoted_lines((in_line(block.line), *map(escape, block.translations)))


def in_line(line: Line) -> str:
    """A line in Markdown."""
    return "".join(map(_part, line)).strip()


def quoted_lines(lines: Iterable[str]) -> str:
    """Lines in Markdown as one block of quotation."""
    return "\n>\n".join(f"> {line}" for line in lines)


def _block(block: Block) -> str:
    if not isinstance(block, Quotation):
        return written(block)
    place = in_line((Mark(block.number), Words(f" {block.place}")))
    return f"{written(block)}\n>\n> {place}"


def _part(part: Words | Mark) -> str:
    if isinstance(part, Mark):
        return f"[{part.number}]"
    return "".join(_spaced(part)) if part.text.strip() else part.text[:1] and " "


def _spaced(words: Words) -> Iterator[str]:
    """Escaped and dressed, with the blanks at its ends kept outside: it stands within a line."""
    yield " " * words.text[:1].isspace()
    yield _DRESSED[words.dress].format(escape(words.text))
    yield " " * words.text[-1:].isspace()


def _table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
