"""Who perceives whom, the slow and plain way: every pair of fighters, in float64, without a grid
of neighbours, without packed words and sums up a pyramid.

Written from what the fields, the parameters and the design say, not from the kernels. Where the
answer hangs on less than ``EDGE``, it says so instead of answering, because the engine holds
places as float32.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from affray.rules.luck import BESIDE, chance
from affray.world import words
from affray.world.battlefield import CELL_M, LEVELS, SECTORS, SMOKE_LEVEL, State, World
from affray.world.fields import PER_M, PLACES_PER_M, SHARE
from tests.engine.cloaks import cloaks, shrouds

EDGE = 1e-4
SMOKE_EDGE = 1e-3  # the engine sums up depths of float32
SMOKE_M = CELL_M * 2**SMOKE_LEVEL
NEAR_M = CELL_M  # within a contact cell's width somebody is near: felt, crowding, within a blow
COVER_M = 1.5  # a companion this close covers one's side
HIGH_M = 2  # up on a perch of this height nobody is within arm's length of the ground
CLOSING_M = 15.0  # an enemy this close is closed with
SHORT_M = 0.05  # whoever stands as near to the end of a blow is its mark
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
    out: Numbers  # of these, senseless
    dead: Numbers  # lies there dead, and nothing that grows there hides him
    flees: Numbers
    pauses: Numbers
    opens: Numbers
    high: Numbers  # sits out of reach from the ground
    eyes: Numbers  # their height above the ground
    fell: Numbers  # went down just now
    hurt: Numbers
    hidden: Numbers
    hides_barely: Numbers  # whether he is hidden hangs on less than EDGE
    leader: Numbers
    bare: Numbers  # the face is uncovered
    face: Numbers  # fear in the face, in fifteenths
    weary: Numbers  # weariness in the body, in fifteenths
    eyes_bare: Numbers  # the eyes are uncovered
    gaze: Numbers  # fear in the eyes, in fifteenths
    pace: Numbers  # speed, in half metres a second
    col: Numbers
    row: Numbers
    cell: Numbers
    smoke: Numbers  # 1/m, by line and column of cells of 8 m; empty: no weapon smokes


def scene(world: World, state: State) -> Scene:
    """The outward things of everybody, by id."""
    f = np.array(state.fighters)
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
    fresh = fell < world.clock[1]  # a fall is seen from one look to the next
    dying = (status == words.DEAD) & fresh
    cloak = cloaks(world, f, cell)
    shroud = shrouds(world, cell)
    p = {name: float(world.params[name][0]) for name in ("hide_from", "mood_leader_hides")}
    frank = 1.0 - p["mood_leader_hides"] * f["leads"]
    fear = np.floor(15.0 * np.clip(f["fear"].astype(float), 0.0, 1.0) * frank)
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
        out=status == words.OUT,
        dead=(status == words.DEAD) & (shroud <= p["hide_from"]),
        flees=up & ((f["mood"] == words.BROKEN) | (f["runs_off"] == 1)),
        pauses=up & ((act == words.REST) | (act >= words.HELP_UP) | (f["grip"] > 0)),
        opens=up & (act == words.LUNGE),
        high=f["perch"] >= HIGH_M,
        eyes=np.where(up, 0.94 * trait["height"] / PER_M + f["perch"], 0.3),
        fell=fresh,
        hurt=(status == words.DOWN) | (up | down) & ((f["flow"] > 200) | (f["embedded"] > 0)),
        hidden=cloak > p["hide_from"],
        hides_barely=(np.abs(cloak - p["hide_from"]) < EDGE)
        | (status == words.DEAD) & (np.abs(shroud - p["hide_from"]) < EDGE),
        leader=f["leads"] == 1,
        bare=unit["masked"] == words.BARE,
        face=np.where(unit["masked"] > words.BARE, 0, fear),
        weary=np.floor(15.0 * np.clip(tired, 0.0, 1.0)),
        eyes_bare=unit["masked"] < words.ALL_COVERED,
        gaze=np.where(unit["masked"] < words.ALL_COVERED, fear, 0),
        pace=np.clip(np.floor(2.0 * f["speed"] / PER_M), 0, 15),
        col=col,
        row=row,
        cell=cell,
        smoke=smoke_over(world, state),
    )


def smoke_over(world: World, state: State) -> Numbers:
    """How thick the smoke is in each cell of 8 m."""
    if not len(state.smoke):
        return np.zeros((0, 0))
    shape = int(world.grid_rows[SMOKE_LEVEL]), int(world.grid_cols[SMOKE_LEVEL])
    return np.array(state.smoke["hangs"]).reshape(shape) / (
        SMOKE_M * SMOKE_M * float(world.params["smoke_deep_m"][0])
    )


def through_smoke(s: Scene, level: int, col: int, row: int, dx: int, dy: int) -> float:
    """Depth of the smoke on the line between two cells of a level: the mean of the smoke of the
    cells along it, of which the two at the ends count by half, times its length.
    """
    if not s.smoke.size:
        return 0.0
    wide, steps = 2 ** max(level - SMOKE_LEVEL, 0), max(abs(dx), abs(dy))
    total = 0.0
    for k in range(steps + 1):
        c, r = math.floor(col + dx * k / steps + 0.5), math.floor(row + dy * k / steps + 0.5)
        if level < SMOKE_LEVEL:
            c, r = c >> (SMOKE_LEVEL - level), r >> (SMOKE_LEVEL - level)
        block = s.smoke[r * wide : (r + 1) * wide, c * wide : (c + 1) * wide]
        total += float(block.sum()) / wide**2 * (0.5 if k in (0, steps) else 1.0)
    return total / steps * math.hypot(dx, dy) * CELL_M * 2**level


@dataclass(frozen=True)
class Attention:
    """What one fighter takes in as he looks in one tick."""

    cone_cos: float  # cosine of half the angle: -2 is all round
    notices: bool  # what happens beside him
    cares: bool  # for somebody's wounds, or his own


def attention(world: World, me: Any, tick: int) -> Attention:
    """What `me` takes in at `tick`, transfixed, busy or at leisure."""
    rapt = me["grip"] > 1  # it lets go a little before he looks
    cares = bool(me["act"] >= words.HELP_UP)
    cone, share = "sight_cone_cos", ""
    if rapt:
        cone, share = "sight_busy_cone_cos", "attend_rapt"
    elif world.traits[int(me["id"])]["sight"] == 1:
        return Attention(-2.0, True, cares)
    elif cares:
        cone, share = "sight_busy_cone_cos", "attend_care"
    elif me["act"] in (words.STRIKE, words.LUNGE, words.GUARD):
        share = "attend_fight"
    with np.errstate(over="ignore"):
        luck = chance(world.seed[0], tick, me["luck"], BESIDE)
    notices = share == "" or bool(luck < world.params[share][0])
    return Attention(float(world.params[cone][0]), notices, cares)


@dataclass
class Near:
    """Those in the nine cells around one observer, perceived one by one, by id."""

    dx: Numbers
    dy: Numbers
    d: Numbers
    perceived: Numbers  # near, by eye or touch
    beyond: Numbers  # by eye, farther than near: counted among the crowds
    view: Numbers  # by eye, near or not
    barely: bool  # somebody's being perceived hangs on less than EDGE


def near(world: World, s: Scene, i: int, takes_in: Attention) -> Near:
    """Whom `i` perceives one by one: by touch from any side, else in his cone unless hidden.

    Nobody on the ground is near one up in a tree.
    """
    dx, dy = s.x - s.x[i], s.y - s.y[i]
    d = np.sqrt(dx * dx + dy * dy)
    touch_m = float(world.params["sight_touch_m"][0])
    if not (takes_in.notices or takes_in.cares):
        touch_m *= float(world.params["attend_touch_share"][0])
    ahead = dx * s.hx[i] + dy * s.hy[i] - takes_in.cone_cos * d
    others = s.here & (np.maximum(abs(s.col - s.col[i]), abs(s.row - s.row[i])) <= 1)
    others[i] = False
    level = s.high == s.high[i]
    perceived = others & (level & (d <= touch_m) | (ahead >= 0.0) & ~s.hidden)
    doubt = (np.abs(d - NEAR_M) < EDGE) | (np.abs(d - touch_m) < EDGE)
    doubt |= (np.abs(ahead) < EDGE) | (np.abs(d - COVER_M) < EDGE) | s.hides_barely
    doubt |= np.abs(dx * s.hx[i] + dy * s.hy[i]) < EDGE
    close = level & (d <= NEAR_M)
    view = others & (ahead >= 0.0) & ~s.hidden
    barely = bool((doubt & others).any())
    return Near(dx, dy, d, perceived & close, perceived & ~close, view, barely)


def dead_about(s: Scene, i: int, cone_cos: float) -> tuple[Numbers, bool]:
    """The dead in the nine cells around whose cells `i` has wholly in view; and whether that hangs
    on less than EDGE. A cell is wholly in view if the circle about it is.
    """
    near = s.dead & (np.maximum(abs(s.col - s.col[i]), abs(s.row - s.row[i])) <= 1)
    if cone_cos <= -1.0:
        return near, False
    dx, dy = (s.col + 0.5) * CELL_M - s.x[i], (s.row + 0.5) * CELL_M - s.y[i]
    off = np.abs(np.angle((dx + 1j * dy) / complex(s.hx[i], s.hy[i])))
    inside = np.hypot(dx, dy) * np.sin(math.acos(cone_cos) - off) - CELL_M / math.sqrt(2.0)
    return near & (inside >= 0.0), bool((near & (np.abs(inside) < EDGE)).any())


def may_find(world: World, s: Scene, me: Any, j: int) -> bool:
    """Whether `me` looks straight at `j` in hiding from near, to a hair and a little more."""
    i, p = int(me["id"]), world.params
    dx, dy = s.x[j] - s.x[i], s.y[j] - s.y[i]
    d = float(np.hypot(dx, dy))
    ahead = dx * s.hx[i] + dy * s.hy[i] - float(p["hide_find_cos"][0]) * d
    close = max(abs(s.col[j] - s.col[i]), abs(s.row[j] - s.row[i])) <= 1
    hostile = world.hostile[int(me["side"]), s.side[j]] == 1
    within = d <= float(p["hide_find_m"][0]) + EDGE
    return bool(close and hostile and s.hidden[j] and s.up[j] and ahead >= -EDGE and within)


def far_level(s: Scene, i: int) -> Numbers:
    """At which level of cells `i` sees each other fighter as part of a crowd.

    NEAR: he is in the cells around; OUT_OF_RANGE. It is the coarsest level on which the two stand
    at least two cells apart.
    """
    k = np.arange(13)[:, np.newaxis]
    apart = np.maximum(abs((s.col >> k) - (s.col[i] >> k)), abs((s.row >> k) - (s.row[i] >> k)))
    level = np.where(apart >= 2, k, NEAR).max(axis=0)
    level[level >= LEVELS] = OUT_OF_RANGE
    return level


@dataclass
class Far:
    """Those in the distance, for one observer, by id."""

    level: Numbers
    sector: Numbers  # of the compass
    in_cone: Numbers  # in a sector that he takes in
    in_line: Numbers  # nothing on the field stands between
    in_light: Numbers
    in_smoke: Numbers  # smoke hides him
    barely: bool
    seen: Numbers = field(init=False)

    def __post_init__(self) -> None:
        reached = (self.level >= 0) & (self.level < LEVELS)
        self.seen = reached & self.in_cone & self.in_line & self.in_light & ~self.in_smoke


def _offset(world: World, level: int) -> int:
    """Where a level begins in the arrays of all levels' cells."""
    cells = int(world.grid_cols[0] * world.grid_rows[0])
    return 0 if level == 0 else cells + int(world.grid_base[level])


