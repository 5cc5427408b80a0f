"""Each reason in a sentence that a reader can check, with the words of both sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from claims.analysis.casefile import Casefile
from claims.analysis.findings import Finding
from claims.analysis.statements import Statement
from claims.analysis.value_relations import differ_by_rounding
from claims.analysis.wording import region
from claims.values.category import Category
from claims.values.interval import Region

Sentence = Callable[[Statement, Statement], str]


def explain(finding: Finding, a: Statement, b: Statement, casefile: Casefile) -> str:
    """Why ``a`` and ``b`` stand to each other as they do.

    Raises:
        KeyError: the reason has no sentence (a test keeps the two lists in step).
    """
    if finding.narrower == "b":
        a, b = b, a
    if finding.reason == "not_opposed":
        return "Neither claim puts a value forward, so there is nothing to compare."
    if finding.reason == "mutual_accusation":
        return _accusation(a, b, casefile)
    if finding.reason.startswith("scope_"):
        return _scope(finding.reason.removeprefix("scope_"), a, b)
    return SENTENCES[finding.reason](a, b)


def _said(statement: Statement) -> str:
    return f"“{statement.said}”"


def _both(a: Statement, b: Statement) -> str:
    return f"{_said(a)} and {_said(b)}"


def _hard(statement: Statement) -> str:
    return _in_words(statement.hard, statement)


def _soft(statement: Statement) -> str:
    return _in_words(statement.soft or statement.hard, statement)


def _in_words(covered: Region | None, statement: Statement) -> str:
    return region(covered, statement.question.value_kind) if covered else "no number"


def _accusation(a: Statement, b: Statement, casefile: Casefile) -> str:
    names = [casefile.parties[s.party].name for s in (a, b) if s.party is not None]
    sentence = f"{' and '.join(sorted(names))} each blame the other."
    return sentence[:1].upper() + sentence[1:]


def _scope(dimension: str, a: Statement, b: Statement) -> str:
    named = dimension.replace("_", " ")
    return (
        f"{_both(a, b)} speak of different things: their {named} differs, overlaps only in part "
        "or is not known."
    )


def _disjoint(a: Statement, b: Statement) -> str:
    if a.hard is None or b.hard is None:
        return f"{_both(a, b)} cannot both be true."
    return (
        f"{_both(a, b)} cannot both be true: the words allow {_hard(a)} on one side, "
        f"{_hard(b)} on the other."
    )


def _opposite(a: Statement, b: Statement) -> str:
    affirmed, other = (a, b) if a.stance.affirms else (b, a)
    about = f" {_said(other)}" if other.hard or isinstance(other.value, Category) else " it"
    return f"One claim says {_said(affirmed)}; the other {other.stance.value}{about}."


def _exceeds(a: Statement, b: Statement) -> str:
    if a.hard and b.hard and b.hard.hull.end < a.hard.hull.start:
        rounded = ", if by no more than rounding would explain" if differ_by_rounding(a, b) else ""
        return (
            f"A part is greater than its whole{rounded}: {_said(a)} ({_hard(a)}) is a part of "
            f"what {_said(b)} ({_hard(b)}) counts."
        )
    return (
        f"A part is, typically read, greater than its whole: {_said(a)} (typically {_soft(a)}) is "
        f"a part of what {_said(b)} (typically {_soft(b)}) counts."
    )


def _falls(a: Statement, b: Statement) -> str:
    earlier, later = _in_time(a, b)
    return (
        f"A running total cannot fall: {_said(later)} as of {later.claim.as_of} is less than "
        f"{_said(earlier)} as of {earlier.claim.as_of}, from another origin."
    )


def _as_of(a: Statement, b: Statement) -> str:
    earlier, later = _in_time(a, b)
    return (
        f"{_said(earlier)} as of {earlier.claim.as_of}, {_said(later)} as of "
        f"{later.claim.as_of}: figures of one growing total at two times."
    )


def _in_time(a: Statement, b: Statement) -> tuple[Statement, Statement]:
    if a.as_of and b.as_of and b.as_of.hull.end < a.as_of.hull.start:
        return b, a
    return a, b


SENTENCES: Mapping[str, Sentence] = {
    "unit_of_count": lambda a, b: (
        f"{_both(a, b)} count different things, or count on different bases."
    ),
    "could_not_confirm": lambda a, b: (
        f"Somebody looked for {_said(a if a.stance.affirms else b)} and could not confirm it; "
        "that is no denial."
    ),
    "opposite_stance": _opposite,
    "outside_denial": lambda a, b: f"What is denied does not cover what is said: {_both(a, b)}.",
    "scope": lambda a, b: f"{_said(a)} is said of a part of what {_said(b)} is said of.",
    "as_of": _as_of,
    "falling_total": _falls,
    "no_value": lambda a, b: f"{_both(a, b)}: one of them gives no value to compare.",
    "no_number": lambda a, b: (
        f"{_both(a, b)}: a word such as “many” is no number, and excludes only none."
    ),
    "value_disjoint": _disjoint,
    "rounding": lambda a, b: (
        f"{_both(a, b)} differ, but by no more than rounding one of them would explain."
    ),
    "typical_range_disjoint": lambda a, b: (
        f"{_both(a, b)} could both be true, but are typically read as {_soft(a)} and {_soft(b)}."
    ),
    "equal_value": lambda a, b: f"{_both(a, b)} are the same: {_hard(a)}.",
    "same_wording": lambda a, b: (
        f"{_both(a, b)} are the same vague words; a vague word said twice is no figure confirmed."
    ),
    "refines": lambda a, b: f"{_said(a)} lies within {_said(b)} (typically {_soft(b)}).",
    "precision": lambda a, b: f"{_said(a)} is more precise than {_said(b)} ({_hard(b)}).",
    "overlaps": lambda a, b: (
        f"{_both(a, b)} overlap only in part: typically {_soft(a)} and {_soft(b)}."
    ),
    "extents_differ": lambda a, b: (
        f"{_both(a, b)} are two different spans of time ({_hard(a)}; {_hard(b)}) that overlap; "
        "how long something lasted does not refine how long something lasted."
    ),
    "same_category": lambda a, b: f"{_both(a, b)} give the same answer.",
    "same_truth": lambda a, b: f"{_both(a, b)} give the same answer.",
    "same_place": lambda a, b: f"{_both(a, b)} name the same place.",
    "same_text": lambda a, b: f"{_both(a, b)} are the same words.",
    "broader_narrower": lambda a, b: f"{_said(a)} is a narrower category than {_said(b)}.",
    "part_of": lambda a, b: f"{_said(a)} is a part of {_said(b)}.",
    "exclusive_categories": lambda a, b: (
        f"{_both(a, b)} are recorded as categories that exclude each other."
    ),
    "reconcilable_categories": lambda a, b: (
        f"{_both(a, b)} differ, but are recorded as categories that can both be true."
    ),
    "no_recorded_relation": lambda a, b: (
        f"{_both(a, b)} differ in words; nobody has recorded whether both can be true."
    ),
    "not_exclusive": lambda a, b: f"{_both(a, b)} differ, and the question allows several answers.",
    "too_far_apart": lambda a, b: (
        f"{_both(a, b)} lie further apart than their uncertainties allow."
    ),
    "within_uncertainty": lambda a, b: (
        f"{_both(a, b)} are different places whose uncertainties overlap."
    ),
    "subset_exceeds_total": _exceeds,
    "outside_whole": lambda a, b: (
        f"The part lies outside its whole: {_said(a)} ({_hard(a)}) v. {_said(b)} ({_hard(b)})."
    ),
}
