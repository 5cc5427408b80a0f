"""How large the page of 1,000 questions × 50 sources is, and how quickly it opens and filters.

One in five cells holds a claim (10,000 claims), as in tables that were put together from many
works. Printed are the size of the page, the seconds to make it, and, in Chromium, the
milliseconds until it is laid out and the script has run, and until a filter, an order and the
words of a figure are on the screen (the next frame after the input).
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from claims.analysis.outcomes import Dispute
from claims.analysis.records import Source
from claims.report.page import render
from claims.values.quantity import parse_quantity
from tests.browser.conftest import QUIET, chromium
from tests.report.made import Bench, ident, position

QUESTIONS, SOURCES, SHARE = 1_000, 50, 0.2
SAID = ("dozens", "8", "several", "at least 40", "about 1,500", "between 20 and 30")

FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def page(questions: int, sources: int) -> str:
    """The page on so many questions and sources."""
    rng = random.Random(1)
    voices = [Source(id=ident(f"s{n}"), name=f"Source number {n}") for n in range(sources)]
    bench = Bench()
    bench.sources += voices
    values = [parse_quantity(said) for said in SAID]
    for number in range(questions):
        asked = bench.ask(f"q{number}", f"How many people were counted in place {number}?")
        claims = []
        for voice in voices:
            if rng.random() < SHARE:
                value = rng.choice(values)
                quote = f"According to it, {value.said} people were counted in place {number}."
                claims.append(
                    bench.claim(
                        asked, f"{number} {voice.name}", value, quote=quote, speakers=[voice]
                    )
                )
        disputed = Dispute.CONFLICT_HARD if rng.random() < SHARE else Dispute.NONE
        found = (position(claims, None, label="so many"),) if claims else ()
        bench.result(asked, claims, positions=found, dispute=disputed)
    return render(bench.report())


def took(on: Page, script: str) -> float:
    """Milliseconds from an input to the frame that shows what it did."""
    found: float = on.evaluate(
        f"""async () => {{
          const began = performance.now();
          {script};
          await ({FRAME})();
          return performance.now() - began;
        }}"""
    )
    return found


def picked(field: str, value: str) -> str:
    """The script that picks a value in a field, as a reader would."""
    return (
        f"const one = document.getElementById('{field}'); one.value = '{value}';"
        " one.dispatchEvent(new Event('change', { bubbles: true }))"
    )


def main(questions: int, sources: int) -> None:
    """Print the figures."""
    began, worked = time.perf_counter(), time.process_time()
    html = page(questions, sources)
    print(f"{questions:,} questions × {sources} sources")
    print(f"made in       {time.perf_counter() - began:8.1f} s")
    print(f"processor     {time.process_time() - worked:8.1f} s")
    print(f"size          {len(html.encode()) / 1e6:8.1f} MB")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=list(QUIET))
        on = browser.new_page(viewport={"width": 1280, "height": 900})
        began = time.perf_counter()
        on.goto(path.as_uri(), timeout=300_000)
        on.evaluate(FRAME)
        print(f"opens in      {(time.perf_counter() - began) * 1000:8.0f} ms")
        for name, script in (
            ("result", picked("by-result", "dispute")),
            ("all again", picked("by-result", "")),
            ("source", picked("by-source", "7")),
            ("all again", picked("by-source", "")),
            ("order", picked("order", "result")),
            ("words", "document.querySelector('#rows a[data-c]').click()"),
            ("to the end", "window.scrollTo(0, document.body.scrollHeight)"),
        ):
            print(f"{name:12}  {took(on, script):8.0f} ms")
        browser.close()


if __name__ == "__main__":
    main(*(map(int, sys.argv[1:3]) if sys.argv[2:] else (QUESTIONS, SOURCES)))
