"""A small project that a careful coder entered: nothing in it deserves a finding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import NAMESPACE_OID, UUID, uuid5

from claims.analysis.audit.assemble import Assembled
from claims.analysis.audit.case import Bounds, Dossier, HeldText, LinkState, Recorded
from claims.analysis.audit.catalogue import (
    CHECKS,
    audit_document,
    audit_project,
    audit_question,
    check_of,
)
from claims.analysis.audit.finding import AuditFinding, NotChecked, Outcome
from claims.analysis.quotes import line_of, single_place
from claims.analysis.records import (
    Assessment,
    Claim,
    ClaimValue,
    Document,
    Locator,
    Passage,
    Place,
    Question,
    Record,
    Scope,
    Snapshot,
    Source,
    Speaker,
    Term,
    Topic,
)
from claims.analysis.vocabulary import (
    DateAspect,
    Part,
    Scheme,
    SourceKind,
    Stance,
    Tier,
    ValueKind,
)
from claims.store.indexing import ON_AN_AXIS, value_columns
from claims.values.duration import parse_duration
from claims.values.quantity import parse_quantity
from claims.values.when import parse_when

R = TypeVar("R", bound=Record)

REPORT = """Explosion in the Orlen mine

The explosion in the Orlen mine happened on 3 March 2019. Fourteen miners were killed by the
explosion. The company apparently knew of the gas. The alarm did not ring. According to the rescue
service, nine miners were injured. The inspectorate denies that the north shaft was closed. We could
not confirm that the gate was locked. The fire began in the north shaft.
"""

BULLETIN = """Bulletin of 4 March 2019

