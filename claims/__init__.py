"""What do the sources say, where do they conflict, and can the citations be trusted?

The names listed in ``__all__`` are public, and only they. Each is imported when it is first
used: a program that only parses quantities never loads the database.
"""

from __future__ import annotations

__version__ = "0.1.0"

# Type checkers take this branch; the name is not taken from ``typing``, which costs start-up time.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from claims import actions as actions
    from claims.analysis.assess import Bounds as Bounds
    from claims.analysis.assess import assess_topic as assess_topic
    from claims.analysis.casefile import Casefile as Casefile
    from claims.analysis.outcomes import TopicResult as TopicResult
    from claims.analysis.quote_find import QuoteIndex as QuoteIndex
    from claims.analysis.quote_find import find_quote as find_quote
    from claims.analysis.quote_finding import QuoteFinding as QuoteFinding
    from claims.analysis.quote_finding import QuoteVerdict as QuoteVerdict
    from claims.errors import ClaimsError as ClaimsError
    from claims.errors import DocumentFaults as DocumentFaults
    from claims.errors import Fault as Fault
    from claims.errors import FetchRefused as FetchRefused
    from claims.errors import InputRefused as InputRefused
    from claims.errors import InvalidQuantity as InvalidQuantity
    from claims.errors import InvalidValue as InvalidValue
    from claims.errors import InvalidWhen as InvalidWhen
    from claims.errors import NoSuchName as NoSuchName
    from claims.errors import NotFound as NotFound
    from claims.errors import NotPermitted as NotPermitted
    from claims.errors import SchemaOutdated as SchemaOutdated
    from claims.errors import SetupError as SetupError
    from claims.errors import StaleVersion as StaleVersion
    from claims.errors import UnknownProfile as UnknownProfile
    from claims.errors import Unreachable as Unreachable
    from claims.errors import VerificationFailed as VerificationFailed
    from claims.values.duration import Duration as Duration
    from claims.values.duration import parse_duration as parse_duration
    from claims.values.identifiers import check_identifier as check_identifier
    from claims.values.profiles import profiles as profiles
    from claims.values.quantity import Quantity as Quantity
    from claims.values.quantity import parse_quantity as parse_quantity
    from claims.values.relation import relation as relation
    from claims.values.when import When as When
    from claims.values.when import parse_when as parse_when

_ROOMS = {
    "claims.analysis.assess": ("Bounds", "assess_topic"),
    "claims.analysis.casefile": ("Casefile",),
    "claims.analysis.outcomes": ("TopicResult",),
    "claims.analysis.quote_find": ("QuoteIndex", "find_quote"),
    "claims.analysis.quote_finding": ("QuoteFinding", "QuoteVerdict"),
    "claims.errors": (
        "ClaimsError",
        "DocumentFaults",
        "Fault",
        "FetchRefused",
        "InputRefused",
        "InvalidQuantity",
        "InvalidValue",
        "InvalidWhen",
        "NoSuchName",
        "NotFound",
        "NotPermitted",
        "SchemaOutdated",
        "SetupError",
        "StaleVersion",
        "UnknownProfile",
        "Unreachable",
        "VerificationFailed",
    ),
    "claims.values.duration": ("Duration", "parse_duration"),
    "claims.values.identifiers": ("check_identifier",),
    "claims.values.profiles": ("profiles",),
    "claims.values.quantity": ("Quantity", "parse_quantity"),
    "claims.values.relation": ("relation",),
    "claims.values.when": ("When", "parse_when"),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Bounds",
    "Casefile",
    "ClaimsError",
    "DocumentFaults",
    "Duration",
    "Fault",
    "FetchRefused",
    "InputRefused",
    "InvalidQuantity",
    "InvalidValue",
    "InvalidWhen",
    "NoSuchName",
    "NotFound",
    "NotPermitted",
    "Quantity",
    "QuoteFinding",
    "QuoteIndex",
    "QuoteVerdict",
    "SchemaOutdated",
    "SetupError",
    "StaleVersion",
    "TopicResult",
    "UnknownProfile",
    "Unreachable",
    "VerificationFailed",
    "When",
    "__version__",
    "actions",
    "assess_topic",
    "check_identifier",
    "find_quote",
    "parse_duration",
    "parse_quantity",
    "parse_when",
    "profiles",
    "relation",
]


if not TYPE_CHECKING:  # or they would take any name for a public one

    def __getattr__(name: str) -> object:
        """Import a public name when it is first asked for, and keep it."""
        import importlib  # noqa: PLC0415 -- only a program that asks for a name pays for it

        if name == "actions":
            return importlib.import_module("claims.actions")
        if name not in _HOMES:
            message = f"module 'claims' has no attribute {name!r}"
            raise AttributeError(message)
        value = getattr(importlib.import_module(_HOMES[name]), name)
        globals()[name] = value
        return value


del TYPE_CHECKING


def __dir__() -> list[str]:
    """The public names, imported or not."""
    return sorted({*__all__, *globals()})
