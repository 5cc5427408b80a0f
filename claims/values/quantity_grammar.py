"""How the words of a quantity stand together: hedges, ranges, alternatives, units, outcomes.

    quantity    [lead] hedges core [hedge after] [unit words] [what happened] [hedge after]
    core        between A and B | from A to B | A to B | A or B | A | no | some | a (one)
    unit words  [of the] adjectives noun

What happened ("were killed") and adjectives ("ethnic Azerbaijani") are read and left out of the
value: the question says what is counted. Everything must be read, or the text is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from claims.errors import InvalidQuantity
from claims.values import quantity_make as make
from claims.values.quantity_expression import Hedged, Word
from claims.values.quantity_figures import as_node, share_unit
from claims.values.quantity_nouns import (
    number_begins,
    read_one,
    read_outcomes,
    read_some,
    read_unit,
    take_every,
)
from claims.values.quantity_operands import read_operand, spelled_runs
from claims.values.quantity_words import Words, language, tokens_of

if TYPE_CHECKING:
    from claims.values.quantity_expression import Node
    from claims.values.quantity_figures import Figure
    from claims.values.quantity_numbers import Conventions

_DASHES = "-−–—‒―‐‑"
_QUOTED = 60
_NOTHING = make.count(0)
_REASONS = {
    "could_not_confirm": (
        "“{}” says that nothing was reported or confirmed, which is not zero: code the claim's "
        "stance as could_not_confirm, without a value"
    ),
    "two_claims": "“{}” starts a second number: code it as a claim of its own in a subset question",
    "uncertain": "“{}” hedges the claim, not the number: record it among the claim's hedges",
    "increment": "“{}” adds to a number given elsewhere: code the total, if the source gives it",
    "unknown_number": "“{}” gives no number: code the claim without a value",
    "far": (
        "“{}” does not say how far above or below: write “more than” or “fewer than”, and keep "
        "the words in the quote"
    ),
    "small": ("“{}” says that the number is small, not what it is: code the claim without a value"),
    "duration": "“{}” is a unit of time, not of things counted: code it as a duration",
    "negative": "“{}” makes a negative number, which no count is: give a number of at least 0",
}


def read_words(text: str, how: Conventions) -> tuple[Node, str | None]:
    """The meaning of the words and the unit they name.

    The words are read in the language of the locale and, where that table does not hold them,
    in English; never in a mixture.

    Raises:
        InvalidQuantity: with the reason why they cannot be read.
    """
    tokens = tokens_of(text)
    try:
        return _read(Words(tokens, language(how.words)), how)
    except InvalidQuantity:
        if how.words == "en":
            raise
        try:
            return _read(Words(tokens, language("en")), how)
        except InvalidQuantity:
            pass
        raise


def _read(words: Words, how: Conventions) -> tuple[Node, str | None]:
    _refuse_known(words)
    words.take_all("lead")
    take_every(words)
    core = read_some(words)
    hedges = words.take_all("hedge") if core is None else []
    nothing = core is None and _takes_no(words)
    if core is None:
        core = _NOTHING if nothing else read_one(words) or _core(words, how, hedges)
    hedges += words.take_all("hedge_after")
    unit = read_unit(words, core)
    _refuse_unreported(words, core)
    if not read_outcomes(words) and nothing and unit is None:
        _refuse_rest(words)
    _refuse_unreported(words, core)
    words.take_all("tail")
    hedges += words.take_all("hedge_after")
    words.take_all("tail")
    if not words.done:
        _refuse_rest(words)
    return _hedged(core, hedges), unit


def _takes_no(words: Words) -> bool:
    """Read the "no" of "no deaths"; a word that stands alone ("none") is left to be read."""
    no, whole = words.peek("no"), words.peek("atom")
    alone = no is not None and words.at + no[1] == len(words.tokens.low)
    if no is None or alone or (whole is not None and whole[1] > no[1]):
        return False
    words.at += no[1]
    return True


def _refuse_unreported(words: Words, core: Node) -> None:
    """Refuse "no deaths were reported", which does not say that there were none."""
    start = words.at
    if core == _NOTHING and words.take("unreported") is not None:
        said = " ".join(words.tokens.raw[start : words.at])
        raise InvalidQuantity(_REASONS["could_not_confirm"].format(said))


def _refuse_known(words: Words) -> None:
    """Refuse what is known to be no number of its own, wherever it stands."""
    found = words.find("refuse")
    if found is not None:
        raise InvalidQuantity(_REASONS[found[0]].format(found[1]))
    if words.here in _DASHES:
        raise InvalidQuantity(_REASONS["negative"].format(words.here))


def _core(words: Words, how: Conventions, hedges: list[str]) -> Node:
    if words.take("between") is not None:
        hedges += words.take_all("hedge")
        return _between(words, how)
    before = words.at
    if words.take("from") is not None:
        hedges += words.take_all("hedge")
        low = _operand(words, how)
        if words.take("range") is not None:
            return _span(low, _operand(words, how))
        words.at = before
    first = _operand(words, how)
    if words.take("range") is not None:
        return _span(first, _operand(words, how))
    if words.here == "," or words.peek("or"):
        return _choice(words, how, first)
    return as_node(first)


def _between(words: Words, how: Conventions) -> Node:
    """Between A and B, where an "and" may also stand inside a number."""
    start = words.at
    found: list[tuple[int, Figure | Node, Figure | Node]] = []
    for stop in spelled_runs(words):
        words.at, words.stop = start, stop
        low = _attempt(words, how)
        words.stop = None
        if low is not None and words.take("between_and") is not None:
            high = _operand(words, how)
            found.append((words.at, low, high))
    words.at = start
    furthest = max((end for end, *_ in found), default=start)
    read = [ends for end, *ends in found if end == furthest]
    message = f"“between” needs two numbers joined by “and”, not “{_short(words.rest)}”"
    if len(read) == 1:
        words.at = furthest
        return _span(*read[0])
    if read:
        message = (
            f"“{_short(words.rest)}” can be parted in several ways; give the numbers in digits"
        )
    raise InvalidQuantity(message)


def _attempt(words: Words, how: Conventions) -> Figure | Node | None:
    """The operand here, ``None`` where the words up to the stop are none."""
    try:
        return read_operand(words, how)
    except InvalidQuantity:
        return None


def _operand(words: Words, how: Conventions) -> Figure | Node:
    found = read_operand(words, how)
    if found is not None:
        return found
    if words.done:
        message = "a number is missing at its end; give the number in digits or words"
        raise InvalidQuantity(message)
    _refuse_unread(words)
    message = (
        f"“{_short(words.rest)}” starts with neither a number nor a word of the phrase table; "
        f"give only the words of the number{_read_in_english(how)}"
    )
    raise InvalidQuantity(message)


def _read_in_english(how: Conventions) -> str:
    """What to add for a locale whose own words are not held."""
    if how.locale.replace("_", "-").partition("-")[0].lower() == how.words:
        return ""
    return f", in English: no table of the words of locale “{how.locale}” is held"


def _refuse_unread(words: Words) -> None:
    """Refuse words that are known to be none of a number, and say what they are."""
    start = words.at
    if (kind := words.take("unread")) is not None:
        said = " ".join(words.tokens.raw[start : words.at])
        raise InvalidQuantity(_REASONS[kind].format(said))


def _span(low: Figure | Node, high: Figure | Node) -> Node:
    return make.span(as_node(share_unit(low, high)), as_node(high))


def _choice(words: Words, how: Conventions, first: Figure | Node) -> Node:
    """N or M; N, M or K; words after a comma or an "or" that are no number are left unread.

    "Dozens or hundreds" are no two numbers to choose from: they are the range from one to the
    other, as "dozens, if not hundreds" is.
    """
    options, joined = [first], False
    start = end = words.at
    while words.accept(",") or words.peek("or"):
        joined = words.take("or") is not None or joined
        option = read_operand(words, how)
        if option is None:
            break
        options.append(option)
        end = words.at
    if not joined or len(options) == 1:
        words.at = start
        return as_node(first)
    words.at = end
    last = options.pop()
    if len(options) == 1 and (isinstance(first, Word) or isinstance(last, Word)):
        return _span(first, last)
    return make.choice((*(as_node(share_unit(option, last)) for option in options), as_node(last)))


def _hedged(core: Node, said: list[str]) -> Node:
    """The hedges over the core: an approximation inside, at most one bound outside."""
    if not said:
        return core
    hedges = list(dict.fromkeys(hedge for hedge in said if hedge != "exactly"))
    if isinstance(core, Hedged):
        hedges = [core.hedge, *hedges] if core.hedge not in hedges else hedges
        core = core.inner
    hedges.sort(key=lambda hedge: hedge != "about")
    if len([hedge for hedge in hedges if hedge != "about"]) > 1:
        message = f"it has several bounds ({', '.join(hedges)}); code one claim for each"
        raise InvalidQuantity(message.replace("_", " "))
    for hedge in hedges:
        core = make.hedged(hedge, core)
    return core


def _refuse_rest(words: Words) -> NoReturn:
    _refuse_unread(words)
    rest = _short(words.rest)
    joined = words.take("link") is not None or words.accept(",")
    if joined and number_begins(words):
        message = (
            f"“{rest}” gives a second number: code two claims, one for each; two bounds of one "
            "number are a range, as in “30 to 50”"
        )
        raise InvalidQuantity(message)
    message = (
        f"the words “{rest}” after the number are not in the tables; leave them out of the value "
        "and record them in the claim's scope or question"
    )
    raise InvalidQuantity(message)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
