"""``Chronicle``: the events of a battle, found by fighter, kind and tick, and by what they caused.

Throws and single blows are left out unless asked for: they are by far the most, and no event names
one as its cause.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from affray.world import words as w
from affray.world.errors import UsageError
from affray.world.fields import CAUSES

if TYPE_CHECKING:
    from affray.record import Recording

LEFT_OUT = (w.EVENT_THROW, w.EVENT_BLOW)
_LATE_TICKS = 2  # a sight may reach a mind so many ticks after the event itself
_PLAIN = ("tick", "fighter", "other", "x", "y", "value", "kind", "ordinal", "place", "weapon")
_CAUSE = ("kind", "event", "tick", "id", "share")
COLUMNS = (*_PLAIN, *(f"cause_{name}_{j}" for name in _CAUSE for j in range(CAUSES)))


class Link(NamedTuple):
    """One cause that an event names: words of ``CAUSE_*`` and ``EVENT_*``, whose, when."""

    kind: int
    event: int
    tick: int
    fighter: int
    share: float


class Event(NamedTuple):
    """One event, as recorded. ``row`` is its place in the chronicle."""

    row: int
    tick: int
    kind: int
    fighter: int
    other: int
    value: float
    place: int
    weapon: int
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Chronicle:
    """Events by fighter. ``dt_s``: seconds a tick; the recording goes from tick to tick."""

    columns: dict[str, np.ndarray]
    order: np.ndarray  # rows by fighter, and by time for each
    sorted_fighters: np.ndarray
    dt_s: float
    first_tick: int
    last_tick: int

    @classmethod
    def from_recording(cls, recording: Recording, without: Collection[int] = LEFT_OUT) -> Self:
        """Read the events of a recording, but for kinds that are left out. Raises UsageError if it
        keeps none.
        """
        import pyarrow.compute as pc

        if recording.manifest["level"] == "summary":
            raise UsageError(
                f"{recording.path}: was recorded at level summary, which keeps no events; run the "
                "battle again with --record events"
            )
        table = recording.events(COLUMNS)
        for kind in without:
            table = table.filter(pc.not_equal(table["kind"], kind))
        columns = {name: table[name].to_numpy() for name in COLUMNS}
        return cls.from_columns(
            columns, recording.manifest["dt_s"], recording.first_tick, recording.last_tick
        )

    @classmethod
    def from_columns(
        cls, columns: dict[str, np.ndarray], dt_s: float, first_tick: int, last_tick: int
    ) -> Self:
        """Events at hand, in time: a column for each of ``COLUMNS``."""
        order = np.lexsort((columns["tick"], columns["fighter"]))
        return cls(columns, order, columns["fighter"][order], dt_s, first_tick, last_tick)

    def of(self, fighter: int) -> list[Event]:
        """All events of a fighter, in time."""
        return [self.event(row) for row in self._rows(fighter).tolist()]

    def _rows(self, fighter: int, kind: int | None = None, until: int | None = None) -> np.ndarray:
        """Rows of a fighter's events, in time; of those of a kind, and no later than a tick."""
        low, high = np.searchsorted(self.sorted_fighters, (fighter, fighter + 1))
        rows = self.order[low:high]
        if kind is not None:
            rows = rows[self.columns["kind"][rows] == kind]
        if until is not None:
            rows = rows[self.columns["tick"][rows] <= until]
        return rows

    def event(self, row: int) -> Event:
        """The event in a row."""
        c = self.columns
        links = tuple(
            Link(*(c[f"cause_{name}_{j}"][row].item() for name in _CAUSE))
            for j in range(CAUSES)
            if c[f"cause_kind_{j}"][row] != w.CAUSE_NONE
        )
        return Event(
            row=row,
            tick=int(c["tick"][row]),
            kind=int(c["kind"][row]),
            fighter=int(c["fighter"][row]),
            other=int(c["other"][row]),
            value=float(c["value"][row]),
            place=int(c["place"][row]),
            weapon=int(c["weapon"][row]),
            links=links,
        )

    def upon(self, fighter: int, kinds: tuple[int, ...]) -> list[Event]:
        """Events of those kinds of others in which the fighter is the other one, in time."""
        here = (self.columns["other"] == fighter) & np.isin(self.columns["kind"], kinds)
        rows = np.flatnonzero(here)
        return [self.event(int(row)) for row in rows[np.argsort(self.columns["tick"][rows])]]

    def latest(self, fighter: int, kind: int, tick: int) -> Event | None:
        """The fighter's last event of that kind at or before ``tick``."""
        rows = self._rows(fighter, kind, tick)
        return self.event(int(rows[-1])) if len(rows) else None

    def cause(self, event: Event, link: Link, taken: Collection[int] = ()) -> Event | None:
        """The event that a link of an event points at, if it was recorded.

        ``taken``: rows that other links of the event point at.
        """
        if link.fighter < 0:
            return None
        if link.kind == w.CAUSE_FLIGHT:
            return self.latest(link.fighter, w.EVENT_BREAK, event.tick)
        if link.kind != w.CAUSE_EVENT:
            return None
        rows = self._rows(link.fighter, link.event, link.tick + _LATE_TICKS)
        of_kind = [row for row in rows.tolist() if row not in taken]
        exact = [row for row in of_kind if self.columns["tick"][row] == link.tick]
        # two wounds in one tick: an event that names a striker means the wound by that striker
        by_same = [row for row in exact if self.columns["other"][row] == event.other]
        found = by_same or exact or of_kind
        return self.event(found[-1]) if found else None

    def time_s(self, tick: int) -> float:
        """Seconds from the opening of the battle."""
        return tick * self.dt_s
