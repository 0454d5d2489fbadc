"""Missiles that come close by, against their ways looked at centimetre by centimetre."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from affray.engine.fire import MOST, pass_by
from affray.engine.tick import Engine
from affray.rules.throw import ends_m, low_enough
from affray.world import inward, words
from affray.world.battlefield import CELL_M, SECTORS
from affray.world.powers import SIGHT, SOUND
from tests.engine import reference
from tests.engine.fights import by_id
from tests.engine.trials import shot_into, state_of

FINE_M = 0.01
CLIPPED_M = 0.75  # whoever crosses less than this of a cell may go unnoticed there
ANGLES = np.arange(SECTORS) * np.pi / 4.0
Ways = list[tuple[int, float, set[int], set[int]]]


def around(world: Any, cells: Any) -> set[int]:
    """These cells and the eight around each."""
    cols, rows = int(world.grid_cols[0]), int(world.grid_rows[0])
    found = set()
    for cell in cells:
        row, col = divmod(int(cell), cols)
        near = [(r, c) for r in range(row - 1, row + 2) for c in range(col - 1, col + 2)]
        found |= {r * cols + c for r, c in near if 0 <= r < rows and 0 <= c < cols}
    return found


def cells_near_the_way(engine: Engine, missile: Any) -> tuple[set[int], set[int]]:
    """Cells that a missile comes near in the next tick, low enough: surely, and perhaps."""
    world = engine.world
    weapon, p = world.weapons[missile["weapon"]], world.params[0]
    flat = int(weapon["flat"])
    end = ends_m(float(missile["aimed"]), float(weapon["range"]), flat)
    length = min(float(weapon["speed"]) * float(world.clock[0]), end - float(missile["flown"]))
    at = np.arange(0.0, length + FINE_M, FINE_M)
    x = float(missile["x"]) + float(missile["dx"]) * at
    y = float(missile["y"]) + float(missile["dy"]) * at
    inside = (x >= 0) & (y >= 0) & (x < world.size[0]) & (y < world.size[1])
    cells = (y // CELL_M).astype(int) * int(world.grid_cols[0]) + (x // CELL_M).astype(int)
    free = np.zeros(len(at), bool)
    free[inside] = world.terrain["going"][world.terrain_of[cells[inside]]] > 0.0
    ended = np.flatnonzero(~free)
    on = slice(0, int(ended[0]) if len(ended) else len(at))
    low = np.array([low_enough(float(missile["flown"]) + a, float(missile["aimed"]), flat, 0.0, p)
                    for a in at[on]], bool)  # fmt: skip
    crossed = cells[on][low]
    begun = around(world, crossed[:1]) if len(low) and low[0] and missile["flown"] > 0.0 else set()
    lengths = {int(c): (crossed == c).sum() * FINE_M for c in np.unique(crossed)}
    sure = around(world, [c for c, m in lengths.items() if m > CLIPPED_M])
    perhaps = around(world, lengths)
    return sure - begun, perhaps - begun


def reaches(engine: Engine, me: Any, seen: Any, sector: int, speed: float, before: int) -> int:
    """Whether a missile from a sector is noticed: 2 surely, 1 perhaps, 0 no."""
    p = engine.world.params
    hiss = float(p["hear_hiss_db"][0]) + 60.0 * np.log10(speed / 50.0)
    hiss -= 20.0 * np.log10(CELL_M) + float(p["hear_air_db_per_m"][0]) * CELL_M
    above = hiss - float(seen.din) - float(p["hear_detect_db"][0])
    if above > 0.01:
        return 2
    takes_in = reference.attention(engine.world, me, before + 1)
    ahead = me["hx"] * np.cos(ANGLES[sector]) + me["hy"] * np.sin(ANGLES[sector])
    sees = takes_in.notices and seen.light >= p["sight_missile_light"][0]
    sees = bool(sees and speed <= p["sight_missile_m_per_s"][0])
    if abs(above) <= 0.01 or abs(ahead - takes_in.cone_cos) < 1e-5:
        return 1
    return 2 if sees and ahead > takes_in.cone_cos else 0


def theirs(me: Any, seen: Any, sector: int, cos: float) -> bool | None:
    """Whether what comes from a sector is taken for an enemy's; None: barely."""
    x, y = np.cos(ANGLES[sector]), np.sin(ANGLES[sector])
    ahead = float(me["hx"] * x + me["hy"] * y)
    margins = []
    if seen.foe >= 0 or seen.foe_blur:
        margins.append((x * seen.foe_dx + y * seen.foe_dy) / np.hypot(seen.foe_dx, seen.foe_dy))
    if seen.crowd_m > 0.0:
        margins.append((x * seen.crowd_dx + y * seen.crowd_dy) / seen.crowd_m)
    if margins and seen.foes_behind > 0:
        margins.append(cos + (1.0 if ahead < 0.0 else -1.0))
    if not margins and seen.recall_m > 0.0:
        margins.append((x * seen.recall_dx + y * seen.recall_dy) / seen.recall_m)
    if not margins:
        margins.append(-ahead if me["act"] == words.FLEE else ahead)
    barely = abs(ahead) < 1e-5 or any(abs(m - cos) < 1e-5 for m in margins)
    return None if barely else any(m >= cos for m in margins)


