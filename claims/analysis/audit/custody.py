"""Checks of the archived bytes: whether they are whole, and how they came to be held."""

from __future__ import annotations

from collections.abc import Iterator

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.finding import Defect, Unseen
from claims.analysis.audit.naming import document_name
from claims.analysis.wording import listed


def custody_gap(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """Archived bytes do not say who captured them, with what, or when.

    A copy proves what a page said only as far as its own history is known: who saved it, with
    which program and at what time. A gap is the first thing that is asked about in court.

    What to do: add `captured: {at, by, with}` to the document in its hand-coding file, or add
    the document anew through the archive, which records all three.

    Limits: it sees whether the three are recorded, not whether they are true.
    """
    if not dossier.snapshots:
        yield Unseen("document", 1, "no archived copy is held")
    for snapshot in dossier.snapshots:
        parts = {
            "the time of capture": snapshot.captured_at,
            "who captured it": snapshot.captured_by,
            "the program that captured it": snapshot.captured_with,
        }
        missing = [part for part, known in parts.items() if known is None]
        if missing:
            yield Defect(
                entity="snapshot",
                id=snapshot.id,
                name=document_name(dossier.document),
                found=f"an archived copy without {listed(missing, 'or')}",
                expected="the time of capture, the person and the program",
                fix="Record what is known of the capture, or capture the document anew.",
                documents=(dossier.document.id,),
            )
