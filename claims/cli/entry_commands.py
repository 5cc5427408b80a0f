"""The commands of one kind of record, each made for its entity."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from claims.cli import options
from claims.cli.entry_complete import completing
from claims.cli.entry_flags import DryRun, Version, Why, flagged
from claims.cli.options import MOST
from claims.exchange.fields import noun_of

WRITES = ("reason", "once", "dry_run", "db", "acting", "as_json")

_GRADES = ("confidence", "reliability", "credibility", "verification", "likelihood")


def _target(entity: str) -> Any:  # noqa: ANN401 (an annotation)
    words = {"claim": "Its key, or its id or the beginning of it."}
    return Annotated[
        str,
        typer.Argument(
            metavar=noun_of(entity).upper(),
            help=words.get(entity, "Its key, name, id or the beginning of its id."),
            autocompletion=completing(entity),
        ),
    ]


def _naming(entity: str) -> Parameter:
    return Parameter("target", Parameter.POSITIONAL_OR_KEYWORD, annotation=_target(entity))


def _option(name: str, annotation: Any, default: Any) -> Parameter:  # noqa: ANN401 (both any)
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _manner(context: typer.Context, given: dict[str, Any]) -> Any:  # noqa: ANN401 (lazy)
    from claims.cli.entering import Manner

    ground = context.obj.over(given.pop("db", None), given.pop("acting", None))
    return Manner(ground, **given)


def adding(entity: str) -> Callable[..., object]:
    """The command that enters records of an entity."""

    def run(context: typer.Context, fields: dict[str, Any], **given: Any) -> None:  # noqa: ANN401
        from claims.cli.entering import add_entries

        add_entries(entity, fields, _manner(context, given))

    return flagged(entity, run, WRITES)


Clear = Annotated[
    list[str] | None,
    typer.Option("--clear", metavar="FIELD", help="A field to empty; may be repeated."),
]
Merge = Annotated[
    bool, typer.Option("--merge", help="Keep what others changed meanwhile in other fields.")
]


def editing(entity: str) -> Callable[..., object]:
    """The command that changes one."""

    def run(
        context: typer.Context,
        fields: dict[str, Any],
        *,
        target: str,
        clear: list[str] | None,
        version: int | None,
        merge: bool,
        **given: Any,  # noqa: ANN401
    ) -> None:
        from claims.cli.entering import Change, edit_record

        change = Change(fields, tuple(clear or ()), version, merge)
        edit_record(entity, target, change, _manner(context, given))

    before = (
        _naming(entity),
        _option("clear", Clear, None),
        _option("version", Version, None),
        _option("merge", Merge, default=False),
    )
    return flagged(entity, run, WRITES, before=before, leave_out=_GRADES)


def superseding(entity: str) -> Callable[..., object]:
    """The command that enters what is said instead."""

    def run(
        context: typer.Context,
        fields: dict[str, Any],
        *,
        target: str,
        **given: Any,  # noqa: ANN401
    ) -> None:
        from claims.cli.entering import supersede_record

        supersede_record(entity, target, fields, _manner(context, given))

    out = ("claim", "source") if entity == "assessment" else ()
    return flagged(entity, run, WRITES, before=(_naming(entity),), leave_out=out)


def removing(entity: str) -> Callable[..., object]:
    """The command that takes one out."""

    def run(
        context: typer.Context,
        target: str,
        *,
        why: str | None = None,
        dry_run: bool = False,
        db: str | None = None,
        acting: str | None = None,
        as_json: bool = False,
    ) -> None:
        from claims.cli.entering import Manner, remove_record

        ground = context.obj.over(db, acting)
        remove_record(entity, target, Manner(ground, why, None, dry_run, as_json))

    run.__annotations__ |= {**_PLAIN, "target": _target(entity)}
    return run


def restoring(entity: str) -> Callable[..., object]:
    """The command that brings one back."""

    def run(
        context: typer.Context,
        target: str,
        *,
        version: int | None = None,
        why: str | None = None,
        dry_run: bool = False,
        db: str | None = None,
        acting: str | None = None,
        as_json: bool = False,
    ) -> None:
        from claims.cli.entering import Manner, restore_record

        ground = context.obj.over(db, acting)
        restore_record(entity, target, version, Manner(ground, why, None, dry_run, as_json))

    earlier = Annotated[
        int | None,
        typer.Option("--version", min=1, max=MOST, metavar="N", help="The version to go back to."),
    ]
    run.__annotations__ |= {**_PLAIN, "target": _target(entity), "version": earlier}
    return run


def history(entity: str) -> Callable[..., object]:
    """The command that shows every version of one."""

    def run(
        context: typer.Context,
        target: str,
        *,
        limit: int = 20,
        db: str | None = None,
        acting: str | None = None,
        as_json: bool = False,
    ) -> None:
        from claims.cli.recounting import history

        history(context.obj.over(db, acting), entity, target, limit, as_json=as_json)

    run.__annotations__ |= {**_READS, "target": _target(entity), "limit": Limit}
    return run


def showing(entity: str) -> Callable[..., object]:
    """The command that shows one."""

    def run(
        context: typer.Context,
        target: str,
        *,
        db: str | None = None,
        acting: str | None = None,
        as_json: bool = False,
    ) -> None:
        from claims.cli.entry_show import show_record

        show_record(context.obj.over(db, acting), entity, target, as_json=as_json)

    run.__annotations__ |= {**_READS, "target": _target(entity)}
    return run


_READS = {"db": options.Database, "acting": options.Acting, "as_json": options.Json}
_PLAIN = {**_READS, "why": Why, "dry_run": DryRun}

Limit = Annotated[
    int, typer.Option("--limit", min=1, max=MOST, metavar="N", help="How many, the newest.")
]


def _narrowed(of: str) -> Any:  # noqa: ANN401 (an annotation)
    option = typer.Option(
        f"--{of}", metavar="NAME", help=f"Only of this {of}.", autocompletion=completing(of)
    )
    return Annotated[str | None, option]


def listing(entity: str) -> Callable[..., object]:
    """The command that lists an entity, with flags for what narrows it."""

    def run(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 (a flag's value)
        from claims.cli.entry_show import list_records

        ground = context.obj.over(given.pop("db"), given.pop("acting"))
        list_records(ground, entity, as_json=given.pop("as_json"), **given)

    narrowing = {name: _option(name, _narrowed(name), None) for name in _NARROWED.get(entity, ())}
    marks = [_option(n, _mark(n, words), default=False) for n, words in _marks(entity).items()]
    stance = [_option("stance", _STANCE, None)] if entity == "claim" else []
    common = [_option(name, hint, _DEFAULTS[name]) for name, hint in _READS.items()]
    parameters = [
        Parameter("context", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(*narrowing.values(), *stance, *marks, _option("limit", Limit, 200), *common),
    ]
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return run


_DEFAULTS = {"db": None, "acting": None, "as_json": False}
_NARROWED = {
    "question": ("topic",),
    "claim": ("topic", "question", "source", "document"),
    "document": ("source",),
    "assessment": ("source",),
    "cross_check": ("topic",),
    "inquiry": ("topic", "question"),
}
_STANCE = Annotated[
    str | None, typer.Option("--stance", metavar="WORD", help="Only with this stance.")
]


def _mark(name: str, words: str) -> Any:  # noqa: ANN401 (an annotation)
    return Annotated[bool, typer.Option(f"--{name}", help=words)]


def _marks(entity: str) -> dict[str, str]:
    if entity != "claim":
        return {}
    return {
        "unassessed": "Only those that nobody has assessed.",
        "retracted": "Only those that their speaker withdrew.",
        "awaiting": "Only those that await a review.",
    }
