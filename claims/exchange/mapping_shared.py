"""What the rows of a table share: topics, questions, sources, documents, terms and places.

Each is made once, when the first row names it. A later row that says something else of it (other
dates, another kind) is odd: what the first row says is kept, and the other is flagged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit
from uuid import UUID

from claims.analysis.canonical import keyed_id
from claims.analysis.records import (
    ENTITIES,
    Document,
    Party,
    Place,
    Question,
    Record,
    Scope,
    Source,
    Term,
    Topic,
)
from claims.analysis.vocabulary import SourceKind, Tier
from claims.exchange.draft import NOBODY

_ADDRESS = re.compile(r"https?://\S+")
_FIRST = "what the first row says of it"
_AROUND = " \t\r\n,;:–—-()[]<>\"'"


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as a cell names it: its name, and the address of what it says."""

    name: str
    url: str | None = None


@lru_cache(maxsize=20_000)
def cited(words: str) -> Cited:
    """A source of a cell: a name, an address, or a name with an address.

    An address alone is named by its site: what several pages of one site say is one voice.
    """
    found = _ADDRESS.search(words)
    if found is None:
        return Cited(words)
    url = found.group().rstrip(".,;>\"'")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1]
    name = (words[: found.start()] + words[found.end() :]).strip(_AROUND)
    return Cited(name or _site(url), url)


def _site(url: str) -> str:
    try:
        host = urlsplit(url).hostname or url
    except ValueError:
        return url
    return host.removeprefix("www.")


def parted(words: str, sign: str | None) -> tuple[str, ...]:
    """The several things of a cell, each once; a sign within an address parts nothing."""
    if sign and sign != "\n" and "\n" in words:
        lines = (one for line in words.splitlines() for one in parted(line, sign))
        return tuple(dict.fromkeys(lines))
    if not sign or sign not in words:
        return (words.strip(),) if words.strip() else ()
    pieces: list[str] = []
    for piece in words.split(sign):
        within = pieces and "://" in pieces[-1] and piece and not piece[0].isspace()
        if within and not piece.startswith(("http://", "https://")) and sign in ";,":
            pieces[-1] += sign + piece
        else:
            pieces.append(piece)
    return tuple(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))


Flag = Callable[[str, str], None]
"""Notes that a row says something odd: what was found, and what is kept."""


