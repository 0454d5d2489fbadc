"""The first law: nobody knows what they have not perceived.

On random states of every bundled battle one thing about one fighter is changed. Whoever cannot
sense that thing in this tick perceives and decides the same, to the bit, and comes out of the
whole tick the same in mind unless a hand or a blade touched him; who can sense what comes from the
slow reference, not from the engine.
"""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.world import words
from affray.world.battle import Battle
from affray.world.battlefield import World
from tests.engine import reference
from tests.engine.fights import BUNDLED, by_id, copied, minds_of
from tests.engine.trials import WIDE, shot_into, state_of

STATES = dict.fromkeys(BUNDLED, 4) | {"duel": 16, "brawl": 6}
CHANGES = 24
DECIDED = (
    "act", "target", "wx", "wy", "hx", "hy", "fear", "morale", "belief", "foes", "friends",
    "mood", "cover", "hand", "blur", "mood_friends", "mood_foes",
    "act_left", "recover", "missiles", "energy",
)  # fmt: skip
"""What a fighter's decision leaves in his record. Where he ends up is physics: he may be pushed."""
BODY = ("status", "fell", "pain", "blood", "flow", "embedded", "arm", "leg", "perch")
"""What a blow or a helping hand changes in a body."""

Change = Callable[[Battle, Any, np.random.Generator], None]


@dataclasses.dataclass
class Minds:
    """What went on in everybody in one tick, by id: percepts and thoughts of those who looked,
    what all had in mind after it, and what had become of their bodies. ``tended``: for how many
    ticks each keeps still yet, under hands that he feels; -1: not at all.
    """

    percepts: dict[int, bytes]
    thoughts: dict[int, bytes]
    decisions: list[bytes]
    bodies: list[bytes]
    tended: np.ndarray


def minds(battle: Battle, tick: int, wounds_used: int) -> Minds:
    """One tick of `battle`, seen from within; `battle` itself stays as it is."""
    n = len(battle.state.fighters)
    engine = Engine(copied(battle), tick=tick, watch=tuple(range(n)))
    engine.wounds_used = wounds_used
    engine.open()
    engine.tick()
    after = by_id(engine.state.fighters)
    looked = [int(i) for i in engine.seen_log["fighter"]]
    return Minds(
        {i: entry.tobytes() for i, entry in zip(looked, engine.seen_log, strict=True)},
        {i: entry.tobytes() for i, entry in zip(looked, engine.mind_log, strict=True)},
        [row.tobytes() for row in packed(after, DECIDED)],
        [row.tobytes() for row in packed(after, BODY)],
        np.where(after["act"] == words.BE_TENDED, after["act_left"], -1),
    )


