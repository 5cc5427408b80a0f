"""The form of a mapping file: what its rules are made of, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from claims.errors import Fault, InvalidValue
from claims.exchange.mapping_template import template
from claims.exchange.structure import listed, suggestion, what
from claims.exchange.yaml_nodes import Node, shown

LOST: Any = object()
"""Stands for a rule that could not be made; the faults say why."""

_YES = {"yes": True, "true": True, "no": False, "false": False}
_NO_TEMPLATES = {"TableMapping", "TableRule", "OpenRule", "SplitRule"}


def build(kind: type[Any], node: Node, file: str, faults: list[Fault]) -> Any:  # noqa: ANN401
    """The rule that a node describes; what is wrong is added to ``faults``."""
    held = [one for one in fields(kind) if one.init]
    if isinstance(node.value, str):
        first = next((one for one in held if one.metadata["first"]), None)
        if first is None:
            _fault(
                file, node, what(node), f"named fields: {listed(one.name for one in held)}", faults
            )
            return LOST
        node = Node(node.path, node.line, node.column, {first.name: node})
    if not isinstance(node.value, Mapping):
        _fault(file, node, what(node), f"named fields: {listed(one.name for one in held)}", faults)
        return LOST
    _unknown(file, node, held, faults)
    made = {one.name: _field(kind, one, node, file, faults) for one in held}
    if any(value is LOST for value in made.values()):
        return LOST
    return kind(**{name: value for name, value in made.items() if value is not MISSING})


def plain(rule: Any) -> Any:  # noqa: ANN401 (a rule, a list of rules, or words)
    """A rule as plain data, without what is as usual; the shortest that reads back equal."""
    if is_dataclass(rule):
        told = {
            one.name: plain(getattr(rule, one.name)) for one in fields(rule) if _differs(rule, one)
        }
        first = [one.name for one in fields(rule) if one.metadata["first"]]
        return told[first[0]] if first and list(told) == first else told
    if isinstance(rule, Mapping):
        return {name: plain(item) for name, item in rule.items()}
    if isinstance(rule, tuple):
        return [plain(item) for item in rule]
    if isinstance(rule, bool):
        return "yes" if rule else "no"
    return rule.value if isinstance(rule, StrEnum) else str(rule)


def _differs(rule: Any, one: Field[Any]) -> bool:  # noqa: ANN401 (a rule)
    value = getattr(rule, one.name)
    usual = one.default_factory() if one.default_factory is not MISSING else one.default
    return bool(value != usual)


def _field(kind: type[Any], one: Field[Any], node: Node, file: str, faults: list[Fault]) -> Any:  # noqa: ANN401
    item = node.get(one.name)
    needed = one.default is MISSING and one.default_factory is MISSING
    if item is None:
        if not needed or one.name in node.lost:
            return LOST if needed else MISSING
        place = Fault(
            file,
            node.line,
            node.column,
            node.path_to(one.name),
            "no such field",
            one.metadata["means"],
        )
        faults.append(place)
        return LOST
    templates = kind.__name__ not in _NO_TEMPLATES
    return _value(
        get_type_hints(kind)[one.name], item, file, faults, (one.metadata["means"], templates)
    )


def _value(hint: Any, node: Node, file: str, faults: list[Fault], how: tuple[str, bool]) -> Any:  # noqa: ANN401
    """What a field holds, by its declared type."""
    if get_origin(hint) in {Union, UnionType}:
        hint = next(part for part in get_args(hint) if part is not type(None))
    if is_dataclass(hint) and isinstance(hint, type):
        return build(hint, node, file, faults)
    if get_origin(hint) is tuple:
        return _items(get_args(hint)[0], node, file, faults, how)
    if get_origin(hint) is Mapping:
        return _named(get_args(hint)[1], node, file, faults, how)
    if not isinstance(node.value, str):
        return _fault(file, node, what(node), how[0], faults)
    return _words(hint, node, file, faults, how)


def _items(hint: Any, node: Node, file: str, faults: list[Fault], how: tuple[str, bool]) -> Any:  # noqa: ANN401
    if isinstance(node.value, Mapping):
        return _fault(file, node, what(node), f"a list: {how[0]}", faults)
    items = node.value if isinstance(node.value, tuple) else (node,)
    made = tuple(_value(hint, item, file, faults, how) for item in items)
    return LOST if any(one is LOST for one in made) else made


def _named(hint: Any, node: Node, file: str, faults: list[Fault], how: tuple[str, bool]) -> Any:  # noqa: ANN401
    if not isinstance(node.value, Mapping):
        return _fault(file, node, what(node), f"named fields: {how[0]}", faults)
    made = {name: _value(hint, item, file, faults, how) for name, item in node.value.items()}
    return LOST if any(one is LOST for one in made.values()) else made


def _words(hint: Any, node: Node, file: str, faults: list[Fault], how: tuple[str, bool]) -> Any:  # noqa: ANN401
    words, (meaning, templates) = node.words, how
    if hint is bool:
        found = _YES.get(words)
        return (
            _fault(file, node, shown(words), f"yes or no: {meaning}", faults)
            if found is None
            else found
        )
    if hint is int:
        number = words.isascii() and words.isdecimal() and len(words) < 10  # noqa: PLR2004
        return int(words) if number else _fault(file, node, shown(words), meaning, faults)
    if issubclass(hint, StrEnum):
        known = [one.value for one in hint]
        if words in known:
            return hint(words)
        near = f"{meaning}: {listed(known)}{suggestion(words, known)}"
        return _fault(file, node, shown(words), near, faults)
    if templates:
        try:
            template(words)
        except InvalidValue as error:
            return _fault(file, node, str(error), "words with columns in braces", faults)
    return words


def _unknown(file: str, node: Node, held: list[Field[Any]], faults: list[Fault]) -> None:
    known = [one.name for one in held]
    names = node.value if isinstance(node.value, Mapping) else {}
    for name in (name for name in names if name not in known):
        line, column = node.marks.get(name, (node.line, node.column))
        expected = f"one of {listed(known)}{suggestion(name, known)}"
        found = f"the unknown field {shown(name)}"
        faults.append(Fault(file, line, column, node.path_to(name), found, expected))


def _fault(file: str, node: Node, found: str, expected: str, faults: list[Fault]) -> Any:  # noqa: ANN401
    faults.append(Fault(file, node.line, node.column, node.path or "file", found, expected))
    return LOST
