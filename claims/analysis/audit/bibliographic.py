"""Checks of the bibliographic item: what leads a reader back to the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.csl_dates import csl_when
from claims.analysis.audit.defects import of_document, of_source, quoted
from claims.analysis.audit.finding import Defect, Unseen
from claims.analysis.bibliographic import identifier_faults
from claims.analysis.likeness import bare_address
from claims.errors import InvalidValue
from claims.values.folding import folded, folded_words
from claims.values.identifiers import IDENTIFIERS, check_identifier

_LEADS = (
    *("DOI", "ISBN", "PMID", "PMCID", "URL"),
    *("archive_location", "archive-location", "call-number"),
)
"""What leads to one item by itself."""

_WIKI = re.compile(r"(?i)(?:^|\.)(?:wiki\w+|wiktionary|fandom|miraheze)\.\w+$|^wiki\.")
_REVISION = re.compile(r"(?i)[?&](?:oldid|diff|curid_rev)=\d+|/permalink/\d+")


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
        of_document(dossier.document),
        found=f"the address {csl['URL']} and no day on which it was read",
        expected="the day on which the document was read there",
        fix="Write the day into “accessed” of the document’s item, or archive the document.",
    )


def no_identifier(dossier: Dossier) -> Iterator[Defect]:
    """Nothing leads a reader to the very document, or to the version of it that was read.

    A title alone finds several documents or none. An article of a wiki changes from day to day:
    its address leads to the present text, not to the one that was read.

    What to do: give the DOI, ISBN, address, archive and call number, or whatever the library
    calls it; for a wiki the address of the revision (with `oldid=`) or its number in `version`.

    Limits: it does not look whether the identifier belongs to this document (see the checks of
    check digits and of the identifier's record).
    """
    csl = dossier.document.csl
    if not any(csl.get(name) for name in _LEADS):
        yield Defect(
            of_document(dossier.document),
            found="no identifier and no address",
            expected=f"one of {', '.join(_LEADS[:5])} or an archive’s call number",
            fix="Add what leads a reader to this very document.",
        )
    elif _is_unfixed_wiki(csl):
        yield Defect(
            of_document(dossier.document),
            found=f"the address {csl['URL']}, which always shows the newest revision",
            expected="the address or the number of the revision that was read",
            fix="Give the permanent link of the revision, or its number as “version”.",
        )


def _is_unfixed_wiki(csl: Mapping[str, object]) -> bool:
    address = str(csl.get("URL") or "")
    host = bare_address(address).partition("/")[0]
    if not _WIKI.search(host) or csl.get("version") or csl.get("DOI"):
        return False
    return not _REVISION.search(address)


def identifier_malformed(dossier: Dossier) -> Iterator[Defect]:
    """An identifier cannot be one: its check digit or its form is wrong.

    ISBN, ISSN and ORCID end in a digit that is computed from the others, so that one wrong
    figure shows. An identifier that was copied wrongly leads to another book or to nothing.

    What to do: copy the identifier again from the document itself.

    Limits: a wrong identifier that is well formed is not seen. DOIs have no check digit: of them
    only the form is looked at.
    """
    for fault in identifier_faults(dossier.document.csl):
        yield Defect(
            of_document(dossier.document),
            found=f"{fault.name} {quoted(fault.text)}",
            expected=fault.expected,
            fix=f"Copy the {fault.name} again from the document itself.",
        )
    for source in dossier.sources.values():
        for name, text in sorted(source.identifiers.items()):
            reason = _fault(name, text)
            if reason:
                yield Defect(
                    of_source(source),
                    found=f"{name} {quoted(text)}",
                    expected=reason,
                    fix=f"Copy the {name} of the source again.",
                )


def _fault(name: str, text: str) -> str | None:
    """What is expected of an identifier that is wrong, of a kind that can be checked."""
    if name.upper() not in IDENTIFIERS or not text.strip():
        return None
    try:
        check_identifier(name, text.strip())
    except InvalidValue as error:
        return str(error).partition(": expected ")[2]
    return None


def record_contradicts(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """Title, year or author are not those that the identifier's own record gives.

    A DOI that belongs to another article sends every reader astray, and is the commonest error
    in reference lists after misspelled names.

    What to do: look which of the two is right; correct the item, or the identifier.

    Limits: it compares only where the record of the identifier is held. Titles are compared by
    their words, authors by the first one's family name, dates by the year.
    """
    csl, record = dossier.document.csl, dossier.record
    if record is None:
        if csl.get("DOI") or csl.get("ISBN"):
            yield Unseen("document", 1, "no record of its identifier is held")
        return
    pairs = {
        "title": (_title(csl), _title(record)),
        "year": (_year(csl), _year(record)),
        "author": (_author(csl), _author(record)),
    }
    for what, (ours, theirs) in pairs.items():
        if ours and theirs and folded_words(ours) != folded_words(theirs):
            yield Defect(
                of_document(dossier.document),
                found=f"the {what} {quoted(ours)}",
                expected=f"{quoted(theirs)}, as the record of the identifier has it",
                fix=f"Correct the {what}, or the identifier if it belongs to another document.",
            )


def _title(csl: Mapping[str, object]) -> str:
    """The title without a subtitle, which records write in several ways."""
    return re.split(r"[:–—]\s", str(csl.get("title") or ""))[0]


def _year(csl: Mapping[str, object]) -> str:
    when = csl_when(csl, "issued")
    return str(when.earliest.year) if when and when.earliest else ""


def _author(csl: Mapping[str, object]) -> str:
    authors = csl.get("author")
    first = authors[0] if isinstance(authors, list | tuple) and authors else None
    if not isinstance(first, Mapping):
        return ""
    return folded(str(first.get("family") or first.get("literal") or ""))
