"""Who perceives whom, the slow and plain way: every pair of fighters, in float64, without a grid
of neighbours, without packed words and sums up a pyramid.

Written from what the fields, the parameters and the design say, not from the kernels. Where the
answer hangs on less than ``EDGE``, it says so instead of answering, because the engine holds
places as float32.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from affray.world import words
from affray.world.battlefield import CELL_M, LEVELS, State, World

EDGE = 1e-4
NEAR_M = CELL_M  # the near ones are perceived one by one within a contact cell's width
COVER_M = 1.5  # a companion this close covers one's side
FRESH_TICKS = 2  # a fall is seen while it is this fresh
OUT_OF_RANGE = 99
NEAR = -1

Numbers = np.ndarray


@dataclass(frozen=True)
class Scene:
    """What there is to perceive, by id, in plain arrays: outward things only."""

    x: Numbers
    y: Numbers
    hx: Numbers
    hy: Numbers
    side: Numbers
    here: Numbers  # on the field, or gone down just now
    up: Numbers
    down: Numbers  # lies on the ground, alive
    flees: Numbers
    pauses: Numbers
    opens: Numbers
    fell: Numbers  # ticks since he went down, 255: stands
    hurt: Numbers
    hidden: Numbers
    hides_barely: Numbers  # whether he is hidden hangs on less than EDGE
    leader: Numbers
    face: Numbers  # fear in the face, in fifteenths
    weary: Numbers  # weariness in the body, in fifteenths
    col: Numbers
    row: Numbers
    cell: Numbers


def scene(world: World, state: State) -> Scene:
    """The outward things of everybody, by id."""
    f = np.asarray(state.fighters)
    f = f[np.argsort(f["id"])]
    n = len(f)
    trait, unit = world.traits[:n], world.units[f["unit"]]
    x, y = f["x"].astype(float), f["y"].astype(float)
    cols, rows = int(world.grid_cols[0]), int(world.grid_rows[0])
    col = np.clip((x // CELL_M).astype(int), 0, cols - 1)
    row = np.clip((y // CELL_M).astype(int), 0, rows - 1)
    cell = row * cols + col
    status, act, fell = f["status"], f["act"], f["fell"].astype(int)
    up = status == words.UP
    down = (status == words.DOWN) | (status == words.OUT)
    dying = (status == words.DEAD) & (fell < FRESH_TICKS)
    strikes = np.isin(act, (words.STRIKE, words.LUNGE, words.THROW))
    still = 1.0 - np.clip(f["speed"].astype(float), 0.0, 1.0)
    cloak = world.terrain["conceal"][cell].astype(float) * still
    tired = 1.0 - f["stamina"].astype(float) * (1.0 - f["fatigue"].astype(float))
    return Scene(
        x=x,
        y=y,
        hx=f["hx"].astype(float),
        hy=f["hy"].astype(float),
        side=f["side"].astype(int),
        here=up | down | dying,
        up=up,
        down=down,
        flees=up & (f["mood"] == words.BROKEN),
        pauses=up & ((act == words.REST) | (act >= words.HELP_UP)),
        opens=up & (act == words.LUNGE),
        fell=fell,
        hurt=(status == words.DOWN) | (up | down) & ((f["flow"] > 200) | (f["embedded"] > 0)),
        hidden=(cloak > 0.6) & ~strikes,
        hides_barely=np.abs(cloak - 0.6) < EDGE,
        leader=trait["leader"] == 1,
        face=np.where(unit["masked"] == 1, 0, np.floor(15 * np.clip(f["fear"], 0.0, 1.0))),
        weary=np.floor(15.0 * np.clip(tired, 0.0, 1.0)),
        col=col,
        row=row,
        cell=cell,
    )


def attention_cone(world: World, me: Any) -> float:
    """Cosine of half the angle that a fighter takes in: -2 is all round."""
    if world.traits[int(me["id"])]["sight"] == 1:
        return -2.0
    name = "sight_busy_cone_cos" if me["act"] >= words.HELP_UP else "sight_cone_cos"
    return float(world.params[name][0])


@dataclass
class Near:
    """The near ones of one observer, by id."""

    dx: Numbers
    dy: Numbers
    d: Numbers
    perceived: Numbers  # by eye or touch
    barely: bool  # somebody's being perceived hangs on less than EDGE


def near(world: World, s: Scene, i: int, cone_cos: float) -> Near:
    """Whom `i` perceives one by one: by touch from any side, else in his cone unless hidden."""
    dx, dy = s.x - s.x[i], s.y - s.y[i]
    d = np.sqrt(dx * dx + dy * dy)
    touch_m = float(world.params["sight_touch_m"][0])
    ahead = dx * s.hx[i] + dy * s.hy[i] - cone_cos * d
    others = s.here.copy()
    others[i] = False
    perceived = others & (d <= NEAR_M) & ((d <= touch_m) | ((ahead >= 0.0) & ~s.hidden))
    doubt = (np.abs(d - NEAR_M) < EDGE) | (np.abs(d - touch_m) < EDGE)
    doubt |= (np.abs(ahead) < EDGE) | (np.abs(d - COVER_M) < EDGE) | s.hides_barely
    doubt |= np.abs(dx * s.hx[i] + dy * s.hy[i]) < EDGE
    return Near(dx, dy, d, perceived, bool((doubt & others & (d < NEAR_M + EDGE)).any()))


def far_level(s: Scene, i: int) -> Numbers:
    """At which level of cells `i` sees each other fighter as part of a crowd.

    NEAR: he is in the cells around; OUT_OF_RANGE. It is the coarsest level on which the two stand
    at least two cells apart.
    """
    level = np.full(len(s.x), NEAR)
    for k in range(13):
        apart = np.maximum(abs((s.col >> k) - (s.col[i] >> k)), abs((s.row >> k) - (s.row[i] >> k)))
        level[apart >= 2] = k
    level[level >= LEVELS] = OUT_OF_RANGE
    return level


@dataclass
class Far:
    """Those in the distance, for one observer, by id."""

    level: Numbers
    in_cone: Numbers  # in a sector that he takes in
    in_line: Numbers  # nothing on the field stands between
    in_light: Numbers
    barely: bool
    seen: Numbers = field(init=False)

    def __post_init__(self) -> None:
        reached = (self.level >= 0) & (self.level < LEVELS)
        self.seen = reached & self.in_cone & self.in_line & self.in_light


def _offset(world: World, level: int) -> int:
    """Where a level begins in the arrays of all levels' cells."""
    cells = int(world.grid_cols[0] * world.grid_rows[0])
    return 0 if level == 0 else cells + int(world.grid_base[level])


