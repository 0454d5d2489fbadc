"""From a battle on paper to the battle that is fought: a world, and the state it opens with."""

from __future__ import annotations

import numpy as np

from affray.scenario import kit, nature, traits
from affray.scenario.bearing import ahead
from affray.scenario.casting import cast, first_ids, notions_of
from affray.scenario.lineup import line_up
from affray.scenario.model import End, Scenario
from affray.scenario.orders import order_table
from affray.scenario.parameters import values_for
from affray.scenario.raster import Raster, kinds, lit_cells
from affray.scenario.scaling import scaled
from affray.scenario.sightlines import sightlines
from affray.scenario.traits import Roll
from affray.scenario.wielding import powers_of
from affray.world import battlefield, fields, heap, words
from affray.world.battle import Battle, Ending
from affray.world.battlefield import World
from affray.world.clock import ticks

TRIED_UP_TO = 100_000  # fighters; building more takes time and memory that a check should not
LOOK_TICKS_MOST = 8  # so that the age of a fall fits what is shown of it
DRESS = {"line": 0.9, "column": 0.6, "wedge": 0.6, "skirmish": 0.1, "mob": 0.05}
COLOURS = ("#b03a2e", "#2471a3", "#1e8449", "#b7950b", "#6c3483", "#117a65", "#a04000", "#566573")


def build(scenario: Scenario, seed: int) -> Battle:
    """The battle that a checked scenario describes, at its `size`, with all luck hung on `seed`.

    Equal scenarios and seeds give equal battles, byte for byte, on every platform. Raises
    LimitError if it cannot fit into memory, ScenarioError if somebody cannot stand where the
    scenario puts him.
    """
    scenario = scaled(scenario)
    width, height = scenario.field.size
    n, sides = scenario.fighters(), len(scenario.sides)
    battlefield.refuse_if_too_large(n, sides, width, height)
    heap.hand_back_freed()
    people = _everybody(scenario, seed)
    params = _parameters(scenario)
    weapons, weapon_names = kit.weapon_table(scenario)
    units, kits = _units(scenario, {name: row for row, name in enumerate(weapon_names)})
    orders = order_table(scenario, units)
    grid = battlefield.grid_of(width, height)
    raster = Raster(scenario.field, grid)
    terrain, terrain_of = kinds(raster.terrain)
    wind = ahead(scenario.field.wind.toward)
    world = World(
        params=params,
        clock=np.array([scenario.dt, look_ticks(float(params["sight_look_s"][0]), scenario.dt)]),
        seed=np.array([seed], np.uint64),
        size=np.array([width, height]),
        grid_cols=grid.cols.astype(np.int64),
        grid_rows=grid.rows.astype(np.int64),
        grid_base=grid.base.astype(np.int64),
        hostile=_hostility(scenario),
        traits=traits.traits_of(scenario, people, float(params["body_blood_per_kg_ml"][0])),
        units=units,
        orders=orders,
        weapons=weapons,
        terrain=terrain,
        terrain_of=terrain_of,
        heights=raster.heights.ravel(),
        lit=lit_cells(
            raster.terrain,
            grid,
            float(params["sight_crowd_range_m"][0]),
            float(params["sight_night_share"][0]),
        ),
        sightlines=sightlines(raster.terrain, raster.heights, grid),
        wind=np.array([part * scenario.field.wind.speed for part in wind]),
    )
    named = cast(scenario)
    for number, (person, on_paper) in enumerate(zip(named, scenario.people, strict=True), start=1):
        if person.fighter >= 0:
            world.traits["person"][person.fighter] = number
            if on_paper.timbre is not None:
                world.traits["timbre"][person.fighter] = words.VOICES[on_paper.timbre]
    state = battlefield.blank_state(n, sides, width, height)
    if weapons["smoke"].any():
        state = state._replace(smoke=battlefield.clear_air(grid))
    raster.lie_on(state.ground, scenario.dt)
    line_up(scenario, people, world, kits, state)
    return Battle(
        name=scenario.name,
        world=world,
        state=state,
        reinforcements=_reinforcements(scenario),
        ending=_ending(scenario.end, scenario.dt),
        side_names=tuple(side.name for side in scenario.sides),
        side_colours=tuple(
            side.colour or COLOURS[number] for number, side in enumerate(scenario.sides)
        ),
        unit_names=tuple(unit.name for unit in scenario.units),
        unit_first=people.first,
        weapon_names=weapon_names,
        terrain_names=tuple(shape.name for shape in scenario.field.terrain if shape.name),
        people=named,
        powers=powers_of(scenario),
        notions=notions_of(scenario),
    )


