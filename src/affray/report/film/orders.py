"""Who is under which order at a moment of a recording.

Read out of the last checkpoint before it, the events since, and the plans agreed beforehand, by
which everybody goes when their time has come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from affray.scenario import Scenario
from affray.scenario.orders import order_table
from affray.world import words as w
from affray.world.fields import UNIT

if TYPE_CHECKING:
    from affray.record import Recording
    from affray.report.roster import Roster

Array = np.ndarray[Any, Any]
COLUMNS = ("tick", "kind", "fighter", "other", "place", "weapon", "value")


class Orders:
    """The orders of a battle. ``table``: ORDER rows; ``giver`` (O,): the unit whose plan each is
    of; ``events``: columns of what a recording keeps, in the order recorded; ``unit_of``
    (fighters,): everybody's unit; ``dt_s``: seconds a tick.
    """

    def __init__(self, recording: Recording, scenario: Scenario, roster: Roster) -> None:
        units = np.zeros(len(roster.units), UNIT)
        self.table = order_table(scenario, units)
        self.giver = np.array(self.table["unit"], np.int64)
        for number, unit in enumerate(units):
            self.giver[unit["plan"] : unit["plan_end"]] = number
        events = recording.events(COLUMNS)
        self.events = {name: events[name].to_numpy() for name in COLUMNS}
        self.dt_s = float(recording.manifest["dt_s"])
        self._recording = recording
        self._opening = units["due"]
        self.unit_of = np.repeat(np.arange(len(roster.units)), np.diff(roster.unit_first))

    def at(self, tick: int) -> Array:
        """(fighters,) row of the order that each goes by."""
        since, rows = self._known(tick)
        when = np.full(len(rows), since)
        events = self.events
        here = (events["tick"] > since) & (events["tick"] <= tick)
        taken = np.flatnonzero(here & (events["kind"] == w.EVENT_OBEY))
        rows[events["fighter"][taken]] = events["value"][taken]
        when[events["fighter"][taken]] = events["tick"][taken]
        for event in self.given(since, tick):
            who, row = events["fighter"][event], int(events["value"][event])
            own = self._for_unit(row, self.unit_of[who])
            if own >= 0 and when[who] < events["tick"][event]:
                rows[who], when[who] = own, events["tick"][event]
        for row in self.agreed(since, tick):
            due = int(self.table["after"][row])
            turns = (self.unit_of == self.table["unit"][row]) & (when < due)
            rows[turns], when[turns] = row, due
        return rows

    def given(self, since: int, until: int) -> list[int]:
        """Events after tick ``since`` and up to ``until`` in which a leader gives an order of his
        own unit's plan; an order that is passed on is none.
        """
        events = self.events
        said = (events["kind"] == w.EVENT_SAY) & (events["place"] == w.SAY_ORDER)
        said &= (events["tick"] > since) & (events["tick"] <= until)
        found = np.flatnonzero(said)
        row = events["value"][found].astype(np.int64)
        own = self.unit_of[events["fighter"][found]] == self.giver[row]
        return [int(event) for event in found[own] if not self._passes_on(int(event))]

    def agreed(self, since: int, until: int) -> list[int]:
        """Rows of what was agreed beforehand whose time came in these ticks, in time."""
        after = self.table["after"]
        here = (self.table["way"] == w.BY_PLAN) & (after > since) & (after <= until)
        return sorted(np.flatnonzero(here).tolist(), key=lambda row: after[row])

    def told(self, row: int) -> range:
        """The rows by which the units that this order is for are told it."""
        return range(row, row + 1 + int(self.table["more"][row]))

    def _known(self, tick: int) -> tuple[int, Array]:
        """Everybody's order at the last checkpoint, and its tick; without one, at the opening."""
        nearest = self._recording.nearest_checkpoint(tick)
        if nearest is None:
            return 0, self._opening[self.unit_of].astype(np.int64)
        state = self._recording.checkpoint(nearest)[0]
        rows = np.zeros(len(self.unit_of), np.int64)
        rows[state["fighters"]["id"]] = state["memory"]["order"]
        return nearest, rows

    def _for_unit(self, row: int, unit: int) -> int:
        """The row by which a unit is told this order; -1 if it is not for it."""
        return next((one for one in self.told(row) if self.table["unit"][one] == unit), -1)

    def _passes_on(self, event: int) -> bool:
        """Whether the speaker had taken up from another the order that he says."""
        events = self.events
        had = (events["kind"] == w.EVENT_OBEY) & (events["fighter"] == events["fighter"][event])
        had &= (events["value"] == events["value"][event]) & (
            events["tick"] <= events["tick"][event]
        )
        return bool(had.any())
