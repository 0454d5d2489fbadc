"""The exact state of a battle as named arrays, out of the engine and back into it.

What a checkpoint holds is all that the next tick depends on: fighters in their order, memories,
ground, wounds, missiles in flight, counters of the reserves. Everything else is made from it.
Arrays that come back from a file are held against the battle before a kernel sees them, because
a kernel trusts every index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from affray.engine.tick import Engine
from affray.minds.society import impressions_of
from affray.world import fields, inward, words
from affray.world.battle import Battle
from affray.world.errors import ReplayError

Array = np.ndarray[Any, Any]

_TABLES = {
    "fighters": fields.FIGHTER,
    "memory": fields.MEMORY,
    "ground": fields.GROUND,
    "scent": fields.SCENT,
    "smoke": fields.SMOKE,
    "wounds": fields.WOUND,
    "missiles": fields.MISSILE,
    "noise": fields.NOISE,
    "stimuli": fields.STIMULUS,
    "messages": fields.STIMULUS,
    "reinforcements": fields.REINFORCEMENT,
}
_MINDS = {
    "tracks": inward.TRACK,
    "beliefs": inward.BELIEF,
    "stirrings": inward.STIRRING,
    "stirs": inward.STIRS,
    "lately": inward.LATELY,
    "recollections": inward.RECOLLECTION,
    "convictions": inward.CONVICTION,
    "impressions": inward.IMPRESSION,
    "biddings": inward.BIDDING,
    "gatherings": inward.GATHERING,
    "workings": inward.WORKING,
    "ready": inward.READY,
}
_SPARE_WOUNDS = 1024


def state_arrays(engine: Engine) -> dict[str, Array]:
    """The state as it is now: views, not copies."""
    state = engine.state
    return {
        **engine.persons.arrays(),
        "fighters": state.fighters,
        "memory": state.memory,
        "ground": state.ground,
        "scent": state.scent,
        "smoke": state.smoke,
        "wounds": state.wounds[: engine.wounds_used],
        "missiles": state.missiles,
        "noise": state.noise,
        "stimuli": state.stimuli,
        "messages": state.messages,
        "reinforcements": engine.reinforcements,
    }


def roster_arrays(engine: Engine) -> dict[str, Array]:
    """What stays as it is, and readers want of every fighter and unit: in the first checkpoint."""
    world, battle = engine.world, engine.battle
    return {
        "traits": world.traits,
        "unit_first": np.asarray(battle.unit_first, np.int64),
        "unit_side": np.ascontiguousarray(world.units["side"]),
    }


def state_bytes(engine: Engine) -> int:
    """About the bytes of a checkpoint, before compression: the tables that never grow."""
    state = engine.state
    return state.fighters.nbytes + state.memory.nbytes + state.ground.nbytes


def with_state(battle: Battle, arrays: Mapping[str, Array]) -> tuple[Battle, int]:
    """``battle`` in the state that ``arrays`` hold, and how many wounds it has.

    Raises ReplayError if they are not a state of this battle.
    """
    loaded = {name: _table(name, arrays, dtype) for name, dtype in _TABLES.items()}
    minds = {name: _table(name, arrays, dtype) for name, dtype in _MINDS.items() if battle.people}
    _refuse_foreign(battle, loaded, minds)
    state = battle.state
    for name in ("fighters", "memory", "ground", "scent", "smoke", "noise"):
        getattr(state, name)[:] = loaded[name]
    used = len(loaded["wounds"])
    wounds = np.zeros(used * 3 // 2 + _SPARE_WOUNDS, fields.WOUND).view(np.recarray)
    wounds[:used] = loaded["wounds"]
    moving = {name: loaded[name] for name in ("missiles", "stimuli", "messages")}
    state = state._replace(wounds=wounds, **moving)
    battle = replace(battle, state=state, reinforcements=loaded["reinforcements"], minds=minds)
    return battle, used


def _table(name: str, arrays: Mapping[str, Array], dtype: Any) -> Any:
    """One array of the state in the very type that kernels are compiled for."""
    found = arrays.get(name)
    if found is None or found.ndim != 1 or found.dtype != dtype:
        raise ReplayError(
            f"The checkpoint has no {name} that this affray can read. Resume or fork it with the "
            "affray that recorded it, or run the scenario again"
        )
    return np.ascontiguousarray(found).view(np.uint8).view(dtype).view(np.recarray)


def _refuse_foreign(battle: Battle, loaded: Mapping[str, Any], minds: Mapping[str, Any]) -> None:
    """Raise ReplayError if an index in a loaded state leads out of this battle's tables."""
    fighters, memory, wounds = loaded["fighters"], loaded["memory"], loaded["wounds"]
    missiles, n = loaded["missiles"], len(battle.state.fighters)
    units, weapons = len(battle.world.units), len(battle.world.weapons)
    width, height = battle.world.size
    same_size = (
        len(fighters) == n
        and len(memory) == len(battle.state.memory)
        and len(loaded["ground"]) == len(battle.state.ground)
        and len(loaded["scent"]) == len(battle.state.scent)
        and len(loaded["smoke"]) == len(battle.state.smoke)
        and len(loaded["noise"]) == len(battle.state.noise)
        and len(loaded["reinforcements"]) == len(battle.reinforcements)
    )
    fits = same_size and (
        np.array_equal(fighters.id, np.arange(n))
        and _below(fighters.unit, units)
        and np.array_equal(fighters.side, battle.world.units["side"][fighters.unit])
        and _below(fighters.target, n)
        and _below(fighters.status, len(words.STATUS_NAMES))
        and _below(fighters.mood, len(words.MOOD_NAMES))
        and _below(fighters.act, words.ACTS)
        and _hands(fighters.hand, weapons)
        and _within(fighters.x, width)
        and _within(fighters.y, height)
        and _below(memory.wound, len(wounds))
        and _orders_fit(battle, fighters, memory)
        and _below(wounds.fighter, n)
        and _below(wounds.by, n)
        and bool((wounds.next < np.arange(len(wounds))).all())
        and _below(wounds.place, words.PLACES)
        and _below(wounds.weapon, weapons)
        and _below(missiles.weapon, weapons)
        and _below(missiles.by, n)
        and _below(missiles.side, len(battle.side_names))
        and _reserves_fit(battle, loaded["reinforcements"])
        and all(_sounds_fit(battle, loaded[name]) for name in ("stimuli", "messages"))
        and (not battle.people or _minds_fit(battle, minds))
    )
    if not fits:
        raise ReplayError(
            "The checkpoint is not a state of this battle: its numbers lead out of it. "
            "Run the scenario again"
        )


