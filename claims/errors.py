"""Every error a user of claims can meet.

    ClaimsError
    ├── InputRefused             exit 3   what was given cannot be read or stored
    │   ├── InvalidQuantity               words that are not a quantity we can read
    │   ├── InvalidWhen                   words that are not a date we can read
    │   ├── InvalidValue                  any other value that cannot be read
    │   ├── UnknownProfile                a vagueness profile that does not exist
    │   ├── FetchRefused                  an address that is not fetched, or gave nothing to keep
    │   │   ├── NoSuchName                no computer has the name in it
    │   │   └── Unreachable               no whole answer came; perhaps later
    │   └── DocumentFaults                all faults of one or several files, together
    ├── StaleVersion             exit 4   somebody changed the record in the meantime
    ├── VerificationFailed       exit 5   the change log or the archive does not add up
    ├── NotFound                 exit 6   no such topic, question, source …
    ├── NotPermitted             exit 7   the actor may not do this
    └── SetupError               exit 2   the database or its settings need attention first
        └── SchemaOutdated                the database was written by another version

Messages are one sentence that names what was found, what was expected and how to mend it.
"""

from dataclasses import dataclass


class ClaimsError(Exception):
    """Base of every error that is meant for a user's eyes."""

    exit_code = 2


class InputRefused(ClaimsError):
    """What was given cannot be read or stored; nothing was written."""

    exit_code = 3


class InvalidValue(InputRefused, ValueError):
    """Words that cannot be read as a value of the kind asked for."""


class InvalidQuantity(InvalidValue):
    """Words that cannot be read as a quantity; the message quotes them and says why."""


class InvalidWhen(InvalidValue):
    """Words that cannot be read as a date, a period or a time."""


class UnknownProfile(InputRefused, LookupError):
    """A vagueness profile, language or locale of which no table is held."""


class FetchRefused(InputRefused):
    """A web address that is not fetched, or whose answer cannot be kept."""


class NoSuchName(FetchRefused):
    """The name in a web address is not known in the network."""


class Unreachable(FetchRefused):
    """No whole answer came from a web address: it may come at another time."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of one document.

    ``line`` and ``column`` count from 1; 0 where the fault has no single place.
    ``field`` is the path to the value (``documents.article.passages[3].quote``).
    """

    file: str
    line: int
    column: int
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        """The fault on one line, in the form editors jump to (``file:line:column``)."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        line = f"{place}: {self.field}: found {self.found}; expected {self.expected}"
        return "".join(letter if letter.isprintable() else _shown(letter) for letter in line)


def _shown(letter: str) -> str:
    """A control character as Python writes it, so that a message stays on its line."""
    return repr(letter)[1:-1]


class DocumentFaults(InputRefused):
    """All faults of the documents read in one run, in the order of the files."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep every fault; the message lists them one a line."""
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class StaleVersion(ClaimsError):
    """The record was changed by somebody else since it was read."""

    exit_code = 4


class VerificationFailed(ClaimsError):
    """Something was altered beneath the program."""

    exit_code = 5


class NotFound(ClaimsError, LookupError):
    """Nothing of that name or id is held."""

    exit_code = 6


class NotPermitted(ClaimsError):
    """The actor's role or clearance does not allow this."""

    exit_code = 7


class SetupError(ClaimsError):
    """The database, its address or the settings need attention before anything can be done."""


class SchemaOutdated(SetupError):
    """The database's schema is not the one this version reads; the message names the command."""
