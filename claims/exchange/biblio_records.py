"""Items of a bibliography as documents, each with the voice that speaks in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from claims.analysis.canonical import keyed_id, namespace_id
from claims.analysis.records import Document, Record, Source
from claims.analysis.vocabulary import SourceKind, Tier
from claims.exchange.biblio_fields import is_language, made_key
from claims.exchange.biblio_item import Bibliography, BibliographyItem
from claims.exchange.biblio_names import OTHERS, Name
from claims.exchange.biblio_tables import csl_words, table
from claims.exchange.biblio_write import names_of, type_of
from claims.exchange.hand_coded import HandCoded
from claims.values.folding import folded

VOICES = namespace_id("claims bibliography voices")
"""The namespace of voices that bibliographies name: one name, one voice, in whatever file."""

UNNAMED = "Unnamed author"

_LONGEST = 200
_STANDS_IN = (("voice_is_container", "container-title"), ("voice_is_publisher", "publisher"))
_PUBLISHERS = ("publisher", "authority", "container-title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the items do not say themselves.

    ``voices`` are sources that are held, by their folded names and aliases; ``voice`` speaks in
    all documents where it is given, ``tier`` holds for all where it is given.
    """

    namespace: str
    coder: str
    language: str
    voices: Mapping[str, UUID] = field(default_factory=dict)
    voice: UUID | None = None
    tier: Tier | None = None


def bibliography_records(bibliography: Bibliography, terms: Terms) -> HandCoded:
    """The documents of a bibliography, and the sources that speak in them and are not held yet.

    The same namespace and key give the same id, so that a file that is read again changes what it
    says otherwise and nothing else.
    """
    namespace = namespace_id(terms.namespace)
    sources: dict[UUID, Source] = {}
    documents: dict[UUID, Document] = {}
    marks: dict[UUID, tuple[int, int]] = {}
    for item in bibliography.items:
        voice = terms.voice or _voice(item, terms, sources)
        document = _document(item, terms, namespace, voice)
        documents[document.id] = document
        for id_ in (voice, document.id):
            marks.setdefault(id_, (item.line, 1))
    records: tuple[Record, ...] = (*sources.values(), *documents.values())
    return HandCoded(
        file=bibliography.file,
        namespace=namespace,
        coder=terms.coder,
        records=records,
        texts=(),
        uncoded=(),
        marks=marks,
    )


def _document(item: BibliographyItem, terms: Terms, namespace: UUID, voice: UUID) -> Document:
    language = str(item.csl.get("language") or "")
    return Document(
        id=keyed_id(namespace, Document.entity, item.key),
        key=item.key,
        csl=item.csl,
        voice=voice,
        tier=terms.tier or tier_of(item),
        language=language if is_language(language) else terms.language,
    )


def tier_of(item: BibliographyItem) -> Tier:
    """How near a work is to what it tells of, by its type; secondary where that does not tell."""
    return Tier(table("csl")["tiers"].get(type_of(item), Tier.SECONDARY.value))


def _voice(item: BibliographyItem, terms: Terms, sources: dict[UUID, Source]) -> UUID:
    """The id of the voice; where none is held of its name, a source is made."""
    name = voice_of(item)
    if not name:
        return _unnamed(item, terms, sources)
    key = folded(name)
    made = keyed_id(VOICES, Source.entity, key)
    held = terms.voices.get(key, made)
    if held == made and made not in sources:
        kind = table("csl")["kinds"].get(type_of(item), SourceKind.UNKNOWN.value)
        short = made_key({"title": key.replace(" ", "")})
        sources[made] = Source(id=made, key=short, name=name, kind=SourceKind(kind))
    return held


def _unnamed(item: BibliographyItem, terms: Terms, sources: dict[UUID, Source]) -> UUID:
    """Somebody unnamed of this work alone: two such are not known to be one."""
    made = keyed_id(namespace_id(terms.namespace), Source.entity, f"author of {item.key}")
    title = str(item.csl.get("title") or item.key)
    sources[made] = Source(id=made, name=_short(f"{UNNAMED} of {title}"), named=False)
    return made


def voice_of(item: BibliographyItem) -> str:
    """The name of the voice that speaks in a work; nothing where nobody is named.

    It is the newspaper, the site or the work of reference that prints it, for types that have
    one, and for a page of the web the body that publishes it; else the first author or editor, or
    the body that stands for them; else the publisher.
    """
    csl = item.csl
    for words, variable in _STANDS_IN:
        if type_of(item) in csl_words(words) and csl.get(variable):
            return _short(str(csl[variable]))
    for variable in ("author", "editor", "director", "interviewer", "editor-translator"):
        names = [name for name in names_of(csl.get(variable)) if name.get("literal") != OTHERS]
        if names:
            return _short(_whole(names[0]))
    printed = next((str(csl[name]) for name in _PUBLISHERS if csl.get(name)), "")
    return _short(printed or urlsplit(str(csl.get("URL") or "")).netloc.removeprefix("www."))


def _whole(name: Name) -> str:
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return name.get("literal") or " ".join(name[part] for part in parts if name.get(part))


def _short(name: str) -> str:
    return " ".join(name.split())[:_LONGEST]
