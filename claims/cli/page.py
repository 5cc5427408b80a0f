"""The words of the help pages that no single command owns."""

from __future__ import annotations

SUMMARY = "What do the sources say, where do they conflict, and can the citations be trusted?"

EPILOG = """\b
Exit codes:
  0  done                           6    not found
  1  findings, or nothing found     7    not permitted
  2  wrong usage, set-up needed     70   a fault of claims itself
  3  input refused                  130  stopped with Ctrl-C
  4  changed by somebody else       141  the reader of the output went away
  5  verification failed

\b
Start with:
  claims demo
  claims init --title "My project"
  claims load my-text.yaml
  claims report"""


def examples(*lines: str) -> str:
    r"""The examples of a command's help page; ``\b`` keeps its line breaks."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
