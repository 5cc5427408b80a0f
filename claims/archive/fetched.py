"""What a fetch gives: the bytes of an address, how they came, and the record of the exchange."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to one address, after its redirects.

    ``data`` is the body as the server meant it (transfer and content coding undone),
    ``media_type`` what the server called it, without parameters, and ``charset`` the encoding it
    named, if any; ``redirects`` are the addresses passed on the way, ``final_url`` is where the
    body came from, and ``moved_to`` where the redirects that were said to be permanent lead.
    ``warc`` holds every request and answer as a WARC file; ``tool`` names the program that
    fetched, with its version. ``notes`` are sentences a reader should know.
    """

    requested_url: str
    final_url: str
    status: int
    media_type: str
    data: bytes
    warc: bytes
    fetched_at: datetime
    tool: str
    redirects: tuple[str, ...] = ()
    moved_to: str = ""
    charset: str = ""
    notes: tuple[str, ...] = ()
