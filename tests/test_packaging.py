"""The wheel: what it carries, and that it works where nothing else is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from email.message import Message
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]


def _ran(
    *command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
    )


def _run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    result = _ran(*command, cwd=cwd, env=env)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def _install(python: Path, *arguments: str | Path) -> None:
    """By uv; where it finds no index, by pip and the same lock, as the Makefile does it."""
    install = ("pip", "install", "--quiet", "--python", python)
    found = _ran(
        sys.executable, "-m", "uv", *install, *arguments, env=os.environ | {"UV_SYSTEM_CERTS": "1"}
    )
    if found.returncode != 0:
        _run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", *arguments)


def _files(folder: str) -> set[str]:
    """Every file below the folder but the caches that tools leave there."""
    paths = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    inside = [path.relative_to(ROOT / folder) for path in paths]
    caches = (".", "__pycache__")
    return {p.as_posix() for p in inside if not any(part.startswith(caches) for part in p.parts)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    (built,) = folder.glob("claims-*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode("utf-8"))


def _inside(names: set[str], folder: str) -> set[str]:
    return {name.removeprefix(folder) for name in names if name.startswith(folder)}


def test_the_wheel_carries_the_migrations(names: set[str]) -> None:
    carried = _inside(names, "claims/_alembic/")
    assert carried == _files("alembic")
    assert {"env.py", "script.py.mako"} <= carried
    assert any(name.startswith("versions/") for name in carried)


def test_the_wheel_carries_the_seeds(names: set[str]) -> None:
    carried = _inside(names, "claims/_seeds/")
    assert carried == _files("seeds")
    assert "README.md" in carried


def test_the_wheel_carries_the_package_and_its_data(names: set[str]) -> None:
    package = {
        name for name in _inside(names, "claims/") if not name.startswith(("_alembic/", "_seeds/"))
    }
    assert package == _files("claims")
    assert "py.typed" in package


def test_the_wheel_holds_nothing_else(names: set[str]) -> None:
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"claims"}


def test_the_wheel_states_its_licence(metadata: Message) -> None:
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata.get_all("License-File") == ["LICENSE"]


def test_the_installed_demo_prints_the_report_from_an_empty_home(
    wheel: Path, tmp_path: Path
) -> None:
    environment, home, here = tmp_path / "environment", tmp_path / "home", tmp_path / "here"
    home.mkdir()
    here.mkdir()
    _run(sys.executable, "-m", "venv", "--without-pip", environment)
    python = environment / "bin" / "python"
    _install(python, "--require-hashes", "-r", ROOT / "requirements.txt")
    _install(python, "--no-index", "--no-deps", wheel)

    bare = {"HOME": str(home), "PATH": os.defpath}
    printed = _run(environment / "bin" / "claims", "demo", cwd=here, env=bare)

    assert [word for word in ("default@1", "Memorial", "dozens") if word not in printed] == []
    assert list(here.iterdir()) == []
