"""Checks of quotes in other languages."""

from __future__ import annotations

from collections.abc import Iterator

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.defects import of_passage, quoted
from claims.analysis.audit.finding import Defect
from claims.analysis.records import Passage
from claims.analysis.vocabulary import TranslationMethod


def untranslated(dossier: Dossier) -> Iterator[Defect]:
    """A quote in a language that the project does not work in has no translation.

    Readers cannot check what they cannot read, and two coders may read a foreign word otherwise.

    What to do: add a translation into one of the project's languages, and say who made it.

    Limits: the language is the one that the passage declares; the quote itself is not looked at.
    """
    for passage in dossier.passages:
        known = {_bare(language) for language in dossier.languages}
        given = {_bare(translation.language) for translation in passage.translations}
        if _bare(passage.language) not in known and known.isdisjoint(given):
            yield Defect(
                of_passage(passage),
                found=f"a quote in the language {passage.language} without a translation",
                expected=f"a translation into {' or '.join(dossier.languages)}",
                fix="Add a translation of the quote, and say who made it.",
            )


def machine_translated(dossier: Dossier) -> Iterator[Defect]:
    """A translation was made by a machine and nobody reviewed it.

    Machines lose negations, hedges and who did what to whom, in fluent sentences.

    What to do: have somebody who reads the language compare the two, and record the method
    `machine_reviewed`.

    Limits: it knows only the method that was recorded. A quote that also has a translation by a
    person into the same language is in order.
    """
    for passage in dossier.passages:
        for language in _by_machine_alone(passage):
            yield Defect(
                of_passage(passage),
                found=f"a translation into {language} by a machine, which nobody reviewed",
                expected="a translation that a person made or reviewed",
                fix=f"Have the translation of {quoted(passage.exact, 30)} reviewed.",
            )


def _by_machine_alone(passage: Passage) -> Iterator[str]:
    methods: dict[str, set[TranslationMethod]] = {}
    for translation in passage.translations:
        methods.setdefault(translation.language, set()).add(translation.method)
    return (language for language, how in methods.items() if how == {TranslationMethod.MACHINE})


def _bare(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].casefold()
