"""How long a command takes to come up, beside bare Python and ``sqlite-utils --help``.

Goal 13: ``claims --help`` takes at most 6 times as long as bare Python and at most 0.4 times as
long as ``sqlite-utils --help``. All are measured in turns within one run, so that a busy machine
slows them alike; each is run once before, so that byte code is there.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

ROUNDS = 11
OVER_PYTHON, OVER_SQLITE_UTILS = 6.0, 0.4

COMMANDS: Mapping[str, Sequence[str]] = {
    "python": ("-c", "pass"),
    "sqlite-utils --help": (
        "-c",
        "import sys; sys.argv[1:] = ['--help']; from sqlite_utils.cli import cli; cli()",
    ),
    "claims --help": ("-m", "claims", "--help"),
    "claims report --help": ("-m", "claims", "report", "--help"),
    "claims parse quantity": ("-m", "claims", "parse", "quantity", "dozens of people", "--json"),
}


def seconds(arguments: Sequence[str]) -> float:
    """One run as a process of its own, from start to end."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment, check=True
    )
    return time.perf_counter() - began


def medians() -> dict[str, float]:
    """The median of each command, measured in turns."""
    for arguments in COMMANDS.values():
        seconds(arguments)
    rounds = [{name: seconds(args) for name, args in COMMANDS.items()} for _ in range(ROUNDS)]
    return {name: statistics.median(run[name] for run in rounds) for name in COMMANDS}


def main() -> None:
    """Print the figures and the ratios."""
    found = medians()
    bare, peer = found["python"], found["sqlite-utils --help"]
    print(f"{'':24} {'ms':>6} {'× python':>9} {'× sqlite-utils':>15}")
    for name, took in found.items():
        print(f"{name:24} {took * 1000:6.0f} {took / bare:9.2f} {took / peer:15.2f}")
    print(f"goal for claims --help   ≤ {OVER_PYTHON:.2f} × python, ≤ {OVER_SQLITE_UTILS} × peer")


if __name__ == "__main__":
    main()
