"""Guided prompts: a record is asked for field by field, shown as read, and saved when agreed.

Nothing is written before the last question is answered, and nothing that was answered is asked
again. ``<`` goes back one field, ``?`` explains it, Ctrl-C and Ctrl-D leave.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.actions.proposing import Proposed
from claims.analysis.quote_finding import QuoteVerdict
from claims.cli.entry_flags import typed
from claims.cli.ground import Ground, existing, opened
from claims.cli.printing import warn
from claims.cli.prompting_fields import Given, asked, field_named, label, value
from claims.cli.prompting_lines import CHAINED, SHOWN, Lines, lines
from claims.cli.prompting_look import Look
from claims.cli.proposing import in_few_words
from claims.errors import ClaimsError, InputRefused
from claims.exchange.fields import FIELDS, Field, Kind, noun_of
from claims.report.inert import inert

BACK, HELP = "<", "?"

_YES, _NO = {"", "y", "yes"}, {"n", "no"}


def interactive() -> bool:
    """Whether a person is at both ends, so that asking makes sense."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(entity: str, ground: Ground, reason: str | None = None) -> Mapping[str, Any] | None:
    """The fields of a new record as a person at the terminal answers them.

    Returns:
        The fields as JSON has them; ``None`` where the person decided not to save.

    Raises:
        KeyboardInterrupt: the person left; nothing was written.
    """
    settings = existing(ground.settings())
    with opened(settings) as engine:
        try:
            return Prompts(entity, Look(engine, settings), lines(), reason).run()
        except (KeyboardInterrupt, EOFError):
            warn("\nYou left: nothing was written.")
            raise KeyboardInterrupt from None


