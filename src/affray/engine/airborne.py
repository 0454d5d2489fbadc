"""What the air bears over the field, each thing in its own time: smoke, the smell of blood, sound.

The din and sounds go on in every tick; the wind carries smoke and smell on once in a while.
"""

from __future__ import annotations

import numpy as np

from affray.engine import din, scent, smoke
from affray.engine.carry import carry, lasting_ticks
from affray.engine.crew import Part
from affray.engine.scratch import joined, those
from affray.engine.shares import Shares
from affray.rules.smell import plume
from affray.world import battlefield as b
from affray.world import fields, words
from affray.world.battlefield import State, World

Array = np.ndarray


class Airborne:
    """The air over the field of ``world``; its work is done in ``shares``."""

    def __init__(self, world: World, shares: Shares) -> None:
        p, dt = world.params[0], float(world.clock[0])
        wind_x, wind_y = world.wind.tolist()
        self._world = world
        self._shares = shares
        self._plume = plume(wind_x, wind_y, float(scent.SIDE_M), p)
        self._every = max(int(p.smell_every_s / dt + 0.5), 1)  # ticks from one wind to the next
        self._seconds = self._every * dt
        self._lasts = lasting_ticks(world)

    def thicken(self, state: State) -> None:
        """How thick the smoke is that the last tick left."""
        world = self._world
        if len(state.smoke):
            bands = self._shares.bands()
            self._shares.each(lambda _, part: smoke.thicken(world, state, *part), bands)

    def carry_sound(self, state: State, now: int) -> None:
        """What can be heard where: the din, and the single sounds and signals on their way."""
        world, parts = self._world, self._shares.bands()
        self._shares.each(lambda _, bands: din.hum_up(world, state, *bands), parts)

        def reach(_: int, bands: Part) -> None:
            din.hum_down(world, state, *bands)
            carry(world, state, len(state.stimuli), now, *bands)

        self._shares.each(reach, parts)

    def waft(self, state: State, now: int) -> None:
        """Once in a while, let the wind carry the smell of blood on."""
        if not self._blows(now):
            return
        world, shares, plume = self._world, self._shares, self._plume
        turn, lines = now // self._every, shares.lines(b.SCENT_LEVEL)
        shares.each(lambda _, part: scent.settle_reek(world, state, now, turn, *part), lines)
        shares.each(lambda _, part: scent.waft(world, state, plume, now, *part), lines)

    def let_smoke(self, state: State, thrown: Array, now: int) -> None:
        """Let the smoke drift, once in a while, and that of this tick's shots join it."""
        world, seconds = self._world, self._seconds
        if len(state.smoke) == 0:
            return
        if self._blows(now):
            lines = self._shares.lines(b.SMOKE_LEVEL)
            self._shares.each(lambda _, part: smoke.drift(world, state, seconds, *part), lines)
            state.smoke["hangs"] = state.smoke["comes"]
        smoke.puff(world, state, thrown)

    def _blows(self, now: int) -> bool:
        """Whether the wind carries on in this tick what hangs in the air."""
        return (now - 1) % self._every == 0

    def make_noise(self, state: State, blows: Array, by_hand: int, cries: Array, now: int) -> State:
        """Let the first so many blows and the cries of this tick be heard from the next one on;
        the state with what is then on its way.
        """
        din.make_noise(self._world, state, blows, by_hand)
        if len(cries) == len(state.stimuli) == len(state.messages) == 0:
            return state
        by_messenger = cries["way"] == words.BY_MESSENGER
        return state._replace(
            stimuli=self._on_their_way(state.stimuli, those(cries, ~by_messenger), now),
            messages=self._on_their_way(state.messages, those(cries, by_messenger), now),
        )

    def _on_their_way(self, old: Array, more: Array, now: int) -> Array:
        """Stimuli that may still reach somebody after this tick, the older ones first."""
        kept = those(old, now - old["tick"] <= self._lasts[old["way"]])
        return joined([kept, more], fields.STIMULUS)
