"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import claims

ROOT = Path(__file__).parents[1]
CODE = ROOT / "claims"

# A class in brackets keeps each pattern from finding itself.
FORBIDDEN = re.compile(
    r"(?<![\w.])/(?:wor[k]|tm[p]|roo[t]|op[t])/"
    r"|(?<!\w)shared/(?:desig[n]|see[d])"
    r"|py[p]i\.org|pythonhoste[d]|index-ur[l]|http://127\.0\.0\.[1]:\d"
    r"|\bas an A[I]\b|\bA[I][- ]generated|language mode[l]|Chat[G]PT|Open[A]I|Anthropi[c]",
    re.IGNORECASE,
)

MODULE_LINES = 300
FUNCTION_LINES = 40
# Longer on purpose: the path (for a function `path::name`) and the reason.
LONG_MODULES: dict[str, str] = {
    "claims/analysis/records.py": (
        "one class per entity, kept together so that the vocabulary of a project can be read in"
        " one sitting"
    ),
}
LONG_FUNCTIONS: dict[str, str] = {}


def _files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            inside = path.relative_to(ROOT / folder).parts
            if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in inside):
                yield path


def _project_files() -> Iterator[Path]:
    yield from _files("claims", "alembic", "seeds", "tests", "docs", ".ci")
    tops = (path for path in sorted(ROOT.iterdir()) if path.is_file())
    yield from (path for path in tops if path.name != ".git" and ".coverage" not in path.name)


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _modules() -> Iterator[tuple[str, str]]:
    for path in _files("claims"):
        if path.suffix == ".py":
            yield _named(path), path.read_text(encoding="utf-8")


def _code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From ``def`` to the last line, without the docstring, which cannot be too long."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    text = function.body[0]
    return lines - ((text.end_lineno or text.lineno) - text.lineno + 1)


def _functions() -> Iterator[tuple[str, int]]:
    for name, text in _modules():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}::{node.name}", _code_lines(node)


def _links(text: str) -> list[str]:
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    return [target.partition("#")[0] for target in targets if "://" not in target]


def test_rooms_import_only_from_the_floors_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True, no_logo=True) == EXIT_STATUS_SUCCESS


def test_only_the_store_knows_sql() -> None:
    """Other rooms pass its sessions and engines on, so that nobody writes around the writer."""
    found = [
        f"{name}: {alias.name}"
        for name, text in _modules()
        if not name.startswith("claims/store/")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if (getattr(node, "module", None) or alias.name).startswith(("sqlalchemy", "sqlmodel"))
        and alias.name not in {"Session", "Engine"}
    ]
    assert found == []


def test_every_public_name_exists() -> None:
    assert [name for name in claims.__all__ if not hasattr(claims, name)] == []


def test_every_public_name_is_documented() -> None:
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    assert [name for name in claims.__all__ if not re.search(rf"\b{name}\b", text)] == []


def test_no_public_name_is_missing_from_the_door() -> None:
    """What the package offers and what it lists are the same, apart from its rooms."""
    rooms = {path.stem for path in CODE.iterdir()}
    offered = {name for name in vars(claims) if not name.startswith("_")} - rooms - {"annotations"}
    assert offered <= set(claims.__all__)


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    text = (ROOT / "docs" / "developing.md").read_text(encoding="utf-8")
    assert targets
    assert [target for target in targets if f"`make {target}`" not in text] == []


def test_links_in_the_documents_lead_somewhere() -> None:
    pages = [path for path in _project_files() if path.suffix == ".md"]
    dead = [
        f"{_named(page)} -> {target}"
        for page in pages
        for target in _links(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []


def test_no_file_speaks_of_one_machine_or_of_how_it_was_made() -> None:
    found = [
        f"{_named(path)}:{number}: {match.group()}"
        for path in _project_files()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if (match := FORBIDDEN.search(line))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "cd /" + "work/main",
        "open('/" + "tmp/x')",
        "--index" + "-url=x",
        "http://127.0." + "0.1:8000/",
        "As an " + "AI",
    ],
)
def test_the_forbidden_words_are_found(line: str) -> None:
    assert FORBIDDEN.search(line)


def test_modules_stay_readable_in_one_sitting() -> None:
    long = {name for name, text in _modules() if len(text.splitlines()) > MODULE_LINES}
    assert long == set(LONG_MODULES)


def test_functions_stay_on_one_screen() -> None:
    long = {name for name, lines in _functions() if lines > FUNCTION_LINES}
    assert long == set(LONG_FUNCTIONS)


def test_no_room_for_leftovers() -> None:
    names = {"utils", "util", "helpers", "common", "core", "services", "misc"}
    paths = [path.relative_to(ROOT) for path in _files("claims", "tests")]
    assert [p.as_posix() for p in paths if names & {p.stem, *p.parent.parts}] == []


def test_the_migrations_do_not_shadow_the_alembic_library() -> None:
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_seeds_are_data_only() -> None:
    assert [_named(path) for path in _files("seeds") if path.suffix.startswith(".py")] == []