Nine miners were injured. The rescue took six hours.
"""

ENTERED = datetime(2020, 1, 1, tzinfo=UTC)
JUDGED = datetime(2020, 2, 1, tzinfo=UTC)


def name(kind: str, key: str) -> UUID:
    """The id of what the tests call ``key``."""
    return uuid5(NAMESPACE_OID, f"{kind} {key}")


class Desk:
    """The records by their keys, to be changed one at a time; :meth:`audit` runs all checks."""

    def __init__(self) -> None:
        """Enter the project."""
        self.texts = {"report": REPORT, "bulletin": BULLETIN}
        self.records: dict[str, Record] = {}
        self.dossier: dict[str, dict[str, Any]] = {"report": {}, "bulletin": {}}
        self.held: dict[str, dict[str, Any]] = {"report": {}, "bulletin": {}}
        self.entered: dict[str, Recorded] = {}
        self.stored: dict[str, Bounds | None] = {}
        self.contributors = 3
        self._world()
        self._documents()
        self._passages()
        self._claims()

    def add(self, record: Record) -> None:
        """Keep a record under its entity and key."""
        self.records[f"{record.entity} {record.key}"] = record

    def get(self, kind: type[R], key: str) -> R:
        """A record by its kind and key."""
        found = self.records[f"{kind.entity} {key}"]
        assert isinstance(found, kind)
        return found

    def change(self, kind: type[Record], key: str, /, **fields: Any) -> None:  # noqa: ANN401
        """Put other values into a record."""
        self.records[f"{kind.entity} {key}"] = replace(self.get(kind, key), **fields)

    def value(self, key: str, /, **fields: Any) -> None:  # noqa: ANN401
        """Put other values into the value of a claim."""
        held = self.get(Claim, key).value
        assert held is not None
        self.change(Claim, key, value=replace(held, **fields))

    def drop(self, kind: type[Record], key: str) -> None:
        """Forget a record."""
        del self.records[f"{kind.entity} {key}"]

    def quote(self, key: str, words: str, document: str = "report", **fields: Any) -> None:  # noqa: ANN401
        """Add a passage, or cite other words in it, anchored where they stand."""
        text = self.texts[document]
        place = single_place(text, words)
        told: dict[str, Any] = {
            "id": name("passage", key),
            "key": key,
            "document": name("document", document),
            "snapshot": name("snapshot", document),
            "exact": words,
            "start": place.start,
            "end": place.end,
            "language": "en",
            "locators": (Locator(kind="line", value=str(line_of(text, place.start))),),
        }
        self.add(Passage(**{**told, **fields}))

    def say(self, key: str, said: str | None, expression: str = "", **fields: Any) -> None:  # noqa: ANN401
        """Add a claim on the question of its key, of the report, by its own voice."""
        document = fields.pop("document", "report")
        voice = {"report": "inspectorate", "bulletin": "rescue-service"}[document]
        told: dict[str, Any] = {
            "id": name("claim", key),
            "key": key,
            "document": name("document", document),
            "passages": (name("passage", key),),
            "question": name("question", fields.pop("question", key)),
            "stance": Stance.ASSERTS,
            "speakers": (Speaker(source=name("source", voice)),),
            "value": None if said is None else ClaimValue(said=said, expression=expression),
        }
        self.add(Claim(**{**told, **fields}))

    def write(self, document: str, text: str) -> None:
        """Put other words into a document, with the copy that belongs to them."""
        self.texts[document] = text
        self.change(Snapshot, document, **_copy(text))

    def assembled(self) -> Assembled:
        """The project as cases for the audit."""
        held = {}
        for key in self.texts:
            told = {"bytes_ok": True, "text": self.texts[key], **self.held[key]}
            held[name("snapshot", key)] = HeldText(**told)
        recorded = {
            record.id: Recorded("coder", ENTERED, ENTERED) for record in self.records.values()
        }
        for assessment in self._all(Assessment):
            recorded[assessment.id] = Recorded("reviewer", JUDGED, JUDGED)
        recorded |= {self.records[key].id: told for key, told in self.entered.items()}
        return Assembled(
            self.records.values(),
            held=held,
            recorded=recorded,
            contributors=self.contributors,
        )

    def dossiers(self) -> Iterator[Dossier]:
        """The dossiers with all that was looked for."""
        for dossier in self.assembled().dossiers():
            found: dict[str, Any] = {
                "link": LinkState.ALIVE,
                "record": dossier.document.csl,
                "noticed": True,
                "stored": self._stored(dossier),
                **self.dossier[dossier.document.key or ""],
            }
            yield replace(dossier, **found)

    def outcomes(self, check: str | None = None) -> tuple[Outcome, ...]:
        """All that all checks find, or that one finds."""
        checks = CHECKS if check is None else (check_of(check),)
        assembled = self.assembled()
        found: list[Outcome] = []
        if any(one.of_document for one in checks):
            found += (one for each in self.dossiers() for one in audit_document(each, checks))
        if any(one.of_question for one in checks):
            found += (one for each in assembled.questions() for one in audit_question(each, checks))
        if any(one.of_project for one in checks):
            found += audit_project(assembled.project(), checks)
        return tuple(found)

    def findings(self, check: str | None = None) -> tuple[AuditFinding, ...]:
        """The findings, of one check if it is named."""
        return tuple(one for one in self.outcomes(check) if isinstance(one, AuditFinding))

    def only(self, check: str) -> AuditFinding:
        """The one finding of a check."""
        (found,) = self.findings(check)
        return found

    def checks(self) -> set[str]:
        """The ids of the checks that found something."""
        return {finding.check for finding in self.findings()}

    def unseen(self, check: str) -> set[str]:
        """Why a check did not look at something."""
        return {one.why for one in self.outcomes(check) if isinstance(one, NotChecked)}

    def _all(self, kind: type[R]) -> list[R]:
        return [record for record in self.records.values() if isinstance(record, kind)]

    def _stored(self, dossier: Dossier) -> Mapping[UUID, Bounds]:
        found = {}
        for claim in dossier.claims:
            question = dossier.questions[claim.question]
            if claim.value is None or question.value_kind not in ON_AN_AXIS:
                continue
            told = value_columns(
                claim.value.expression, question.value_kind, question.aspect, dossier.profile
            )
            ends = (told[end] for end in ("hard_lo", "hard_hi", "soft_lo", "soft_hi"))
            stored = self.stored.get(claim.key or "", Bounds(told["profile"], *ends))
            if stored is not None:
                found[claim.id] = stored
        return found

    def _world(self) -> None:
        topic = name("topic", "mine")
        self.add(Topic(id=topic, key="mine", label="The explosion", dates="2019-03-03/2019-03-04"))
        self.add(_place("orlen", "the Orlen mine"))
        self.add(_place("shaft", "the north shaft", part_of="orlen"))
        self.add(_place("gala", "the Gala mine"))
        self.add(_term("blast", "explosion"))
        self.add(_term("people", "people"))
        for voice in ("inspectorate", "rescue-service"):
            self.add(Source(id=name("source", voice), key=voice, name=voice, kind=SourceKind.STATE))
        asked = {
            "when": ("When did the mine explode?", ValueKind.DATE),
            "killed": ("How many miners were killed by the explosion?", ValueKind.COUNT),
            "knew": ("Did the company know of the gas?", ValueKind.BOOLEAN),
            "alarm": ("Did the alarm ring?", ValueKind.BOOLEAN),
            "injured": ("How many miners were injured?", ValueKind.COUNT),
            "closed": ("Was the north shaft closed?", ValueKind.BOOLEAN),
            "gate": ("Was the gate locked?", ValueKind.BOOLEAN),
            "began": ("Where did the fire begin?", ValueKind.PLACE),
            "where": ("Where was the explosion?", ValueKind.PLACE),
            "rescue": ("How long did the rescue take?", ValueKind.DURATION),
            "cause": ("By what were they killed?", ValueKind.CATEGORY),
        }
        scope = Scope(cause=name("term", "blast"), area=name("place", "orlen"))
        for key, (text, kind) in asked.items():
            self.add(
                Question(
                    id=name("question", key),
                    key=key,
                    topic=topic,
                    text=text,
                    value_kind=kind,
                    aspect=DateAspect.MOMENT if kind is ValueKind.DATE else None,
                    unit="miners" if kind is ValueKind.COUNT else None,
                    running_total=key == "killed",
                    scope=scope if key == "killed" else Scope(),
                )
            )

    def _documents(self) -> None:
        for key, number in {"report": "10.1000/orlen", "bulletin": "10.1000/rescue"}.items():
            voice = "inspectorate" if key == "report" else "rescue-service"
            self.add(
                Document(
                    id=name("document", key),
                    key=key,
                    csl={
                        "type": "report",
                        "title": f"The {key} on Orlen",
                        "author": ({"family": f"Office of the {key}"},),
                        "DOI": number,
                        "ISBN": "978-0-306-40615-7",
                        "URL": f"https://example.org/{key}",
                        "issued": {"date-parts": (("2019", "3", "4"),)},
                        "accessed": "2019-03-05",
                    },
                    voice=name("source", voice),
                    tier=Tier.PRIMARY,
                    language="en",
                    quotation_limit=200,
                )
            )
            self.add(
                Snapshot(
                    id=name("snapshot", key),
                    key=key,
                    document=name("document", key),
                    media_type="text/plain",
                    extractor="identity@1",
                    captured_at=ENTERED,
                    captured_by="coder",
                    captured_with="browser",
                    **_copy(self.texts[key]),
                )
            )
        self.change(
            Document,
            "bulletin",
            csl={**self.get(Document, "bulletin").csl, "ISBN": "0-19-853453-1"},
        )

    def _passages(self) -> None:
        self.quote("headline", "Explosion in the Orlen mine", part=Part.HEADLINE)
        self.quote("when", "The explosion in the Orlen mine happened on 3 March 2019.")
        self.quote("killed", "Fourteen miners were killed by the\nexplosion.")
        self.quote("knew", "The company apparently knew of the gas.")
        self.quote("alarm", "The alarm did not ring.")
        self.quote("injured", "According to the rescue\nservice, nine miners were injured.")
        self.quote("closed", "The inspectorate denies that the north shaft was closed.")
        self.quote("gate", "We could\nnot confirm that the gate was locked.")
        self.quote("began", "The fire began in the north shaft.")
        self.quote("injured-bulletin", "Nine miners were injured.", "bulletin")
        self.quote("rescue", "The rescue took six hours.", "bulletin")

    def _claims(self) -> None:
        self.say("when", "on 3 March 2019", parse_when("on 3 March 2019").expression)
        where = str(name("place", "orlen"))
        self.say("where", "in the Orlen mine", where, passages=(name("passage", "when"),))
        headline = (name("passage", "headline"),)
        self.say("headline", "in the Orlen mine", where, question="where", passages=headline)
        self.say(
            "killed",
            "Fourteen miners",
            parse_quantity("Fourteen miners").expression,
            as_of="2019-03-04",
        )
        blast, killed = str(name("term", "blast")), (name("passage", "killed"),)
        self.say("cause", "by the\nexplosion", blast, passages=killed)
        self.say("knew", "knew of the gas", "true", hedges=("apparently",))
        self.say("alarm", "The alarm did not ring", "false")
        self.say(
            "injured",
            "nine miners",
            parse_quantity("nine miners").expression,
            speakers=(
                Speaker(source=name("source", "inspectorate")),
                Speaker(
                    source=name("source", "rescue-service"),
                    verb="According to",
                    document=name("document", "bulletin"),
                ),
            ),
        )
        self.say(
            "injured-bulletin",
            "Nine miners",
            parse_quantity("Nine miners").expression,
            document="bulletin",
            question="injured",
        )
        self.say(
            "closed", "the north shaft was closed", "true", stance=Stance.DENIES, verb="denies"
        )
        self.say("gate", None, stance=Stance.COULD_NOT_CONFIRM, verb="could\nnot confirm")
        self.say("began", "in the north shaft", str(name("place", "shaft")))
        hours = parse_duration("six hours").expression
        self.say("rescue", "six hours", hours, document="bulletin")
        self.assess("killed", Scheme.CONFIDENCE, "high")

    def assess(self, key: str, scheme: Scheme, code: str, **fields: Any) -> None:  # noqa: ANN401
        """Judge a claim."""
        told: dict[str, Any] = {
            "id": name("assessment", f"{key} {scheme}"),
            "key": f"{key} {scheme.value}",
            "of": "claim",
            "target": name("claim", key),
            "scheme": scheme,
            "code": code,
            "reason": "the inspectorate counted the dead",
            "assessed_by": "reviewer",
        }
        self.add(Assessment(**{**told, **fields}))


def _copy(text: str) -> dict[str, Any]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"sha256": digest, "text_sha256": digest, "length": len(text)}


def _place(key: str, called: str, part_of: str | None = None) -> Place:
    above = name("place", part_of) if part_of else None
    return Place(id=name("place", key), key=key, name=called, part_of=above)


def _term(key: str, label: str) -> Term:
    return Term(id=name("term", key), key=key, label=label, scheme="cause")
