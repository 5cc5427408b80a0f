"""A large report is printed in a time that a reader will wait for."""

from __future__ import annotations

from time import perf_counter

import pytest

from claims.report import json, markdown, text
from claims.values.quantity import parse_quantity
from tests.report.made import Bench, position

QUESTIONS = 1000
PATIENCE = 60
"""Seconds for all three together; some five on an idle machine."""


@pytest.mark.slow
def test_a_thousand_questions() -> None:
    bench = Bench()
    for number in range(QUESTIONS):
        asked = bench.ask(f"q{number}", f"How many people were counted on day {number}?")
        value = parse_quantity("dozens")
        claims = [bench.claim(asked, f"{number}-{n}", value, quote="dozens") for n in range(2)]
        bench.result(asked, claims, positions=(position(claims, value.soft),))
    report = bench.report()
    began = perf_counter()
    assert text.render(report, width=100).count("How many people") == QUESTIONS
    assert markdown.render(report).count("\n### ") == QUESTIONS
    assert json.render(report).count('"value_kind"') == QUESTIONS
    assert perf_counter() - began < PATIENCE