class Shared:
    """The records that rows share, by entity and key."""

    def __init__(self, namespace: UUID) -> None:
        """Begin with none."""
        self.namespace = namespace
        self.wholes: dict[UUID, str] = {}
        self._held: dict[tuple[str, str], Record] = {}
        self._known: dict[tuple[object, ...], UUID] = {}

    def records(self) -> tuple[Record, ...]:
        """All of them, each after those that it refers to; parts after their wholes."""
        order = {kind.entity: number for number, kind in enumerate(ENTITIES)}
        made = sorted(self._held.values(), key=lambda record: order[record.entity])
        return tuple(_wholes_first(self._with_wholes(made)))

    def id_of(self, entity: str, key: str) -> UUID:
        """The id that a record of this key has."""
        return keyed_id(self.namespace, entity, key)

    def topic(self, told: tuple[str, str, str | None, str, str], flag: Flag) -> UUID:
        """The topic of a row: key, label, dates, the label of its whole, its place."""
        return self._found(("topic", *told), flag, lambda: self._topic(*told, flag))

    def question(self, made: Question, whole: str, flag: Flag) -> Question:
        """The question that a figure answers, and the key of the one that includes it."""
        key = made.key or ""
        known = self._held.setdefault(("question", key), made)
        if known is made:
            if whole and whole != key:
                self.wholes[made.id] = whole
        elif known != made:
            flag(f"the question “{made.text}” told otherwise than before", _FIRST)
        return made

    def term(self, scheme: str | None, label: str) -> UUID:
        """The term of a scope or a category."""
        key = f"{scheme}/{label.casefold()}" if scheme else label.casefold()
        return self._plain(
            "term", key, lambda id_: Term(id=id_, key=key, label=label, scheme=scheme)
        )

    def place(self, name: str) -> UUID:
        """A place by its name."""
        key = name.casefold()
        return self._plain("place", key, lambda id_: Place(id=id_, key=key, name=name))

    def party(self, name: str) -> UUID:
        """A party to the conflict."""
        return self._plain("party", name, lambda id_: Party(id=id_, key=name, name=name))

    def source(self, name: str, kind: SourceKind, party: str, *, named: bool, flag: Flag) -> UUID:
        """A voice by its name."""

        def make() -> Source:
            belongs = self.party(party) if party else None
            id_ = self.id_of("source", name)
            return Source(id=id_, key=name, name=name, kind=kind, party=belongs, named=named)

        return self._found(("source", name, kind, party, named), flag, make)

    def document(self, key: str, make: Callable[[UUID], Document], flag: Flag) -> UUID:
        """A document by its key."""
        made = make(self.id_of("document", key))
        known = self._held.setdefault(("document", key), made)
        if known != made:
            flag(f"the document “{made.title}” told otherwise than before", _FIRST)
        return made.id

    def cited_document(self, url: str, voice: UUID, flag: Flag) -> UUID:
        """The page that a source is cited with; its words are not held."""

        def make() -> Document:
            csl = {"type": "webpage", "title": url, "URL": url}
            id_ = self.id_of("document", url)
            return Document(
                id=id_, key=url, csl=csl, voice=voice, tier=Tier.SECONDARY, language="und"
            )

        return self._found(("document", url, voice), flag, make)

    def _topic(  # noqa: PLR0913, PLR0917 (what a row says of its topic)
        self, key: str, label: str, dates: str | None, whole: str, place: str, flag: Flag
    ) -> Topic:
        above = self.topic((whole, whole, None, "", ""), flag) if whole and whole != label else None
        where = self.place(place) if place else None
        id_ = self.id_of("topic", key)
        return Topic(id=id_, key=key, label=label, dates=dates, part_of=above, place=where)

    def _plain(self, entity: str, key: str, make: Callable[[UUID], Record]) -> UUID:
        held = self._held.get((entity, key))
        if held is None:
            held = self._held[entity, key] = make(self.id_of(entity, key))
        return held.id

    def _found(self, told: tuple[object, ...], flag: Flag, make: Callable[[], Record]) -> UUID:
        known = self._known.get(told)
        if known is not None:
            return known
        made = make()
        held = self._held.setdefault((made.entity, made.key or ""), made)
        if held != made and not _bare(made, held):
            found = f"the {made.entity} “{made.key}” told otherwise than before"
            flag(found, _FIRST)
        if _bare(held, made):
            self._held[made.entity, made.key or ""] = made
        self._known[told] = made.id
        return made.id

    def _with_wholes(self, made: list[Record]) -> Iterator[Record]:
        """Questions with the one that includes them, where a row has that question."""
        for record in made:
            whole = self._held.get(("question", self.wholes.get(record.id, "")))
            if isinstance(record, Question) and whole is not None:
                yield replace(record, subset_of=whole.id)
            else:
                yield record


def _bare(a: Record, b: Record) -> bool:
    """Whether the first is a topic of which only the name is said, as a whole is named."""
    return isinstance(a, Topic) and a == Topic(id=b.id, key=b.key, label=a.label)


def _wholes_first(records: Iterator[Record]) -> Iterator[Record]:
    """Records in an order in which every whole stands before its parts."""
    waiting = {record.id: record for record in records}
    while waiting:
        chain = [next(iter(waiting.values()))]
        while (above := waiting.get(_above(chain[-1]))) is not None and above not in chain:
            chain.append(above)
        for record in reversed(chain):
            yield waiting.pop(record.id)


def _above(record: Record) -> UUID:
    match record:
        case Topic(part_of=above) | Question(subset_of=above):
            return above or NOBODY
        case _:
            return NOBODY


def circle(shared: Shared) -> tuple[Question, ...]:
    """Questions that are parts of each other, if any are; each of one circle once."""
    questions = {r.id: r for r in shared.records() if isinstance(r, Question)}
    for start in questions.values():
        chain = [start]
        while (above := questions.get(chain[-1].subset_of or NOBODY)) is not None:
            if above in chain:
                return tuple(chain[chain.index(above) :])
            chain.append(above)
    return ()


def scoped(shared: Shared, told: tuple[tuple[str, str], ...]) -> Scope:
    """The scope that a row tells, by dimension."""
    made: dict[str, UUID | str] = {}
    for dimension, words in told:
        if dimension == "period":
            made[dimension] = words
        elif dimension == "area":
            made[dimension] = shared.place(words)
        else:
            made[dimension] = shared.term(dimension, words)
    return Scope(**made)  # type: ignore[arg-type]
