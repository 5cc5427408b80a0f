"""Checks of the bibliographic item: what leads a reader back to the document."""

from __future__ import annotations

from collections.abc import Iterator

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.finding import Defect
from claims.analysis.audit.naming import document_name


def no_access_date(dossier: Dossier) -> Iterator[Defect]:
    """A document cited by its address does not say when it was read there.

    What stands at an address changes. Without the day on which it was read, nobody can look for
    the version that was quoted, in a web archive or in the page's own history.

    What to do: write the day into `accessed` of the document's item, or archive the document,
    which keeps the time of capture.

    Limits: only documents with a URL are asked; a snapshot with its time of capture is as good.
    """
    csl = dossier.document.csl
    if not csl.get("URL") or csl.get("accessed"):
        return
    if any(snapshot.captured_at is not None for snapshot in dossier.snapshots):
        return
    yield Defect(
        entity="document",
        id=dossier.document.id,
        name=document_name(dossier.document),
        found=f"the address {csl['URL']} and no day on which it was read",
        expected="the day on which the document was read there",
        fix="Write the day into “accessed” of the document’s item, or archive the document.",
        documents=(dossier.document.id,),
    )