def sector_of(dx: int, dy: int) -> int:
    """The eighth of the compass, from east over north, that a cell lies in."""
    return round(float(np.degrees(np.arctan2(dy, dx))) / 45.0) % SECTORS


def into_cone(s: Scene, i: int, sector: int, cone_cos: float) -> float:
    """By how much the middle of a sector lies within the cone of `i`; negative: outside it."""
    angle = np.radians(45.0 * sector)
    return float(s.hx[i] * np.cos(angle) + s.hy[i] * np.sin(angle) - cone_cos)


def open_line(world: World, level: int, col: int, row: int, dx: int, dy: int) -> bool:
    """Whether nothing on the field stands between two cells of a level, `dx` and `dy` apart."""
    if len(world.sightlines) == 1:
        return True
    bit = (dy + 2 + (row & 1)) * 6 + dx + 2 + (col & 1)
    at = _offset(world, level) + row * int(world.grid_cols[level]) + col
    return bool((int(world.sightlines[at]) >> bit) & 1)


def far(world: World, s: Scene, i: int, cone_cos: float, ids: Numbers | None = None) -> Far:
    """Whom `i` could see as part of a crowd if no bodies stood in between; hidden ones too.

    `ids`: only these are looked at.
    """
    n = len(s.x)
    level = far_level(s, i)
    in_cone, in_line, in_light = np.zeros(n, bool), np.ones(n, bool), np.ones(n, bool)
    in_smoke, sector = np.zeros(n, bool), np.zeros(n, int)
    barely = False
    reached = (level >= 0) & (level < LEVELS)
    for j in np.nonzero(reached)[0] if ids is None else ids[reached[ids]]:
        k = int(level[j])
        col, row = int(s.col[i]) >> k, int(s.row[i]) >> k
        dx, dy = (int(s.col[j]) >> k) - col, (int(s.row[j]) >> k) - row
        sector[j] = sector_of(dx, dy)
        ahead = into_cone(s, i, int(sector[j]), cone_cos)
        in_cone[j] = ahead >= 0.0
        barely |= bool(abs(ahead) < EDGE)
        in_line[j] = open_line(world, k, col, row, dx, dy)
        depth = through_smoke(s, k, col, row, dx, dy) - float(world.params["smoke_hides"][0])
        in_smoke[j] = depth >= 0.0
        barely |= bool(abs(depth) < SMOKE_EDGE)
        in_light[j] = k == 0 or world.lit[s.cell[j]] >= k
    return Far(level, sector, in_cone, in_line, in_light, in_smoke, barely)


