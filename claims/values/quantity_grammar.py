"""How the words of a quantity stand together: hedges, ranges, alternatives, units, outcomes.

    quantity    [lead] hedges core [hedge after] [unit words] [what happened] [hedge after]
    core        between A and B | from A to B | A to B | A or B | A
    unit words  [of the] adjectives noun

What happened ("were killed") and adjectives ("ethnic Azerbaijani") are read and left out of the
value: the question says what is counted. Everything must be read, or the text is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from claims.errors import InvalidQuantity
from claims.values import quantity_make as make
from claims.values.quantity_expression import Hedged
from claims.values.quantity_figures import as_node, share_unit
from claims.values.quantity_operands import read_operand, spelled_runs
from claims.values.quantity_words import Words, language, tokens_of

if TYPE_CHECKING:
    from claims.values.quantity_expression import Node
    from claims.values.quantity_figures import Figure
    from claims.values.quantity_numbers import Conventions

_DASHES = "-−–—‒―‐‑"
_MIN_DEMONYM = 3
_QUOTED = 60
_REASONS = {
    "could_not_confirm": (
        "“{}” says that nothing was reported or confirmed, which is not zero: code the claim's "
        "stance as could_not_confirm, without a value"
    ),
    "two_claims": "“{}” starts a second number: code it as a claim of its own in a subset question",
    "uncertain": "“{}” hedges the claim, not the number: record it among the claim's hedges",
    "increment": "“{}” adds to a number given elsewhere: code the total, if the source gives it",
    "unknown_number": "“{}” gives no number: code the claim without a value",
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
    hedges = words.take_all("hedge")
    nothing = _takes_no(words)
    core = make.count(0) if nothing else _core(words, how, hedges)
    hedges += words.take_all("hedge_after")
    unit = _unit_words(words)
    _refuse_unreported(words, core)
    if not _outcomes(words) and nothing and unit is None:
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
    if core == make.count(0) and words.take("unreported") is not None:
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
    for stop in spelled_runs(words):
        words.at, words.stop = start, stop
        low = _attempt(words, how)
        words.stop = None
        if low is not None and words.take("between_and") is not None:
            return _span(low, _operand(words, how))
    words.at = start
    message = f"“between” needs two numbers joined by “and”, not “{_short(words.rest)}”"
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
    message = (
        f"“{_short(words.rest)}” starts with neither a number nor a word of the phrase table; "
        "give only the words of the number"
    )
    raise InvalidQuantity(message)


def _span(low: Figure | Node, high: Figure | Node) -> Node:
    return make.span(as_node(share_unit(low, high)), as_node(high))


def _choice(words: Words, how: Conventions, first: Figure | Node) -> Node:
    """N or M; N, M or K; words after a comma or an "or" that are no number are left unread."""
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
    return make.choice((*(as_node(share_unit(option, last)) for option in options), as_node(last)))


def _hedged(core: Node, said: list[str]) -> Node:
    """The hedges over the core: an approximation inside, at most one bound outside."""
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


def _unit_words(words: Words) -> str | None:
    before = words.at
    words.take("filler")
    unit = _noun(words)
    if unit is None:
        words.at = before
    return unit


def _noun(words: Words) -> str | None:
    """The noun here, after any adjectives; the last of several ("civilian deaths") is the unit."""
    start = words.at
    noun = words.peek("noun")
    length = noun[1] if noun else 0
    adjective = words.peek("adjective")
    before_noun = adjective[1] if adjective else int(_is_demonym(words))
    if before_noun and before_noun >= length:
        words.at += before_noun
        if (later := _noun(words)) is not None:
            return later
        words.at = start
    words.at += length
    return noun[0] if noun else None


def _is_demonym(words: Words) -> bool:
    """Whether a capitalised word stands here that may say whose the people are."""
    if words.done or words.peek("month"):
        return False
    word = words.tokens.raw[words.at]
    return len(word) >= _MIN_DEMONYM and word.istitle() and word.isalpha()


def _outcomes(words: Words) -> bool:
    """Read "were killed and wounded"; whether anything of the kind was said."""
    said = False
    while True:
        before = words.at
        if said:
            words.take("link")
        words.take_all("auxiliary")
        if words.take("outcome") is None:
            words.at = before
            return said
        said = True


def _refuse_rest(words: Words) -> NoReturn:
    rest = _short(words.rest)
    joined = words.take("link") is not None or words.accept(",")
    if joined and _number_begins(words):
        message = f"“{rest}” gives a second number: code two claims, one for each"
        raise InvalidQuantity(message)
    message = (
        f"the words “{rest}” after the number are not in the tables; leave them out of the value "
        "and record them in the claim's scope or question"
    )
    raise InvalidQuantity(message)


def _number_begins(words: Words) -> bool:
    """Whether a number or a vague word starts here."""
    words.take_all("hedge")
    spoken = words.language
    return (
        words.at_number()
        or words.here in spoken.small | spoken.large
        or words.peek("atom") is not None
    )


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
