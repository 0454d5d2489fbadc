"""A battle fought to its end without a recording: what came of it, for whoever counts many.

It ends where a recorded run of the same scenario and seed ends, with the same hash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from affray.engine.measure import MEASURES
from affray.engine.tick import Engine
from affray.run import tables
from affray.run.ending import Ending
from affray.run.execute import new_engine
from affray.run.interrupt import Stop
from affray.run.warm import warm
from affray.scenario.build import build
from affray.scenario.model import Scenario
from affray.world import words as w
from affray.world.endings import has_broken

Array = np.ndarray[Any, Any]
See = Callable[[Array], None]  # takes the events (EVENT) of a tick


@dataclass(frozen=True)
class SideFate:
    """One side at the end, in fighters.

    ``standing``: on their feet and unbroken. ``fleeing``: broken on the field. ``left``: off the
    field. ``down``: on the ground alive. ``reserve``: never entered. These and ``dead`` add up to
    ``started``. ``wounded``: of the living, who were wounded at least once. ``broke_s``: when the
    side broke (``has_broken``), judged once a second; None if it never did. ``dead_before``:
    its dead by then, or all of them if it never broke. ``ordered``: how often an order was given
    or passed on; ``obeyed``: how often one that was heard or seen was taken up; ``unbidden``: how
    often somebody took up one of himself.
    """

    name: str
    started: int
    standing: int
    fleeing: int
    left: int
    down: int
    dead: int
    reserve: int
    wounded: int
    broke_s: float | None
    dead_before: int
    ordered: int
    obeyed: int
    unbidden: int


@dataclass(frozen=True)
class Fate:
    """What came of a battle. ``ended``: a word of ``world/endings.py``; ``hash``: of its last tick.

    ``holder``: the one side with anybody standing at the end, None if there are several or none.
    ``first_break_s``: when the first fighter broke; None if nobody did.
    """

    ended: str
    duration_s: float
    hash: int
    holder: str | None
    first_break_s: float | None
    sides: tuple[SideFate, ...]


def fight(
    scenario: Scenario,
    seed: int,
    *,
    threads: int | None = 1,
    stop: Stop | None = None,
    see: See | None = None,
    full: bool = False,
) -> Fate | None:
    """Fight a battle from its start to its end.

    ``stop``: asked before every tick whether to give it up; then there is nothing to return.
    ``see``: is given the events of every tick, with single blows if ``full``.
    Raises ScenarioError or LimitError.
    """
    warm()
    engine = new_engine(build(scenario, seed), threads, full=full)
    try:
        engine.open()
        ending, watch = Ending(engine), _Watch(engine)
        ended = ending.why(engine, watch.sums)
        while ended is None:
            if stop is not None and stop():
                return None
            events = engine.tick()
            watch.see(events, judged=ending.is_judged(engine.now))
            if see is not None:
                see(events)
            ended = ending.why(engine, watch.sums)
        return watch.fate(ended)
    finally:
        engine.close()


def _is_given(events: Array) -> Array:
    return (events["kind"] == w.EVENT_SAY) & (events["place"] == w.SAY_ORDER)


def _is_obeyed(events: Array) -> Array:
    return (events["kind"] == w.EVENT_OBEY) & (events["other"] != events["fighter"])


def _is_unbidden(events: Array) -> Array:
    return (events["kind"] == w.EVENT_OBEY) & (events["other"] == events["fighter"])


ORDERLY = (_is_given, _is_obeyed, _is_unbidden)


class _Watch:
    """Notes what no state at the end can tell: who broke when, and how many were dead by then."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._names = engine.battle.side_names
        self._first_break: int | None = None
        self._broke: dict[int, tuple[int, int]] = {}  # side → tick, dead by then
        self._command = np.zeros((len(self._names), len(ORDERLY)), np.int64)

    def sums(self) -> Array:
        """(sides, MEASURES): the counts as they are now."""
        return tables.measured(self._engine)

    def see(self, events: Array, *, judged: bool) -> None:
        """What happened in the tick that the engine has just lived through."""
        for k, of in enumerate(ORDERLY):
            sides = self._engine.state.fighters["side"][events["fighter"][of(events)]]
            self._command[:, k] += np.bincount(sides, minlength=len(self._names))
        if self._first_break is None and (events["kind"] == w.EVENT_BREAK).any():
            self._first_break = self._engine.now
        if judged and len(self._broke) < len(self._names) and self._first_break is not None:
            self._see_sides()

    def _see_sides(self) -> None:
        for side, row in enumerate(self.sums()):
            counts = dict(zip(MEASURES, row.tolist(), strict=True))
            steady = counts["standing"] - counts["fleeing"]
            broken = has_broken(steady, counts["fleeing"], counts["left"])
            if side not in self._broke and broken:
                self._broke[side] = (self._engine.now, counts["dead"])

    def fate(self, ended: str) -> Fate:
        """What it all came to."""
        engine = self._engine
        sides = tuple(map(self._side, range(len(self._names)), self.sums()))
        holders = [side.name for side in sides if side.standing > 0]
        return Fate(
            ended=ended,
            duration_s=self._seconds(engine.now),
            hash=engine.hash,
            holder=holders[0] if len(holders) == 1 else None,
            first_break_s=None if self._first_break is None else self._seconds(self._first_break),
            sides=sides,
        )

    def _side(self, side: int, row: Array) -> SideFate:
        counts = dict(zip(MEASURES, row.tolist(), strict=True))
        down = counts["down"] + counts["unconscious"]
        at, dead_before = self._broke.get(side, (None, counts["dead"]))
        ordered, obeyed, unbidden = self._command[side].tolist()
        return SideFate(
            name=self._names[side],
            started=counts["reserve"] + counts["standing"] + down + counts["dead"] + counts["left"],
            standing=counts["standing"] - counts["fleeing"],
            fleeing=counts["fleeing"],
            left=counts["left"],
            down=down,
            dead=counts["dead"],
            reserve=counts["reserve"],
            wounded=self._living_wounded(side),
            broke_s=None if at is None else self._seconds(at),
            dead_before=dead_before,
            ordered=ordered,
            obeyed=obeyed,
            unbidden=unbidden,
        )

    def _living_wounded(self, side: int) -> int:
        state = self._engine.state
        hurt = np.zeros(len(state.fighters), bool)
        hurt[state.wounds["fighter"][: self._engine.wounds_used]] = True
        of_side = (state.fighters["side"] == side) & (state.fighters["status"] != w.DEAD)
        return int(hurt[state.fighters["id"][of_side]].sum())

    def _seconds(self, tick: int) -> float:
        return round(tick * float(self._engine.world.clock[0]), 6)