def refuse_unbuildable(scenario: Scenario) -> None:
    """Raise what `build` would; of a very large battle only what shows without building it."""
    if scaled(scenario).fighters() <= TRIED_UP_TO:
        build(scenario, scenario.seed)


def look_ticks(look_s: float, dt_s: float) -> float:
    """Whole ticks from one look to the next."""
    return float(min(max(ticks(look_s, dt_s), 1), LOOK_TICKS_MOST))


def _everybody(scenario: Scenario, seed: int) -> Roll:
    counts = [unit.count for unit in scenario.units]
    return Roll(
        seed=seed,
        units=scenario.units,
        keys=np.concatenate([nature.luck_keys(unit.name, unit.count) for unit in scenario.units]),
        unit_of=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        first=first_ids(scenario),
    )


def _parameters(scenario: Scenario) -> np.ndarray:
    values = values_for(scenario.parameters)
    names = [name.replace(".", "_") for name in values]
    return np.array([tuple(values.values())], [(name, "f8") for name in names]).view(np.recarray)


def _hostility(scenario: Scenario) -> np.ndarray:
    names = [side.name for side in scenario.sides]
    foes = [scenario.foes_of(name) for name in names]
    return np.array([[other in own for other in names] for own in foes], np.uint8)


def _ending(end: End, dt: float) -> Ending:
    quiet = [c.quiet_for for c in end.when if c.quiet_for is not None]
    return Ending(
        after_ticks=max(ticks(end.after, dt), 1),
        one_side_left=any(condition.one_side_left for condition in end.when),
        quiet_ticks=max(ticks(min(quiet), dt), 1) if quiet else 0,
    )


def _units(scenario: Scenario, weapons: dict[str, int]) -> tuple[np.ndarray, list[kit.Kit]]:
    """(U,) UNIT, and what the fighters of each carry."""
    sides = {side.name: number for number, side in enumerate(scenario.sides)}
    table = np.zeros(len(scenario.units), fields.UNIT).view(np.recarray)
    kits = []
    for number, unit in enumerate(scenario.units):
        row = table[number]
        row["side"] = sides[unit.side]
        row["dress"] = DRESS[unit.formation.shape]
        kits.append(kit.dress(scenario, unit, row, weapons))
    return table, kits


def _reinforcements(scenario: Scenario) -> np.ndarray:
    """(R,) REINFORCEMENT."""
    unit_rows = {unit.name: number for number, unit in enumerate(scenario.units)}
    side_rows = {side.name: number for number, side in enumerate(scenario.sides)}
    table = np.zeros(len(scenario.reinforcements), fields.REINFORCEMENT).view(np.recarray)
    for number, entry in enumerate(scenario.reinforcements):
        row, when = table[number], entry.when
        row["unit"] = unit_rows[entry.unit]
        row["at"] = ticks(when.at, scenario.dt) if when.at is not None else -1
        row["falls_in"] = unit_rows.get(when.falls_in or "", -1)
        row["falls_side"] = side_rows.get(when.falls_in or "", -1)
        row["each"], row["enter"] = when.each, when.enter
        row["x"], row["y"] = entry.enters
    return table
