"""Comparing what an address shows now with the copy that is archived."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from claims.actions.copies import layout_of
from claims.analysis.extracted import Extracted
from claims.analysis.quote_find import QuoteIndex
from claims.analysis.records import Passage, Snapshot
from claims.analysis.wording import plural
from claims.archive.extract import extract
from claims.archive.fetched import Fetched
from claims.archive.store import Archive
from claims.errors import InputRefused, SetupError, VerificationFailed


@dataclass(frozen=True, slots=True)
class Comparing:
    """An archived copy, with the passages that were cited from it."""

    copy: Snapshot
    archive: Archive | None
    passages: tuple[Passage, ...]

    def difference(self, seen: Fetched) -> str:
        """How what is seen differs from the copy, in a sentence; nothing where it does not.

        The same bytes are the same; of others the main text is compared without its white space,
        because pages show their visitors another date or advertisement each time.
        """
        if hashlib.sha256(seen.data).hexdigest() == self.copy.sha256:
            return ""
        held = self._held()
        if held is None:
            return f"its bytes differ from {self._named()}, whose text is not held whole"
        try:
            now = _extracted(seen)
        except InputRefused as error:
            return f"no text can be taken from it: {error}"
        if _main(held) == _main(now):
            return ""
        return f"its text differs from {self._named()}{self._standing(now)}"

    def _held(self) -> Extracted | None:
        try:
            return layout_of(self.copy, self.archive) if self.archive else None
        except (SetupError, VerificationFailed):
            return None

    def _named(self) -> str:
        captured = self.copy.captured_at
        return "the copy" + (f" of {captured:%Y-%m-%d}" if captured else " that is archived")

    def _standing(self, now: Extracted) -> str:
        """How many of the quotes still stand in the text."""
        quoted = [one for one in self.passages if one.exact]
        if not quoted:
            return ""
        index = QuoteIndex(now.text)
        found = [index.find(one.exact, prefix=one.prefix, suffix=one.suffix) for one in quoted]
        standing = sum(one.ok for one in found)
        verb = "stands" if len(quoted) == 1 else "stand"
        return f"; {standing} of {plural(len(quoted), 'quote')} still {verb} in it"


def _extracted(seen: Fetched) -> Extracted:
    kind = seen.media_type + (f"; charset={seen.charset}" if seen.charset else "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page"
        path.write_bytes(seen.data)
        return extract(path, name=seen.final_url, media_type=kind, wanted_url=seen.final_url)


def _main(read: Extracted) -> str:
    """The words of the main text, or of all where a format has no other."""
    parts = [read.text[part.start : part.end] for part in read.main] or [read.text]
    return " ".join(" ".join(parts).split())
