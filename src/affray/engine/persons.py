"""The people of a battle in the engine: what reached them in a look comes to their minds, and what
they bid to their bodies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from affray.engine.faces import perceive_hits, see_people
from affray.engine.scratch import joined, table
from affray.engine.speech import amend, lips_read, put_words, said_lately, spoken_rows
from affray.engine.wrought import Powerless, Powers
from affray.minds.glimpse import About, Glimpse, Self, Sense, Sound, Voice
from affray.minds.mind import Reason, Thought
from affray.minds.society import Society
from affray.world import fields, inward
from affray.world import words as w
from affray.world.battle import Battle
from affray.world.battlefield import State, World
from affray.world.people import Person
from affray.world.records import plain
from affray.world.written import event

Array = np.ndarray


_OWN = ("x", "y", "fear", "stamina", "energy", "says_left")  # what one perceives of one's body
_SEEN = Reason(w.CAUSE_SEEN, size=1.0)


class _Heard(NamedTuple):
    """A sound or sign as somebody heard it: fields of HEARD, as plain numbers."""

    fighter: int
    by: int
    since: int
    says: int
    way: int
    timbre: int
    got: int
    meant: int
    notion: int
    tone: int
    calls: int
    dx: float
    dy: float


def people_of(battle: Battle, tick: int) -> tuple[Persons | Nobody, Powers | Powerless]:
    """The people of a battle and their powers, as they stand after ``tick``."""
    if not battle.people:
        return Nobody(), Powerless()
    powers = Powers(battle, tick)
    return Persons(battle, powers), powers


class Nobody:
    """The people of a battle in which nobody is named: nothing reaches them, they bid nothing."""

    people: tuple[Person, ...] = ()
    ids: tuple[int, ...] = ()

    def bidding(self, state: State) -> State:
        return state

    def look(self, world: World, state: State, tick: int) -> None:
        pass

    def feel(self, state: State, tick: int, percepts: Array, heard: Array) -> None:
        pass

    def speak(self, state: State, tick: int, cries: Array, lived: Sequence[Array]) -> None:
        pass

    def trace(self, world: World, state: State, tick: int, hits: Array) -> None:
        pass

    def bind(self) -> None:
        pass

    def events(self) -> Array:
        return joined((), fields.EVENT)

    def arrays(self) -> dict[str, Array]:
        return {}


class Persons:
    """The people of a battle, as the engine meets them: who looks, what reaches whom.

    ``ids``: of those of them who are in the battle.
    """

    def __init__(self, battle: Battle, powers: Powers) -> None:
        self.p = powers.p
        self.people = battle.people
        self.workings = powers.workings
        self.society = Society(battle.people, battle.powers, powers.p, powers.dt, battle.notions)
        if battle.minds:
            self.society.restore(battle.minds)
        self.fighters = np.array([person.fighter for person in self.people], np.int32)
        self.ids = tuple(int(i) for i in self.fighters if i >= 0)
        self._number = {person.fighter: k for k, person in enumerate(self.people)}
        self._glimpses = table(len(self.people) ** 2, inward.GLIMPSE)
        self._seen = self._glimpses[:0]
        self._traced = np.zeros(len(self.people), np.int64)
        self._read: dict[int, list[Voice]] = {}  # from lips, in this tick, by person
        self._events: list[Array] = []

    def bidding(self, state: State) -> State:
        """The state in which bodies meet what these people bid."""
        return state._replace(biddings=self.society.biddings)

    def look(self, world: World, state: State, tick: int) -> None:
        """Let everybody take in a look, and be driven by it, who looks in this tick."""
        keen = np.array([self.workings.keen(number) for number in range(len(self.people))])
        rows = see_people(world, state, self.fighters, keen, tick, self._glimpses)
        self._seen = self._glimpses[:rows]
        seen = _by_whom(Glimpse._make(row) for row in self._seen.tolist())
        every = int(world.clock[1])
        said = said_lately(state.stimuli, tick, every)
        status = plain(state.fighters)["status"]
        for number, fighter in enumerate(self.fighters.tolist()):
            if fighter < 0 or (tick + fighter) % every:
                continue
            if status.item(fighter) not in (w.UP, w.DOWN):
                continue
            mine = self._self(state, fighter, tick)
            glimpses = seen.get(number, [])
            self._note(tick, number, mine, self.society.look(number, tick, glimpses, mine))
            read = lips_read(said, glimpses, self.fighters, float(keen[number]), self.p)
            self._read[number] = [self._read_voice(one, fighter) for one in read]

    def glimpses_of(self, number: int) -> Array:
        """The glimpses (GLIMPSE) that person ``number`` had in this tick."""
        return self._seen[self._seen["by"] == number].copy()

    def feel(self, state: State, tick: int, percepts: Array, heard: Array) -> None:
        """Let those who looked take in the fight about them, and the voices they heard."""
        sounds = _heard(heard)
        for row, fighter in enumerate(percepts["fighter"].tolist()):
            number = self._number.get(fighter)
            if number is None:
                continue
            mine = self._self(state, fighter, tick)
            own = sounds.get(fighter, [])
            voices = [
                self._voice(one) for one in own if one.way == w.BY_VOICE and one.by in self._number
            ]
            caught = {(voice.of, voice.since) for voice in voices if voice.says != w.SILENT}
            read = self._read.pop(number, [])
            voices += [one for one in read if (one.of, one.since) not in caught]
            thoughts = self.society.feel(
                number,
                tick,
                _about(percepts, row, mine),
                _sense(percepts, row),
                [self._sound(one) for one in own],
                voices,
                mine,
            )
            self._note(tick, number, mine, thoughts)

    def _sound(self, one: _Heard) -> Sound:
        """A sound or sign as it was heard."""
        of = self._number.get(one.by, -1)
        return Sound(one.says, one.way, one.timbre, one.since, one.by, of)

    def _voice(self, one: _Heard) -> Voice:
        """A voice as it was heard; what it said, if all of it was understood."""
        of = self._number[one.by]
        if one.got != w.UNDERSTOOD:
            return Voice(of, one.dx, one.dy, since=one.since)
        return Voice(
            of,
            one.dx,
            one.dy,
            one.says,
            one.since,
            one.notion,
            one.tone,
            one.calls,
            bool(one.meant),
        )

    def _read_voice(self, one: Array, fighter: int) -> Voice:
        """What somebody said (STIMULUS), read from his lips."""
        return Voice(
            self._number[int(one["by"])],
            0.0,
            0.0,
            int(one["says"]),
            int(one["tick"]),
            int(one["notion"]) - 1,
            int(one["tone"]),
            int(one["calls"]) - 1,
            int(one["to"]) == fighter,
            read=True,
        )

    def speak(self, state: State, tick: int, cries: Array, lived: Sequence[Array]) -> None:
        """Put into what people have said in this tick what they meant: a notion, in a tone, to
        somebody, by name. ``cries`` (STIMULUS) and ``lived``, the events so far, are written to.
        """
        for row in spoken_rows(cries):
            cry = cries[row]
            number = self._number.get(int(cry["by"]), -1)
            drive = self.society.spoken(number, int(cry["says"])) if number >= 0 else None
            if drive is None:
                continue
            to = int(self.fighters[drive.whom]) if drive.whom >= 0 else -1
            unit = int(state.fighters["unit"][to]) if to >= 0 else -1
            put_words(cry, drive, to, unit, self.society.called(number, drive), self.p)
            for events in lived:
                amend(events, cry)
            if cry["says"] == w.SAY_TELL and cry["said"] == 1:
                mine = self._self(state, int(cry["by"]), tick)
                self._note(tick, number, mine, [self.society.utter(number, tick)])

    def trace(self, world: World, state: State, tick: int, hits: Array) -> None:
        """Let those who saw a missile strike, or felt it, know along which line it came."""
        perceive_hits(world, state, self.fighters, hits, tick, self._traced)
        for number in np.flatnonzero(self._traced >= 0).tolist():
            hit = hits[self._traced[number]]
            row = state.row_of[hit["victim"]]
            x, y = float(state.outside.x[row]), float(state.outside.y[row])
            me = state.fighters[self.fighters[number]]
            dx, dy = x - float(me["x"]), y - float(me["y"])
            beside = dx * dx + dy * dy <= self.p["recall.saved_m"] * self.p["recall.saved_m"]
            foe = world.hostile[me["side"], int(state.outside.look[row]) & 7] == 1
            self.society.trace(
                number, tick, x, y, float(hit["dx"]), float(hit["dy"]), bool(beside and foe)
            )

    def bind(self) -> None:
        """Let everybody's powers, and others', keep him from acts, colour what he sees, enrage."""
        for number in range(len(self.people)):
            rage = self.workings.rage(number)
            self.society.bind(
                number,
                self.workings.bound(number),
                self.workings.tint(number),
                rage is not None and rage.everybody,
            )

    def events(self) -> Array:
        """What came about in minds since this was last asked."""
        events, self._events = self._events, []
        return np.array(events, fields.EVENT) if events else joined((), fields.EVENT)

    def _note(self, tick: int, number: int, mine: Self, thoughts: list[Thought]) -> None:
        fighter = int(self.fighters[number])
        self._events += [
            event(
                tick,
                thought.kind,
                fighter,
                (mine.x, mine.y),
                other=self.fighters[thought.about] if thought.about >= 0 else -1,
                value=thought.size,
                place=thought.place if thought.place >= 0 else max(thought.about, 0),
                weapon=thought.tool,
                causes=thought.reasons or (_SEEN,),
            )
            for thought in thoughts
        ]

    def _self(self, state: State, fighter: int, tick: int) -> Self:
        """What one of the people perceives of himself."""
        bodies, memories = plain(state.fighters), plain(state.memory)
        number, works = self._number[fighter], self.workings
        x, y, fear, stamina, energy, left = (bodies[name].item(fighter) for name in _OWN)
        return Self(
            x,
            y,
            fear,
            memories["bleeds"].item(fighter),
            stamina,
            works.ready(number, energy, tick),
            works.gathers[number],
            works.holds(number),
            works.is_held(number),
            works.rage(number) is not None,
            len(self.people[number].memories) - works.memories[number],
            left > 0,
        )

    def arrays(self) -> dict[str, Array]:
        """Minds, and powers at work, as tables: for the hash, and for a checkpoint."""
        return {**self.society.arrays(), **self.workings.arrays()}


def _by_whom(glimpses: Iterable[Glimpse]) -> dict[int, list[Glimpse]]:
    """Person → the glimpses that he had."""
    found: dict[int, list[Glimpse]] = {}
    for one in glimpses:
        found.setdefault(one.by, []).append(one)
    return found


def _heard(sounds: Array) -> dict[int, list[_Heard]]:
    """Fighter → what he heard (HEARD)."""
    found: dict[int, list[_Heard]] = {}
    columns = (sounds[name].tolist() for name in _Heard._fields)
    for one in map(_Heard, *columns):
        found.setdefault(one.fighter, []).append(one)
    return found


def _about(percepts: Array, row: int, mine: Self) -> About:
    """The fight about somebody, out of a row of percepts (PERCEPT)."""
    foes, friends, din, foe, dx, dy = (
        percepts[name].item(row)
        for name in ("foes_near", "friends_near", "din", "foe", "foe_dx", "foe_dy")
    )
    return About(foes, friends, din, foe, mine.x + dx, mine.y + dy)


def _sense(percepts: Array, row: int) -> Sense:
    """What else a look brought, out of a row of percepts (PERCEPT)."""
    smell, light, fleeing, runaway, fallen, tick, ago, laughs = (
        percepts[name].item(row)
        for name in (
            "smell",
            "light",
            "friends_fleeing",
            "runaway",
            "fallen",
            "tick",
            "fallen_ago",
            "companion_laughs",
        )
    )
    fell = tick - 1 - ago if fallen >= 0 else -1
    return Sense(smell, light, fleeing, runaway, fallen, fell, bool(laughs))
