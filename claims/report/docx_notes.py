"""Footnotes of a DOCX document, as WordprocessingML has them (ECMA-376, part 1, 17.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = ("separator", "continuationSeparator")

MARK, TEXT = "footnote reference", "footnote text"
"""The styles of a note's number and of its words."""


def element(tag: str, **attributes: str) -> Any:  # noqa: ANN401 (lxml tells no types)
    """A new element of WordprocessingML with attributes of the same namespace."""
    from docx.oxml.ns import qn  # noqa: PLC0415 -- python-docx is heavy
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415 -- as above

    return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})


class Footnotes:
    """The notes of one document; :meth:`attach` puts them into it."""

    def __init__(self, made: Document) -> None:
        """Begin with the two lines that part notes from the text, which every document has."""
        self._made = made
        self._root = element("w:footnotes")
        for kind in _SEPARATORS:
            paragraph = self._note(type=kind)
            paragraph.add_run()._r.append(element(f"w:{kind}"))  # noqa: SLF001 (has no other door)

    def cite(self, paragraph: Paragraph) -> Paragraph:
        """Put the mark of a new note at the end of a paragraph; returns that of the note."""
        number = str(len(self._root))
        mark = paragraph.add_run(style=MARK)
        mark._r.append(element("w:footnoteReference", id=number))  # noqa: SLF001 (no other door)
        note = self._note()
        note.style = self._made.styles[TEXT]
        note.add_run(style=MARK)._r.append(element("w:footnoteRef"))  # noqa: SLF001 (as above)
        note.add_run(" ")
        return note

    def attach(self) -> None:
        """Put the notes into the document, as a part of their own."""
        from docx.opc.packuri import PackURI  # noqa: PLC0415 -- python-docx is heavy
        from docx.opc.part import XmlPart  # noqa: PLC0415 -- as above

        held = self._made.part
        part = XmlPart(PackURI("/word/footnotes.xml"), _TYPE, self._root, held.package)
        held.relate_to(part, _KIND)
        named = element("w:footnotePr")
        for number, _ in enumerate(_SEPARATORS):
            named.append(element("w:footnote", id=str(number)))
        compat = self._made.settings.element.find(element("w:compat").tag)
        compat.addprevious(named)  # its place in the order that the standard lays down

    def _note(self, **attributes: str) -> Paragraph:
        from docx.text.paragraph import Paragraph  # noqa: PLC0415 -- python-docx is heavy

        note = element("w:footnote", id=str(len(self._root)), **attributes)
        inner = element("w:p")
        note.append(inner)
        self._root.append(note)
        return Paragraph(inner, self._made._body)  # noqa: SLF001 (its part knows the styles)
