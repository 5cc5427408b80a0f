"""Every true quote of the example texts is found, however it was typed, set or scanned."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from claims import QuoteIndex, QuoteVerdict
from claims.analysis.records import Passage
from claims.exchange.hand_coded import read_hand_coded

SEEDS = Path(__file__).parents[2] / "seeds"


def _hyphenated(words: str) -> str:
    return re.sub(r"\b([^\W\d_]{5})([^\W\d_]{4,})\b", "\\1-\n\\2", words, count=2)


def _broken_lines(words: str) -> str:
    parts = words.split(" ")
    return "".join(f"{part}\n" if at % 5 == 4 else f"{part} " for at, part in enumerate(parts))


VARIANTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda words: words,
    "plain dashes": lambda words: words.replace("–", "-").replace("—", "-"),
    "typeset dashes": lambda words: re.sub(r"(?<=\w)-(?=\w)", "‐", words),
    "curly quotes": lambda words: re.sub(r'"([^"]*)"', "“\\1”", words).replace("'", "’"),
    "fixed spaces": lambda words: words.replace(" ", "\u00a0"),
    "many spaces": lambda words: words.replace(" ", "  \t"),
    "hyphenated": _hyphenated,
    "soft hyphens": lambda words: re.sub(r"(?<=[^\W\d_]{4})(?=[^\W\d_]{3})", "\u00ad", words),
    "ligatures": lambda words: words.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ"),
    "decomposed": lambda words: unicodedata.normalize("NFD", words),
    "composed": lambda words: unicodedata.normalize("NFC", words),
    "scanned lines": _broken_lines,
}


@cache
def quoted() -> tuple[tuple[QuoteIndex, str, Passage], ...]:
    """Each passage of the example texts with the text that it quotes."""
    found: list[tuple[QuoteIndex, str, Passage]] = []
    for file in read_hand_coded([SEEDS]):
        texts = {text.document: text.text for text in file.texts}
        indexes = {document: QuoteIndex(text) for document, text in texts.items()}
        found += [
            (indexes[record.document], texts[record.document], record)
            for record in file.records
            if isinstance(record, Passage) and record.document in texts
        ]
    return tuple(found)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_true_quote_is_found_where_it_stands(variant: str) -> None:
    change = VARIANTS[variant]
    for index, text, passage in quoted():
        start, end = passage.start or 0, passage.end or 0
        found = index.find(
            change(passage.exact),
            prefix=text[max(0, start - 40) : start],
            suffix=text[end : end + 40],
            language=passage.language,
        )
        assert found.ok, (variant, passage.exact, found.explanation)
        assert (found.start, found.end) == (start, end)
        assert found.verdict in {QuoteVerdict.EXACT, QuoteVerdict.TYPOGRAPHIC}


def test_the_variants_change_something() -> None:
    for variant, change in VARIANTS.items():
        changed = [passage.exact != change(passage.exact) for _, _, passage in quoted()]
        assert any(changed) is (variant not in {"as it is", "composed"})
