"""``claims coverage``: every sentence of hand-coded texts, with its claims or why it has none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from claims import actions
from claims.actions import DocumentCoverage
from claims.cli.guard import FINDINGS, OK
from claims.cli.printing import print_json
from claims.exchange.hand_coded import read_hand_coded


def coverage(paths: Sequence[Path], *, as_json: bool) -> int:
    """Print the coverage; the exit code says whether a sentence has neither claim nor reason."""
    files = read_hand_coded(paths)
    found = actions.covered(files)
    if as_json:
        print_json([_as_json(document) for document in found])
    else:
        sys.stdout.write(actions.coverage(files))
    return FINDINGS if any(document.missing for document in found) else OK


def _as_json(document: DocumentCoverage) -> dict[str, object]:
    return {
        "file": document.file,
        "document": document.key,
        "title": document.title,
        "missing": len(document.missing),
        "sentences": [
            {
                "line": sentence.line,
                "start": sentence.sentence.start,
                "end": sentence.sentence.end,
                "text": sentence.text,
                "claims": [str(claim.id) for claim in sentence.claims],
                "reasons": list(sentence.reasons),
                "missing": sentence.missing,
            }
            for sentence in document.sentences
        ],
    }
