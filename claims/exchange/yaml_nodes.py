"""YAML read as nodes: every scalar stays the words that stand there, every node knows its place.

A file is data, so anchors, aliases, tags and several documents in one file are faults, and
nesting and size are bounded: no text whatever can make the reader run code, recurse without end
or grow beyond its input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from claims.errors import Fault

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 24
"""A hand-coding file is at most ten levels deep; bibliographic items may add a few."""
MAX_NODES = 500_000
"""So many values take some hundred megabytes of memory while they are read."""

NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\x85\u2028\u2029]")
"""YAML ends a line at these, editors do not: lines would be counted differently."""

_SHORT = 60


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One value of a YAML file; ``line`` and ``column`` count from 1.

    ``value`` is text, the nodes of a list, or the nodes of named fields. ``marks`` says where
    the name of each field stands; ``lost`` names the fields whose value was refused.
    """

    path: str
    line: int
    column: int
    value: str | tuple[Node, ...] | dict[str, Node]
    marks: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()

    def get(self, name: str) -> Node | None:
        """The value of a field, or nothing."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def text(self, name: str) -> str | None:
        """The words of a field, or nothing where it is missing or no words."""
        node = self.get(name)
        return node.value if node and isinstance(node.value, str) else None

    def items(self, name: str) -> tuple[Node, ...]:
        """The nodes of a field that holds a list."""
        node = self.get(name)
        return node.value if node and isinstance(node.value, tuple) else ()

    def entries(self, name: str) -> Mapping[str, Node]:
        """The nodes of a field that holds named fields."""
        node = self.get(name)
        return node.value if node and isinstance(node.value, dict) else {}

    def path_to(self, name: str) -> str:
        """The path to a field, as a message shows it."""
        return f"{self.path}.{name}" if self.path else name

    @property
    def words(self) -> str:
        """The words of a scalar; nothing for lists and named fields."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def plain(self) -> object:
        """The value as text, lists and dictionaries."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, tuple):
            return [item.plain for item in self.value]
        return {name: node.plain for name, node in self.value.items()}


def read_nodes(data: bytes, file: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """The root of a YAML file, and everything in it that is not plain data.

    Never raises for anything that the bytes may hold; without a root the faults say why.
    """
    text, faults = _decoded(data, file)
    if text is None:
        return None, faults
    builder = _Builder(file)
    try:
        root = builder.root(yaml.parse(text, Loader=LOADER))
    except MarkedYAMLError as error:
        return None, (*builder.faults, _unreadable(error, text, file))
    except ReaderError as error:
        return None, (*builder.faults, _unacceptable(error, text, file))
    except _TooMuch:
        return None, tuple(builder.faults)
    return root, tuple(builder.faults)


def shown(words: str) -> str:
    """Words as a message quotes them: on one line, cut where they are long."""
    line = " ".join(words.split())
    cut = line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"
    return repr(cut) if cut else "nothing"


def quoted(words: str) -> str:
    """Words as YAML has them in quotation marks, whole; what cannot be seen is written out."""
    signs = (
        f"\\{sign}" if sign in '"\\' else sign if sign.isprintable() else repr(sign)[1:-1]
        for sign in words
    )
    return f'"{"".join(signs)}"'


def shortened(error: Exception, words: str) -> str:
    """What an error says of words that it quotes whole, with the words cut where they are long."""
    return str(error).replace(repr(words), shown(words))


class _TooMuch(Exception):
    """The nesting or the size passed the bound; the fault is already noted."""


@dataclass(slots=True)
class _Builder:
    """Turns events into nodes and notes what is not plain data."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def root(self, events: Iterator[Event]) -> Node | None:
        root: Node | None = None
        for event in events:
            if not isinstance(event, DocumentStartEvent):
                continue
            if root is not None:
                self._fault(event, "", "a second document (after '---')", "one document a file")
                return root
            root = self._node(next(events), events, "", 0)
        if root is None:
            expected = "a hand-coding file that begins with 'claims: 1'"
            self.faults.append(Fault(self.file, 1, 1, "file", "an empty file", expected))
        return root

    def _node(self, event: Event, events: Iterator[Event], path: str, depth: int) -> Node | None:
        self.count += 1
        if depth > MAX_DEPTH:
            self._fault(event, path, f"more than {MAX_DEPTH} levels of nesting", "fewer levels")
            raise _TooMuch
        if self.count > MAX_NODES:
            expected = "the claims divided into several files of one namespace"
            self._fault(event, path, f"more than {MAX_NODES:,} values in one file", expected)
            raise _TooMuch
        self._check_plain(event, path)
        line, column = _place(event)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, SequenceStartEvent):
            items = tuple(self._items(events, path, depth))
            return Node(path, line, column, items)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, events, path, depth)
        return None

    def _scalar(self, event: ScalarEvent, path: str) -> Node | None:
        line, column = _place(event)
        words: str = event.value
        if bad := NOT_TEXT.search(words):
            found = f"the character U+{ord(bad.group()):04X}"
            self._fault(event, path, found, "text without control characters")
            return None
        return Node(path, line, column, words)

    def _items(self, events: Iterator[Event], path: str, depth: int) -> Iterator[Node]:
        number = 0
        while not isinstance(event := next(events), SequenceEndEvent):
            node = self._node(event, events, f"{path}[{number}]", depth + 1)
            number += 1
            if node is not None:
                yield node

    def _mapping(
        self, start: MappingStartEvent, events: Iterator[Event], path: str, depth: int
    ) -> Node:
        values: dict[str, Node] = {}
        marks: dict[str, tuple[int, int]] = {}
        lost: set[str] = set()
        while not isinstance(event := next(events), MappingEndEvent):
            key = self._node(event, events, path, depth + 1)
            name = key.words if key else ""
            at = f"{path}.{name}" if path else name
            node = self._node(next(events), events, at, depth + 1)
            if key is None or not isinstance(key.value, str):
                self._fault(event, path, "a name that is not plain words", "one word")
            elif name in marks:
                found = f"{shown(name)} a second time (first in line {marks[name][0]})"
                self._fault(event, at, found, "each name once")
            elif node is None:
                marks[name] = _place(event)
                lost.add(name)
            else:
                marks[name] = _place(event)
                values[name] = node
        line, column = _place(start)
        return Node(path, line, column, values, marks, frozenset(lost))

    def _check_plain(self, event: Event, path: str) -> None:
        if isinstance(event, AliasEvent):
            found, expected = f"the alias *{event.anchor}", "the words themselves, written out"
            hint = "; put words that begin with '*' between quotation marks"
            self._fault(event, path, found, expected + hint)
            return
        if anchor := getattr(event, "anchor", None):
            hint = "; put words that begin with '&' between quotation marks"
            self._fault(event, path, f"the anchor &{anchor}", "plain data without anchors" + hint)
        if tag := getattr(event, "tag", None):
            hint = "; put words that begin with '!' between quotation marks"
            self._fault(event, path, f"the tag {shown(tag)}", "plain data without tags" + hint)

    def _fault(self, event: Event, path: str, found: str, expected: str) -> None:
        self.faults.append(Fault(self.file, *_place(event), path or "file", found, expected))


