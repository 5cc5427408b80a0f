"""Files and folders as they happen to be: links, pipes, other people's YAML, look-alikes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claims.errors import DocumentFaults, Fault
from claims.exchange.hand_coded import read_hand_coded
from claims.exchange.structure import MAX_FAULTS
from claims.exchange.yaml_nodes import MAX_NODES
from tests.exchange.conftest import GOOD, TEXT, Faults, Read, changed

QUOTE = "quote: On 14 July the water reached the town"
SAID = "          - {question: began, said: 14 July}"


def refused(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(DocumentFaults) as caught:
        read_hand_coded([path])
    return caught.value.faults


def test_a_link_that_leads_to_itself_is_a_fault(tmp_path: Path) -> None:
    link = tmp_path / "coded.yaml"
    link.symlink_to(link)
    (fault,) = refused(link)
    assert "cannot be read" in fault.found


def test_a_link_in_a_folder_that_leads_nowhere_is_told(folder: Path) -> None:
    (folder / "coded.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "lost.yaml").symlink_to("nothing.yaml")
    (fault,) = refused(folder)
    assert fault.file == str(folder / "lost.yaml")


def test_a_folder_that_holds_itself_is_read_once(folder: Path) -> None:
    (folder / "coded.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "up").symlink_to("..")
    (folder / "me").symlink_to(".")
    assert len(read_hand_coded([folder, folder / "me" / "coded.yaml"])) == 1


def test_a_folder_that_cannot_be_read_is_no_empty_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "coded.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "closed").mkdir()
    scan = os.scandir

    def closed(path: str) -> os.PathLike[str]:
        if os.fspath(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)  # type: ignore[return-value]

    monkeypatch.setattr(os, "scandir", closed)
    (fault,) = refused(folder)
    assert fault.file == str(folder / "closed")
    assert fault.found == "a folder that cannot be read (Permission denied)"


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    (folder / "coded.yaml").write_text(GOOD, encoding="utf-8")
    os.mkfifo(folder / "pipe.yaml")
    assert len(read_hand_coded([folder])) == 1
    (folder / "article.txt").unlink()
    os.mkfifo(folder / "article.txt")
    (fault,) = refused(folder)
    assert fault.found == "'article.txt', which cannot be read (not a file)"


def test_a_pipe_or_a_device_that_is_named_itself_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path / "pipe.yaml", Path(os.devnull)):
        (fault,) = refused(path)
        assert (fault.file, fault.found) == (str(path), "no file and no folder")


def test_an_address_is_no_text(faults: Faults) -> None:
    (fault,) = faults(changed("text: article.txt", "text: https://example.org/a.html"))
    assert fault.expected.endswith("; save the page there and name that file")


def test_other_peoples_yaml_is_one_fault(faults: Faults) -> None:
    (fault,) = faults("services:\n  web: {image: nginx}\nvolumes: {}\n")
    assert fault.found == "another kind of file, with the fields 'services', 'volumes'"
    assert fault.expected == "a hand-coding file that begins with 'claims: 1'"


def test_a_flood_of_faults_ends(faults: Faults) -> None:
    found = faults("claims: 1\n" + "".join(f"k{number}: b\n" for number in range(5000)))
    assert len(found) == MAX_FAULTS + 1
    assert found[0].found == f"more than {MAX_FAULTS} faults of form"


def test_a_flood_of_values_ends(faults: Faults) -> None:
    (fault,) = faults("claims: 1\ntopics: [" + "a," * MAX_NODES + "a]")
    assert fault.found == "more than 500,000 values in one file"


def test_an_escape_of_half_a_sign_is_explained(faults: Faults) -> None:
    (fault,) = faults(changed("coder: encyclopedia reader", r'coder: "\uD83D\uDE00"'))
    assert r'"\U0001F600"' in fault.expected


@pytest.mark.parametrize(
    ("text", "quote", "own"),
    [
        (
            "Le caf\u00e9 ferme.",
            "Le cafe\u0301 ferme",
            "Le caf\u00e9 ferme",
        ),
        (
            "Le cafe\u0301 ferme.",
            "Le caf\u00e9 ferme",
            "Le cafe\u0301 ferme",
        ),
        (
            "The town\u2019s \u201cdam\u201d",
            'The town\'s \\"dam\\"',
            "The town\u2019s \u201cdam\u201d",
        ),
        (
            "580\u20131500\u00a0men",
            "580-1500 men",
            r"580–1500\xa0men",
        ),
    ],
)
def test_signs_that_look_alike_are_told_and_never_changed(
    folder: Path, read: Read, text: str, quote: str, own: str
) -> None:
    coded = changed(SAID, "          []", changed(QUOTE, f'quote: "{quote}"'))
    coded = coded.replace("        claims:\n          []\n", "")
    with pytest.raises(DocumentFaults) as caught:
        _with(folder, read, text, coded)
    (fault,) = caught.value.faults
    assert fault.found.endswith(
        f'stands in line 6; only typography differs; to be copied: quote: "{own}"'
    )
    assert fault.expected == "words that stand in 'article.txt', to the letter"


def _with(folder: Path, read: Read, text: str, coded: str) -> None:
    (folder / "article.txt").write_bytes((TEXT + text + "\n").encode())
    read(coded)


def test_line_breaks_of_windows_are_explained(folder: Path, faults: Faults) -> None:
    (folder / "article.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    first, _ = faults(GOOD)
    assert first.found == (
        "'The flood' without that prefix or suffix (in lines 1); to be copied: suffix: \"\\r\""
    )


def test_a_long_word_is_cut_wherever_it_is_quoted(faults: Faults) -> None:
    (fault,) = faults(changed("dates: 2021-07-14/2021-07-16", "dates: " + "x" * 5000))
    assert len(str(fault)) < 500


def test_a_claim_supersedes_only_what_answers_its_question(faults: Faults) -> None:
    (fault,) = faults(
        changed("            said: 580", "            supersedes: dozens\n            said: 580")
    )
    assert fault.found == "'dozens', which answers 'killed'"
    assert fault.expected == "a claim that answers 'fled' too"
