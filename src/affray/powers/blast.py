"""What spreads out from where it began: a blast that strikes all in it, and lifting them up."""

from __future__ import annotations

import numpy as np

from affray.powers.behaviour import Behaviour
from affray.powers.body import bring_down
from affray.powers.stage import Stage, Use, within
from affray.rules.show import HIGH_M
from affray.world import words as w
from affray.world.battlefield import GROUND_M
from affray.world.powers import SELF, Blast, Lift
from affray.world.written import blow


def reach_m(effect: Blast, use: Use, tick: int, dt: float) -> float:
    """How far a blast has grown."""
    if effect.grows_m_per_s == 0.0:
        return effect.radius_m
    return min(effect.grows_m_per_s * (tick - use.since + 1) * dt, effect.radius_m)


class Blasting(Behaviour[Blast]):
    """Strikes whoever is in it as soon as it reaches him, and again as long as he is."""

    def go_on(self, effect: Blast, use: Use, stage: Stage) -> bool:
        radius = reach_m(effect, use, stage.tick, stage.dt)
        before = reach_m(effect, use, stage.tick - 1, stage.dt) if stage.tick > use.since else -1.0
        _shred(effect, use, stage, before, radius)
        again = stage.each_s(use, stage.p["power.sweep_s"])
        spared = {stage.fighter[one if one != SELF else use.person] for one in effect.spares}
        for fighter in within(use, radius, stage.state.fighters).tolist():
            body = stage.body(fighter)
            dx, dy = float(body["x"]) - use.x, float(body["y"]) - use.y
            fresh = dx * dx + dy * dy > before * abs(before)
            if fighter not in spared and (fresh or again):
                stage.blows.append(_sweep(effect, use, stage, fighter, dx, dy))
        return True


def _sweep(effect: Blast, use: Use, stage: Stage, fighter: int, dx: float, dy: float) -> np.ndarray:
    """What the blast does to one in it: a blow outward, which he can only bear."""
    d = (dx * dx + dy * dy) ** 0.5
    ux, uy = (dx / d, dy / d) if d > 1e-6 else (1.0, 0.0)
    return blow(
        stage.user(use),
        stage.tick,
        w.SWEEP,
        fighter,
        stage.body(fighter)["luck"],
        dx=ux,
        dy=uy,
        skill=1.0,
        force=stage.world.weapons["force"][effect.weapon],
        weapon=effect.weapon,
    )


def _shred(effect: Blast, use: Use, stage: Stage, before: float, radius: float) -> None:
    """Leave no grass where it has got to, if it has grown since the tick before."""
    if radius <= before:
        return
    ground, cols = stage.state.ground, 2 * int(stage.world.grid_cols[0])
    rows = len(ground) // cols
    low_x, high_x = _span(use.x, radius, cols)
    low_y, high_y = _span(use.y, radius, rows)
    ys, xs = np.mgrid[low_y:high_y, low_x:high_x]
    dx, dy = (xs + 0.5) * GROUND_M - use.x, (ys + 0.5) * GROUND_M - use.y
    cells = (ys * cols + xs)[dx * dx + dy * dy <= radius * radius]
    ground["grass"][np.setdiff1d(cells, np.array(effect.leaves, cells.dtype))] = 0


def _span(middle: float, radius: float, most: int) -> tuple[int, int]:
    low, high = int((middle - radius) / GROUND_M), int((middle + radius) / GROUND_M) + 1
    return max(low, 0), min(high, most)


class Lifting(Behaviour[Lift]):
    """Holds up whoever is within its reach, out of others'; lets them fall at the end."""

    def go_on(self, effect: Lift, use: Use, stage: Stage) -> bool:
        for fighter in within(use, effect.radius_m, stage.state.fighters).tolist():
            body = stage.body(fighter)
            if body["status"] == w.UP:
                body["perch"] = max(int(effect.height_m), HIGH_M)
        return True

    def end(self, effect: Lift, use: Use, stage: Stage) -> None:
        for fighter in within(use, effect.radius_m, stage.state.fighters).tolist():
            if stage.body(fighter)["perch"] > 0:
                bring_down(stage, use, fighter, w.DOWN)
