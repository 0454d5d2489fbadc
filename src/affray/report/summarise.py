"""``summarise``: who held the field, at what price, and when it was decided.

Counts come from the last metrics, times from events; so the summary of a recording is the same
right after the run and years later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from affray.report.paper import scenario_of
from affray.report.roster import Roster
from affray.report.series import Series
from affray.report.summary import Lead, Moment, SideTally, Summary
from affray.world import words as w

if TYPE_CHECKING:
    from affray.record import Recording


def summarise(recording: Recording) -> Summary:
    """The summary of a recording, also of one still being written.

    Raises RecordingError if it is damaged, UsageError if it holds nothing yet.
    """
    from affray.scenario import switched_off

    scenario = scenario_of(recording)
    roster = Roster.of(scenario)
    series = Series.from_recording(recording, len(roster.sides))
    manifest = recording.manifest
    events = _Events(recording, roster)
    tallies = tuple(_tally(roster, series, events, side) for side in range(len(roster.sides)))
    steady = tuple(number for number, tally in enumerate(tallies) if tally.steady > 0)
    return Summary(
        battle=manifest["scenario_name"],
        title=roster.title,
        seed=manifest["seed"],
        dt_s=manifest["dt_s"],
        level=manifest["level"],
        fighters=manifest["fighters"],
        first_tick=recording.first_tick,
        last_tick=recording.last_tick,
        ended=manifest["ended"],
        hash=f"{recording.hash_at(recording.last_tick):016x}",
        sides=tallies,
        steady_sides=steady,
        contenders=tuple(
            one for one in steady if any(other in roster.foes[one] for other in steady)
        ),
        first_wound=events.first(w.EVENT_WOUND),
        first_death=events.first(w.EVENT_DEATH),
        first_break=events.first(w.EVENT_BREAK),
        half_of_deaths=events.middle_half(w.EVENT_DEATH),
        blood_l=_blood_l(series),
        leads=events.leads(),
        merits=events.merits(),
        off=tuple(switched_off(scenario.parameters)),
        interventions=tuple(manifest["interventions"]),
        parent=manifest["parent"],
    )


class _Events:
    """The kinds of events that a summary counts; empty where none are kept."""

    def __init__(self, recording: Recording, roster: Roster) -> None:
        self._roster = roster
        self.kept = recording.manifest["level"] != "summary"
        table = recording.events(("tick", "kind", "fighter", "other", "place"))
        self._columns = {name: table[name].to_numpy() for name in table.column_names}
        self._sides = roster.sides_of(self._columns["fighter"])
        self._hurt, self._dead = _before(recording)

    def of(self, kind: int, side: int | None = None) -> np.ndarray:
        """Rows of that kind, of one side or all."""
        chosen = self._columns["kind"] == kind
        if side is not None:
            chosen &= self._sides == side
        return np.flatnonzero(chosen)

    def first(self, kind: int) -> Moment | None:
        rows = self.of(kind)
        if len(rows) == 0:
            return None
        ticks, fighters = self._columns["tick"][rows], self._columns["fighter"][rows]
        at = np.lexsort((fighters, ticks))[0]
        fighter = int(fighters[at])
        side = self._roster.sides[self._roster.side_of(fighter)]
        return Moment(int(ticks[at]), fighter, self._roster.name(fighter), side.title)

    def leads(self) -> tuple[Lead, ...]:
        """Of each unit whose lead has passed on: who took it last."""
        last = {}
        ticks, fighters = self._columns["tick"], self._columns["fighter"]
        for row in sorted(self.of(w.EVENT_LEAD), key=lambda row: (ticks[row], fighters[row])):
            fighter = int(fighters[row])
            unit = self._roster.units[self._roster.unit_of(fighter)]
            last[unit] = Lead(unit, int(ticks[row]), self._roster.name(fighter))
        return tuple(last.values())

    def merits(self) -> tuple[str, ...]:
        """Who was noted for merit, first come first, where he and whoever noted it live."""
        dead = set(self._columns["fighter"][self.of(w.EVENT_DEATH)].tolist())
        rows = self.of(w.EVENT_MERIT)
        pairs = zip(self._columns["fighter"][rows], self._columns["other"][rows], strict=True)
        living = [int(who) for by, who in pairs if int(by) not in dead and int(who) not in dead]
        return tuple(dict.fromkeys(map(self._roster.name, living)))

    def orders(self, side: int) -> int | None:
        """How often an order was called out or signalled."""
        if not self.kept:
            return None
        rows = self.of(w.EVENT_SAY, side)
        return int((self._columns["place"][rows] == w.SAY_ORDER).sum())

    def obeyed(self, side: int) -> int | None:
        """How often somebody took up another's order."""
        if not self.kept:
            return None
        rows = self.of(w.EVENT_OBEY, side)
        return int((self._columns["other"][rows] != self._columns["fighter"][rows]).sum())

    def middle_half(self, kind: int) -> tuple[int, int] | None:
        """The ticks between which the middle half of that kind happened."""
        ticks = np.sort(self._columns["tick"][self.of(kind)])
        if len(ticks) < 4:
            return None
        return int(ticks[len(ticks) // 4]), int(ticks[(3 * len(ticks) - 1) // 4])

    def living_wounded(self, side: int) -> int | None:
        """Fighters of a side who were wounded and have not died."""
        if not self.kept:
            return None
        fighters = self._columns["fighter"]
        hurt = fighters[self.of(w.EVENT_WOUND, side)]
        hurt = np.union1d(hurt, self._hurt[self._roster.sides_of(self._hurt) == side])
        dead = np.union1d(fighters[self.of(w.EVENT_DEATH, side)], self._dead)
        return len(np.setdiff1d(hurt, dead, assume_unique=True))

    def count(self, kind: int, side: int) -> int | None:
        return len(self.of(kind, side)) if self.kept else None


def _before(recording: Recording) -> tuple[np.ndarray, np.ndarray]:
    """Who had been wounded, and who was dead, when a fork began: its events say nothing of it."""
    none = np.zeros(0, np.int64)
    if recording.first_tick == 0 or recording.first_tick not in recording.checkpoints():
        return none, none
    state = recording.checkpoint(recording.first_tick)[0]
    fighters = state["fighters"]
    dead = fighters["id"][fighters["status"] == w.DEAD]
    return np.unique(state["wounds"]["fighter"]), np.unique(dead)


def _tally(roster: Roster, series: Series, events: _Events, side: int) -> SideTally:
    last = {name: int(values[side, -1]) for name, values in series.of.items()}
    down = last["down"] + last["unconscious"]
    return SideTally(
        name=roster.sides[side].name,
        title=roster.sides[side].title,
        colour=roster.sides[side].colour,
        started=last["reserve"] + last["standing"] + down + last["dead"] + last["left"],
        steady=last["standing"] - last["fleeing"],
        fleeing=last["fleeing"],
        left=last["left"],
        down=down,
        dead=last["dead"],
        reserve=last["reserve"],
        wounded=events.living_wounded(side),
        breaks=events.count(w.EVENT_BREAK, side),
        rallies=events.count(w.EVENT_RALLY, side),
        orders=events.orders(side),
        obeyed=events.obeyed(side),
        refused=events.count(w.EVENT_REFUSE, side),
    )


def _blood_l(series: Series) -> float | None:
    """Blood shed since the first metrics, in litres: what bodies have lost."""
    if "blood" not in series.of:
        return None
    bodies = series.of["blood"].sum(axis=0)
    return float(bodies[0] - bodies[-1]) / 100_000
