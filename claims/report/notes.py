"""The report as Markdown with notes: a document to hand in, in plain text.

Notes are those of GitHub, Pandoc and MultiMarkdown (``[^5]``), numbered like the citations.
"""

from __future__ import annotations

from claims.report.cite_style import CitationStyle
from claims.report.handed import Entries, Handed, Noted, Part, handed
from claims.report.markdown import escape, in_line, quoted_lines, written
from claims.report.shape import Only, Report


def render(report: Report, style: CitationStyle, *, only: Only = "all") -> str:
    """The report as Markdown with notes, cited in a style.

    Raises:
        InputRefused: the style cannot be used.
        SetupError: the packages that documents need are not installed.
    """
    return written_with_notes(handed(report, style, only=only))


def written_with_notes(document: Handed) -> str:
    """The document in Markdown, its notes at the end."""
    noted = [part for part in document.parts if isinstance(part, Noted) and not part.again]
    notes = [f"[^{part.quotation.number}]: {in_line(part.note)}" for part in noted]
    return "\n\n".join((*map(_part, document.parts), *notes)) + "\n"


def _part(part: Part) -> str:
    if isinstance(part, Entries):
        return "\n".join(f"- {in_line(line)}" for line in part.lines)
    if not isinstance(part, Noted):
        return written(part)
    words = " ".join(filter(None, (in_line(part.quotation.line), in_line(part.in_text))))
    mark = f"{words}[^{part.quotation.number}]"
    return quoted_lines((mark, *map(escape, part.quotation.translations)))
