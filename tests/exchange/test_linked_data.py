"""A topic as linked data: read back by an RDF library, held against the shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import RDF, Graph, Literal, URIRef

from claims.analysis.assess import assess_topic
from claims.analysis.casefile import Casefile
from claims.analysis.records import Inquiry, Locator, Passage, Snapshot
from claims.analysis.vocabulary import Dependence, ValueKind
from claims.errors import InputRefused
from claims.exchange.linked_data import context, render, shapes
from tests.analysis.world import World, name
from tests.seeds.conftest import read_seed

# What rdflib says of its own parser for JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
BASE = "https://example.org/claims/"
OWN = rdflib.Namespace("urn:claims:terms:")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
CITO = rdflib.Namespace("http://purl.org/spar/cito/")
SCHEMA = rdflib.Namespace("https://schema.org/")
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"},{"@id":"urn:x"}',
    "@id",
    "javascript:alert(1)",
    'http://example.org/a b<c>\\"{}|^`',
    "line\none\ttab",
    "\u202eright\u200dto left",
    "شاهد 證人 \U0001f468\u200d\U0001f469",
)


def told(casefile: Casefile, base: str = BASE) -> str:
    return render(casefile, assess_topic(casefile), generated_at=NOW, base=base)


def graph(text: str) -> Graph:
    return Graph().parse(data=text, format="json-ld")


def conforms(found: Graph) -> tuple[bool, str]:
    shaped = Graph().parse(data=shapes(), format="turtle")
    good, _, words = validate(found, shacl_graph=shaped)
    return bool(good), str(words)


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever fetches anything fails."""

    def refuse(*_: object, **__: object) -> None:
        message = "no address may be opened"
        raise AssertionError(message)

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.create_connection", refuse)


@pytest.fixture(scope="module", params=["malibeyli-gushchular", "flood"])
def seed(request: pytest.FixtureRequest) -> Casefile:
    return read_seed(request.param).casefile


def test_the_seeds_conform_to_the_shapes(seed: Casefile) -> None:
    good, words = conforms(graph(told(seed)))
    assert good, words


@pytest.mark.parametrize(
    ("kind", "gone"),
    [
        (OWN.Claim, OWN.stance),
        (OWN.Question, OWN.dispute),
        (OWN.Document, PROV.wasAttributedTo),
        (OA.Annotation, OA.hasTarget),
        (OWN.Report, PROV.generatedAtTime),
    ],
)
def test_the_shapes_see_what_is_missing(kind: URIRef, gone: URIRef) -> None:
    found = graph(told(read_seed("flood").casefile))
    one = next(found.subjects(RDF.type, kind))
    found.remove((one, gone, None))
    assert not conforms(found)[0]


def test_a_search_that_found_nothing_is_told_with_all_that_it_says() -> None:
    seed = read_seed("flood").casefile
    claim, source = seed.claims[0], next(iter(seed.sources))
    inquiry = Inquiry(
        id=uuid4(),
        topic=seed.topic.id,
        question=claim.question,
        looked_for="a list of the dead",
        looked_in="the town archive",
        looked_by="A coder",
        looked_on="2021-08",
        words=("morgue", "burial"),
        source=source,
        claims=(claim.id,),
    )
    found = graph(told(replace(seed, inquiries=(inquiry,))))
    good, words = conforms(found)
    assert good, words

    at = URIRef(f"{BASE}{inquiry.id}")
    assert set(found.objects(at, RDF.type)) == {OWN.Inquiry, PROV.Activity}
    said = {"lookedFor": inquiry.looked_for, "lookedIn": "the town archive", "dates": "2021-08"}
    said |= {"lookedBy": "A coder", "outcome": "nothing"}
    assert {name: str(found.value(at, OWN[name])) for name in said} == said
    assert set(map(str, found.objects(at, OWN.searchWords))) == {"morgue", "burial"}
    concerned = {URIRef(f"{BASE}{one}") for one in (claim.question, claim.id)}
    assert set(found.objects(at, OWN.concerns)) == concerned
    assert found.value(at, OWN.consulted) == URIRef(f"{BASE}{source}")
    for gone in ("lookedFor", "lookedIn", "lookedBy", "outcome", "topic"):
        less = graph(told(replace(seed, inquiries=(inquiry,))))
        less.remove((at, OWN[gone], None))
        assert not conforms(less)[0], gone


def test_every_record_is_told_once_under_its_id(seed: Casefile) -> None:
    found = graph(told(seed))
    for kind, held in (
        (OWN.Claim, [c.id for c in seed.claims]),
        (OWN.Question, [q.id for q in seed.questions]),
        (OWN.Source, seed.sources),
        (OWN.Document, seed.documents),
        (OWN.Passage, seed.passages),
        (OWN.Place, seed.places),
        (OWN.Term, seed.terms),
        (OWN.Assessment, [a.id for a in seed.assessments]),
    ):
        assert set(found.subjects(RDF.type, kind)) == {URIRef(f"{BASE}{one}") for one in held}


