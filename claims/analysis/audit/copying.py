"""The check of copied text: documents that share their words and are counted as independent."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from uuid import UUID

from claims.analysis.audit.case import DocumentRow, ProjectFile
from claims.analysis.audit.defects import of_document, quoted
from claims.analysis.audit.finding import Defect
from claims.analysis.voices import Voices
from claims.values.folding import folded_words

RUN = 8
"""So many words in a row, alike but for spelling, are a coincidence no more; ours."""

WINDOW = 4
"""Of so many runs that follow each other, one is kept: a copied stretch of eleven words shows."""

MOST = 500
"""Runs that are kept of one document."""

COMMON = 20
"""A run that more documents share is a formula, and shows no copying."""

ENOUGH = 2
"""So many kept runs must be shared, unless a document has fewer; one alone may be a formula."""


def sketch(texts: Iterable[str]) -> array[int]:
    """A sample of the runs of words in some texts, by which copies of them are known.

    Winnowing (Schleimer, Wilkerson and Aiken 2003): of each window of runs the one with the least
    hash is kept, so that every shared stretch of ``RUN + WINDOW - 1`` words is noticed.
    """
    kept: set[int] = set()
    for text in texts:
        words = folded_words(text)
        hashes = [_hash(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
        for at in range(max(0, len(hashes) - WINDOW) + 1 if hashes else 0):
            kept.add(min(hashes[at : at + WINDOW]))
    return array("Q", sorted(kept)[:MOST])


def _hash(words: tuple[str, ...]) -> int:
    digest = hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def dependence_overlooked(file: ProjectFile) -> Iterator[Defect]:
    """Two documents have the same words, or one origin, and count as two.

    Newspapers print what agencies send. Ten copies of one dispatch look like ten sources, and a
    figure seems confirmed ten times.

    What to do: record that one document is a *wire copy* of the other, or *quotes* or *derives
    from* it. Where a person counted two claims of one origin as independent, take that back.

    Limits: it fires on runs of eight words (ours), alike but for spelling, punctuation and case,
    between documents that no relation joins, of which neither cites the other, and which cite no
    voice in common. Of a long text a sample is compared. What many documents share is taken for
    a formula. Translations and rewording it does not see.
    """
    joined = _joined(file)
    rows = {row.item.id: row for row in file.documents}
    for (a, b), shared in sorted(_shared(file.documents).items()):
        few = shared < min(ENOUGH, len(rows[a].sketch), len(rows[b].sketch))
        if few or joined.head(str(a)) == joined.head(str(b)) or _leans(rows[a], rows[b]):
            continue
        other = rows[b].item
        count = "a run" if shared == 1 else f"{shared} runs"
        yield Defect(
            of_document(rows[a].item, other),
            found=f"{count} of {RUN} words also in {quoted(other.title)}, and no recorded relation",
            expected="a recorded relation between documents that share their words",
            fix="Record which of the two took its words from the other, or from whom both did.",
        )


def _shared(rows: Iterable[DocumentRow]) -> Counter[tuple[UUID, UUID]]:
    """How many runs two documents share, of those that do."""
    holders: defaultdict[int, list[UUID]] = defaultdict(list)
    for row in rows:
        for run in row.sketch:
            holders[run].append(row.item.id)
    found: Counter[tuple[UUID, UUID]] = Counter()
    for documents in holders.values():
        if len(documents) <= COMMON:
            found.update(combinations(sorted(documents), 2))
    return found


def _joined(file: ProjectFile) -> Voices:
    """Documents made one by recorded relations, of their own or of their voices."""
    voices = Voices()
    for relation in file.relations:
        if relation.kind.joins:
            voices.join(str(relation.a), str(relation.b))
    for row in file.documents:
        voices.join(str(row.item.id), str(row.item.voice))
    return voices


def _leans(a: DocumentRow, b: DocumentRow) -> bool:
    """Whether one of them cites the other or its voice, or both cite the same voice."""
    cited = [row.voices - {row.item.voice} for row in (a, b)]
    if not cited[0].isdisjoint(cited[1]):
        return True
    return any(y.item.id in x.leans_on or y.item.voice in x.voices for x, y in ((a, b), (b, a)))
