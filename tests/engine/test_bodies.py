"""Who touches, hits and is struck, against every pair of fighters looked at one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.rules.luck import CHECK, PAST, chance
from affray.rules.throw import ends_m, low_enough, strikes
from affray.world import words
from affray.world.battlefield import CELL_M
from tests.engine import reference
from tests.engine.fights import BUNDLED, by_id
from tests.engine.reference import EDGE
from tests.engine.trials import state_of

TICKS = 12
SLACK_M = 0.35  # how far somebody may have moved out of reach before a blow goes into the air
STRIDE_M = 0.5  # a missile's way is looked over in strides
OWN_RANK_M = 1.5  # a missile hits nobody so close to the one who threw it


@dataclass
class Moment:
    """A tick from outside: fighters and missiles before and after, events, luck and parameters."""

    engine: Engine
    scene: reference.Scene
    before: np.ndarray
    after: np.ndarray
    missiles: np.ndarray
    events: np.ndarray
    tick: int


def moments(name: str, number: int) -> list[Moment]:
    """Some ticks of a random state of a bundled battle, every blow recorded."""
    engine = state_of(name, number)
    engine.full = True
    found = []
    for _ in range(TICKS):
        scene = reference.scene(engine.world, engine.state)
        before, missiles = by_id(engine.state.fighters), engine.state.missiles.copy()
        tick = engine.now
        events = engine.tick()
        after = by_id(engine.state.fighters)
        found.append(Moment(engine, scene, before, after, missiles, events, tick))
    return found


# ------------------------------------------------------------------ bodies


@pytest.mark.parametrize("name", [n for n in BUNDLED if n != "duel"])
def test_nobody_steps_over_the_middle_of_a_gap(name: str) -> None:
    """A step leaves to everybody near his own half of the gap, to the bodies' width; only those
    who overlap are pushed. Whoever sits high is in nobody's way.
    """
    checked = 0
    for m in moments(name, 1):
        body_m = float(m.engine.world.params["move_body_m"][0])
        s = m.scene
        for i in np.nonzero(s.up & ~s.high & (m.after["status"] != words.RESERVE))[0]:
            dx, dy = s.x - s.x[i], s.y - s.y[i]
            d = np.sqrt(dx * dx + dy * dy)
            others = s.up & ~s.high & (np.arange(len(d)) != i) & (d < 2.0)
            if not others.any() or d[others].min() < body_m + EDGE:
                continue  # overlapping bodies are pushed apart: see the next test
            step_x = float(m.after["x"][i]) - s.x[i]
            step_y = float(m.after["y"][i]) - s.y[i]
            along = (step_x * dx + step_y * dy)[others] / d[others]
            room = np.maximum((d[others] - body_m) / 2.0, 0.0)
            assert (along <= room + 2e-3).all(), f"fighter {i} at tick {m.tick}"
            checked += 1

    assert checked >= 100


@pytest.mark.parametrize("name", [n for n in BUNDLED if n != "duel"])
def test_bodies_that_touch_are_pushed_apart(name: str) -> None:
    """One who wants to go nowhere stays where he is unless somebody overlaps him; then he gives
    way.
    """
    pushed = rested = 0
    for number in range(4):
        m = at_rest(name, number)
        body_m = float(m.engine.world.params["move_body_m"][0])
        s = m.scene
        looked = np.isin(np.arange(len(s.x)), m.engine.seen_log["fighter"])
        for i in np.nonzero(s.up & ~looked & (m.after["status"] == words.UP) & inside(m))[0]:
            dx, dy = s.x - s.x[i], s.y - s.y[i]
            d = np.sqrt(dx * dx + dy * dy)
            level = s.up & ~s.high & (not s.high[i])
            near = level & (np.arange(len(d)) != i) & (d < body_m + 2e-3)
            step = np.array([m.after["x"][i] - s.x[i], m.after["y"][i] - s.y[i]])
            if not near.any():
                assert np.abs(step).max() < 1e-5
                rested += 1
            elif near.sum() == 1 and 0.02 < d[near][0] < body_m - 0.02:
                assert step @ -np.array([dx[near][0], dy[near][0]]) > 0.0
                pushed += 1

    assert rested >= 10
    assert pushed >= 2


def at_rest(name: str, number: int) -> Moment:
    """A tick in which only those who look want to go anywhere, with some inside one another."""
    engine = state_of(name, number)
    engine.watch(tuple(range(len(engine.state.fighters))))
    fighters, luck = engine.state.fighters, np.random.default_rng(number)
    fighters["wx"] = 0.0
    fighters["wy"] = 0.0
    here = luck.permutation(engine.state.outside.id[: engine.on_field])
    for one, other in here[: len(here) // 4 * 2].reshape(-1, 2):
        fighters["x"][one] = fighters["x"][other] + luck.uniform(-0.3, 0.3)
        fighters["y"][one] = fighters["y"][other] + luck.uniform(-0.2, 0.2)
    engine.open()
    scene = reference.scene(engine.world, engine.state)
    before, missiles = by_id(engine.state.fighters), engine.state.missiles.copy()
    tick, events = engine.now, engine.tick()
    return Moment(engine, scene, before, by_id(engine.state.fighters), missiles, events, tick)


def inside(m: Moment) -> np.ndarray:
    """Who stands on ground that can be walked on, away from the edge of the field."""
    width, height = m.engine.world.size
    s = m.scene
    world = m.engine.world
    going = world.terrain["going"][world.terrain_of].reshape(-1, int(world.grid_cols[0])) > 0.0
    rows, cols = going.shape
    open_ = np.ones(len(s.x), bool)
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            row, col = np.clip(s.row + dr, 0, rows - 1), np.clip(s.col + dc, 0, cols - 1)
            open_ &= going[row, col]
    return open_ & (s.x > 0.5) & (s.y > 0.5) & (s.x < width - 0.5) & (s.y < height - 0.5)


# ------------------------------------------------------------------ missiles


def edge_m(missile: Any, size: np.ndarray) -> float:
    """How far a missile has to fly from where it is to leave the field."""
    ways = [np.inf]
    for place, way, most in zip("xy", ("dx", "dy"), size, strict=True):
        at, along = float(missile[place]), float(missile[way])
        if along != 0.0:
            ways.append(((float(most) if along > 0.0 else 0.0) - at) / along)
    return min(ways)


def may_be_barred(missile: Any, length: float, zone: Any) -> bool:
    """Whether a missile comes near a circle that some power keeps up: that has tests of its own."""
    rx, ry = float(zone["x"]) - float(missile["x"]), float(zone["y"]) - float(missile["y"])
    dx, dy = float(missile["dx"]), float(missile["dy"])
    along = min(max(rx * dx + ry * dy, 0.0), length)
    return bool(np.hypot(rx - along * dx, ry - along * dy) < float(zone["radius"]) + STRIDE_M)


def first_hit(m: Moment, missile: Any) -> tuple[int, bool]:
    """Whom a missile strikes on its way in this tick, -1: nobody; and if it is a near thing.

    Near is also somebody where it leaves the field: how far it gets there is a matter of strides;
    and so is whatever flies near a barrier.
    """
    world, s = m.engine.world, m.scene
    weapon = world.weapons[int(missile["weapon"])]
    body_m = float(world.params["throw_body_m"][0])
    end = ends_m(float(missile["aimed"]), float(weapon["range"]), int(weapon["flat"]))
    length = min(float(weapon["speed"]) * float(world.clock[0]), end - float(missile["flown"]))
    rx, ry = s.x - float(missile["x"]), s.y - float(missile["y"])
    dx, dy = float(missile["dx"]), float(missile["dy"])
    along, off = rx * dx + ry * dy, np.abs(ry * dx - rx * dy)
    flown = float(missile["flown"]) + along
    able = s.up & (np.arange(len(along)) != missile["by"])
    if weapon["flat"]:
        able &= ~s.high
    rise = float(missile["rise"])
    low = np.array(
        [
            low_enough(a, float(missile["aimed"]), int(weapon["flat"]), rise, world.params[0])
            for a in flown
        ]
    )
    way = (along >= 0.0) & (along < length) & (off <= body_m) & (flown >= OWN_RANK_M) & low
    doubt = np.abs(off - body_m) < EDGE
    fall_m = float(missile["aimed"]) - float(world.params["throw_falls_m"][0])
    over = np.abs(rise * flown) - 0.5 * float(world.params["throw_tall_m"][0])
    for edge in (along, along - length, flown - OWN_RANK_M, flown - fall_m, over):
        doubt |= np.abs(edge) < EDGE
    near_thing = bool((doubt & able & (off < body_m + EDGE)).any())
    near_thing |= any(may_be_barred(missile, length, zone) for zone in m.engine.state.zones)
    near_thing |= bool((way & able & (along > edge_m(missile, world.size) - STRIDE_M)).any())
    for j in sorted(np.nonzero(able & way)[0], key=lambda j: along[j]):
        cover = float(world.terrain[world.terrain_of[s.cell[j]]]["cover"])
        luck = chance(world.seed[0], int(missile["tick"]), int(missile["luck"]), 64 * 1024 + int(j))
        if luck < strikes(off[j], cover, world.params[0]):
            return int(j), near_thing
    return -1, near_thing


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("name", ["cannae", "clearing", "hastings", "press"])
def test_a_missile_strikes_the_first_one_in_its_way(name: str) -> None:
    """Of all fighters on the field, a missile strikes the first on its low path who is touched by
    luck, and flies on if there is none; a flat one passes under those up on a perch.
    """
    flights = struck = 0
    for number in range(5):
        for m in moments(name, number):
            blows = m.events[m.events["kind"] == words.EVENT_BLOW]
            blows = blows[blows["place"] == words.THROW]
            hit = list(zip(blows["fighter"].tolist(), blows["other"].tolist(), strict=True))
            expected = []
            near_things = set()
            for missile in m.missiles:
                victim, near_thing = first_hit(m, missile)
                if near_thing:
                    near_things.add(int(missile["by"]))
                if victim >= 0:
                    expected.append((int(missile["by"]), victim))
            hit = [one for one in hit if one[0] not in near_things]
            expected = [one for one in expected if one[0] not in near_things]
            flights += sum(int(missile["by"]) not in near_things for missile in m.missiles)
            struck += len(expected)
            assert survivors(m, hit) == survivors(m, expected), f"state {number}, tick {m.tick}"

    assert flights >= 40
    assert struck >= 5


def survivors(m: Moment, hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Hits on those still there: a missile that meets the dead, or one who left, hits nobody."""
    gone = (words.DEAD, words.LEFT)
    return sorted(hit for hit in hits if m.after["status"][hit[1]] not in gone)


