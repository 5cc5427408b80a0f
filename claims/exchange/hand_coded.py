"""The hand-coding format (``docs/format.md``): files that a researcher writes, read as records."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from claims.analysis.canonical import namespace_id
from claims.analysis.records import ENTITIES, Record
from claims.errors import DocumentFaults, Fault
from claims.exchange.coded_claims import declare_claims, read_claims
from claims.exchange.coded_documents import CodedDocument, Uncoded, read_document
from claims.exchange.coded_entities import read_entities
from claims.exchange.coded_inquiries import read_inquiries
from claims.exchange.coded_relations import read_cross_checks, read_relations
from claims.exchange.coded_texts import SourceText
from claims.exchange.coded_values import known_locale
from claims.exchange.cycles import check_cycles
from claims.exchange.draft import Draft, Names
from claims.exchange.structure import check_structure, schema
from claims.exchange.yaml_nodes import MAX_BYTES, Node, read_nodes

__all__ = ["HandCoded", "SourceText", "Uncoded", "read_hand_coded", "schema"]

SUFFIXES = (".yaml", ".yml")
"""The files of a folder that are taken for hand-coding files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandCoded:
    """One hand-coding file as records, in the order of ``ENTITIES`` and then of the file.

    ``namespace`` is the id made of the namespace that it declares; ``marks`` gives line and
    column of each record, from 1.
    """

    file: str
    namespace: UUID
    coder: str
    records: tuple[Record, ...]
    texts: tuple[SourceText, ...]
    uncoded: tuple[Uncoded, ...]
    marks: Mapping[UUID, tuple[int, int]]


def read_hand_coded(paths: Sequence[Path]) -> tuple[HandCoded, ...]:
    """Reads hand-coding files, and all those of folders (``.yaml``, ``.yml``, also further down).

    Files of one namespace are one work: each may use the keys that another declares, and a key
    declared twice must have the same content.

    Raises:
        DocumentFaults: with every fault of every file, in the order of files and lines.
    """
    faults: list[Fault] = []
    drafts: list[Draft] = []
    spaces: dict[str, Names] = {}
    found = list(_files(paths, faults))
    for path in found:
        if root := _root(path, faults):
            space = root.text("namespace") or f"\n{path}"
            names = spaces.setdefault(space, Names(namespace_id(space)))
            drafts.append(Draft(str(path), path.parent, root, names))
    for draft in drafts:
        _declare(draft)
    read = [(draft, _read(draft)) for draft in drafts]
    for draft in drafts:
        check_cycles(draft)
        faults += draft.faults
    if faults:
        raise DocumentFaults(_ordered(faults, [*found, *paths]))
    return tuple(_coded(draft, documents) for draft, documents in read)


def _files(paths: Sequence[Path], faults: list[Fault]) -> Iterator[Path]:
    """Every file once, in the order given and by name within a folder."""
    seen: set[str] = set()
    for path in paths:
        for file in _in_folder(path, faults) if path.is_dir() else [path]:
            place = os.path.realpath(file)  # Path.resolve raises for links that lead in a circle
            if place not in seen:
                seen.add(place)
                yield file


def _in_folder(folder: Path, faults: list[Fault]) -> list[Path]:
    """The files of a folder; one that cannot be read is a fault, lest its files count as gone."""
    lost: list[OSError] = []
    within = [(Path(at), names) for at, _, names in os.walk(folder, onerror=lost.append)]
    named = [at / name for at, names in within for name in names]
    found = [path for path in named if path.suffix in SUFFIXES and _is_meant(path)]
    for error in lost:
        told = f"a folder that cannot be read ({error.strerror})"
        place = str(error.filename)
        faults.append(Fault(place, 0, 0, "file", told, "a folder that you may read"))
    if not found and not lost:
        expected = f"at least one file in it that ends in {' or '.join(SUFFIXES)}"
        faults.append(Fault(str(folder), 0, 0, "file", "a folder without YAML files", expected))
    return sorted(found)


def _is_meant(path: Path) -> bool:
    """A file, or a link that leads nowhere, which is to be told; no pipe or socket."""
    return path.is_file() or not path.exists()


def _root(path: Path, faults: list[Fault]) -> Node | None:
    """The tree of a file, without what its form refuses."""
    file = str(path)
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            faults.append(Fault(file, 0, 0, "file", "no file and no folder", "a hand-coding file"))
            return None
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        found = f"a file that cannot be read ({getattr(error, 'strerror', None) or error})"
        faults.append(Fault(file, 0, 0, "file", found, "a hand-coding file"))
        return None
    root, broken = read_nodes(data, file)
    faults += broken
    if root is None:
        return None
    formed, misfits = check_structure(root, file)
    faults += misfits
    return formed if formed and isinstance(formed.value, Mapping) else None


def _declare(draft: Draft) -> None:
    """Notes every key that a file declares, before any of them is looked up."""
    draft.declare()
    declare_claims(draft)


def _read(draft: Draft) -> tuple[CodedDocument, ...]:
    locale = known_locale(draft, draft.root, "locale" if draft.root.get("locale") else "language")
    read_entities(draft)
    read_relations(draft)
    documents = tuple(
        read_document(draft, key, node, locale)
        for key, node in draft.root.entries("documents").items()
    )
    for document in documents:
        read_claims(draft, document)
    read_cross_checks(draft)
    read_inquiries(draft)
    return documents


def _coded(draft: Draft, documents: tuple[CodedDocument, ...]) -> HandCoded:
    order = {entity: number for number, entity in enumerate(ENTITIES)}
    return HandCoded(
        file=draft.file,
        namespace=draft.names.namespace,
        coder=draft.root.text("coder") or "",
        records=tuple(sorted(draft.records.values(), key=lambda record: order[type(record)])),
        texts=tuple(document.text for document in documents if document.text),
        uncoded=tuple(item for document in documents for item in document.uncoded),
        marks=draft.marks,
    )


def _ordered(faults: list[Fault], paths: Sequence[Path]) -> tuple[Fault, ...]:
    """Each fault once, by file in the order read, then by place."""
    place = {str(path): number for number, path in reversed(list(enumerate(paths)))}
    unique = dict.fromkeys(faults)

    def order(fault: Fault) -> tuple[int, int, int]:
        return place.get(fault.file, len(place)), fault.line, fault.column

    return tuple(sorted(unique, key=order))
