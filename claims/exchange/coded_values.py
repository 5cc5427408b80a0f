"""The value of a claim: the words said, read by the parser of the question's kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from claims.analysis.records import ClaimValue
from claims.analysis.vocabulary import RangeBasis
from claims.errors import InputRefused, InvalidWhen, UnknownProfile
from claims.exchange.draft import Draft
from claims.exchange.structure import suggestion
from claims.exchange.yaml_nodes import Node, shortened, shown
from claims.values.duration import parse_duration
from claims.values.quantity import parse_quantity, with_range_basis
from claims.values.when import parse_when, when_from_expression


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parser made of the words: the expression, what it inferred, a range or not."""

    expression: str
    inferred: Mapping[str, str] = field(default_factory=dict)
    range: bool = False


def known_locale(draft: Draft, node: Node, name: str) -> str | None:
    """The locale that a field gives, or nothing where no conventions are held for it."""
    locale = node.text(name)
    if locale is None:
        return None
    try:
        parse_quantity("1", locale=locale)
    except UnknownProfile as error:
        hint = "" if name == "locale" else "; give locale: beside the language"
        draft.fault(node, f"{shown(locale)} ({error})", f"a locale that is held{hint}", name)
        return None
    return locale


_IN_WORDS = {"count", "proportion", "date", "duration"}
"""Kinds of which a reader cannot see that the coder gave the value; of others it is a label."""


@dataclass(frozen=True, slots=True)
class ValueReader:
    """A claim whose value is read: the kind its question asks for, its quote and its locale."""

    draft: Draft
    claim: Node
    kind: str
    quote: str
    locale: str

    def read(self) -> ClaimValue | None:
        """The value; a fault where it cannot be read."""
        reading = self._reading()
        if reading is None:
            return None
        given = {part: basis.words for part, basis in self.claim.entries("inferred").items()}
        return ClaimValue(
            said=self.claim.text("said") or self.quote,
            expression=reading.expression,
            range_basis=self._range_basis(reading),
            counted_by_coder=self.draft.yes(self.claim, "counted_by_coder", default=False),
            inferred={**self._coder_reads(), **reading.inferred, **given},
        )

    def _coder_reads(self) -> dict[str, str]:
        """That the value was read by the coder, where it is not in the words of the source."""
        value, said = self.claim.text("value"), self.claim.text("said")
        if self.kind not in _IN_WORDS or value is None or value == said:
            return {}
        return {"value": f"the coder reads the words as “{value}”"}

    @property
    def _node(self) -> Node:
        """Where the words stand that are read."""
        return self.claim.get("value") or self.claim.get("said") or self.claim

    @property
    def _text(self) -> str:
        """The words that are read: the value given, else those said, else the whole quote."""
        return self._node.words or self.quote

    def _reading(self) -> Reading | None:
        read = {
            "count": self._quantity,
            "proportion": self._quantity,
            "date": self._date,
            "duration": self._duration,
            "boolean": self._boolean,
            "category": self._named,
            "place": self._named,
        }.get(self.kind, self._words)
        try:
            return read()
        except InputRefused as error:
            hint = "" if self.claim.get("value") else "; give value: in words that can be read"
            self._fault(shortened(error, self._text), f"words that give a {self.kind}{hint}")
            return None

    def _fault(self, found: str, expected: str) -> None:
        self.draft.fault(self._node, found, expected)

    def _words(self) -> Reading:
        return Reading(self._text)

    def _quantity(self) -> Reading | None:
        quantity = parse_quantity(self._text, locale=self.locale)
        if quantity.measure != self.kind:
            found = f"{shown(self._text)}, which is a {quantity.measure}"
            self._fault(found, f"a {self.kind}")
            return None
        if quantity.range_basis is None:
            return Reading(quantity.expression)
        basis = self.claim.text("range_basis") or RangeBasis.UNKNOWN.value
        return Reading(with_range_basis(quantity, basis).expression, range=True)

    def _duration(self) -> Reading:
        return Reading(parse_duration(self._text, locale=self.locale).expression)

    def _date(self) -> Reading | None:
        own = self.claim.text("context")
        try:
            context = own or _year_of_topic(self.draft, self.claim)
            when_from_expression(context or "1000")
        except InvalidWhen:
            return None  # the fault is noted where the context stands
        when = parse_when(self._text, context=context, locale=self.locale)
        whose = "given with the claim" if own else "from the dates of the topic"
        lent = f"the context {context}"
        inferred = {
            part: f"{basis} {whose}" if basis == lent else basis for part, basis in when.inferred
        }
        return Reading(when.expression, inferred)

    def _boolean(self) -> Reading | None:
        words = self.claim.text("value")
        if words in {None, "yes", "true"}:
            return Reading("true")
        if words in {"no", "false"}:
            return Reading("false")
        self._fault(shown(words or ""), "yes or no")
        return None

    def _named(self) -> Reading | None:
        """The term or place that the words name: by its key, else by one of its names."""
        entity = "term" if self.kind == "category" else "place"
        text, known = self._text, self.draft.names.keys(entity)
        named = [k for k in known if _is_called(self.draft.names.node(entity, k), text)]
        found = [text] if text in known else named
        if len(found) == 1:
            return Reading(str(self.draft.id(entity, found[0])))
        which = "several" if found else "no"
        expected = f"value: the key of a {entity}{suggestion(text, known)}"
        self._fault(f"{shown(text)}, which names {which} {entity}s of the file", expected)
        return None

    def _range_basis(self, reading: Reading) -> RangeBasis | None:
        """What the ends of a range are the ends of; unknown where the file does not say."""
        if reading.range:
            return self.draft.word(self.claim, "range_basis", RangeBasis.UNKNOWN)
        if self.claim.get("range_basis"):
            expected = "a range_basis only where the value is a range"
            found = "a range_basis of a value that is no range"
            self.draft.fault(self.claim, found, expected, "range_basis")
        return None