def far(world: World, s: Scene, i: int, cone_cos: float, ids: Numbers | None = None) -> Far:
    """Whom `i` could see as part of a crowd if no bodies stood in between; hidden ones too.

    `ids`: only these are looked at.
    """
    n = len(s.x)
    level = far_level(s, i)
    in_cone, in_line, in_light = np.zeros(n, bool), np.ones(n, bool), np.ones(n, bool)
    barely = False
    reached = (level >= 0) & (level < LEVELS)
    for j in np.nonzero(reached)[0] if ids is None else ids[reached[ids]]:
        k = int(level[j])
        col, row = int(s.col[i]) >> k, int(s.row[i]) >> k
        dx, dy = (int(s.col[j]) >> k) - col, (int(s.row[j]) >> k) - row
        angle = np.radians(45.0 * round(np.degrees(np.arctan2(dy, dx)) / 45.0))
        ahead = s.hx[i] * np.cos(angle) + s.hy[i] * np.sin(angle) - cone_cos
        in_cone[j] = ahead >= 0.0
        barely |= bool(abs(ahead) < EDGE)
        if len(world.sightlines) > 1:
            bit = (dy + 2 + (row & 1)) * 6 + dx + 2 + (col & 1)
            at = _offset(world, k) + row * int(world.grid_cols[k]) + col
            in_line[j] = (int(world.sightlines[at]) >> bit) & 1
        in_light[j] = k == 0 or world.lit[s.cell[j]] >= k
    return Far(level, in_cone, in_line, in_light, barely)


SENSIBLE, BARELY = "sensible", "barely"


