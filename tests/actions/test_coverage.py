"""The coverage list of hand-coded files, as Markdown."""

from __future__ import annotations

from pathlib import Path

from claims.actions.coverage import coverage, covered
from claims.exchange.hand_coded import HandCoded, read_hand_coded

TEXT = """Eight | people died.
A boat sank, which <nobody> saw.
See also
"""
YAML = """claims: 1
namespace: https://example.org/flood
coder: reader
language: en
topics: {flood: {label: The flood}}
sources: {paper: {name: The Paper}}
questions:
  died: {text: How many died?, kind: count, unit: people}
  boat: {text: Did a boat sink?, kind: boolean}
documents:
  article:
    csl: {type: article-newspaper, title: "The [flood]"}
    voice: paper
    tier: secondary
    text: article.txt
    passages:
      - quote: Eight | people died.
        claims:
          - {question: died, value: "8", said: Eight}
      - quote: A boat sank
        claims:
          - {question: boat, stance: doubts, key: boat}
    uncoded:
      - {quote: See also, reason: a link}
"""


def read(folder: Path, yaml: str) -> tuple[HandCoded, ...]:
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    (folder / "coded.yaml").write_text(yaml, encoding="utf-8")
    return read_hand_coded([folder])


def test_every_sentence_has_its_row(tmp_path: Path) -> None:
    told = coverage(read(tmp_path, YAML))
    assert told.splitlines()[-9:] == [
        r"## The \[flood\] (`article`)",
        "",
        "3 sentences, 2 claims, none missing.",
        "",
        "| line | sentence | claims |",
        "|---:|---|---|",
        r"| 1 | Eight \| people died. | `died`: “Eight” |",
        r"| 2 | A boat sank, which \<nobody> saw. | `boat`, doubts: “A boat sank” |",
        "| 3 | See also | *none:* a link |",
    ]


def test_a_forgotten_sentence_is_marked(tmp_path: Path) -> None:
    files = read(tmp_path, YAML[: YAML.index("    uncoded:")])
    assert "| 3 | See also | **MISSING** |" in coverage(files)
    assert "3 sentences, 2 claims, **1 MISSING**." in coverage(files)
    (document,) = covered(files)
    assert [sentence.text for sentence in document.missing] == ["See also"]
    assert (document.key, document.title) == ("article", "The [flood]")


def test_the_list_is_the_same_wherever_the_files_lie(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    assert coverage(read(here, YAML)) == coverage(read(there, YAML))
