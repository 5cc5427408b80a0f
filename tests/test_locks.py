"""Dependencies: declared as used; locked as declared: pinned, hashed, without an address."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
RUN = ROOT / "requirements.txt"
DEV = ROOT / "requirements-dev.txt"
PIN = re.compile(r"([a-z0-9-]+)==([^ ]+)(?: ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
COMMENT = re.compile(r"    #.*")

both = pytest.mark.parametrize("lock", [RUN, DEV], ids=["run", "dev"])


def _pins(lock: Path) -> dict[str, str]:
    found = (PIN.fullmatch(line) for line in lock.read_text(encoding="utf-8").splitlines())
    return {match[1]: match[2] for match in found if match}


def _declared(lock: Path) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = list(project["project"]["dependencies"])
    if lock == DEV:
        lines += project["dependency-groups"]["dev"] + project["build-system"]["requires"]
        lines += [
            line for some in project["project"]["optional-dependencies"].values() for line in some
        ]
    return [Requirement(line) for line in lines]


def _imported() -> set[str]:
    """The top-level names of all modules that the package and its migrations import."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for folder in ("claims", "alembic")
        for path in (ROOT / folder).rglob("*.py")
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    called = {
        str(node.args[0].value)
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "import_module"
        and isinstance(node.args[0], ast.Constant)
    }
    plain = {a.name for node in nodes if isinstance(node, ast.Import) for a in node.names}
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in plain | named | called}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    foreign = _imported() - set(sys.stdlib_module_names) - {"claims"}
    homes = packages_distributions()
    used = {canonicalize_name(home) for name in foreign for home in homes.get(name, [name])}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {canonicalize_name(need.name) for need in _declared(RUN)}
    extras = {
        canonicalize_name(Requirement(line).name)
        for some in project["optional-dependencies"].values()
        for line in some
    }
    assert needed <= used <= needed | extras
    assert extras - used == {"psycopg"}  # which SQLAlchemy imports


@both
def test_every_line_is_a_pin_a_hash_or_a_comment(lock: Path) -> None:
    """So no option, no address and no unpinned requirement can stand in it."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    kinds = (PIN, HASH, COMMENT)
    assert lines
    assert [line for line in lines if not any(kind.fullmatch(line) for kind in kinds)] == []


@both
def test_no_address_is_recorded(lock: Path) -> None:
    assert "://" not in lock.read_text(encoding="utf-8")


@both
def test_every_pin_has_a_hash(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()
    after = [lines[number + 1] for number, line in enumerate(lines) if PIN.fullmatch(line)]
    assert [line for line in after if not HASH.fullmatch(line)] == []


@both
def test_every_dependency_is_locked_within_its_range(lock: Path) -> None:
    pins = _pins(lock)
    unmet = [
        str(need)
        for need in _declared(lock)
        if pins.get(canonicalize_name(need.name), "0.dev0") not in need.specifier
    ]
    assert unmet == [], "run `make lock`"


def test_developers_run_what_users_run() -> None:
    assert _pins(RUN).items() <= _pins(DEV).items()
