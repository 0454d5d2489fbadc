"""What powers and screams leave on a picture of the field: the transfixed, barriers, what spreads.

Read out of the events of a recording: who was transfixed when and for how long, where a power of
which shape took effect, and when it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from affray.scenario import Scenario
from affray.world import words as w

if TYPE_CHECKING:
    from affray.record import Recording

Array = np.ndarray[Any, Any]
_COLUMNS = ("tick", "kind", "fighter", "place", "value", "x", "y")


@dataclass(frozen=True)
class Ring:
    """A circle on the field (m): ``spreads``: what strikes whoever is in it, else a barrier;
    ``over``: what is left of it.
    """

    x_m: float
    y_m: float
    radius_m: float
    spreads: bool
    over: bool = False


@dataclass(frozen=True)
class _Work:
    """A power with a shape, from tick to tick."""

    x_m: float
    y_m: float
    since: int
    until: int
    radius_m: float
    grows_m_per_s: float
    spreads: bool


class Marks:
    """What there is to mark at any tick of a recording; nothing where it keeps no events."""

    def __init__(self, recording: Recording, scenario: Scenario) -> None:
        table = recording.events(_COLUMNS)
        self._events = {name: table[name].to_numpy() for name in _COLUMNS}
        self._dt_s = float(recording.manifest["dt_s"])
        self._last = recording.last_tick
        self._works = list(self._found(scenario))

    def rapt(self, tick: int, fighters: int) -> Array:
        """(fighters,) bool: who is transfixed; a wound lets go of him."""
        kind, ticks, who = (self._events[name] for name in ("kind", "tick", "fighter"))
        until = ticks + self._events["value"] / self._dt_s
        here = (kind == w.EVENT_GRIP) & (ticks <= tick) & (until > tick)
        found = np.zeros(fighters, bool)
        found[who[here]] = True
        since = np.full(fighters, -1)
        since[who[here]] = ticks[here]
        struck = np.flatnonzero((kind == w.EVENT_WOUND) & (ticks <= tick))
        found[who[struck[ticks[struck] > since[who[struck]]]]] = False
        return found

    def rings(self, tick: int) -> list[Ring]:
        """The circles at a tick, and those that what has spread left."""
        found = []
        for work in self._works:
            if work.since > tick:
                continue
            over = work.until <= tick
            grown = work.grows_m_per_s * (min(tick, work.until) - work.since) * self._dt_s
            radius = min(work.radius_m, grown) if work.grows_m_per_s > 0.0 else work.radius_m
            if work.spreads or not over:
                found.append(Ring(work.x_m, work.y_m, radius, work.spreads, over))
        return found

    def __bool__(self) -> bool:
        """Whether there is ever anything to mark."""
        return bool(self._works) or bool((self._events["kind"] == w.EVENT_GRIP).any())

    def _found(self, scenario: Scenario) -> Any:
        """The powers with a shape that took effect."""
        powers = list(scenario.powers.values())
        events = self._events
        for row in np.flatnonzero(events["kind"] == w.EVENT_POWER):
            power = powers[int(events["place"][row])]
            shape = power.blast or power.barrier
            if shape is None:
                continue
            yield _Work(
                x_m=float(events["x"][row]),
                y_m=float(events["y"][row]),
                since=int(events["tick"][row]),
                until=self._end_of(int(row)),
                radius_m=float(shape.radius),
                grows_m_per_s=float(power.blast.grows) if power.blast is not None else 0.0,
                spreads=power.blast is not None,
            )

    def _end_of(self, row: int) -> int:
        """When what took effect in that row came to its end; after the last tick if it did not."""
        events = self._events
        ended = (events["kind"] == w.EVENT_SPENT) & (events["tick"] >= events["tick"][row])
        for name in ("fighter", "place"):
            ended &= events[name] == events[name][row]
        rows = np.flatnonzero(ended)
        return int(events["tick"][rows[0]]) if len(rows) else self._last + 1
