"""Brings to the minds of people what reached them in a look, and what comes of it into the log."""

from __future__ import annotations

import numpy as np

from affray.engine.faces import perceive_hits, see_people
from affray.engine.scratch import table
from affray.minds.glimpse import About, Glimpse, Self, Voice
from affray.minds.mind import Thought
from affray.minds.society import Society
from affray.world import fields
from affray.world import words as w
from affray.world.battle import Battle
from affray.world.battlefield import State, World

Array = np.ndarray


class Persons:
    """The people of a battle, as the engine meets them: who looks, what reaches whom."""

    def __init__(self, battle: Battle) -> None:
        people = battle.people
        values = battle.world.params[0]
        names = battle.world.params.dtype.names or ()
        p = {name.replace("_", ".", 1): float(values[name]) for name in names}
        self.society = Society(people, p, float(battle.world.clock[0]))
        self.fighters = np.array([person.fighter for person in people], np.int32)
        self.ids = tuple(int(i) for i in self.fighters if i >= 0)
        self._number = {person.fighter: k for k, person in enumerate(people)}
        if battle.minds:
            self.society.restore(battle.minds)
        self._glimpses = table(len(people) ** 2, fields.GLIMPSE)
        self._traced = np.zeros(len(people), np.int64)
        self._events: list[Array] = []

    def look(self, world: World, state: State, tick: int) -> None:
        """Let everybody take in a look, and be driven by it, who looks in this tick."""
        rows = see_people(world, state, self.fighters, tick, self._glimpses)
        seen = [Glimpse(*row) for row in self._glimpses[:rows].tolist()]
        for number, fighter in enumerate(self.fighters.tolist()):
            if fighter < 0 or (tick + fighter) % int(world.clock[1]):
                continue
            if state.fighters[fighter]["status"] not in (w.UP, w.DOWN):
                continue
            mine = _self(state, fighter)
            glimpses = [one for one in seen if one.by == number]
            self._note(tick, number, mine, self.society.look(number, tick, glimpses, mine))

    def feel(self, state: State, tick: int, percepts: Array, heard: Array) -> None:
        """Let those who looked take in the fight about them, and the voices they heard."""
        for row in percepts[np.isin(percepts["fighter"], self.fighters)]:
            fighter = int(row["fighter"])
            number, mine = self._number[fighter], _self(state, fighter)
            about = About(int(row["foes_near"]), int(row["friends_near"]), float(row["din"]))
            voices = [
                Voice(self._number[int(one["by"])], float(one["dx"]), float(one["dy"]))
                for one in heard[heard["fighter"] == fighter]
                if one["way"] == w.BY_VOICE and int(one["by"]) in self._number
            ]
            self._note(tick, number, mine, self.society.feel(number, tick, about, voices, mine))

    def trace(self, world: World, state: State, tick: int, hits: Array) -> None:
        """Let those who saw a missile strike, or felt it, know along which line it came."""
        perceive_hits(world, state, self.fighters, hits, tick, self._traced)
        for number in np.flatnonzero(self._traced >= 0).tolist():
            hit = hits[self._traced[number]]
            row = state.row_of[hit["victim"]]
            x, y = float(state.outside.x[row]), float(state.outside.y[row])
            self.society.trace(number, tick, x, y, float(hit["dx"]), float(hit["dy"]))

    def events(self) -> Array:
        """What came about in minds since this was last asked."""
        events, self._events = self._events, []
        return np.array(events, fields.EVENT) if events else table(0, fields.EVENT)

    def _note(self, tick: int, number: int, mine: Self, thoughts: list[Thought]) -> None:
        fighter = int(self.fighters[number])
        self._events += [self._event(tick, fighter, mine, thought) for thought in thoughts]

    def _event(self, tick: int, fighter: int, mine: Self, thought: Thought) -> Array:
        kind, about, size = thought
        event = np.zeros((), fields.EVENT)
        event["tick"], event["kind"], event["fighter"] = tick, kind, fighter
        event["x"], event["y"] = mine.x, mine.y
        event["other"] = self.fighters[about] if about >= 0 else -1
        event["value"] = size
        event["place"] = max(about, 0)
        event["cause_tick"], event["cause_id"] = -1, -1
        event["cause_kind"][0] = w.CAUSE_SEEN
        event["cause_share"][0] = 1.0
        return event


def _self(state: State, fighter: int) -> Self:
    me, memory = state.fighters[fighter], state.memory[fighter]
    return Self(float(me["x"]), float(me["y"]), float(me["fear"]), float(memory["bleeds"]))
