"""What units are told, and when, as directions: where each stands, and what it does from then on.

An order on paper names a place, a side or a unit; a fighter of the crowd goes by a direction. The
direction is worked out before the battle, as if the orders before it had been carried out: it is
what a plan can know, and not where anybody has got to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from affray.scenario.bearing import Vector, ahead, toward
from affray.scenario.commands import Conditions, Order, Trigger
from affray.scenario.formation import stand_of
from affray.scenario.model import Scenario
from affray.scenario.units import Unit
from affray.world import fields, limits, words
from affray.world.clock import ticks
from affray.world.errors import LimitError, ScenarioError

ORDERS = {name: number for number, name in enumerate(words.ORDER_NAMES)}
WAYS = {name: number for number, name in enumerate(words.WAY_NAMES)}
GOES_BACK = ("withdraw", "break_off")
GOES_THERE = ("advance", "charge", "envelop", "screen", "pursue", *GOES_BACK)
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


def stand(scenario: Scenario, unit: Unit) -> tuple[Vector, Vector]:
    """Where the unit stands when it begins, or enters, and the unit vector of where it faces.

    A reserve that a power summons enters wherever that is used: before, in the field's middle.
    """
    if unit.reserve:
        for entry in scenario.reinforcements:
            if entry.unit == unit.name:
                facing = entry.facing if entry.facing is not None else unit.facing
                return entry.enters, ahead(facing)
        if unit.place is None:
            width, height = scenario.field.size
            return (0.5 * width, 0.5 * height), ahead(unit.facing)
    if unit.place is None:
        raise ScenarioError([f"unit '{unit.name}' has no place; say where it stands"])
    return unit.place, ahead(unit.facing)


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
            here = _led_to(scenario, unit, order, here)
        for trigger in unit.triggers:
            rows.append(_triggered(scenario, number, trigger))
        units["plan_end"][number] = len(rows)
    if len(rows) > limits.ORDERS_GROWN:
        raise LimitError(
            f"All units together have {len(rows):,} orders; at most {limits.ORDERS_GROWN:,} fit. "
            "Give fewer, or make fewer, larger units"
        )
    return np.array(rows, fields.ORDER).view(np.recarray)


def beforehand(scenario: Scenario, number: int) -> list[Told]:
    """What a unit knows beforehand that it is to do, in time; before its first deed it holds."""
    unit = scenario.units[number]
    here, facing = stand(scenario, unit)
    told: list[Told] = []
    planned = [order for order in unit.orders if order.way() == "plan"]
    in_time = sorted(planned, key=lambda order: order.after)
    for order, following in zip(in_time, [*in_time[1:], None], strict=True):
        told.append(_told(scenario, number, order, here))
        follows = following.after if following is not None else math.inf
        if order.until is not None and order.until < follows:
            told.append(Told(number, words.ORDER_HOLD, ticks(order.until, scenario.dt), facing))
        here = _led_to(scenario, unit, order, here)
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
    bound = _bound(scenario, unit, order, here, own)
    after = order.after if isinstance(order, Order) else 0.0
    told = Told(number, ORDERS[order.do or "none"], ticks(after, scenario.dt), bound)
    if there is None or isinstance(order.toward, str) or order.do not in ENDS_THERE:
        return told
    stands = stand_of(unit.formation, unit.count)
    return replace(
        told,
        stop=_dot(there, bound),
        depth=0.5 * stands.depth_m,
        aside=there[1] * bound[0] - there[0] * bound[1],
        half=0.5 * stands.width_m,
    )


def _bound(
    scenario: Scenario, unit: Unit, order: Order | Trigger, here: Vector, own: bool
) -> Vector:
    """The way on which an order leads a unit at `here`.

    Who is to go back to a place goes towards it, though it lies to the side or ahead. Only where
    the battle may have carried him past it does he go straight back until he is level with it:
    where some order leads him past it, or one orders it who does not know where he has got to.
    """
    _, facing = stand(scenario, unit)
    goes_back = order.do in GOES_BACK
    straight = (-facing[0], -facing[1]) if goes_back else facing
    there = place_of(scenario, order.toward)
    if there is None:
        return straight
    direct = toward(here, there, straight)
    agreed = isinstance(order, Order) and order.way() == "plan"
    if agreed or not goes_back or _dot(direct, straight) > 0.0:
        return direct
    return direct if own and not _led_past(scenario, unit, there, direct) else straight


def _led_past(scenario: Scenario, unit: Unit, there: Vector, bound: Vector) -> bool:
    """Whether some order that may come to the unit leads it farther along `bound` than `there`."""
    ends = [
        _end_of(scenario, unit, order)
        for giver in scenario.units
        for order in giver.orders
        if order.do in GOES_THERE and _is_told(unit, order, giver)
    ]
    return any(_dot(end, bound) > _dot(there, bound) for end in ends)


def _end_of(scenario: Scenario, unit: Unit, order: Order) -> Vector:
    """The place that an order leads a unit to; without one, where straight on the field ends."""
    there = place_of(scenario, order.toward)
    if there is not None:
        return there
    here, (x, y) = stand(scenario, unit)
    if order.do in GOES_BACK:
        x, y = -x, -y
    sides = zip(here, (x, y), scenario.field.size, strict=True)
    far_m = min(((size if way > 0.0 else 0.0) - at) / way for at, way, size in sides if way != 0.0)
    return here[0] + far_m * x, here[1] + far_m * y


def _dot(a: Vector, b: Vector) -> float:
    """How far `a` reaches along the unit vector `b` (m)."""
    return a[0] * b[0] + a[1] * b[1]


def _row(told: Told) -> Any:
    """The row of an order known beforehand."""
    row = np.zeros((), fields.ORDER)
    row["unit"], row["word"], row["after"] = told.unit, told.word, told.at
    row["stop"], row["depth"] = told.stop, told.depth
    row["aside"], row["half"] = told.aside, told.half
    row["x"], row["y"] = told.toward
    return row


def _is_told(unit: Unit, order: Order, giver: Unit) -> bool:
    """Whether an order of the plan of `giver` comes to the unit."""
    return unit is giver if order.to is None else unit.name in order.to


def _led_to(scenario: Scenario, unit: Unit, order: Order, here: Vector) -> Vector:
    """Where an order of a unit's plan leads the unit itself that stood at `here`."""
    there = place_of(scenario, order.toward)
    is_led = order.do in GOES_THERE and _is_told(unit, order, unit)
    return there if there is not None and is_led else here


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
