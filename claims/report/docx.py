"""The report as DOCX, with real footnotes: a document to hand in, for any word processor."""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING

from claims.report.cite_style import CitationStyle, needing
from claims.report.docx_notes import Footnotes, element
from claims.report.docx_package import sealed
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

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Written

_HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2", 4: "Heading 3"}
_NONCHARACTERS = {code: f"‹U+{code:04X}›" for code in (0xFFFE, 0xFFFF)}


def render(report: Report, style: CitationStyle, *, only: Only = "all") -> bytes:
    """The report as DOCX, cited in a style; the same report gives the same bytes.

    Raises:
        InputRefused: the style cannot be used.
        SetupError: the packages that documents need are not installed.
    """
    return in_docx(handed(report, style, only=only))


def in_docx(document: Handed) -> bytes:
    """The document in DOCX.

    Raises:
        SetupError: python-docx is not installed.
    """
    try:
        from docx import Document as new  # noqa: N813, PLC0415 -- it is heavy
    except ModuleNotFoundError:
        raise needing(package="python-docx", work="a document in DOCX") from None
    made = new()
    writer = _Writer(made)
    for part in document.parts:
        writer.write(part)
    writer.finish(document.report)
    held = BytesIO()
    made.save(held)
    return sealed(held.getvalue())


class _Writer:
    """Writes the parts one after the other into a new document."""

    def __init__(self, made: Document) -> None:
        from claims.report.docx_styles import dress_up  # noqa: PLC0415 -- python-docx is heavy

        self._made = made
        dress_up(made)
        self._notes = Footnotes(made)

    def write(self, part: Part) -> None:
        """One part, as paragraphs or as a table."""
        match part:
            case Heading():
                number = f"{part.number}. " if part.number else ""
                paragraph = self._paragraph(_HEADINGS[part.level])
                paragraph.add_run(number)
                self._line(paragraph, part.line)
            case Paragraph():
                self._line(self._paragraph("Normal"), part.line)
            case Items():
                self._lines("List Bullet", part.lines)
            case Entries():
                self._lines("Bibliography", part.lines)
            case Table():
                self._table(part)
            case Noted():
                self._noted(part)
            case Quotation():
                self._line(self._paragraph("Quote"), part.line)

    def finish(self, report: Report) -> None:
        """What a reader's program shows of the file, and the footnotes."""
        known, at = self._made.core_properties, report.generated_at.astimezone(UTC)
        known.title = _safe(report.topic.label)
        known.subject = "What the sources say, and where they conflict"
        known.author = known.comments = known.last_modified_by = ""
        known.language, known.revision = "en", 1
        known.created = known.modified = at.replace(tzinfo=None)
        self._notes.attach()
        held = self._made.part.package
        for name, link in list(held.rels.items()):
            if link.reltype.endswith("/thumbnail"):  # the template's own
                del held.rels[name]

    def _paragraph(self, style: str) -> Written:
        return self._made.add_paragraph(style=style)

    def _lines(self, style: str, lines: tuple[Line, ...]) -> None:
        for line in lines:
            self._line(self._paragraph(style), line)

    def _line(self, paragraph: Written, line: Line) -> None:
        for words in line:
            text = _text(words)
            run = paragraph.add_run(_safe(text))
            dress = Dress.PLAIN if isinstance(words, Mark) else words.dress
            run.bold = True if dress is Dress.STRONG else None
            run.italic = True if dress is Dress.EMPHASIS else None
            run.font.rtl = True if right_to_left(text) else None

    def _table(self, table: Table) -> None:
        from claims.report.docx_styles import is_heading, share_out  # noqa: PLC0415 -- as above

        made = self._made.add_table(rows=1, cols=len(table.head), style="Table Grid")
        for cell, head in zip(made.rows[0].cells, table.head, strict=True):
            cell.paragraphs[0].add_run(_safe(head)).bold = True
        is_heading(made.rows[0])
        for row in table.rows:
            for cell, line in zip(made.add_row().cells, row, strict=True):
                self._line(cell.paragraphs[0], line)
        share_out(made, shares(table))
        self._paragraph("No Spacing")

    def _noted(self, part: Noted) -> None:
        paragraph = self._paragraph("Quote")
        if right_to_left("".join(map(_text, part.quotation.line))):
            looks = paragraph._p.get_or_add_pPr()  # noqa: SLF001 (python-docx knows no direction)
            looks.append(element("w:bidi"))
        self._line(paragraph, part.quotation.line)
        if part.in_text:
            paragraph.add_run(" ")
            self._line(paragraph, part.in_text)
        self._line(self._notes.cite(paragraph), part.note)
        for translation in part.quotation.translations:
            self._paragraph("Quote").add_run(_safe(translation))


def _text(part: Words | Mark) -> str:
    return f"[{part.number}]" if isinstance(part, Mark) else part.text


def _safe(text: str) -> str:
    """Stored words without the few characters that XML cannot hold."""
    return inert(text).translate(_NONCHARACTERS)
