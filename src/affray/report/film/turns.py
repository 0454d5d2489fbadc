"""What turned in a battle, and when: orders given, agreed on and unbidden, who came to grips with
whom and from which side, who broke and rallied, who came up, which people died, which powers took
effect, what made many stare.

Read out of a recording's events and pictures. What each turn is worth says how much a picture of
it is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from affray.report.film.course import Course
from affray.report.film.orders import Orders
from affray.report.roster import Roster
from affray.scenario import Scenario
from affray.world import words as w
from affray.world.endings import has_broken

Array = np.ndarray[Any, Any]
ORDERED = "ordered"
AGREED = "agreed"
UNBIDDEN = "unbidden"
MEETS = "meets"
BREAKS = "breaks"
RALLIES = "rallies"
ENTERS = "enters"
FALLS = "falls"
DIES = "dies"
WORKS = "works"
STARES = "stares"
WORTH = {
    ORDERED: 4.0,
    AGREED: 0.7,
    UNBIDDEN: 2.0,
    MEETS: 1.0,
    BREAKS: 2.0,
    RALLIES: 0.5,
    ENTERS: 0.5,
    FALLS: 0.4,
    DIES: 0.5,
    WORKS: 0.5,
    STARES: 3.0,
}
BY_ORDER = (ORDERED, AGREED, UNBIDDEN)  # worth less if few of the unit do it
OF_UNITS = (ORDERED, AGREED, UNBIDDEN, MEETS, BREAKS, RALLIES, ENTERS)
ASIDE = 3.0  # times as much, where a unit is struck in the flank or the rear,
SEEN_FAR = 24.0  # where a power takes up a part of the field,
STAYING = 0.3  # and where an order is to stay: little is to be seen of it
_WAVE_S = 20.0  # those who come up or stare within this do it together
_ANEW_S = 60.0  # what is said, done unbidden or begun anew within this is one thing
_SHARE = 0.2  # of a unit who do something of themselves, or of all who stare
_LEAST = 10  # who have a front, or are many
_STARE_S = 1.0  # who is held for less has only started
_FLANK, _REAR = 0.35, -0.5  # cosine off a unit's front below which it is struck there
_FIT = 0.4  # of a unit who must stand for it to have a front
_ENDS = {w.EVENT_FALL: FALLS, w.EVENT_DEATH: DIES}
_EVER = np.iinfo(np.int32).max
_GOES_BACK = (w.ORDER_WITHDRAW, w.ORDER_BREAK_OFF)


class Turn(NamedTuple):
    """One turn. ``unit``: whose it is; ``other``: the unit that it is upon. ``row``: of the table
    of orders, or number of a power; ``who``: the fighter who gave or used it, or died; ``did``:
    how many did so, ``times``: how often it was said; ``where``: on which side a unit is struck:
    ``flank``, ``rear``, or empty; ``far``: a power takes up a part of the field.
    """

    tick: int
    kind: str
    unit: int
    other: int = -1
    row: int = -1
    who: int = -1
    did: int = 0
    times: int = 1
    where: str = ""
    far: bool = False

    def worth(self, roster: Roster, orders: Orders) -> float:
        """How much a picture of it is wanted: less of what concerns few."""
        worth = WORTH[self.kind] * (ASIDE if self.where else SEEN_FAR if self.far else 1.0)
        if self.kind not in OF_UNITS:
            return worth
        sizes = np.diff(roster.unit_first)
        size = min(sizes[self.unit], sizes[self.other]) if self.kind == MEETS else sizes[self.unit]
        if self.kind in BY_ORDER:
            worth *= min(self.did / size, 1.0)
            worth *= STAYING if orders.table["word"][self.row] == w.ORDER_HOLD else 1.0
        return worth * float(np.clip(size / np.mean(sizes), 0.1, 1.5))


def turns(course: Course, orders: Orders, roster: Roster, scenario: Scenario) -> list[Turn]:
    """All turns of the time of the course, in order."""
    dt_s = float(scenario.dt)
    found = [
        *_ordered(orders, dt_s),
        *_agreed(course, orders),
        *_unbidden(orders, roster, dt_s),
        *_meetings(course, orders, roster, dt_s),
        *breaks(course),
        *_ends(orders, roster),
        *_works(orders, scenario),
        *_entries(orders, roster, dt_s),
        *_stares(orders, roster, dt_s),
    ]
    first, last = (course.ticks[0], course.ticks[-1]) if len(course.ticks) else (0, -1)
    return sorted(turn for turn in found if first < turn.tick <= last)


def _ordered(orders: Orders, dt_s: float) -> Iterator[Turn]:
    """Orders that a leader gave, by unit told; one that is soon repeated is one turn with all that
    took it up.
    """
    events = orders.events
    obeyed = (events["kind"] == w.EVENT_OBEY) & (events["other"] != events["fighter"])
    given = np.array(orders.given(-1, _EVER), np.int64)
    rows = events["value"][given].astype(np.int64)
    for row in np.unique(rows).tolist():
        calls = given[rows == row]
        waves = _waves(events["tick"][calls], 1, _ANEW_S / dt_s)
        ends = [tick for tick, _ in waves[1:]] + [_EVER]
        for (tick, times), until in zip(waves, ends, strict=True):
            here = obeyed & (events["tick"] >= tick) & (events["tick"] < until)
            who = int(events["fighter"][calls[events["tick"][calls] >= tick][0]])
            for told in orders.told(row):
                unit = int(orders.table["unit"][told])
                count = int((here & (events["value"] == told)).sum())
                yield Turn(tick, ORDERED, unit, int(orders.giver[row]), told, who, count, times)


def _agreed(course: Course, orders: Orders) -> Iterator[Turn]:
    """What was agreed beforehand, when its time had come, and how many are left to do it."""
    for row in orders.agreed(0, _EVER):
        tick, unit = int(orders.table["after"][row]), int(orders.table["unit"][row])
        picture = min(int(np.searchsorted(course.ticks, tick)), len(course.ticks) - 1)
        if picture >= 0 and course.steady[picture, unit] > 0:
            yield Turn(tick, AGREED, unit, row=row, did=int(course.steady[picture, unit]))


def _unbidden(orders: Orders, roster: Roster, dt_s: float) -> Iterator[Turn]:
    """What many of a unit went over to of themselves."""
    events = orders.events
    own = (events["kind"] == w.EVENT_OBEY) & (events["other"] == events["fighter"])
    units = orders.unit_of[events["fighter"]]
    for unit, size in enumerate(np.diff(roster.unit_first).tolist()):
        rows = events["value"][own & (units == unit)].astype(np.int64)
        for row in np.unique(rows).tolist():
            ticks = events["tick"][own & (units == unit) & (events["value"] == row)]
            for tick, count in _waves(ticks, max(1, _SHARE * size), _ANEW_S / dt_s):
                yield Turn(tick, UNBIDDEN, unit, row=row, did=min(count, size))


def _waves(ticks: Array, least: float, wave: float) -> list[tuple[int, int]]:
    """When at least so many came together within so many ticks, and how many; each wave once."""
    ticks = np.sort(ticks)
    within = np.arange(1, len(ticks) + 1) - np.searchsorted(ticks, ticks - wave)
    found: list[tuple[int, int]] = []
    for tick in ticks[within >= least].tolist():
        if not found or tick - found[-1][0] >= wave:
            found.append((int(tick), int(((ticks > tick - wave) & (ticks < tick + wave)).sum())))
    return found


def _meetings(course: Course, orders: Orders, roster: Roster, dt_s: float) -> Iterator[Turn]:
    """Who came to grips with whom. Who is struck from aside or behind is the other one."""
    last: dict[tuple[int, int], int] = {}
    fit = np.maximum(_FIT * np.diff(roster.unit_first), _LEAST)
    for picture, (tick, grips) in enumerate(zip(course.ticks.tolist(), course.grips, strict=True)):
        fresh = [pair for pair in grips if tick - last.get(pair, -_EVER) >= _ANEW_S / dt_s]
        fronts = _fronts(orders, tick) if fresh else np.zeros((0, 2))
        for pair in fresh:
            struck = [
                _where(course.struck_from(picture, unit, grips[pair], fronts[unit]))
                if course.steady[picture, unit] >= fit[unit]
                else ""
                for unit in pair
            ]
            if struck[0] and not struck[1]:
                pair, struck = pair[::-1], struck[::-1]
            yield Turn(tick, MEETS, *pair, where="" if struck[0] else struck[1])
        last |= dict.fromkeys(grips, tick)


def _where(cosine: float) -> str:
    return "" if cosine >= _FLANK else "flank" if cosine >= _REAR else "rear"


def _fronts(orders: Orders, tick: int) -> Array:
    """(units, 2) where each unit looks: the way that most are to go, or away from it if back."""
    rows, units = orders.at(tick), int(orders.unit_of[-1]) + 1
    found = np.zeros((units, 2))
    for unit in range(units):
        row = int(np.bincount(rows[orders.unit_of == unit]).argmax())
        back = -1.0 if orders.table["word"][row] in _GOES_BACK else 1.0
        found[unit] = back * orders.table["x"][row], back * orders.table["y"][row]
    return found


def breaks(course: Course) -> Iterator[Turn]:
    """Units most of which ran, and those that came to themselves again."""
    if not len(course.ticks):
        return
    counts = np.stack((course.steady, course.fleeing, course.left), axis=-1)
    broken = np.apply_along_axis(lambda row: has_broken(*row), 2, counts)
    for picture, unit in np.argwhere(broken[1:] != broken[:-1]).tolist():
        tick, gone = int(course.ticks[picture + 1]), bool(broken[picture + 1, unit])
        if gone or course.steady[picture + 1, unit] > 0:  # whose last men fell have not rallied
            yield Turn(tick, BREAKS if gone else RALLIES, unit)


def _ends(orders: Orders, roster: Roster) -> Iterator[Turn]:
    """Falls and deaths of those who have a name."""
    events = orders.events
    for event in np.flatnonzero(np.isin(events["kind"], list(_ENDS))).tolist():
        tick, who = int(events["tick"][event]), int(events["fighter"][event])
        if who in roster.named:
            yield Turn(tick, _ENDS[int(events["kind"][event])], int(orders.unit_of[who]), who=who)


def _works(orders: Orders, scenario: Scenario) -> Iterator[Turn]:
    """Powers that took effect."""
    spread = [bool(power.blast or power.barrier) for power in scenario.powers.values()]
    events = orders.events
    for event in np.flatnonzero(events["kind"] == w.EVENT_POWER).tolist():
        tick, who, power = (int(events[name][event]) for name in ("tick", "fighter", "place"))
        yield Turn(tick, WORKS, int(orders.unit_of[who]), row=power, who=who, far=spread[power])


def _entries(orders: Orders, roster: Roster, dt_s: float) -> Iterator[Turn]:
    """Units that came up out of the reserve, and how many of each within a while."""
    events = orders.events
    entered = events["kind"] == w.EVENT_ENTER
    units = orders.unit_of[events["fighter"]]
    for unit in np.unique(units[entered]).tolist():
        for tick, count in _waves(events["tick"][entered & (units == unit)], 1, _WAVE_S / dt_s):
            yield Turn(tick, ENTERS, unit, did=count)


def _stares(orders: Orders, roster: Roster, dt_s: float) -> Iterator[Turn]:
    """What held many spellbound: whose scream it was, or whose fall."""
    events = orders.events
    held = (events["kind"] == w.EVENT_GRIP) & (events["value"] >= _STARE_S)
    for whose in np.unique(events["other"][held]).tolist():
        ticks = events["tick"][held & (events["other"] == whose)]
        for tick, count in _waves(ticks, max(_LEAST, _SHARE * roster.fighters), _WAVE_S / dt_s):
            yield Turn(tick, STARES, int(orders.unit_of[whose]), who=whose, did=count)
