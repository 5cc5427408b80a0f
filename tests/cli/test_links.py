"""``claims document links`` from the shell; what servers answer is tried in tests/actions."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Claims


def test_an_inner_address_is_told_and_not_reached(claims: Claims, tmp_path: Path) -> None:
    db = ("--db", tmp_path / "project.db")
    assert claims("init", *db).code == 0
    assert claims("source", "add", "--name", "a newspaper", "--key", "paper", *db).code == 0
    document = ("--title", "Secrets", "--key", "secrets", "--voice", "paper", "--tier", "primary")
    url = "http://169.254.169.254/latest/meta-data/"
    assert claims("document", "add", *document, "--url", url, *db).code == 0
    ran = claims("document", "links", *db)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == f"refused      secrets  {url}"
    assert "leads to 169.254.169.254, which is not a public address (the local link" in ran.out
    assert ran.out.endswith("1 looked at: 1 refused; 0 lost.\n")
    (told,) = json.loads(claims("document", "links", "secrets", "--json", *db).out)
    assert (told["key"], told["state"], told["status"]) == ("secrets", "refused", None)


def test_without_an_address_there_is_nothing_to_look_at(claims: Claims, tmp_path: Path) -> None:
    db = ("--db", tmp_path / "project.db")
    claims("init", *db)
    ran = claims("document", "links", *db)
    assert ran.code == 0
    assert ran.out.startswith("No document gives an address; give one with `claims document edit")
    assert claims("document", "links", "nothing", *db).code == 6