@dataclass
class Prompts:
    """One record, asked for field by field."""

    entity: str
    look: Look
    lines: Lines
    reason: str | None = None
    given: Given = field(default_factory=dict)
    shown: dict[Field, str] = field(default_factory=dict)
    unread: bool = False
    proposed: Proposed | None = None

    def run(self) -> Mapping[str, Any] | None:
        """Ask for every field, show what comes of it, and ask whether to save it."""
        self.lines.say(
            f"A new {noun_of(self.entity)}. Enter leaves a field out, {BACK} goes back,"
            f" {HELP} explains, Ctrl-C leaves without saving."
        )
        self._ask_all()
        return self._agree()

    def _ask_all(self) -> None:
        fields, place, trail = asked(self.entity), 0, list[int]()
        while place < len(fields):
            if self._needless(fields[place]):
                place += 1
            elif self._ask(fields[place]):
                trail.append(place)
                place += 1
            else:
                place = trail.pop() if trail else 0

    def _ask(self, one: Field) -> bool:
        """Ask until there is an answer that can stand; ``False`` goes back."""
        while True:
            answer = self.lines.ask(self._prompt(one), self._names(one))
            if answer == BACK:
                return False
            if answer == HELP:
                self._explain(one)
            elif answer:
                if self._take(one, answer) and not one.many:
                    return True
            elif one.required and one not in self.given:
                self.lines.say(f"  {label(one)} cannot be left out; {BACK} goes back one field")
            else:
                return True

    def _prompt(self, one: Field) -> str:
        held = f" [{self.shown[one]}]" if one in self.shown else ""
        needed = "" if one in self.given or not one.required else " (needed)"
        more = " (another)" if one.many and one in self.given else ""
        return f"{label(one)}{needed or more}{held}: "

    def _names(self, one: Field) -> Sequence[str]:
        if one.kind in {Kind.REFERENCE, Kind.CHAIN}:
            return tuple(dict.fromkeys((*self._suggested(one), *self.look.names(one.of))))
        if one.kind is Kind.YES_NO:
            return ("yes", "no")
        return one.choices or self._suggested(one)

    def _explain(self, one: Field) -> None:
        self.lines.say(f"  {one.words}")
        names = self._names(one)
        if names:
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            self.lines.say(f"  {inert(', '.join(names[:SHOWN]))}{more}")

    def _take(self, one: Field, answer: str) -> bool:
        """Keep an answer and show how it is read; ``False`` after saying what is wrong with it."""
        try:
            found, words = self._understood(one, answer)
            self._check(one, answer)
        except ClaimsError as error:
            self.lines.say(f"  {inert(str(error))}")
            return False
        if one.name == "quote" and (own := self._own_words()):
            found = words = own
        earlier = self.given.get(one, []) if one.many else []
        self.given[one] = [*earlier, found] if one.many else found
        self.shown[one] = ", ".join([*([self.shown[one]] if earlier else []), words])
        if words != answer:
            self.lines.say(f"  → {inert(words)}")
        return True

    def _understood(self, one: Field, answer: str) -> tuple[Any, str]:
        """What an answer stands for, and how it is shown."""
        if one.kind is Kind.REFERENCE:
            record, name = self.look.meant(one.of, answer)
            return str(record), name
        if one.kind is Kind.CHAIN:
            found = [self.look.meant(one.of, name.strip()) for name in answer.split(CHAINED)]
            chain = f" {CHAINED} "
            return chain.join(str(i) for i, _ in found), chain.join(name for _, name in found)
        made = value(one, answer)
        return made, ("no", "yes")[made] if isinstance(made, bool) else str(made)

    def _check(self, one: Field, answer: str) -> None:
        """What only the answers before can tell: whether words stand in the quote, and are read."""
        if self.entity != "claim":
            return
        if one.name == "quote":
            self.unread = False
            self._propose(answer)
        if one.name == "said":
            quote = str(self.answer("quote") or "")
            if answer not in quote:
                message = f"{answer!r} does not stand in the quote; give words of it, to the letter"
                raise InputRefused(message)
        if one.name in {"said", "value"}:
            self._read(one, answer)

    def _propose(self, quote: str) -> None:
        """Say where the quote stands and what it proposes; every field is asked all the same."""
        document, question = str(self.answer("document") or ""), str(self.answer("question") or "")
        self.proposed = self.look.proposed(document, question, quote) if document else None
        for line in in_few_words(self.proposed) if self.proposed else ():
            self.lines.say(f"  {inert(line)}")

    def _own_words(self) -> str | None:
        """The text's words for a quote that differs from them in typography alone."""
        if self.proposed is None or self.proposed.finding.verdict is not QuoteVerdict.TYPOGRAPHIC:
            return None
        return self.proposed.words

    def _suggested(self, one: Field) -> tuple[str, ...]:
        """What the quote proposes for a field."""
        if self.proposed is None or self.proposed.proposal is None:
            return ()
        proposal, voices = self.proposed.proposal, self.proposed.voices
        if one.name == "speakers":
            return tuple(voices[x.source] for x in proposal.speakers if x.source is not None)
        return {"said": proposal.said, "hedges": proposal.hedges}.get(one.name, ())

    def _read(self, one: Field, answer: str) -> None:
        question = str(self.answer("question") or "")
        try:
            self.lines.say(f"  {self.look.reading(question, answer)}")
            self.unread = False
        except ClaimsError as error:
            if one.name == "value":
                raise
            self.unread = True
            self.lines.say(
                f"  {inert(str(error))}; they are kept, and you are asked what they mean"
            )

    def answer(self, name: str) -> object:
        """What was answered to a field so far."""
        return next((held for one, held in self.given.items() if one.name == name), None)

    def _needless(self, one: Field) -> bool:
        """Whether earlier answers leave nothing to ask."""
        rules = _NEEDLESS.get((self.entity, one.name))
        return False if rules is None else rules(self)

    def _agree(self) -> Mapping[str, Any] | None:
        """Show everything and ask whether to save it, until it is saved, changed or dropped."""
        while True:
            sound = self._summary()
            choice = "[Y/n/field to change]" if sound else "[n/field to change]"
            answer = self.lines.ask(f"Save? {choice} ", [label(one) for one in FIELDS[self.entity]])
            if answer.lower() in _NO:
                self.lines.say("Nothing was written.")
                return None
            if sound and answer.lower() in _YES:
                return typed(self.given)
            if answer and answer.lower() not in _YES:
                self._change(answer)

    def _change(self, name: str) -> None:
        try:
            one = field_named(self.entity, name)
        except InputRefused as error:
            self.lines.say(f"  {error}")
            return
        held, shown = self.given.pop(one, None), self.shown.pop(one, "")
        if (not self._ask(one) or one not in self.given) and held is not None and one.required:
            self.given[one], self.shown[one] = held, shown

    def _summary(self) -> bool:
        """Show what was answered and what saving would do; ``False`` where it would be refused."""
        self.lines.say("")
        for one in FIELDS[self.entity]:
            if one in self.given:
                self.lines.say(f"  {label(one)}: {inert(self.shown[one])}")
        try:
            found = self.look.tried(self.entity, (self._fields(),), self.reason)
        except ClaimsError as error:
            for line in str(error).splitlines():
                self.lines.say(f"  Not yet: {inert(line)}")
            return False
        for sentence in (*found.warnings, *map(str, found.effects)):
            self.lines.say(f"  Note: {inert(sentence)}")
        return True

    def _fields(self) -> dict[str, Any]:
        return typed(self.given)


def _only_topic(prompts: Prompts) -> bool:
    return prompts.look.count("topic") <= 1


def _no_date(prompts: Prompts) -> bool:
    return prompts.answer("kind") != "date"


def _no_count(prompts: Prompts) -> bool:
    return prompts.answer("kind") != "count"


def _read_already(prompts: Prompts) -> bool:
    return not prompts.unread


def _judges_a_claim(prompts: Prompts) -> bool:
    return prompts.answer("claim") is not None


_NEEDLESS = {
    ("question", "topic"): _only_topic,
    ("question", "aspect"): _no_date,
    ("question", "unit"): _no_count,
    ("claim", "value"): _read_already,
    ("assessment", "source"): _judges_a_claim,
    ("assessment", "reliability"): _judges_a_claim,
}
