"""``claims import``: a table into the database, after showing what becomes of it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Engine

from claims import actions
from claims.actions.importing import ImportRequest, ImportResult
from claims.actions.importing import import_table as carry_out
from claims.actions.load_plan import LoadItem, State
from claims.cli.bar import bar
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.guard import OK
from claims.cli.importing_told import Told, told_as_json
from claims.cli.loading import (
    MEANINGS,
    SHOWN,
    TAKEN_OUT,
    describe_item,
    table_of,
)
from claims.cli.printing import print_json, print_table, progress, say, warn
from claims.errors import InputRefused, SetupError
from claims.exchange.entity_tables import Export, is_export, open_export
from claims.exchange.mapped import Mapped, read_mapped
from claims.exchange.mapping import (
    TableMapping,
    blurred,
    described,
    guess_plainly,
    left_out,
    read_mapping,
    recognised,
    shipped,
    write_mapping,
)
from claims.exchange.table import Table, open_table
from claims.report.inert import inert
from claims.settings import Settings
from claims.store.unit import read_unit, write_unit

_SHOWN_OF_EACH = 20
"""Records, and odd rows, that are shown of each sort; JSON has all that the action tells."""

_ASKS = (
    "`claims import` shows what it would store and asks, and nobody is here to answer;"
    " give --yes to store without asking, or --dry-run to look only"
)
_OWN_LAYOUT = (
    "{path!r} was written by `claims export` and says itself what each column is;"
    " leave out --mapping, --save-mapping and --sheet"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """The options of the command."""

    mapping: str | None = None
    save_mapping: Path | None = None
    sheet: str | None = None
    dry_run: bool = False
    yes: bool = False
    remove_gone: bool = False
    as_json: bool = False

    @property
    def asks(self) -> bool:
        """Whether the person is asked before anything is stored."""
        return not (self.yes or self.dry_run)


@dataclass(frozen=True, slots=True)
class _Command:
    """One call of the command, on an open database."""

    ground: Ground
    settings: Settings
    engine: Engine
    how: How

    def export(self, path: Path) -> int:
        """Import what ``claims export`` wrote."""
        if self.how.mapping or self.how.save_mapping or self.how.sheet:
            raise InputRefused(_OWN_LAYOUT.format(path=str(path)))
        progress("Reading the export …")
        found = open_export(path)
        return self._import(found, Told(notes=found.notes))

    def table(self, path: Path) -> int:
        """Import a table by a mapping."""
        how = self.how
        mapping = read_mapping(how.mapping) if how.mapping else None
        with _open(path, mapping, how.sheet) as table:
            layout = recognised(table) if mapping is None else _layout(how.mapping)
            guessed = mapping is None and layout is None
            chosen = mapping or (guess_plainly(table) if layout is None else read_mapping(layout))
            columns = described(chosen, table)
            doubts = left_out(chosen, table) if guessed else ()
            self._show_columns(columns, _origin(how, layout), doubts)
            if how.save_mapping is not None:
                write_mapping(chosen, how.save_mapping)
                self._say(f"Saved the mapping as {inert(str(how.save_mapping))}.\n")
            with bar("Reading") as tell:
                mapped = read_mapped(table, chosen, progress=tell)
            told = Told(
                columns=columns,
                notes=table.notes,
                doubts=doubts,
                blurred=blurred(chosen, table) if guessed else (),
                flags=mapped.flags,
                rows=mapped.rows,
                layout=layout,
                guessed=guessed,
            )
            self._show_remarks(told)
            return self._import(mapped, told)

    def _import(self, table: Mapped | Export, told: Told) -> int:
        """Show what would happen, ask, and let it happen; as far as is wanted."""
        how = self.how
        if how.dry_run or how.asks:
            result = self._carry_out(table, dry_run=True)
            self._show(result, told)
            if how.dry_run or not (result.changed and _agreed()):
                return OK
        if how.yes and not how.dry_run:
            self._warn(told)
        result = self._carry_out(table, dry_run=False)
        if how.asks:
            say(_summary(result, self.ground.db))
        else:
            self._show(result, told)
        return OK

    def _carry_out(self, table: Mapped | Export, *, dry_run: bool) -> ImportResult:
        rows = table.rows if isinstance(table, Mapped) else None
        with (
            bar("Comparing" if dry_run else "Storing", rows) as tell,
            read_unit(self.engine) if dry_run else write_unit(self.engine) as session,
        ):
            request = ImportRequest(
                table=table, dry_run=dry_run, remove_gone=self.how.remove_gone, progress=tell
            )
            actor = actions.acting(session, self.settings.actor)
            return carry_out(session, actor, request, now())

    def _say(self, sentence: str) -> None:
        if not self.how.as_json:
            say(sentence)

    def _show_columns(
        self, columns: Sequence[tuple[str, str, str]], origin: str, doubts: Sequence[str]
    ) -> None:
        if self.how.as_json:
            return
        say(f"What becomes of the columns: {origin}\n")
        rows = [("column", "becomes", "example"), *columns]
        print_table([[inert(_short(cell)) for cell in row] for row in rows])
        say()
        for doubt in doubts:
            say(f"Note: {inert(doubt)}\n")
        sys.stdout.flush()  # what follows takes long, and may be stopped from outside

    def _show_remarks(self, told: Told) -> None:
        if self.how.as_json:
            return
        for note in told.notes:
            say(f"Note: {inert(note)}")
        if told.flags:
            say("Odd, and stored as it is:")
        for flag in told.flags[:_SHOWN_OF_EACH]:
            place = f"{flag.file}:{flag.line}:{flag.column}: " if flag.line else ""
            say(f"  {inert(f'{place}{flag.field}: {flag.found}; {flag.expected}')}")
        _more(len(told.flags) - _SHOWN_OF_EACH)
        if told.notes or told.flags:
            say()
            sys.stdout.flush()

    def _show(self, result: ImportResult, told: Told) -> None:
        if self.how.as_json:
            print_json(told_as_json(result, told))
            return
        print_table(list(table_of(result.counts)))
        for state in SHOWN:
            found = [item for item in result.items if item.state is state]
            if found:
                _show_state(state, found, removed=result.removed)
        _more(result.unlisted)
        if result.dry_run:
            self._warn(told)
        say(f"\n{_summary(result, self.ground.db)}")

    def _warn(self, told: Told) -> None:
        if not self.how.as_json:
            for sentence in told.blurred:
                say(f"\nWarning: {inert(sentence)}")


def import_table(ground: Ground, path: Path, how: How) -> int:
    """Import a table, or show what importing it would do; all of it or nothing."""
    settings = existing(ground.settings())
    if how.asks and (how.as_json or not (sys.stdin.isatty() and sys.stdout.isatty())):
        raise SetupError(_ASKS)
    with opened(settings) as engine:
        command = _Command(ground, settings, engine, how)
        return command.export(path) if is_export(path) else command.table(path)


def _open(
    path: Path, mapping: TableMapping | None, sheet: str | None
) -> AbstractContextManager[Table]:
    """The table, opened as the mapping says; the sheet that the command names wins."""
    rule = mapping.open if mapping else None
    if rule is None:
        return open_table(path, sheet=sheet)
    return open_table(path, **{**asdict(rule), "sheet": sheet or rule.sheet})


def _layout(mapping: str | None) -> str | None:
    """The name of the mapping that ships, where the command names one."""
    return mapping if mapping in shipped() else None


def _origin(how: How, layout: str | None) -> str:
    """Where the mapping comes from, and how another one is used."""
    if how.mapping is not None:
        kind = "the layout" if layout else "the mapping"
        return f"{kind} {inert(how.mapping)} says so."
    if layout is not None:
        return (
            f"the layout {layout}, which comes with claims, was recognised by its columns;"
            " --mapping FILE uses another."
        )
    return "this is guessed; mend it with --save-mapping."


def _agreed() -> bool:
    sys.stdout.write("\nStore this? [y/N] ")
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() in {"y", "yes"}:
        return True
    warn("Nothing was stored.")
    return False


def _show_state(state: State, found: Sequence[LoadItem], *, removed: bool) -> None:
    gone = state is State.GONE and removed
    say(f"\n{(TAKEN_OUT if gone else MEANINGS[state]).capitalize()}:")
    for item in found[:_SHOWN_OF_EACH]:
        describe_item(item)
    _more(len(found) - _SHOWN_OF_EACH)


def _more(number: int) -> None:
    if number > 0:
        say(f"  and {number:,} more")


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _summary(result: ImportResult, db: str | None) -> str:
    if result.dry_run:
        return "Nothing is stored yet." if result.changed else "Nothing would change."
    if not result.changed:
        return "Nothing was changed."
    words = ["claims", "report", *result.topics[:1], *(["--db", db] if db else [])]
    return f"Stored. Next: {inert(shlex.join(words))}; `claims undo` takes this back."