def packed(fighters: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """The bytes of some fields of everybody, row by row."""
    parts = [np.ascontiguousarray(fighters[name]) for name in names]
    return np.concatenate([part.view(np.uint8).reshape(len(part), -1) for part in parts], axis=1)


def present(engine: Engine) -> Battle:
    """The battle as it is now."""
    return dataclasses.replace(engine.battle, state=engine.state, minds=minds_of(engine))


def differs(one: Minds, other: Minds, i: int) -> str:
    """Where two minds of `i` differ: percept, thought or decision; empty if nowhere.

    What touched his body in but one of the two ticks may have touched his mind as well.
    """
    if one.percepts.get(i) != other.percepts.get(i):
        return "percept"
    if one.thoughts.get(i) != other.thoughts.get(i):
        return "thought"
    touched = one.bodies[i] != other.bodies[i] or one.tended[i] != other.tended[i]
    return "" if touched or one.decisions[i] == other.decisions[i] else "decision"


# ------------------------------------------------------------------ what is changed


def leaves(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """He is no longer there."""
    who["status"] = words.LEFT


def dies(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """He has been dead for long."""
    who["status"], who["fell"], who["act"] = words.DEAD, 200, words.HOLD


def falls(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """He went down in the last tick."""
    who["status"], who["fell"], who["act"] = words.DOWN, 0, words.HOLD


def turns_coat(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """He stands for another side."""
    who["side"] = (int(who["side"]) + 1) % len(battle.side_names)


def runs(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """He is in flight, or no longer."""
    who["mood"] = 1 - who["mood"]


def breaks_off(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """His last step led him off at a run, with his back turned, or it no longer did."""
    who["runs_off"] = 1 - who["runs_off"]


def shows(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """He bleeds, pauses, is terrified and spent."""
    who["flow"], who["act"], who["fear"] = 2000, words.REST, 1.0
    who["stamina"], who["fatigue"] = 0.05, 0.9


def moves(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """He stands elsewhere: a step away, or anywhere."""
    for axis, length in zip("xy", battle.world.size, strict=True):
        place = float(who[axis]) + luck.normal(0.0, 3.0)
        if luck.random() < 0.4:
            place = luck.uniform(0.0, float(length))
        who[axis] = min(max(place, 0.1), float(length) - 0.1)


def turns(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """He faces another way."""
    angle = luck.uniform(0.0, 2.0 * np.pi)
    who["hx"], who["hy"] = np.cos(angle), np.sin(angle)


def thinks_otherwise(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """All that he keeps to himself: plans, beliefs, memories, what is left of blood and throws."""
    n, u, trait = len(battle.state.fighters), luck.random, battle.world.traits[int(who["id"])]
    for name in ("morale", "belief", "energy", "pain"):
        who[name] = u()
    who["arm"], who["leg"] = luck.integers(256, size=2)
    who["foes"], who["friends"] = 50.0 * u(), 50.0 * u()
    who["blood"] = int(who["blood"] * (0.55 + 0.4 * u()))
    who["luck"] = luck.integers(1 << 32)
    who["target"], who["act_left"] = luck.integers(n), luck.integers(1, 4)
    who["missiles"] = luck.integers(9)
    if who["recover"] > 0:  # whether he is still in a blow can be seen; for how long cannot
        who["recover"] = luck.integers(1, 4)
    who["wx"], who["wy"] = luck.normal(0.0, 2.0, 2)
    who["blade"], who["cover"] = luck.integers(1000), luck.integers(4)
    if int(who["act"]) in (words.HOLD, words.ADVANCE, words.GUARD):
        who["act"] = luck.choice([words.HOLD, words.ADVANCE, words.GUARD, words.FALL_BACK])
    if battle.world.units[int(who["unit"])]["masked"] == words.ALL_COVERED:
        who["fear"] = u()
    else:
        frank = 1.0 - float(battle.world.params["mood_leader_hides"][0]) * who["leads"]
        step = np.floor(15.0 * min(float(who["fear"]), 1.0) * frank)
        who["fear"] = (step + 0.1 + 0.8 * u()) / 15.0 / frank
    who["mood_friends"], who["mood_foes"], who["blur"] = luck.integers(256, size=3)
    memory = battle.state.memory[int(who["id"])]
    memory["bleeds"], memory["felt"] = luck.integers(2000), 99.0 * u()
    memory["companion"] = luck.integers(n)
    memory["foe_tick"] = 0
    memory["foe_x"], memory["foe_y"] = luck.integers(9, size=2)
    memory["cause_kind"], memory["cause_size"] = words.CAUSE_ODDS, u()
    for name in ("courage", "discipline", "aggression", "training"):
        trait[name] = luck.integers(256)


def pales(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """He is terrified, or no longer."""
    who["fear"] = 0.02 if who["fear"] > 0.5 else 0.98


def hurries(battle: Battle, who: Any, luck: np.random.Generator) -> None:
    """He moves very fast, and has just felled somebody."""
    who["speed"], who["felled"] = 7000, 0


OUTWARD: tuple[Change, ...] = (
    leaves, dies, falls, turns_coat, runs, breaks_off, shows, moves, turns, hurries,
)  # fmt: skip
PLAIN_TO_SEE: tuple[Change, ...] = (leaves, dies, turns_coat)


# ------------------------------------------------------------------ the trials


@dataclasses.dataclass
class Found:
    """What trials found: leaks, how often each reason was tried, how often a change was noticed."""

    leaks: list[str] = dataclasses.field(default_factory=list)
    tried: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    noticed: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    noticeable: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)


def one_changed(engine: Engine, change: Change, luck: np.random.Generator) -> tuple[Battle, int]:
    """A copy of the present battle with `change` done to one fighter on the field, and his id."""
    battle = copied(present(engine))
    world = battle.world._replace(traits=battle.world.traits.copy())
    battle = dataclasses.replace(battle, world=world)
    who = battle.state.fighters[battle.state.outside.id[luck.integers(engine.on_field)]]
    change(battle, who, luck)
    return battle, int(who["id"])


def trials(name: str, number: int, *, wide: bool, smoky: bool) -> Iterator[tuple[Any, ...]]:
    """Random changes to a random state: change, whose, tick, world, people, scenes, minds."""
    engine = state_of(name, number, wide=wide, smoky=smoky)
    luck = np.random.default_rng([7, number, BUNDLED.index(name)])
    world = engine.world
    before = reference.scene(world, engine.state)
    people = by_id(engine.state.fighters)
    unchanged = minds(present(engine), engine.now, engine.wounds_used)
    for k in range(CHANGES if engine.on_field > 1 else 0):
        change = OUTWARD[k % len(OUTWARD)]
        battle, j = one_changed(engine, change, luck)
        changed = minds(battle, engine.now, engine.wounds_used)
        after = reference.scene(world, battle.state)
        yield change, j, engine.now + 1, world, people, before, after, unchanged, changed


def unsensed(name: str, states: range, *, wide: bool = False, smoky: bool = False) -> Found:
    """Changes to what an observer cannot sense, neither as it was nor as it is."""
    found = Found()
    for number in states:
        for change, j, tick, world, people, before, after, was, now in trials(
            name, number, wide=wide, smoky=smoky
        ):
            for i in np.nonzero(before.up | before.down)[0].tolist():
                if i == j:
                    continue
                reasons = [reference.why_not(world, s, people[i], j, tick) for s in (before, after)]
                if reference.BARELY in reasons:
                    continue
                where = differs(was, now, i)
                if reference.SENSIBLE in reasons:
                    one, other = (counts_as(world, s, i, j) for s in (before, after))
                    matters = i in was.percepts and one not in ("", other)
                    if change in PLAIN_TO_SEE and matters and reasons[0] == reference.SENSIBLE:
                        found.noticeable[change.__name__] += 1
                        found.noticed[change.__name__] += where == "percept"
                    continue
                found.tried.update(set(reasons) if i in was.percepts else {"not looking"})
                if where:
                    what = f"{j} {change.__name__}, {' then '.join(reasons)}, yet {where} of {i}"
                    found.leaks.append(f"{name}, state {number}: {what} differs")
    return found


def counts_as(world: World, s: reference.Scene, i: int, j: int) -> str:
    """As what `i` counts `j` when he sees him: only those on their feet, of some sides, count."""
    if not s.up[j]:
        return ""
    if s.side[i] == s.side[j]:
        return "friend"
    return "foe" if world.hostile[s.side[i], s.side[j]] == 1 else ""


EXERCISED = {
    "brawl": {"behind": 100, "hidden": 20, "occluded": 50},
    "cannae": {"behind": 500, "hidden": 50, "occluded": 100, "dark": 20},
    "clearing": {"behind": 500, "hidden": 50, "occluded": 100},
    "duel": {"behind": 5},
    "hastings": {"behind": 500, "hidden": 50, "occluded": 100, "dark": 20},
    "press": {"behind": 500, "hidden": 50, "occluded": 100, "dark": 20},
}
"""How many observers at the least were tried for each reason why they could sense nothing."""


@pytest.mark.parametrize("name", BUNDLED)
def test_nobody_knows_what_they_cannot_sense(name: str) -> None:
    """Whatever becomes of somebody behind, hidden, occluded or in the dark: percepts, feelings and
    decisions of those who cannot sense it stay the same through the whole tick, whether they look
    in it or not; those who can see it do see it.
    """
    found = unsensed(name, range(STATES[name]))

    assert found.leaks == []
    assert found.tried["not looking"] >= (10 if name == "duel" else 500)
    for reason, least in EXERCISED[name].items():
        assert found.tried[reason] >= least, (reason, found.tried)
    assert found.noticed.total() >= 0.9 * found.noticeable.total(), (
        found.noticed,
        found.noticeable,
    )
    assert found.noticeable.total() >= (5 if name == "duel" else 100)


@pytest.mark.parametrize("name", WIDE)
def test_nobody_knows_what_is_beyond_all_range(name: str) -> None:
    """On a wide field, whatever becomes of somebody out of range changes nothing."""
    found = unsensed(name, range(2), wide=True)

    assert found.leaks == []
    assert found.tried["beyond range"] >= 200, found.tried


@pytest.mark.parametrize("name", ["hastings", "press"])
def test_nobody_knows_what_smoke_hides(name: str) -> None:
    """In banks of smoke, whatever becomes of somebody beyond them changes nothing."""
    found = unsensed(name, range(3), smoky=True)

    assert found.leaks == []
    assert found.tried["smoke"] >= 50, found.tried
    assert found.noticed.total() >= 0.9 * found.noticeable.total() >= 30


@pytest.mark.parametrize("name", BUNDLED)
def test_nobody_knows_another_mind(name: str) -> None:
    """Plans, beliefs, memories, nature and luck of one fighter reach nobody else in this tick, not
    even those who look him in the face.
    """
    checked = 0
    for number in range(STATES[name]):
        engine = state_of(name, number)
        luck = np.random.default_rng([11, number])
        scene = reference.scene(engine.world, engine.state)
        was = minds(present(engine), engine.now, engine.wounds_used)
        for _ in range(8 if engine.on_field > 1 else 0):
            battle, j = one_changed(engine, thinks_otherwise, luck)
            now = minds(battle, engine.now, engine.wounds_used)
            assert looks_alike(scene, reference.scene(battle.world, battle.state), j)
            for i in np.nonzero(scene.up | scene.down)[0].tolist():
                if i != j:
                    assert differs(was, now, i) == "", f"state {number}, {j} thinks, {i} knows"
                    checked += 1

    assert checked >= (8 if name == "duel" else 200)


@pytest.mark.parametrize("name", [n for n in BUNDLED if n != "duel"])
def test_nobody_reads_a_face_that_is_turned_away(name: str) -> None:
    """Terror in one face reaches some of those to whom it is turned, and nobody else."""
    away, read = 0, 0
    for number in range(STATES[name]):
        engine = state_of(name, number)
        luck = np.random.default_rng([13, number])
        scene = reference.scene(engine.world, engine.state)
        was = minds(present(engine), engine.now, engine.wounds_used)
        for _ in range(8):
            battle, j = one_changed(engine, pales, luck)
            now = minds(battle, engine.now, engine.wounds_used)
            dx, dy = scene.x[j] - scene.x, scene.y[j] - scene.y
            turned = -(dx * scene.hx[j] + dy * scene.hy[j])
            behind = turned < (turned_cos(engine.world) - 0.01) * np.hypot(dx, dy)
            for i in np.nonzero(scene.up | scene.down)[0].tolist():
                if i != j and behind[i]:
                    assert differs(was, now, i) == "", f"state {number}: {i} reads {j} from behind"
                    away += 1
                elif i != j:
                    read += differs(was, now, i) == "percept"

    assert away >= 200
    assert read >= 3 or name == "clearing", read  # in the clearing faces are covered


def turned_cos(world: World) -> float:
    """How far a face may be turned and still be read."""
    return float(world.params["sight_turned_cos"][0])


def looks_alike(one: reference.Scene, other: reference.Scene, j: int) -> bool:
    """Whether `j` has the same outside in both."""
    parts = (f.name for f in dataclasses.fields(reference.Scene) if f.name != "smoke")
    return all(getattr(one, part)[j] == getattr(other, part)[j] for part in parts)


@pytest.mark.parametrize("name", [n for n in BUNDLED if n != "duel"])
def test_nobody_knows_the_orders_of_another_unit(name: str) -> None:
    """What another unit was told changes nobody else's percepts and decisions in this tick."""
    engine = state_of(name, 1)
    was = minds(present(engine), engine.now, engine.wounds_used)
    units = by_id(engine.state.fighters)["unit"]
    for told in np.unique(units).tolist():
        battle = copied(present(engine))
        for order in battle.world.orders[battle.world.orders["unit"] == told]:
            order["word"] = words.ORDER_WITHDRAW
            order["x"], order["y"] = -order["y"], order["x"]

        now = minds(battle, engine.now, engine.wounds_used)

        leaks = [i for i, unit in enumerate(units) if unit != told and differs(was, now, i)]
        assert leaks == [], f"the order of {battle.unit_names[told]} reached {leaks}"


SENT = ("side", "by", "tick", "luck", "arm", "rise")
"""What nobody can perceive of a missile that passes: who sent it, when, and whom it will strike."""


@pytest.mark.parametrize("name", ["clearing", "hastings", "press"])
def test_nobody_knows_who_sent_a_missile_that_passes(name: str) -> None:
    """Whoever sent them, of whatever side: percepts, thoughts and decisions stay the same to the
    bit. Flying the other way, the same missiles reach those whom they pass.
    """
    noticed, otherwise = 0, 0
    for number in range(STATES[name]):
        engine = state_of(name, number)
        luck = np.random.default_rng([17, number])
        shot_into(engine, luck, 40)
        was = minds(present(engine), engine.now, engine.wounds_used)
        passed = passed_by(engine)
        for field in SENT:
            battle = copied(present(engine))
            sent = battle.state.missiles
            sent[field] = luck.permutation(len(sent)) % {"side": 2, "rise": 1}.get(field, 99)
            now = minds(battle, engine.now, engine.wounds_used)
            leaks = [i for i in range(len(was.decisions)) if differs(was, now, i)]
            assert leaks == [], f"state {number}: {field} of missiles reached {leaks}"
        battle = copied(present(engine))
        battle.state.missiles["dx"] *= -1.0
        battle.state.missiles["dy"] *= -1.0
        now = minds(battle, engine.now, engine.wounds_used)
        noticed += len(passed)
        otherwise += sum(was.percepts[i] != now.percepts[i] for i in passed)

    assert noticed >= 10
    assert otherwise >= 0.5 * noticed


def passed_by(engine: Engine) -> list[int]:
    """Who notices missiles in this tick."""
    once = Engine(
        copied(present(engine)), tick=engine.now, watch=tuple(range(len(engine.state.fighters)))
    )
    once.wounds_used = engine.wounds_used
    once.open()
    once.tick()
    return [int(s.fighter) for s in once.seen_log if s.shots > 0 or s.shots_own > 0]
