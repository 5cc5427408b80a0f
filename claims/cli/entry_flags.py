"""The flags of entering and editing, made of the table of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from claims.cli import options
from claims.cli.entry_complete import completing
from claims.cli.options import MOST
from claims.exchange.fields import FIELDS, Field, Kind

_METAVARS = {
    Kind.NUMBER: "N",
    Kind.DATE: "EDTF",
    Kind.TIME: "TIME",
    Kind.LANGUAGE: "TAG",
    Kind.REFERENCE: "NAME",
    Kind.CHAIN: "CHAIN",
    Kind.NAMES: "TAG=NAME",
    Kind.PAIRS: "NAME=TEXT",
    Kind.FILE: "FILE",
    Kind.DATA: "JSON",
}

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")
]
Once = Annotated[
    str | None,
    typer.Option(
        "--once",
        metavar="KEY",
        help="A key of yours: the same request with it again does nothing new.",
    ),
]
Why = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="Why, kept in the history.")
]
Version = Annotated[
    int | None,
    typer.Option(
        "--version", min=1, max=MOST, metavar="N", help="The version that you read. [the present]"
    ),
]

COMMON: Mapping[str, tuple[Any, Any]] = {
    "reason": (Why, None),
    "once": (Once, None),
    "dry_run": (DryRun, False),
    "db": (options.Database, None),
    "acting": (options.Acting, None),
    "as_json": (options.Json, False),
}
"""What every command that writes accepts: annotation and default by parameter."""


def parameter_of(one: Field) -> str:
    """The parameter that holds a field."""
    return "field_" + one.name.replace(".", "__").replace("-", "_")


def flagged(
    entity: str,
    run: Callable[..., object],
    common: Iterable[str],
    *,
    before: Sequence[Parameter] = (),
    leave_out: Iterable[str] = (),
) -> Callable[..., object]:
    """A command whose flags are the fields of an entity and what is common to all.

    Args:
        entity: whose fields.
        run: called with the context, the fields that were given (by name, nested as JSON has
            them) and the rest by parameter.
        common: which of :data:`COMMON`; a field of the same name takes its place.
        before: further parameters, which come first.
        leave_out: fields that the command has no flag for.
    """
    table = [one for one in FIELDS[entity] if one.name not in set(leave_out)]
    known = {parameter_of(one): one for one in table}

    def command(context: typer.Context, **given: Any) -> object:  # noqa: ANN401 (a flag's value)
        named = {known[name]: value for name, value in given.items() if name in known}
        rest = {name: value for name, value in given.items() if name not in known}
        return run(context, typed(named), **rest)

    flags = {one.path[-1] for one in table if one.flag == "--reason"}
    parameters = [
        Parameter("context", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *before,
        *(_parameter(one) for one in table),
        *(
            Parameter(name, Parameter.KEYWORD_ONLY, annotation=COMMON[name][0], default=default)
            for name in common
            if name not in flags
            for default in [COMMON[name][1]]
        ),
    ]
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return command


def typed(given: Mapping[Field, Any]) -> dict[str, Any]:
    """The fields that were given, nested as JSON has them."""
    found: dict[str, Any] = {}
    for one, value in given.items():
        if value is None or value == []:
            continue
        place = found
        for step in one.path[:-1]:
            place = place.setdefault(step, {})
        last = one.path[-1]
        made = _made(one, value)
        inner = place.get(last)
        if isinstance(made, Mapping) and isinstance(inner, Mapping):
            made = {**made, **inner}
        place[last] = made
    return found


def _made(one: Field, value: Any) -> Any:  # noqa: ANN401 (a flag's value)
    """What a flag says, as JSON has it."""
    if one.kind is Kind.PAIRS:
        return dict(_pair(one, item) for item in value)
    if one.kind is Kind.NAMES:
        return _by_language(one, value)
    if one.kind is Kind.DATA:
        items = [_data(one, item) for item in (value if one.many else [value])]
        return items if one.many else items[0]
    return list(value) if one.many else value


def _pair(one: Field, item: str) -> tuple[str, str]:
    name, equals, words = item.partition("=")
    if not equals or not name.strip() or not words.strip():
        message = f"{item!r} is not of the form {_METAVARS[one.kind]}"
        raise typer.BadParameter(message, param_hint=one.flag)
    return name.strip(), words.strip()


def _by_language(one: Field, items: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in items:
        language, name = _pair(one, item)
        found.setdefault(language, []).append(name)
    return found


def _data(one: Field, text: str) -> Any:  # noqa: ANN401 (JSON)
    from claims.cli.entry_input import read_json  # noqa: PLC0415 -- only JSON pays for it

    return read_json(text, one.flag)


def _parameter(one: Field) -> Parameter:
    kind: Any = bool if one.kind is Kind.YES_NO else str
    hint: Any = list[str] | None if one.many else kind | None
    words = one.words
    if one.choices:
        words = f"{words.removesuffix('.')}: {', '.join(one.choices)}."
    declared = f"{one.flag}/--no{one.flag[1:]}" if one.kind is Kind.YES_NO else one.flag
    option = typer.Option(
        declared,
        help=words,
        metavar=None if one.kind is Kind.YES_NO else _METAVARS.get(one.kind, _plain(one)),
        autocompletion=completing(one.of) if one.kind is Kind.REFERENCE else None,
    )
    return Parameter(
        parameter_of(one), Parameter.KEYWORD_ONLY, annotation=Annotated[hint, option], default=None
    )


def _plain(one: Field) -> str:
    return "WORD" if one.choices else "TEXT"
