"""What units are told, and when, as directions: where each stands, and what it does from then on.

An order on paper names a place, a side or a unit; a fighter of the crowd goes by a direction. The
direction is worked out before the battle, as if the orders before it had been carried out: it is
what a plan can know, and not where anybody has got to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from affray.scenario.bearing import Vector, ahead, distance_m, toward
from affray.scenario.model import Scenario
from affray.scenario.units import Unit
from affray.world import fields, words
from affray.world.errors import ScenarioError

ORDERS = {name: number for number, name in enumerate(words.ORDER_NAMES)}
GOES_THERE = ("advance", "charge", "withdraw")


@dataclass(frozen=True)
class Told:
    """One order: number of the word, tick from which it holds, unit vector."""

    order: int
    at: int
    toward: Vector


def ticks(seconds: float, dt_s: float) -> int:
    """The tick nearest to a time."""
    return int(seconds / dt_s + 0.5)


def stand(scenario: Scenario, unit: Unit) -> tuple[Vector, Vector]:
    """Where the unit stands when it begins, or enters, and the unit vector of where it faces."""
    if unit.reserve:
        for entry in scenario.reinforcements:
            if entry.unit == unit.name:
                facing = entry.facing if entry.facing is not None else unit.facing
                return entry.enters, ahead(facing)
    if unit.place is None:
        raise ScenarioError([f"unit '{unit.name}' has no place; say where it stands"])
    return unit.place, ahead(unit.facing)


def orders_of(scenario: Scenario, unit: Unit, walk_m_per_s: float) -> list[Told]:
    """What the unit is told, in time, from the opening on; before its first deed it holds.

    A withdrawal to a place ends there: as soon as one walks there at `walk_m_per_s`.
    """
    here, facing = stand(scenario, unit)
    told: list[Told] = []
    in_time = sorted(unit.orders, key=lambda order: order.after)
    for order, following in zip(in_time, [*in_time[1:], None], strict=True):
        there = place_of(scenario, order.toward)
        straight = (-facing[0], -facing[1]) if order.do == "withdraw" else facing
        bound = straight if there is None else toward(here, there, straight)
        told.append(Told(ORDERS[order.do], ticks(order.after, scenario.dt), bound))
        lapses = order.until
        if there is not None and order.do == "withdraw":
            arrives = order.after + distance_m(here, there) / walk_m_per_s
            lapses = arrives if lapses is None else min(lapses, arrives)
        follows = following.after if following is not None else math.inf
        if lapses is not None and lapses < follows:
            told.append(Told(words.ORDER_HOLD, ticks(lapses, scenario.dt), facing))
        if there is not None and order.do in GOES_THERE:
            here = there
    if unit.opening.perched and all(order.do == "hold" for order in in_time):
        return [Told(words.ORDER_PERCH, 0, facing)]
    if not told or told[0].at > 0:
        told.insert(0, Told(words.ORDER_HOLD, 0, facing))
    return told


def order_table(plans: list[list[Told]]) -> tuple[np.ndarray, list[int]]:
    """(O,) ORDER of the plans of all units, and the row with which each unit opens."""
    rows = [(unit, told) for unit, plan in enumerate(plans) for told in plan]
    table = np.zeros(len(rows), fields.ORDER).view(np.recarray)
    opening: list[int] = []
    for number, (unit, told) in enumerate(rows):
        row = table[number]
        row["unit"], row["after"], row["word"] = unit, told.at, told.order
        row["x"], row["y"] = told.toward
        if unit == len(opening):
            opening.append(number)
        elif told.at == 0:
            opening[unit] = number  # of several at once the last one holds
    return table, opening


def place_of(scenario: Scenario, target: Vector | str | None) -> Vector | None:
    """The place itself; of a side or a unit where it stands, or its middle."""
    if not isinstance(target, str):
        return target
    named = [unit for unit in scenario.units if target in (unit.name, unit.side)]
    named = [unit for unit in named if not unit.reserve] or named
    if not named:
        return None
    count = sum(unit.count for unit in named)
    places = [(stand(scenario, unit)[0], unit.count) for unit in named]
    return (
        sum(place[0] * weight for place, weight in places) / count,
        sum(place[1] * weight for place, weight in places) / count,
    )
