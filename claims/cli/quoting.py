"""``claims quote check``: whether quotes stand in a file or in an archived document."""

# ruff: noqa: PLC0415 -- a file is checked without a database, and the other way round

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from claims.analysis.quote_find import QuoteIndex
from claims.analysis.quote_finding import QuoteFinding
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.guard import FINDINGS, OK
from claims.cli.printing import print_json, say
from claims.errors import InputRefused
from claims.report.inert import inert

_FILES = frozenset({".txt", ".pdf", ".docx", ".odt", ".html", ".htm"})
"""Endings by which a name means a file, whether it is there or not."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user gave: one quote or a file of them, and what singles out a place."""

    quote: str | None
    quotes: Path | None
    prefix: str | None
    suffix: str | None
    language: str | None


def check(ground: Ground, document: str, asked: Asked, *, as_json: bool) -> int:
    """Print what is found of each quote; the exit code says whether all may stand."""
    quotes = _quotes(asked)
    path = Path(document)
    if path.is_file() or path.suffix.lower() in _FILES:
        findings = _in_file(path, quotes, asked)
    else:
        findings = _in_archive(ground, document, quotes, asked)
    if as_json:
        told = [_as_json(finding) for finding in findings]
        print_json(told[0] if asked.quotes is None else {"quotes": told})
    else:
        for number, finding in enumerate(findings, start=1):
            if asked.quotes is not None:
                say(f"{number}. “{inert(finding.quote)}”")
            _print(finding)
    return OK if all(finding.ok for finding in findings) else FINDINGS


def _quotes(asked: Asked) -> list[str]:
    if (asked.quote is None) == (asked.quotes is None):
        message = "give one quote with --quote, or a file of quotes with --quotes, one a line"
        raise InputRefused(message)
    if asked.quotes is not None:
        if asked.prefix or asked.suffix:
            message = "--prefix and --suffix belong to one quote; give it with --quote"
            raise InputRefused(message)
        lines = [line for line in _read(asked.quotes).splitlines() if line.strip()]
        if not lines:
            message = f"{asked.quotes} holds no quote; write one a line"
            raise InputRefused(message)
        return lines
    return [sys.stdin.read() if asked.quote == "-" else asked.quote or ""]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read as text in UTF-8: {error}"
        raise InputRefused(message) from error


def _in_file(path: Path, quotes: Sequence[str], asked: Asked) -> Sequence[QuoteFinding]:
    """Look for quotes in the text of a file; no database is loaded."""
    from claims.archive.extract import extract

    index = QuoteIndex(extract(path).text)
    return [
        index.find(
            quote,
            prefix=asked.prefix,
            suffix=asked.suffix,
            language=asked.language or "en",
        )
        for quote in quotes
    ]


def _in_archive(
    ground: Ground, document: str, quotes: Sequence[str], asked: Asked
) -> Sequence[QuoteFinding]:
    """Look for quotes in the archived text of a document, then in those of others."""
    from claims import actions
    from claims.archive.store import Archive
    from claims.store.unit import read_unit

    settings = existing(ground.settings())
    request = actions.CheckQuoteRequest(
        document=document,
        quotes=tuple(
            actions.AskedQuote(quote=quote, prefix=asked.prefix, suffix=asked.suffix)
            for quote in quotes
        ),
        archive=Archive(settings.archive),
        language=asked.language,
    )
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        return actions.check_quote(session, actor, request, now()).findings


def _print(finding: QuoteFinding) -> None:
    say(f"{finding.verdict.replace('_', ' ')}: {inert(finding.explanation)}")
    if finding.start is not None:
        say(f"  at {finding.start}–{finding.end}")
    told = (finding.nearest,) if finding.nearest else finding.pieces
    for stretch in told:
        say(
            f"  the text at {stretch.start}–{stretch.end}: {inert(' '.join(stretch.words.split()))}"
        )


def _as_json(finding: QuoteFinding) -> Mapping[str, object]:
    """The finding as plain data; what does not apply is null or empty."""
    return {"verdict": finding.verdict.value, "ok": finding.ok, **asdict(finding)}
