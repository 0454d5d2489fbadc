"""From a battle on paper to the battle that is fought: a world, and the state it opens with."""

from __future__ import annotations

import numpy as np

from affray.scenario import kit, nature, traits
from affray.scenario.bearing import Vector, ahead, toward
from affray.scenario.model import End, Scenario
from affray.scenario.muster import muster
from affray.scenario.parameters import values_for
from affray.scenario.raster import Raster, lit_cells
from affray.scenario.scaling import scaled
from affray.scenario.sightlines import sightlines
from affray.scenario.traits import Roll
from affray.scenario.units import Order, Reinforcement, Unit
from affray.world import battlefield, fields, words
from affray.world.battle import Battle, Ending
from affray.world.battlefield import CELL_M, State, World
from affray.world.errors import ScenarioError

LOOK_EVERY_TICKS = 2.0  # a reaction time of about 0.4 s
DRESS = {"line": 0.9, "column": 0.6, "wedge": 0.6, "skirmish": 0.1, "mob": 0.05}
ORDERS = {name: number for number, name in enumerate(words.ORDER_NAMES)}
COLOURS = (
    "#b03a2e", "#2471a3", "#1e8449", "#b7950b", "#6c3483", "#117a65", "#a04000", "#566573",
)  # fmt: skip


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
    people = _everybody(scenario, seed)
    params = _parameters(scenario)
    weapons, weapon_names = kit.weapon_table(scenario)
    units, kits = _units(scenario, {name: row for row, name in enumerate(weapon_names)})
    grid = battlefield.grid_of(width, height)
    raster = Raster(scenario.field, grid)
    wind = ahead(scenario.field.wind.toward)
    world = World(
        params=params,
        clock=np.array([scenario.dt, LOOK_EVERY_TICKS]),
        seed=np.array([seed], np.uint64),
        size=np.array([width, height]),
        grid_cols=grid.cols.astype(np.int64),
        grid_rows=grid.rows.astype(np.int64),
        grid_base=grid.base.astype(np.int64),
        hostile=_hostility(scenario),
        traits=traits.traits_of(scenario, people, float(params["body_blood_per_kg_ml"][0])),
        units=units,
        weapons=weapons,
        terrain=raster.terrain,
        lit=lit_cells(
            raster.terrain,
            grid,
            float(params["sight_crowd_range_m"][0]),
            float(params["sight_night_share"][0]),
        ),
        sightlines=sightlines(raster.terrain, grid),
        wind=np.array([part * scenario.field.wind.speed for part in wind]),
    )
    state = battlefield.blank_state(n, sides, width, height)
    raster.lie_on(state.ground, scenario.field.ground.blood)
    _fighters(scenario, people, world, kits, state)
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
    )


def ticks(seconds: float, dt_s: float) -> int:
    """The tick nearest to a time."""
    return int(seconds / dt_s + 0.5)


