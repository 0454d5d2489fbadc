"""The words of one telling: of what all worlds share it has but a part, and each of it once.

Whoever reads two tellings should not meet the same sentences in them, nor one sentence twice in
one. So the longer words that all worlds share are drawn for a telling, and used up by their use.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

from affray.record.testimony import Record
from affray.tell.kinds import SPEECH
from affray.tell.lexicon import Lexicon, is_told_once
from affray.tell.pronouns import NOBODY, OWN
from affray.tell.trees import Tree
from affray.tell.voice import History

STRIKING = 7  # a tree with so many words of its own comes back as seldom as one that is marked
_NOT_BEFORE = {2: 20, 3: 50, 4: 60}
"""Sentences until a small tree may come back, by its words of its own."""
_KNOWN_AGAIN = 5  # words of its own by which a tree is known again
_MOST_USES = 2  # how often a telling has such a tree of a world's own, unless it is striking; of
# those of all worlds, once
_ONE_IN = (16, 6, 3)  # of such trees one is drawn, by how much they read alike (``_alike``)
_LEAST_DRAWN = 3  # but so many of a frame
_ALIKE = frozenset((*OWN, "number", "count", "hits", "parried", "missed", "of"))
"""Slots between which a tree reads the same, but for names and numbers."""


class Vocabulary:
    """The words that a mind has in a telling. ``own``: what it says of itself."""

    def __init__(self, lexicon: Lexicon, own: Mapping[str, object], history: History) -> None:
        self._lexicon = lexicon
        self._own = own
        self._history = history
        self._drawn: dict[str, tuple[Tree, ...]] = {}

    def trees(self, frame: str, record: Record) -> tuple[Tree, ...]:
        """The trees of a frame that are drawn for this telling; all of them where somebody's own
        words make the sentence.
        """
        if frame not in self._drawn or is_told_once(frame):
            found = self._lexicon.of_record(frame, record, self._own)
            if self._own["gender"] == NOBODY:
                found = tuple(tree for tree in found if not tree.speaks_of_oneself)
            self._drawn[frame] = found if frame in SPEECH else self._draws(found)
        return self._drawn[frame]

    def _draws(self, trees: tuple[Tree, ...]) -> tuple[Tree, ...]:
        """Those among some trees that are the words of this telling: of what all worlds share, and
        what one would know again, it has but a part, another one than others have.
        """
        shared = [tree for tree in trees if not tree.world and tree.fixed >= _KNOWN_AGAIN]
        shared.sort(key=lambda tree: crc32(f"{self._history.key} {tree.say}".encode()))
        own = len(trees) - len(shared)
        kept: set[str] = set()
        for alike, one_in in enumerate(_ONE_IN):
            some = [tree.say for tree in shared if _alike(tree) == alike]
            kept.update(some[: max(len(some) // one_in, _LEAST_DRAWN - own - len(kept))])
        return tuple(tree for tree in trees if tree.world or tree.fixed < _KNOWN_AGAIN
                     or tree.say in kept)  # fmt: skip

    def is_used_up(self, tree: Tree) -> bool:
        """Whether a tree that one knows again was told as often as it may be, or a small one just
        now: better nothing than the same once more.
        """
        if self._history.since(tree.say) < _NOT_BEFORE.get(tree.fixed, 0):
            return True
        most = _MOST_USES if tree.world and tree.fixed < STRIKING else 1
        return tree.fixed >= _KNOWN_AGAIN and self._history.trees[tree.say] >= most


def _alike(tree: Tree) -> int:
    """How much a tree reads alike wherever it is told: 0 it does, but for names and numbers; 1
    where those are named of whom it tells; 2 there is more in it that differs.
    """
    rest = tree.slots() - _ALIKE
    return 0 if not rest else 1 if rest <= {"whom", "whom's"} else 2
