"""What reaches whose ears, against every pair of them worked out one by one; and nothing else."""

from __future__ import annotations

import math

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.world import fields
from affray.world import words as w
from affray.world.battlefield import EARS, SOUND_LEVEL
from tests.engine.fights import BUNDLED, by_id, reloaded
from tests.engine.trials import state_of

EDGE_DB = 0.05
STATES = 4
SIDE_M = float(2 << SOUND_LEVEL)


def with_sounds(engine: Engine, luck: np.random.Generator, count: int = EARS - 1) -> None:
    """A din here and there, and a few sounds on their way, fewer than a cell keeps."""
    state = engine.state
    loud = luck.random(len(state.noise)) < 0.3
    state.noise["made"] = np.where(loud, 10.0 ** luck.uniform(0.0, 5.0, len(loud)), 0.0)
    sounds = np.zeros(count, fields.STIMULUS).view(np.recarray)
    makers = state.fighters[luck.integers(len(state.fighters), size=count)]
    for name in ("x", "y", "side", "luck", "unit"):
        sounds[name] = makers[name]
    sounds["by"] = makers["id"]
    sounds["tick"] = engine.now - luck.integers(0, 3, count)
    sounds["told"] = sounds["tick"]
    sounds["order"] = -1
    sounds["level"] = luck.uniform(70.0, 118.0, count)
    sounds["says"] = luck.choice([w.SAY_BANTER, w.SAY_SCREAM, w.SAY_LOST, w.SAY_LAUGH], count)
    sounds["way"] = w.BY_VOICE
    sounds["said"] = luck.integers(0, 2, count)
    order = np.argsort(sounds["tick"], kind="stable")
    engine.state = state._replace(stimuli=sounds[order])


def heard_by(engine: Engine) -> tuple[set[tuple[int, int]], np.ndarray, np.ndarray]:
    """One tick: who heard which sound (listener, maker), and the looks and minds of it."""
    engine.watch(tuple(range(len(engine.state.fighters))))
    engine.tick()
    pairs = {(int(h["fighter"]), int(h["by"])) for h in engine.heard_log}
    return pairs, np.asarray(engine.seen_log).copy(), np.asarray(engine.mind_log).copy()


def expected(engine: Engine, looks: np.ndarray, before: np.ndarray, sounds: np.ndarray) -> dict:
    """For each look and sound: far above what it needs (dB), or −inf if it does not arrive now."""
    p, dt, every = engine.world.params[0], engine.world.clock[0], int(engine.world.clock[1])
    found = {}
    for seen in looks:
        me = before[int(seen["fighter"])]
        for sound in sounds:
            if sound["by"] == me["id"]:
                continue
            d = math.hypot(sound["x"] - me["x"], sound["y"] - me["y"])
            comes = int(sound["tick"]) + 1 + int(d / (340.0 * dt))
            d = max(d, 1.0)
            level = sound["level"] - 20.0 * math.log10(d) - p.hear_air_db_per_m * d
            startles = sound["says"] in (w.SAY_SCREAM, w.SAY_LAUGH)
            needs = p.hear_startle_db if startles else p.hear_detect_db
            in_time = engine.now - every < comes <= engine.now
            key = (int(me["id"]), int(sound["by"]))
            margin = level - seen["din"] - needs if in_time else -math.inf
            found[key] = max(found.get(key, -math.inf), margin)
    return found


@pytest.mark.parametrize("name", [n for n in BUNDLED if n != "duel"])
def test_sounds_reach_whom_the_plain_reference_says(name: str) -> None:
    """Distance, the way of sound, and the din where one stands decide who hears what."""
    heard, missed = 0, 0
    for number in range(STATES):
        engine = state_of(name, number)
        with_sounds(engine, np.random.default_rng([number, 7]))
        before, sounds = by_id(engine.state.fighters).copy(), engine.state.stimuli.copy()
        pairs, looks, _ = heard_by(engine)
        margins = expected(engine, looks, before, sounds)
        for pair, margin in margins.items():
            if abs(margin) < EDGE_DB:
                continue
            assert (pair in pairs) == (margin > 0.0), f"state {number}: {pair} at {margin:.2f} dB"
            heard += margin > 0.0
            missed += margin <= 0.0
        assert pairs <= margins.keys()

    assert heard > 20
    assert missed > 0


@pytest.mark.parametrize("name", [n for n in BUNDLED if n != "duel"])
def test_the_din_is_that_of_all_noise_about(name: str) -> None:
    """The power of every cell's noise at its distance, taken one by one: within 3.5 dB at the
    worst, and half a decibel as a rule.
    """
    off = []
    for number in range(2):
        engine = state_of(name, number)
        with_sounds(engine, np.random.default_rng([number, 8]), count=0)
        noise = engine.state.noise["made"].copy()
        fighters = by_id(engine.state.fighters).copy()
        _, looks, _ = heard_by(engine)
        cols = int(engine.world.grid_cols[SOUND_LEVEL])
        rows, columns = np.divmod(np.arange(len(noise)), cols)
        quiet = 10.0 ** ((float(engine.world.params["din_quiet_db"][0]) - 50.0) / 10.0)
        for seen in looks[:40]:
            me = fighters[int(seen["fighter"])]
            dx = columns - int(me["x"] / SIDE_M)
            dy = rows - int(me["y"] / SIDE_M)
            d2 = (dx * dx + dy * dy).astype(float) * SIDE_M * SIDE_M
            near = np.maximum(np.abs(dx), np.abs(dy)) < 8  # what no list leaves out
            power = np.where(d2 > 0.0, 1.0 / np.maximum(d2, 1.0), 0.0665)[near] @ noise[near]
            least = 50.0 + 10.0 * math.log10(quiet + power)
            assert seen["din"] > least - 3.5
            everything = np.where(d2 > 0.0, 1.0 / np.maximum(d2, 1.0), 0.0665) @ noise
            most = 50.0 + 10.0 * math.log10(quiet + everything)
            assert seen["din"] < most + 3.5
            off.append(abs(seen["din"] - 0.5 * (least + most)))
    assert len(off) > 20
    assert np.median(off) < 0.5


