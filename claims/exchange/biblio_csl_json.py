"""CSL-JSON in and out. Each item is read for itself, so that a broken one takes no other along.

What is wrong by the schema of CSL-JSON but plain in meaning is put right: one title in a list,
names and dates as words, numbers and texts in each other's place. Variables that CSL does not
know stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claims.analysis.csl_dates import csl_date, edtf_of, impossible_part
from claims.exchange.biblio_fields import CUSTOM, language_code
from claims.exchange.biblio_item import BibliographyItem, Findings
from claims.exchange.biblio_tables import csl_words
from claims.exchange.yaml_nodes import shown

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LISTS = ("items", "references")
_KEYS = ("id", "citation-key", "citekey", "DOI")
_EXPECTED = "an item of CSL-JSON: {…} with a type and a title"
_PARTS = (
    *("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"),
    *("comma-suffix", "static-ordering", "parse-names"),
)
_DATE_PARTS = ("date-parts", "season", "circa", "literal", "raw")


def read_csl_json(
    text: str, findings: Findings
) -> Iterator[tuple[BibliographyItem, Mapping[str, object]]]:
    """The items of a text, in their order, each with what stood in the file.

    The text is a list of items, one item, an item a line, or an object with a list in ``items``
    or ``references``.
    """
    number = 0
    for start, end in _items(text):
        line = text.count("\n", 0, start) + 1
        found = _parsed(text[start:end], line, findings)
        if isinstance(found, dict) and (inner := _list_in(found)) is not None:
            for one in inner:
                number += 1
                yield from _item(one, f"item {number}", line, findings)
        elif found is not None:
            number += 1
            yield from _item(found, f"item {number}", line, findings)


def _list_in(found: Mapping[str, Any]) -> list[Any] | None:
    return next((found[name] for name in _LISTS if isinstance(found.get(name), list)), None)


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Where each outermost object is; a list around them all is passed over."""
    depth, start, level = 0, 0, -1
    for piece in _PIECE.finditer(text):
        sign = piece[0]
        if sign == "{" and level < 0:
            start, level = piece.start(), depth
        if sign in {"{", "["}:
            depth += 1
        elif sign in {"}", "]"}:
            depth -= 1
            if depth == level:
                yield start, piece.end()
                level = -1
    if level >= 0:
        yield start, len(text)


def _parsed(text: str, line: int, findings: Findings) -> object:
    try:
        found = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
        return _whole(found, line, findings) if _SURROGATE.search(text) else found
    except json.JSONDecodeError as error:
        place = f"line {line + error.lineno - 1}: "
        findings.fault(line, "item", f"{place}no JSON ({error.msg})", _EXPECTED)
    except RecursionError:
        findings.fault(line, "item", "lists in each other without end", _EXPECTED)
    return None


def _whole(found: object, line: int, findings: Findings) -> object:
    """What was read, with a sign in the place of each half of a letter that lacks the other."""
    told = json.dumps(found, ensure_ascii=False)
    mended = told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if mended != told:
        expected = "both \\u escapes of a letter; � stands for it"
        findings.mend(line, "item", "half of a letter", expected)
    return json.loads(mended)


def _item(
    found: object, name: str, line: int, findings: Findings
) -> Iterator[tuple[BibliographyItem, Mapping[str, object]]]:
    if not isinstance(found, dict) or not (found.keys() - {"id", "type", CUSTOM}):
        findings.fault(line, name, "nothing that says what it is", _EXPECTED)
        return
    key = next((_key(found[one]) for one in _KEYS if found.get(one)), "")
    csl = {name: value for name, one in found.items() if (value := _value(name, one))}
    csl.pop("id", None)
    csl["type"] = _type(csl.get("type"), key or name, line, findings)
    yield BibliographyItem(key=key, csl=csl, line=line), found


