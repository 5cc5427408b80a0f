"""Names of people and bodies: as BibTeX, RIS and EndNote write them, and as CSL does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claims.exchange.biblio_latex import text_of, to_latex

OTHERS = "others"
"""What stands last in a list of names that goes on; CSL has no word for it."""

Name = Mapping[str, str]

_TOKEN = re.compile(r"\\.|[{}]|,|[\s~]+|[^\\{},\s~]+", re.DOTALL)
_EXTENDED = re.compile(r"\s*\"?(family|given|prefix|suffix|useprefix)(?:-i)?\s*=", re.IGNORECASE)
_ET_AL = {"others", "et al", "et al.", "and others"}
_SUFFIX = re.compile(r"(?:jr|sr|ph\.?d|m\.?d|esq)\.?|[ivx]{2,4}", re.IGNORECASE)
_FULL = 3


def bibtex_names(text: str) -> list[Name]:
    """The names of a field of BibTeX, parted by ``and``; what is in braces is one name.

    A name is ``First von Last``, ``von Last, First`` or ``von Last, Jr, First``, or has its parts
    named as BibLaTeX does (``family=…, given=…``). A name of one word stands as it is.
    """
    return [_bibtex_name(one) for one in _parted(text) if one.strip()]


def _parted(text: str) -> Iterator[str]:
    """The names between the words ``and`` that stand outside braces."""
    depth, words, pieces = 0, list[str](), _TOKEN.findall(text)
    for place, piece in enumerate(pieces):
        depth += (piece == "{") - (piece == "}")
        around = pieces[place - 1 : place + 2 : 2] if place else []
        between = len(around) == len("ab") and all(not one.strip(" \n\t~") for one in around)
        if depth == 0 and piece.lower() == "and" and between:
            yield "".join(words)
            words = []
        else:
            words.append(piece)
    yield "".join(words)


def _bibtex_name(text: str) -> Name:
    bare = text.strip()
    if bare.lower() in _ET_AL:
        return {"literal": OTHERS}
    if _EXTENDED.match(bare):
        return _extended(bare)
    parts = [_words(part) for part in _split(bare, ",")]
    if len(parts) == 1:
        return _first_last(parts[0])
    von, last = _von_last(parts[0])
    given, suffix = (parts[-1], parts[1]) if len(parts) >= _FULL else (parts[1], [])
    return _named(von, last, given, suffix)


def _extended(text: str) -> Name:
    told = (part.strip().strip('"').partition("=") for part in _split(text, ","))
    found = {name.strip().lower(): text_of(value.strip()) for name, _, value in told}
    wanted = {"family": "family", "given": "given", "prefix": "non-dropping-particle"}
    wanted["suffix"] = "suffix"
    return {name: found[part] for part, name in wanted.items() if found.get(part)}


def _split(text: str, mark: str) -> list[str]:
    """The parts of a text between the marks that stand outside braces."""
    depth, parts = 0, [""]
    for piece in _TOKEN.findall(text):
        depth += (piece == "{") - (piece == "}")
        if piece == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _words(text: str) -> list[str]:
    """The words of a part of a name, as TeX has them; what is in braces is one word."""
    depth, words = 0, [""]
    for piece in _TOKEN.findall(text):
        depth += (piece == "{") - (piece == "}")
        if depth == 0 and not piece.strip(" \n\t\r~"):
            words.append("")
        else:
            words[-1] += piece
    return [word for word in words if word]


def _first_last(words: Sequence[str]) -> Name:
    """``First von Last``: the last word is the family's, and so are those after a small one."""
    if len(words) <= 1:
        return {"literal": text_of(" ".join(words))}
    small = [place for place, word in enumerate(words[:-1]) if _is_small(word)]
    if not small:
        return _named([], words[-1:], words[:-1], [])
    return _named(words[small[0] : small[-1] + 1], words[small[-1] + 1 :], words[: small[0]], [])


