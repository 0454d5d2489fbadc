"""Who beholds a spectacle, against every pair of them worked out one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.rules.hear import pair_luck
from affray.rules.luck import BEHOLD, DAWN, chance
from affray.world import fields
from affray.world import words as w
from tests.engine import reference
from tests.engine.fights import BUNDLED, by_id, reloaded
from tests.engine.reference import EDGE
from tests.engine.trials import state_of

STATES = 6
COUNT = 5  # fewer than a cell keeps


def with_spectacles(engine: Engine, luck: np.random.Generator) -> None:
    """A few spectacles, each where somebody stands, that nobody is transfixed by."""
    params = engine.world.params
    params["grip_clear_db"], params["grip_spectacle_m"] = 300.0, 120.0
    fighters = by_id(engine.state.fighters)
    there = np.nonzero(reference.scene(engine.world, engine.state).up)[0]
    whose = fighters[luck.choice(there, min(COUNT, len(there)), replace=False)]
    sights = np.zeros(len(whose), fields.STIMULUS).view(np.recarray)
    for name in ("x", "y", "side", "luck", "unit"):
        sights[name] = whose[name]
    sights["by"], sights["order"] = whose["id"], -1
    sights["tick"] = engine.now - luck.integers(0, 6, len(whose))
    sights["level"], sights["way"], sights["says"] = 112.0, w.BY_SIGHT, w.SPECTACLE
    engine.state = engine.state._replace(stimuli=sights[np.argsort(sights["tick"], kind="stable")])


def draws_now(world: Any, me: Any, sight: Any, d: float, tick: int) -> bool:
    """Whether the spectacle draws his eyes between his last look and this one, unhidden."""
    p, seed = world.params[0], world.seed[0]
    with np.errstate(over="ignore"):
        key = pair_luck(me["luck"], sight["luck"])
        late = 0.5 + chance(seed, sight["tick"], key, DAWN)
        hidden = chance(seed, sight["tick"], key, BEHOLD) >= p.grip_spectacle_seen
    comes = int(sight["tick"]) + 1 + int(p.grip_spectacle_s_per_m * d * late / world.clock[0])
    return bool(tick - world.clock[1] < comes <= tick and not hidden)


def beholds(world: Any, s: reference.Scene, me: Any, sight: Any, tick: int) -> bool | None:
    """Whether `me` sees it now; None: it hangs on less than EDGE."""
    i, j = int(me["id"]), int(sight["by"])
    dx, dy = s.x[j] - s.x[i], s.y[j] - s.y[i]
    d = float(np.hypot(dx, dy))
    takes_in = reference.attention(world, me, tick)
    ahead = dx * s.hx[i] + dy * s.hy[i] - takes_in.cone_cos * d
    range_m = float(world.params["grip_spectacle_m"][0])
    if min(abs(ahead), abs(d - range_m)) < EDGE:
        return None
    distant = reference.far(world, s, i, takes_in.cone_cos, np.array([j]))
    near = distant.level[j] == reference.NEAR
    reached = distant.level[j] != reference.OUT_OF_RANGE
    in_sight = near or (reached and distant.in_line[j] and distant.in_light[j])
    return bool(in_sight and d <= range_m and ahead > 0.0 and draws_now(world, me, sight, d, tick))


@pytest.mark.parametrize("name", [name for name in BUNDLED if name != "duel"])
def test_spectacles_are_beheld_by_whom_the_plain_reference_says(name: str) -> None:
    """Distance, the way he looks, light, what stands on the field, and the time that it takes."""
    seen, unseen = 0, 0
    for number in range(STATES):
        engine = state_of(name, number)
        with_spectacles(engine, np.random.default_rng([number, 11]))
        before, sights = by_id(engine.state.fighters).copy(), engine.state.stimuli.copy()
        scene = reference.scene(engine.world, engine.state)
        engine.watch(tuple(range(len(before))))
        engine.tick()
        found = {
            (int(h["fighter"]), int(h["by"])) for h in engine.heard_log if h["way"] == w.BY_SIGHT
        }
        for look in engine.seen_log:
            me = before[int(look["fighter"])]
            for sight in sights:
                pair = (int(me["id"]), int(sight["by"]))
                if pair[0] == pair[1]:
                    continue
                expected = beholds(engine.world, scene, me, sight, engine.now)
                if expected is None:
                    continue
                assert (pair in found) == expected, f"state {number}: {pair}"
                seen, unseen = seen + expected, unseen + (not expected)

    assert min(seen, unseen) >= 5, (seen, unseen)


@pytest.mark.parametrize("name", [name for name in BUNDLED if name != "duel"])
def test_a_spectacle_changes_nobody_who_does_not_behold_it(name: str) -> None:
    """Without it, who did not see it perceives and decides the same, to the bit; some who did see
    it do not.
    """
    tried, moved = 0, 0
    for number in range(STATES):
        engine = state_of(name, number)
        with_spectacles(engine, np.random.default_rng([number, 11]))
        engine.world.params["grip_clear_db"] = -9.0
        engine.world.params["grip_spectacle_seen"] = 1.0
        engine.state.stimuli["level"] = 127.0
        engine.state.stimuli["tick"][0] = engine.now
        other = reloaded(engine)
        gone = int(engine.state.stimuli["by"][0])
        other.state = other.state._replace(stimuli=engine.state.stimuli[1:].copy())
        for one in (engine, other):
            one.watch(tuple(range(len(one.state.fighters))))
            one.tick()
        beheld = {int(h["fighter"]) for h in engine.heard_log if h["by"] == gone}
        looks = zip(
            engine.seen_log, other.seen_log, engine.mind_log, other.mind_log, strict=True
        )  # fmt: skip
        for with_it, without, mind, other_mind in looks:
            same = with_it.tobytes() == without.tobytes() and mind.tobytes() == other_mind.tobytes()
            if int(with_it["fighter"]) in beheld:
                moved += not same
                continue
            assert same, f"state {number}: it reached {with_it['fighter']}"
            tried += 1

    assert tried > 30
    assert moved > 0


def test_a_fall_that_matters_is_carried_to_onlookers() -> None:
    """The tick after a leader went down there is one spectacle, of his; none of anybody else's."""
    engine = state_of("brawl", 0)
    engine.world.terrain["conceal"] = 0.0
    engine.world.terrain["light"] = 1.0
    fighters = engine.state.fighters
    up = np.nonzero((fighters["status"] == w.UP) & (fighters["leads"] == 0))[0]
    chief, man = (int(i) for i in up[:2])
    fighters["leads"][chief] = 1
    for one in (chief, man):
        fighters["status"][one], fighters["fell"][one] = w.DOWN, 0
    engine.open()
    engine.tick()
    shown = engine.state.stimuli[engine.state.stimuli["way"] == w.BY_SIGHT]

    assert shown["by"].tolist() == [chief]
    assert shown["says"].tolist() == [w.SPECTACLE]
