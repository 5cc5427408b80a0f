"""Records to store: any world that Hypothesis can think of, and a small one written out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

from hypothesis import strategies as st

from claims.analysis.fields import bare
from claims.analysis.outcomes import Relation
from claims.analysis.records import (
    ENTITIES,
    Claim,
    ClaimValue,
    Contributor,
    Document,
    Locator,
    Passage,
    Place,
    Question,
    Record,
    Scope,
    Snapshot,
    Source,
    SourceRelation,
    Speaker,
    Term,
    Topic,
    Translation,
)
from claims.analysis.vocabulary import (
    CODES,
    RangeBasis,
    Stance,
    Tier,
    ValueKind,
)
from claims.store.forms import form_of
from claims.values.duration import parse_duration
from claims.values.quantity import parse_quantity
from claims.values.when import parse_when

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)

Held = Mapping[str, list[UUID]]

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
)
NAMES = st.text(st.characters(categories=["Ll"]), min_size=1, max_size=5)
WHOLES = st.integers(0, 2**31 - 1)
DECIMALS = st.decimals(0, 90, allow_nan=False, allow_infinity=False, places=6)
TIMES = st.datetimes(min_value=datetime(1, 1, 2), timezones=st.just(UTC))  # noqa: DTZ001 (Hypothesis adds the zone)
DIGITS = st.text("0123456789abcdef", min_size=64, max_size=64)
BIBLIOGRAPHIC = st.dictionaries(
    NAMES,
    st.recursive(
        st.booleans() | TEXTS,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=2)
            | st.dictionaries(NAMES, inner, min_size=1, max_size=2)
        ),
        max_leaves=4,
    ),
    max_size=3,
)

_ITEMS: dict[Any, st.SearchStrategy[Any]] = {
    Locator: st.builds(Locator, kind=TEXTS, value=TEXTS),
    Translation: st.builds(Translation, language=TEXTS, text=TEXTS, translator=TEXTS),
}

EXPRESSIONS: dict[ValueKind, tuple[str, ...]] = {
    ValueKind.COUNT: tuple(
        parse_quantity(words).expression
        for words in ("8", "several people", "at least 1,500", "nearly 4,000", "dozens", "10 to 20")
    ),
    ValueKind.PROPORTION: tuple(
        parse_quantity(words).expression for words in ("most", "a third", "40 per cent")
    ),
    ValueKind.DATE: tuple(
        parse_when(words).expression
        for words in ("12 February 1992", "since October 1991", "February 10–12, 1992")
    ),
    ValueKind.DURATION: (parse_duration("two days").expression,),
    ValueKind.BOOLEAN: ("true", "false"),
    ValueKind.TEXT: ("any words", "Überall"),
}

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: WHOLES,
    bool: st.booleans(),
    Decimal: DECIMALS,
    datetime: TIMES,
}


@st.composite
def worlds(draw: st.DrawFn) -> list[Record]:
    """At least two records of every kind, which refer to each other; in any order."""
    made: list[Record] = []
    held: defaultdict[str, list[UUID]] = defaultdict(list)
    for kind in sorted(ENTITIES, key=lambda kind: kind is SourceRelation):  # it names documents
        for _ in range(2):
            record = draw(_record(kind, held, made))
            made.append(record)
            held[kind.entity].append(record.id)
    return draw(st.permutations(made))


@st.composite
def _record(draw: st.DrawFn, kind: type[Record], held: Held, made: list[Record]) -> Record:
    """A record of a kind, its references among what is held, its fields as the rules want."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in fields(kind):
        target = _targets(kind).get(field.name)
        values[field.name] = draw(_field(hints[field.name], target, held))
    values["id"] = draw(st.uuids())
    rules = _RULES.get(kind.entity)
    if rules is not None:
        values |= draw(rules(values, held, made))
    return kind(**values)


def _targets(kind: type[Record]) -> dict[str, str]:
    return {slot.field: slot.target for slot in form_of(kind).slots if slot.target is not None}


def _field(hint: Any, target: str | None, held: Held) -> st.SearchStrategy[Any]:  # noqa: ANN401
    kind = bare(hint)
    found = _bare_field(kind, target, held)
    return found if kind is hint else st.none() | found


def _bare_field(kind: Any, target: str | None, held: Held) -> st.SearchStrategy[Any]:  # noqa: ANN401
    if target is not None:
        return st.sampled_from(held[target]) if held[target] else st.none()
    if kind is Scope:
        return _scopes(held)
    if get_origin(kind) is tuple:
        return _tuples(get_args(kind)[0])
    if get_origin(kind) is Mapping:
        inner = get_args(kind)[1]
        telling = _field(inner, None, held).filter(lambda item: item != ())
        plain = st.dictionaries(TEXTS, telling, max_size=2)
        return BIBLIOGRAPHIC if inner is object else plain
    return _words(kind) if _is_enum(kind) else _PLAIN.get(kind, st.none())


