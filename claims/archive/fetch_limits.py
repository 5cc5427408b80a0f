"""How much a fetch may bring, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one fetch may cost, its redirects included.

    ``size`` bounds the bytes of an answer, as they come and unpacked; ``seconds`` all of it;
    ``patience`` is how many seconds a server may take to begin, after which it must have sent
    ``slowest`` bytes for each second since.
    """

    size: int = 64 << 20
    seconds: float = 30
    patience: float = 8
    slowest: int = 8 << 10
    redirects: int = 5


USUAL = FetchLimits()
"""What is enough for a page, a book or a recording of an hour."""