SENSIBLE, BARELY = "sensible", "barely"
MENACE_M = 4.2  # an enemy as near to somebody is about to be at him


def why_not(world: World, s: Scene, me: Any, j: int, tick: int) -> str:
    """Why `me` can sense nothing of `j` in this tick: SENSIBLE if he can, BARELY if it hangs on a
    hair, else "gone", "behind", "hidden", "occluded", "dark", "smoke" or "beyond range".
    """
    i = int(me["id"])
    takes_in = attention(world, me, tick)
    if not s.here[j] and not s.dead[j]:
        return "gone"
    if s.hides_barely[j]:
        return BARELY
    close = near(world, s, i, takes_in)
    if close.barely:
        return BARELY
    if close.perceived[j]:
        return SENSIBLE
    if may_find(world, s, me, j):
        return SENSIBLE
    if close.beyond[j]:
        return SENSIBLE
    bodies, barely = dead_about(s, i, takes_in.cone_cos)
    if barely:
        return BARELY
    if bodies[j]:
        return SENSIBLE
    distant = far(world, s, i, takes_in.cone_cos, np.array([j]))
    if distant.barely:
        return BARELY
    if distant.seen[j] and (s.dead[j] or not s.hidden[j]):
        return SENSIBLE
    if distant.level[j] == OUT_OF_RANGE:
        return "beyond range"
    if s.hidden[j]:
        return "hidden"
    if distant.level[j] == NEAR or not distant.in_cone[j]:
        return "behind"
    if by_a_person(world, s, i, j):
        return BARELY
    if not distant.in_line[j]:
        return "occluded"
    return "dark" if not distant.in_light[j] else "smoke"


