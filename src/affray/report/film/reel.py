"""The moments of a film: which pictures of a recording it shows, and what turned before each.

The way from one to the next is made of time, of how far those who stand went, of how many fell, and
of what turned. So a standstill takes few panels, an envelopment gets them, and when one side alone
is left there are few more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from affray.report.film.bodies import Body, bodies
from affray.report.film.captions import Line, caption, losses
from affray.report.film.course import Course
from affray.report.film.orders import Orders
from affray.report.film.turns import Turn, turns
from affray.report.places import Places, places_of
from affray.report.roster import Roster
from affray.scenario import Scenario
from affray.world.errors import UsageError

if TYPE_CHECKING:
    from affray.record import Recording

Array = np.ndarray[Any, Any]
_TAIL_S = 6.0  # how far back a tail reaches, if there are pictures so near each other
_LATE_S = 8.0  # within this after a turn one sees what comes of it
_OF_TIME, _OF_WAY, _OF_FALLS, _OF_TURNS = 0.15, 0.2, 0.1, 0.6  # shares of the way between panels
_MUCH = 2.0  # what turns a panel where that has its whole share; where less turns, it has less


@dataclass(frozen=True)
class Moment:
    """A panel: everybody then, and a little before; the bodies they form, with their way since the
    panel before; what turned since that; how much the battle is still one, 1 at most.
    """

    places: Places
    lately: Places
    bodies: tuple[Body, ...]
    lines: tuple[Line, ...]
    contested: float


def moments(
    recording: Recording,
    scenario: Scenario,
    roster: Roster,
    orders: Orders,
    panels: int,
    span: tuple[int, int],
) -> list[Moment]:
    """At most ``panels`` moments of a span of ticks (both included). Raises UsageError if the
    recording keeps no pictures of it.
    """
    size_m, dt_s = scenario.field.size, float(recording.manifest["dt_s"])
    course = Course.of(recording, roster, size_m, *span)
    if not len(course.ticks):
        raise UsageError(
            f"{recording.path}: keeps no pictures between ticks {span[0]} and {span[1]}; a film "
            "needs a recording with frames (record: {frames_every: 2 s} in the scenario)"
        )
    found = turns(course, orders, roster, scenario)
    still = contested(course, roster)
    time = np.diff(course.ticks, prepend=course.ticks[0])
    worth = worth_of(course.ticks, found, roster, orders)
    much = min(1.0, float(worth.sum()) / (_MUCH * panels))
    way = (
        (_OF_TIME, still * time),
        (_OF_WAY, still * course.went_m),
        (_OF_FALLS, course.fell),
        (_OF_TURNS * much, worth),
    )
    chosen = spaced(way, panels)
    back = course.ticks[chosen] - round(_TAIL_S / dt_s)
    earlier = np.searchsorted(course.ticks, back)
    wanted = {int(tick) for tick in course.ticks[[*chosen, *earlier]]}
    kept = {
        frame.tick: places_of(frame, size_m)
        for frame in recording.frames(*span)
        if frame.tick in wanted
    }
    words = orders.table["word"].astype(np.int64)
    reel: list[Moment] = []
    before, since = kept[int(course.ticks[0])], -1
    for tick, lately in zip(
        course.ticks[chosen].tolist(), course.ticks[earlier].tolist(), strict=True
    ):
        now = kept[tick]
        between = [turn for turn in found if since < turn.tick <= tick]
        formed = bodies(now, before, orders.at(tick), words, roster)
        lines = [*caption(between, orders, roster), *losses(before, now, roster)]
        open_ = float(still[np.searchsorted(course.ticks, tick)])
        reel.append(Moment(now, kept[lately], tuple(formed), tuple(lines), open_))
        before, since = now, tick
    return reel


def worth_of(ticks: Array, found: Sequence[Turn], roster: Roster, orders: Orders) -> Array:
    """(T,) what has turned shortly before each picture."""
    worth = np.zeros(len(ticks))
    for turn in found:
        first = np.searchsorted(ticks, turn.tick)
        last = max(np.searchsorted(ticks, turn.tick + _LATE_S / orders.dt_s), first + 1)
        worth[first:last] += turn.worth(roster, orders) / (last - first)
    return worth


def contested(course: Course, roster: Roster) -> Array:
    """(T,) how much of all who stood at most stands then or later and is not of one side: 0 from
    when one side alone has anybody left. 1 throughout, where it never was otherwise.
    """
    sides = np.array(roster.unit_side)
    steady = np.stack(
        [course.steady[:, sides == side].sum(axis=1) for side in range(len(roster.sides))]
    )
    others = (steady.sum(axis=0) - steady.max(axis=0)) / max(int(steady.sum(axis=0).max()), 1)
    if not others.any():
        return np.ones(len(others))
    return np.maximum.accumulate(others[::-1])[::-1] / others.max()


def spaced(parts: Sequence[tuple[float, Array]], panels: int) -> Array:
    """Rows of ``panels`` pictures, the first and last among them: evenly spaced on a way. It is
    made of parts: how large a share each has, and (T,) what of it came since the picture before.
    """
    way = np.linspace(0.0, 1e-6, len(parts[0][1]))
    for share, part in parts:
        way += share * np.cumsum(part) / max(float(part.sum()), 1e-9)
    rows = np.searchsorted(way, np.linspace(way[0], way[-1], panels) - 1e-12)
    return np.unique(np.clip(rows, 0, len(way) - 1))
