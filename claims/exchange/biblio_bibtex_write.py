"""BibTeX out: items of CSL-JSON as entries that BibTeX and BibLaTeX read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from claims.analysis.csl_dates import edtf_of
from claims.exchange.biblio_bibtex import DATE_PARTS, bibtex_layout
from claims.exchange.biblio_fields import ENTRY_TYPE, unique
from claims.exchange.biblio_item import BibliographyItem
from claims.exchange.biblio_latex import title_to_latex, to_latex
from claims.exchange.biblio_names import to_bibtex
from claims.exchange.biblio_tables import csl_words, table
from claims.exchange.biblio_write import (
    Written,
    kind_of,
    names_of,
    others_of,
    text_of_value,
    texts_of,
    type_of,
    variables_of,
)

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 -- as BibTeX has them
_KEY = re.compile(r"[^\w.:;/+*?!-]+")
_MONTH_DATE = re.compile(r"(-?\d{4})-(0[1-9]|1[0-2])")
_YEAR_DATE = re.compile(r"-?\d{4}")
_TITLES = frozenset({"title", "booktitle"})
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C"}


def write_bibtex(items: Iterable[BibliographyItem]) -> Iterator[str]:
    """The entries, one text each; keys become ones that BibTeX can read, and stay apart."""
    taken: dict[str, object] = {}
    for item in items:
        key = unique(_KEY.sub("-", item.key).strip("-") or "untitled", taken)
        taken[key] = item
        lines = (f"  {name} = {value},\n" for name, value in _fields(item).items())
        yield f"@{_kind(item)}{{{key},\n{''.join(lines)}}}\n\n"


def _kind(item: BibliographyItem) -> str:
    """The type; a thesis of another kind than those of BibTeX is a ``thesis`` of BibLaTeX."""
    found = kind_of(item, bibtex_layout())
    genres: Mapping[str, str] = table("bibtex")["genres"]
    if type_of(item) != "thesis" or genres.get(found, item.csl.get("genre")) == item.csl.get(
        "genre"
    ):
        return found
    return next(
        (kind for kind, genre in genres.items() if genre == item.csl.get("genre")), "thesis"
    )


def _fields(item: BibliographyItem) -> dict[str, str]:
    """The fields with their values in braces, or the word for a month."""
    kind, found = _kind(item), dict[str, str]()
    others = others_of(item, bibtex_layout())
    better: Mapping[str, str] = table("bibtex")["first_in"].get(kind, {})
    first = {variable: name for variable, name in better.items() if name not in others}
    for one in variables_of(item, bibtex_layout(), first):
        if one.variable == "issued":
            found |= _issued(edtf_of(one.value))
        elif one.variable != "genre" or table("bibtex")["genres"].get(kind) != one.value:
            found |= dict([_field(one)])
    subtype = type_of(item).removeprefix("article-")
    if kind == "article" and subtype in table("bibtex")["subtypes"]:
        found["entrysubtype"] = f"{{{subtype}}}"
    return _with_others(item, found)


def _field(one: Written) -> tuple[str, str]:
    name = one.field or one.variable.lower()
    if one.variable in csl_words("names"):
        return name, f"{{{to_bibtex(names_of(one.value))}}}"
    text = text_of_value(one.variable, one.value)
    if one.variable == "page":
        text = text.replace("-", "--")
        return name, f"{{{to_latex(text).replace('-{}-', '--')}}}"
    return name, f"{{{_value(name, text)}}}"


def _value(name: str, text: str) -> str:
    if name in table("bibtex")["verbatim"].split():
        return "".join(_IN_ADDRESS.get(sign, sign) for sign in text)
    return title_to_latex(text) if name in _TITLES else to_latex(text)


def _issued(edtf: str) -> dict[str, str]:
    """Year and month where that is all; for the rest a date besides, which BibLaTeX reads."""
    if _YEAR_DATE.fullmatch(edtf):
        return {"year": f"{{{edtf}}}"}
    if found := _MONTH_DATE.fullmatch(edtf):
        return {"year": f"{{{found[1]}}}", "month": _MONTHS[int(found[2]) - 1]}
    year = _YEAR_DATE.match(edtf)
    if year is None:
        return {"year": f"{{{to_latex(edtf)}}}"}
    return {"year": f"{{{year[0]}}}", "date": f"{{{_value('date', edtf)}}}"}


def _with_others(item: BibliographyItem, found: dict[str, str]) -> dict[str, str]:
    """What was kept besides, and each title parted from its subtitle again."""
    joined: Mapping[str, str] = table("bibtex")["subtitles"]
    for name, value in others_of(item, bibtex_layout()).items():
        if name == ENTRY_TYPE or (name in found and name not in DATE_PARTS):
            continue
        text = "; ".join(texts_of(value))
        of = next((one for one in (joined.get(name), "journal") if one in found), None)
        if name in joined and of is not None:
            whole, tail = found[of][1:-1], _value("title" if of in _TITLES else of, f": {text}")
            if whole.endswith(tail):
                found[of] = f"{{{whole.removesuffix(tail)}}}"
                found[name] = f"{{{tail[2:]}}}"
        else:
            found.setdefault(name, f"{{{_value(name, text)}}}")
    return found