def by_a_person(world: World, s: Scene, i: int, j: int) -> bool:
    """Whether one of the people looks, and ``j`` is another, or may be about to be at another: such
    a one is looked at singly, along a line as fine as the cells, and not as a part of a crowd.
    """
    person = world.traits["person"] > 0
    if not person[i]:
        return False
    if person[j]:
        return True
    others = [k for k in np.nonzero(person & s.here)[0].tolist() if k not in (i, j)]
    return any(np.hypot(s.x[k] - s.x[j], s.y[k] - s.y[j]) <= MENACE_M for k in others)


@dataclass
class Expected:
    """What a percept should hold: counts exactly, means nearly, people as whoever is nearest."""

    exact: dict[str, float]
    nearly: dict[str, float]
    apart: Numbers  # by id: distance, from eye to eye where only one of the two sits high
    anybody_of: dict[str, set[int]]  # the nearest, or all that are as near; {-1}: nobody


def _nearest(close: Near, who: Numbers) -> set[int]:
    """Ids of the nearest of `who`: several if they are equally near to a hair."""
    ids = np.nonzero(who)[0]
    if not len(ids):
        return {-1}
    d2 = close.d[ids] ** 2
    return {int(j) for j in ids[d2 <= d2.min() + EDGE]}


def order_of(world: World, memory: Any, me: Any, tick: int) -> Any:
    """The order in force for `me` as he looks: the last one due of his unit's, or one since."""
    orders = world.orders
    due = [k for k, one in enumerate(orders) if one.unit == me["unit"] and 0 < one.after <= tick]
    last = max(due, key=lambda k: (orders.after[k], k), default=-1)
    if last >= 0 and orders.after[last] > memory["order_tick"]:
        return orders[last]
    return orders[memory["order"]]


