"""Small battles that the tests fight, and copies of a battle at any tick."""

from __future__ import annotations

import dataclasses
import functools

import numpy as np

from affray.engine.tick import Engine
from affray.scenario import load_bundled, parse
from affray.scenario.build import build
from affray.world.battle import Battle
from affray.world.battlefield import Air, Outside, State

BUNDLED = ("brawl", "cannae", "clearing", "duel", "hastings", "press")

SKIRMISH = """\
affray: 1
name: skirmish
field:
  size: [34, 26]
  light: 0.9
  ground: {absorbency: 1 L/m2, soaked: 99 %, grass: 60 %}
  wind: {toward: 30 deg, speed: 3 m/s}
  terrain:
    - name: wood
      rect: {from: [18, 14], to: [26, 24]}
      going: 0.6
      cover: 0.5
      concealment: 0.7
      height: 9 m
      blocks_sight: true
    - name: shade
      rect: {from: [0, 0], to: [12, 26]}
      light: 0.05
    - name: bank
      band: {from: [14, 2], to: [14, 9], width: 2 m}
      height: 1 m
sides:
  - {name: red}
  - {name: blue}
weapons:
  stone: {smoke: 60 m2}
units:
  - name: spears
    side: red
    count: 5
    place: [14, 12]
    facing: east
    training: 0.5
    weapons: [spear, {name: javelin, count: 3}]
    armour: leather
    shield: target
    personality: {courage: 0.5, aggression: 0.7}
    orders: {do: advance}
  - name: throwers
    side: red
    count: 3
    place: [8, 12]
    facing: east
    formation: {shape: skirmish}
    training: 0.6
    weapons: [knife, {name: throwing_knife, count: 3}]
    orders: {do: skirmish}
  - name: swords
    side: blue
    count: 6
    place: [17, 12]
    facing: west
    formation: {shape: wedge}
    training: 0.6
    weapons: [sword, {name: stone, count: 2}]
    armour: cloth
    personality: {courage: 0.35, aggression: 0.8}
    opening: {fatigue: 0.4, fear: 0.3, blood_lost: 500 mL}
    orders: {do: charge}
  - name: in_the_wood
    side: blue
    count: 2
    place: [21, 17]
    facing: west
    formation: {shape: mob}
    weapons: [club]
    orders: {do: hold}
  - name: late
    side: blue
    count: 3
    facing: west
    weapons: [axe]
    reserve: true
    orders: {do: charge}
reinforcements:
  - {unit: late, enters: [22, 8], when: {at: 4 s}}
"""
"""Nineteen fighters with all that the engine knows: missiles, some that smoke, a wood, shade,
wounds, a reserve.
"""


def skirmish(seed: int = 1) -> Battle:
    """The battle of SKIRMISH, before its first tick."""
    return build(parse(SKIRMISH, "skirmish"), seed)


@functools.lru_cache(maxsize=64)
def _opening(name: str, size: int | None, seed: int, sets: tuple[str, ...]) -> Battle:
    wanted = (*sets, f"size={size}") if size else sets
    return build(load_bundled(name, wanted), seed)


def bundled(
    name: str, size: int | None = None, seed: int = 1, sets: tuple[str, ...] = ()
) -> Battle:
    """A bundled battle of `size` fighters, before its first tick: a copy of one's own."""
    return copied(_opening(name, size, seed, sets))


def copied(battle: Battle, state: State | None = None) -> Battle:
    """`battle` with a state of its own, by default a copy of its present one."""
    state = state or battle.state
    arrays = {
        name: value.copy()
        for name, value in state._asdict().items()
        if name not in ("outside", "air")
    }
    outside = Outside(*(part.copy() for part in state.outside))
    air = Air(*(part.copy() for part in state.air))
    return dataclasses.replace(
        battle,
        # tests change what units were told
        world=battle.world._replace(orders=battle.world.orders.copy()),
        state=State(outside=outside, air=air, **arrays),
        reinforcements=battle.reinforcements.copy(),
    )


def minds_of(engine: Engine) -> dict[str, np.ndarray]:
    """The minds of people, and their powers at work, as an engine has them now."""
    return {name: np.array(rows) for name, rows in engine.persons.arrays().items()}


def reloaded(engine: Engine, **how: object) -> Engine:
    """A new engine on a copy of all that `engine` has in hand, opened: as from a checkpoint."""
    battle = dataclasses.replace(copied(engine.battle, engine.state), minds=minds_of(engine))
    again = Engine(battle, tick=engine.now, **how)  # type: ignore[arg-type]
    again.wounds_used = engine.wounds_used
    again.open()
    return again


def opened(battle: Battle, **how: object) -> Engine:
    """An engine at the opening of `battle`."""
    engine = Engine(battle, **how)  # type: ignore[arg-type]
    engine.open()
    return engine


def advanced(battle: Battle, ticks: int) -> Engine:
    """An engine `ticks` ticks into `battle`."""
    engine = opened(battle)
    for _ in range(ticks):
        engine.tick()
    return engine


def hashes(engine: Engine, ticks: int) -> list[int]:
    """The hash at the opening and after each of `ticks` ticks."""
    found = [engine.hash]
    for _ in range(ticks):
        engine.tick()
        found.append(engine.hash)
    return found


def by_id(fighters: np.ndarray) -> np.ndarray:
    """The fighters as they are now, by id: a plain array of their own."""
    return np.array(fighters).view(fighters.dtype)
