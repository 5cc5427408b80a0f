"""Mappings: which column of a table gives what. Read, saved, guessed and shown."""

from __future__ import annotations

from claims.exchange.mapping_described import described
from claims.exchange.mapping_file import (
    mapping_of,
    mapping_text,
    read_mapping,
    shipped,
    write_mapping,
)
from claims.exchange.mapping_guess import guess, guess_plainly, recognised
from claims.exchange.mapping_left_out import blurred, left_out
from claims.exchange.mapping_rules import TableMapping

__all__ = [
    "TableMapping",
    "blurred",
    "described",
    "guess",
    "guess_plainly",
    "left_out",
    "mapping_of",
    "mapping_text",
    "read_mapping",
    "recognised",
    "shipped",
    "write_mapping",
]
