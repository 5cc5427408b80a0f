"""Foreign bytes and records, one into the other; no database."""
