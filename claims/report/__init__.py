"""Claims become a report: one frozen model, and its words for a terminal, Markdown and JSON."""
