"""The fields of what people type in: one table, read by the command line, the prompts, the guide.

Names and forms are those of the hand-coding format (``docs/format.md``). A name with a dot is a
field within a field: ``scope.measure`` is ``{"scope": {"measure": …}}`` in JSON. The table is
light, so that help pages need no database.
"""

from __future__ import annotations

from collections.abc import Mapping

from claims.analysis.vocabulary import (
    Anchor,
    DateAspect,
    Dependence,
    DocumentStatus,
    Explicitness,
    InquiryOutcome,
    Part,
    RangeBasis,
    Scheme,
    Sensitivity,
    SourceKind,
    Stance,
    TermLink,
    Tier,
    ValueKind,
    WayOfKnowing,
)
from claims.exchange.field import (
    NOUNS,
    Field,
    Kind,
    choice,
    grade,
    noun_of,
    reference,
    references,
    yes_no,
)

__all__ = ["FIELDS", "NOUNS", "Field", "Kind", "noun_of"]


_KEY = Field(name="key", words="A short name of one word, to call it by.")
_NOTE = Field(name="note", words="Anything else that a colleague should know.")
_SENSITIVITY = choice("sensitivity", "Who may see it.", Sensitivity)
_LABEL = Field(name="label", words="What it is called.", required=True)
_NAME = Field(name="name", words="What it is called.", required=True)
_ALIASES = Field(
    name="aliases",
    words="Another name, as LANGUAGE=NAME.",
    kind=Kind.NAMES,
    many=True,
    short="alias",
)

_SCOPE = (
    reference("scope.measure", "term", "What is counted or asked."),
    reference("scope.population", "term", "Whom it is about."),
    reference("scope.cause", "term", "By what."),
    reference("scope.actor", "term", "By whom."),
    reference("scope.area", "place", "Where."),
    Field(name="scope.period", words="When.", kind=Kind.DATE),
    reference("scope.count_basis", "term", "What one of the counted is."),
)

_TOPIC = (
    _KEY,
    _LABEL,
    _ALIASES,
    Field(name="dates", words="When it happened.", kind=Kind.DATE),
    reference("place", "place", "Where it happened."),
    reference("part_of", "topic", "The larger event or situation."),
)

_QUESTION = (
    _KEY,
    Field(name="text", words="The question, as a sentence.", required=True),
    choice("kind", "What an answer looks like.", ValueKind, required=True),
    reference("topic", "topic", "Its topic; not needed where there is only one."),
    choice("aspect", "For a date: which part of the event.", DateAspect),
    Field(name="unit", words="What is counted."),
    yes_no("exclusive", "Whether only one answer can be true."),
    yes_no("running_total", "Whether the figure grows with time."),
    reference("subset_of", "question", "The question whose answer includes this one's."),
    *_SCOPE,
)

_SOURCE = (
    _KEY,
    _NAME,
    Field(name="aliases", words="Another name.", many=True, short="alias"),
    Field(
        name="identifiers",
        words="An identifier, as SCHEME=ID.",
        kind=Kind.PAIRS,
        many=True,
        short="identifier",
    ),
    choice("kind", "What kind of voice it is.", SourceKind),
    reference("party", "party", "The party that it belongs to."),
    yes_no("named", "Whether the text says who it is (eyewitnesses are not named)."),
    choice("way_of_knowing", "How it came to know.", WayOfKnowing),
    _SENSITIVITY,
    grade(Scheme.RELIABILITY),
    _NOTE,
)

