"""A small hand-coding file that is in order, to be broken in one place at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claims.errors import DocumentFaults, Fault
from claims.exchange.hand_coded import HandCoded, read_hand_coded

TEXT = """The flood

According to the Ministry, dozens of people were killed. Reportedly, 580 to 1500 people fled.
On 14 July the water reached the town. See also. See also
The gazette calls it an act of God.
"""

GOOD = """claims: 1
namespace: https://example.org/flood
coder: encyclopedia reader
language: en
topics:
  flood: {label: The flood, dates: 2021-07-14/2021-07-16, place: valley}
terms:
  people: {label: people, scheme: population}
  civilians: {label: civilians, broader: people}
  act: {label: act of God, scheme: cause}
term_relations:
  - {between: [people, act], link: reconcilable, reason: unlike things}
places:
  valley: {name: The valley, latitude: 50.10, longitude: 7.2, uncertainty: 5000}
parties:
  government: {name: The government}
  residents: {name: The residents}
oppositions:
  - {between: [government, residents], topic: flood, during: 2021}
sources:
  gazette: {name: The Gazette, kind: newspaper}
  ministry:
    name: The Ministry
    kind: state
    party: government
    reliability: {code: C, reason: corrected twice}
  fugitives: {name: fugitives, kind: witness, named: no}
source_relations:
  - {kind: possible_dependency, sources: [gazette, ministry], basis: same day}
questions:
  killed: {text: How many were killed?, kind: count, unit: people, scope: {population: people}}
  fled: {text: How many fled?, kind: count, running_total: yes}
  began: {text: When did it begin?, kind: date, aspect: start}
  cause: {text: What was it?, kind: category}
documents:
  article:
    csl: {type: article-newspaper, title: The flood, issued: "2021-07-20"}
    voice: gazette
    tier: secondary
    text: article.txt
    captured: {at: "2021-07-21T12:00:00+02:00", by: a librarian, with: a web browser}
    passages:
      - quote: According to the Ministry, dozens of people were killed
        locators: {line: 3}
        claims:
          - question: killed
            key: dozens
            said: dozens of people
            speakers: [{source: ministry, verb: According to}]
            confidence: {level: low, reason: the first document is not held}
      - quote: Reportedly, 580 to 1500 people fled.
        claims:
          - question: fled
            said: 580 to 1500 people
            speakers: [fugitives]
            stance: reports
            hedges: [Reportedly]
          - question: fled
            speakers: [fugitives]
            stance: could_not_confirm
      - quote: On 14 July the water reached the town
        claims:
          - {question: began, said: 14 July}
      - quote: The gazette calls it an act of God.
        claims:
          - {question: cause, said: act of God}
    uncoded:
      - {quote: The flood, suffix: "\\n", reason: the title}
      - {quote: See also, suffix: "\\n", reason: a link}
cross_checks:
  - {text: More fled than lived there., reason: as worded, questions: [killed, fled]}
"""

Read = Callable[[str], HandCoded]
Faults = Callable[[str], tuple[Fault, ...]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.txt").write_bytes(TEXT.encode())
    return tmp_path


@pytest.fixture
def read(folder: Path) -> Read:
    """Reads a file of this content, which must be in order."""

    def reading(yaml: str) -> HandCoded:
        (folder / "coded.yaml").write_bytes(yaml.encode())
        (file,) = read_hand_coded([folder / "coded.yaml"])
        return file

    return reading


@pytest.fixture
def faults(read: Read) -> Faults:
    """The faults of a file of this content."""

    def refusing(yaml: str) -> tuple[Fault, ...]:
        with pytest.raises(DocumentFaults) as caught:
            read(yaml)
        return caught.value.faults

    return refusing


def changed(old: str, new: str, yaml: str = GOOD) -> str:
    """The good file with one passage replaced; the passage must stand there once."""
    assert yaml.count(old) == 1, f"{old!r} stands there {yaml.count(old)} times"
    return yaml.replace(old, new)


def place_of(words: str, yaml: str) -> tuple[int, int]:
    """Line and column, from 1, of words that stand in the file once."""
    assert yaml.count(words) == 1, f"{words!r} stands there {yaml.count(words)} times"
    before = yaml[: yaml.index(words)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
