"""How bodies in between thin out a crowd, the slow and plain way: from the top of the pyramid of
cells down to one observer, person by person.

What a cell sees in an eighth of the compass is its own list (those two cells away on its level,
one on the level above) and, behind it, what the cell above sees there, of which the bodies of the
list leave only a share. People are counted in sixteenths, and shares of them in 256ths rounded
down, so crowds are whole numbers. The law of the share itself, ``see.through``, is the engine's.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.rules.nature import height_m
from affray.rules.see import through
from affray.rules.show import eyes_m
from affray.world import battlefield
from affray.world.battlefield import CELL_M, SECTORS, World
from tests.engine import reference
from tests.engine.reference import Scene

PERSON = 16
KINDS = ("up", "flees", "down")  # the dead lie among those who are down
TOP = battlefield.LEVELS - 1
CROWD_EYES_M = 1.65  # a crowd looks over a crowd with its own eyes

Crowd = dict[str, Any]  # by kind: (sides,) of sixteenths; x, y: sums of offsets of those up


class Shades:
    """What every cell on the way up from an observer sees, worked out when it is asked for."""

    def __init__(self, world: World, scene: Scene, sides: int) -> None:
        self.world = world
        self.scene = scene
        self.sides = sides
        self._views: dict[tuple[int, int, int], list[Crowd]] = {}

    def own(self, level: int, col: int, row: int) -> list[Crowd]:
        """By sector, the crowd of a cell's own list."""
        s, world = self.scene, self.world
        there_col, there_row = s.col >> level, s.row >> level
        apart = np.maximum(abs(there_col - col), abs(there_row - row))
        above = np.maximum(abs((there_col >> 1) - (col >> 1)), abs((there_row >> 1) - (row >> 1)))
        counts = ((s.up | s.down) & ~s.hidden | s.dead) & (apart >= 2) & (above <= 1)
        if level > 0:
            counts &= world.lit[s.cell] >= level
        crowds = [nobody(self.sides) for _ in range(SECTORS)]
        mid_x, mid_y = middle(level, col, row)
        for j in np.nonzero(counts)[0]:
            dx, dy = int(there_col[j]) - col, int(there_row[j]) - row
            if not reference.open_line(world, level, col, row, dx, dy):
                continue
            depth = reference.through_smoke(s, level, col, row, dx, dy)
            if depth >= float(world.params["smoke_hides"][0]):
                continue
            crowd, side = crowds[reference.sector_of(dx, dy)], int(s.side[j])
            for kind, is_so in zip(KINDS, (s.up, s.flees, s.down | s.dead), strict=True):
                crowd[kind][side] += PERSON * int(is_so[j])
            if s.up[j]:
                x, y = middle(0, int(s.col[j]), int(s.row[j]))
                crowd["x"][side] += PERSON * int(x - mid_x)
                crowd["y"][side] += PERSON * int(y - mid_y)
        return crowds

    def view(self, level: int, col: int, row: int) -> list[Crowd]:
        """By sector, the crowd that a cell sees on its own level and on all above."""
        key = (level, col, row)
        if key not in self._views:
            crowds = self.own(*key)
            if level < TOP:
                far = self.view(level + 1, col >> 1, row >> 1)
                for sector in range(SECTORS):
                    self._add(crowds[sector], far[sector], *key)
            self._views[key] = crowds
        return self._views[key]

    def _add(self, crowd: Crowd, far: Crowd, level: int, col: int, row: int) -> None:
        """Add to a list's crowd what is left of the crowd behind it, seen from this cell."""
        bodies = sum(crowd["up"]) / PERSON
        arc_m = 2.0 * CELL_M * 2**level
        share = int(256.0 * through(bodies, arc_m, CROWD_EYES_M, self.world.params[0]))
        here, there = middle(level, col, row), middle(level + 1, col >> 1, row >> 1)
        for side in range(self.sides):
            for kind in KINDS:
                crowd[kind][side] += far[kind][side] * share // 256
            left = far["up"][side] * share // 256
            for axis, name in enumerate("xy"):
                shift = int(there[axis] - here[axis])
                crowd[name][side] += far[name][side] * share // 256 + left * shift


def nobody(sides: int) -> Crowd:
    """A crowd without people."""
    return {name: [0] * sides for name in (*KINDS, "x", "y")}


def middle(level: int, col: int, row: int) -> tuple[float, float]:
    """The middle of a cell (m)."""
    width = CELL_M * 2**level
    return (col + 0.5) * width, (row + 0.5) * width


def expected(shades: Shades, me: Any, tick: int) -> tuple[dict[str, float], bool]:
    """The crowd fields of the percept of `me`; and whether they hang on less than EDGE."""
    world, s = shades.world, shades.scene
    i, side = int(me["id"]), int(me["side"])
    hostile = [bool(world.hostile[side, other]) for other in range(shades.sides)]
    takes_in = reference.attention(world, me, tick)
    cone_cos = takes_in.cone_cos
    close = reference.near(world, s, i, takes_in)
    barely = close.barely
    eyes = eyes_m(float(height_m(world.traits[i])), int(me["status"]), float(me["perch"]))
    foes = close.beyond & s.up & (world.hostile[side, s.side] == 1)
    own = close.beyond & (s.side == side)
    bodies, in_doubt = reference.dead_about(s, i, cone_cos)
    lying = (close.beyond | close.perceived) & s.down | bodies
    barely |= in_doubt
    total = {
        "foes": float(foes.sum()),
        "foes_fleeing": float((foes & s.flees).sum()),
        "friends": float((own & s.up).sum()),
        "friends_fleeing": float((own & s.flees).sum()),
        "friends_down": float((lying & (s.side == side)).sum()),
    }
    parts = [(total["foes"], float(close.dx[foes].sum()), float(close.dy[foes].sum()))]
    col, row = int(s.col[i]), int(s.row[i])
    lists, behind = shades.own(0, col, row), shades.view(1, col >> 1, row >> 1)
    here, above = middle(0, col, row), middle(1, col >> 1, row >> 1)
    for sector in range(SECTORS):
        inside = reference.into_cone(s, i, sector, cone_cos)
        barely |= abs(inside) < reference.EDGE
        if inside < 0.0:
            continue
        bodies = sum(lists[sector]["up"]) / PERSON
        share = through(bodies, 2.0 * CELL_M, eyes, world.params[0])
        for crowd, left, (mid_x, mid_y) in ((lists, 1.0, here), (behind, share, above)):
            seen = crowd[sector]
            for other in range(shades.sides):
                up, flees, down = (left * seen[kind][other] / PERSON for kind in KINDS)
                if hostile[other]:
                    total["foes"] += up
                    total["foes_fleeing"] += flees
                    parts.append((
                        up,
                        left * seen["x"][other] / PERSON + up * (mid_x - s.x[i]),
                        left * seen["y"][other] / PERSON + up * (mid_y - s.y[i]),
                    ))  # fmt: skip
                elif other == side:
                    total["friends"] += up
                    total["friends_fleeing"] += flees
                    total["friends_down"] += down
    lie = total.pop("friends_down")
    want = {f"crowd_{name}": value for name, value in total.items()} | {"friends_down": lie}
    anybody = total["foes"] * PERSON > 0.5
    drawn = reference.where_drawn(parts) if anybody else (0.0, 0.0)
    want["crowd_dx"], want["crowd_dy"] = drawn
    want["crowd_m"] = max(float(np.hypot(want["crowd_dx"], want["crowd_dy"])), 0.1) * anybody
    return want, bool(barely)
