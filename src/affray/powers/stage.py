"""The stage on which powers do their work: one tick of a battle, and what comes about in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from affray.rules.hear import pair_luck
from affray.rules.luck import chance
from affray.world import words as w
from affray.world.battlefield import State, World
from affray.world.clock import ticks
from affray.world.records import plain
from affray.world.written import event

Array = np.ndarray[Any, Any]

_EDGE_M = 0.05  # as near to the edge of the field as anybody gets


@dataclass
class Use:
    """A power at work: which (number), by whom (person), on which fighter (-1: none), from and
    until which tick, where it began; ``lets``: the fighter who has broken through it, -1: nobody.
    ``aim``: where he saw whom he used it on; only as it begins.
    """

    power: int
    person: int
    on: int
    since: int
    until: int
    x: float
    y: float
    lets: int = -1
    aim: tuple[float, float] = (0.0, 0.0)


@dataclass
class Stage:
    """One tick. ``fighter``: of each person, -1: not in the battle. ``memories``: of each person,
    those left. ``unit_first``: ids of the first fighters of the units, and the end.

    What comes about is gathered in ``events`` (EVENT), ``blows`` (BLOW), ``missiles`` (MISSILE) and
    ``cries`` (STIMULUS).
    """

    world: World
    state: State
    tick: int
    dt: float
    p: Mapping[str, float]
    fighter: Sequence[int]
    memories: list[int]
    unit_first: Array
    events: list[Array] = field(default_factory=list)
    blows: list[Array] = field(default_factory=list)
    missiles: list[Array] = field(default_factory=list)
    cries: list[Array] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._bodies = plain(self.state.fighters)

    def body(self, fighter: int) -> Any:
        """The record of a fighter (FIGHTER), to read and to write."""
        return self._bodies[fighter]

    def of(self, fighter: int, name: str) -> Any:
        """What a field of a fighter's record (FIGHTER) holds, as a plain number."""
        return self._bodies[name].item(fighter)

    def user(self, use: Use) -> Any:
        """The record of the one whose power it is."""
        return self.body(self.fighter[use.person])

    def put(self, body: Any, x: float, y: float) -> None:
        """Bring somebody to a place, or as near to it as the field goes."""
        width, height = self.world.size.tolist()
        body["x"] = min(max(x, _EDGE_M), width - _EDGE_M)
        body["y"] = min(max(y, _EDGE_M), height - _EDGE_M)

    def luck(self, fighter: int, other: int, purpose: int) -> float:
        """A number in [0, 1) for what happens to a fighter through another in this tick."""
        with np.errstate(over="ignore"):  # hashing overflows on purpose
            key = int(pair_luck(self.body(fighter)["luck"], self.body(other)["luck"]))
            return float(chance(self.world.seed[0], self.tick, key, purpose))

    def each_s(self, use: Use, seconds: float = 1.0) -> bool:
        """Whether another stretch of so many seconds of this use begins in this tick."""
        every = max(ticks(seconds, self.dt), 1)
        return (self.tick - use.since) % every == 0

    def say(
        self,
        kind: int,
        use: Use,
        fighter: int,
        other: int,
        value: float = 0.0,
        *,
        place: int | None = None,
        weapon: int = 0,
    ) -> None:
        """Log an event of a power; it is due to its taking effect. ``place``: the power, if nothing
        else is said.
        """
        me = self.body(fighter)
        since = w.CAUSE_EVENT, w.EVENT_POWER, use.since, self.fighter[use.person], 1.0
        self.events.append(
            event(
                self.tick,
                kind,
                fighter,
                (me["x"], me["y"]),
                other=other,
                value=value,
                place=use.power if place is None else place,
                weapon=weapon,
                causes=(since,),
            )
        )


def is_alive(body: Any) -> bool:
    """Whether somebody is on the field and lives."""
    return int(body["status"]) in (w.UP, w.DOWN, w.OUT)


def is_awake(body: Any) -> bool:
    """Whether somebody is on the field and has his senses."""
    return int(body["status"]) in (w.UP, w.DOWN)


def within(use: Use, radius_m: float, fighters: Any) -> Array:
    """Ids of the living on the field within a radius of where a power was used."""
    dx = fighters["x"].astype(np.float64) - use.x
    dy = fighters["y"].astype(np.float64) - use.y
    status = fighters["status"]
    here = (status == w.UP) | (status == w.DOWN) | (status == w.OUT)
    return np.flatnonzero(here & (dx * dx + dy * dy <= radius_m * radius_m))
