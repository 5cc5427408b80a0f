"""How the analysis grows with the size of a question, and how long a large topic takes.

The values mix every row of the phrase table; half of the claims cite another voice. Each size
is measured once in a process that has read every expression before, and printed as seconds, as
microseconds a claim, and as the ratio to the time of reading the values alone in the same run.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from functools import partial

from claims.analysis.assess import assess_topic
from claims.analysis.casefile import Casefile
from claims.analysis.reading import read_value
from tests.benchmarks.crowd import casefile

SIZES = ((20, 1), (1_000, 1), (10_000, 1), (100_000, 1), (20_000, 1_000))


def reading(held: Casefile) -> None:
    """Read every value once, as any analysis must."""
    for claim in held.claims:
        if claim.value is not None:
            read_value(claim.value, held.question[claim.question], held, "default@1")


def seconds(work: Callable[[], object]) -> float:
    """One run."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Print the figures."""
    print(f"{'claims':>8} {'questions':>10} {'seconds':>9} {'µs a claim':>11} {'× reading':>10}")
    for claims, questions in SIZES:
        held = casefile(claims, questions=questions)
        reading(held)
        alone = seconds(partial(reading, held))
        took = seconds(partial(assess_topic, held))
        each = took / claims * 1e6
        print(f"{claims:8} {questions:10} {took:9.2f} {each:11.0f} {took / alone:10.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
