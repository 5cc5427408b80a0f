"""Reads files one after the other and says what became of each, and how much it took.

Their texts may take 8 MiB.

``python read_in_bounds.py SECONDS FILE…`` prints one JSON object a line; the last has the most
memory in KiB that this process and any process it started had at a time.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from claims.archive.extract import extract
from claims.archive.limits import Limits
from claims.errors import ClaimsError
from tests.peak import peak


def main() -> None:
    """Read what is named on the command line."""
    limits = Limits(seconds=int(sys.argv[1]), text_bytes=8 << 20)
    for name in sys.argv[2:]:
        start = time.monotonic()
        try:
            said = f"{len(extract(Path(name), limits=limits).text)} code points"
        except ClaimsError as error:
            said = str(error)
        print(json.dumps({"said": said, "seconds": time.monotonic() - start}))  # noqa: T201
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps([peak() >> 10, started]))  # noqa: T201


if __name__ == "__main__":
    main()