# ------------------------------------------------------------------ blows


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("name", BUNDLED)
def test_a_blow_lands_on_its_target_if_he_is_in_reach(name: str) -> None:
    """A blow whose time has come lands on the one it was aimed at if he stands within reach, both
    of them on the ground or both up on a perch, and nobody in its line takes it or stops it; in the
    air otherwise; nobody else's blow lands. One who fell strikes whoever is nearest.
    """
    landed = missed = 0
    for number in range(6):
        for m in moments(name, number):
            blows = m.events[m.events["kind"] == words.EVENT_BLOW]
            blows = blows[np.isin(blows["place"], (words.STRIKE, words.LUNGE))]
            found = {int(b["fighter"]): int(b["other"]) for b in blows}
            assert len(found) == len(blows)
            for striker, victim in due_blows(m).items():
                if victim is None:
                    found.pop(striker, None)  # too close to call
                    continue
                seen = found.pop(striker, None)
                gone = victim >= 0 and m.after["status"][victim] in (words.DEAD, words.LEFT)
                assert seen == victim or (gone and seen == -1), f"{striker} at tick {m.tick}"
                landed += victim >= 0
                missed += victim < 0
            for striker, victim in found.items():  # decided and done within this tick
                assert not m.before["act_left"][striker] or m.before["act"][striker] != words.STRIKE
                assert victim < 0 or within_reach(m, striker, victim)

    assert landed >= {"duel": 1, "brawl": 3}.get(name, 10)


