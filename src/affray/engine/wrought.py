"""The powers of people in the engine: what they do onto the field, and what they let through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from affray.engine.scratch import table
from affray.powers.stage import Stage
from affray.powers.workings import Workings
from affray.rules.bar import barred
from affray.world import battlefield as b
from affray.world import fields
from affray.world import words as w
from affray.world.battle import Battle
from affray.world.battlefield import State, World
from affray.world.powers import THINGS

Array = np.ndarray


class Wrought(NamedTuple):
    """What powers brought about in a tick."""

    events: Array  # EVENT
    blows: Array  # BLOW
    missiles: Array  # MISSILE
    cries: Array  # STIMULUS


_TABLES = (fields.EVENT, fields.BLOW, fields.MISSILE, fields.STIMULUS)
_NOTHING = Wrought(*(table(0, dtype) for dtype in _TABLES))


class Powerless:
    """The powers of a battle in which nobody is named: none, and so nothing comes of them."""

    def change(self, world: World, state: State) -> State:
        return state

    def work(
        self, world: World, state: State, tick: int, lived: Sequence[Array]
    ) -> tuple[State, Wrought]:
        return state, _NOTHING

    def unbarred(self, state: State, blows: list[Array]) -> list[Array]:
        return blows

    def break_off(self, state: State, harmed: Array) -> None:
        pass

    def veil(self, state: State) -> None:
        pass


class Powers:
    """The powers of the people of a battle, at work on the field.

    ``workings``: these powers, as they stand after ``tick``.
    """

    def __init__(self, battle: Battle, tick: int) -> None:
        values = battle.world.params[0]
        names = battle.world.params.dtype.names or ()
        self.p = {name.replace("_", ".", 1): float(values[name]) for name in names}
        self.dt = float(battle.world.clock[0])
        self.workings = Workings(battle.powers, battle.people, self.p, self.dt)
        if battle.minds:
            self.workings.restore(battle.minds, tick)
        self._natural = battle.world.traits
        self._unit_first = battle.unit_first

    def change(self, world: World, state: State) -> State:
        """Give everybody the nature that powers leave him; the state, with barriers as they are."""
        self.workings.change(world.traits, self._natural, state.fighters)
        return state._replace(zones=self.workings.zones())

    def work(
        self, world: World, state: State, tick: int, lived: Sequence[Array]
    ) -> tuple[State, Wrought]:
        """Let powers do their work after everybody has lived; the state after it, and what they
        brought about.

        ``lived``: the events of this tick so far. What came of those who gathered a power is
        written into them.
        """
        stage = Stage(
            world,
            state,
            tick,
            self.dt,
            self.p,
            self.workings.fighters,
            self.workings.memories,
            self._unit_first,
        )
        gathered = [
            events[row]
            for events in lived
            for row in np.flatnonzero(events["kind"] == w.EVENT_POWER)
        ]
        self.workings.work(stage, state.biddings, gathered)
        made = (stage.events, stage.blows, stage.missiles, stage.cries)
        wrought = (
            np.array(rows, dtype) if rows else table(0, dtype)
            for rows, dtype in zip(made, _TABLES, strict=True)
        )
        return self.change(world, state), Wrought(*wrought)

    def unbarred(self, state: State, blows: list[Array]) -> list[Array]:
        """The blows, in tables, that no barrier stops."""
        return [_unbarred(state, part) for part in blows] if len(state.zones) else blows

    def break_off(self, state: State, harmed: Array) -> None:
        """Let those lose a power that they gather who were wounded."""
        wounded = harmed["fighter"][harmed["kind"] == w.EVENT_WOUND]
        self.workings.break_off(state.fighters, wounded.tolist())

    def veil(self, state: State) -> None:
        """Take from sight, as everybody is shown to the others, those whom a power hides."""
        for fighter in self.workings.unseen(state.fighters):
            state.outside.look[state.row_of[fighter]] |= np.uint32(1 << b.LOOK_HIDDEN)


def _unbarred(state: State, blows: Array) -> Array:
    """The blows (BLOW) that no barrier stops."""
    zones, places = state.zones, state.fighters
    through = np.ones(len(blows), bool)
    for row in np.flatnonzero(_near_a_zone(zones, places, blows)):
        by, victim = int(blows["by"][row]), int(blows["victim"][row])
        through[row] = not barred(
            zones,
            THINGS,
            float(places["x"][by]),
            float(places["y"][by]),
            float(places["x"][victim]),
            float(places["y"][victim]),
            by,
        )
    return blows[through]


def _near_a_zone(zones: Array, places: Array, blows: Array) -> Array:
    """Which blows might meet a circle: those whose striker is no farther from it than they go."""
    x, y = (places[axis].astype(np.float64) for axis in ("x", "y"))
    by, victim = blows["by"], blows["victim"]
    far = np.hypot(x[victim] - x[by], y[victim] - y[by]) + 1e-3
    near = np.zeros(len(blows), bool)
    for zone in zones:
        near |= np.hypot(x[by] - zone["x"], y[by] - zone["y"]) <= zone["radius"] + far
    return near & (victim >= 0)