def _tuples(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401
    if kind in {UUID, Speaker}:
        return st.just(())
    items = _ITEMS.get(kind, TEXTS)
    return st.lists(items, max_size=2).map(tuple)


def _words(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401
    return st.sampled_from(list(kind))


def _is_enum(kind: Any) -> bool:  # noqa: ANN401
    return isinstance(kind, type) and issubclass(kind, Enum)


def _scopes(held: Held) -> st.SearchStrategy[Scope]:
    terms = st.none() | st.sampled_from(held["term"])
    areas = st.none() | st.sampled_from(held["place"])
    return st.builds(
        Scope,
        measure=terms,
        population=terms,
        cause=terms,
        actor=terms,
        area=areas,
        period=st.none() | TEXTS,
        count_basis=terms,
    )


def _pair(held: Held, entity: str) -> st.SearchStrategy[dict[str, UUID]]:
    return st.permutations(held[entity]).map(lambda ids: {"a": ids[0], "b": ids[1]})


Rules = Callable[[dict[str, Any], Held, list[Record]], st.SearchStrategy[dict[str, Any]]]


def _place(values: dict[str, Any], _: Held, __: list[Record]) -> st.SearchStrategy[dict[str, Any]]:
    return st.just({"longitude": values["latitude"]})


def _question(
    values: dict[str, Any], _: Held, __: list[Record]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.just({} if values["value_kind"] is ValueKind.DATE else {"aspect": None})


def _snapshot(_: dict[str, Any], __: Held, ___: list[Record]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "sha256": DIGITS,
            "text_sha256": DIGITS,
            "layout_sha256": st.none() | DIGITS,
            "warc_sha256": st.none() | DIGITS,
            "http_status": st.none() | st.integers(100, 599),
        }
    )


def _passage(_: dict[str, Any], __: Held, ___: list[Record]) -> st.SearchStrategy[dict[str, Any]]:
    nowhere = st.just({"start": None, "end": None})
    return nowhere | st.tuples(WHOLES, WHOLES).map(
        lambda ends: {"start": min(ends), "end": max(ends)}
    )


def _assessment(
    _: dict[str, Any], held: Held, __: list[Record]
) -> st.SearchStrategy[dict[str, Any]]:
    grades = [{"scheme": scheme, "code": code} for scheme, codes in CODES.items() for code in codes]
    targets = [{"of": of, "target": one} for of in ("source", "claim") for one in held[of]]
    return st.tuples(st.sampled_from(grades), st.sampled_from(targets)).map(
        lambda parts: parts[0] | parts[1]
    )


def _relation(_: dict[str, Any], held: Held, __: list[Record]) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(["source", "document"]).flatmap(
        lambda of: _pair(held, of).map(lambda ends: {"between": of, **ends})
    )


def _override(
    values: dict[str, Any], held: Held, _: list[Record]
) -> st.SearchStrategy[dict[str, Any]]:
    relations = st.sampled_from([relation.value for relation in Relation])
    wanted = relations if values["independent"] is None else st.none() | relations
    return st.tuples(_pair(held, "claim"), wanted).map(
        lambda parts: {**parts[0], "relation": parts[1]}
    )


def _merge(_: dict[str, Any], held: Held, __: list[Record]) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(["source", "question", "document"]).flatmap(
        lambda of: _pair(held, of).map(lambda e: {"of": of, "kept": e["a"], "merged": e["b"]})
    )


def _cross_check(
    _: dict[str, Any], held: Held, __: list[Record]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"questions": _some(held, "question"), "claims": _some(held, "claim")}
    )


def _inquiry(_: dict[str, Any], held: Held, __: list[Record]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"claims": _some(held, "claim")})


def _some(held: Held, entity: str, least: int = 0) -> st.SearchStrategy[tuple[UUID, ...]]:
    if not held[entity]:
        return st.just(())
    return st.lists(st.sampled_from(held[entity]), min_size=least, max_size=3).map(tuple)


def _waiver(_: dict[str, Any], held: Held, __: list[Record]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"target": st.sampled_from([*held["source"], *held["place"]])})


def _contributor(
    _: dict[str, Any], __: Held, made: list[Record]
) -> st.SearchStrategy[dict[str, Any]]:
    taken = {one.name for one in made if isinstance(one, Contributor)}
    return st.fixed_dictionaries({"name": TEXTS.filter(lambda name: name not in taken)})


