"""What somebody whom nobody named carries through his telling, and what becomes of it.

He has a life behind him, and something with a companion or two: a blanket, a debt, a quarrel. Each
is told once, where it comes up; what brings a part of his life to mind is a percept that has to do
with it, and what he has with a companion comes out when something becomes of that one. Where it
never does, or where the telling ends, it comes back in a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy

from affray.record.testimony import Record
from affray.tell.drawn import PAYS, own_past, own_shared
from affray.tell.figures import Move
from affray.tell.lexicon import BACK, PAST_LIFE, SHARED, Companion, Lexicon, Past
from affray.tell.mind import Mind
from affray.tell.plan import Scene, Wish
from affray.tell.voice import History

_A_LIFE_IN, _BROUGHT_IN = 6, 3
"""Paragraphs after which more of a life is told: in a lull, and where something brings it to mind.
"""
_NO_MORE = "faint"  # after which one thinks of nothing
_IS_GONE = ("mate_falls", "mate_flees")


class Threads:
    """The threads of one telling of one mind. ``history``: of all who tell, since no two of a side
    have the same.
    """

    def __init__(self, mind: Mind, lexicon: Lexicon, history: History) -> None:
        self._mind = mind
        self._history = history
        self._side = mind.testimony.self_["side"]
        words = lexicon.words.sides.get(self._side)
        self._past: Sequence[Past] = words.past if words is not None else ()
        self._companions: Sequence[Companion] = words.companions if words is not None else ()
        self._own_past = own_past(mind.testimony, len(self._past))
        self._own_shared = own_shared(mind.testimony, len(self._companions))
        self._with: dict[int, int] = {}  # by the number of a companion: what was told of him
        self._closed: set[int] = set()  # companions who fell or ran, and what one thought of that
        self._lived: list[int] = []  # what was told of a life, in that order

    def copy(self) -> Threads:
        """The same, as it is now."""
        same = copy(self)
        same._with, same._closed = dict(self._with), set(self._closed)
        same._lived = list(self._lived)
        return same

    def become(self, other: Threads) -> None:
        """Go on from there."""
        self._with, self._closed, self._lived = other._with, other._closed, other._lived

    # ------------------------------------------------------------------ a life

    def lives(self, *, after: Record | None = None) -> Iterator[Wish]:
        """What lies behind one and was not told by anybody of one's side: what a record brings to
        mind; without one, all of it, first what nothing brings.
        """
        own = [one for one in self._own_past
               if (self._side, PAST_LIFE, one) not in self._history.lives
               and (after is None or after.pred in self._past[one].cue)]  # fmt: skip
        for number in sorted(own, key=lambda one: bool(self._past[one].cue)):
            yield Wish(f"{PAST_LIFE}/{number}", after or self._mind.records[0])

    def in_a_lull(self, lull: Record, scene: Scene) -> Wish | None:
        """What one thinks of when nothing else is there to be thought of."""
        life = next(self.lives(), None)
        if life is None or _since_a_life(scene) < _A_LIFE_IN:
            return None
        return Wish(life.frame, lull)

    def brought_by(self, record: Record, scene: Scene) -> Wish | None:
        """What a record brings to mind."""
        if _since_a_life(scene) < _BROUGHT_IN:
            return None
        return next(self.lives(after=record), None)

    # ------------------------------------------------------------------ a companion

    def with_him(self, told: Sequence[Record]) -> Iterator[Wish]:
        """What one has with a companion of whom some records are that were just told, if that was
        not told before, and what one thinks of it at the last that became of him.
        """
        of_him = [one for one in told if self._mate(one) in self._own_shared]
        mate = self._mate(of_him[-1]) if of_him else 0
        number = self._with.get(mate)
        if number is None:
            left = (one for one in self._own_shared.get(mate, ())
                    if (self._side, SHARED, one) not in self._history.lives)  # fmt: skip
            number = next(left, None)
            if number is None:
                return
            yield Wish(f"{SHARED}/{number}", of_him[-1])
        came = [one for one in of_him if one.pred in self._companions[number].on]
        if came and self._mate(came[-1]) == mate and mate not in self._closed:
            yield Wish(f"{SHARED}/{number}/{came[-1].pred}", came[-1])

    def wait_for(self, move: Move) -> bool:
        """Whether a move goes on to something else after what comes of a companion, where a thought
        of one's own would have to follow.
        """
        told = [wish.record for wanted in move.wanted for wish in wanted.wishes]
        comes = any(one.pred in PAYS and self._mate(one) in self._own_shared for one in told)
        return comes and told[-1].pred not in PAYS

    def _mate(self, record: Record) -> int:
        label = self._mind.label(record.whom, record.tick) if record.whom >= 0 else None
        return label.mate if label is not None else 0

    # ------------------------------------------------------------------ the end, and what was told

    def at_the_end(self, last: Record, until: int) -> Iterator[Wish]:
        """What may be the last word of a telling, whose last scene ends with the tick ``until``: of
        a companion of whom nothing became; of what was told first of a life.
        """
        if last.pred == _NO_MORE:
            return
        for mate, number in self._with.items():
            about = [one for one in self._mind.records[: last.id + 1] if self._mate(one) == mate]
            gone = any(one.pred in _IS_GONE for one in about)
            over = [one for one in about if one.whole <= until]
            if over and not gone and self._companions[number].back:
                yield Wish(f"{SHARED}/{number}/{BACK}", over[-1])
        for number in self._lived:
            if self._past[number].back:
                yield Wish(f"{PAST_LIFE}/{number}/{BACK}", last)

    def note(self, frame: str, record: Record) -> None:
        """Note a clause that was told."""
        mate = self._mate(record)
        pred, _, rest = frame.partition("/")
        number, _, when = rest.partition("/")
        if pred == SHARED and when in _IS_GONE:
            self._closed.add(mate)
        if when or pred not in (PAST_LIFE, SHARED):
            return
        self._history.lives.add((self._side, pred, int(number)))
        if pred == SHARED:
            self._with[mate] = int(number)
        else:
            self._lived.append(int(number))


def _since_a_life(scene: Scene) -> int:
    """How many paragraphs ago something of a life was told in a scene; many, if never."""
    for ago, paragraph in enumerate(reversed(scene.paragraphs)):
        if any(one.frame.startswith(f"{PAST_LIFE}/") for each in paragraph for one in each.clauses):
            return ago
    return _A_LIFE_IN
