"""Whether one throws at somebody, and whereto: not where what is thrown might strike another, and
ahead of who comes on. All by what he sees.
"""

from __future__ import annotations

from math import inf

from affray.minds.glimpse import Glimpse, Self
from affray.minds.menace import threat
from affray.minds.mind import Mind
from affray.world.people import Drive

_ARM_M = 0.8
_NOW = 0.85  # of a threat: he is about to be struck unawares
_BEYOND_M = 1.5  # what misses its mark flies on as far as this


def is_clear(mind: Mind, mine: Self, x: float, y: float) -> bool:
    """Whether nobody dear to him stands in the line of a throw at (x, y), or just behind it, as far
    as he sees.
    """
    return not _in_line(mind, mine, x, y, inf, -1)


def saves(mind: Mind, drive: Drive, mine: Self, x: float, y: float) -> bool:
    """Whether one throws at the enemy about to be at somebody, who will be at (x, y): not if that
    might strike the one whom it is to save, or another who is dear, where what is thrown comes
    down; past others only if it is high time.
    """
    glimpse = mind.glimpse_of(drive.whom)
    if glimpse is None or glimpse.menace_veiled == 2:
        return False
    if glimpse.menace_veiled == 1 and threat(glimpse) <= _NOW:
        return False
    return not _in_line(mind, mine, x, y, mind.p["throw.falls_m"], drive.whom)


def _in_line(mind: Mind, mine: Self, x: float, y: float, last_m: float, but: int) -> bool:
    """Whether he sees somebody dear, other than ``but``, in the last ``last_m`` of a throw."""
    dx, dy = x - mine.x, y - mine.y
    d = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    room = mind.p["know.clear_m"]
    for of, glimpse in mind.glimpses.items():
        whom = mind.tracks[of].taken_for
        tie = mind.people[mind.me].ties[whom] if whom >= 0 else None
        if tie is None or whom == but or max(tie.love, tie.loyalty) <= 0.0:
            continue
        gx, gy = glimpse.x - mine.x, glimpse.y - mine.y
        along, off = (gx * dx + gy * dy) / d, (gx * dy - gy * dx) / d
        if max(d - last_m, 0.0) < along < d + _BEYOND_M and -room < off < room:
            return True
    return False


def ahead(glimpse: Glimpse, seconds: float) -> tuple[float, float]:
    """Where the enemy about to be at somebody will be in so many seconds: nearer to him, and at
    arm's length at last.
    """
    m = max(glimpse.menace_m, 1e-6)
    comes_m = min(glimpse.menace_speed * seconds, max(m - _ARM_M, 0.0)) / m
    return (
        glimpse.menace_x + comes_m * (glimpse.x - glimpse.menace_x),
        glimpse.menace_y + comes_m * (glimpse.y - glimpse.menace_y),
    )


def may_throw(mind: Mind, drive: Drive, mine: Self, x: float, y: float) -> bool:
    """Whether nobody whom he would spare is in the line of a throw, as far as he sees."""
    if drive.at_threat:
        return saves(mind, drive, mine, x, y)
    return is_clear(mind, mine, x, y)
