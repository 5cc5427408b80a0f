"""When two documents may be one work: by DOI, ISBN, address, or by title, publication and date."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from claims.analysis.bibliographic import identifiers
from claims.analysis.csl_dates import edtf_of
from claims.analysis.likeness import Name, alike
from claims.analysis.records import Document
from claims.values.folding import folded

PARTS = frozenset(
    {"chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"}
)
"""Types of works that share the ISBN of the book they stand in: they are one by title as well."""


def document_marks(document: Document) -> Iterator[Hashable]:
    """What makes a pair worth a look by itself."""
    yield from identifiers(document.csl)
    yield "title", Name.of(document.title).folded


def document_words(document: Document) -> Iterator[Hashable]:
    """What makes a pair worth a look where few share it."""
    year = _date(document)[:4]
    return ((key, year) for key in Name.of(document.title).marks)


def compare_documents(a: Document, b: Document) -> tuple[int, str] | None:
    """How sure it is that two documents are one (0 is surest), and why."""
    numbers, others = set(identifiers(a.csl)), set(identifiers(b.csl))
    shared = sorted(numbers & others)
    own = [one for one in shared if one[0] != "ISBN" or not _is_part(a, b)]
    if own:
        return 0, f"same {own[0][0]} {own[0][1]}"
    if _both_say("DOI", numbers, others) or (not shared and _apart(a, b, numbers, others)):
        return None
    titles = alike(Name.of(a.title), Name.of(b.title), thing="title")
    if titles is None:
        return None
    if shared:
        return titles[0], f"{titles[1]}, in a book with the same ISBN {shared[0][1]}"
    return titles[0] + 1, f"{titles[1]}, {_common(a, b)}"


def _apart(
    a: Document, b: Document, numbers: set[tuple[str, str]], others: set[tuple[str, str]]
) -> bool:
    """Whether ISBN, publication or date tell two documents apart that share no number."""
    if _both_say("ISBN", numbers, others):
        return True
    return _other_publication(a, b) or not _may_be(_date(a), _date(b))


def _is_part(a: Document, b: Document) -> bool:
    return any(one.csl.get("type") in PARTS for one in (a, b))


def _both_say(name: str, a: set[tuple[str, str]], b: set[tuple[str, str]]) -> bool:
    """Whether both have an identifier of a kind; what they share was looked at before."""
    return all(any(kind == name for kind, _ in told) for told in (a, b))


def _common(a: Document, b: Document) -> str:
    same = ["publication"] if _publication(a) and _publication(b) else []
    same += ["date"] if _date(a) and _date(b) else []
    return f"with the same {' and '.join(same)}" if same else "and nothing that tells them apart"


def _other_publication(a: Document, b: Document) -> bool:
    return bool(_publication(a) and _publication(b)) and _publication(a) != _publication(b)


def _publication(document: Document) -> str:
    return Name.of(str(document.csl.get("container-title") or "")).folded


def _date(document: Document) -> str:
    return folded(edtf_of(document.csl.get("issued")))


def _may_be(a: str, b: str) -> bool:
    """Whether one date says no other than the other: it may say less."""
    return a.startswith(b) or b.startswith(a)