def _project(_: dict[str, Any], __: Held, ___: list[Record]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"profile": st.sampled_from(["default@1", "acled@1", "pitf@1"])})


def _claim(
    values: dict[str, Any], held: Held, made: list[Record]
) -> st.SearchStrategy[dict[str, Any]]:
    (question,) = (one for one in made if one.id == values["question"])
    assert isinstance(question, Question)
    speakers = st.builds(
        Speaker,
        source=st.sampled_from(held["source"]),
        verb=st.none() | TEXTS,
        document=st.none() | st.sampled_from(held["document"]),
    )
    return st.fixed_dictionaries(
        {
            "passages": _some(held, "passage", 1),
            "speakers": st.lists(speakers, min_size=1, max_size=3).map(tuple),
            "value": st.none() | _values(question.value_kind, held),
            "retracted_reason": TEXTS if values["retracted_at"] else st.none(),
        }
    )


def _values(kind: ValueKind, held: Held) -> st.SearchStrategy[ClaimValue]:
    named = {ValueKind.CATEGORY: "term", ValueKind.PLACE: "place"}
    choices = [str(one) for one in held[named[kind]]] if kind in named else EXPRESSIONS[kind]
    return st.builds(
        ClaimValue,
        expression=st.sampled_from(choices),
        said=TEXTS,
        range_basis=st.none() | st.sampled_from(RangeBasis),
        counted_by_coder=st.booleans(),
        inferred=st.dictionaries(TEXTS, TEXTS, max_size=1),
    )


_RULES: dict[str, Rules] = {
    "place": _place,
    "question": _question,
    "snapshot": _snapshot,
    "passage": _passage,
    "assessment": _assessment,
    "review": lambda _, __, ___: st.fixed_dictionaries({"claim_hash": DIGITS}),
    "source_relation": _relation,
    "term_relation": lambda _, held, __: _pair(held, "term"),
    "opposition": lambda _, held, __: _pair(held, "party"),
    "relation_override": _override,
    "merge": _merge,
    "cross_check": _cross_check,
    "inquiry": _inquiry,
    "waiver": _waiver,
    "project": _project,
    "contributor": _contributor,
    "claim": _claim,
}


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(UUID(int=0), name)


def flood(claims: int = 3) -> list[Record]:
    """A topic with one question, two sources, a document and as many claims as asked for."""
    topic = Topic(id=an_id("flood"), key="flood", label="The flood", aliases={"fr": ("La crue",)})
    town = Place(id=an_id("town"), key="town", name="The town")
    people = Term(id=an_id("people"), key="people", label="people")
    killed = Question(
        id=an_id("killed"),
        key="killed",
        topic=topic.id,
        text="How many people were killed?",
        value_kind=ValueKind.COUNT,
        unit="people",
        scope=Scope(population=people.id, area=town.id),
    )
    paper = Source(id=an_id("paper"), key="paper", name="a newspaper")
    ministry = Source(id=an_id("ministry"), key="ministry", name="the Ministry")
    article = Document(
        id=an_id("article"),
        key="article",
        csl={
            "type": "article-newspaper",
            "title": "The flood",
            "author": [{"family": "a reporter"}],
        },
        voice=paper.id,
        tier=Tier.SECONDARY,
        language="en",
    )
    snapshot = Snapshot(
        id=an_id("snapshot"),
        document=article.id,
        sha256="0" * 64,
        media_type="text/plain",
        text_sha256="0" * 64,
        extractor="identity@1",
        length=5000,
    )
    claimed = [record for number in range(claims) for record in said(number)]
    return [topic, town, people, killed, paper, ministry, article, snapshot, *claimed]


def said(number: int) -> tuple[Passage, Claim]:
    """A passage and a claim of the flood's article, each number with its own."""
    words = f"{number + 8} people were killed, the Ministry said"
    passage = Passage(
        id=an_id(f"passage {number}"),
        document=an_id("article"),
        snapshot=an_id("snapshot"),
        exact=words,
        start=number,
        end=number + len(words),
        language="en",
    )
    claim = Claim(
        id=an_id(f"claim {number}"),
        key=f"claim-{number}",
        document=an_id("article"),
        passages=(passage.id,),
        question=an_id("killed"),
        stance=Stance.ASSERTS,
        speakers=(Speaker(source=an_id("paper")), Speaker(source=an_id("ministry"), verb="said")),
        value=ClaimValue(said=f"{number + 8} people", expression=str(number + 8)),
    )
    return passage, claim