@pytest.mark.parametrize("name", [n for n in BUNDLED if n != "duel"])
def test_what_is_said_changes_nobody_who_does_not_hear_it(name: str) -> None:
    """Whatever a sound says and is like: who did not hear it perceives and decides the same, to
    the bit; some of those who did do not.
    """
    tried, moved = 0, 0
    for number in range(STATES):
        engine = state_of(name, number)
        luck = np.random.default_rng([number, 9])
        with_sounds(engine, luck)
        other = reloaded(engine)
        other.state = other.state._replace(stimuli=engine.state.stimuli.copy())
        changed = int(luck.integers(len(other.state.stimuli)))
        sound = other.state.stimuli[changed]
        sound["says"] = w.SAY_SCREAM if sound["says"] != w.SAY_SCREAM else w.SAY_LAUGH
        sound["timbre"] = w.INHUMAN
        sound["unit"] = 0
        maker = int(sound["by"])
        one, looks, minds = heard_by(engine)
        two, other_looks, other_minds = heard_by(other)
        assert np.array_equal(looks["fighter"], other_looks["fighter"])
        for k, fighter in enumerate(looks["fighter"].tolist()):
            same = looks[k].tobytes() == other_looks[k].tobytes()
            same = same and minds[k].tobytes() == other_minds[k].tobytes()
            if (fighter, maker) in one or (fighter, maker) in two:
                moved += not same
                continue
            assert same, f"state {number}: a sound of {maker} reached {fighter}"
            tried += 1
    assert tried > 30
    assert moved > 0


def test_near_sounds_are_kept_when_there_are_too_many() -> None:
    """Of more sounds than a cell keeps, those that are dropped were weaker there than all kept."""
    engine = state_of("press", 1)
    with_sounds(engine, np.random.default_rng(3), count=6 * EARS)
    engine.state.stimuli["tick"] = engine.now
    engine.state.stimuli["says"] = w.SAY_SCREAM
    engine.state.noise["made"] = 0.0
    sounds = engine.state.stimuli.copy()
    p = engine.world.params[0]
    engine.tick()
    air, cols = engine.state.air, int(engine.world.grid_cols[SOUND_LEVEL])
    full = np.flatnonzero(air.ears_n == EARS)
    assert len(full)
    for cell in full.tolist():
        x, y = (cell % cols + 0.5) * SIDE_M, (cell // cols + 0.5) * SIDE_M
        d = np.maximum(np.hypot(sounds["x"] - x, sounds["y"] - y) - 11.4, 1.0)
        strength = sounds["level"] - 20.0 * np.log10(d) - p.hear_air_db_per_m * d
        strength[d > 0.2 * 340.0] = -np.inf  # still on its way
        kept = np.zeros(len(sounds), bool)
        kept[air.ears[cell, :EARS]] = True
        assert strength[kept].min() >= strength[~kept].max() - 0.1


def test_messengers_reach_the_leader_alone_and_after_their_way() -> None:
    """A messenger's order is known to whoever leads the unit it is for, once he is there."""
    engine = state_of("hastings", 2)
    state, world = engine.state, engine.world
    told = world.units["plan"] == world.units["plan_end"]  # has no plan whose orders may be newer
    leader = next(
        one
        for one in state.fighters
        if one.leads == 1 and one.status == w.UP and one.mood == 0 and told[one.unit]
    )
    row = int(np.flatnonzero(world.orders["unit"] == leader.unit)[0])
    message = np.zeros(1, fields.STIMULUS).view(np.recarray)
    message["x"], message["y"] = leader.x + 14.0, leader.y
    message["tick"] = message["told"] = engine.now + 1
    message["by"] = (int(leader.id) + 1) % len(state.fighters)
    message["order"], message["way"], message["says"] = row, w.BY_MESSENGER, w.SAY_ORDER
    message["side"], message["unit"], message["said"] = leader.side, leader.unit, 1
    world.params["signal_messenger_arrives"] = 1.0
    world.params["strike_grave_j"] = 1e9  # nobody comes to harm meanwhile
    engine.state = state._replace(messages=message)
    wanted = int(leader.id)
    engine.watch(tuple(range(len(state.fighters))))
    came: list[tuple[int, int]] = []
    for _ in range(60):
        engine.tick()
        came += [
            (engine.now, int(h["fighter"])) for h in engine.heard_log if h["way"] == w.BY_MESSENGER
        ]
        if came:
            break
    assert [fighter for _, fighter in came] == [wanted]
    told = int(message["tick"][0])
    assert came[0][0] - told > 0.5 * 14.0 / float(world.params["signal_messenger_m_per_s"][0]) / 0.2


def test_a_battle_with_all_this_is_exact() -> None:
    """Two runs with sounds on their way, one of them reloaded in the middle, go alike."""
    engine = state_of("clearing", 3)
    with_sounds(engine, np.random.default_rng(5))
    again = reloaded(engine)
    again.state = again.state._replace(stimuli=engine.state.stimuli.copy())
    assert [int(np.sum(engine.tick()["tick"])) for _ in range(12)] == [
        int(np.sum(again.tick()["tick"])) for _ in range(12)
    ]
    assert engine.hash == again.hash