def _everybody(scenario: Scenario, seed: int) -> Roll:
    counts = [unit.count for unit in scenario.units]
    return Roll(
        seed=seed,
        keys=np.concatenate([nature.luck_keys(unit.name, unit.count) for unit in scenario.units]),
        unit_of=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
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


def _entry_of(scenario: Scenario, unit: Unit) -> Reinforcement | None:
    return next((entry for entry in scenario.reinforcements if entry.unit == unit.name), None)


def _stand(scenario: Scenario, unit: Unit) -> tuple[Vector, Vector]:
    """Where the unit stands, or enters, and the unit vector of where it faces."""
    entry = _entry_of(scenario, unit) if unit.reserve else None
    if entry is not None:
        return entry.enters, ahead(entry.facing if entry.facing is not None else unit.facing)
    if unit.place is None:
        raise ScenarioError([f"unit '{unit.name}' has no place; say where it stands"])
    return unit.place, ahead(unit.facing)


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
        order = _first_deed(unit)
        perches = unit.opening.perched and order.do == "hold"
        row["order"] = words.ORDER_PERCH if perches else ORDERS[order.do]
        row["after"] = ticks(order.after, scenario.dt)
        row["order_x"], row["order_y"] = _bound_for(scenario, unit, order)
    return table, kits


def _first_deed(unit: Unit) -> Order:
    """The first order that is not to hold: what the unit holds before it needs no telling."""
    in_time = sorted(unit.orders, key=lambda order: order.after)
    deeds = [order for order in in_time if order.do != "hold"]
    return deeds[0] if deeds else in_time[0] if in_time else Order(do="hold")


def _bound_for(scenario: Scenario, unit: Unit, order: Order) -> Vector:
    """The direction of an order: to its place, or the way the unit faces."""
    here, facing = _stand(scenario, unit)
    if order.toward is None:
        return (-facing[0], -facing[1]) if order.do == "withdraw" else facing
    if not isinstance(order.toward, str):
        return toward(here, order.toward, facing)
    named = [u for u in scenario.units if order.toward in (u.name, u.side)]
    there = [u for u in named if not u.reserve] or named
    if not there:
        return facing
    count = sum(u.count for u in there)
    places = [(_stand(scenario, u)[0], u.count) for u in there]
    x = sum(place[0] * weight for place, weight in places) / count
    y = sum(place[1] * weight for place, weight in places) / count
    return toward(here, (x, y), facing)


def _fighters(
    scenario: Scenario, people: Roll, world: World, kits: list[kit.Kit], state: State
) -> None:
    """Fill the fighters in the order of their ids, and what they remember: nothing yet."""
    fighters, memory = state.fighters, state.memory
    fighters["id"] = np.arange(len(fighters), dtype=np.int32)
    fighters["luck"] = people.keys
    fighters["unit"] = people.unit_of
    fighters["side"] = world.units["side"][people.unit_of]
    fighters["hand"] = world.units["weapon"][people.unit_of, 0]
    fighters["missiles"] = np.array([k.missiles for k in kits], np.uint8)[people.unit_of]
    reserve = np.array([unit.reserve for unit in scenario.units])[people.unit_of]
    fighters["status"] = np.where(reserve, words.RESERVE, words.UP)
    fighters["mood"] = words.STEADY
    fighters["act"] = words.HOLD
    fighters["target"] = -1
    fighters["fell"] = 255
    for number, unit in enumerate(scenario.units):
        here = slice(int(people.first[number]), int(people.first[number + 1]))
        place, facing = _stand(scenario, unit)
        x, y = muster(
            unit.formation, place, facing, scenario.field.size, people.seed, people.keys[here]
        )
        fighters["x"][here], fighters["y"][here] = x, y
        fighters["hx"][here], fighters["hy"][here] = facing
        if unit.opening.perched:
            _perch(unit, fighters[here], world)
    most_lost = float(world.params["body_class_3"][0])
    traits.open_with(scenario, people, fighters, world.traits, most_lost)
    memory["cause_tick"] = -1
    memory["cause_id"] = -1
    memory["wound"] = -1
    memory["companion"] = -1
    memory["foe"] = -1


def _perch(unit: Unit, fighters: np.ndarray, world: World) -> None:
    """Seat each on what can be climbed where he stands."""
    col = (fighters["x"] / CELL_M).astype(np.int64)
    row = (fighters["y"] / CELL_M).astype(np.int64)
    climb = world.terrain["climb"][row * world.grid_cols[0] + col]
    if int(climb.min()) == 0:
        stuck = int(np.argmin(climb))
        problem = (
            f"unit '{unit.name}' opens perched, but at [{float(fighters['x'][stuck]):.1f}, "
            f"{float(fighters['y'][stuck]):.1f}] nothing can be climbed; place it on a terrain "
            "shape with 'climbable: true'"
        )
        raise ScenarioError([problem])
    fighters["perch"] = climb


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
