from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.conftest import Claims

ROOT = Path(__file__).parents[2]
QUANTITY = {
    *("said", "hard", "soft", "hard_open", "soft_open", "soft_set", "unit", "profile", "rows"),
}
WHEN = {"said", "edtf", "earliest", "latest", "time", "inferred", "precision", "nature"}


def test_each_text_gets_a_line(claims: Claims) -> None:
    ran = claims("parse", "quantity", "dozens of people", "at least 40", "most", "8 or 11", "many")
    assert ran.out.splitlines() == [
        "dozens of people: allows 12 or more, typically 24 to 99, unit people [default@1: dozens]",
        "at least 40: allows 40 or more, typically 40 to 50 [default@1: at_least]",
        "most: allows more than 0.5 to 1, typically 0.6 to 0.95 [default@1: most]",
        "8 or 11: allows 8 to 11, typically 8 or 11 [default@1: or]",
        "many: allows 1 or more, no typical number [default@1: many]",
    ]
    assert (ran.code, ran.err) == (0, "")


def test_a_profile_changes_what_is_typical(claims: Claims) -> None:
    ran = claims("parse", "quantity", "several", "--profile", "pitf@1", "--json")
    found = json.loads(ran.out)
    assert (found["soft"], found["profile"]) == ([5, 24], "pitf@1")


def test_a_locale_changes_how_digits_are_read(claims: Claims) -> None:
    ran = claims("parse", "quantity", "1.500", "--locale", "de", "--json")
    assert json.loads(ran.out)["hard"] == [1500, 1500]


def test_every_json_line_has_every_key(claims: Claims) -> None:
    ran = claims("parse", "quantity", "8", "many", "8 or 11", "most", "--json")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert len(lines) == 4
    assert all(set(line) >= QUANTITY for line in lines)
    ran = claims("parse", "when", "1992", "since October 1991", "--json")
    assert all(set(json.loads(line)) >= WHEN for line in ran.out.splitlines())


def test_a_refused_text_keeps_its_line_and_the_others_are_read(claims: Claims) -> None:
    ran = claims("parse", "quantity", "8", "gibberish", "9", "--json")
    first, second, third = (json.loads(line) for line in ran.out.splitlines())
    assert (ran.code, first["hard"], third["hard"]) == (3, [8, 8], [9, 9])
    assert set(second) == {"said", "error"}
    assert second["said"] == "gibberish"


def test_without_json_a_refusal_goes_to_standard_error(claims: Claims) -> None:
    ran = claims("parse", "quantity", "gibberish", "9")
    assert ran.code == 3
    assert ran.out == "9: allows 9 [default@1: number]\n"
    assert ran.err.startswith("Error: 'gibberish' cannot be read")


def test_standard_input_gives_one_line_for_each_of_its_own(claims: Claims) -> None:
    text = "dozens\r\n\n“eight”\nnaïve\n8".encode()
    ran = claims("parse", "quantity", "--json", stdin=text)
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["said"] for line in lines] == ["dozens", "", "“eight”", "naïve", "8"]
    assert [("error" in line) for line in lines][1] is True
    assert ran.code == 3


def test_empty_input_is_no_error(claims: Claims) -> None:
    assert claims("parse", "quantity").code == 0


def test_bytes_that_are_no_utf_8_are_refused(claims: Claims) -> None:
    ran = claims("parse", "quantity", "--json", stdin=b"8 \xff people\n8\n")
    first, second = (json.loads(line) for line in ran.out.splitlines())
    assert "UTF-8" in first["error"]
    assert (second["hard"], ran.code) == ([8, 8], 3)


def test_words_cannot_steer_the_terminal(claims: Claims) -> None:
    ran = claims("parse", "quantity", "\x1b[31m8")
    assert "\x1b" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--profile", "nobody@1"], "there is no profile 'nobody@1'"),
        (["--locale", "xx"], "xx"),
    ],
)
def test_an_unknown_table_is_one_mistake(claims: Claims, words: list[str], message: str) -> None:
    ran = claims("parse", "quantity", "8", "9", *words)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("Error:") == 1
    assert message in ran.err


def test_dates_in_words(claims: Claims) -> None:
    ran = claims("parse", "when", "since October 1991", "10 or 11 Feb 1992")
    assert ran.out.splitlines() == [
        "since October 1991: 1991-10/, from 1991-10-01 to an unknown end, extent",
        "10 or 11 Feb 1992: [1992-02-10,1992-02-11], from 1992-02-10 to 1992-02-11, uncertainty",
    ]


def test_a_context_gives_the_missing_year(claims: Claims) -> None:
    words = ("parse", "when", "at midnight on February 10", "--context", "1992")
    assert claims(*words).out == (
        "at midnight on February 10: [1992-02-10,1992-02-11], from 1992-02-10 to 1992-02-11,"
        " uncertainty, at 00:00, inferred: year from the context 1992\n"
    )
    found = json.loads(claims(*words, "--json").out)
    assert found["inferred"] == [{"part": "year", "basis": "the context 1992"}]


def test_a_context_that_is_no_date_is_one_mistake(claims: Claims) -> None:
    ran = claims("parse", "when", "February 10", "--context", "whenever")
    assert (ran.code, ran.out) == (3, "")
    assert "'whenever'" in ran.err


def test_impossible_dates_are_refused(claims: Claims) -> None:
    assert claims("parse", "when", "1900-02-29").code == 3


def test_the_phrase_table(claims: Claims) -> None:
    ran = claims("parse", "profiles")
    assert "several" in ran.out
    assert "Origin of the convention" in ran.out
    found = json.loads(claims("parse", "profiles", "--profile", "pitf@1", "--json").out)
    soft = {row["id"]: row["soft"] for row in found["rows"]}
    assert (found["profile"], soft["several"]) == ("pitf@1", "[5, 24]")
    assert claims("parse", "profiles", "--profile", "none@9").code == 3


@pytest.mark.usefixtures("home")
def test_a_line_is_answered_before_the_next_is_written() -> None:
    command = [sys.executable, "-m", "claims", "parse", "quantity", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        alarm = threading.Timer(30, running.kill)
        alarm.start()
        running.stdin.write(b"8\n")
        running.stdin.flush()
        answer = running.stdout.readline()
        alarm.cancel()
        running.stdin.close()
    assert json.loads(answer)["hard"] == [8, 8]


@pytest.mark.slow
@pytest.mark.usefixtures("home")
def test_many_lines_take_little_memory() -> None:
    code = (
        "import sys; from claims.cli.parsing import quantities; from tests.peak import peak;"
        "quantities(None, 'default@1', 'en', as_json=True);"
        "print(peak(), file=sys.stderr)"
    )

    def peak(lines: int) -> int:
        text = "".join(f"at least {number} people\n" for number in range(lines))
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=text.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert done.stdout.count(b"\n") == lines
        return int(done.stderr)

    assert peak(100_000) < 1.2 * peak(25_000)
