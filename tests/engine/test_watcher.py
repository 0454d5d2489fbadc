"""Who sits unseen in a tree is in nobody's mind: the watcher of the clearing, made everybody's
enemy, so that all would mind him who perceived him.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.world import words
from affray.world.battle import Battle
from tests.engine.fights import bundled, by_id, copied, opened
from tests.engine.test_first_law import differs, minds, present

TICKS = 120
LOOKED_FOR = ("foe", "hurt", "fallen", "companion", "runaway")


def watched() -> tuple[Battle, int]:
    """The clearing with everybody hostile to the watcher, who does nothing but sit, and his id."""
    battle = bundled("clearing")
    who = int(battle.unit_first[battle.unit_names.index("watcher")])
    side = int(by_id(battle.state.fighters)["side"][who])
    hostile = battle.world.hostile.copy()
    hostile[:, side], hostile[side, side] = 1, 0
    people = tuple(
        dataclasses.replace(one, drives=()) if one.fighter == who else one for one in battle.people
    )
    world = battle.world._replace(hostile=hostile, terrain=battle.world.terrain.copy())
    return dataclasses.replace(battle, world=world, people=people), who


def perceiving(engine: Engine, who: int) -> set[int]:
    """Those in whose last percepts `who` is."""
    seen = engine.seen_log
    return {int(i) for name in LOOKED_FOR for i in seen["fighter"][seen[name] == who] if i != who}


def test_the_watcher_in_the_tree_is_in_nobodys_percepts() -> None:
    """While he sits still nobody perceives him, and nobody's mind would differ without him."""
    battle, who = watched()
    engine = opened(battle, watch=tuple(range(len(battle.state.fighters))))
    for tick in range(TICKS):
        if tick % 40 == 0:
            without = copied(present(engine))
            without.state.fighters["status"][who] = words.LEFT
            one, other = (
                minds(b, engine.now, engine.wounds_used) for b in (present(engine), without)
            )
            everybody = set(range(len(battle.state.fighters))) - {who}
            assert [i for i in everybody if differs(one, other, i)] == []
        engine.tick()
        assert perceiving(engine, who) == set()


@pytest.mark.parametrize("exposed", [False, True])
def test_the_watcher_is_seen_from_below_only_when_exposed(exposed: bool) -> None:
    """One who faces the tree from three metres away sees him if nothing conceals him."""
    battle, who = watched()
    fighters = battle.state.fighters
    one = int(np.nonzero(fighters["status"] == words.UP)[0][0])
    here = fighters[who]
    fighters["x"][one], fighters["y"][one] = here["x"] + 2.9, here["y"]
    fighters["hx"][one], fighters["hy"][one] = -1.0, 0.0
    if exposed:
        battle.world.terrain["conceal"] = 0.0
    engine = opened(battle, watch=(int(fighters["id"][one]),))

    seen = set()
    for _ in range(2):
        engine.tick()
        seen |= perceiving(engine, who)

    assert bool(seen) == exposed
