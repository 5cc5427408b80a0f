"""YAML as words with places, and everything in YAML that is more than that refused."""

from __future__ import annotations

import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claims.exchange import yaml_nodes
from claims.exchange.yaml_nodes import MAX_DEPTH, Node, read_nodes


def only_fault(data: bytes) -> tuple[int, int, str, str]:
    _, (fault,) = read_nodes(data, "f.yaml")
    assert fault.file == "f.yaml"
    return fault.line, fault.column, fault.found, fault.expected


def tree(text: str) -> Node:
    root, faults = read_nodes(text.encode(), "f.yaml")
    assert faults == ()
    assert root is not None
    return root


@pytest.mark.parametrize(
    "words", ["no", "8", "12:30", "0x1F", "1_000", "null", "~", "2021-07-14", "1e3", "=", "on"]
)
def test_scalars_stay_the_words_that_stand_there(words: str) -> None:
    assert tree(f"a: {words}").text("a") == words


def test_every_node_knows_its_place_in_code_points() -> None:
    root = tree("é: x\nlist:\n  - {𝔉: 𝔊, b: c}\n")
    (item,) = root.items("list")
    assert (item.line, item.column, item.path) == (3, 5, "list[0]")
    c = item.get("b")
    assert c is not None
    assert (c.line, c.column, c.path) == (3, 15, "list[0].b")
    assert item.marks["b"] == (3, 12)


def test_without_the_c_parser_the_places_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "é: x\nlist:\n  - {𝔉: 𝔊, b: c}\nwords: >\n  one\n  two\n"
    fast = tree(text)
    monkeypatch.setattr(yaml_nodes, "LOADER", yaml.SafeLoader)
    slow = tree(text)
    assert _places(fast) == _places(slow)
    assert fast.plain == slow.plain


def _places(node: Node) -> list[tuple[int, int]]:
    below: list[Node] = []
    if isinstance(node.value, tuple):
        below = list(node.value)
    elif not isinstance(node.value, str):
        below = list(node.value.values())
    return [(node.line, node.column), *(place for child in below for place in _places(child))]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# only a comment\n", b"%YAML 1.1\n---\n...\n"])
def test_an_empty_file(data: bytes) -> None:
    root, faults = read_nodes(data, "f.yaml")
    if faults:
        assert faults[0].found == "an empty file"
        assert "claims: 1" in faults[0].expected
    else:
        assert root is not None
        assert root.words == ""


def test_a_name_twice() -> None:
    assert only_fault(b"a: 1\nb:\n  c: 1\n  c: 2\n") == (
        4,
        3,
        "'c' a second time (first in line 3)",
        "each name once",
    )


@pytest.mark.parametrize(
    ("data", "line", "column", "found"),
    [
        (b"a: &x b\n", 1, 4, "the anchor &x"),
        (b"a: b\nc: *x\n", 2, 4, "the alias *x"),
        (b"a: !!python/object/apply:os.system [ls]\n", 1, 4, "the tag 'tag:yaml.org,2002:python"),
        (b"a: !!int 3\n", 1, 4, "the tag 'tag:yaml.org,2002:int'"),
        (b"a: !mine x\n", 1, 4, "the tag '!mine'"),
        (b"a: 1\n--- \nb: 2\n", 2, 1, "a second document (after '---')"),
        (b"? [a, b]\n: c\n", 1, 3, "a name that is not plain words"),
        (b"a: 1\n\tb: 2\n", 2, 1, "a tab in the indentation"),
        (b"a:\n\t- b\n", 2, 1, "a tab in the indentation"),
        (b"a: b: c\n", 1, 5, "what YAML cannot read (mapping values are not allowed"),
        (b"a: 'open\n", 2, 1, "what YAML cannot read (found unexpected end of stream)"),
        (b"a: [1, 2\n", 2, 1, "what YAML cannot read"),
        (b"a: @b\n", 1, 4, "what YAML cannot read (found character that cannot start any token)"),
        (b"a: b\n\xe9\n", 2, 1, "the byte 0xE9, which is not UTF-8"),
        (b"\xef\xbb\xbfa: b\n", 1, 1, "a byte order mark"),
        ("a: b\n".encode("utf-16"), 1, 1, "a byte order mark"),
        (b"a: b\n\0\n", 2, 1, "the character U+0000"),
        (b'a: "\\0"\n', 1, 4, "the character U+0000"),
        (b'a: "\\e"\n', 1, 4, "the character U+001B"),
        (b"a: b\x07\n", 1, 5, "the character U+0007"),
        ("a: b\u2028c\n".encode(), 1, 5, "the character U+2028"),
    ],
)
def test_what_is_no_plain_data(data: bytes, line: int, column: int, found: str) -> None:
    at_line, at_column, told, expected = only_fault(data)
    assert (at_line, at_column) == (line, column)
    assert told.startswith(found)
    assert expected


def test_several_faults_are_told_together() -> None:
    _, faults = read_nodes(b"a: &x 1\na: 2\nb: *x\nc: !t 3\n", "f.yaml")
    assert [fault.line for fault in faults] == [1, 2, 3, 4]


def test_a_refused_value_is_not_told_as_missing_as_well() -> None:
    root, _ = read_nodes(b"a: *x\nb: c\n", "f.yaml")
    assert root is not None
    assert root.lost == {"a"}


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- ", b"? "])
def test_nesting_without_end_is_refused_before_it_costs_anything(opening: bytes) -> None:
    _, _, found, _ = only_fault(opening * 100_000)
    assert found == f"more than {MAX_DEPTH} levels of nesting"


def test_a_bomb_of_aliases_does_not_go_off() -> None:
    lines = ["a0: &a0 [x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)
    ]
    root, faults = read_nodes("\n".join(lines).encode(), "f.yaml")
    assert root is not None
    assert len(faults) == 30 + 29 * 9


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_nodes, "MAX_BYTES", 10)
    assert only_fault(b"a: bcdefghi")[2:] == ("a file of 11 bytes", "at most 10 bytes")


@given(
    st.binary(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"#%?,\n\t 0é\u2028\\", max_size=80)
)
def test_no_bytes_whatever_raise(data: bytes | str) -> None:
    raw = data.encode() if isinstance(data, str) else data
    root, faults = read_nodes(raw, "f.yaml")
    assert root is not None or faults
    for fault in faults:
        assert fault.line >= 1
        assert fault.column >= 1
        assert fault.line <= raw.count(b"\n") + raw.count(b"\r") + 2
    assert sys.getrecursionlimit() >= MAX_DEPTH
