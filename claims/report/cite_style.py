"""Citation styles: the three that ship, and any other style in CSL 1.0 (``.csl``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from claims.errors import InputRefused, SetupError

SHIPPED = {
    "chicago-notes": "chicago-notes-bibliography.csl",
    "chicago-author-date": "chicago-author-date.csl",
    "apa": "apa.csl",
}
"""The styles that ship, by the name that a user gives, each with its file in ``styles``."""

DEFAULT = "chicago-notes"
"""The style where none is named."""

_NS = "{http://purl.org/net/xbiblio/csl}"
_MOST = 4_000_000
"""Bytes that a style may have; the longest of those published has a tenth of them."""


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """A style as it was given: its name, its title, and whether it cites in the text.

    A style that does not cite ``in_text`` cites in notes. ``american`` styles put a comma or a
    full stop before a closing quotation mark. ``bibliography`` says whether it has one.
    """

    name: str
    title: str
    in_text: bool
    american: bool
    bibliography: bool
    xml: bytes


def citation_style(named: str = DEFAULT) -> CitationStyle:
    """The style of that name, or in that file.

    Args:
        named: a name of ``SHIPPED``, or the path of a ``.csl`` file.

    Raises:
        InputRefused: there is no such style, or the file holds none that can be used.
        SetupError: the packages that documents need are not installed.
    """
    if named in SHIPPED:
        return _read(named, files("claims.report").joinpath("styles", SHIPPED[named]).read_bytes())
    if not named.endswith(".csl"):
        known = ", ".join(SHIPPED)
        message = f"there is no citation style {named!r}; name one of {known}, or a .csl file"
        raise InputRefused(message)
    try:
        with Path(named).open("rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = f"the citation style '{named}' cannot be read: {why}; check the path"
        raise InputRefused(message) from error
    return _read(named, data)


def needing(*, package: str, work: str) -> SetupError:
    """The error where a package of the extra ``documents`` is not installed."""
    message = f"{work} needs the package {package}; run: pip install 'claims[documents]'"
    return SetupError(message)


def _read(named: str, data: bytes) -> CitationStyle:
    root = _parsed(named, data)
    if root.tag != f"{_NS}style":
        _refuse(named, f"its root is <{root.tag}>, expected <style> of CSL 1.0")
    if root.find(f"{_NS}citation") is None:
        parent = root.find(f"{_NS}info/{_NS}link[@rel='independent-parent']")
        href = "another style" if parent is None else parent.get("href")
        _refuse(named, f"it has no rules of its own, since it follows {href}; give that style")
    return CitationStyle(
        name=named,
        title=root.findtext(f"{_NS}info/{_NS}title") or named,
        in_text=root.get("class") == "in-text",
        american=root.get("default-locale", "en-US") == "en-US",
        bibliography=root.find(f"{_NS}bibliography") is not None,
        xml=data,
    )


def _parsed(named: str, data: bytes) -> Any:  # noqa: ANN401 (lxml tells no types)
    try:
        from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 -- it is heavy
    except ModuleNotFoundError:
        raise needing(package="lxml", work="reading a citation style") from None
    if len(data) > _MOST:
        _refuse(named, f"it is longer than {_MOST:,} bytes")
    if re.search(rb"<!(DOCTYPE|ENTITY)", data):
        _refuse(named, "it declares a document type, which no style needs")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        _refuse(named, f"it is no well-formed XML: {error}")


def _refuse(named: str, why: str) -> Any:  # noqa: ANN401 (never returns)
    message = f"'{named}' is no citation style that can be used: {why}"
    raise InputRefused(message)


def prepared(style: CitationStyle) -> BytesIO:
    """The style's XML, written out where the processor departs from CSL 1.0.2.

    A label is to be printed only beside its variable, and ``initialize="false"`` keeps given
    names whole; the processor knows neither, so both are put in terms that it knows.
    """
    from lxml import etree  # noqa: PLC0415 -- it is heavy

    root = _parsed(style.name, style.xml)
    for label in list(root.iter(f"{_NS}label")):
        if label.getparent().tag not in {f"{_NS}names", f"{_NS}substitute"}:
            _wrap(label)
    _spell_initials(root)
    return BytesIO(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _wrap(label: Any) -> None:  # noqa: ANN401 (lxml tells no types)
    parent, choose = label.getparent(), label.makeelement(f"{_NS}choose")
    condition = label.makeelement(f"{_NS}if", {"variable": label.get("variable", "")})
    parent.replace(label, choose)
    label.tail = None
    choose.append(condition)
    condition.append(label)


def _spell_initials(root: Any) -> None:  # noqa: ANN401 (lxml tells no types)
    """Move the initials that a whole style asks for to each name that is not kept whole."""
    holders = [root, *root.iter(f"{_NS}citation", f"{_NS}bibliography")]
    marks = [holder.attrib.pop("initialize-with", None) for holder in holders]
    mark = next((found for found in marks if found is not None), None)
    for names in root.iter(f"{_NS}names"):
        name = names.find(f"{_NS}name")
        if name is None:
            if names.getparent().tag == f"{_NS}substitute":
                continue
            name = names.makeelement(f"{_NS}name")
            names.insert(0, name)
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif mark is not None and "initialize-with" not in name.attrib:
            name.set("initialize-with", mark)
