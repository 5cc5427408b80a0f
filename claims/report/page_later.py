"""What a large page builds late: the bodies of its questions and texts, packed into one block.

A thousand questions make tens of megabytes of markup, most of it the same again and again, of
which a reader looks at little. Packed it is a twentieth of that, and the browser builds each body
when it comes into sight, or is printed.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from itertools import zip_longest

from claims.report.shape import Report

BUILT_AT_ONCE = 200
"""With more questions than this, what stands under each is built late."""

SEAM = "<!---->"
"""Where the parts of a body meet: no stored words can hold it, since they are escaped."""

SAID_AT_ONCE = 2_000
"""With more claims than this, too."""


def built_late(report: Report) -> bool:
    """Whether the report is so large that its page builds bodies when they come into sight."""
    claims = sum(len(question.claims) for question in report.questions)
    return len(report.questions) > BUILT_AT_ONCE or claims > SAID_AT_ONCE


def packed(bodies: Mapping[str, str]) -> str:
    """Bodies by the id of what they belong to: JSON, deflated (zlib), in base 64.

    The JSON is a list of the ids, then for each part of a body (between seams) a list of that part
    of every body. Parts of one sort beside each other take a third less room.
    """
    cut = [body.split(SEAM) for body in bodies.values()]
    told = json.dumps(
        [list(bodies), *map(list, zip_longest(*cut, fillvalue=""))],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return base64.b64encode(zlib.compress(told.encode(), 9)).decode()