def _year_of_topic(draft: Draft, claim: Node) -> str | None:
    """The year of the topic's dates, where they lie within one: all that a claim inherits.

    Raises:
        InvalidWhen: the topic's dates are no EDTF.
    """
    question = draft.names.node("question", claim.text("question"))
    topics = draft.names.keys("topic")
    key = (question.text("topic") if question else None) or (topics[0] if len(topics) == 1 else "")
    topic = draft.names.node("topic", key)
    dates = topic.text("dates") if topic else None
    if dates is None:
        return None
    when = when_from_expression(dates)
    first, last = when.earliest, when.latest
    one_year = first is not None and last is not None and first.year == last.year
    return f"{first.year:04d}" if first is not None and one_year else None


def _is_called(node: Node | None, text: str) -> bool:
    if node is None:
        return False
    names = [node.text("label") or "", node.text("name") or ""]
    for listed in ("aliases", "names"):
        for of_language in node.entries(listed).values():
            names += [item.words for item in of_language.value if isinstance(item, Node)]
    return text.casefold() in {name.casefold() for name in names}


def check_wording(draft: Draft, claim: Node, quotes: tuple[str, ...]) -> None:
    """Checks that said, verbs and hedges stand in the quotes of the claim, to the letter."""
    named = [claim.get("said"), claim.get("verb"), *claim.items("hedges")]
    named += [speaker.get("verb") for speaker in claim.items("speakers")]
    for node in (node for node in named if node is not None):
        if not any(node.words in quote for quote in quotes):
            draft.fault(node, shown(node.words), _wording(node, quotes))


def _wording(node: Node, quotes: tuple[str, ...]) -> str:
    folded = node.words.casefold()
    for quote in quotes:
        at = quote.casefold().find(folded)
        if at >= 0 and quote[at : at + len(folded)].casefold() == folded:
            return f"words of the quote, to the letter: {shown(quote[at : at + len(folded)])}"
    return f"words of the quote {shown(quotes[0])}, to the letter"
