"""Who cites whom in words, and as rows of data."""

from __future__ import annotations

from collections.abc import Iterator

from claims.analysis.wording import listed, plural
from claims.report.dependences import Dependency
from claims.report.plot_citations import Citation, Citations
from claims.report.plot_letters import clipped
from claims.report.shape import Voice

COLUMNS = (
    *("citing", "cited", "claims", "number_of_claims", "verbs"),
    *("cited_document_held", "relation", "basis"),
)
"""A ``relation`` is ``cites``, as the claims tell, or what somebody recorded on some ``basis``."""

_TOLD = 12
_LONGEST = 90


def words(found: Citations) -> str:
    """The whole graph in one sentence."""
    told = [
        f"{name(found.voices[link.outer])} cites {name(found.voices[link.inner])}"
        f" in {plural(len(link.claims), 'claim')}"
        for link in found.links
    ]
    rest = len(told) - _TOLD
    told = [*told[:_TOLD], *([f"and {plural(rest, 'further citation')} in the data"] * (rest > 0))]
    told += [f"as recorded, {_sentence(one, found)}" for one in found.recorded][:_TOLD]
    told += [f"counted as one origin: {names}" for names in _joined(found)][:_TOLD]
    return "; ".join(told) + "."


def rows(found: Citations) -> Iterator[tuple[str, ...]]:
    """Every citation, then every recorded relation."""
    yield from (_cited(link, found) for link in found.links)
    yield from (_recorded(one, found) for one in found.recorded)


def name(voice: Voice) -> str:
    """The name, with a remark where the text names nobody."""
    return clipped(voice.name if voice.named else f"{voice.name} [unnamed]", _LONGEST)


def _sentence(one: Dependency, found: Citations) -> str:
    a, b = _ends(one, found)
    return f"{a} {one.words} {b}"


def _ends(one: Dependency, found: Citations) -> tuple[str, str]:
    a, b = found.voices[one.a].name, found.voices[one.b].name
    if one.titles is None:
        return a, b
    return f"{a}: {one.titles[0]}", f"{b}: {one.titles[1]}"


def _joined(found: Citations) -> Iterator[str]:
    heads = dict.fromkeys(found.clusters.get(voice, voice) for voice in found.voices)
    for cluster in (found.cluster(head) for head in heads):
        if len(cluster) > 1:
            yield listed(name(found.voices[voice]) for voice in cluster)


def _cited(link: Citation, found: Citations) -> tuple[str, ...]:
    return (
        found.voices[link.outer].name,
        found.voices[link.inner].name,
        ", ".join(claim.tag for claim in link.claims),
        str(len(link.claims)),
        "; ".join(link.verbs),
        _held(link.inner in found.held),
        "cites",
        "",
    )


def _recorded(one: Dependency, found: Citations) -> tuple[str, ...]:
    return (*_ends(one, found), "", "", "", _held(one.b in found.held), one.words, one.basis)


def _held(true: bool) -> str:  # noqa: FBT001 (the one thing it words)
    return "yes" if true else "no"
