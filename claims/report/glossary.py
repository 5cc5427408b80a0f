"""The words for every code of a report. Only words: the rules stand in the analysis.

Each entry is (heading, sentence). ``docs/report.md`` explains the same codes at length; a test
keeps the two in step.
"""

from __future__ import annotations

STATUSES: dict[str, tuple[str, str]] = {
    "CONFLICT_HARD": ("Hard conflict", "what the words allow cannot all be true"),
    "CONFLICT_SOFT": (
        "Soft conflict",
        "the words could all be true, but not as they are typically read",
    ),
    "MUTUAL_ACCUSATION": ("Mutual accusation", "opposed parties each blame the other"),
    "TENSION": ("Tension", "the answers differ, and a person recorded how both can be true"),
    "AGREED_INDEPENDENT": (
        "Agreed independently",
        "equal answers from origins that are not known to depend on each other",
    ),
    "COMPATIBLE_INDEPENDENT": (
        "Compatible, independently",
        "answers from separate origins that can all be true, but are not equal",
    ),
    "REPEATED": ("Only repeated", "one origin, said more than once"),
    "SINGLE": ("One claim of one origin", "a statement, not an established fact"),
    "UNCORROBORATED": (
        "Unconfirmed",
        "somebody looked and could not confirm it, which is no denial",
    ),
    "UNANSWERED": ("Unanswered", "nobody asserts or reports an answer, which is no denial"),
}
"""Every headline of a question, in the order of the summary."""

RELATIONS: dict[str, str] = {
    "AGREE": "agree",
    "COMPATIBLE": "compatible",
    "PARTLY_OVERLAPS": "overlap in part",
    "CONFLICT_HARD": "hard conflict",
    "CONFLICT_SOFT": "soft conflict",
    "MUTUAL_ACCUSATION": "mutual accusation",
    "TENSION": "tension",
    "UNCORROBORATED": "not confirmed",
    "SUPERSEDED": "superseded",
    "NOT_COMPARABLE": "not comparable",
    "UNCLASSIFIED": "unclassified",
    "NO_CONFLICT": "no conflict",
}

INDEPENDENCE: dict[str, str] = {
    "independent": "independent origins",
    "possibly_dependent": "possibly one origin",
    "same_origin": "one origin",
}

REASONS: dict[str, str] = {
    "opposite_stance": "one says so, the other denies or doubts it",
    "mutual_accusation": "opposed parties each blame the other",
    "value_disjoint": "nothing that the words of one allow is allowed by the other",
    "typical_range_disjoint": "the words overlap, their typical readings do not",
    "rounding": "the two differ by no more than rounding",
    "subset_exceeds_total": "a part is larger than its whole",
    "outside_whole": "the part lies outside the time of its whole",
    "falling_total": "a running total that falls",
    "exclusive_categories": "a person recorded that only one of the two can be true",
    "reconcilable_categories": "a person recorded how both can be true",
    "too_far_apart": "the places are farther apart than their uncertainties",
    "equal_value": "the same value",
    "same_wording": "the same vague words",
    "same_category": "the same category",
    "same_truth": "the same answer",
    "same_place": "the same place",
    "same_text": "the same words",
    "refines": "one is a closer reading of the other",
    "precision": "the same date, told more or less precisely",
    "broader_narrower": "one category holds the other",
    "part_of": "one place lies in the other",
    "within_uncertainty": "the places are no farther apart than their uncertainties",
    "overlaps": "the two share part of what they allow",
    "extents_differ": "the two periods share some of their days",
    "scope": "one speaks of a part of what the other speaks of",
    "as_of": "running totals of different days",
    "not_opposed": "neither speaks against the other",
    "outside_denial": "the denial speaks of something else",
    "not_exclusive": "the question has room for several answers",
    "could_not_confirm": "one says so, the other looked and could not confirm it",
    "scope_measure": "they measure different things",
    "scope_population": "they speak of different people",
    "scope_cause": "they speak of different causes",
    "scope_actor": "they speak of different actors",
    "scope_area": "they speak of different areas",
    "scope_period": "they speak of different periods",
    "scope_count_basis": "they count by different rules",
    "unit_of_count": "they count different things",
    "no_value": "one gives no value",
    "no_number": "one gives no number",
    "no_recorded_relation": "nobody has recorded yet how the two answers stand to each other",
    "override": "decided by a person",
}
"""What each reason code says; the sentence beside it names the two claims."""

NOTES: dict[str, str] = {
    "NOT_COMPARABLE": "not comparable",
    "RANGE_UNRESOLVED": "range of unknown basis",
    "UNCONFIRMED": "could not be confirmed",
    "DENIED": "denied",
    "DOUBTED": "doubted",
    "UNCLASSIFIED": "a person must decide",
    "UNNAMED_ORIGIN": "origin not named",
    "POSSIBLY_DEPENDENT": "possibly dependent",
    "DIVERGENT_ORIGIN": "one origin, different values",
    "SELF_SERVING": "speaks for its own side",
    "AGAINST_INTEREST": "against its own interest",
    "OPPOSED_PARTIES_AGREE": "opposed parties agree",
    "CIRCULAR_ATTRIBUTION": "attribution in a circle",
    "RETRACTED": "withdrawn",
    "SUPERSEDED": "superseded",
    "COUNTED_BY_CODER": "counted by the coder",
    "UNASSESSED": "unassessed",
    "COMPARED_IN_PART": "compared in part",
    "AT_LEAST": "counted at least",
}

STANCES: dict[str, str] = {
    "asserts": "asserts",
    "reports": "reports, without vouching for it",
    "denies": "denies",
    "doubts": "doubts",
    "could_not_confirm": "could not confirm (no denial)",
}


def spoken(code: str) -> str:
    """A code that has no entry, in lower-case words."""
    return code.replace("_", " ").lower()


def reason_words(code: str) -> str:
    """The reason in words."""
    return REASONS.get(code) or spoken(code)


def note_words(code: str) -> str:
    """The note in words."""
    return NOTES.get(code) or spoken(code)
