"""Mapping files: YAML that a person reads, mends and uses again; and those that ship."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from claims.analysis.vocabulary import DateAspect, SourceKind, ValueKind
from claims.errors import DocumentFaults, Fault, NotFound, SetupError, UnknownProfile
from claims.exchange.mapping_form import LOST, build, plain
from claims.exchange.mapping_rules import FigureRule, TableMapping
from claims.exchange.structure import listed, suggestion
from claims.exchange.yaml_nodes import Node, read_nodes, shown
from claims.values.quantity_numbers import conventions

SUFFIXES = (".yaml", ".yml")
_FOLDER = files("claims.exchange").joinpath("mappings")
_DATES = ("day_first", "month_first")
_SERIALS = (1900, 1904)


def shipped() -> tuple[str, ...]:
    """The names of the mappings that ship, in the order of the alphabet."""
    found = (Path(item.name) for item in _FOLDER.iterdir())
    return tuple(sorted(path.stem for path in found if path.suffix in SUFFIXES))


def read_mapping(path_or_name: str) -> TableMapping:
    """The mapping of a file, or one that ships, by its name.

    Raises:
        NotFound: there is neither such a file nor such a name.
        DocumentFaults: with everything that is wrong with the file.
    """
    if path_or_name in shipped():
        data = _FOLDER.joinpath(f"{path_or_name}.yaml").read_bytes()
        return mapping_of(data, path_or_name)
    try:
        data = Path(path_or_name).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        known = shipped()
        message = (
            f"the mapping {path_or_name!r} cannot be read ({why}); give a YAML file or one of"
            f" {listed(known)}{suggestion(path_or_name, known)}"
        )
        raise NotFound(message) from None
    return mapping_of(data, path_or_name)


def mapping_of(data: bytes, file: str) -> TableMapping:
    """The mapping that the bytes of a YAML file describe.

    Raises:
        DocumentFaults: with everything that is wrong with it.
    """
    root, broken = read_nodes(data, file)
    faults = list(broken)
    made: Any = LOST
    if root is not None:
        bare, version = _version(root)
        faults += _strange(file, root, version)
        made = build(TableMapping, bare, file, faults) if not faults else LOST
        if made is not LOST:
            faults += _senseless(made, root, file)
    if faults or made is LOST:
        raise DocumentFaults(tuple(dict.fromkeys(faults)))
    mapping: TableMapping = made
    return mapping


def mapping_text(mapping: TableMapping) -> str:
    """A mapping as the text of a file, which reads back to an equal one."""
    data = {"mapping": 1, **plain(mapping)}
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)


def write_mapping(mapping: TableMapping, path: Path) -> None:
    """Saves a mapping as a file: all of it, or nothing.

    Raises:
        SetupError: the file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(mapping_text(mapping))
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"the mapping cannot be saved as {path} ({error.strerror}); choose another place"
        raise SetupError(message) from None


def _version(root: Node) -> tuple[Node, str | None]:
    """The rules without the line that says what kind of file it is."""
    if not isinstance(root.value, Mapping):
        return root, None
    rules = {name: item for name, item in root.value.items() if name != "mapping"}
    return Node(root.path, root.line, root.column, rules, root.marks, root.lost), root.text(
        "mapping"
    )


def _strange(file: str, root: Node, version: str | None) -> Iterator[Fault]:
    if version != "1":
        found = "another kind of file" if version is None else f"mapping: {shown(version)}"
        expected = "a mapping of a table, which begins with 'mapping: 1'"
        yield Fault(file, root.line, root.column, "mapping", found, expected)


def _senseless(mapping: TableMapping, root: Node, file: str) -> Iterator[Fault]:
    """What each rule allows for itself, but not together with the others."""
    for name, found, expected in chain(_of_table(mapping), _of_figures(mapping)):
        line, column = root.marks.get(name, (root.line, root.column))
        yield Fault(file, line, column, name, found, expected)


_Finding = tuple[str, str, str]
"""A field, what was found there, and what was expected."""


def _of_table(mapping: TableMapping) -> Iterator[_Finding]:
    if mapping.dates not in {None, *_DATES}:
        yield "dates", shown(str(mapping.dates)), " or ".join(_DATES)
    if mapping.serials not in {None, *_SERIALS}:
        yield "serials", str(mapping.serials), "1900 or 1904"
    try:
        conventions(mapping.locale)
    except UnknownProfile as error:
        yield "locale", str(error), "a locale that is held"
    known = [kind.value for kind in SourceKind]
    for name, kind in mapping.source.kinds.items() if mapping.source else ():
        if kind not in known:
            expected = f"one of {listed(known)}{suggestion(kind, known)}"
            yield "source", f"{shown(kind)} for {shown(name)}", expected
    yield from _of_document(mapping)


def _of_document(mapping: TableMapping) -> Iterator[_Finding]:
    document, quote = mapping.document, mapping.passage.quote
    if mapping.table is None and document is None:
        yield "table", "no table and no document", "table: who compiled it (voice), or document"
    if document is not None and quote is None:
        expected = "passage: the column of the quote; without one leave document out"
        yield "document", "a document without its words", expected
    if document is None and quote is not None:
        yield "passage", "a quote without its document", "document: its title"
    if document is not None and not (mapping.source or document.voice):
        yield "document", "a document without a voice", "source, or voice within document"


def _of_figures(mapping: TableMapping) -> Iterator[_Finding]:
    whole = mapping.question is not None and mapping.value is not None
    half = (mapping.question is None) != (mapping.value is None)
    if half or not mapping.all_figures:
        yield "question", "no question with its value", "question and value, or figures"
    for number, figure in enumerate(mapping.all_figures):
        place = f"figures[{number - whole}]" if not whole or number else ""
        yield from _of_figure(figure, place, "figures" if place else "")


def _of_figure(figure: FigureRule, place: str, name: str) -> Iterator[_Finding]:
    value, question = figure.value, figure.question
    where = f" of {place}" if place else ""
    coded = bool(value.low or value.best or value.high)
    if coded == bool(value.said):
        expected = "either the words said, or low, best and high"
        yield name or "value", f"a value{where} with both or neither", expected
    if coded and question.kind is not ValueKind.COUNT:
        yield name or "question", f"low, best or high of a {question.kind}{where}", "kind: count"
    if (question.kind is ValueKind.DATE) != (question.aspect is not None):
        expected = f"aspect where kind is date, and only there: {listed(DateAspect)}"
        yield (
            name or "question",
            f"kind {question.kind}{where} and aspect {question.aspect}",
            expected,
        )