def test_results_and_words_are_those_of_the_report(seed: Casefile) -> None:
    found = graph(told(seed))
    for result in assess_topic(seed).questions:
        at = URIRef(f"{BASE}{result.question.id}")
        assert found.value(at, OWN.status) == Literal(result.status)
        assert found.value(at, OWN.origins) == Literal(result.origins)
        assert len(list(found.objects(at, OWN.position))) == len(result.positions)
    for claim in seed.claims:
        at = URIRef(f"{BASE}{claim.id}")
        (origin,) = found.objects(at, PROV.wasAttributedTo)
        assert origin == URIRef(f"{BASE}{claim.origin}")
        marked = {found.value(n, OA.hasTarget) for n in found.subjects(OA.hasBody, at)}
        assert marked == {URIRef(f"{BASE}{p}") for p in claim.passages}
        start = found.value(at, OWN.speakers)
        assert start is not None
        chain = rdflib.collection.Collection(found, start)
        voices = [found.value(one, OWN.source) for one in chain]
        assert voices == [URIRef(f"{BASE}{s.source}") for s in claim.speakers]


def test_quotes_read_back_to_the_letter(seed: Casefile) -> None:
    found = graph(told(seed))
    for passage in seed.passages.values():
        at = URIRef(f"{BASE}{passage.id}")
        quotes = {
            str(q) for s in found.objects(at, OA.hasSelector) for q in found.objects(s, OA.exact)
        }
        assert quotes == {passage.exact}


def test_every_term_comes_from_a_known_vocabulary(seed: Casefile) -> None:
    known = (*(str(n) for n in (OWN, OA, PROV, CITO, SCHEMA, RDF)), str(rdflib.SKOS))
    for _, term, _ in graph(told(seed)):
        assert str(term).startswith(known)


def world(text: str = "Paper") -> World:
    """Claims on figures, dates, categories and places, with ``text`` wherever one can type."""
    made = World()
    made.topic = replace(made.topic, label=text, aliases={text: (text,)})
    made.ask("killed", unit="people")
    made.ask("share", ValueKind.PROPORTION)
    made.ask("when", ValueKind.DATE)
    made.ask("who", ValueKind.CATEGORY)
    made.ask("where", ValueKind.PLACE)
    made.ask("what", ValueKind.TEXT)
    made.place("town", point=("40.5", "-46.7", "1000"))
    for key, question, said, document in (
        ("a", "killed", "at least 8", "A"),
        ("b", "killed", "3", "B"),
        ("c", "killed", "3", "C"),
        ("d", "share", "most", "A"),
        ("e", "when", "10 February 1992", "A"),
        ("f", "who", "army", "A"),
        ("g", "where", "town", "A"),
        ("h", "what", text, "A"),
    ):
        made.say(key, question, said, document=document, speakers=["M"] if key == "c" else ())
    made.relate(Dependence.QUOTES, "B", "A", documents=True)
    made.relate(Dependence.FUNDED_BY, "B", "A", documents=True)
    made.override("b", "c", relation="AGREE", independent=True)
    made.oppose("X", "Y")
    made.sources = {
        key: replace(one, name=text, aliases=(text,), identifiers={text: text}, note=text)
        for key, one in made.sources.items()
    }
    csl = {"title": text, "URL": text, text: [text]}
    made.documents = {
        key: replace(one, csl=csl, language=text, licence=text)
        for key, one in made.documents.items()
    }
    return made


