"""The report for a terminal: coloured or plain, at any width."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.report.gist import disputed, left_out
from claims.report.glossary import STATUSES
from claims.report.inert import inert
from claims.report.inquiries import LEAD, TITLE
from claims.report.model import narrowed
from claims.report.shape import DocumentEntry, Only, Report, Section
from claims.report.telling import (
    AUDIT_NEXT,
    NO_CONFLICTS,
    NO_QUESTIONS,
    cross_check_lines,
    document_facts,
    facts,
    profile_words,
    topic_inquiries,
)
from claims.report.text_layout import Block, blank, block, laid, text
from claims.report.text_question import ROLES, question_blocks

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

NARROWEST = 40
"""Narrower terminals get lines of this many columns."""

EXPLAINED, DRAWN = 80, 108
"""From these widths on the summary explains its headings, and draws its counts beside that."""

_HEIGHT = 100
"""Unused by what is printed; given so that the size of a terminal is never asked for."""

_BAR, _LONGEST = "■", 12


def render(report: Report, *, width: int = 80, colour: bool = False, only: Only = "all") -> str:
    """The report as text of ``width`` columns, with colours of the terminal's own palette.

    ``only="conflicts"`` prints the questions in dispute. Stored words are printed so that they
    cannot steer the terminal (see :func:`claims.report.inert.inert`).
    """
    width = max(width, NARROWEST)
    console, buffer = _console(width, colour=colour)
    for found in _blocks(narrowed(report, only), width):
        if isinstance(found, Block):
            lines = laid(found, console, width)
            console.print(lines, no_wrap=True, overflow="ignore", crop=False)
        else:
            console.print(found)
    printed = buffer.getvalue()
    if colour:
        return printed
    return "".join(line.rstrip() + "\n" for line in printed.split("\n")).rstrip("\n") + "\n"


def _console(width: int, *, colour: bool) -> tuple[Console, io.StringIO]:
    from rich.console import Console  # noqa: PLC0415 - rich is slow to import

    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        height=_HEIGHT,
        force_terminal=colour,
        color_system="standard" if colour else None,
        force_jupyter=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    return console, buffer


def _blocks(report: Report, width: int) -> Iterator[Block | RenderableType]:
    yield from _header(report, width)
    if not report.summary.questions:
        yield blank()
        yield block(NO_QUESTIONS, lead="  ")
        return
    yield from _summary(report, width)
    for section in report.sections:
        yield from _section(section, report, width)
    yield from _cross_checks(report)
    yield from _inquiries(report)
    yield from _profile(report)
    yield from _citations(report)
    yield _title("What was not checked")
    for sentence in report.not_checked:
        yield block(inert(sentence), lead="  – ")
    if report.not_checked:
        yield blank()
        yield block(AUDIT_NEXT, lead="  Next: ")


def _title(words: str) -> RenderableType:
    from rich.padding import Padding  # noqa: PLC0415
    from rich.rule import Rule  # noqa: PLC0415 - rich is slow to import

    rule = Rule(text(words.upper(), "bold"), align="left", characters="─", style="dim")
    return Padding(rule, (1, 0, 1, 0))


def _header(report: Report, width: int) -> Iterator[Block | RenderableType]:
    yield block("━" * width, style="bold")
    yield block(inert(report.topic.label), style="bold")
    yield block("What the sources say, and where they conflict")
    yield block("━" * width, style="bold")
    yield block(inert(" · ".join(facts(report))), style="dim")


def _summary(report: Report, width: int) -> Iterator[Block | RenderableType]:
    from rich.table import Table  # noqa: PLC0415 - rich is slow to import

    yield _title("Summary")
    drawn, explained = width < EXPLAINED or width >= DRAWN, width >= EXPLAINED
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    for _ in range(drawn + explained):
        grid.add_column(overflow="fold")
    most = max(_LONGEST, *report.summary.statuses.values())
    for code, (heading, sentence) in STATUSES.items():
        count = report.summary.statuses[code]
        style = ROLES[code] if count else "dim"
        bar = _BAR * max(1, round(count * _LONGEST / most)) if count else ""
        cells = [text(bar, style)] * drawn + [text(sentence, "dim")] * explained
        grid.add_row(text(f"  {heading}", style), text(f"{count:,}", style), *cells)
    yield grid
    yield from _disputed(report)


def _disputed(report: Report) -> Iterator[Block]:
    """What is in dispute, in a line or two each, for a reader who has no time for more."""
    for place, (number, words, gist) in enumerate(disputed(report)):
        if not place:
            yield blank()
            yield block("In dispute", style="bold", lead="  ")
        yield block(f"{inert(words)}\n{inert(gist)}", lead=f"  {number:<4}", lead_style="bold")
    others = left_out(report)
    if others:
        yield block(others, lead="  ")


def _section(section: Section, report: Report, width: int) -> Iterator[Block | RenderableType]:
    yield _title(section.title)
    if section.lead:
        more = f" {NO_CONFLICTS}" if report.only == "conflicts" else ""
        yield block(section.lead + more, lead="  ")
    for place, question in enumerate(section.questions):
        if place:
            yield blank()
        yield from question_blocks(question, width)
    for place, (number, words) in enumerate(section.also):
        if place or section.questions:
            yield blank()
        yield block(inert(words), lead=f"  See question {number}: ")


def _cross_checks(report: Report) -> Iterator[Block | RenderableType]:
    if not report.cross_checks:
        return
    yield _title("Inconsistencies to examine")
    for place, check in enumerate(report.cross_checks):
        if place:
            yield blank()
        yield block(inert(check.text), style="bold", lead="  ")
        for line in cross_check_lines(check):
            yield block(inert(line), lead="    ")


def _inquiries(report: Report) -> Iterator[Block | RenderableType]:
    if told := topic_inquiries(report):
        yield _title(TITLE)
        yield block(LEAD, lead="  ")
        for line in told:
            yield block(inert(line), lead="  – ")


def _profile(report: Report) -> Iterator[Block | RenderableType]:
    from rich.padding import Padding  # noqa: PLC0415 - rich is slow to import
    from rich.table import Table  # noqa: PLC0415 - rich is slow to import

    yield _title("How vague words were read")
    yield block(profile_words(report), lead="  ")
    if not report.rows:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for heading in ("Words", "They allow", "Typically read as", "Origin of the convention"):
        table.add_column(heading, overflow="fold")
    for row in report.rows:
        table.add_row(*map(inert, (row.phrase, row.hard, row.soft, row.origin)))
    yield blank()
    yield Padding(table, (0, 0, 0, 2))


def _citations(report: Report) -> Iterator[Block | RenderableType]:
    if report.documents:
        yield _title("Citations")
    for place, document in enumerate(report.documents):
        if place:
            yield blank()
        yield from _document(document)


def _document(document: DocumentEntry) -> Iterator[Block | RenderableType]:
    yield block(inert(document.title), style="bold", lead="  ")
    yield block(inert("; ".join(document_facts(document))), style="dim", lead="  ")
    for passage in document.passages:
        resting = f" — for {', '.join(passage.claims)}" if passage.claims else ""
        lead = f"{f'[{passage.number}]':>7} "
        yield block(inert(passage.place) + resting, lead=lead)
