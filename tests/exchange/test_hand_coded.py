"""What a file in order becomes."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from jsonschema import Draft202012Validator

from claims.analysis.canonical import content_id, keyed_id, namespace_id
from claims.analysis.records import (
    ENTITIES,
    Assessment,
    Claim,
    CrossCheck,
    Document,
    Opposition,
    Passage,
    Place,
    Question,
    Record,
    Snapshot,
    Source,
    SourceRelation,
    Term,
)
from claims.analysis.vocabulary import (
    RangeBasis,
    Scheme,
    SourceKind,
    Stance,
    ValueKind,
)
from claims.errors import DocumentFaults
from claims.exchange.hand_coded import HandCoded, read_hand_coded, schema
from claims.exchange.structure import check_structure
from claims.exchange.yaml_nodes import read_nodes
from tests.exchange.conftest import GOOD, TEXT, Read, changed

R = TypeVar("R", bound=Record)
NAMESPACE = namespace_id("https://example.org/flood")
DOCS = Path(__file__).parents[2] / "docs"


def every(file: HandCoded, kind: type[R]) -> list[R]:
    return [record for record in file.records if isinstance(record, kind)]


def one(file: HandCoded, kind: type[R], key: str) -> R:
    (found,) = (record for record in every(file, kind) if record.key == key)
    return found


def test_records_stand_in_the_order_of_entities(read: Read) -> None:
    order = [ENTITIES.index(type(record)) for record in read(GOOD).records]
    assert order == sorted(order)
    assert len(order) == 31


def test_a_key_gives_the_same_id_wherever_the_file_lies(read: Read) -> None:
    ministry = one(read(GOOD), Source, "ministry")
    assert ministry.id == keyed_id(NAMESPACE, "source", "ministry")
    assert ministry.kind is SourceKind.STATE
    assert ministry.party == keyed_id(NAMESPACE, "party", "government")


def test_words_stay_words(read: Read) -> None:
    file = read(changed("label: The flood,", "label: no,").replace("name: The valley", "name: 08"))
    assert one(file, Place, "valley").name == "08"
    assert next(r.label for r in file.records if r.entity == "topic") == "no"  # type: ignore[attr-defined]


def test_numbers_keep_their_digits(read: Read) -> None:
    valley = one(read(GOOD), Place, "valley")
    assert str(valley.latitude) == "50.10"
    assert valley.uncertainty == Decimal(5000)


def test_the_snapshot_tells_the_bytes_and_their_capture(read: Read) -> None:
    (snapshot,) = every(read(GOOD), Snapshot)
    assert snapshot.sha256 == hashlib.sha256(TEXT.encode()).hexdigest() == snapshot.text_sha256
    assert snapshot.length == len(TEXT)
    assert snapshot.media_type == "text/plain"
    assert snapshot.extractor == "identity@1"
    assert snapshot.captured_at == datetime(2021, 7, 21, 10, tzinfo=UTC)
    assert (snapshot.captured_by, snapshot.captured_with) == ("a librarian", "a web browser")


def test_immutable_records_are_named_by_their_content(read: Read) -> None:
    file = read(GOOD)
    for kind in (Snapshot, Passage, Assessment):
        assert all(record.id == content_id(NAMESPACE, record) for record in every(file, kind))
    mended = read(changed("level: low", "level: moderate"))
    before, after = (
        {a.id for a in every(f, Assessment) if a.scheme is Scheme.CONFIDENCE}
        for f in (file, mended)
    )
    assert not before & after


def test_offsets_count_code_points_and_nothing_is_normalised(folder: Path, read: Read) -> None:
    text = "𝔉\u0301 \r\n" + TEXT
    (folder / "article.txt").write_bytes(text.encode())
    for passage in every(read(GOOD), Passage):
        assert passage.start is not None
        assert text[passage.start : passage.end] == passage.exact


def test_a_claim_names_its_chain_from_the_documents_voice_to_the_origin(read: Read) -> None:
    claim = one(read(GOOD), Claim, "dozens")
    assert [s.source for s in claim.speakers] == [
        keyed_id(NAMESPACE, "source", key) for key in ("gazette", "ministry")
    ]
    assert claim.speakers[1].verb == "According to"
    assert claim.stance is Stance.ASSERTS
    assert claim.value is not None
    assert claim.value.said == "dozens of people"


KEYLESS = [
    (b"580 to 1500 people", Stance.REPORTS),
    (b"Reportedly, 580 to 1500 people fled.", Stance.COULD_NOT_CONFIRM),
]


def test_a_claim_without_a_key_is_named_by_what_it_is(read: Read) -> None:
    file = read(GOOD)
    for words, stance in KEYLESS:
        digest = hashlib.sha256(words).hexdigest()[:12]
        assert one(file, Claim, f"article/fled/fugitives/{digest}").stance is stance


def test_what_could_not_be_confirmed_has_no_value(read: Read) -> None:
    unconfirmed = [c for c in every(read(GOOD), Claim) if c.stance is Stance.COULD_NOT_CONFIRM]
    assert [claim.value for claim in unconfirmed] == [None]


def test_a_range_of_which_nothing_is_said_has_an_unknown_basis(read: Read) -> None:
    def basis(yaml: str) -> RangeBasis | None:
        (value,) = (c.value for c in every(read(yaml), Claim) if c.hedges)
        assert value is not None
        return value.range_basis

    assert basis(GOOD) is RangeBasis.UNKNOWN
    assert basis(
        changed("stance: reports\n", "stance: reports\n            range_basis: time\n")
    ) is (RangeBasis.TIME)


def test_a_date_without_a_year_takes_it_from_the_topic_and_says_so(read: Read) -> None:
    def value(yaml: str) -> tuple[str, dict[str, str]]:
        (found,) = (c.value for c in every(read(yaml), Claim) if c.value and c.value.inferred)
        return found.expression, dict(found.inferred)

    said = "the context 2021 from the dates of the topic"
    assert value(GOOD) == ("2021-07-14", {"year": said})
    own = changed("said: 14 July}", "said: 14 July, context: 2020}")
    assert value(own) == ("2020-07-14", {"year": "the context 2020 given with the claim"})
    reasoned = changed("said: 14 July}", "said: 14 July, inferred: {year: the first line}}")
    assert value(reasoned) == ("2021-07-14", {"year": "the first line"})


def test_a_category_is_named_by_key_label_or_alias(read: Read) -> None:
    act = str(keyed_id(NAMESPACE, "term", "act"))

    def expression(yaml: str) -> str:
        (found,) = (
            claim.value.expression
            for claim in every(read(yaml), Claim)
            if claim.value and claim.question == keyed_id(NAMESPACE, "question", "cause")
        )
        return found

    assert expression(GOOD) == act
    assert expression(changed("said: act of God}", "value: act}")) == act
    alias = changed("label: act of God,", "label: fate, aliases: {en: [Act of God]},")
    assert expression(alias) == act


def test_a_yes_or_no_question_is_answered_yes_where_nothing_is_said(read: Read) -> None:
    def answers(more: str) -> list[str]:
        yaml = changed("kind: category}", "kind: boolean}")
        file = read(
            changed("{question: cause, said: act of God}", f"{{question: cause{more}}}", yaml)
        )
        boolean = keyed_id(NAMESPACE, "question", "cause")
        found = [c.value for c in every(file, Claim) if c.question == boolean]
        return [value.expression for value in found if value]

    assert answers("") == ["true"]
    assert answers(", value: no") == ["false"]
    assert answers(", stance: denies") == ["true"]


@pytest.mark.parametrize(
    ("kind", "claim", "expression"),
    [
        ("duration", "value: two days", "P2D"),
        ("text", "said: act of God", "act of God"),
        ("place", "value: The Valley", str(keyed_id(NAMESPACE, "place", "valley"))),
        ("boolean", "value: 'no'", "false"),
        ("proportion", "value: a third", None),
    ],
)
def test_each_kind_of_question_has_its_kind_of_value(
    kind: str, claim: str, expression: str | None, read: Read
) -> None:
    yaml = changed("kind: category}", f"kind: {kind}}}")
    file = read(
        changed("{question: cause, said: act of God}", f"{{question: cause, {claim}}}", yaml)
    )
    asked = keyed_id(NAMESPACE, "question", "cause")
    (value,) = (c.value for c in every(file, Claim) if c.question == asked)
    assert value is not None
    assert expression is None or value.expression == expression


def test_passages_keep_translations_and_what_a_machine_read(read: Read) -> None:
    yaml = changed(
        "        locators: {line: 3}\n",
        "        language: fr\n"
        "        anchor: page_region\n"
        "        transcript_method: read by a machine\n"
        "        ocr_confidence: 0.85\n"
        "        translations:\n"
        "          - {language: en, text: as it stands, translator: reader, method: human}\n",
    )
    (passage,) = (p for p in every(read(yaml), Passage) if p.translations)
    assert passage.language == "fr"
    assert passage.ocr_confidence == Decimal("0.85")
    assert passage.translations[0].text == "as it stands"
    assert passage.start is None


def test_two_checks_of_the_same_questions_are_two_records(read: Read) -> None:
    again = "  - {text: Again., reason: otherwise, questions: [killed, fled]}\n"
    assert [r.key for r in every(read(GOOD + again), CrossCheck)] == [
        "killed+fled",
        "killed+fled/2",
    ]


def test_opinions_are_the_coders_and_have_reasons(read: Read) -> None:
    found = {a.scheme: a for a in every(read(GOOD), Assessment)}
    assert found[Scheme.CONFIDENCE].code == "low"
    assert found[Scheme.RELIABILITY].code == "C"
    assert found[Scheme.RELIABILITY].of == "source"
    assert {a.assessed_by for a in found.values()} == {"encyclopedia reader"}
    assert found[Scheme.CONFIDENCE].key == "claim/dozens/confidence"


def test_lists_get_keys_from_their_members(read: Read) -> None:
    file = read(GOOD)
    assert [r.key for r in every(file, Opposition)] == ["government+residents/flood/2021"]
    assert [r.key for r in every(file, SourceRelation)] == [
        "sources/possible_dependency/gazette+ministry"
    ]
    assert [r.key for r in every(file, CrossCheck)] == ["killed+fled"]


def test_an_undirected_relation_is_the_same_the_other_way_round(read: Read) -> None:
    turned = changed("sources: [gazette, ministry]", "sources: [ministry, gazette]")
    (there,), (back,) = (every(read(yaml), SourceRelation) for yaml in (GOOD, turned))
    assert there.id == back.id


def test_a_copy_names_the_copier_first(read: Read) -> None:
    kind = changed("kind: possible_dependency", "kind: wire_copy")
    turned = changed("sources: [gazette, ministry]", "sources: [ministry, gazette]", kind)
    (there,), (back,) = (every(read(yaml), SourceRelation) for yaml in (kind, turned))
    assert there.id != back.id


def test_as_of_is_kept_as_canonical_edtf(read: Read) -> None:
    yaml = changed(
        "            key: dozens\n", "            key: dozens\n            as_of: 2021-07\n"
    )
    assert one(read(yaml), Claim, "dozens").as_of == "2021-07"


def test_scopes_name_terms(read: Read) -> None:
    people = one(read(GOOD), Term, "people").id
    assert one(read(GOOD), Question, "killed").scope.population == people


def test_uncoded_sentences_are_placed(read: Read) -> None:
    file = read(GOOD)
    assert [(u.quote, u.reason) for u in file.uncoded] == [
        ("The flood", "the title"),
        ("See also", "a link"),
    ]
    assert all(TEXT[u.start : u.end] == u.quote for u in file.uncoded)


def test_a_claim_may_stand_on_several_passages(read: Read) -> None:
    keyed = changed(
        "        locators: {line: 3}\n", "        locators: {line: 3}\n        key: first\n"
    )
    yaml = changed("said: 14 July}", "said: dozens, value: 14 July, also_in: [first]}", keyed)
    (claim,) = (c for c in every(read(yaml), Claim) if len(c.passages) > 1)
    quotes = {p.id: p.exact for p in every(read(yaml), Passage)}
    assert [quotes[p][:12] for p in claim.passages] == ["On 14 July t", "According to"]


def test_a_document_may_be_held_without_its_text(read: Read) -> None:
    bare = changed("    text: article.txt\n", "")
    bare = re.sub(r"    captured: .*\n", "", bare)
    bare = re.sub(r"    uncoded:\n(      - .*\n)+", "", bare)
    file = read(bare)
    assert not file.texts
    assert {(p.start, p.snapshot) for p in every(file, Passage)} == {(None, None)}


def test_marks_lead_to_the_line_of_each_record(read: Read) -> None:
    file = read(GOOD)
    assert file.marks.keys() == {record.id for record in file.records}
    line, column = file.marks[one(file, Claim, "dozens").id]
    assert GOOD.splitlines()[line - 1][column - 1 :] == "question: killed"


def test_a_folder_is_read_whole_and_a_file_once(folder: Path) -> None:
    (folder / "coded.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "notes.md").write_text("no coding", encoding="utf-8")
    files = read_hand_coded([folder, folder / "coded.yaml"])
    assert [Path(file.file).name for file in files] == ["coded.yaml"]


def test_files_of_one_namespace_share_their_keys(folder: Path) -> None:
    head, sources = GOOD.split("sources:\n", 1)
    own, rest = sources.split("source_relations:\n", 1)
    start = "\n".join(GOOD.splitlines()[:4])
    (folder / "a.yaml").write_text(f"{head}source_relations:\n{rest}", encoding="utf-8")
    sharing = f"{start}\nparties: {{government: {{name: The government}}}}\nsources:\n{own}"
    (folder / "b.yaml").write_text(sharing, encoding="utf-8")
    first, second = read_hand_coded([folder])
    assert first.namespace == second.namespace
    with pytest.raises(DocumentFaults, match="the unknown source 'gazette'"):
        read_hand_coded([folder / "a.yaml"])


def test_the_schema_is_a_schema_and_described_throughout() -> None:
    Draft202012Validator.check_schema(schema())
    definitions = schema()["$defs"]
    assert all(part.get("description") for part in definitions.values())
    json.dumps(schema())


def test_the_schema_takes_what_other_readers_of_yaml_make_of_it() -> None:
    typed = {"claims": 1, "namespace": "x", "coder": "y", "language": "en"}
    typed["sources"] = {"s": {"name": "n", "named": False}}
    typed["places"] = {"p": {"name": 8, "latitude": 50.1, "longitude": 7}}
    Draft202012Validator(schema()).validate(typed)


def test_the_example_of_the_docs_has_the_form_that_the_schema_asks_for() -> None:
    text = (DOCS / "format.md").read_text(encoding="utf-8")
    example, *_ = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    root, broken = read_nodes(example.encode(), "format.md")
    assert root is not None
    assert not broken
    assert check_structure(root, "format.md")[1] == ()


def test_the_docs_name_every_field_of_the_schema() -> None:
    text = (DOCS / "format.md").read_text(encoding="utf-8")
    words = set(re.findall(r"[\w-]+", text))
    for name, part in schema()["$defs"].items():
        if name not in {"locators", "csl"}:
            missing = set(part.get("properties", ())) - words
            assert not missing, f"{name}: {missing}"


def test_documents_keep_their_bibliographic_item(read: Read) -> None:
    document = one(read(GOOD), Document, "article")
    assert document.csl == {
        "type": "article-newspaper",
        "title": "The flood",
        "issued": "2021-07-20",
    }
    assert one(read(GOOD), Question, "began").value_kind is ValueKind.DATE


def test_a_value_that_the_coder_gave_says_so(read: Read) -> None:
    """The coder's reading never passes for the words of the source."""
    coded = GOOD.replace(
        "said: dozens of people\n", "said: dozens of people\n            value: 24\n"
    )
    assert coded != GOOD
    value = one(read(coded), Claim, "dozens").value
    assert value is not None
    assert (value.said, value.expression) == ("dozens of people", "24")
    assert value.inferred == {"value": "the coder reads the words as “24”"}
    plain = one(read(GOOD), Claim, "dozens").value
    assert plain is not None
    assert plain.inferred == {}
