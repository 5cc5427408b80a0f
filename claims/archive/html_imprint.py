"""What the head of a web page says of it: for search engines, for sharing, for libraries."""

from __future__ import annotations

from itertools import islice

from claims.analysis.extracted import Imprint
from claims.archive.html_text import Element
from claims.archive.imprint import imprint

_MOST = 1000
"""Elements of a head that are looked at."""

_TITLE = ("citation_title", "og:title", "dc.title")
_AUTHOR = ("citation_author", "author", "article:author", "dc.creator")
_DATE = ("citation_publication_date", "article:published_time", "dc.date", "date")
_SITE = ("citation_journal_title", "og:site_name")


def imprint_of(tree: Element) -> Imprint:
    """The title, author, date and site that a page gives for itself; of several the first."""
    told: dict[str, str] = {}
    for one in islice(tree.iter("meta"), _MOST):
        name = (one.get("property") or one.get("name") or "").strip().lower()
        if content := (one.get("content") or "").strip():
            told.setdefault(name, content)
    title = next(tree.iter("title"), None)
    shown = "" if title is None else "".join(title.itertext())
    return imprint(
        title=_first(told, _TITLE) or shown,
        author=_first(told, _AUTHOR),
        date=_first(told, _DATE),
        site=_first(told, _SITE),
    )


def _first(told: dict[str, str], names: tuple[str, ...]) -> str:
    """What the first of some names says; an address in place of a name says nothing."""
    return next((told[name] for name in names if "://" not in told.get(name, "://")), "")
