"""What ``find_quote`` says of true quotes, and of fakes made by leaving out and joining."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.analysis.quote_find import QuoteIndex
from claims.analysis.quote_finding import QuoteVerdict

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLE = QuoteIndex((SEEDS / "malibeyli-gushchular" / "article.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("however ... interviews confirmed this report", QuoteVerdict.ALTERED),
        (
            "dozens of civilians were killed ... by Armenian irregular armed units",
            QuoteVerdict.SPLICED,
        ),
        ("8", QuoteVerdict.TOO_SHORT),
    ],
)
def test_the_three_fakes_are_refused(quote: str, verdict: QuoteVerdict) -> None:
    finding = ARTICLE.find(quote)
    assert finding.verdict == verdict
    assert not finding.ok


def test_the_lost_no_is_named() -> None:
    finding = ARTICLE.find("however ... interviews confirmed this report")
    (difference,) = finding.differences
    assert (difference.kind, difference.text, difference.what) == ("missing", "no", "negation")
    assert "“no” was left out (negation)" in finding.explanation
