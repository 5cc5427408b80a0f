"""The text of a PDF, page by page, in the order in which each page shows it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import IO, NoReturn

import pypdf
from pypdf.errors import FileNotDecryptedError, PyPdfError

from claims.analysis.extracted import Extracted, Imprint, Stretch
from claims.archive.imprint import imprint
from claims.archive.limits import Limits, refuse, size
from claims.archive.signs import PDF

EXTRACTOR = f"pdf@1 (pypdf {pypdf.__version__})"

_DAMAGE = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError)
"""What pypdf raises on files that are damaged; it has no single error for them."""

_LONGEST_LABEL = 32
_LISTED = 20


def extracted(file: IO[bytes], limits: Limits, _: dict[str, str]) -> Extracted:
    """The text of a PDF; its pages are separated by a line break.

    Raises:
        Unreadable: it is damaged, locked, or has too much text.
    """
    logging.disable()
    try:
        reader = pypdf.PdfReader(file)
        _unlock(reader)
        texts = list(_texts(reader, limits))
    except FileNotDecryptedError:
        _refuse_locked()
    except NotImplementedError as error:
        found = f"a PDF made in a way that is not read here ({_why(error)})"
        refuse(found, "the PDF printed or saved anew by another program")
    except (*_DAMAGE, RecursionError) as error:
        refuse(f"a PDF that is damaged or cut off ({_why(error)})", "the whole file; copy it again")
    if not texts:
        refuse("a PDF without pages", "one with pages")
    text = "\n".join(texts)
    pages = _stretches(texts, _labels(reader, len(texts)))
    return Extracted(
        text=text,
        extractor=EXTRACTOR,
        media_type=PDF,
        pages=pages,
        main=(Stretch(0, len(text)),),
        notes=tuple(_notes(texts, pages)),
        imprint=_imprint(reader),
    )


def _why(error: Exception) -> str:
    return " ".join(str(error).split())[:100].rstrip(".") or type(error).__name__


def _unlock(reader: pypdf.PdfReader) -> None:
    """Many files are encrypted without a password, only to forbid printing."""
    if reader.is_encrypted and not reader.decrypt(""):
        _refuse_locked()


def _refuse_locked() -> NoReturn:
    refuse("a PDF that is locked with a password", "the PDF saved without one")


def _texts(reader: pypdf.PdfReader, limits: Limits) -> Iterator[str]:
    left = limits.text_bytes
    for page in reader.pages:
        text = page.extract_text()
        left -= len(text)
        if left < 0:
            refuse(f"a PDF with more text than {size(limits.text_bytes)}", "a part of it")
        yield text


def _labels(reader: pypdf.PdfReader, count: int) -> Sequence[str]:
    """The printed number of each page; its place from 1 where the PDF has no sound list."""
    places = [str(place) for place in range(1, count + 1)]
    try:
        printed = reader.page_labels
    except (*_DAMAGE, RecursionError, NotImplementedError):
        return places
    if len(printed) != count:
        return places
    return [
        label.strip()[:_LONGEST_LABEL] or place
        for label, place in zip(printed, places, strict=True)
    ]


def _imprint(reader: pypdf.PdfReader) -> Imprint:
    """The title and the author; the dates of a PDF are those of the file, not of what it says."""
    try:
        told = reader.metadata
        return imprint(told.title, told.author) if told else Imprint()
    except (*_DAMAGE, RecursionError, NotImplementedError):
        return Imprint()


def _stretches(texts: Sequence[str], labels: Sequence[str]) -> tuple[Stretch, ...]:
    pages, start = [], 0
    for text, label in zip(texts, labels, strict=True):
        pages.append(Stretch(start, start + len(text), label))
        start += len(text) + 1
    return tuple(pages)


def _notes(texts: Sequence[str], pages: Sequence[Stretch]) -> Iterator[str]:
    empty = [page.label for text, page in zip(texts, pages, strict=True) if not text.strip()]
    if len(empty) == len(texts):
        yield "No page has text: they are pictures of pages; transcribe them."
    elif empty:
        more = f" and {len(empty) - _LISTED:,} more" if len(empty) > _LISTED else ""
        listed = ", ".join(empty[:_LISTED])
        yield f"Pages without text: {listed}{more}. They may be pictures of pages; transcribe them."
