"""``import claims`` is the one public door: light, complete, and the same for type checkers."""

from __future__ import annotations

import ast
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import claims

ROOT = Path(__file__).parents[1]


def declared_for_type_checkers() -> dict[str, str]:
    """Name → module, from the imports that only type checkers see."""
    tree = ast.parse((ROOT / "claims" / "__init__.py").read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    return {
        alias.asname or alias.name: node.module or ""
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_type_checkers_see_exactly_the_public_names() -> None:
    assert {*declared_for_type_checkers(), "__version__"} == set(claims.__all__)


@pytest.mark.parametrize(("name", "home"), sorted(declared_for_type_checkers().items()))
def test_each_name_is_the_one_that_type_checkers_see(name: str, home: str) -> None:
    module = importlib.import_module("claims.actions" if name == "actions" else home)
    assert getattr(claims, name) is (module if name == "actions" else getattr(module, name))


def test_the_door_lists_its_names_in_order() -> None:
    assert claims.__all__ == sorted(set(claims.__all__))
    assert set(claims.__all__) <= set(dir(claims))


def test_other_names_are_refused_as_usual() -> None:
    with pytest.raises(AttributeError, match="module 'claims' has no attribute 'parse'"):
        _ = claims.parse  # type: ignore[attr-defined]


def test_importing_it_imports_no_room() -> None:
    code = "import sys, json, claims; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    loaded = [name for name in json.loads(done.stdout) if name.startswith("claims.")]
    assert loaded == []


def test_a_star_import_gives_the_public_names() -> None:
    names: dict[str, object] = {}
    exec("from claims import *", names)  # noqa: S102 -- the statement itself is what is tested
    assert set(names) - {"__builtins__"} == set(claims.__all__)


def test_the_actions_are_what_type_checkers_see() -> None:
    tree = ast.parse((ROOT / "claims" / "actions" / "__init__.py").read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    homes = {
        alias.name: str(node.module)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert sorted(homes) == sorted(claims.actions.__all__)
    for name, home in homes.items():
        assert getattr(claims.actions, name) is getattr(importlib.import_module(home), name)


def test_an_action_is_never_the_module_that_holds_it() -> None:
    code = (
        "import claims.actions.edit, claims.actions, sys\n"
        "assert callable(claims.actions.edit), claims.actions.edit\n"
        "assert 'claims.actions.backup' not in sys.modules\n"
        "import claims.actions.undo\n"
        "assert callable(claims.actions.undo)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_other_actions_are_refused_as_usual() -> None:
    with pytest.raises(AttributeError, match=r"module 'claims.actions' has no attribute 'guess'"):
        _ = claims.actions.guess  # type: ignore[attr-defined]
