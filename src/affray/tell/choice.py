"""Which move suits best: each that the figures offer is put to words, and weighed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

from affray.tell.breath import in_one_breath
from affray.tell.figures import Move, View, hedge_for
from affray.tell.mentions import Mentions
from affray.tell.pace import is_long, wanted_words
from affray.tell.plan import Sentence
from affray.tell.returns import RETURNS
from affray.tell.say import Speaker
from affray.tell.speech import FIGURES
from affray.tell.threads import Threads

_FIGURE_COOL = (0, 6, 12, 30)  # sentences until a figure may come back, by how marked it is
_WHO_IT_IS = 4.0  # what speaks for saying who somebody is when he is first told of
_IN_THE_WAY = 4.0  # and against what would stand between what comes of somebody and one's thought
_ONCE_MORE = 1.5  # what speaks for telling a thing as one that was told before
_OF_A_PRESS = 1.5  # what speaks for telling several of a kind at once
_PLAIN_AGAIN = 1.5  # what speaks against one plain clause after another
_GROWN = 3  # of the moves that suit best so many are tried as part of a longer sentence


class Choice:
    """Chooses among moves, for one ``speaker`` who follows some ``threads``."""

    def __init__(self, speaker: Speaker, threads: Threads) -> None:
        self._speaker = speaker
        self._threads = threads

    def best(self, view: View, mentions: Mentions) -> tuple[Move, list[Sentence], Mentions] | None:
        """The move that suits best here, in words, and who is spoken of after it. Where a long
        sentence is due, those that suit best are tried as parts of one.
        """
        voice = self._speaker.voice
        words = wanted_words(view.here, voice, self._speaker.history.lengths)
        found = self._put_to_words((move for make in FIGURES for move in make(view)),
                                   mentions, words)  # fmt: skip
        grown = found
        while grown and is_long(words, voice):
            longer = (move for one in nsmallest(_GROWN, grown, key=_costs)
                      for move in in_one_breath(view, one.move))  # fmt: skip
            grown = self._put_to_words(longer, mentions, words)
            found += grown
        best = min(found, key=_costs, default=None)
        return None if best is None else (best.move, best.sentences, best.after)

    def _put_to_words(
        self, moves: Iterable[Move], mentions: Mentions, words: float
    ) -> list[_Tried]:
        """Those of some moves for which there are words, in sentences of so many."""
        found = []
        for move in moves:
            if self._is_worn(move):
                continue
            trial = mentions.copy()
            sentences = self.in_words(move, trial, words)
            if sentences is not None:
                cost = self._cost(move, sentences, words)
                found.append(_Tried(cost, move, sentences, trial))
        return found

    def _is_worn(self, move: Move) -> bool:
        """Whether a move of those that strike the ear most was made a short while ago."""
        history = self._speaker.history
        ago = history.sentences - history.figures.get(move.figure, -10_000)
        return move.mark == len(_FIGURE_COOL) - 1 and ago < _FIGURE_COOL[-1]

    def in_words(
        self, move: Move, mentions: Mentions, words: float | None = None
    ) -> list[Sentence] | None:
        """What a move wants, in sentences of about so many ``words``; None: there are none."""
        sentences = []
        if any(not wish.hedge and hedge_for(wish.record) and wish.frame == wish.record.pred
               for wanted in move.wanted for wish in wanted.wishes):  # fmt: skip
            return None
        for wanted in move.wanted:
            sentence = self._speaker.sentence(wanted, move.figure, mentions, words)
            if sentence is None:
                return None
            sentences.append(sentence)
        return sentences

    def _cost(self, move: Move, sentences: list[Sentence], target: float) -> float:
        """What speaks against a move, for each record that it tells."""
        history, voice = self._speaker.history, self._speaker.voice
        cost = sum(self._speaker.cost(one, target) for one in sentences) / len(sentences)
        ago = history.sentences - history.figures.get(move.figure, -10_000)
        cool = _FIGURE_COOL[move.mark]
        if ago < cool:
            cost += 2.5 * (cool - ago) / cool
        cost -= (0.3 + 0.8 * voice.joins) * (len(move.takes) - 1) + 0.3 * move.mark * (
            0.5 + voice.marked
        )
        if move.figure == "plainly" and ago == 0:
            cost += _PLAIN_AGAIN
        if move.figure.endswith(", again and again"):
            cost -= _OF_A_PRESS
        if move.figure in ("then", "later"):
            cost += 2.0
        if move.figure == "and then":
            cost += 1.0
        if move.figure == RETURNS:
            cost -= _ONCE_MORE
        if move.figure == "who it is":
            cost -= _WHO_IT_IS
        if self._threads.wait_for(move):
            cost += _IN_THE_WAY
        if move.figure == "one and another":
            cost += 0.6 - 0.8 * voice.joins
        if any(clause.asks for sentence in sentences for clause in sentence.clauses):
            cost += 0.6 - 1.0 * voice.questions
        return cost


@dataclass(frozen=True)
class _Tried:
    """A move in words: what speaks against it, and who is spoken of ``after`` it."""

    cost: float
    move: Move
    sentences: list[Sentence]
    after: Mentions


def _costs(tried: _Tried) -> float:
    return tried.cost