def _reserves_fit(battle: Battle, rules: Any) -> bool:
    """Whether no more enter than wait, and all rules name units and sides that there are."""
    if not (_below(rules.unit, len(battle.unit_names)) and bool((rules.unit >= 0).all())):
        return False
    waiting = np.diff(battle.unit_first)[rules.unit]
    return (
        _below(rules.falls_in, len(battle.unit_names))
        and _below(rules.falls_side, len(battle.side_names))
        and bool((rules.each >= 1).all())
        and bool((rules.enter >= 0).all())
        and bool(((rules.entered >= 0) & (rules.entered <= waiting)).all())
    )


def _minds_fit(battle: Battle, minds: Mapping[str, Any]) -> bool:
    """Whether all minds are there, and take nobody for one whom this battle does not name."""
    size = len(battle.people)
    drives = np.array([len(person.drives) for person in battle.people])
    return (
        len(minds["tracks"]) == len(minds["beliefs"]) == size * size
        and len(minds["stirrings"]) == len(minds["biddings"]) == size
        and len(minds["stirs"]) == int(drives.sum())
        and len(minds["recollections"]) == sum(len(person.memories) for person in battle.people)
        and len(minds["convictions"]) == size * len(battle.notions)
        and len(minds["impressions"]) == size * impressions_of(battle.people, battle.notions)
        and _below(minds["convictions"].told_by, size)
        and _below(minds["stirrings"].rapt_of, size)
        and all(
            bool(((minds["stirrings"][name] >= -1) & (minds["stirrings"][name] < drives)).all())
            for name in ("means", "calls")
        )
        and len(minds["lately"]) == sum(len(d.when) for one in battle.people for d in one.drives)
        and _below(minds["tracks"].taken_for, size)
        and _below(minds["biddings"].mark, len(battle.state.fighters))
        and bool(((minds["stirrings"].drive >= -1) & (minds["stirrings"].drive < drives)).all())
        and _powers_fit(battle, minds)
    )


def _powers_fit(battle: Battle, minds: Mapping[str, Any]) -> bool:
    """Whether powers at work are this battle's, and used by and on those who are in it."""
    powers, fighters, people = len(battle.powers), len(battle.state.fighters), battle.people
    gatherings, workings = minds["gatherings"], minds["workings"]
    users = workings.person
    return (
        len(gatherings) == len(people)
        and len(minds["ready"]) == sum(len(person.powers) for person in people)
        and all(_below(one.power, powers) for one in (gatherings, workings, minds["biddings"]))
        and all(_below(one.on, fighters) for one in (gatherings, workings, minds["biddings"]))
        and bool((workings.power >= 0).all())
        and _below(users, len(people))
        and all(people[int(user)].fighter >= 0 for user in users if user >= 0)
        and bool((users >= 0).all())
        and bool((gatherings.memories >= 0).all())
    )


def _orders_fit(battle: Battle, fighters: Any, memory: Any) -> bool:
    """Whether everybody is under an order that his own unit was told."""
    orders = battle.world.orders
    if not _below(memory.order, len(orders)):
        return False
    for name in ("known", "say_order", "lean"):
        if not _below(memory[name][memory[name] != fields.NO_ORDER], len(orders)):
            return False
    saying = (fighters.says == words.SAY_ORDER) | (memory.means[fighters.id] == words.SAY_ORDER)
    if bool((memory.say_order[fighters.id[saying]] == fields.NO_ORDER).any()):
        return False
    own = orders["unit"][memory.order[fighters.id]]
    return np.array_equal(own, fighters.unit) and bool((memory.means < words.SAYINGS).all())


def _sounds_fit(battle: Battle, stimuli: Any) -> bool:
    """Whether sounds and signals say what this battle has words and orders for."""
    return (
        _below(stimuli.order, len(battle.world.orders))
        and _below(stimuli.by, len(battle.state.fighters))
        and _below(stimuli.unit, len(battle.unit_names))
        and _below(stimuli.says, words.SAYINGS)
        and _below(stimuli.way, words.WAYS)
        and _below(stimuli.to, len(battle.state.fighters))
        and bool((stimuli.notion <= len(battle.notions)).all())
        and bool((stimuli.calls <= len(battle.people)).all())
        and bool((stimuli.order[stimuli.says == words.SAY_ORDER] >= 0).all())
    )


def _below(values: Array, limit: int) -> bool:
    """Whether all are −1 (nobody, none) or rows of a table of that length."""
    return len(values) == 0 or (int(values.min()) >= -1 and int(values.max()) < limit)


def _hands(hands: Array, weapons: int) -> bool:
    """Whether every hand holds a weapon of the table, or nothing (255)."""
    return bool(((hands < weapons) | (hands == 255)).all())


def _within(values: Array, limit_m: float) -> bool:
    """Whether all are finite and not absurdly far off the field."""
    return len(values) == 0 or bool((np.abs(values) <= 2.0 * limit_m + 1000.0).all())
