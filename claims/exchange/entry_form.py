"""The form of one record that is typed in: the fields of the hand-coding format, and a few more.

What a file says by where it stands (a claim under its passage, under its document), an entry
says in fields of its own. Everything else is the schema of the format, so that both accept the
same words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any

from claims.analysis.vocabulary import CODES, Scheme
from claims.errors import Fault
from claims.exchange.structure import check_form, schema, validator
from claims.exchange.yaml_nodes import MAX_DEPTH, NOT_TEXT, Node

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

CSL_FLAT = ("title", "type", "author", "issued", "publisher", "container-title", "URL", "DOI")
"""Fields of the bibliographic item that may stand beside it, to be typed faster."""

_WORDS = {
    *("key", "name", "label", "title", "aliases", "text", "unit", "voice", "document", "question"),
    *("topic", "quote", "verb", "hedges", "note", "reason", "basis", "source", "sources"),
}
"""Fields that hold words: what is true, or a number, was meant for another field."""


class Digits(str):
    """A number of JSON in the digits that are written there, so that none is lost."""

    __slots__ = ()


Definitions = Mapping[str, Mapping[str, Any]]

_OF_PASSAGE = (
    *("quote", "prefix", "suffix", "start", "end", "part", "anchor", "transcript_method"),
    *("ocr_confidence", "locators", "language", "translations"),
)


def read_form(entity: str, data: object, file: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """One entry as a tree without what the form refuses, and the faults that say what that is.

    Args:
        entity: what is entered (``claim``, ``assessment`` …).
        data: its fields, as JSON has them; ``None`` says that a field is left out.
        file: what faults call it ("claim", or "claim 3" of several).
    """
    faults: list[Fault] = []
    root = _node(_complete(entity, spelt_out(entity, data)), "", file, faults, 0)
    if root is None:
        return None, tuple(faults)
    formed, misfits = check_form(root, file, _validator(entity))
    return formed, (*faults, *misfits)


def form_schema(entity: str) -> Mapping[str, Any]:
    """The JSON Schema of one entry, without the definitions that it refers to."""
    return {**_FORMS[entity](schema()["$defs"]), "additionalProperties": False}


@cache
def _validator(entity: str) -> Draft202012Validator:
    return validator({"$defs": schema()["$defs"], **form_schema(entity)})


def _plain(name: str) -> Callable[[Definitions], dict[str, Any]]:
    def form(definitions: Definitions) -> dict[str, Any]:
        found = definitions[name]
        return {**found, "properties": {**_key(name), **found["properties"]}}

    return form


def _key(name: str) -> dict[str, Any]:
    keyed = {"topic", "question", "source", "term", "place", "party"}
    return {"key": {"$ref": "#/$defs/key"}} if name in keyed else {}


def _document(definitions: Definitions) -> dict[str, Any]:
    found = definitions["document"]
    held = {n: part for n, part in found["properties"].items() if n not in _NOT_OF_ENTRY}
    flat = {name: {"$ref": "#/$defs/text"} for name in (*CSL_FLAT, "file")}
    return {**found, "properties": {"key": {"$ref": "#/$defs/key"}, **flat, **held}}


_NOT_OF_ENTRY = ("passages", "uncoded", "locale")


def _claim(definitions: Definitions) -> dict[str, Any]:
    claim, passage = definitions["claim"], definitions["passage"]
    cited = {name: passage["properties"][name] for name in _OF_PASSAGE}
    own = {
        "document": {"$ref": "#/$defs/reference", "description": "The document that says it."},
        "at": {"$ref": "#/$defs/count", "description": "Which place of the quote, from 1."},
        "unplaced": {"$ref": "#/$defs/yes_or_no"},
        "locale": {"$ref": "#/$defs/language"},
    }
    return {
        **claim,
        "properties": {**claim["properties"], **cited, **own},
        "required": ["document", "question", "quote"],
    }


def _assessment(definitions: Definitions) -> dict[str, Any]:
    del definitions
    named = {name: {"$ref": "#/$defs/reference"} for name in ("claim", "source")}
    codes = {
        scheme.value: {"enum": list(words), "description": f"a code of {scheme.value}"}
        for scheme, words in CODES.items()
    }
    reason = {"$ref": "#/$defs/text", "description": "Why; never left out."}
    return {
        "type": "object",
        "description": "an assessment",
        "properties": {**named, **codes, "reason": reason},
        "required": ["reason"],
    }


_FORMS = {
    **{
        name: _plain(name)
        for name in (
            *("topic", "question", "source", "term", "place", "party"),
            *("cross_check", "inquiry", "source_relation", "opposition", "term_relation"),
        )
    },
    "document": _document,
    "claim": _claim,
    "assessment": _assessment,
}


def _node(data: object, path: str, file: str, faults: list[Fault], depth: int) -> Node | None:
    """A tree of plain words; numbers and yes or no are taken as the words for them."""
    if depth > MAX_DEPTH:
        faults.append(Fault(file, 0, 0, path, "too many levels of nesting", "fewer levels"))
        return None
    if isinstance(data, Mapping):
        values = {
            str(name): node
            for name, item in data.items()
            if item is not None
            and (node := _node(item, f"{path}.{name}".lstrip("."), file, faults, depth + 1))
        }
        return Node(path, 0, 0, values, dict.fromkeys(values, (0, 0)))
    if isinstance(data, list | tuple):
        items = (_node(x, f"{path}[{n}]", file, faults, depth + 1) for n, x in enumerate(data))
        return Node(path, 0, 0, tuple(item for item in items if item))
    if isinstance(data, float) and not isfinite(data):
        found = f"{data}, which is no number"
        faults.append(Fault(file, 0, 0, path, found, "a number that ends, or words"))
        return None
    if unlike := _unlike_words(data, path):
        faults.append(Fault(file, 0, 0, path, unlike, f'words in quotes, such as "{data}"'))
    words = {True: "yes", False: "no"}[data] if isinstance(data, bool) else str(data)
    if bad := NOT_TEXT.search(words):
        found = f"the character U+{ord(bad.group()):04X}"
        faults.append(Fault(file, 0, 0, path, found, "text without control characters"))
        return None
    return Node(path, 0, 0, words)


def _unlike_words(data: object, path: str) -> str | None:
    """What stands where only words make sense, in the terms of JSON; ``None`` if it is words."""
    if path.rpartition(".")[2].partition("[")[0] not in _WORDS:
        return None
    if isinstance(data, bool):
        return "true" if data else "false"
    return f"the number {data}" if isinstance(data, int | float | Digits) else None


def spelt_out(entity: str, data: object) -> object:
    """What may be written shortly, as the format has it.

    A chain of speakers may be one text ("Agency > Ministry"), a grade a word beside its
    ``reason``, the fields of a bibliographic item may stand beside ``csl``.
    """
    if not isinstance(data, Mapping):
        return data
    found = dict(data)
    if entity == "claim" and isinstance(found.get("speakers"), str):
        found["speakers"] = [name.strip() for name in found["speakers"].split(">")]
    if entity in {"claim", "source"}:
        found = _graded(found)
    return _gathered(found) if entity == "document" else found


def _graded(data: dict[str, Any]) -> dict[str, Any]:
    short = [scheme for scheme in Scheme if isinstance(data.get(scheme.value), str)]
    if not short:
        return data
    reason = data.get("reason")
    rest = {name: found for name, found in data.items() if name != "reason"}
    for scheme in short:
        name = "level" if scheme is Scheme.CONFIDENCE else "code"
        rest[scheme.value] = {name: data[scheme.value], "reason": reason}
    return rest


def _gathered(data: dict[str, Any]) -> dict[str, Any]:
    item = data.get("csl") or {}
    if not isinstance(item, Mapping):
        return data
    flat = {name: data[name] for name in CSL_FLAT if name in data}
    rest = {name: found for name, found in data.items() if name not in {"csl", *flat}}
    whole = {name: _literal(name, found) for name, found in {**item, **flat}.items()}
    return {**rest, "csl": whole} if whole else rest


def _complete(entity: str, data: object) -> object:
    """A document always has an item, whose type may be left out."""
    item = data.get("csl", {}) if isinstance(data, Mapping) else None
    if entity != "document" or not isinstance(data, Mapping) or not isinstance(item, Mapping):
        return data
    return {**data, "csl": {"type": "document", **item}}


def _literal(name: str, found: object) -> object:
    """Authors that are mere names, as CSL has them."""
    if name != "author" or not isinstance(found, list | tuple):
        return found
    return [{"literal": one} if isinstance(one, str) else one for one in found]
