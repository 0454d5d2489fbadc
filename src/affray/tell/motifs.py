"""Motifs: words of a world that come back through a telling, and the ledger of where they did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from affray.tell.wording import tokens

RESTS = 20  # sentences after which a motif may well come back


@dataclass
class Ledger:
    """Where each motif was used, by number of the sentence. ``words``: those that sound it."""

    words: Mapping[str, Sequence[str]]
    uses: dict[str, list[int]] = field(default_factory=dict)

    def __copy__(self) -> Ledger:
        """The same, as it is now."""
        return Ledger(self.words, {name: list(used) for name, used in self.uses.items()})

    def sounded(self, text: str) -> list[str]:
        """The motifs that a text sounds."""
        said = set(tokens(text))
        return [name for name, words in self.words.items() if said & set(words)]

    def take(self, text: str, sentence: int) -> None:
        """Note the motifs of a sentence."""
        for name in self.sounded(text):
            self.uses.setdefault(name, []).append(sentence)

    def calls_for(self, text: str, sentence: int) -> float:
        """How much a text is wanted for its motifs: 1 for each that has rested long enough since it
        was last sounded, -1 for each that has just been.
        """
        wanted = 0.0
        for name in self.sounded(text):
            used = self.uses.get(name)
            if used is not None:
                wanted += 1.0 if sentence - used[-1] >= RESTS else -1.0
        return wanted

    def returned(self) -> dict[str, list[int]]:
        """The motifs that came back: those that were used twice or more."""
        return {name: used for name, used in self.uses.items() if len(used) > 1}
