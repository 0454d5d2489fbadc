"""Who stands where when a battle opens, with what in hand, and what he knows: next to nothing."""

from __future__ import annotations

import numpy as np

from affray.scenario import kit, traits
from affray.scenario.leading import stand
from affray.scenario.model import Scenario
from affray.scenario.muster import muster
from affray.scenario.traits import Roll
from affray.scenario.units import Unit
from affray.world import fields, words
from affray.world.battlefield import CELL_M, State, World
from affray.world.limits import SIDES

THRONG_PER_M2 = 10  # nobody can be packed more densely
_AT_A_TIME = 50_000  # fighters, so that what is worked out beside the tables stays small
_STEP_M = CELL_M / 2
_ASIDE = tuple((x * _STEP_M, y * _STEP_M) for x in (0, 1, -1) for y in (0, 1, -1))


def line_up(
    scenario: Scenario, people: Roll, world: World, kits: list[kit.Kit], state: State
) -> None:
    """Fill the fighters in the order of their ids, and what they remember: nothing yet.

    Raises ScenarioError, at the unit's place in the file, where somebody cannot stand there.
    """
    fighters, memory = state.fighters, state.memory
    fighters["id"] = np.arange(len(fighters), dtype=np.int32)
    for ids, numbers, band in people.bands():
        units = world.units[numbers]
        _draw_up(scenario, band, world, units, kits[numbers], fighters[ids])
        traits.open_with(band, fighters[ids], world.traits[ids], _most_lost(world))
        memory["order"][ids] = memory["known"][ids] = units["due"][band.unit_of]
        led = np.array([unit.leader is not None for unit in band.units])
        firsts = people.first[numbers].astype(np.int32)
        memory["leader"][ids] = np.where(led, firsts, np.int32(-1))[band.unit_of]
        fighters["unit"][ids] = people.unit_of[ids]
        fighters["leads"][ids] = world.traits["leader"][ids] == 1
    # whoever was drawn up with his army knows about how many they are; nobody counts on reserves
    drawn_up = np.bincount(fighters["side"][fighters["status"] != words.RESERVE], minlength=SIDES)
    for ids, _, _ in people.bands():
        fighters["friends"][ids] = drawn_up[fighters["side"][ids]]
    for name in ("cause_tick", "cause_id", "wound", "companion", "foe_tick"):
        memory[name] = -1
    for name in ("blamed", "left"):
        memory[name] = -1
    for name in ("say_order", "lean"):
        memory[name] = fields.NO_ORDER
    memory["wont"] = world.params["grip_wont_db"]
    _refuse_throng(scenario, world, state)


def _draw_up(
    scenario: Scenario,
    band: Roll,
    world: World,
    units: np.ndarray,
    kits: list[kit.Kit],
    fighters: np.ndarray,
) -> None:
    """Give the `fighters` of some `units` their places, and what they have in hand."""
    fighters["luck"] = band.keys
    fighters["side"] = units["side"][band.unit_of]
    fighters["hand"] = units["weapon"][:, 0][band.unit_of]
    fighters["missiles"] = np.array([k.missiles for k in kits], np.uint8)[band.unit_of]
    reserve = np.array([unit.reserve for unit in band.units])[band.unit_of]
    fighters["status"] = np.where(reserve, words.RESERVE, words.UP)
    fighters["mood"] = words.STEADY
    fighters["act"] = words.HOLD
    fighters["target"] = -1
    fighters["fell"] = 255
    fighters["felled"] = 255
    for number, unit in enumerate(band.units):
        here = slice(int(band.first[number]), int(band.first[number + 1]))
        place, facing = stand(scenario, unit)
        x, y = muster(
            unit.formation, place, facing, scenario.field.size, band.seed, band.keys[here]
        )
        fighters["x"][here], fighters["y"][here] = x, y
        fighters["hx"][here], fighters["hy"][here] = facing
        if unit.opening.perched:
            _perch(scenario, unit, fighters[here], world)


def _most_lost(world: World) -> float:
    """Share of the blood beyond which nobody would stand."""
    return float(world.params["body_class_3"][0])


def _perch(scenario: Scenario, unit: Unit, fighters: np.ndarray, world: World) -> None:
    """Seat each on what can be climbed where he stands, or a step aside: a small tree of a battle
    that is scaled down fills one cell, and he may stand at its edge.
    """
    cols, climb = int(world.grid_cols[0]), world.terrain["climb"][world.terrain_of]
    most_x, most_y = (float(side) - _STEP_M for side in world.size)
    stood = fighters[["x", "y"]].copy()
    for across, along in _ASIDE:
        low = fighters["perch"] == 0
        fighters["x"][low] = np.clip(stood["x"][low] + across, 0.0, most_x)
        fighters["y"][low] = np.clip(stood["y"][low] + along, 0.0, most_y)
        fighters["perch"][low] = climb[_cells(fighters, cols)[low]]
    if int(fighters["perch"].min()) == 0:
        x, y = stood[int(np.argmin(fighters["perch"]))].tolist()
        raise scenario.refusal(
            unit.name,
            f"unit '{unit.name}' opens perched, but at [{x:.1f}, {y:.1f}] nothing can be climbed; "
            "place it on a terrain shape with 'climbable: true'",
        )


def _refuse_throng(scenario: Scenario, world: World, state: State) -> None:
    """Raise ScenarioError where units stand in one another so densely that nobody could."""
    fighters, cols = state.fighters, int(world.grid_cols[0])
    counts = np.zeros(cols * int(world.grid_rows[0]), np.int32)
    for begin in range(0, len(fighters), _AT_A_TIME):
        some = fighters[begin : begin + _AT_A_TIME]
        here = some["status"] != words.RESERVE
        np.add.at(counts, _cells(some, cols)[here], 1)
    worst = int(np.argmax(counts))
    if counts[worst] <= THRONG_PER_M2 * CELL_M * CELL_M:
        return
    here = (fighters["status"] != words.RESERVE) & (_cells(fighters, cols) == worst)
    crowd = [scenario.units[number].name for number in np.unique(fighters["unit"][here]).tolist()]
    who = " and ".join(f"'{name}'" for name in crowd[:4])
    x, y = (worst % cols + 0.5) * CELL_M, (worst // cols + 0.5) * CELL_M
    raise scenario.refusal(
        crowd[0],
        f"{counts[worst]} fighters of {who} stand on four square metres around [{x:g}, {y:g}]; "
        "move the units apart, widen their spacing, or make the field larger",
    )


def _cells(fighters: np.ndarray, cols: int) -> np.ndarray:
    """The cells of level 0 that fighters stand in."""
    col = (fighters["x"].astype(np.float64) / CELL_M).astype(np.int64)
    return (fighters["y"].astype(np.float64) / CELL_M).astype(np.int64) * cols + col
