"""The voices of a row: who says it, in which document, and with which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from claims.analysis.records import Document, Locator, Passage, Speaker
from claims.analysis.vocabulary import Explicitness, Sensitivity, SourceKind
from claims.exchange.draft import NOBODY
from claims.exchange.mapping_columns import texts
from claims.exchange.mapping_remarks import Once, RowWords
from claims.exchange.mapping_rules import DocumentRule, SourceRule, TableMapping, TableRule
from claims.exchange.mapping_shared import Cited, Shared, cited, parted
from claims.exchange.table import Row

_TABLE = "table"


@dataclass(frozen=True, slots=True)
class Voice:
    """One chain of speakers of a row, in its document.

    ``key`` tells it apart from others; ``name`` is that of the source that the row cites;
    ``beside`` are the others that share the cell.
    """

    document: UUID
    speakers: tuple[Speaker, ...]
    name: str
    key: str
    named: bool = True
    beside: str | None = None

    def noted(self, note: str | None) -> str | None:
        """The remark on the claim, with what the cell says of its sources together."""
        return "\n".join(part for part in (note, self.beside) if part) or None


@dataclass(frozen=True, slots=True)
class Rest:
    """What a row says of all its claims."""

    explicitness: Explicitness
    verb: str | None
    hedges: tuple[str, ...]
    as_of: str | None
    accused: UUID | None
    sensitivity: Sensitivity
    note: str | None


class Voices:
    """Makes the voices and documents of rows."""

    def __init__(self, mapping: TableMapping, shared: Shared, words: RowWords) -> None:
        """Make the table itself a document, where it speaks."""
        self._mapping = mapping
        self._shared = shared
        self._words = words
        self._language = mapping.language
        self._made: dict[tuple[object, ...], Voice] = {}
        self._table = self._of_table(mapping.table) if mapping.table else None
        claim = mapping.claim
        cells = (*texts(mapping.source), *texts(mapping.document), claim.speakers)
        self.of_row = Once(words, cells, self._of_cells)
        manner = (claim.explicitness, claim.verb, claim.hedges, claim.accused)
        self._manner = Once(words, manner, self._of_manner)

    def _of_cells(self) -> tuple[Voice, ...]:
        """Every chain of speakers of the row; one of them where it cites no source."""
        rule = self._mapping.source
        named = self._named(rule)
        if rule is not None and rule.together and len(named) > 1:
            return (self._together(named),)
        return tuple(self._known_voice(one, named) for one in named)

    def rest(self) -> Rest:
        """What the row says of its claims besides."""
        words, rule = self._words, self._mapping.claim
        explicitness, verb, hedges, accused = self._manner()
        as_of, note = words.date(rule.as_of), words.fill(rule.note) or None
        return Rest(explicitness, verb, hedges, as_of, accused, rule.sensitivity, note)

    def _of_manner(self) -> tuple[Explicitness, str | None, tuple[str, ...], UUID | None]:
        """How the row says it, and whom it blames."""
        words, rule = self._words, self._mapping.claim
        accused = words.fill(rule.accused)
        return (
            words.word(Explicitness, rule.explicitness, Explicitness.STATED),
            words.fill(rule.verb) or None,
            parted(words.fill(rule.hedges), ";"),
            self._shared.party(accused) if accused else None,
        )

    def passage(self, row: Row, document: UUID) -> Passage:
        """The words that are cited, without their id."""
        rule = self._mapping.passage
        exact = self._words.fill(rule.quote) if rule.quote else self._words.columns.cited(row)
        if not exact:
            self._words.fault("no quote", "the words of the document", rule.quote)
        places = rule.locators.items()
        told = [(kind, self._words.fill(text)) for kind, text in places] if places else ()
        return Passage(
            id=NOBODY,
            document=document,
            exact=exact,
            part=rule.part,
            locators=tuple(Locator(kind=kind, value=value) for kind, value in told if value),
            language=self._language,
        )

    def _named(self, rule: SourceRule | None) -> list[Cited]:
        """The sources that the row names; nobody (an empty name) where it cites none."""
        if rule is None:
            return [Cited("")]
        found = [cited(one) for one in parted(self._words.fill(rule.name), rule.several)]
        url = self._words.fill(rule.url) or None
        if url and len(found) == 1:
            found = [Cited(found[0].name, url)]
        elif url and not found:
            found = [cited(url)]
        return found or [Cited("")]

    def _known_voice(self, one: Cited, beside: list[Cited]) -> Voice:
        """The chain of a source; of a table, whose rows share their document, made once."""
        if self._mapping.document is not None:
            return self._voice(one, beside)
        fill, rule = self._words.fill, self._mapping.source
        told = (fill(rule.kind), fill(rule.party)) if rule else ()
        key = (one, len(beside), fill(self._mapping.claim.speakers), told)
        voice = self._made.get(key)
        if voice is None:
            voice = self._made[key] = self._voice(one, beside)
        return voice

    def _voice(self, one: Cited, beside: list[Cited]) -> Voice:
        source = self._source(one)
        document, own = self._document(one, source)
        chain = [Speaker(source=own)]
        if source is not None and source != own:
            page = self._shared.cited_document(one.url, source, self._flag) if one.url else None
            chain.append(Speaker(source=source, document=page))
        named = not one.name or one.name not in self._unnamed
        for name in parted(self._words.fill(self._mapping.claim.speakers), ">"):
            speaker = self._plain_source(name)
            named = name not in self._unnamed
            if speaker != chain[-1].source:
                chain.append(Speaker(source=speaker))
        key = "\n".join((str(document), *(f"{s.source} {s.document or ''}" for s in chain)))
        return Voice(document, tuple(chain), one.name or _TABLE, key, named, _told(beside))

    def _together(self, named: list[Cited]) -> Voice:
        """One claim of the table that rests on several sources together."""
        document, own = self._document(named[0], None)
        told = "; ".join(one.url or one.name for one in named)
        speakers = (Speaker(source=own),)
        return Voice(document, speakers, _TABLE, str(document), beside=f"Sources: {told}")

    @property
    def _unnamed(self) -> tuple[str, ...]:
        return self._mapping.source.unnamed if self._mapping.source else ()

    def _source(self, one: Cited) -> UUID | None:
        """The voice that the row cites, if it cites one."""
        if not one.name:
            return None
        rule = self._mapping.source
        kind = SourceKind.UNKNOWN
        party = ""
        if rule is not None:
            known = rule.kinds.get(one.name)
            usual = self._words.word(SourceKind, rule.kind, SourceKind.UNKNOWN)
            kind = SourceKind(known) if known else usual
            party = self._words.fill(rule.party)
        named = one.name not in self._unnamed
        return self._shared.source(one.name, kind, party, named=named, flag=self._flag)

    def _plain_source(self, name: str) -> UUID:
        rule = self._mapping.source
        kind = SourceKind(rule.kinds.get(name, "unknown")) if rule else SourceKind.UNKNOWN
        named = name not in self._unnamed
        return self._shared.source(name, kind, "", named=named, flag=self._flag)

    def _flag(self, found: str, kept: str) -> None:
        rule = self._mapping.source
        self._words.odd(found, kept, rule.name if rule else None)

    def _document(self, one: Cited, source: UUID | None) -> tuple[UUID, UUID]:
        """The document that is cited and its own voice: that of the row, else the table."""
        rule = self._mapping.document
        if rule is not None:
            return self._of_row(rule, one, source)
        return self._table or (NOBODY, NOBODY)

    def _of_row(self, rule: DocumentRule, one: Cited, source: UUID | None) -> tuple[UUID, UUID]:
        words = self._words
        own = words.fill(rule.voice)
        voice = self._plain_source(own) if own else source
        url = words.fill(rule.url) or one.url
        title = words.fill(rule.title) or url
        if voice is None:
            words.fault("no source", "who says it", self._named_by)
            return NOBODY, NOBODY
        if not title:
            words.fault("no document", "the title of the document", rule.title)
            return NOBODY, voice
        csl = self._csl(rule, title, url)
        told = (title, url, own or one.name)
        key = words.fill(rule.key) or " | ".join(part for part in told if part)
        language = words.fill(rule.language) or self._language
        licence = words.fill(rule.licence) or None

        def make(id_: UUID) -> Document:
            return Document(
                id=id_, key=key, csl=csl, voice=voice, tier=rule.tier, language=language,
                licence=licence,
            )  # fmt: skip

        return self._shared.document(key, make, self._flag), voice

    @property
    def _named_by(self) -> str | None:
        return self._mapping.source.name if self._mapping.source else None

    def _csl(self, rule: DocumentRule, title: str, url: str | None) -> Mapping[str, object]:
        words = self._words
        author = [{"literal": name} for name in parted(words.fill(rule.author), ";")]
        told: dict[str, object] = {
            "type": words.fill(rule.type) or "document",
            "title": title,
            "author": author,
            "issued": words.date(rule.issued),
            "publisher": words.fill(rule.publisher),
            "URL": url,
        }
        return {name: item for name, item in told.items() if item}

    def _of_table(self, rule: TableRule) -> tuple[UUID, UUID]:
        """The table as a document with its own voice."""
        voice = self._shared.source(rule.voice, SourceKind.DATASET, "", named=True, flag=self._flag)
        told = {
            "type": rule.type,
            "title": rule.title or self._mapping.title or rule.voice,
            "author": [{"literal": rule.author}] if rule.author else None,
            "issued": rule.issued,
            "URL": rule.url,
        }
        csl = {name: item for name, item in told.items() if item}

        def make(id_: UUID) -> Document:
            return Document(
                id=id_, key=_TABLE, csl=csl, voice=voice, tier=rule.tier,
                language=self._language, licence=rule.licence,
            )  # fmt: skip

        return self._shared.document(_TABLE, make, self._flag), voice


def _told(beside: list[Cited]) -> str | None:
    """That the figure is said of several sources of one cell together."""
    if len(beside) < 2:  # noqa: PLR2004 (one source stands alone)
        return None
    return f"The row gives this for {len(beside)} sources together."
