"""BibTeX as it is written: entries with their fields, by line; what is broken is told, not lost.

Small damage is mended and said so: a missing comma, a missing key, a brace too many, a word that no
``@string`` defines. An entry whose braces or quotes never close is left out; the reading goes on
with the next line that begins an entry, so that one broken entry does not take others along.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.exchange.biblio_item import Findings, RawEntry, RawField
from claims.exchange.yaml_nodes import shown

_START = re.compile(r"@[ \t]*([A-Za-z][\w-]*)[ \t]*(?:\n[ \t]*)?([{(])")
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w-]*[ \t]*[{(]", re.MULTILINE)
_NAME = re.compile(r"[^\s=,{}\"#%()@']+")
_FIELD = re.compile(r"\s*([^\s=,{}\"#%()@']+)\s*=")
_KEY = re.compile(r"\s*([^,={}\"\n]*?)\s*(?=[,={}\"\n]|\Z)")
_STRAY = re.compile(r"\s*,\s*[^\s=,{}\"#%()@']+\s*=\s*[{\"\w]")
_SPACE = re.compile(r"(?:\s|(?<=\n)[ \t]*%[^\n]*)*")
_CLOSING = {"{": "}", "(": ")"}
_MONTHS = "january february march april may june july august september october november december"
_ONE_MORE = "the brace behind the last field; it was passed over"
_THERE = "one; it was read as if it stood there"
_UNCLOSED = "a closing {} before the next entry in line {}"
_SPARE = 1024 * 1024
"""Characters that ``@string`` may fill in beyond as many as the file holds."""


class _Broken(Exception):
    """An entry that cannot be read; where, what was found and what was expected."""

    def __init__(self, at: int, found: str, expected: str) -> None:
        super().__init__(found)
        self.at, self.found, self.expected = at, found, expected


@dataclass(slots=True)
class BibtexScanner:
    """The entries of a text, one after the other."""

    text: str
    findings: Findings
    strings: dict[str, str] = field(default_factory=dict)
    _lines: list[int] = field(default_factory=list)
    _limit: int = 0
    _filled: int = 0

    def entries(self) -> Iterator[RawEntry]:
        """Each entry that can be read, its fields with ``@string`` filled in and braces kept."""
        self._lines = [found.start() for found in re.finditer("\n", self.text)]
        self.strings |= {month[:3]: month.capitalize() for month in _MONTHS.split()}
        at = 0
        while found := _START.search(self.text, at):
            if self._is_comment(found.start()):
                at = found.end()
                continue
            following = _NEXT.search(self.text, found.end())
            self._limit = following.start() if following else len(self.text)
            kind = found[1].lower()
            try:
                entry, at = self._block(kind, found)
            except _Broken as broken:
                self._tell(kind, found, broken)
                at = self._limit
            else:
                if entry is not None:
                    yield entry

    def line(self, at: int) -> int:
        """The line of a place, from 1."""
        return bisect_right(self._lines, at - 1) + 1

    def _is_comment(self, at: int) -> bool:
        """Whether a percent sign stands before the place on its line, outside entries."""
        start = self.text.rfind("\n", 0, at) + 1
        return self.text[start:at].lstrip().startswith("%")

    def _tell(self, kind: str, found: re.Match[str], broken: _Broken) -> None:
        key = _KEY.match(self.text, found.end())
        name = f"@{kind} {key[1]}".strip() if key else f"@{kind}"
        place = f"line {self.line(broken.at)}: " if broken.at > found.end() else ""
        self.findings.fault(
            self.line(found.start()), name, f"{place}{broken.found}", broken.expected
        )

    def _block(self, kind: str, found: re.Match[str]) -> tuple[RawEntry | None, int]:
        if kind in {"comment", "preamble"}:
            return None, self._skipped(found)
        if kind == "string":
            return None, self._string(found)
        return self._entry(kind, found)

    def _skipped(self, found: re.Match[str]) -> int:
        """The end of a comment; one that does not close ends with its line."""
        limit, self._limit = self._limit, len(self.text)
        try:
            return self._closed(found.end() - 1)
        except _Broken:
            end = self.text.find("\n", found.end())
            return end if end >= 0 else len(self.text)
        finally:
            self._limit = limit

    def _string(self, found: re.Match[str]) -> int:
        name = _FIELD.match(self.text, found.end(), self._limit)
        if name is None:
            raise _Broken(found.end(), "no name and equals sign", 'name = "text"')
        value, at = self._value(name.end())
        self.strings[name[1].lower()] = value
        return self._end(at, _CLOSING[found[2]])

    def _end(self, at: int, closing: str) -> int:
        at = self._blank(at)
        if self.text[at : at + 1] == ",":
            at = self._blank(at + 1)
        if self.text[at : at + 1] != closing:
            raise _Broken(at, self._here(at), f"{closing!r} at the end")
        return at + 1

    def _entry(self, kind: str, found: re.Match[str]) -> tuple[RawEntry, int]:
        line, closing = self.line(found.start()), _CLOSING[found[2]]
        key, at = self._key(found, line)
        fields: list[RawField] = []
        while True:
            at = self._blank(at)
            if self.text[at : at + 1] == ",":
                at += 1
            elif self.text[at : at + 1] == closing and not self._goes_on(at, closing):
                return RawEntry(kind, key, line, tuple(fields)), at + 1
            elif self.text[at : at + 1] == closing:
                self._mend(at, key, "a closing brace and more fields behind it", _ONE_MORE)
                at += 1
            else:
                one, at = self._field(at)
                fields.append(one)
                self._comma(at, key, closing)

    def _key(self, found: re.Match[str], line: int) -> tuple[str, int]:
        """The key of an entry and the place behind it; an entry without one is mended."""
        key = _KEY.match(self.text, found.end(), self._limit)
        at = key.end() if key else found.end()
        sign = self.text[at : at + 1]
        if key and sign == "=":
            self.findings.mend(
                line, f"@{found[1]}", "no key", "a key and a comma before the fields"
            )
            return "", found.end()
        if key and sign in {"\n", "}", ")"} and key[1]:
            if sign == "\n" and _FIELD.match(self.text, at, self._limit):
                self._mend(at, key[1], "no comma behind the key")
            return key[1].strip(), at
        if not key or sign != ",":
            raise _Broken(at, self._here(at), "a key and a comma")
        if not key[1]:
            self.findings.mend(line, f"@{found[1]}", "no key", "a key before the comma")
        return key[1].strip(), at

    def _field(self, at: int) -> tuple[RawField, int]:
        name = _FIELD.match(self.text, at, self._limit)
        if name is None and at >= self._limit:
            raise self._unclosed(at, "an entry that is not closed", "}")
        if name is None:
            raise _Broken(at, self._here(at), "the name of a field and an equals sign")
        value, end = self._value(name.end())
        return RawField(name[1].lower(), value, self.line(name.start(1))), end

    def _comma(self, at: int, key: str, closing: str) -> None:
        after = self._blank(at)
        if self.text[after : after + 1] not in {",", closing} and _FIELD.match(
            self.text, after, self._limit
        ):
            self._mend(at - 1, key, "no comma behind the field")

    def _goes_on(self, at: int, closing: str) -> bool:
        """Whether fields stand behind a brace that seems to end the entry: it was one too many."""
        if closing != "}":
            return False
        found = _STRAY.match(self.text, at + 1, self._limit)
        return found is not None and "}" in self.text[found.end() : self._limit]

    def _value(self, at: int) -> tuple[str, int]:
        """A value, its pieces joined, and the place behind it."""
        pieces = []
        while True:
            piece, at = self._piece(self._blank(at))
            pieces.append(piece)
            after = self._blank(at)
            if self.text[after : after + 1] != "#":
                return "".join(pieces), at
            at = after + 1

    def _piece(self, at: int) -> tuple[str, int]:
        sign = self.text[at : at + 1]
        if sign == "{":
            end = self._closed(at)
            return self.text[at + 1 : end - 1], end
        if sign == '"':
            end = self._quoted(at)
            return self.text[at + 1 : end - 1], end
        word = _NAME.match(self.text, at, self._limit)
        if word is None:
            return "", at
        if word[0].isdecimal() or word[0].lower() in self.strings:
            return self._filled_in(self.strings.get(word[0].lower(), word[0]), at), word.end()
        told = f"{shown(word[0])} without braces, which no @string defines"
        self._mend(at, word[0], told, "braces around it; it was taken as words")
        return word[0], word.end()

    def _filled_in(self, text: str, at: int) -> str:
        """What a word stands for; some that double each other would fill the memory."""
        if self._filled + len(text) > len(self.text) + _SPARE:
            told = f"an @string of {len(text):,} letters; all that were filled in outgrow the file"
            raise _Broken(at, told, "an @string that does not grow with each use")
        self._filled += len(text)
        return text

    def _closed(self, at: int) -> int:
        """The place behind the brace that closes the one here; escaped ones do not count."""
        opening, depth = self.text[at], 0
        signs = re.compile(r"\\[{}()]|[{}()]" if opening == "(" else r"\\[{}]|[{}]")
        for found in signs.finditer(self.text, at, self._limit):
            if found[0] in {"{", "("}:
                depth += 1
            elif found[0] in {"}", ")"}:
                depth -= 1
            if depth == 0:
                return found.end()
        raise self._unclosed(at, f"a {opening!r} that is not closed", _CLOSING[opening])

    def _quoted(self, at: int) -> int:
        depth = 0
        for found in re.compile(r'\\[{}]|[{}"]').finditer(self.text, at + 1, self._limit):
            depth += (found[0] == "{") - (found[0] == "}")
            if found[0] == '"' and depth <= 0:
                return found.end()
        raise self._unclosed(at, "a quotation mark that is not closed", '"')

    def _unclosed(self, at: int, found: str, closing: str) -> _Broken:
        if self._limit == len(self.text):
            return _Broken(at, found, f"a closing {closing!r} before the end of the file")
        return _Broken(at, found, _UNCLOSED.format(repr(closing), self.line(self._next_start())))

    def _next_start(self) -> int:
        found = _START.search(self.text, self._limit)
        return found.start() if found else self._limit

    def _blank(self, at: int) -> int:
        found = _SPACE.match(self.text, at, self._limit)
        return found.end() if found else at

    def _here(self, at: int) -> str:
        if at >= self._limit:
            return "the end of the entry" if self._limit < len(self.text) else "the end of the file"
        return shown(self.text[at : at + 20].split("\n")[0])

    def _mend(self, at: int, name: str, found: str, expected: str = _THERE) -> None:
        self.findings.mend(self.line(at), name or "entry", found, expected)
