"""What an extractor gives; it lives with what is pure, so that every room can ask it."""

from claims.analysis.extracted import Extracted, Stretch

__all__ = ["Extracted", "Stretch"]
