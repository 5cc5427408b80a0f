"""The form of a hand-coding file: one JSON Schema, its findings in plain words.

The schema is the only place that says which fields there are and what they may hold. What it
refuses is cut out of the tree, so that the checks of meaning go on with the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from claims.errors import Fault
from claims.exchange.yaml_nodes import Node, shown

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_MANY = 12

MAX_FAULTS = 500
"""So many faults of form are listed; a file with more is something else than was meant."""


_Finding = tuple[Fault, Node, str | None]
"""A fault, the node to cut out, and the field that was meant where the name is misspelt."""


@cache
def _schema() -> dict[str, Any]:
    text = files("claims.exchange").joinpath("hand_coded.schema.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def _validator() -> Draft202012Validator:
    return validator(_schema())


def validator(form: Mapping[str, Any]) -> Draft202012Validator:
    """What checks data against a JSON Schema (draft 2020-12)."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 -- only what checks a form pays

    return Draft202012Validator(form)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a hand-coding file."""
    return deepcopy(_schema())


def _definitions() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = _schema()["$defs"]
    return found


def check_structure(root: Node, file: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """The file without what the schema refuses, and the faults that say what that is.

    Nothing is left of a file that is none of ours, or that has too many faults to go on.
    """
    if stranger := _stranger(root, file):
        return None, (stranger,)
    return check_form(root, file, _validator())


def check_form(
    root: Node, file: str, form: Draft202012Validator
) -> tuple[Node | None, tuple[Fault, ...]]:
    """The tree without what a form refuses, and the faults that say what that is.

    Nothing is left of one that has too many faults to go on.
    """
    faults: dict[Fault, None] = {}
    refused: dict[Node, str | None] = {}
    for fault, bad, meant in _findings(root, file, form):
        if len(faults) == MAX_FAULTS:
            many = f"more than {MAX_FAULTS} faults of form"
            return None, (*faults, Fault(file, 0, 0, "file", many, "those listed mended first"))
        faults[fault] = None
        refused[bad] = meant
    refused.pop(root, None)
    return _without(root, refused), tuple(faults)


def _findings(root: Node, file: str, form: Draft202012Validator) -> Iterator[_Finding]:
    for error in form.iter_errors(root.plain):
        yield from _faults(error, _at(root, error.absolute_path), file)


def _stranger(root: Node, file: str) -> Fault | None:
    """The fault of a YAML file that was never meant to be a hand-coding file."""
    names, known = list(root.marks), schema()["properties"]
    if not names or any(name in known for name in names):
        return None
    found = f"another kind of file, with the fields {listed(map(shown, names))}"
    return Fault(file, 1, 1, "file", found, "a hand-coding file that begins with 'claims: 1'")


def suggestion(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` where something known is spelt nearly so, else nothing."""
    return "".join(f"; did you mean {name!r}?" for name in _near(word, known))


def _near(word: str, known: Iterable[str]) -> list[str]:
    """The known name that is spelt most nearly so, if any is near enough."""
    folded = {name.casefold(): name for name in known}
    return [folded[name] for name in get_close_matches(word.casefold(), folded, n=1)]


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence, cut where there are many."""
    names = list(words)
    more = f" … ({len(names)} in all)" if len(names) > _MANY else ""
    return ", ".join(names[:_MANY]) + more


def what(node: Node) -> str:
    """What stands at a node, as a message says it."""
    if isinstance(node.value, str):
        return shown(node.value)
    if isinstance(node.value, Mapping):
        return "named fields" if node.value else "no fields"
    return f"a list of {len(node.value)}" if node.value else "an empty list"


def _faults(error: ValidationError, node: Node, file: str) -> Iterator[_Finding]:
    """The faults of one finding."""
    if error.validator == "additionalProperties":
        yield from _unknown_fields(error, node, file)
    elif error.validator in {"required", "dependentRequired"}:
        yield from _missing_fields(error, node, file)
    elif "propertyNames" in error.absolute_schema_path:
        name = str(error.instance)
        line, column = node.marks[name]
        expected = str(_schema_of(error)["description"])
        fault = Fault(file, line, column, node.path_to(name), shown(name), expected)
        yield fault, _field(node, name), None
    else:
        yield (
            Fault(file, node.line, node.column, node.path or "file", *_words(error, node)),
            node,
            None,
        )


def _unknown_fields(error: ValidationError, node: Node, file: str) -> Iterator[_Finding]:
    known = list(_schema_of(error)["properties"])
    unused = [name for name in known if name not in node.marks]
    for name in (name for name in node.marks if name not in known):
        expected = f"one of {listed(unused or known)}{suggestion(name, known)}"
        found = f"the unknown field {shown(name)}"
        fault = Fault(file, *node.marks[name], node.path_to(name), found, expected)
        yield fault, _field(node, name), next(iter(_near(name, known)), None)


def _missing_fields(error: ValidationError, node: Node, file: str) -> Iterator[_Finding]:
    fields = _schema_of(error)["properties"]
    misspelt = {near for name in node.marks if name not in fields for near in _near(name, fields)}
    for name in _required(error, node):
        if name in node.marks or name in misspelt:
            continue
        line, column = node.line, node.column
        described = str(_schema_of(error).get("description", "named fields"))
        path = node.path_to(name)
        found = f"no field {name!r} in {described}"
        yield (
            Fault(file, line, column, path, found, _described(fields[name])),
            Node(path, 0, 0, ""),
            None,
        )


def _required(error: ValidationError, node: Node) -> list[str]:
    if error.validator == "required":
        return list(_value_of(error))
    return [name for has, needs in _value_of(error).items() if has in node.marks for name in needs]


def _words(error: ValidationError, node: Node) -> tuple[str, str]:
    """What was found and what was expected, for a value that is not allowed."""
    expected = _described(_schema_of(error))
    if error.validator == "enum":
        allowed = [word for word in _value_of(error) if isinstance(word, str)]
        if "yes" in allowed:
            allowed = ["yes", "no"]
        near = suggestion(node.words, allowed) if node.words else ""
        return what(node), f"{expected}: {listed(allowed)}{near}" if len(allowed) > 1 else expected
    if error.validator in {"minItems", "maxItems"} and _value_of(error) > 1:
        return what(node), f"{expected} ({_value_of(error)} of them)"
    return what(node), expected


def _described(part: Mapping[str, Any]) -> str:
    """What a part of the schema holds, in words."""
    if "$ref" in part:
        name = str(part["$ref"]).rpartition("/")[2]
        return str(_definitions()[name]["description"])
    return str(part.get("description", "named fields"))


def _schema_of(error: ValidationError) -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, Mapping) else {}


def _value_of(error: ValidationError) -> Any:  # noqa: ANN401 (whatever the schema's keyword holds)
    return error.validator_value


def _at(root: Node, path: Iterable[str | int]) -> Node:
    node = root
    for step in path:
        value: Any = node.value
        node = value[step]
    return node


def _field(node: Node, name: str) -> Node:
    return node.get(name) or node


def _without(node: Node, refused: Mapping[Node, str | None]) -> Node:
    """The tree without the refused nodes; ``lost`` keeps the names of those cut out."""
    if isinstance(node.value, str):
        return node
    if isinstance(node.value, tuple):
        items = tuple(_without(item, refused) for item in node.value if item not in refused)
        return Node(node.path, node.line, node.column, items)
    kept = {n: _without(item, refused) for n, item in node.value.items() if item not in refused}
    cut = {name: refused[item] for name, item in node.value.items() if item in refused}
    lost = node.lost | cut.keys() | {meant for meant in cut.values() if meant}
    return Node(node.path, node.line, node.column, kept, node.marks, lost)
