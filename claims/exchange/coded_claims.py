"""The claims of a hand-coding file: who says what about which question, under which quote."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from claims.analysis.records import Claim, ClaimValue, Speaker
from claims.analysis.vocabulary import Explicitness, Scheme, Sensitivity, Stance
from claims.exchange.coded_documents import CodedDocument, CodedPassage
from claims.exchange.coded_entities import assess, read_scope
from claims.exchange.coded_values import ValueReader, check_wording
from claims.exchange.draft import Draft, words_of
from claims.exchange.structure import listed, suggestion
from claims.exchange.yaml_nodes import Node, shown

_HASH_DIGITS = 12
_SCHEMES = (Scheme.CONFIDENCE, Scheme.CREDIBILITY, Scheme.VERIFICATION, Scheme.LIKELIHOOD)
_NOTHING = Node("", 0, 0, {})


def declare_claims(draft: Draft) -> None:
    """Gives every claim of a file its key, so that any other may name it.

    A claim without ``key`` is called ``<document>/<question>/<source at the end of its
    chain>/<first 12 hexadecimal digits of the SHA-256 of its words>``, numbered from the second
    on: who says what to which question stays the same when the quote around it is mended. Its
    words are what it ``said``, else its quote.
    """
    used: dict[str, Node] = {}
    for document, node, passage, claim in _claims(draft):
        own = claim.text("key")
        key = own or _unused(used, _derived_key(document, node, passage, claim))
        if key in used:
            found = f"{shown(key)} a second time (first in line {used[key].line})"
            draft.fault(claim, found, "each claim key once", "key")
        used[key] = claim
        draft.names.claim_keys[claim] = key
        draft.names.declare("claim", key, draft.file, claim)


def read_claims(draft: Draft, document: CodedDocument) -> None:
    """Reads the claims under the passages of a document, with their assessments."""
    for passage in document.passages:
        for node in passage.node.items("claims"):
            read_claim(draft, document, passage, node)


def read_claim(draft: Draft, document: CodedDocument, passage: CodedPassage, node: Node) -> None:
    """Reads one claim, whose key must be known, with its assessments."""
    _Reader(draft, document, passage, node).read()


def _claims(draft: Draft) -> Iterator[tuple[str, Node, Node, Node]]:
    for key, document in draft.root.entries("documents").items():
        for passage in document.items("passages"):
            for claim in passage.items("claims"):
                yield key, document, passage, claim


def _derived_key(document: str, node: Node, passage: Node, claim: Node) -> str:
    words = (claim.text("said") or passage.text("quote") or "").encode("utf-8")
    digest = hashlib.sha256(words).hexdigest()[:_HASH_DIGITS]
    chain = [node.text("voice") or "", *(n.words for n in _sources(claim))]
    return f"{document}/{claim.text('question') or ''}/{chain[-1]}/{digest}"


def _unused(used: dict[str, Node], key: str) -> str:
    number, numbered = 1, key
    while numbered in used:
        number += 1
        numbered = f"{key}/{number}"
    return numbered


def _sources(claim: Node) -> list[Node]:
    """The nodes that name the sources of the speakers."""
    return [named for _, named in _speakers(claim)]


def _speakers(claim: Node) -> list[tuple[Node, Node]]:
    """Each speaker with the node that names its source; a speaker may be a mere name."""
    named = [(speaker, speaker.get("source") or speaker) for speaker in claim.items("speakers")]
    return [(speaker, source) for speaker, source in named if isinstance(source.value, str)]


@dataclass(frozen=True, slots=True)
class _Reader:
    """One claim and what it stands under."""

    draft: Draft
    document: CodedDocument
    passage: CodedPassage
    node: Node

    def read(self) -> None:
        draft, node = self.draft, self.node
        key = draft.names.claim_keys[node]
        passages = (self.passage, *self._further())
        if self.passage.quote:
            check_wording(draft, node, tuple(passage.quote for passage in passages))
        draft.edtf(node, "context")
        self._check_origin()
        self._check_exposure()
        self._check_superseded()
        retracted = node.get("retracted") or _NOTHING
        claim = Claim(
            id=draft.id("claim", key),
            key=key,
            document=self.document.id,
            passages=tuple(dict.fromkeys(passage.id for passage in passages)),
            question=draft.must(node, "question", "question"),
            stance=self._stance,
            speakers=self._speakers(),
            value=self._value(),
            explicitness=draft.word(node, "explicitness", Explicitness.STATED),
            verb=node.text("verb"),
            hedges=words_of(node, "hedges"),
            as_of=draft.edtf(node, "as_of"),
            scope=read_scope(draft, node),
            accused=draft.ref(node, "accused", "party"),
            supersedes=draft.ref(node, "supersedes", "claim"),
            retracted_at=draft.edtf(retracted, "at"),
            retracted_reason=retracted.text("reason"),
            calendar=node.text("calendar"),
            sensitivity=draft.word(node, "sensitivity", Sensitivity.PUBLIC),
            exposure_basis=node.text("exposure_basis"),
            note=node.text("note"),
        )
        draft.add(claim, node)
        for scheme in _SCHEMES:
            assess(draft, node, claim, scheme)

    @property
    def _stance(self) -> Stance:
        return self.draft.word(self.node, "stance", Stance.ASSERTS)

    def _further(self) -> Iterator[CodedPassage]:
        """The further passages of the same document that the claim names."""
        known = self.document.keyed
        for item in self.node.items("also_in"):
            if item.words in known:
                yield known[item.words]
                continue
            expected = f"the key of a passage of this document ({listed(known) or 'none has one'})"
            found = f"the unknown passage {shown(item.words)}"
            self.draft.fault(item, found, expected + suggestion(item.words, known))

    def _speakers(self) -> tuple[Speaker, ...]:
        """The chain, from the document's own voice to the origin."""
        draft, voice = self.draft, self.document.node.text("voice")
        chain = [Speaker(source=draft.id("source", voice or ""))]
        before = voice
        for speaker, named in _speakers(self.node):
            if named.words == before:
                found = f"{shown(named.words)}, who speaks just before"
                draft.fault(named, found, "speakers after the document's own voice, each once")
            before = named.words
            source = draft.find(named, "source")
            document = draft.ref(speaker, "document", "document")
            chain.append(Speaker(source=source, verb=speaker.text("verb"), document=document))
        return tuple(chain)

    def _chain(self) -> list[Node]:
        """The nodes that declare the sources of the chain, as far as they are known."""
        names = [self.document.node.text("voice"), *(n.words for n in _sources(self.node))]
        found = [self.draft.names.node("source", name) for name in names]
        return [node for node in found if node is not None]

    def _check_origin(self) -> None:
        """An origin that the text does not name asserts nothing that could be checked."""
        named = _sources(self.node)
        last = named[-1].words if named else self.document.node.text("voice")
        origin = self.draft.names.node("source", last)
        known = not {"stance", "speakers"} & self.node.lost
        if origin is None or self.draft.yes(origin, "named", default=True) or not known:
            return
        if self._stance is Stance.ASSERTS:
            found = f"stance asserts of {shown(last or '')}, an unnamed source"
            self.draft.fault(self.node, found, "stance: reports", "stance")

    def _check_exposure(self) -> None:
        """A witness who may be in danger is quoted only where something allows it."""
        for source in self._chain():
            restricted = source.text("sensitivity") == "restricted"
            basis = self.node.get("exposure_basis") or "exposure_basis" in self.node.lost
            if source.text("kind") == "witness" and restricted and not basis:
                found = "a restricted witness without a basis for showing what was said"
                self.draft.fault(self.node, found, "exposure_basis: what allows it")
                return

    def _check_superseded(self) -> None:
        """Only what was said of the same question can be superseded."""
        name, own = self.node.text("supersedes"), self.node.text("question")
        earlier = self.draft.names.node("claim", name)
        other = earlier.text("question") if earlier else None
        if name and own and other and own != other:
            found = f"{shown(name)}, which answers {shown(other)}"
            expected = f"a claim that answers {shown(own)} too"
            self.draft.fault(self.node, found, expected, "supersedes")

    def _value(self) -> ClaimValue | None:
        """The value, where the stance has one and the question is known."""
        node, stance = self.node, self._stance
        question = self.draft.names.node("question", node.text("question"))
        kind = question.text("kind") if question else None
        if stance is Stance.COULD_NOT_CONFIRM:
            self._refuse_value()
            return None
        if kind is None or {"value", "said", "stance"} & node.lost:
            return None
        given = node.get("value") or node.get("said")
        if stance in {Stance.DENIES, Stance.DOUBTS} and not given and kind != "boolean":
            found = f"stance {stance.value} on a {kind} without what is denied or doubted"
            self.draft.fault(node, found, "said or value: the value that it is about")
            return None
        locale = self.document.locale
        if not self.passage.quote or locale is None:
            return None
        return ValueReader(self.draft, node, kind, self.passage.quote, locale).read()

    def _refuse_value(self) -> None:
        """What could not be confirmed is neither a value nor its denial."""
        for name in ("value", "said"):
            if given := self.node.get(name):
                found = f"{name} {shown(given.words)} of what could not be confirmed"
                self.draft.fault(self.node, found, f"no {name} with stance could_not_confirm", name)
