"""One question for a terminal: its results, its sides beside each other, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.report.glossary import note_words
from claims.report.inert import inert, right_to_left
from claims.report.shape import ClaimEntry, QuestionEntry, Quote, Side
from claims.report.telling import (
    NO_CLAIMS,
    brief_words,
    claim_lines,
    group_sentences,
    group_title,
    other_pairs,
    result_words,
    side_remarks,
    told_groups,
    told_notes,
    value_words,
)
from claims.report.text_layout import Block, blank, block, text

if TYPE_CHECKING:
    from rich.text import Text

COLUMN = 34
"""The narrowest column in which a side can be read; narrower terminals get them stacked."""

MOST_COLUMNS = 4
"""More sides than this go below each other in further rows."""

ROLES = {
    "CONFLICT_HARD": "bold red",
    "CONFLICT_SOFT": "bold yellow",
    "MUTUAL_ACCUSATION": "bold magenta",
    "TENSION": "magenta",
    "AGREED_INDEPENDENT": "bold green",
    "COMPATIBLE_INDEPENDENT": "green",
    "REPEATED": "cyan",
    "SINGLE": "cyan",
    "UNCORROBORATED": "blue",
    "UNANSWERED": "dim",
    "hedge": "yellow",
    "mark": "dim",
    "stance": "",
    "chain": "",
}
"""Styles by status and by role of a line; names of the terminal's own palette."""

_INDENT = 4
_MARGIN = " " * _INDENT


def question_blocks(question: QuestionEntry, width: int) -> Iterator[Block]:
    """The question from its text to its notes."""
    yield from _heading(question)
    if not question.claims:
        yield block(NO_CLAIMS, lead=_MARGIN)
    yield from _sides(question, width)
    items = list(_items(question))
    if items:
        yield blank()
    yield from items


def _heading(question: QuestionEntry) -> Iterator[Block]:
    asked = text(inert(question.question.text), "bold")
    number = f"{question.number:<{_INDENT - 1}} "
    yield Block(text(number, "bold"), (asked,))
    result = text(question.headline.upper(), ROLES[question.status])
    result.append(f" · {result_words(question)}", "not bold default")
    if question.question.unit:
        result.append(f" · counted in {inert(question.question.unit)}", "not bold default dim")
    yield block(result, lead=_MARGIN)


def _sides(question: QuestionEntry, width: int) -> Iterator[Block]:
    cells = _cells(question)
    columns = _columns(question, len(cells), width)
    if cells and len(question.sides) == 1 < len(question.claims):
        yield blank()
        yield block(_headed(question.sides[0]), lead=_MARGIN)
    for first in range(0, len(cells), columns):
        yield blank()
        yield Block(text(_MARGIN), cells[first : first + columns], columns)


def _cells(question: QuestionEntry) -> list[Text]:
    """One cell for each side; where there is only one side, one for each of its claims."""
    if len(question.sides) != 1:
        return [_cell(side) for side in question.sides]
    only = question.sides[0]
    cells = [_claim_cell(claim) for claim in only.claims]
    return cells + [text(remark, "dim") for remark in side_remarks(only)]


def _columns(question: QuestionEntry, cells: int, width: int) -> int:
    """How many cells stand beside each other.

    Terminals disagree about the order of columns on a line with right-to-left words, so that
    such sides are stacked.
    """
    if any(_written_right_to_left(claim) for side in question.sides for claim in side.claims):
        return 1
    fitting = max(1, (width - _INDENT) // COLUMN)
    return min(fitting, MOST_COLUMNS, max(1, cells))


def _written_right_to_left(claim: ClaimEntry) -> bool:
    words = [quote.exact for quote in claim.quotes]
    words += [translated for quote in claim.quotes for translated in quote.translations]
    words += [voice.name for voice in claim.chain]
    return any(map(right_to_left, words))


def _headed(side: Side) -> Text:
    head = text(inert(side.heading), "bold underline")
    return head.append(f"\n{inert(side.counted)}", "not bold not underline italic")


def _cell(side: Side) -> Text:
    cell = text("")
    cell.append_text(_headed(side))
    for claim in side.claims:
        cell.append("\n\n")
        _write_claim(cell, claim)
    for claim in side.brief:
        cell.append(f"\n\n{inert(brief_words(claim))}")
    for remark in side_remarks(side):
        cell.append(f"\n\n{remark}", "dim")
    return cell


def _claim_cell(claim: ClaimEntry) -> Text:
    cell = text("")
    _write_claim(cell, claim)
    return cell


def _write_claim(cell: Text, claim: ClaimEntry) -> None:
    said, answer, typical = value_words(claim)
    cell.append(claim.tag, "bold")
    if said:
        cell.append(f" {inert(said)}", "bold")
    cell.append(f" {inert(answer)}")
    if typical:
        cell.append(f"\n{inert(typical)}", "dim")
    for quote in claim.quotes:
        _write_quote(cell, quote, claim.reading.said if claim.reading else "")
    for role, words in claim_lines(claim):
        cell.append(f"\n{inert(words)}", ROLES[role])


def _write_quote(cell: Text, quote: Quote, said: str) -> None:
    before, found, after = inert(quote.exact).partition(inert(said)) if said else ("", "", "")
    if not found:
        before = inert(quote.exact)
    cell.append(f"\n“{before}", "italic")
    cell.append(found, "bold italic")
    cell.append(f"{after}”", "italic")
    cell.append(f" [{quote.number}]", "bold")
    for translation in quote.translations:
        cell.append(f"\n{inert(translation)}")
    cell.append(f"\n{inert(quote.title)}, {inert(quote.place)}", "dim")


def _items(question: QuestionEntry) -> Iterator[Block]:
    for group in told_groups(question):
        words = text(group_title(group), ROLES.get(group.relation, "bold"))
        for sentence in group_sentences(group):
            words.append(f"\n{inert(sentence)}", "not bold default")
        yield _item(words)
    others = other_pairs(question)
    if others:
        yield _item(f"Other pairs: {others}.")
    for note in told_notes(question):
        yield _item(f"Note, {note_words(note.code)}: {inert(note.explanation)}")
    for remark in question.remarks:
        yield _item(inert(remark))


def _item(words: str | Text) -> Block:
    return block(words, lead=f"{_MARGIN}▸ ")