def why_not(world: World, s: Scene, me: Any, j: int) -> str:
    """Why `me` can sense nothing of `j` in this tick: SENSIBLE if he can, BARELY if it hangs on a
    hair, else "gone", "behind", "hidden", "occluded", "dark", "beyond range" or "out of reach".
    """
    i = int(me["id"])
    cone_cos = attention_cone(world, me)
    if not s.here[j]:
        return "gone"
    if s.hides_barely[j]:
        return BARELY
    close = near(world, s, i, cone_cos)
    if close.barely:
        return BARELY
    if close.perceived[j]:
        return SENSIBLE
    distant = far(world, s, i, cone_cos, np.array([j]))
    if distant.barely:
        return BARELY
    if distant.seen[j] and not s.hidden[j] and not (s.up[j] or s.down[j]):
        return "gone"  # a dead body in the distance is no longer part of a crowd
    if distant.seen[j] and not s.hidden[j]:
        return SENSIBLE
    if distant.level[j] == OUT_OF_RANGE:
        return "beyond range"
    if s.hidden[j]:
        return "hidden"
    if distant.level[j] == NEAR:
        return "behind" if close.d[j] <= NEAR_M else "out of reach"
    if not distant.in_cone[j]:
        return "behind"
    return "dark" if distant.in_line[j] else "occluded"


@dataclass
class Expected:
    """What a percept should hold: counts exactly, means nearly, people as whoever is nearest."""

    exact: dict[str, float]
    nearly: dict[str, float]
    anybody_of: dict[str, set[int]]  # the nearest, or all that are as near; {-1}: nobody


def _nearest(close: Near, who: Numbers) -> set[int]:
    """Ids of the nearest of `who`: several if they are equally near to a hair."""
    ids = np.nonzero(who)[0]
    if not len(ids):
        return {-1}
    d2 = close.d[ids] ** 2
    return {int(j) for j in ids[d2 <= d2.min() + EDGE]}


def expected(world: World, s: Scene, me: Any) -> tuple[Expected, bool]:
    """The percept of `me` while bodies hide nobody; and whether it hangs on less than EDGE."""
    i, side = int(me["id"]), int(me["side"])
    unit, cone_cos = world.units[me["unit"]], attention_cone(world, me)
    close, distant = near(world, s, i, cone_cos), far(world, s, i, cone_cos)
    hostile = world.hostile[side, s.side] == 1
    own = s.side == side
    seen, up = close.perceived, close.perceived & s.up
    foes, friends = up & hostile, up & own
    count = max(int(friends.sum()), 1)
    behind = close.dx * s.hx[i] + close.dy * s.hy[i] < 0.0
    room = np.maximum(1.0 - (close.d / float(world.params["move_ease_m"][0])) ** 2, 0.0) * up
    ahead = close.dx * float(unit["order_x"]) + close.dy * float(unit["order_y"])
    mass = distant.seen & ~s.hidden
    crowd = mass & s.up & hostile
    exact = {
        "foes_near": foes.sum(),
        "foes_behind": (foes & behind).sum(),
        "friends_near": friends.sum(),
        "cover": (friends & ~s.flees & ~s.pauses & (close.d <= COVER_M)).sum(),
        "friends_fleeing": (friends & s.flees).sum(),
        "foes_fleeing": (foes & s.flees).sum(),
        "crowd_foes": crowd.sum(),
        "crowd_friends": (mass & s.up & own).sum(),
        "crowd_foes_fleeing": (crowd & s.flees).sum(),
        "crowd_friends_fleeing": (mass & s.flees & own).sum(),
        "crowd_friends_down": (mass & s.down & own).sum(),
    }
    nearly = {
        "fear_seen": float((s.face * friends).sum() / count / 15.0),
        "weary_seen": float((s.weary * friends).sum() / count / 15.0),
        "push_x": float(-(room * close.dx).sum()),
        "push_y": float(-(room * close.dy).sum()),
        "ahead_m": float((ahead * friends).sum() / count),
        "crowd_dx": _middle(s.col, crowd, s.x[i]),
        "crowd_dy": _middle(s.row, crowd, s.y[i]),
    }
    standing = _nearest(close, foes)
    anybody_of = {
        "foe": standing if standing != {-1} else _nearest(close, seen & s.down & hostile),
        "companion": _nearest(close, friends) | {-1},  # not looked for at every look
        "mistaken_for_foe": _nearest(close, friends),
        "hurt": _nearest(close, seen & own & s.hurt),
        "fallen": _nearest(close, seen & own & (s.fell < FRESH_TICKS)),
        "runaway": _nearest(close, friends & s.flees),
    }
    barely = close.barely or distant.barely or bool((s.hides_barely & (mass | seen)).any())
    return Expected(exact, nearly, anybody_of), barely


def _middle(cells: Numbers, crowd: Numbers, at: float) -> float:
    """From `at` to the middle of a crowd, whose people are known by the cells they stand in."""
    if not crowd.any():
        return 0.0
    return float(((cells[crowd] + 0.5) * CELL_M).mean() - at)
