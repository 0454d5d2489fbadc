"""Whether a battle is over. Judged by tick and state alone, so that every replay agrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from affray.engine.measure import MEASURES
from affray.engine.tick import Engine
from affray.world import words as w
from affray.world.endings import ONE_SIDE_LEFT, QUIET, TIME_UP

Array = np.ndarray[Any, Any]

JUDGED_EVERY_S = 1.0  # whether a side is left: asked once a second, whatever is recorded

_STANDING = MEASURES.index("standing")
_FLEEING = MEASURES.index("fleeing")
_RESERVE = MEASURES.index("reserve")


class Ending:
    """Follows a battle and says when it is over, and why."""

    def __init__(self, engine: Engine) -> None:
        self._rule = engine.battle.ending
        self._hostile = engine.world.hostile
        self._wounds = engine.wounds_used
        given = engine.state.wounds["tick"][: engine.wounds_used]
        self._last_wound = int(given.max()) if len(given) else -1
        self._judged = max(1, round(JUDGED_EVERY_S / float(engine.world.clock[0])))

    @property
    def after_ticks(self) -> int:
        """The tick at which the battle ends at the latest."""
        return self._rule.after_ticks

    def is_judged(self, tick: int) -> bool:
        """Whether who is left is asked at this tick."""
        return tick % self._judged == 0

    def why(self, engine: Engine, sums: Callable[[], Array]) -> str | None:
        """Why the battle is over, or None. To be asked after every tick, and before the first.

        ``sums``: gives the counts of this tick (``tables.measured``), when they are wanted.
        """
        over = self._of_clock(engine)
        if over is None and self.is_judged(engine.now):
            over = self._of_sides(engine, sums())
        return over

    def _of_clock(self, engine: Engine) -> str | None:
        """Why the battle is over by its clocks, or None."""
        if engine.wounds_used > self._wounds:
            self._wounds, self._last_wound = engine.wounds_used, engine.now
        if engine.now >= self._rule.after_ticks:
            return TIME_UP
        quiet = self._rule.quiet_ticks
        if quiet and self._last_wound >= 0 and engine.now - self._last_wound >= quiet:
            return QUIET
        return None

    def _of_sides(self, engine: Engine, sums: Array) -> str | None:
        """Why the battle is over by who is left, or None."""
        if not self._rule.one_side_left:
            return None
        fights = sums[:, _STANDING] > sums[:, _FLEEING]
        if not self._somebody_has_foes(fights):
            # only now is it worth asking whether anybody could still come
            fights |= self._still_to_come(engine, sums)
        return None if self._somebody_has_foes(fights) else ONE_SIDE_LEFT

    def _somebody_has_foes(self, fights: Array) -> bool:
        there = np.flatnonzero(fights)
        return bool(self._hostile[np.ix_(there, there)].any())

    def _still_to_come(self, engine: Engine, sums: Array) -> Array:
        """By side: whether some of its reserve can still enter.

        At a fixed time, if that comes before the end; by falls, while somebody is on his feet
        whose fall would call them.
        """
        battle, fighters = engine.battle, engine.state.fighters
        coming = np.zeros(len(sums), bool)
        for rule in engine.reinforcements:
            first, last = battle.unit_first[rule["unit"]], battle.unit_first[rule["unit"] + 1]
            side = int(engine.world.units["side"][rule["unit"]])
            if rule["entered"] >= last - first or sums[side, _RESERVE] == 0:
                continue
            if rule["at"] >= 0:
                coming[side] |= rule["at"] <= self._rule.after_ticks
            elif rule["falls_in"] >= 0:
                up = (fighters["unit"] == rule["falls_in"]) & (fighters["status"] == w.UP)
                coming[side] |= bool(up.any())
            else:
                coming[side] |= sums[rule["falls_side"], _STANDING] > 0
        return coming
