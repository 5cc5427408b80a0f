"""How a DOCX document looks: quiet, in print as on a screen, and readable by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.report.docx_notes import MARK, TEXT, element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Row

FACE = "Cambria"
"""Of the words; scripts that it lacks are shown in the reader's own fonts."""

_SIZES = {"Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
_WIDTH = 15.2
"""Centimetres between the margins of the template's page."""

_SCRIPTS = ("ascii", "hAnsi", "cs", "eastAsia")


def dress_up(made: Document) -> None:
    """Set the styles of a new document, and number its pages."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 -- python-docx is heavy
    from docx.shared import Cm, Pt  # noqa: PLC0415 -- as above

    normal = _style(made, "Normal")
    normal.font.name, normal.font.size = FACE, Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    _style(made, "No Spacing").font.size = Pt(9.5)
    for name, size in _SIZES.items():
        _head(_style(made, name), size)
    quote = _style(made, "Quote")
    quote.font.italic, quote.font.color.rgb = False, None
    quote.paragraph_format.left_indent = Cm(0.8)
    entry = made.styles.add_style("Bibliography", WD_STYLE_TYPE.PARAGRAPH)
    note = made.styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH)
    for style in (entry, note):
        style.base_style = normal
    entry.paragraph_format.left_indent, entry.paragraph_format.first_line_indent = Cm(0.8), Cm(-0.8)
    note.font.size, note.paragraph_format.space_after = Pt(9), Pt(2)
    made.styles.add_style(MARK, WD_STYLE_TYPE.CHARACTER).font.superscript = True
    _number_pages(made)


def is_heading(row: _Row) -> None:
    """Say that a row is the heading of its table: repeated on each page, and read out as such."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001 (has no other door)


def share_out(table: Table, shares: Sequence[int]) -> None:
    """Give each column its share of the page, and cells no room below their words."""
    from docx.shared import Cm  # noqa: PLC0415 -- python-docx is heavy

    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        width = Cm(_WIDTH * share / sum(shares))
        column.width = width
        for cell in column.cells:
            cell.width = width
            cell.paragraphs[0].style = "No Spacing"


def _style(made: Document, name: str) -> ParagraphStyle:
    from docx.styles.style import ParagraphStyle  # noqa: PLC0415 -- python-docx is heavy

    found = made.styles[name]
    if not isinstance(found, ParagraphStyle):
        raise TypeError(name)
    return found


def _head(style: ParagraphStyle, size: int) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 -- python-docx is heavy
    from docx.shared import Pt, RGBColor  # noqa: PLC0415 -- as above

    style.font.name, style.font.size = FACE, Pt(size)
    style.font.color.rgb = RGBColor(0x1F, 0x2A, 0x37)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # the template's fonts of a theme would win
    for script in _SCRIPTS:
        fonts.set(qn(f"w:{script}"), FACE)
    style.paragraph_format.keep_with_next = True


def _number_pages(made: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 -- python-docx is heavy

    footer = made.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = element("w:fldSimple", instr="PAGE")
    footer._p.append(field)  # noqa: SLF001 (python-docx knows no fields)
