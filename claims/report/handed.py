"""The report as a document to hand in: the outline of the report, with notes and a bibliography."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.analysis.wording import listed
from claims.report.cite import Cited, cited
from claims.report.cite_style import CitationStyle
from claims.report.model import narrowed
from claims.report.outline import (
    NOT_CHECKED,
    Block,
    Heading,
    Line,
    Paragraph,
    Quotation,
    Table,
    Words,
    outline,
    plain,
)
from claims.report.shape import Only, Report
from claims.report.words import quoted

_SHARES = {3: (3, 6, 4), 4: (2, 2, 2, 5)}
_SUMMARY = (4, 8, 14)


@dataclass(frozen=True, slots=True)
class Noted:
    """A quotation with its citation: in the text, if the style cites there, and in a note.

    ``again`` says that a quotation before had the same number, and thus a note of the same words.
    """

    quotation: Quotation
    in_text: Line
    note: Line
    again: bool


@dataclass(frozen=True, slots=True)
class Entries:
    """The bibliography, one line a document."""

    lines: tuple[Line, ...]


Part = Heading | Paragraph | Noted | Entries | Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What every format of a document to hand in is written from.

    ``remarks`` say what the style could not do, for whoever hands it in; the document says it too.
    """

    report: Report
    parts: tuple[Part, ...]
    remarks: tuple[str, ...]


def handed(report: Report, style: CitationStyle, *, only: Only = "all") -> Handed:
    """The parts of the document, from its title to what was not checked.

    Raises:
        InputRefused: the style cannot be used.
        SetupError: the packages that documents need are not installed.
    """
    shown = narrowed(report, only)
    blocks = tuple(outline(shown))
    quotations = [block for block in blocks if isinstance(block, Quotation)]
    found = cited(shown.documents, style, [quotation.number for quotation in quotations])
    return Handed(
        report=shown,
        parts=tuple(_parts(blocks, iter(_noted(quotations, found)), found)),
        remarks=tuple(_remarks(found)),
    )


def shares(table: Table) -> tuple[int, ...]:
    """How the width of a page is shared out among the columns of a table."""
    if not table.head[-1]:
        return _SUMMARY
    return _SHARES.get(len(table.head), (1,) * len(table.head))


def _noted(quotations: list[Quotation], found: Cited) -> Iterator[Noted]:
    told: set[int] = set()
    for quotation, place in zip(quotations, found.places, strict=True):
        where = Words(f"[{quotation.number}] {quotation.place}")
        in_text, note = (place, (where,)) if found.style.in_text else ((), (*place, _SPACE, where))
        yield Noted(quotation, in_text, note, quotation.number in told)
        told.add(quotation.number)


_SPACE = Words(" ")


def _parts(blocks: tuple[Block, ...], noted: Iterator[Noted], found: Cited) -> Iterator[Part]:
    for block in blocks:
        if isinstance(block, Heading) and block.line == plain(NOT_CHECKED):
            yield from _bibliography(found)
        yield next(noted) if isinstance(block, Quotation) else block


def _bibliography(found: Cited) -> Iterator[Part]:
    if not found.bibliography:
        return
    yield Heading(2, plain("References" if found.style.in_text else "Bibliography"))
    yield Paragraph(plain(" ".join((f"In the style {found.style.title}.", *_remarks(found)))))
    yield Entries(found.bibliography)


def _remarks(found: Cited) -> Iterator[str]:
    if found.unstyled:
        names = listed(map(quoted, found.unstyled))
        yield f"The style {found.style.title} could not put {names}: cited in plain words."
