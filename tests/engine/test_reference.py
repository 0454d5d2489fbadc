"""What the engine lets fighters perceive, against every pair of them looked at one by one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.world.battlefield import LEVELS
from tests.engine import reference, shades
from tests.engine.fights import BUNDLED, by_id
from tests.engine.trials import state_of

STATES = 6
TALL_M = 0.3  # the height of eyes is judged by the quarter of a metre
AXES = ("dx", "dy", "_m")
ALL_ROUND = reference.Attention(-2.0, notices=True, cares=False)
PUSH_EDGE = 0.02  # the engine sums in 4096ths of a metre, one rounding a neighbour


def percepts(engine: Engine) -> tuple[reference.Scene, np.ndarray, list[Any], list[Any]]:
    """One tick: what there was to perceive, the fighters before it, what each took in, and under
    which orders (by id) they looked.
    """
    engine.watch(tuple(range(len(engine.state.fighters))))
    scene = reference.scene(engine.world, engine.state)
    before = by_id(engine.state.fighters).copy()
    remembered = engine.state.memory.copy()
    engine.tick()
    orders = [
        reference.order_of(engine.world, memory, me, engine.now)
        for memory, me in zip(remembered, before, strict=True)
    ]
    return scene, before, list(engine.seen_log), orders


def hurry(engine: Engine, number: int) -> None:
    """Let some of those on their feet be very fast, as they show themselves."""
    fast = np.random.default_rng([13, number]).random(len(engine.state.fighters)) < 0.3
    engine.state.fighters["speed"][fast] = 7000
    engine.open()


def faults(
    want: reference.Expected, seen: Any, is_blur: Callable[[int], bool | None], bidden: int
) -> list[str]:
    """Where a percept is not what the reference expects; `is_blur`: whether somebody is one;
    `bidden`: the one whom his mind has him turn against, -1: nobody.
    """
    found = []
    for name, value in want.exact.items():
        if getattr(seen, name) != value:
            found.append(f"{name} {getattr(seen, name)}, expected {value}")
    for name, value in want.nearly.items():
        if abs(getattr(seen, name) - value) > PUSH_EDGE:
            found.append(f"{name} {getattr(seen, name):.4f}, expected {value:.4f}")
    if seen.foe >= 0:
        found += [] if abs(seen.foe_m - want.apart[int(seen.foe)]) < TALL_M else ["foe_m"]
    for name in ("foe", "companion", "hurt", "fallen", "runaway"):
        ids = want.anybody_of[name]
        if name == "foe" and seen.foe == bidden >= 0:
            continue
        if name == "foe" and seen.found >= 0 and seen.foe == seen.found:
            continue  # made out in hiding: see test_nobody_is_found_but_by_looking_straight_at_him
        if name == "foe" and seen.foe in want.anybody_of["mistaken_for_foe"] - {-1}:
            continue  # he takes the nearest companion for an enemy
        if name == "foe" and seen.foe_blur:
            whom = (ids | want.anybody_of["mistaken_for_foe"]) - {-1}
            found += [] if any(is_blur(j) is not False for j in whom) else ["foe_blur"]
            continue
        if getattr(seen, name) not in ids:
            found.append(f"{name} {getattr(seen, name)}, expected one of {ids}")
    return found


def bidden_by(engine: Engine, fighter: int) -> int:
    """The one whom a person's mind has him turn against, -1: nobody."""
    person = int(engine.world.traits["person"][fighter])
    return int(engine.state.biddings["mark"][person - 1]) if person > 0 else -1


@pytest.mark.parametrize(
    ("name", "smoky"), [*((name, False) for name in BUNDLED), ("hastings", True), ("press", True)]
)
def test_percepts_are_those_of_the_plain_reference(name: str, smoky: bool) -> None:
    """On random states, everybody who looks perceives whom the reference says, near and far, and
    through smoke.
    """
    compared, skipped, near, far, blurs = 0, 0, 0, 0, 0
    for number in range(STATES):
        engine = state_of(name, number, bodies_hide=False, smoky=smoky)
        hurry(engine, number)
        scene, before, looks, orders = percepts(engine)
        for seen in looks:
            me = before[int(seen.fighter)]
            want, barely = reference.expected(engine.world, scene, me, orders[me["id"]], engine.now)
            if barely:
                skipped += 1
                continue
            where = f"state {number}, tick {engine.now}, fighter {me['id']}"
            is_blur = functools.partial(reference.blurs, engine.world, scene, me)
            bidden = bidden_by(engine, int(me["id"]))
            assert faults(want, seen, is_blur, bidden) == [], where
            blurs += seen.foe_blur
            compared += 1
            near += seen.foe >= 0 or seen.companion >= 0
            far += seen.crowd_foes + seen.crowd_friends > 0

    assert compared > 3 * skipped
    assert compared >= (4 if name == "duel" else 60)
    assert near + far > 0
    assert blurs >= (0 if name == "duel" else 1), blurs


