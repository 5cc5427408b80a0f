"""The fields of what people type in, for those who call actions: see ``claims.exchange.fields``."""

from __future__ import annotations

from claims.exchange.fields import FIELDS, NOUNS, Field, Kind, noun_of

__all__ = ["FIELDS", "NOUNS", "Field", "Kind", "noun_of"]
