"""All minds of a battle together: what reached each goes in, what each bids its body comes out.

Kept as tables for the hash and for checkpoints: ``tracks`` and ``beliefs`` (P * P rows: whose, then
of whom), ``biddings`` (P rows), which the engine reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from affray.minds.drives import Bidding, bidding, consents
from affray.minds.glimpse import About, Glimpse, Self, Voice
from affray.minds.mind import Belief, Mind, Thought, Track
from affray.world import fields
from affray.world import words as w
from affray.world.people import Person
from affray.world.powers import Power

Array = np.ndarray[Any, Any]


class Society:
    """The minds of ``people``, by their numbers."""

    def __init__(
        self, people: Sequence[Person], powers: Sequence[Power], p: Mapping[str, float], dt: float
    ) -> None:
        self.people = people
        self.minds = [Mind(number, people, powers, p, dt) for number in range(len(people))]
        size = len(people)
        self.tracks = np.zeros(size * size, fields.TRACK)
        self.beliefs = np.zeros(size * size, fields.BELIEF)
        self.stirrings = np.zeros(size, fields.STIRRING)
        self._first = [0, *accumulate(len(person.drives) for person in people)]
        self.stirs = np.zeros(self._first[-1], fields.STIRS)
        self.biddings = np.zeros(max(size, 1), fields.BIDDING).view(np.recarray)
        for none in ("mark", "on", "power"):
            self.biddings[none] = -1
        for number in range(size):
            self._write(number)

    def look(self, who: int, tick: int, glimpses: Sequence[Glimpse], mine: Self) -> list[Thought]:
        """Let person ``who`` take in a look and be driven by it; what came about in his mind."""
        mind = self.minds[who]
        thoughts = mind.see(tick, glimpses)
        bid, leads = bidding(mind, mine, tick)
        mind.looked = tick
        if leads != mind.stirred:
            mind.stirred = leads
            if leads >= 0:
                drive = self.people[who].drives[leads]
                gives_in = consents(mind, drive, mind.stirs[leads])
                kind = w.EVENT_STIR if gives_in else w.EVENT_WHISPER
                thoughts.append(Thought((kind, drive.whom, float(leads))))
        self._bid(who, bid)
        self._write(who)
        return [] if mine.rages else thoughts

    def feel(
        self, who: int, tick: int, about: About, voices: Sequence[Voice], mine: Self
    ) -> list[Thought]:
        """Let person ``who`` take in the fight about him and what he heard in this look."""
        mind = self.minds[who]
        mind.feel(tick, about)
        thoughts = mind.hear(tick, voices, mine)
        self._write(who)
        return [] if mine.rages else thoughts

    def trace(self, who: int, tick: int, x: float, y: float, dx: float, dy: float) -> None:
        """Let person ``who`` see a missile strike at (x, y) that flew along (dx, dy)."""
        self.minds[who].trace(tick, x, y, dx, dy)
        self._write(who)

    def _bid(self, who: int, bid: Bidding) -> None:
        bound, rages = self.biddings["bound"][who], self.biddings["rages"][who]
        self.biddings[who] = (
            bid.mark_x, bid.mark_y, bid.x, bid.y, bid.gaze_x, bid.gaze_y, bid.on_x, bid.on_y,
            bid.lean, bid.mark, bid.on, bid.power, bid.gathers, bid.says, bound, rages, bid.goes,
            bid.gazes,
        )  # fmt: skip

    def _write(self, who: int) -> None:
        """Write a mind into the tables."""
        mind, size = self.minds[who], len(self.people)
        rows = slice(who * size, (who + 1) * size)
        self.tracks[rows] = [
            (t.x, t.y, t.sure, t.seen, t.heard, t.still, t.warned, t.taken_for, t.cues)
            for t in mind.tracks
        ]
        self.beliefs[rows] = [
            (b.dead, b.skill, b.skill_now, b.x, b.y, b.dead_since, b.place_tick)
            for b in mind.beliefs
        ]
        self.stirs["level"][self._first[who] : self._first[who + 1]] = mind.stirs
        since, x, y = mind.source
        a = mind.about
        self.stirrings[who] = (
            x, y, a.din, a.foe_x, a.foe_y, a.foe, since, mind.quiet_since, mind.stirred,
            mind.looked, a.foes_near, a.friends_near,
        )  # fmt: skip

    def arrays(self) -> dict[str, Array]:
        """The minds as tables, for a checkpoint."""
        return {
            "tracks": self.tracks,
            "beliefs": self.beliefs,
            "stirrings": self.stirrings,
            "stirs": self.stirs,
            "biddings": self.biddings.view(np.ndarray)[: len(self.people)],
        }

    def restore(self, arrays: Mapping[str, Array]) -> None:
        """Bring the minds back to what the tables of a checkpoint hold."""
        for name, table in self.arrays().items():
            table[:] = arrays[name]
        size = len(self.people)
        for who, mind in enumerate(self.minds):
            rows = slice(who * size, (who + 1) * size)
            mind.tracks = [
                Track(seen, heard, x, y, cues, taken_for, sure, still, warned)
                for x, y, sure, seen, heard, still, warned, taken_for, cues in self.tracks[
                    rows
                ].tolist()
            ]
            mind.beliefs = [
                Belief(dead, dead_since, skill, now, x, y, place_tick)
                for dead, skill, now, x, y, dead_since, place_tick in self.beliefs[rows].tolist()
            ]
            x, y, din, foe_x, foe_y, foe, since, *rest = self.stirrings[who].tolist()
            mind.quiet_since, mind.stirred, mind.looked, foes, friends = rest
            mind.stirs = self.stirs["level"][self._first[who] : self._first[who + 1]].tolist()
            mind.source = since, x, y
            mind.about = About(foes, friends, din, foe, foe_x, foe_y)
