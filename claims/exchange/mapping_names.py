"""What columns are called: the words by which a role is guessed from a heading."""

from __future__ import annotations

import re

_PARTS = re.compile(r"[^\w]+|_+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")

ROLES: dict[str, frozenset[str]] = {
    "key": frozenset(
        {"id", "event id", "claim id", "row id", "record id", "key", "event id cnty", "incident id"}
    ),
    "topic": frozenset(
        {
            *("topic", "event", "events", "conflict", "war", "incident", "case", "situation"),
            *("event name", "conflict name", "incident name", "item", "subject", "battle"),
            *("événement", "ereignis", "suceso", "событие", "attack", "massacre"),
        }
    ),
    "question": frozenset(
        {
            *("question", "what", "attribute", "variable", "indicator", "measure", "metric"),
            *("category", "property", "prop", "type of figure", "figure type", "bucket"),
            *("frage", "pregunta", "вопрос"),
        }
    ),
    "side": frozenset(
        {
            *("side", "actor", "party", "perpetrator", "belligerent", "killed by", "by whom"),
            *("seite", "bando", "camp", "сторона"),
        }
    ),
    "population": frozenset({"victims", "victim group", "population", "group", "who", "status"}),
    "source": frozenset(
        {
            *("source", "sources", "reference", "references", "citation", "citations", "outlet"),
            *("publisher", "cited", "quelle", "quellen", "fuente", "fuentes", "источник"),
            *("source name", "according to", "source url", "source urls", "ref", "refs"),
        }
    ),
    "url": frozenset({"url", "link", "address", "web", "href", "urls", "links", "lien"}),
    "title": frozenset({"title", "headline", "document", "article", "titre", "titel", "report"}),
    "quote": frozenset({"quote", "quotation", "excerpt", "passage", "words", "zitat", "citat"}),
    "speakers": frozenset({"speaker", "speakers", "said by", "quoted", "chain"}),
    "low": frozenset({"low", "min", "minimum", "lower", "lowest", "low estimate", "von", "mín"}),
    "best": frozenset({"best", "point", "central", "best estimate", "mid", "estimate"}),
    "high": frozenset({"high", "max", "maximum", "upper", "highest", "high estimate", "bis"}),
    "value": frozenset(
        {
            *("value", "figure", "number", "count", "answer", "toll", "total", "said"),
            *("killed", "deaths", "dead", "fatalities", "injured", "wounded", "casualties"),
            *("death toll", "number killed", "wert", "zahl", "valor", "число"),
        }
    ),
    "as_of": frozenset(
        {"as of", "asof", "date of figure", "reported", "report date", "date reported", "stand"}
    ),
    "date": frozenset(
        {"date", "event date", "day", "when", "datum", "fecha", "дата", "date of event", "dates"}
    ),
    "start": frozenset({"start", "start date", "date start", "begin", "from date", "beginning"}),
    "end": frozenset({"end", "end date", "date end", "to date", "until"}),
    "published": frozenset({"published", "publication date", "issued", "date published"}),
    "place": frozenset(
        {"place", "location", "city", "town", "where", "village", "ort", "lugar", "lieu", "место"}
    ),
    "stance": frozenset({"stance", "position", "asserts or denies"}),
    "confidence": frozenset({"confidence", "certainty", "confidence level", "grade", "grading"}),
    "note": frozenset(
        {"note", "notes", "comment", "comments", "remark", "remarks", "bemerkung", "notas"}
    ),
}
"""The headings by which each role is known, in small letters, words parted by one space."""

NO_FIGURES = frozenset(
    {
        *("year", "month", "day", "lat", "lon", "latitude", "longitude", "number", "no", "nr"),
        *("code", "iso", "precision", "zip", "phone", "page", "pages", "row", "index", "rank"),
    }
)
"""Words of headings under which numbers are no figures of claims."""


def plain(heading: str) -> str:
    """A heading in small letters, its words parted by one space."""
    whole = heading.replace("(s)", "s")
    return " ".join(_PARTS.sub(" ", _CAMEL.sub(" ", whole)).split()).casefold()


def role_of(heading: str) -> str | None:
    """The role that a heading names, if it names one."""
    name = plain(heading)
    return next((role for role, known in ROLES.items() if name in known), None)


def bound_of(heading: str) -> tuple[str, str] | None:
    """What a heading such as “Killed / low” is a bound of, and which: low, best or high."""
    words = [word for word in plain(heading).split() if word != "estimate"]
    for place in (-1, 0):
        role = next(
            (r for r in ("low", "best", "high") if words and words[place] in ROLES[r]), None
        )
        if role and len(words) > 1:
            return " ".join(words[:-1] if place else words[1:]), role
    return None
