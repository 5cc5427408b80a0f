"""What the audit looks for in sentences, by language: files ``data/audit_LANGUAGE.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / "data"
_TAG = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The patterns of one language, as ``audit_en.toml`` describes them; of any letter case."""

    hedges: re.Pattern[str]
    hearsay: re.Pattern[str]
    bounds: re.Pattern[str]
    unconfirmed: re.Pattern[str]
    denial: re.Pattern[str]
    denying: re.Pattern[str]
    opposites: re.Pattern[str]
    negations: re.Pattern[str]
    no_negation: re.Pattern[str]
    refuses: re.Pattern[str]
    no_report: re.Pattern[str]
    attribution: re.Pattern[str]
    no_attribution: re.Pattern[str]
    own_voice: re.Pattern[str]
    cause: re.Pattern[str]
    groups: re.Pattern[str]
    person: re.Pattern[str]
    irregular: Mapping[str, frozenset[str]]

    def negates(self, text: str) -> list[re.Match[str]]:
        """The words that turn what follows into its opposite."""
        return self._in_earnest(self.negations, text)

    def denies(self, text: str) -> list[re.Match[str]]:
        """The words by which somebody denies what follows; none of "did not deny"."""
        return self._in_earnest(self.denying, text)

    def opposes(self, text: str) -> list[re.Match[str]]:
        """The words that say by themselves that what follows is not so."""
        return self._in_earnest(self.opposites, text)

    def _in_earnest(self, pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
        harmless = [match.span() for match in self.no_negation.finditer(text)]
        return [
            match
            for match in pattern.finditer(text)
            if not any(start <= match.start() < end for start, end in harmless)
        ]

    def forms(self, word: str) -> frozenset[str]:
        """The beginnings by which other forms of a word are known."""
        return self.irregular.get(word, frozenset({word[:4]}))


@lru_cache(maxsize=1_000)
def lexicon(language: str) -> Lexicon | None:
    """The patterns of a language tag (``en-GB`` is ``en``); ``None`` where none are held."""
    tag = re.split(r"[-_]", language.strip().casefold())[0]
    path = _FOLDER / f"audit_{tag}.toml"
    return _read(path) if _TAG.fullmatch(tag) and path.is_file() else None


def no_words(language: str) -> str:
    """Why nothing was looked for in a sentence of this language."""
    return f"no words of the language {language} are held"


@cache
def _read(path: Path) -> Lexicon:
    table: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    wording = (
        *(
            "hedges",
            "hearsay",
            "bounds",
            "unconfirmed",
            "denial",
            "denying",
            "opposites",
            "negations",
            "no_negation",
            "refuses",
        ),
        *("no_report", "attribution", "own_voice", "groups"),
    )
    suffered, by, methods = (_any(table[name]) for name in ("suffered", "by", "methods"))
    families = [entry.split() for entry in table["irregular"]]
    return Lexicon(
        **{name: _words(_any(table[name])) for name in wording},
        no_attribution=re.compile(rf"(?<!\w){_any(table['no_attribution'])}\s*$", re.IGNORECASE),
        cause=_words(rf"{suffered}(?:\s\w+){{0,3}}?\s{by}\s(?P<cause>{methods})"),
        person=re.compile(_any(table["person"])),
        irregular={
            word: frozenset(form[:4] for form in family) for family in families for word in family
        },
    )


def _any(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(patterns, key=len, reverse=True))})"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)
