"""Citations in a style: the note or the words in the text for each passage, and a bibliography.

Styles are in the Citation Style Language (CSL 1.0), documents are CSL-JSON items; both are
rendered by citeproc-py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from claims.analysis.records import Locator
from claims.errors import InputRefused
from claims.report.cite_items import TITLE_ENDS, csl_item, shown
from claims.report.cite_style import CitationStyle, needing, prepared
from claims.report.outline import Dress, Line, Words, plain
from claims.report.shape import DocumentEntry, PassageEntry
from claims.report.words import letters

LOCATORS = frozenset(
    {"book", "chapter", "column", "figure", "folio", "issue", "line", "note", "opus", "page"}
    | {"paragraph", "part", "section", "sub-verbo", "verse", "volume"}
)
"""The kinds of place that a style can name; others stand beside the citation in words."""

_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_DRESSES = {"i": Dress.EMPHASIS, "b": Dress.STRONG}
_STAND_IN = "987654321"
_AFTER_QUOTES = re.compile(r"([.,?!]?)([’”]+)((?:</i>)?)([.,])(?![.,\w])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a style makes of the passages and documents of a report.

    ``places`` has a line for each passage asked for: a note, or what stands in the text in
    brackets. ``bibliography`` is in the order of the style. ``unstyled`` names the documents that
    the style could not put, whose citations are plain words.
    """

    style: CitationStyle
    places: tuple[Line, ...]
    bibliography: tuple[Line, ...]
    unstyled: tuple[str, ...]


def cited(documents: Sequence[DocumentEntry], style: CitationStyle, order: Sequence[int]) -> Cited:
    """The citations of passages in the order in which they stand in a text.

    Args:
        documents: the documents of a report, with their numbered passages.
        style: how to cite.
        order: numbers of passages; the first of each document is cited in full where the style
            asks for that, the others in short. A number may come again.

    Raises:
        InputRefused: the processor cannot use the style.
        SetupError: the packages that documents need are not installed.
    """
    desk = _Desk(tuple(documents), style)
    places = tuple(desk.places(order))
    return Cited(
        style=style,
        places=places,
        bibliography=tuple(desk.bibliography()),
        unstyled=tuple(documents[index].title for index in sorted(desk.unstyled)),
    )


@dataclass
class _Desk:
    """The processor with the documents on it; each citation of one form is rendered once."""

    documents: tuple[DocumentEntry, ...]
    style: CitationStyle
    unstyled: set[int] = field(default_factory=set)
    _made: dict[tuple[int, bool, bool, Locator | None], str | None] = field(default_factory=dict)

    @cached_property
    def _processor(self) -> Any:  # noqa: ANN401 (the processor tells no types)
        try:
            from citeproc import (  # type: ignore[import-untyped]  # noqa: PLC0415 -- it is heavy
                CitationStylesBibliography,
                CitationStylesStyle,
            )
            from citeproc.source.json import (  # type: ignore[import-untyped]  # noqa: PLC0415
                CiteProcJSON,
            )
        except ModuleNotFoundError:
            raise needing(package="citeproc-py", work="citing in a style") from None
        items = [csl_item(document, str(at)) for at, document in enumerate(self.documents)]
        try:
            style = CitationStylesStyle(prepared(self.style), validate=False)
            return CitationStylesBibliography(style, CiteProcJSON(items))
        except _FAULTS as error:
            message = f"'{self.style.name}' is no citation style that can be used: {error}"
            raise InputRefused(message) from error

    def places(self, order: Sequence[int]) -> Iterator[Line]:
        """The citation of each passage."""
        where = {
            passage.number: (at, passage)
            for at, document in enumerate(self.documents)
            for passage in document.passages
        }
        self._tell_years_apart()
        before: list[int] = []
        for number in order:
            at, passage = where[number]
            yield self._place(at, passage, before)
            before.append(at)

    def _place(self, at: int, passage: PassageEntry, before: Sequence[int]) -> Line:
        found = self._citation(at, _locator(passage), at in before, at in before[-1:])
        return self._plain(at) if found is None else self._read(found)

    def _tell_years_apart(self) -> None:
        """Letters behind the years of works that would be cited alike: 2021a, 2021b."""
        if not self.style.in_text:
            return
        alike = [self._citation(at, None, again=False, ibid=False) for at in self._all]
        counted, seen = Counter(alike), Counter[str | None]()
        for at, words in zip(self._all, alike, strict=True):
            if words is not None and counted[words] > 1:
                self._processor.source[str(at)]["year_suffix"] = letters(seen[words])
                seen[words] += 1
        self._made.clear()

    @property
    def _all(self) -> range:
        return range(len(self.documents))

    def _citation(self, at: int, place: Locator | None, again: bool, ibid: bool) -> str | None:  # noqa: FBT001
        """The citation with a number in the place's stead, which is put in afterwards."""
        simple = place is not None and place.value.isdecimal()
        asked = Locator(kind=place.kind, value=_STAND_IN) if place and simple else place
        key = (at, again, ibid, asked)
        if key not in self._made:
            self._made[key] = self._cite(*key)
        found = self._made[key]
        return found.replace(_STAND_IN, place.value) if found and place and simple else found

    def _cite(self, at: int, again: bool, ibid: bool, place: Locator | None) -> str | None:  # noqa: FBT001
        from citeproc import Citation, CitationItem  # noqa: PLC0415 -- it is heavy
        from citeproc import Locator as Place  # noqa: PLC0415 -- as above

        where = {"locator": Place(place.kind, place.value)} if place else {}
        desk, one = self._processor, Citation([CitationItem(str(at), **where)])
        source = desk.source[str(at)]
        source.pop("locator", None)
        if place:
            source["locator"] = place.value
        earlier = [_earlier(str(at))] * again + [_earlier("")] * (again and not ibid)
        try:
            desk.register(one)
            return str(desk.style.render_citation(one, earlier, lambda _: ""))
        except _FAULTS:
            self.unstyled.add(at)
            return None
        finally:
            source.pop("locator", None)

    def bibliography(self) -> Iterator[Line]:
        """An entry for each document; none where the style has no bibliography."""
        if not self.style.bibliography:
            return
        for at in self._sorted():
            found = self._entry(at)
            yield self._plain(at) if found is None else self._read(_once(found))

    def _sorted(self) -> list[int]:
        desk = self._processor
        try:
            desk.items = [_listed(desk, at) for at in self._all]
            desk.sort()
        except _FAULTS:
            return list(self._all)
        return [int(key) for key in desk.keys]

    def _entry(self, at: int) -> str | None:
        try:
            desk = self._processor
            found = desk.style.render_bibliography([_listed(desk, at)])
        except _FAULTS:
            self.unstyled.add(at)
            return None
        return str(found[0]) if found else None

    def _plain(self, at: int) -> Line:
        found = self.documents[at]
        known = (found.authors, found.title, found.container, found.date, found.url)
        return plain(", ".join(filter(None, known)))

    def _read(self, html: str) -> Line:
        inside = _AFTER_QUOTES.sub(_moved, html) if self.style.american else html
        return _Reader().line(inside)


