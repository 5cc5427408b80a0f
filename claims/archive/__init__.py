"""Archived bytes on disk, named by what they contain."""