@pytest.mark.parametrize("name", BUNDLED)
def test_bodies_in_between_only_take_away(name: str) -> None:
    """Nobody sees more of a crowd because others stand in the way, and those near stay the same."""
    for number in range(2):
        engine = state_of(name, number)
        scene, before, looks, orders = percepts(engine)
        for seen in looks:
            me = before[int(seen.fighter)]
            want, barely = reference.expected(engine.world, scene, me, orders[me["id"]], engine.now)
            if barely:
                continue
            crowds = ("foes", "friends", "foes_fleeing", "friends_fleeing")
            for number_of in (*(f"crowd_{kind}" for kind in crowds), "friends_down"):
                assert 0 <= getattr(seen, number_of) <= want.exact[number_of]
            assert seen.foes_near == want.exact["foes_near"]
            assert seen.friends_near == want.exact["friends_near"]


@pytest.mark.parametrize(
    ("name", "wide", "smoky"),
    [
        *((name, False, False) for name in BUNDLED),
        ("cannae", True, False), ("press", True, False), ("press", False, True),
    ],
)  # fmt: skip
def test_crowds_thin_out_behind_bodies_as_in_the_plain_reference(
    name: str, wide: bool, smoky: bool
) -> None:
    """On random states, the crowds that everybody sees over and between the bodies of others are
    those of the plain reference, numbers and middles.
    """
    compared, thinned = 0, 0
    for number in range(STATES):
        engine = state_of(name, number, wide=wide, smoky=smoky)
        scene, before, looks, _ = percepts(engine)
        worked_out = shades.Shades(engine.world, scene, len(engine.battle.side_names))
        for seen in looks:
            me = before[int(seen.fighter)]
            want, barely = shades.expected(worked_out, me, engine.now)
            if barely:
                continue
            off = [
                f"{field} {getattr(seen, field)}, expected {value}"
                for field, value in want.items()
                if abs(getattr(seen, field) - value) > (PUSH_EDGE if field[-2:] in AXES else 1e-6)
            ]
            assert off == [], f"state {number}, tick {engine.now}, fighter {me['id']}"
            compared += 1
            thinned += seen.crowd_foes % 1.0 > 0.0 or seen.crowd_friends % 1.0 > 0.0

    assert compared >= (4 if name == "duel" else 60)
    assert thinned >= (0 if name == "duel" else 10)


@pytest.mark.parametrize("name", [name for name in BUNDLED if name != "duel"])
def test_enemies_out_of_sight_are_where_they_were_last_perceived(name: str) -> None:
    """Who perceives no enemy recalls where he last did, for a while, and then has lost them."""
    recalling, lost = 0, 0
    for number in range(2 * STATES):
        engine = state_of(name, number)
        luck = np.random.default_rng([5, number])
        memory = engine.state.memory
        engine.world.params["sight_cone_cos"] = 0.98  # so that few enemies are seen
        engine.world.params["sight_recall_s"] = 0.5 * engine.now * engine.world.clock[0]
        memory["foe_tick"] = luck.integers(-1, engine.now + 1, len(memory))
        memory["foe_x"], memory["foe_y"] = luck.integers(0, 800, (2, len(memory)))
        memory = np.array(memory)
        _, before, looks, _ = percepts(engine)
        for seen in looks:
            i = int(seen.fighter)
            want = reference.recalled(engine.world, memory[i], before[i], engine.now, seen)
            found = (seen.lost, seen.recall_dx, seen.recall_dy, seen.recall_m)
            assert found == pytest.approx(want), f"state {number}, fighter {i}"
            recalling += seen.recall_m > 0.0
            lost += seen.lost

    assert min(recalling, lost) >= 3, (recalling, lost)


def all_round(name: str, number: int, *, wide: bool) -> Engine:
    """A state on an open, bright field without hiding places, where all see all round."""
    engine = state_of(name, number, bodies_hide=False, wide=wide)
    world = engine.world
    world.traits["sight"] = 1
    engine.state.fighters["grip"] = 0
    world.params["hide_from"] = 1.0
    world.lit[:] = LEVELS
    engine.world = world._replace(sightlines=np.full(1, ~np.uint64(0)))
    engine.open()
    return engine


@pytest.mark.parametrize(("name", "wide"), [("brawl", False), ("cannae", True), ("press", True)])
def test_the_lists_of_crowds_tile_the_field(name: str, wide: bool) -> None:
    """In the open, one who looks all round counts everybody beyond arm's length once: nobody is
    left out between the cells around him and the crowds, or between two levels; nobody is counted
    twice.
    """
    levels = set()
    for number in range(3):
        engine = all_round(name, number, wide=wide)
        scene, before, looks, _ = percepts(engine)
        for seen in looks:
            i = int(seen.fighter)
            level = reference.far_level(scene, i)
            close = reference.near(engine.world, scene, i, ALL_ROUND)
            far = scene.up & ((level >= 0) & (level < LEVELS) | close.beyond)
            foes = engine.world.hostile[int(before[i]["side"]), scene.side] == 1
            own = scene.side == before[i]["side"]

            assert seen.crowd_foes == (far & foes).sum()
            assert seen.crowd_friends == (far & own).sum()
            levels |= set(level[scene.up].tolist())

    assert levels >= {0, 1, 2} if name == "brawl" else levels >= set(range(LEVELS))