def _earlier(key: str) -> Any:  # noqa: ANN401 (the processor tells no types)
    from citeproc import Citation, CitationItem  # noqa: PLC0415 -- it is heavy

    return Citation([CitationItem(key)]).cites[0]


def _listed(desk: Any, at: int) -> Any:  # noqa: ANN401 (the processor tells no types)
    item = _earlier(str(at))
    item.citation.bibliography = desk
    return item


def _locator(passage: PassageEntry) -> Locator | None:
    return next((one for one in passage.locators if one.kind in LOCATORS), None)


def _moved(found: re.Match[str]) -> str:
    """American styles put commas and full stops inside quotation marks, and only one of them."""
    before, quotes, end, after = found.groups()
    return f"{before or after}{end and ''}{quotes}{end}" if before != "," else found[0]


def _once(html: str) -> str:
    """An entry in which a title that stands for the author is not printed again as the title."""
    first = html.find(TITLE_ENDS)
    if html.count(TITLE_ENDS) < len(("author", "title")):
        return html
    title = re.sub(r"<[^>]*>|^[“‘\"']", "", html[:first])
    again = re.compile(
        rf"(?:<i>)?[“‘]?(?:<i>)?{re.escape(title)}{TITLE_ENDS}(?:</i>)?[.,]?[”’]?(?:</i>)?[.,]?\s*",
        re.IGNORECASE,
    )
    return html[: first + 1] + again.sub("", html[first + 1 :], count=1)


class _Reader(HTMLParser):
    """Reads what the processor writes: letters, italics and bold; no other markup is kept."""

    def line(self, html: str) -> Line:
        """The line with its dresses."""
        self._worn, self._parts = [Dress.PLAIN], list[Words]()
        self.feed(html.strip())
        self.close()
        return tuple(self._parts)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Put a dress on."""
        del attrs
        self._worn.append(_DRESSES.get(tag, self._worn[-1]))

    def handle_endtag(self, tag: str) -> None:
        """Take it off."""
        del tag
        if len(self._worn) > 1:
            self._worn.pop()

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        dress, text = self._worn[-1], shown(data)
        if self._parts and self._parts[-1].dress is dress:
            text = self._parts.pop().text + text
        if text:
            self._parts.append(Words(text, dress))
