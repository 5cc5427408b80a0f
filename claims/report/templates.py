"""The files that pages are made of, and the rules by which templates are filled."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from claims.report.page_words import shown

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def page_file(name: str) -> str:
    """A template, a style or a script of ours."""
    return files("claims.report").joinpath("page_files", name).read_text(encoding="utf-8")


def allowed(text: str) -> str:
    """What a content security policy says to allow this very style or script."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def environment() -> Environment:
    """What fills templates: stored words are shown to the letter, and what is missing is told."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - slow import

    return Environment(
        autoescape=True,
        finalize=shown,
        loader=FunctionLoader(page_file),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
