"""Checks of records that should not be in use, and of records that nothing uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claims.analysis.audit.case import Dossier, ProjectFile
from claims.analysis.audit.defects import of_document, of_passage, of_source, quoted
from claims.analysis.audit.finding import Defect, Unseen
from claims.analysis.records import Passage
from claims.analysis.similar import pairs
from claims.analysis.vocabulary import DocumentStatus
from claims.values.folding import folded_words

_SAME = 1
"""The rank up to which two documents are taken for one: the same number, or title and date."""


def withdrawn_in_use(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """Claims rest on a document that was retracted, corrected or superseded.

    Its publisher does not stand by it any more, or not by all of it. Retracted articles go on
    being cited for years.

    What to do: read the notice, cite the corrected version, and mark the claims as retracted
    where the document was.

    Limits: it knows the status that was recorded and the list of retractions that was given;
    documents without a DOI cannot be looked up in a list.
    """
    document = dossier.document
    if not dossier.live:
        return
    status = document.status
    if status is not DocumentStatus.CURRENT:
        yield _withdrawn(dossier, f"a document that is {status.value}")
    elif dossier.notice is not None:
        notice = dossier.notice
        when = f" of {notice.date}" if notice.date else ""
        yield _withdrawn(dossier, f"a notice ({notice.kind}){when}, in {notice.origin}")
    elif document.csl.get("DOI") and not dossier.noticed:
        yield Unseen("document", 1, "no list of retractions was given")


def _withdrawn(dossier: Dossier, found: str) -> Defect:
    return Defect(
        of_document(dossier.document),
        found=f"{found}, with {len(dossier.live)} claims that count",
        expected="a document that its publisher stands by",
        fix="Read the notice; cite the corrected version, or retract the claims.",
    )


def uncited(dossier: Dossier) -> tuple[Passage, ...]:
    """The passages that no claim cites, of those that are here."""
    used = {passage for claim in dossier.claims for passage in claim.passages}
    return tuple(passage for passage in dossier.passages if passage.id not in used)


def unused_passage(dossier: Dossier) -> Iterator[Defect]:
    """A passage that no claim cites, neither there nor in a newer copy.

    The second half of the check of duplicates: see there.
    """
    unused = uncited(dossier)
    if not unused:
        return
    left = {passage.id for passage in unused}
    cited = [passage for passage in dossier.passages if passage.id not in left]
    copies = _Copies(dossier, [*cited, *dossier.further])
    for passage in unused:
        if not copies.newer(passage):
            yield Defect(
                of_passage(passage),
                found="a passage that no claim cites",
                expected="a claim that rests on it",
                fix="Code what the passage says, or take it out of its file and load that with"
                " `claims load --remove-gone`.",
            )


class _Copies:
    """From which copy of a document, counted from the oldest, its words are cited last."""

    def __init__(self, dossier: Dossier, cited: Iterable[Passage]) -> None:
        self._copies = [snapshot.id for snapshot in dossier.snapshots]
        self._last = {
            folded_words(passage.exact): self._copy(passage)
            for passage in sorted(cited, key=self._copy)
        }

    def newer(self, passage: Passage) -> bool:
        """Whether the words of a passage are cited from a newer copy than its own."""
        return self._last.get(folded_words(passage.exact), -1) > self._copy(passage)

    def _copy(self, passage: Passage) -> int:
        held = passage.snapshot in self._copies
        return self._copies.index(passage.snapshot) if held and passage.snapshot else -1


def duplicate_or_unused(file: ProjectFile) -> Iterator[Defect]:
    """A document is held twice, or a passage or a source is used by nothing.

    A document held twice counts as two where it is one. What nothing uses is often the trace of
    a claim that was lost.

    What to do: merge the two documents (`claims document merge`), or give each its own number,
    publication or date. Code what a passage or a source was meant for. What is not needed is
    taken out: a source by `claims source remove`; a passage of its file, which is then loaded
    with `claims load --remove-gone`.

    Limits: two documents are taken for one that share a DOI, an ISBN or an address, or their
    title with publication or date. A passage is used by a claim, also where that cites the same
    words from a newer copy (`claims document reanchor`). A source is used by a chain of
    speakers, as the voice of a document, or by a relation.
    """
    titles = {row.item.id: row.item for row in file.documents}
    for found in pairs([row.item for row in file.documents]):
        if found.rank <= _SAME:
            other = titles[found.b]
            yield Defect(
                of_document(titles[found.a], other),
                found=f"{found.reason} as {quoted(other.title)} ({other.key or other.id})",
                expected="each document once",
                fix="Merge the two documents (`claims document merge`), or give each its own"
                " number, publication or date.",
            )
    used = {source for row in file.documents for source in (row.item.voice, *row.voices)}
    used |= {end for relation in file.relations for end in (relation.a, relation.b)}
    for source in file.sources:
        if source.id not in used:
            yield Defect(
                of_source(source),
                found="a source that nothing uses",
                expected="a claim in which it speaks",
                fix="Code what it says, or take it out: `claims source remove"
                f" {source.key or str(source.id)[:8]}`.",
            )