def within_reach(m: Moment, striker: int, victim: int) -> bool:
    """Whether `victim` stood within reach of the weapon that `striker` has in hand by now."""
    s = m.scene
    d = np.hypot(s.x[victim] - s.x[striker], s.y[victim] - s.y[striker])
    return (
        s.high[victim] == s.high[striker]
        and d <= float(m.engine.world.weapons["reach"][m.after["hand"][striker]]) + SLACK_M + EDGE
    )


def due_blows(m: Moment) -> dict[int, int | None]:
    """Whose blow lands in this tick, and on whom: -1 in the air, None if it is a near thing."""
    due: dict[int, int | None] = {}
    s = m.scene
    fell_now = set(m.events["fighter"][m.events["kind"] == words.EVENT_FALL].tolist())
    for n in m.before:
        i, status = int(n["id"]), int(n["status"])
        strikes_out = int(n["act"]) in (words.STRIKE, words.LUNGE) and n["act_left"] > 0
        if not strikes_out or status in (words.RESERVE, words.LEFT):
            continue
        if status == words.UP and i in fell_now:
            due[i] = None  # fell of his wounds in this very tick, before or after the blow
            continue
        if status == words.UP and n["act_left"] > 1:
            continue
        reach = float(m.engine.world.weapons["reach"][int(n["hand"])]) + SLACK_M
        d = np.sqrt((s.x - s.x[i]) ** 2 + (s.y - s.y[i]) ** 2)
        d[i] = np.inf
        if status == words.UP:
            victim = int(n["target"])
        else:
            able = np.where(s.up & ~s.high, d, np.inf)
            victim = int(np.argmin(able))
            if (able < d[victim] + 1e-3).sum() > 1:
                due[i] = None
                continue
        if victim >= 0 and abs(d[victim] - reach) < EDGE:
            due[i] = None
        else:
            able_to = victim >= 0 and d[victim] <= reach and s.high[victim] == s.high[i]
            due[i] = victim if able_to else -1
            if able_to and status == words.UP:
                due[i] = met(m, n, victim, d)
    return due