def _key(value: object) -> str:
    """A key that a person can type: of an address, what stands behind the last slash."""
    text = str(value)
    return text.rstrip("/").rsplit("/", 1)[-1] if text.startswith("http") else text


def _type(value: object, name: str, line: int, findings: Findings) -> str:
    if value in csl_words("types"):
        return str(value)
    told = f"the type {shown(str(value))}, which CSL does not know" if value else "no type"
    findings.remark(line, name, told, "a type of CSL; read as a document")
    return "document"


def _value(name: str, value: object) -> object:
    if name in csl_words("names"):
        return [one for one in map(_name, value if isinstance(value, list) else [value]) if one]
    if name in csl_words("dates"):
        return _date(value)
    if name == CUSTOM:
        return value if isinstance(value, dict) else {CUSTOM: str(value)} if value else None
    if name in csl_words("texts") or name == "type":
        text = _text(value)
        return language_code(text) if name == "language" else text
    return value


def _name(value: object) -> dict[str, object] | None:
    if not isinstance(value, dict):
        return {"literal": str(value)} if value else None
    if not value.get("literal") and value.get("name"):
        value = {**value, "literal": value["name"]}
    told = {part: one for part, one in value.items() if part in _PARTS and one}
    return {part: one if isinstance(one, bool) else str(one) for part, one in told.items()} or None


def _date(value: object) -> object:
    """A date; what cannot be one stays in its words."""
    if value and isinstance(value, dict | list) and impossible_part(value):
        words = edtf_of(value) if isinstance(value, dict) else ""
        return {"literal": words or json.dumps(value, ensure_ascii=False)}
    if not isinstance(value, dict):
        return csl_date(str(value)) if value else None
    if not value.get("date-parts") and (value.get("raw") or value.get("literal")):
        return csl_date(str(value.get("raw") or value.get("literal")))
    parts = value.get("date-parts")
    dates = parts if isinstance(parts, list) else []
    told = [[str(one) for one in part if one] for part in dates if isinstance(part, list)]
    kept = {name: value[name] for name in _DATE_PARTS[1:] if value.get(name)}
    plain = {name: "1" if one is True else str(one) for name, one in kept.items()}
    return {"date-parts": [part for part in told if part], **plain} if any(told) else plain or None


def _text(value: object) -> str:
    """A text; several in a list are parted by commas, as CSL-JSON has them in one."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, dict | bool) or value is None:
        return ""
    return str(value).strip()


def write_csl_json(items: Iterable[BibliographyItem]) -> Iterator[str]:
    """The file, piece by piece: a list with an item a line."""
    mark = "[\n"
    for item in items:
        written = {"id": item.key, **{name: _plain(name, one) for name, one in item.csl.items()}}
        yield mark + json.dumps(written, ensure_ascii=False)
        mark = ",\n"
    yield "[]\n" if mark == "[\n" else "\n]\n"


def _plain(name: str, value: object) -> object:
    """A value as the schema has it: the parts of dates are numbers, a date in words is one."""
    if name in csl_words("dates"):
        return _plain_date(value if isinstance(value, Mapping) else csl_date(str(value)))
    if name in csl_words("names") and not isinstance(value, list | tuple):
        return [value if isinstance(value, Mapping) else {"literal": str(value)}]
    if name in csl_words("names") and isinstance(value, list | tuple):
        return [one if isinstance(one, Mapping) else {"literal": str(one)} for one in value]
    return value


def _plain_date(date: Mapping[str, object]) -> dict[str, object]:
    found = dict(date)
    parts = found.get("date-parts")
    if isinstance(parts, list | tuple):
        found["date-parts"] = [[_number(one) for one in part] for part in parts]
    if found.get("season"):
        found["season"] = _number(found["season"])
    if found.get("circa"):
        found["circa"] = str(found["circa"]).casefold() not in {"0", "false"}
    return found


def _number(text: object) -> object:
    return int(str(text)) if str(text).lstrip("-").isdecimal() else text