def test_the_field_is_covered_to_128_metres_and_not_beyond_256() -> None:
    """Everybody within 128 m is near or in a list; nobody beyond 256 m a side is."""
    engine = all_round("cannae", 0, wide=True)
    scene = reference.scene(engine.world, engine.state)
    for i in np.nonzero(scene.up)[0][::7]:
        level = reference.far_level(scene, int(i))
        apart = np.maximum(abs(scene.x - scene.x[i]), abs(scene.y - scene.y[i]))

        assert (level[apart < 128.0] < LEVELS).all()
        assert (level[apart > 256.0] == reference.OUT_OF_RANGE).all()


@pytest.mark.parametrize("name", [name for name in BUNDLED if name != "duel"])
def test_who_stands_in_the_way_and_how_close_is_that_of_the_plain_reference(name: str) -> None:
    """Towards the enemy whom one faces: who is on the way and in the line of a blow, and how
    little room all leave.
    """
    compared, on_way, in_line, pressed = 0, 0, 0, 0
    for number in range(4 * STATES):
        engine = state_of(name, number)
        rages = engine.state.biddings["rages"]
        scene, before, looks, _ = percepts(engine)
        for seen in looks:
            me = before[int(seen.fighter)]
            person = int(engine.world.traits["person"][me["id"]])
            want, barely = reference.amid(engine.world, scene, me, seen, engine.now)
            if barely or (person > 0 and rages[person - 1]):
                continue
            found = {field: getattr(seen, field) for field in want}
            assert found == pytest.approx(want, abs=1e-3), f"state {number}, fighter {me['id']}"
            compared += 1
            on_way += want["way_m"] > 0.0
            in_line += want["between"] > 0.0
            pressed += want["cramped"] > 0.0

    assert compared >= 60
    assert min(on_way, in_line, pressed) >= 3, (on_way, in_line, pressed)


@pytest.mark.parametrize("name", BUNDLED)
def test_eyes_are_read_by_those_who_can(name: str) -> None:
    """Of the nearest enemy and the nearest companion: whether his face is covered and his eyes are
    seen, and the fear in them, are those of the plain reference.
    """
    read, unread, masked = 0, 0, 0
    for number in range(2 * STATES):
        engine = state_of(name, number)
        engine.world.units["masked"] = np.arange(len(engine.world.units)) % 3
        engine.open()
        scene, before, looks, _ = percepts(engine)
        for seen in looks:
            me = before[int(seen.fighter)]
            close = reference.near(
                engine.world,
                scene,
                int(me["id"]),
                reference.attention(engine.world, me, engine.now),
            )
            for who, j in (("foe", int(seen.foe)), ("friend", int(seen.companion))):
                can = (
                    reference.reads_eyes(engine.world, scene, me, j, engine.now)
                    if j >= 0
                    else False
                )
                if can is None or close.barely:
                    continue
                covered = j >= 0 and close.view[j] and not scene.bare[j]
                found = (seen[f"{who}_eyes"], seen[f"{who}_masked"])
                assert found == (int(can), int(covered)), f"state {number}, {me['id']} sees {j}"
                assert seen[f"{who}_fear"] == pytest.approx(scene.gaze[j] / 15.0 if can else 0.0)
                read, unread, masked = read + can, unread + (not can), masked + int(covered)

    assert min(read, unread) >= (0 if name == "duel" else 5), (read, unread)
    assert masked >= (0 if name == "duel" else 5)


@pytest.mark.parametrize("name", [name for name in BUNDLED if name != "duel"])
def test_nobody_is_found_but_by_looking_straight_at_him(name: str) -> None:
    """Whoever is made out in hiding lurks near, straight ahead of an enemy; some are, most not."""
    found = missed = 0
    for number in range(2 * STATES):
        engine = state_of(name, number)
        engine.world.params["hide_find_per_s"] = 1.0
        engine.world.terrain["conceal"] = np.maximum(engine.world.terrain["conceal"], 0.8)
        engine.state.fighters["speed"] = 0
        engine.open()
        scene, before, looks, _ = percepts(engine)
        for seen in looks:
            me = before[int(seen.fighter)]
            could = [
                j for j in np.nonzero(scene.hidden)[0]
                if j != me["id"] and reference.may_find(engine.world, scene, me, int(j))
            ]  # fmt: skip
            assert seen.found == -1 or seen.found in could
            found += seen.found >= 0
            missed += bool(could) and seen.found == -1

    assert min(found, missed) >= 3, (found, missed)