def met(m: Moment, n: Any, victim: int, d: np.ndarray) -> int | None:
    """Whom a blow at `victim`, `d` metres off, meets on its way: those in its line stop it unless
    luck lets it past them; and a companion may be spared. None if it is a near thing.
    """
    s, i, world = m.scene, int(n["id"]), m.engine.world
    p = {name: float(world.params[name][0]) for name in world.params.dtype.names}
    ux, uy = (s.x[victim] - s.x[i]) / d[victim], (s.y[victim] - s.y[i]) / d[victim]
    along = (s.x - s.x[i]) * ux + (s.y - s.y[i]) * uy
    off = abs((s.x - s.x[i]) * uy - (s.y - s.y[i]) * ux)
    stands = s.up & (s.high == s.high[i]) & (d <= reference.NEAR_M + EDGE)
    stands[[i, victim]] = False
    edges = (along, off - p["strike_way_m"], along - d[victim] + reference.SHORT_M)
    if any((abs(edge[stands]) < EDGE).any() for edge in edges):
        return None
    line = stands & (along > 0.0) & (off < p["strike_way_m"])
    line &= along < d[victim] - reference.SHORT_M
    if not line.any():
        return victim
    long = float(world.weapons["reach"][int(n["hand"])]) >= p["strike_past_m"]
    way_past = p["strike_past"] ** min(int(line.sum()), 3) if long else 0.0
    if chance(world.seed[0], m.tick + 1, n["luck"], PAST) < way_past:
        return victim
    first = int(np.argmin(np.where(line, d, np.inf)))
    if (abs(d[line] - d[first]) < 1e-3).sum() > 1:
        return None
    spared = chance(world.seed[0], m.tick + 1, n["luck"], CHECK) < p["strike_checks"]
    friend = world.hostile[int(n["side"]), s.side[first]] == 0
    return -1 if friend and spared else first


def test_cells_are_wide_enough_for_every_reach() -> None:
    """No weapon of a bundled battle reaches farther than the cells around, in which it is looked
    for.
    """
    for name in BUNDLED:
        engine = state_of(name, 0)
        assert float(engine.world.weapons["reach"].max()) + SLACK_M <= 2.0 * CELL_M
