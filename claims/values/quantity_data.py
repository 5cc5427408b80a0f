"""The data files beside this package: read once, when first needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent / "data"


@cache
def data_file(name: str) -> Mapping[str, Any]:
    """The parsed content of ``data/NAME.toml``."""
    import tomllib  # noqa: PLC0415 - not needed to start the program

    text = (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def counted_by_unit() -> Mapping[str, str]:
    """What each unit counts: ``{"civilians": "people", "families": "families", …}``."""
    units = data_file("units")
    return MappingProxyType({unit: counted for counted in units for unit in units[counted]})
