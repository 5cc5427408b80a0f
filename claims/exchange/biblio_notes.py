"""Variables of CSL in notes: ``event-place: Geneva`` on a line, where a format has no field for it.

Reference managers write and read them so in their field *Extra*; see the documentation of Zotero,
"Citing fields from Extra" (zotero.org/support/kb/item_types_and_fields).
"""

from __future__ import annotations

import re

from claims.analysis.csl_dates import csl_date
from claims.exchange.biblio_fields import NOTES, ItemMaker
from claims.exchange.biblio_item import RawField
from claims.exchange.biblio_names import tagged_name, to_tagged
from claims.exchange.biblio_tables import csl_words, variables
from claims.exchange.biblio_write import Written, names_of, text_of_value

_LINE = re.compile(r"([A-Za-z_-]+): (.+)")
_PEOPLE = " || "


def noted(maker: ItemMaker, one: RawField) -> None:
    """Take a note in: lines that name a variable of CSL give it, the others are the note."""
    rest = []
    for line in maker.reads.words(one).split("\n"):
        found = _LINE.fullmatch(line.strip())
        variable = variables().get(found[1].lower()) if found else None
        if found and variable and variable not in maker.csl:
            maker.csl[variable] = _value(variable, found[2])
        else:
            rest.append(line)
    text = NOTES.join(rest).strip()
    if text:
        maker.take(RawField(one.name, text, one.line))


def _value(variable: str, text: str) -> object:
    if variable in csl_words("names"):
        return [dict(tagged_name(name)) for name in text.split(_PEOPLE)]
    return csl_date(text) if variable in csl_words("dates") else text


def written_note(one: Written) -> str:
    """A variable as a line of a note."""
    if one.variable in csl_words("names"):
        text = _PEOPLE.join(map(to_tagged, names_of(one.value)))
    else:
        text = " ".join(text_of_value(one.variable, one.value).split())
    return f"{one.variable}: {text}"