def expected(engine: Engine, me: Any, seen: Any, ways: Ways, before: int) -> tuple[list[int], ...]:
    """Least and most that are taken for enemies', and for his own side's."""
    cell = int(me["y"] // CELL_M) * int(engine.world.grid_cols[0]) + int(me["x"] // CELL_M)
    cos = float(engine.world.params["fear_fire_from_cos"][0])
    counts = ([0, 0], [0, 0])
    for sector, speed, low, high in ways:
        if cell not in high:
            continue
        reached, whose = reaches(engine, me, seen, sector, speed, before), theirs(
            me, seen, sector, cos
        )  # fmt: skip
        if reached == 0:
            continue
        for count, mine in zip(counts, (True, False), strict=True):
            if whose is None or whose is mine:
                count[1] += 1
                count[0] += int(reached == 2 and cell in low and whose is mine)
    return counts


@pytest.mark.parametrize("name", ["clearing", "hastings", "press"])
def test_whoever_is_near_a_missiles_way_notices_it(name: str) -> None:
    """As many as come into his cell or one beside it, if he hears or sees them; whose he takes them
    for follows from whence they come and where he perceives enemies. Nobody else notices anything.
    """
    noticed = {"shots": 0, "shots_own": 0}
    for number in range(8):
        engine = state_of(name, number)
        shot_into(engine, np.random.default_rng([8, number]), 40)
        ways: Ways = []
        for m in engine.state.missiles:
            toward = np.arctan2(-float(m["dy"]), -float(m["dx"]))
            sector = int(np.round(toward / (np.pi / 4.0))) % SECTORS
            speed = float(engine.world.weapons["speed"][m["weapon"]])
            ways.append((sector, speed, *cells_near_the_way(engine, m)))
        people = by_id(engine.state.fighters).copy()
        before = engine.now
        engine.watch(tuple(range(len(people))))
        engine.tick()
        for seen in engine.seen_log:
            me = people[int(seen.fighter)]
            counts = expected(engine, me, seen, ways, before)
            for field, (least, most) in zip(noticed, counts, strict=True):
                found = int(getattr(seen, field))
                assert least <= found <= most, f"state {number}, {me['id']}: {field} {found}"
                noticed[field] += found

        assert not engine.state.air.shots.any()  # nothing is left for the next tick

    assert noticed["shots"] >= 10, noticed
    assert noticed["shots_own"] >= 3, noticed


def test_a_cell_counts_so_many_and_is_cleared() -> None:
    """Of a hail of missiles a cell counts what it can hold, and forgets all of them."""
    engine = state_of("hastings", 1)
    shot_into(engine, np.random.default_rng(3), 40)
    shots, hail = engine.state.air.shots, np.repeat(engine.state.missiles, MOST + 1)

    pass_by(engine.world, engine.state, hail, len(hail), 1)
    assert shots.max() == MOST

    pass_by(engine.world, engine.state, hail, len(hail), 0)
    assert not shots.any()


def noticed_behind(stops: int) -> int:
    """How many loud missiles are noticed by people each of whom is in a circle that stops these."""
    engine = state_of("hastings", 1)
    engine.world.params["hear_hiss_db"] = 90.0
    shot_into(engine, np.random.default_rng(3), 300)
    people = by_id(engine.state.fighters)
    zones = np.zeros(len(people), inward.ZONE).view(np.recarray)
    zones["x"] = (people["x"] // CELL_M + 0.5) * CELL_M
    zones["y"] = (people["y"] // CELL_M + 0.5) * CELL_M
    zones["radius"], zones["stops"], zones["lets"] = 0.4 * CELL_M, stops, -1
    engine.state = engine.state._replace(zones=zones)
    engine.watch(tuple(range(len(people))))
    engine.tick()
    return int((engine.seen_log["shots"] + engine.seen_log["shots_own"]).sum())


def test_nothing_is_noticed_through_a_barrier() -> None:
    """What stops sound leaves missiles to be seen, what stops sight to be heard; past what stops
    both, only those are noticed that come within.
    """
    free, unheard, unseen, neither = map(noticed_behind, (0, SOUND, SIGHT, SOUND | SIGHT))

    assert neither < unheard < free
    assert neither < unseen < free
    assert neither < 0.5 * free
