"""Large questions to measure with: every row of the phrase table, many voices, some copying."""

from __future__ import annotations

import random
from functools import cache
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.records import Claim, ClaimValue, Document, Question, Source, Speaker, Topic
from claims.analysis.vocabulary import Stance, Tier, ValueKind
from claims.values.profiles import profile_rows
from claims.values.quantity import parse_quantity
from tests.analysis.world import name

TEMPLATES = (
    *("{n}", "at least {n}", "more than {n}", "at most {n}", "fewer than {n}", "up to {n}"),
    *("{n} to {m}", "{n} or {m}", "nearly {n}", "about {n}", "{n} civilians", "{n} families"),
    *(
        "a handful",
        "some civilians",
        "a few",
        "several",
        "tens",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "many",
        "none",
    ),
    *("at least several dozen", "a two-digit number", "a few hundred", "two and a half dozen"),
)
STANCES = (*(Stance.ASSERTS,) * 12, *(Stance.REPORTS,) * 4, Stance.DENIES, Stance.DOUBTS)


@cache
def expression(said: str) -> str:
    """What is stored for the words."""
    return parse_quantity(said).expression


def casefile(claims: int, *, questions: int = 1, seed: int = 1) -> Casefile:
    """A topic of so many claims spread over so many questions."""
    assert profile_rows("default@1")
    rng = random.Random(seed)
    topic = Topic(id=name("topic", "bench"), label="bench")
    sources = {
        s.id: s
        for i in range(min(1000, claims + 5))
        for s in [Source(id=name("source", str(i)), name=f"source {i}", named=i % 50 != 0)]
    }
    voices = list(sources)
    documents = {
        d.id: d
        for i in range(min(5000, claims + 5))
        for d in [
            Document(
                id=name("document", str(i)),
                csl={"type": "report", "title": f"document {i}"},
                voice=voices[-1 - i % (4 * len(voices) // 5)],
                tier=Tier.SECONDARY,
                language="en",
            )
        ]
    }
    asked = tuple(
        Question(
            id=name("question", str(i)),
            key=f"Q{i}",
            topic=topic.id,
            text=f"How many, {i}?",
            value_kind=ValueKind.COUNT,
            unit="people",
        )
        for i in range(questions)
    )
    shelf = list(documents.values())
    made = tuple(
        claim(i, asked[i % questions], rng.choice(shelf), voices, rng) for i in range(claims)
    )
    return Casefile(topic=topic, questions=asked, claims=made, sources=sources, documents=documents)


def claim(
    number: int, question: Question, document: Document, voices: list[UUID], rng: random.Random
) -> Claim:
    """One claim of a random voice, in random words."""
    low = round(rng.lognormvariate(4, 1.5)) + 1
    words = rng.choice(TEMPLATES).format(n=low, m=low + rng.randint(1, 3 * low))
    chain = [Speaker(source=document.voice)]
    if rng.random() < 0.5:
        cited = voices[: max(1, len(voices) // 5)]  # a fifth of the voices is what others cite
        chain.append(Speaker(source=rng.choice(cited)))
    return Claim(
        id=name("claim", str(number)),
        document=document.id,
        passages=(name("passage", str(number)),),
        question=question.id,
        stance=rng.choice(STANCES),
        speakers=tuple(chain),
        value=ClaimValue(said=words, expression=expression(words)),
    )