def _von_last(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    small = [place for place, word in enumerate(words[:-1]) if _is_small(word)]
    cut = small[-1] + 1 if small and _is_small(words[0]) else 0
    return words[:cut], words[cut:]


def _is_small(word: str) -> bool:
    """Whether a word begins with a small letter; what is in braces has no size."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letters = [letter for letter in text_of(word) if letter.isalpha()]
    return bool(letters) and letters[0].islower()


def _named(
    von: Sequence[str], last: Sequence[str], given: Sequence[str], suffix: Sequence[str]
) -> Name:
    parts = {"family": last, "given": given, "non-dropping-particle": von, "suffix": suffix}
    told = {name: text_of(" ".join(words)) for name, words in parts.items()}
    found = {name: words for name, words in told.items() if words}
    return found if "family" in found else {"literal": " ".join(found.values())}


def to_bibtex(names: Iterable[Name]) -> str:
    """Names of CSL as a field of BibTeX."""
    return " and ".join(filter(None, map(_to_bibtex, names)))


def _to_bibtex(name: Name) -> str:
    if name.get("literal") == OTHERS:
        return OTHERS
    if not name.get("family"):
        whole = name.get("literal") or name.get("given") or ""
        return f"{{{to_latex(whole)}}}" if whole else ""
    family = _kept_together(name["family"])
    von = " ".join(filter(None, (name.get("dropping-particle"), name.get("non-dropping-particle"))))
    if von and not von[0].islower():
        return _to_extended({**name, "prefix": von})
    last = f"{to_latex(von)} {family}".strip()
    rest = [_guarded(name[part]) for part in ("suffix", "given") if name.get(part)]
    if name.get("suffix") and not name.get("given"):
        rest.append("")
    return ", ".join([last, *rest]) if rest else f"{last}, "


def _to_extended(name: Name) -> str:
    """A name by its named parts, which BibLaTeX reads: for particles with a capital letter."""
    parts = ("family", "given", "prefix", "suffix")
    return ", ".join(f"{part}={{{to_latex(name[part])}}}" for part in parts if name.get(part))


def _kept_together(family: str) -> str:
    """A family name whose words would be read as something else goes in braces."""
    words = family.split()
    risky = any(word[:1].islower() for word in words) or "," in family or " and " in f" {family} "
    return f"{{{to_latex(family)}}}" if risky else to_latex(family)


def _guarded(text: str) -> str:
    risky = "," in text or " and " in f" {text.lower()} "
    return f"{{{to_latex(text)}}}" if risky else to_latex(text)


def tagged_name(text: str) -> Name:
    """A name of RIS or EndNote: ``Family, Given, Suffix``, or a body where there is no comma."""
    bare = " ".join(text.split())
    if bare.lower() in _ET_AL:
        return {"literal": OTHERS}
    parts = [part.strip() for part in bare.split(",")]
    if len(parts) == 1 or not parts[0] or not any(parts[1:]):
        return {"literal": bare.rstrip(", ")}
    given, suffix = parts[1], ", ".join(filter(None, parts[2:]))
    if len(parts) == _FULL and _SUFFIX.fullmatch(parts[1]) and not _SUFFIX.fullmatch(suffix):
        given, suffix = suffix, given
    von, last = _von_last(parts[0].split())
    told = {"family": " ".join(last), "given": given, "suffix": suffix}
    told["non-dropping-particle"] = " ".join(von)
    return {name: part for name, part in told.items() if part}


def to_tagged(name: Name) -> str:
    """A name of CSL as RIS and EndNote write it; a body has no comma."""
    if not name.get("family"):
        return (name.get("literal") or name.get("given") or "").replace(",", "")
    particles = ("dropping-particle", "non-dropping-particle", "family")
    family = " ".join(name[part] for part in particles if name.get(part))
    rest = [name.get("given", ""), name.get("suffix", "")]
    return ", ".join([family, *rest]).rstrip(", ")
