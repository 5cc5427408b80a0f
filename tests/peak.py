"""How much memory a process has held at most: for programs that tests start."""

from __future__ import annotations

import resource
from pathlib import Path


def peak() -> int:
    """Bytes that this process has held at most.

    Linux counts in ``ru_maxrss`` what the process that started this one held, and that may be
    tests that hold a gigabyte; its own peak stands in ``/proc``.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (one for one in status.read_text("ascii").splitlines() if "VmHWM" in one)
        return int(line.split()[1]) << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
