"""The commands of entering and editing: one group for each kind of record."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from claims.cli import app_document, options
from claims.cli.entry_commands import (
    adding,
    editing,
    history,
    listing,
    removing,
    restoring,
    showing,
    superseding,
)
from claims.cli.entry_complete import completing
from claims.cli.entry_flags import DryRun, Once
from claims.cli.entry_help import EXAMPLES, HELP, NOUN_WORDS, WORDS
from claims.cli.page import examples
from claims.exchange.fields import noun_of


def _group(entity: str) -> typer.Typer:
    return typer.Typer(help=HELP[entity], no_args_is_help=True, rich_markup_mode=None)


topic_app, question_app, source_app = _group("topic"), _group("question"), _group("source")
document_app, claim_app = _group("document"), _group("claim")
assess_app, crosscheck_app = _group("assessment"), _group("cross_check")
inquiry_app = _group("inquiry")
term_app, place_app, party_app = _group("term"), _group("place"), _group("party")
dependence_app, opposition_app = _group("source_relation"), _group("opposition")
link_app = _group("term_relation")

GROUPS = {
    "topic": topic_app,
    "question": question_app,
    "source": source_app,
    "document": document_app,
    "claim": claim_app,
    "assessment": assess_app,
    "cross_check": crosscheck_app,
    "inquiry": inquiry_app,
    "term": term_app,
    "place": place_app,
    "party": party_app,
    "source_relation": dependence_app,
    "opposition": opposition_app,
    "term_relation": link_app,
}
"""The group of each entity, to which others may add commands."""


def register(app: typer.Typer) -> None:
    """Add the groups to the app, each with its commands."""
    for entity, group in GROUPS.items():
        _commands(entity, group)
        app.add_typer(group, name=noun_of(entity))
    app_document.register(document_app)


def _commands(entity: str, group: typer.Typer) -> None:
    made = {
        "add": app_document.adding if entity == "document" else adding,
        "list": listing,
        "show": showing,
    }
    if entity != "assessment":
        made["edit"] = editing
    if entity in {"claim", "assessment"}:
        made["supersede"] = superseding
    made |= {"restore": restoring, "remove": removing, "history": history}
    for verb, make in made.items():
        if (entity, verb) != ("topic", "list"):
            _add(entity, group, verb, make(entity))
    if entity == "topic":
        group.command("list", epilog=_epilog(entity, "list"))(topic_list)
    if entity == "claim":
        group.command("retract", epilog=_epilog(entity, "retract"))(claim_retract)
        group.command("propose", epilog=_epilog(entity, "propose"))(claim_propose)


def _add(entity: str, group: typer.Typer, verb: str, run: Callable[..., object]) -> None:
    run.__name__ = f"{noun_of(entity)}_{verb}"
    run.__doc__ = WORDS.get((entity, verb)) or WORDS["", verb].format(noun=NOUN_WORDS[entity])
    group.command(verb, epilog=_epilog(entity, verb))(run)


def _epilog(entity: str, verb: str) -> str:
    return examples(*EXAMPLES[entity, verb])


def topic_list(
    context: typer.Context,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """List the topics, with their dates and how many questions and claims they have."""
    from claims.cli.reporting import topics

    topics(context.obj.over(db, acting), as_json=as_json)


def claim_retract(
    context: typer.Context,
    target: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM",
            help="Its key, or its id or the beginning of it.",
            autocompletion=completing("claim"),
        ),
    ],
    *,
    at: Annotated[str, typer.Option("--at", metavar="EDTF", help="When it was withdrawn.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, as it was said.")],
    once: Once = None,
    dry_run: DryRun = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Note that the speaker withdrew a claim.

    It stays, is shown as withdrawn, and counts no more. What the coder got wrong is edited, or
    removed; that the speaker now says something else is superseded.
    """
    from claims.cli.entering import Manner, retract_claim

    ground = context.obj.over(db, acting)
    retract_claim(target, at, Manner(ground, reason, once, dry_run, as_json))


def claim_propose(
    context: typer.Context,
    *,
    document: Annotated[
        str,
        typer.Option(
            "--document",
            metavar="DOCUMENT",
            help="The document that says it.",
            autocompletion=completing("document"),
        ),
    ],
    quote: Annotated[str, typer.Option("--quote", metavar="TEXT", help="Words of its text.")],
    question: Annotated[
        str | None,
        typer.Option(
            "--question",
            metavar="QUESTION",
            help="What it answers: only values of that kind are proposed.",
            autocompletion=completing("question"),
        ),
    ] = None,
    prefix: Annotated[
        str | None, typer.Option("--prefix", metavar="TEXT", help="Words just before the quote.")
    ] = None,
    suffix: Annotated[
        str | None, typer.Option("--suffix", metavar="TEXT", help="Words just after the quote.")
    ] = None,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Say what a quote may be entered as; enter nothing.

    Finds the place of the words, and proposes what they say: the value, hedges, who speaks. It
    only proposes; what is entered, you decide. Ends with exit code 1 where the words do not stand
    in the text.
    """
    from claims.cli.proposing import Quoted, propose

    asked = Quoted(document, quote, question, prefix, suffix)
    return propose(context.obj.over(db, acting), asked, as_json=as_json)