_DOCUMENT = (
    _KEY,
    Field(name="csl.title", words="The title.", required=True),
    Field(name="csl.type", words="The type, as CSL calls it (article-newspaper, report …)."),
    Field(name="csl.author", words="An author, as it shall be printed.", many=True),
    Field(name="csl.issued", words="When it was published.", kind=Kind.DATE),
    Field(name="csl.publisher", words="Who published it."),
    Field(name="csl.container-title", words="The newspaper, journal or book that it is in."),
    Field(name="csl.URL", words="Its address."),
    Field(name="csl.DOI", words="Its DOI."),
    Field(name="csl", words="The whole item as CSL-JSON.", kind=Kind.DATA),
    reference("voice", "source", "The source that speaks in it.", required=True),
    choice("tier", "How far it stands from the event.", Tier, required=True),
    Field(name="language", words="The language of its text. [the project's]", kind=Kind.LANGUAGE),
    choice("status", "Whether its publisher stands by it.", DocumentStatus),
    Field(name="licence", words="The licence."),
    Field(name="quotation_limit", words="The most words to quote.", kind=Kind.NUMBER),
    _SENSITIVITY,
    Field(name="text", words="The file that holds its text, which is archived.", kind=Kind.FILE),
    Field(
        name="captured.at", words="When the text was saved.", kind=Kind.TIME, short="captured_at"
    ),
    Field(name="captured.by", words="Who saved it, by role.", short="captured_by"),
    Field(name="captured.with", words="With what.", short="captured_with"),
    Field(name="captured.requested_url", words="The address that was asked for."),
    Field(name="captured.final_url", words="The address that answered."),
)

_CLAIM = (
    _KEY,
    reference("document", "document", "The document that says it.", required=True),
    reference("question", "question", "The question that it answers.", required=True),
    Field(name="quote", words="The words of the document, to the letter.", required=True),
    Field(name="said", words="The words of the quote that give the value. [all]"),
    Field(name="value", words="The value in other words, where those said cannot be read."),
    choice("stance", "How the last speaker stands to it. [asserts]", Stance),
    Field(
        name="speakers",
        words="Who says that who says it, as 'Agency > Ministry', after the document's voice.",
        kind=Kind.CHAIN,
        of="source",
    ),
    Field(name="verb", words="The reporting verb, to the letter."),
    Field(name="hedges", words="A hedge, to the letter (reportedly).", many=True, short="hedge"),
    choice("explicitness", "How plainly it is said. [stated]", Explicitness),
    Field(name="as_of", words="The day that the figure holds for.", kind=Kind.DATE),
    Field(name="context", words="What completes a date without a year.", kind=Kind.DATE),
    *_SCOPE,
    reference("accused", "party", "The party that is blamed."),
    choice("range_basis", "What the ends of a range are the ends of.", RangeBasis),
    yes_no("counted_by_coder", "Whether the coder counted what the passage lists."),
    Field(
        name="inferred",
        words="What the words do not give, as PART=BASIS.",
        kind=Kind.PAIRS,
        many=True,
    ),
    Field(name="calendar", words="The calendar, where dates are not Gregorian."),
    Field(name="locale", words="How digits are written. [the document's]", kind=Kind.LANGUAGE),
    Field(name="prefix", words="The words just before the quote, to single it out."),
    Field(name="suffix", words="The words just after the quote, to single it out."),
    Field(name="at", words="Which of several places of the quote, from 1.", kind=Kind.NUMBER),
    yes_no("unplaced", "Keep the quote although it does not stand in the archived text."),
    choice("part", "The part of the document. [body]", Part),
    Field(
        name="locators",
        words="Where, as page=12 or line=3.",
        kind=Kind.PAIRS,
        many=True,
        short="locator",
    ),
    Field(name="language", words="The language of the quote.", kind=Kind.LANGUAGE),
    Field(name="translations", words="Translations of the quote.", kind=Kind.DATA, many=True),
    Field(name="also_in", words="Further words of the document that say it.", many=True),
    choice("anchor", "What the quote is fixed to. [text]", Anchor),
    Field(name="transcript_method", words="How a picture or a recording was transcribed."),
    Field(name="ocr_confidence", words="From 0 to 1.", kind=Kind.NUMBER),
    _SENSITIVITY,
    Field(name="exposure_basis", words="What allows a witness or a victim to be shown."),
    grade(Scheme.CONFIDENCE),
    grade(Scheme.CREDIBILITY),
    grade(Scheme.VERIFICATION),
    grade(Scheme.LIKELIHOOD),
    _NOTE,
)

