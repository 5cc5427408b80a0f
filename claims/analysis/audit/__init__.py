"""The citation audit: forty small checks, each pure, over what the caller holds."""
