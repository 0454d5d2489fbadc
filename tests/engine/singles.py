"""What shows on those whom a fighter looks at singly, the slow and plain way: the companion beside
him, whom he takes for his leader, and a wink of the enemy he faces.

Written from what the fields and parameters say; who is near and in view is ``reference``'s.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.world import words
from affray.world.battlefield import World
from affray.world.fields import NO_ORDER, PER_M
from tests.engine import reference
from tests.engine.reference import EDGE, Scene

HEAVY_FLOW = 200  # bleeding that shows, 0.01 mL/s
PACE_STEP = 0.5  # m/s: as finely as a pace is judged

Percept = dict[str, float]


def _in_view(world: World, s: Scene, me: Any, j: int, tick: int) -> bool | None:
    """Whether `j` is seen, and not only felt; None: barely."""
    i = int(me["id"])
    dx, dy = s.x[j] - s.x[i], s.y[j] - s.y[i]
    d = float(np.hypot(dx, dy))
    cone_cos = reference.attention(world, me, tick).cone_cos
    ahead = float(dx * s.hx[i] + dy * s.hy[i] - cone_cos * d)
    if abs(ahead) < EDGE or s.hides_barely[j]:
        return None
    return bool(ahead > 0.0 and not s.hidden[j])


def companion(
    world: World, s: Scene, f: Any, me: Any, known: int, j: int, tick: int
) -> Percept | None:
    """The ``companion_*`` percepts of `me` with `j` beside him, who last understood the order in
    row `known`; None: it hangs on less than EDGE.
    """
    names = ("own", "flees", "strikes", "felled", "laughs", "busy", "stands", "ahead", "pace")
    nothing = dict.fromkeys((f"companion_{name}" for name in names), 0.0)
    if j < 0:
        return nothing
    view = _in_view(world, s, me, j, tick)
    if not view:
        return None if view is None else nothing
    him, fresh = f[j], int(world.clock[1])
    up = him["status"] == words.UP
    found = {
        "own": him["unit"] == me["unit"],
        "flees": s.flees[j],
        "strikes": up and him["act"] in (words.STRIKE, words.LUNGE, words.THROW),
        "felled": up and him["felled"] < fresh,
        "laughs": up and him["says_left"] > 0 and him["says"] == words.SAY_LAUGH,
        "busy": s.pauses[j] or him["flow"] > HEAVY_FLOW or him["embedded"] > 0,
        "stands": him["speed"] < PER_M * PACE_STEP,
        "ahead": 0.0,
        "pace": 0.0,
    }
    if known != NO_ORDER:
        x, y = float(world.orders["x"][known]), float(world.orders["y"][known])
        i = int(me["id"])
        found["ahead"] = (s.x[j] - s.x[i]) * x + (s.y[j] - s.y[i]) * y
        found["pace"] = PACE_STEP * s.pace[j] * (s.hx[j] * x + s.hy[j] * y)
    return {f"companion_{name}": float(value) for name, value in found.items()}


def leader_fights(world: World, s: Scene, f: Any, me: Any, leader: int, tick: int) -> bool | None:
    """Whether `me` sees `leader`, whom he takes for that, fighting near by; None: barely."""
    i = int(me["id"])
    if leader < 0 or leader == i:
        return False
    acts = (words.STRIKE, words.LUNGE, words.THROW)
    if f[leader]["status"] != words.UP or f[leader]["act"] not in acts:
        return False
    d = float(np.hypot(s.x[leader] - s.x[i], s.y[leader] - s.y[i]))
    reach = float(world.params["talk_example_m"][0]) * float(
        world.terrain[world.terrain_of[s.cell[i]]]["light"]
    )
    view = _in_view(world, s, me, leader, tick)
    if abs(d - reach) < EDGE or view is None:
        return None
    return view and d < reach


def winks(f: Any, eyes_read: bool, j: int) -> bool:
    """Whether the wink of `j` is seen by one who can read his eyes, or cannot."""
    return bool(eyes_read and f[j]["winks"] > 0)
