"""A thermometer for tellings: figures that say how varied a text is, and where its words come from.

They are reported and never aimed at. Distinct-2, self-BLEU and the moving type-token ratio are as
usual in the literature on generated text (Li et al. 2016; Zhu et al. 2018; Covington and McFall
2010).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from affray.tell.english import NUMBERS
from affray.tell.plan import ORIGINS
from affray.tell.wording import tokens

_WINDOW = 100  # words of a moving type-token ratio
_PAIRS = 60  # sentences that each is held against, for self-BLEU
_PLAIN = frozenset((
    "a", "an", "the", "and", "or", "of", "to", "in", "on", "at", "by", "for", "from", "with", "he",
    "she", "him", "her", "his", "it", "its", "they", "them", "their", "was", "were", "had", "have",
    "be", "been", "is", "did", "do", "not", "no", "that", "this", "there", "then", "when", "while",
    "until", "as", "so", "but", "who", "what", "if", "up", "out", "into", "one", "some", "any",
))  # fmt: skip
"""Words that carry no content of their own."""


@dataclass(frozen=True)
class Measures:
    """Figures of one text. ``length``, ``spread``: words a sentence, mean and standard deviation.
    ``distinct``: share of pairs of words that differ. ``echo``: self-BLEU-4. ``types``: moving
    type-token ratio over 100 words. ``opens``: share of sentences that open with he or she.
    """

    sentences: int
    length: float
    spread: float
    distinct: float
    echo: float
    types: float
    opens: float

    def row(self) -> list[str]:
        """The figures as a row of a table."""
        return [
            f"{self.sentences}",
            f"{self.length:.1f}",
            f"{self.spread:.1f}",
            f"{self.distinct:.2f}",
            f"{self.echo:.2f}",
            f"{self.types:.2f}",
            f"{self.opens:.0%}",
        ]


def sentences_of(text: str) -> list[list[str]]:
    """The words of each sentence of a text."""
    plain = text.replace("* * *", " ").replace("_", "")
    found = (tokens(part) for part in re.split(r"[.!?]+[”’]?\s+|\n\n+", plain))
    return [words for words in found if words]


def measured(text: str) -> Measures:
    """The figures of a text."""
    sentences = sentences_of(text)
    words = [word for sentence in sentences for word in sentence]
    lengths = [len(sentence) for sentence in sentences]
    mean = sum(lengths) / max(len(lengths), 1)
    spread = math.sqrt(sum((n - mean) ** 2 for n in lengths) / max(len(lengths), 1))
    pairs = list(pairwise(words))
    return Measures(
        len(sentences),
        mean,
        spread,
        len(set(pairs)) / max(len(pairs), 1),
        _self_bleu(sentences),
        _moving_types(words),
        sum(one[0] in ("he", "she") for one in sentences) / max(len(sentences), 1),
    )


def _moving_types(words: Sequence[str]) -> float:
    if len(words) < _WINDOW:
        return len(set(words)) / max(len(words), 1)
    spans = range(len(words) - _WINDOW + 1)
    return sum(len(set(words[k : k + _WINDOW])) for k in spans) / (_WINDOW * len(spans))


def _self_bleu(sentences: Sequence[Sequence[str]]) -> float:
    """Mean BLEU-4 of each sentence against the others near it."""
    scores = []
    for place, sentence in enumerate(sentences):
        others = [*sentences[max(place - _PAIRS, 0) : place], *sentences[place + 1 :][:_PAIRS]]
        if len(sentence) >= 4 and others:
            scores.append(_bleu(sentence, others))
    return sum(scores) / max(len(scores), 1)


def _bleu(sentence: Sequence[str], others: Sequence[Sequence[str]]) -> float:
    logs = 0.0
    for size in range(1, 5):
        own = Counter(tuple(sentence[k : k + size]) for k in range(len(sentence) - size + 1))
        most: Counter[tuple[str, ...]] = Counter()
        for other in others:
            most |= Counter(tuple(other[k : k + size]) for k in range(len(other) - size + 1))
        hits = sum(min(count, most[gram]) for gram, count in own.items())
        logs += math.log(max(hits, 0.1) / sum(own.values()))
    return math.exp(logs / 4.0)


def sources(telling: Mapping[str, Any]) -> dict[str, float]:
    """Where the content words of a telling (``output.as_data``) come from, as shares of all of
    them, by ``plan.ORIGINS``. What happened in this run is in ``testimony`` and ``licensed``.
    """
    counts: Counter[str] = Counter()
    for sentence in _sentences(telling):
        for joint in (sentence["opening"], *sentence["joints"]):
            counts["figure"] += len(_content(joint))
        for clause in sentence["clauses"]:
            for origin, text in clause["origins"]:
                counts[origin] += len(_content(text))
    total = max(sum(counts.values()), 1)
    return {name: counts[name] / total for name in ORIGINS}


def happened(telling: Mapping[str, Any]) -> float:
    """The share of a telling's content words that trace to what happened in this run."""
    shares = sources(telling)
    return shares["testimony"] + shares["licensed"]


def repeated(
    tellings: Sequence[tuple[Mapping[str, Any], Collection[str]]], *, least: int = 6, most: int = 2
) -> dict[str, int]:
    """Sentences of ``least`` words or more that stand in more than ``most`` tellings, each with in
    how many, names and numbers masked. ``tellings``: each (``output.as_data``) with all names that
    anybody in it has.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for place, (telling, names) in enumerate(tellings):
        known = {word for name in names for word in tokens(name)} | NUMBERS
        for sentence in _sentences(telling):
            words = [
                "#" if word.removesuffix("’s") in known else word
                for word in tokens(sentence["text"])
            ]
            if len(words) >= least:
                found[" ".join(words)].add(place)
    return {text: len(places) for text, places in found.items() if len(places) > most}


def _sentences(telling: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for scene in telling["scenes"]:
        for paragraph in scene["paragraphs"]:
            yield from paragraph


def _content(text: str) -> list[str]:
    return [word for word in tokens(text) if word not in _PLAIN]