def expected(world: World, s: Scene, me: Any, order: Any, tick: int) -> tuple[Expected, bool]:
    """The percept of `me` under an order while bodies hide nobody; and whether it hangs on less
    than EDGE.
    """
    i, side = int(me["id"]), int(me["side"])
    takes_in = attention(world, me, tick)
    close, distant = near(world, s, i, takes_in), far(world, s, i, takes_in.cone_cos)
    hostile = world.hostile[side, s.side] == 1
    own = s.side == side
    seen, up = close.perceived, close.perceived & s.up
    foes, friends = up & hostile, up & own
    bare, in_profile = faces_in(world, s, close)
    count, faces = max(int(friends.sum()), 1), friends & bare
    behind = close.dx * s.hx[i] + close.dy * s.hy[i] < 0.0
    room = np.maximum(1.0 - (close.d / float(world.params["move_ease_m"][0])) ** 2, 0.0) * up
    ahead = close.dx * float(order["x"]) + close.dy * float(order["y"])
    their_faces = bare & s.up & hostile & ~s.flees
    mass = distant.seen & ~s.hidden | close.beyond
    bodies, in_doubt = dead_about(s, i, takes_in.cone_cos)
    lying = (mass | close.perceived) & s.down | (distant.seen | bodies) & s.dead
    crowd = mass & s.up & hostile
    drawn = where_drawn(_parts(s, i, close, distant, crowd))
    exact = {
        "foes_near": foes.sum(),
        "foes_behind": (foes & behind).sum(),
        "friends_near": friends.sum(),
        "cover": (friends & ~s.flees & ~s.pauses & (close.d <= COVER_M)).sum(),
        "friends_fleeing": (friends & s.flees).sum() if takes_in.notices else 0,
        "foes_fleeing": (foes & s.flees).sum(),
        "faces": faces.sum(),
        "foe_faces": their_faces.sum(),
        "crowd_foes": crowd.sum(),
        "crowd_friends": (mass & s.up & own).sum(),
        "crowd_foes_fleeing": (crowd & s.flees).sum(),
        "crowd_friends_fleeing": (mass & s.flees & own).sum(),
        "friends_down": (lying & own).sum(),
    }
    nearly = {
        "fear_seen": float((s.face * faces).sum() / max(int(faces.sum()), 1) / 15.0),
        "foe_fear_seen": float(
            (s.face * their_faces).sum() / max(int(their_faces.sum()), 1) / 15.0
        ),
        "weary_seen": float((s.weary * friends).sum() / count / 15.0),
        "push_x": float(-(room * close.dx).sum()),
        "push_y": float(-(room * close.dy).sum()),
        "ahead_m": float((ahead * friends).sum() / count),
        "crowd_dx": drawn[0],
        "crowd_dy": drawn[1],
    }
    both = close.perceived | close.beyond
    noticed = both & takes_in.notices
    tended = seen if takes_in.notices or takes_in.cares else np.zeros(len(s.x), bool)
    standing = _nearest(close, both & s.up & hostile)
    anybody_of = {
        "foe": standing if standing != {-1} else _nearest(close, seen & s.down & ~s.out & hostile),
        "companion": _nearest(close, friends),
        "mistaken_for_foe": _nearest(close, friends),
        "hurt": _nearest(close, tended & own & s.hurt),
        "fallen": _nearest(close, noticed & own & s.fell),
        "runaway": _nearest(close, noticed & own & s.up & s.flees),
    }
    barely = close.barely or distant.barely or in_doubt or in_profile
    barely |= bool((s.hides_barely & (mass | seen | s.dead)).any())
    rise = np.where(s.high == s.high[i], 0.0, s.eyes - s.eyes[i])
    return Expected(exact, nearly, np.hypot(close.d, rise), anybody_of), barely