def _place(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _decoded(data: bytes, file: str) -> tuple[str | None, tuple[Fault, ...]]:
    """The text of the file, or the fault that keeps it from being text."""
    if len(data) > MAX_BYTES:
        found = f"a file of {len(data):,} bytes"
        return None, (Fault(file, 0, 0, "file", found, f"at most {MAX_BYTES:,} bytes"),)
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        expected = "plain UTF-8; save the file as UTF-8 without a byte order mark"
        return None, (Fault(file, 1, 1, "file", "a byte order mark", expected),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _line_column(data[: error.start].decode("utf-8"))
        found = f"the byte 0x{data[error.start]:02X}, which is not UTF-8"
        return None, (Fault(file, line, column, "file", found, "text saved as UTF-8"),)
    if bad := NOT_TEXT.search(text) or _BREAKS.search(text):
        line, column = _line_column(text[: bad.start()])
        found = f"the character U+{ord(bad.group()):04X}"
        expected = 'text without control characters; a line break within words is written "\\n"'
        return None, (Fault(file, line, column, "file", found, expected),)
    return text, ()


def _line_column(before: str) -> tuple[int, int]:
    return (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _unreadable(error: MarkedYAMLError, text: str, file: str) -> Fault:
    """What the YAML parser refuses, in words for a person who does not know its grammar."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    found = f"what YAML cannot read ({error.problem or error.context})"
    if "\t" in here[: column + 1] and not here[: column - 1].strip(" \t"):
        found, expected = "a tab in the indentation", "spaces only"
    elif "escape" in found:
        expected = (
            'the sign itself, or an escape of one whole sign, as "\\u00e9" or "\\U0001F600";'
            " between ' and ' nothing is an escape"
        )
    else:
        expected = (
            "one 'name: value' a line, evenly indented, and quotation marks around words that "
            "hold ': ' or ' #', begin with a sign, or hold , [ ] { } within brackets"
        )
    return Fault(file, line, column, "file", found, expected)


def _unacceptable(error: ReaderError, text: str, file: str) -> Fault:
    line, column = _line_column(text[: error.position])
    found = f"a character that YAML does not allow ({error.reason})"
    return Fault(file, line, column, "file", found, "text without control characters")
