"""What speaks for and against words in a mind's mouth: that they wore out, that it likes them."""

from __future__ import annotations

import re
from zlib import crc32

from affray.record.testimony import Record
from affray.tell.mentions import Mentions
from affray.tell.plan import Clause
from affray.tell.refer import Referring
from affray.tell.trees import Tree
from affray.tell.vocabulary import STRIKING
from affray.tell.voice import History, Voice

_COOL = (6, 12, 40, 120)  # sentences until a tree may come back, by how marked it is
_WORN = 4  # words of its own by which one is heard to have been used before
_AGAIN = 5.0  # what each earlier use of such a tree of all worlds' speaks against it
_AGAIN_HERE = 2.0  # and of one of a world's own
_TASTE = 3.0  # by how much one mind prefers some of its world's words to others, at most
_LIKENS = 1.4  # what speaks for or against words that liken, by voice
_TOO_LONG = 0.12  # what each word by which a clause misses its room speaks against it
_A_CLAUSE_MORE = 2  # words that a clause may have more than the voice's sentence
_WITHHELD = 2.5  # what speaks against words that keep back a name
_BY_LUCK = 0.6  # and for or against any, by luck
_SOMEBODY = re.compile(r"\b(?:somebody|someone|a voice|a man|a woman)\b")


class Taste:
    """The taste of one mind. ``luck``: of its testimony. ``history``: of the whole telling."""

    def __init__(self, voice: Voice, luck: int, history: History, refer: Referring) -> None:
        self._voice = voice
        self._luck = luck
        self._history = history
        self._refer = refer

    @property
    def usual(self) -> float:
        """How many words a clause usually has, where nothing asks for more or fewer."""
        return self._voice.length + _A_CLAUSE_MORE

    def cost(
        self, clause: Clause, record: Record, mentions: Mentions, place: int, room: float
    ) -> float:
        """What speaks against a clause, all in all, where there is ``room`` for so many words.
        ``place``: of its tree among those that could have been.
        """
        tree = clause.tree
        cost = self._worn(tree) + tree.mark * (0.5 - self._voice.marked)
        cost += self._liking(tree, clause, room) + _BY_LUCK * self.draw(record.id, place)
        if self._withholds(tree, record, mentions):
            cost += _WITHHELD
        motifs = self._history.motifs.calls_for(clause.text, self._history.sentences)
        return cost - 0.4 * motifs + 2.0 * self._history.echo(clause.text)

    def _worn(self, tree: Tree) -> float:
        """How worn a tree is by its earlier uses; less than nothing, if it is a fresh one of this
        world's own.
        """
        history = self._history
        striking = tree.fixed >= STRIKING
        cool = _COOL[max(tree.mark, 3 if striking else 0)]
        worn = striking or tree.fixed >= _WORN
        again = (_AGAIN_HERE if tree.world else _AGAIN) if worn else 0.8
        cost = again * history.trees[tree.say]
        cost += 3.0 * max(cool - history.since(tree.say), 0) / cool
        if not history.trees[tree.say]:
            cost -= 0.9 if tree.who else 0.3 if tree.world else 0.0
        return cost

    def _liking(self, tree: Tree, clause: Clause, room: float) -> float:
        """What speaks against some words in this mind's mouth: that it has favourites among them,
        drawn for it; that they liken, or are longer or shorter than there is room for.
        """
        words = clause.text.count(" ") + 1
        cost = _TOO_LONG * abs(words - room)
        if tree.likens:
            cost += _LIKENS * (0.5 - self._voice.similes)
        if not tree.who and tree.fixed >= _WORN:
            drawn = (crc32(f"{self._luck} {tree.say}".encode()) & 0xFFFF) / 65535.0
            cost += _TASTE * (drawn - 0.5)
        return cost

    def _withholds(self, tree: Tree, record: Record, mentions: Mentions) -> bool:
        """Whether a tree speaks of somebody where this mind has a name for him."""
        if record.whom < 0 or tree.slots() & {"whom", "whom's"} or not _SOMEBODY.search(tree.say):
            return False
        return self._refer.named(record.whom, record.tick, mentions) is not None

    def draw(self, *keys: int) -> float:
        """A number from 0 to 1, the same for the same keys."""
        mixed = self._luck
        for one in (*keys, self._history.sentences):
            mixed = ((mixed ^ (one + 0x9E3779B9)) * 0x01000193) & 0xFFFFFFFF
            mixed ^= mixed >> 15
        return (mixed & 0xFFFF) / 65535.0
