"""``Chronicle``: the events of a recording, found by fighter, kind and tick.

Throws and single blows are left out: they are by far the most, and no event names one as its
cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from affray.world import words as w
from affray.world.errors import UsageError
from affray.world.fields import CAUSES

if TYPE_CHECKING:
    from affray.record import Recording

LEFT_OUT = (w.EVENT_THROW, w.EVENT_BLOW)
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
    def from_recording(cls, recording: Recording) -> Self:
        """Read the events of a recording. Raises UsageError if it keeps none."""
        import pyarrow.compute as pc

        if recording.manifest["level"] == "summary":
            raise UsageError(
                f"{recording.path}: was recorded at level summary, which keeps no events; run the "
                "battle again with --record events"
            )
        table = recording.events(COLUMNS)
        for kind in LEFT_OUT:
            table = table.filter(pc.not_equal(table["kind"], kind))
        columns = {name: table[name].to_numpy() for name in COLUMNS}
        order = np.lexsort((columns["tick"], columns["fighter"]))
        return cls(
            columns=columns,
            order=order,
            sorted_fighters=columns["fighter"][order],
            dt_s=recording.manifest["dt_s"],
            first_tick=recording.first_tick,
            last_tick=recording.last_tick,
        )

    def of(self, fighter: int) -> list[Event]:
        """All events of a fighter, in time."""
        low = int(np.searchsorted(self.sorted_fighters, fighter, side="left"))
        high = int(np.searchsorted(self.sorted_fighters, fighter, side="right"))
        return [self.event(int(row)) for row in self.order[low:high]]

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
        found = None
        for event in self.of(fighter):
            if event.tick > tick:
                break
            if event.kind == kind:
                found = event
        return found

    def time_s(self, tick: int) -> float:
        """Seconds from the opening of the battle."""
        return tick * self.dt_s
