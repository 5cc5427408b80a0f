"""Faults of what came from flags, told by the flags and not by the fields of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from claims.analysis.vocabulary import Scheme
from claims.errors import DocumentFaults, Fault
from claims.exchange.fields import FIELDS, Field

_MISSING = "no field "
_WHICH = re.compile(r"\[\d+\]$")
_REASONS = frozenset(f"{scheme}.reason" for scheme in Scheme)
"""The reason of a grade, which the flag of all reasons gives."""


@contextmanager
def told_by_flags(entity: str, fields: Mapping[str, Any]) -> Iterator[None]:
    """Name flags in the faults of an entry; ``fields`` are those that flags gave, if any did."""
    try:
        yield
    except DocumentFaults as error:
        if not fields:
            raise
        known = {one.name: one for one in FIELDS[entity]}
        faults = (
            _told(one, known.get(_WHICH.sub("", one.field or "")), fields) for one in error.faults
        )
        raise DocumentFaults(tuple(faults)) from None


def _told(fault: Fault, one: Field | None, fields: Mapping[str, Any]) -> Fault:
    """The fault as the flag of its field has it; as it is where no flag can say that."""
    if one is None and fault.field in _REASONS and fault.found.startswith(_MISSING):
        return replace(fault, field="--reason", found="nothing", expected="why it is graded so")
    if one is None or isinstance(_given(one, fields), Mapping):
        return fault
    if not fault.found.startswith(_MISSING):
        return replace(fault, field=one.flag)
    words = f"{one.words[0].lower()}{one.words[1:].removesuffix('.')}"
    expected = f"{words}: {', '.join(one.choices)}" if one.choices else words
    return replace(fault, field=one.flag, found="nothing", expected=expected)


def _given(one: Field, fields: Mapping[str, Any]) -> object:
    found: object = fields
    for step in one.path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found
