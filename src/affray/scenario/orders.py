"""What units are told, and when, as directions: where each stands, and what it does from then on.

An order on paper names a place, a side or a unit; a fighter of the crowd goes by a direction. The
direction is worked out before the battle, as if the orders before it had been carried out: it is
what a plan can know, and not where anybody has got to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

import numpy as np

from affray.scenario.bearing import Vector
from affray.scenario.commands import Conditions, Order, Trigger
from affray.scenario.formation import stand_of
from affray.scenario.leading import GOES_BACK, along, led_to, place_of, stand, way_to
from affray.scenario.model import Scenario
from affray.world import fields, limits, words
from affray.world.clock import ticks
from affray.world.errors import LimitError

ORDERS = {name: number for number, name in enumerate(words.ORDER_NAMES)}
WAYS = {name: number for number, name in enumerate(words.WAY_NAMES)}
ENDS_THERE = ("advance", "envelop", "screen", *GOES_BACK)
ENDLESS_M = 1e9


@dataclass(frozen=True)
class Told:
    """One order as one unit is told it: word, tick before which it is not, direction, how far
    along that it leads, and how far to the left of that; half the depth and half the front (m) in
    which the unit stands there.
    """

    unit: int
    word: int
    at: int
    toward: Vector
    stop: float = ENDLESS_M
    depth: float = 0.0
    aside: float = 0.0
    half: float = ENDLESS_M


def order_table(scenario: Scenario, units: np.ndarray) -> np.ndarray:
    """(O,) ORDER: of each unit what it knows beforehand, then what its leader may order.

    Fills in `units` (UNIT) with which order each opens, and where its leader's orders stand.
    """
    rows: list[Any] = []
    for number, unit in enumerate(scenario.units):
        known = beforehand(scenario, number)
        opening = max(k for k, told in enumerate(known) if told.at == 0)
        units["due"][number] = len(rows) + opening
        rows += [_row(told) for told in known]
        units["plan"][number] = len(rows)
        here, _ = stand(scenario, unit)
        for order in unit.orders:
            if order.way() != "plan":
                rows += _given(scenario, number, order, here)
            here = led_to(scenario, unit, order, here)
        once = fields.ARRIVED << 1
        for trigger in unit.triggers:
            row = _triggered(scenario, number, trigger)
            if not trigger.again:
                row["once"], once = once, once << 1
            rows.append(row)
        units["plan_end"][number] = len(rows)
    if len(rows) > limits.ORDERS_GROWN:
        raise LimitError(
            f"All units together have {len(rows):,} orders; at most {limits.ORDERS_GROWN:,} fit. "
            "Give fewer, or make fewer, larger units"
        )
    return np.array(rows, fields.ORDER).view(np.recarray)


def order_names(scenario: Scenario) -> tuple[str, ...]:
    """What each order of the table says."""
    table = order_table(scenario, np.zeros(len(scenario.units), fields.UNIT))
    return tuple(words.ORDER_NAMES[word] for word in table["word"])


def beforehand(scenario: Scenario, number: int) -> list[Told]:
    """What a unit knows beforehand that it is to do, in time; before its first deed it holds."""
    unit = scenario.units[number]
    here, facing = stand(scenario, unit)
    told: list[Told] = []
    planned = [order for order in unit.orders if order.way() == "plan"]
    in_time = sorted(planned, key=lambda order: order.after)
    for order, following in zip_longest(in_time, in_time[1:]):
        told.append(_told(scenario, number, order, here))
        follows = following.after if following is not None else math.inf
        if order.until is not None and order.until < follows:
            told.append(Told(number, words.ORDER_HOLD, ticks(order.until, scenario.dt), facing))
        here = led_to(scenario, unit, order, here)
    if unit.opening.perched and all(order.do == "hold" for order in in_time):
        return [Told(number, words.ORDER_PERCH, 0, facing)]
    if not told or told[0].at > 0:
        told.insert(0, Told(number, words.ORDER_HOLD, 0, facing))
    return told


def _told(
    scenario: Scenario, number: int, order: Order | Trigger, here: Vector, own: bool = True
) -> Told:
    """An order as a unit at `here` is told it, by its own leader or plan, or by another's."""
    unit = scenario.units[number]
    there = place_of(scenario, order.toward)
    bound = way_to(scenario, unit, order, here, own)
    after = order.after if isinstance(order, Order) else 0.0
    told = Told(number, ORDERS[order.do or "none"], ticks(after, scenario.dt), bound)
    if there is None or isinstance(order.toward, str) or order.do not in ENDS_THERE:
        return told
    stands = stand_of(unit.formation, unit.count)
    return replace(
        told,
        stop=along(there, bound),
        depth=0.5 * stands.depth_m,
        aside=there[1] * bound[0] - there[0] * bound[1],
        half=0.5 * stands.width_m,
    )


def _row(told: Told) -> Any:
    """The row of an order known beforehand."""
    row = np.zeros((), fields.ORDER)
    row["unit"], row["word"], row["after"] = told.unit, told.word, told.at
    row["stop"], row["depth"] = told.stop, told.depth
    row["aside"], row["half"] = told.aside, told.half
    row["x"], row["y"] = told.toward
    return row


def _given(scenario: Scenario, giver: int, order: Order, at: Vector) -> list[Any]:
    """The rows of an order that the leader of unit `giver`, who has got to `at` by then, may give:
    one for each unit told. Others are told as from where they stood.
    """
    names = [unit.name for unit in scenario.units]
    told = [names.index(name) for name in order.to] if order.to is not None else [giver]
    rows = []
    for number in told:
        here = at if number == giver else stand(scenario, scenario.units[number])[0]
        row = _row(_told(scenario, number, order, here, own=number == giver))
        row["way"] = WAYS[order.way()]
        row["again"] = order.again
        _ask(row, order.when)
        _lean(row, order.lean)
        rows.append(row)
    rows[0]["more"] = len(rows) - 1
    return rows


def _triggered(scenario: Scenario, number: int, trigger: Trigger) -> Any:
    """The row of what each fighter of a unit may come to do of himself."""
    here, _ = stand(scenario, scenario.units[number])
    row = _row(_told(scenario, number, trigger, here))
    row["way"] = words.BY_THEMSELVES
    row["again"] = trigger.again
    row["tempts"] = trigger.tempts
    row["lasts"] = ticks(trigger.lasts, scenario.dt)
    _ask(row, trigger.when)
    _lean(row, trigger.lean)
    return row


def _ask(row: Any, when: Conditions | None) -> None:
    """Enter conditions into a row."""
    for k, (name, value) in enumerate(when.asked() if when is not None else ()):
        row["when"][k] = words.WHEN_NAMES.index(name)
        row["level"][k] = ORDERS[value] if name == "heard" else float(value)


def _lean(row: Any, lean: Any) -> None:
    """Enter a leaning into a row."""
    if lean is not None:
        row["lean"] = [getattr(lean, name.replace(" ", "_")) for name in words.ACT_NAMES]
