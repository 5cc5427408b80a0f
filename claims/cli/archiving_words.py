"""What is printed of archived copies, in words and as data of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from claims.actions.custody import CheckFault
from claims.actions.snapshots import Copy
from claims.analysis.records import Snapshot
from claims.analysis.wording import number, plural
from claims.archive.gather import Gathered
from claims.store.codec import instant_text

_ID = 8
_FIRST_WORDS = 12


def gathered_lines(one: Gathered) -> Iterator[str]:
    """What a copy is, what was read from it, and how it begins."""
    read, kind = one.extracted, one.extracted.media_type
    yield f"Archived copy: {kind}, {number(one.copy.size)} bytes, SHA-256 {one.copy.sha256}"
    if one.fetched is not None:
        fetched = one.fetched
        yield f"Fetched from {fetched.final_url} (HTTP {fetched.status}) with {fetched.tool}"
    if read.text:
        pages = f", {plural(len(read.pages), 'page')}" if read.pages else ""
        yield f"Text: {number(len(read.text))} characters{pages}, read with {read.extractor}"
        yield f"It begins: “{first_words(read.text)}”"
    for note in (*read.notes, *(one.fetched.notes if one.fetched else ())):
        yield f"Note: {note}"


def first_words(text: str) -> str:
    """The first words of a text, on one line."""
    words = text[:1000].split()
    return " ".join(words[:_FIRST_WORDS]) + (" …" if len(words) > _FIRST_WORDS else "")


def gathered_as_json(one: Gathered) -> dict[str, object]:
    """The same, as data of JSON."""
    read, fetched = one.extracted, one.fetched
    return {
        "file": one.wanted,
        "media_type": read.media_type,
        "bytes": one.copy.size,
        "sha256": one.copy.sha256,
        "extractor": read.extractor or None,
        "code_points": len(read.text),
        "pages": len(read.pages) or None,
        "begins": first_words(read.text),
        "says": {name: words for name, words in asdict(read.imprint).items() if words} or None,
        "notes": [*read.notes, *(fetched.notes if fetched else ())],
        "final_url": fetched.final_url if fetched else None,
        "http_status": fetched.status if fetched else None,
    }


def copy_lines(one: Copy) -> Iterator[str]:
    """One archived copy: what it is, and indented how it came and what is missing."""
    copy = one.snapshot
    yield f"{str(copy.id)[:_ID]}  {copy_words(one)}"
    yield f"          {captured_words(copy)}"
    yield f"          SHA-256 {copy.sha256}"


def copy_words(one: Copy) -> str:
    """What a copy is: ``text/html, 3,100 characters, 2 passages``, and what is missing of it."""
    copy = one.snapshot
    told = [copy.media_type]
    told += [plural(one.pages, "page")] if one.pages else []
    told += [f"{number(copy.length)} characters" if copy.length else "no text"]
    told += [plural(one.passages, "passage")] if one.passages else []
    told += [f"MISSING in the archive: {', '.join(one.missing)}"] if one.missing else []
    return ", ".join(told)


def captured_words(copy: Snapshot) -> str:
    """When, by whom, with what and from where a copy was captured, as far as that is known."""
    when = f"on {copy.captured_at:%Y-%m-%d %H:%M} UTC" if copy.captured_at else "at an unknown time"
    told = [f"captured {when}"]
    told += [f"by {copy.captured_by}"] if copy.captured_by else []
    told += [f"with {copy.captured_with}"] if copy.captured_with else []
    told += [f"from {copy.final_url}"] if copy.final_url else []
    told += [f"(HTTP {copy.http_status})"] if copy.http_status else []
    return " ".join(told)


def copy_as_json(one: Copy) -> dict[str, object]:
    """An archived copy, as data of JSON."""
    copy = one.snapshot
    return {
        "id": str(copy.id),
        "media_type": copy.media_type,
        "sha256": copy.sha256,
        "text_sha256": copy.text_sha256,
        "layout_sha256": copy.layout_sha256,
        "warc_sha256": copy.warc_sha256,
        "extractor": copy.extractor,
        "code_points": copy.length,
        "pages": one.pages,
        "captured_at": instant_text(copy.captured_at) if copy.captured_at else None,
        "captured_by": copy.captured_by,
        "captured_with": copy.captured_with,
        "requested_url": copy.requested_url,
        "final_url": copy.final_url,
        "http_status": copy.http_status,
        "passages": one.passages,
        "missing": list(one.missing),
    }


def fault_as_json(one: CheckFault) -> dict[str, object]:
    """What is wrong with a copy, as data of JSON."""
    return {
        "document": str(one.document.id),
        "key": one.document.key,
        "title": one.document.title,
        "snapshot": str(one.snapshot),
        "what": one.what,
        "sha256": one.sha256,
        "found": one.told,
    }
