"""The documentation of all checks, made of their docstrings."""

from __future__ import annotations

from claims.analysis.audit.catalogue import CHECKS, Check


def explained(check: Check) -> str:
    """The documentation of one check, in Markdown: what it looks for, why, what to do, limits."""
    asks = "; asks a person, never decides" if check.asks else ""
    title, _, rest = check.documentation.partition("\n")
    return f"## {check.id} {check.name}\n\n*{check.severity.word}{asks}*\n\n**{title}**\n{rest}\n"


def table() -> str:
    """All checks in a Markdown table."""
    rows = (
        f"| [{check.id}](#{check.id.lower()}-{check.name}) | {check.title} "
        f"| {check.severity.word}{' †' if check.asks else ''} |"
        for check in CHECKS
    )
    return "\n".join(["| id | what it finds | severity |", "|---|---|---|", *rows])


def manual() -> str:
    """The whole page ``docs/audit.md``."""
    head = (
        "# The checks of the audit\n\n"
        "Generated from the code (`claims audit --explain A21` prints one); do not edit.\n"
        "† asks a person, and decides nothing.\n"
    )
    return "\n".join([head, table(), "", *(explained(check) for check in CHECKS)]).rstrip() + "\n"
