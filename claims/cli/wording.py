"""What ``claims parse`` read, as a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claims.report.inert import inert

Reading = Mapping[str, Any]


def quantity_line(read: Reading) -> str:
    """A quantity in words, from its JSON form."""
    allowed = _interval(read["hard"], read["hard_open"], None)
    typical = _interval(read["soft"], read["soft_open"], read["soft_set"])
    parts = [f"allows {allowed}"]
    if typical is None:
        parts.append("no typical number")
    elif typical != allowed:
        parts.append(f"typically {typical}")
    if read["unit"]:
        parts.append(f"unit {read['unit']}")
    return (
        f"{inert(read['said'])}: {', '.join(parts)} [{read['profile']}: {', '.join(read['rows'])}]"
    )


def when_line(read: Reading) -> str:
    """A date in words, from its JSON form."""
    start = read["earliest"] or f"an {read['start_status']} start"
    end = read["latest"] or f"an {read['end_status']} end"
    line = f"{inert(read['said'])}: {read['edtf']}, from {start} to {end}, {read['nature']}"
    if read["time"]:
        line += f", at {read['time']}"
    taken = [f"{part['part']} from {part['basis']}" for part in read["inferred"]]
    return f"{line}, inferred: {inert('; '.join(taken))}" if taken else line


def _interval(
    ends: Sequence[Any] | None, excluded: Sequence[str], points: Sequence[Any] | None
) -> str | None:
    """``[lo, hi]`` in words; ``None`` where there is no value."""
    if ends is None:
        return None
    if points and len(points) > 1:
        return " or ".join(f"{point:,}" for point in points)
    low, high = ends
    if low == high:
        return f"{low:,}"
    if high is None:
        return f"more than {low:,}" if "lo" in excluded else f"{low:,} or more"
    lowest = f"more than {low:,}" if "lo" in excluded else f"{low:,}"
    return f"{lowest} to {'less than ' if 'hi' in excluded else ''}{high:,}"