def faces_in(world: World, s: Scene, close: Near) -> tuple[Numbers, bool]:
    """Whose uncovered faces are in view and turned here; and whether one barely is, or is not."""
    turned = -(close.dx * s.hx + close.dy * s.hy)
    turned -= float(world.params["sight_turned_cos"][0]) * close.d
    seen = close.view & s.up & s.bare
    return seen & (turned >= 0.0), bool((seen & (np.abs(turned) < EDGE)).any())


def _middles(cells: Numbers) -> Numbers:
    """Where those farther off are taken to be: in the middles of their cells."""
    return (cells + 0.5) * CELL_M


Part = tuple[float, float, float]  # of a crowd: how many, and the sums of how far off they are


def where_drawn(parts: Iterable[Part]) -> tuple[float, float]:
    """Where a crowd in parts draws the eye: to the middle of each the more, the nearer it is."""
    sum_x = sum_y = weight = 0.0
    for n, x, y in parts:
        if n > 0.0:
            share = n / max((x / n) ** 2 + (y / n) ** 2, 1.0)
            weight, sum_x, sum_y = weight + share, sum_x + share * x / n, sum_y + share * y / n
    return (sum_x / weight, sum_y / weight) if weight > 0.0 else (0.0, 0.0)


def _parts(s: Scene, i: int, close: Near, distant: Far, crowd: Numbers) -> list[Part]:
    """Those in the cells around; and by sector and side those of the next cells, and all behind."""
    x = np.where(close.beyond, s.x, _middles(s.col)) - s.x[i]
    y = np.where(close.beyond, s.y, _middles(s.row)) - s.y[i]
    parts: dict[tuple[int, ...], Part] = {}
    for j in np.nonzero(crowd)[0]:
        far = (int(distant.sector[j]), int(s.side[j]), int(distant.level[j] > 0))
        key = (-1,) if close.beyond[j] else far
        n, sum_x, sum_y = parts.get(key, (0.0, 0.0, 0.0))
        parts[key] = (n + 1.0, sum_x + float(x[j]), sum_y + float(y[j]))
    return list(parts.values())


def recalled(world: World, memory: Any, me: Any, tick: int, seen: Any) -> tuple[Any, ...]:
    """`lost`, `recall_dx`, `recall_dy`, `recall_m` of one who remembered and now saw so much."""
    if memory["foe_tick"] < 0 or seen.foe >= 0 or seen.foe_blur or seen.crowd_m > 0.0:
        return 0, 0.0, 0.0, 0.0
    if (tick - int(memory["foe_tick"])) * world.clock[0] > float(world.params["sight_recall_s"][0]):
        return 1, 0.0, 0.0, 0.0
    dx = float(memory["foe_x"]) / PLACES_PER_M - float(me["x"])
    dy = float(memory["foe_y"]) / PLACES_PER_M - float(me["y"])
    return 0, dx, dy, max(float(np.hypot(dx, dy)), 0.1)