def cited(made: World, text: str) -> Casefile:
    """With a passage and a snapshot for the first claim."""
    first = made.claims["a"]
    snapshot = Snapshot(
        id=name("snapshot", "s"),
        document=first.document,
        sha256="0" * 64,
        media_type=text,
        text_sha256="1" * 64,
        extractor=text,
        length=100,
        captured_at=NOW,
        final_url=text,
    )
    passage = Passage(
        id=first.passages[0],
        document=first.document,
        snapshot=snapshot.id,
        exact=text,
        prefix=text,
        suffix=text,
        start=3,
        end=9,
        language="en",
        locators=(Locator(kind="page", value=text),),
    )
    return replace(
        made.casefile(), passages={passage.id: passage}, snapshots={snapshot.id: snapshot}
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    written = told(cited(world(text), text))
    assert "<" not in written
    found = graph(written)
    ids = {str(node) for triple in found for node in triple if isinstance(node, URIRef)}
    plain = {
        str(n) for t in graph(told(cited(world(), "Paper"))) for n in t if isinstance(n, URIRef)
    }
    assert ids == plain
    topic = URIRef(f"{BASE}{name('topic', 'event')}")
    assert str(found.value(topic, SCHEMA.name)) == text
    assert {str(one) for one in found.objects(None, OA.exact)} == {text}


def test_hostile_words_conform_to_the_shapes() -> None:
    text = " ".join(HOSTILE)
    good, words = conforms(graph(told(cited(world(text), text))))
    assert good, words


@settings(max_examples=10)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_any_words_read_back_equal(text: str) -> None:
    found = graph(told(cited(world(text), text)))
    assert {str(one) for one in found.objects(None, OA.exact)} == {text}
    assert {str(one) for one in found.objects(None, SCHEMA.license)} == {text}


def bounds(found: Graph, key: str, which: str) -> tuple[object, object]:
    claim = URIRef(f"{BASE}{name('claim', key)}")
    value = found.value(found.value(claim, OWN.value), OWN[which])
    return tuple(found.value(value, OWN[end]) for end in ("low", "high"))  # type: ignore[return-value]


def test_values_carry_both_bounds() -> None:
    found = graph(told(world().casefile()))
    assert bounds(found, "a", "hard") == (Literal("8", datatype=rdflib.XSD.decimal), None)
    assert bounds(found, "a", "soft")[1] == Literal("10", datatype=rdflib.XSD.decimal)
    day = Literal("1992-02-10", datatype=rdflib.XSD.date)
    assert bounds(found, "e", "hard") == (day, day)
    claim = URIRef(f"{BASE}{name('claim', 'f')}")
    assert found.value(found.value(claim, OWN.value), OWN.valueRecord) == URIRef(
        f"{BASE}{name('term', 'army')}"
    )
    share = URIRef(f"{BASE}{name('claim', 'd')}")
    hard = found.value(found.value(share, OWN.value), OWN.hard)
    assert found.value(hard, OWN.lowExcluded) == Literal(True)  # noqa: FBT003


def test_agreement_conflict_and_citation_are_told_by_cito() -> None:
    found = graph(told(world().casefile()))
    a, b, c = (URIRef(f"{BASE}{name('claim', key)}") for key in "abc")
    assert set(found.objects(b, CITO.disagreesWith)) == {a}
    assert set(found.objects(b, CITO.agreesWith)) == {c}
    documents = [URIRef(f"{BASE}{name('document', key)}") for key in "BA"]
    assert (documents[0], CITO.includesQuotationFrom, documents[1]) in found


def test_words_beyond_the_quotation_limit_are_withheld() -> None:
    made = world()
    casefile = cited(made, "one two three")
    documents = {k: replace(d, quotation_limit=2) for k, d in casefile.documents.items()}
    written = told(replace(casefile, documents=documents))
    assert "one two three" not in json.dumps(
        next(n for n in json.loads(written)["@graph"] if "Passage" in n["@type"])["hasSelector"]
    )
    found = graph(written)
    assert len(list(found.subjects(OA.start, None))) == 1
    assert list(found.objects(None, OWN.withheld))
    assert conforms(found)[0]


@pytest.mark.parametrize("base", ["urn:uuid:", "http://example.org/x#", "https://example.org:8/"])
def test_addresses_begin_with_the_base(base: str) -> None:
    found = graph(told(world().casefile(), base))
    assert (URIRef(f"{base}{name('claim', 'a')}"), RDF.type, OWN.Claim) in found


@pytest.mark.parametrize(
    "base", ["", "example", "https://example.org", "javascript:/", "https://a/ b/", 'https://a/"/']
)
def test_what_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(InputRefused, match="cannot begin the addresses"):
        told(world().casefile(), base)


def test_the_same_records_give_the_same_text() -> None:
    made = world()
    assert told(made.casefile()) == told(made.casefile(list(reversed(list(made.claims)))))


def used(value: object) -> Iterator[str]:
    """Every key of the nodes of a document."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from used(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from used(inner)


def test_the_context_declares_nothing_that_is_not_in_use() -> None:
    written = json.loads(told(cited(world(), "Paper")))["@graph"]
    terms = {term for term in json.loads(context()) if not term.startswith("@")}
    prefixes = {"schema", "oa", "prov", "cito", "skos", "xsd"}
    seldom = {
        *("accused", "broader", "containedInPlace", "location", "partOf", "party", "subsetOf"),
        *("supersedes", "target", "topic", "wasDerivedFrom", "wasRevisionOf", "concerns"),
        *("area", "actor", "cause", "countBasis", "measure", "population"),
        *("citesAsSourceDocument", "consulted"),
    }
    assert terms - prefixes - seldom <= set(used(written))