_ASSESSMENT = (
    reference("claim", "claim", "The claim that is judged."),
    reference("source", "source", "The source that is judged."),
    *(grade(scheme) for scheme in Scheme),
    Field(name="reason", words="Why; never left out.", required=True),
)

_CROSS_CHECK = (
    Field(name="text", words="What was noticed.", required=True),
    Field(name="reason", words="Why it matters.", required=True),
    reference("topic", "topic", "Its topic. [that of its first question]"),
    references("questions", "question", "A question that it is about.", "question"),
    references("claims", "claim", "A claim that it is about.", "claim"),
)

_INQUIRY = (
    _KEY,
    Field(name="looked_for", words="What was looked for.", required=True),
    Field(
        name="looked_in",
        words="Where: an archive, a database, a website, a run of a newspaper, interviews.",
        required=True,
    ),
    Field(name="looked_by", words="Who looked. [whoever enters it]"),
    Field(name="looked_on", words="When, a day or a period.", kind=Kind.DATE),
    Field(name="words", words="A term that was searched for.", many=True, short="word"),
    reference("question", "question", "The question that it is about."),
    reference("topic", "topic", "The topic that it is about. [that of the question]"),
    reference("source", "source", "A source that was asked or consulted."),
    reference("document", "document", "A document that was consulted."),
    choice("outcome", "What came of it. [nothing]", InquiryOutcome),
    references("claims", "claim", "A claim of could_not_confirm that rests on it.", "claim"),
    _NOTE,
    _SENSITIVITY,
)

_TERM = (
    _KEY,
    _LABEL,
    Field(name="scheme", words="The list that it belongs to (measure, population, cause …)."),
    reference("broader", "term", "The term that includes it."),
    _ALIASES,
)

_PLACE = (
    _KEY,
    _NAME,
    Field(
        name="names",
        words="Another name, as LANGUAGE=NAME.",
        kind=Kind.NAMES,
        many=True,
        short="alias",
    ),
    Field(name="gazetteer", words="Its id in a gazetteer, as geonames:587084."),
    Field(name="latitude", words="Degrees north, WGS 84.", kind=Kind.NUMBER),
    Field(name="longitude", words="Degrees east, WGS 84.", kind=Kind.NUMBER),
    Field(name="uncertainty", words="Metres around the point.", kind=Kind.NUMBER),
    reference("part_of", "place", "The place that holds it."),
)

_PARTY = (_KEY, _NAME)

_RELATION = (
    choice("kind", "How the first depends on the second.", Dependence, required=True),
    references("sources", "source", "Two sources, the dependent one first.", "source"),
    references("documents", "document", "Two documents, the dependent one first.", "document"),
    reference("topic", "topic", "Only on this topic."),
    Field(name="basis", words="What it rests on.", required=True),
)

_OPPOSITION = (
    references("between", "party", "Two parties.", "between", required=True),
    reference("topic", "topic", "Only on this topic."),
    Field(name="during", words="Only in this period.", kind=Kind.DATE),
)

_TERM_RELATION = (
    references("between", "term", "Two terms.", "between", required=True),
    choice("link", "Whether both can be true.", TermLink, required=True),
    Field(name="reason", words="Why.", required=True),
)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "topic": _TOPIC,
    "question": _QUESTION,
    "source": _SOURCE,
    "document": _DOCUMENT,
    "claim": _CLAIM,
    "assessment": _ASSESSMENT,
    "cross_check": _CROSS_CHECK,
    "inquiry": _INQUIRY,
    "term": _TERM,
    "place": _PLACE,
    "party": _PARTY,
    "source_relation": _RELATION,
    "opposition": _OPPOSITION,
    "term_relation": _TERM_RELATION,
}
"""The fields of each entity that is typed in, in the order in which a person would give them."""