def blurs(world: World, s: Scene, me: Any, j: int) -> bool | None:
    """Whether `j` moves too fast across the view of `me` for him to tell who it is; None: barely.

    He is taken to move the way he faces.
    """
    p, i = world.params, int(me["id"])
    dx, dy = s.x[j] - s.x[i], s.y[j] - s.y[i]
    d = max(float(np.hypot(dx, dy)), 0.1)
    speed = 0.5 * s.pace[j]
    angular = speed * abs(float(s.hx[j] * dy - s.hy[j] * dx)) / d / d
    trained = 1.0 + float(p["sight_follow_trained"][0]) * float(world.traits[i]["training"]) / SHARE
    follows = float(p["sight_follow_rad_per_s"][0]) * trained
    if abs(angular - follows) < EDGE:
        return None
    return bool(speed > float(p["sight_blur_m_per_s"][0]) and angular > follows)


def reads_eyes(world: World, s: Scene, me: Any, j: int, tick: int) -> bool | None:
    """Whether `me` can read the eyes of `j`, whom he perceives; None: barely."""
    p, i = world.params, int(me["id"])
    close = near(world, s, i, attention(world, me, tick))
    turned = -(close.dx[j] * s.hx[j] + close.dy[j] * s.hy[j])
    turned -= float(p["sight_face_cos"][0]) * close.d[j]
    light = float(world.terrain[world.terrain_of[s.cell[i]]]["light"])
    nearer_by = float(p["sight_eyes_m"][0]) * light - close.d[j]
    if min(abs(turned), abs(nearer_by)) < EDGE:
        return None
    return bool(close.view[j] and s.up[j] and s.eyes_bare[j] and turned > 0.0 and nearer_by > 0.0)


def amid(world: World, s: Scene, me: Any, seen: Any, tick: int) -> tuple[dict[str, float], bool]:
    """`way_m`, `between` and `cramped` of `me`, who faces the enemy that he says he does; and
    whether they hang on less than EDGE.
    """
    nothing = {"way_m": 0.0, "between": 0.0, "cramped": 0.0}
    one = seen.foe >= 0 or seen.foe_blur == 1
    to = np.array((seen.foe_dx, seen.foe_dy) if one else (seen.crowd_dx, seen.crowd_dy))
    far_m = float(seen.foe_m if one else seen.crowd_m)
    if not (one or far_m > 0.0) or far_m >= CLOSING_M:
        return nothing, abs(far_m - CLOSING_M) < EDGE
    i, p = int(me["id"]), world.params
    close = near(world, s, i, attention(world, me, tick))
    x, y = to / max(float(np.hypot(*to)), 1e-9)
    along, off = close.dx * x + close.dy * y, abs(close.dx * y - close.dy * x)
    stands = close.perceived & s.up
    others = stands & (world.hostile[int(me["side"]), s.side] == 0) & (along > 0.0)
    body, way = float(p["move_body_m"][0]), float(p["strike_way_m"][0])
    room = float(p["strike_room_m"][0])
    if world.weapons["harm"][me["hand"]] == words.THRUST:
        room *= float(p["strike_room_thrust"][0])
    pressed = float((np.maximum(1.0 - close.d / room, 0.0) * stands).sum()) if room > 0.0 else 0.0
    ahead = close.d[others & (off < body)]
    line = others & (off < way) & (along < far_m - SHORT_M)
    edges = np.concatenate(
        [abs(along), abs(off - body), abs(off - way), abs(along - far_m + SHORT_M)]
    )
    doubt = bool((edges[np.tile(stands, 4)] < EDGE).any())
    found = {
        "way_m": float(ahead.min()) if len(ahead) else 0.0,
        "between": float(line.sum()) if seen.foe >= 0 else 0.0,
        "cramped": pressed / (1.0 + pressed),
    }
    return found, close.barely or doubt
