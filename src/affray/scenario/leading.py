"""Where orders lead: from where a unit stands to the place, the side or the unit that they name.

All of it is worked out before the battle, as if the orders before had been carried out: it is what
a plan can know, and not where anybody has got to.
"""

from __future__ import annotations

from affray.scenario.bearing import Vector, ahead, toward
from affray.scenario.commands import Order, Trigger
from affray.scenario.model import Scenario
from affray.scenario.units import Unit

GOES_BACK = ("withdraw", "break_off")
GOES_THERE = ("advance", "charge", "envelop", "screen", "pursue", *GOES_BACK)


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
    assert unit.place is not None, "who is no reserve has a place: checks/reserves.py"
    return unit.place, ahead(unit.facing)


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


def way_to(
    scenario: Scenario, unit: Unit, order: Order | Trigger, here: Vector, own: bool
) -> Vector:
    """The way (a unit vector) on which an order leads a unit at `here`; `own`: its own leader or
    plan gives it.

    To the place that it names, if it names one, else straight on or straight back. Whoever is to go
    back to a place goes towards it, though it lies to the side or ahead; only where the battle may
    have carried him past it does he go straight back until he is level with it.
    """
    _, facing = stand(scenario, unit)
    goes_back = order.do in GOES_BACK
    straight = (-facing[0], -facing[1]) if goes_back else facing
    there = place_of(scenario, order.toward)
    if there is None:
        return straight
    direct = toward(here, there, straight)
    planned = isinstance(order, Order) and order.way() == "plan"  # whoever planned knows the way
    lies_behind = along(direct, straight) > 0.0
    if not goes_back or planned or lies_behind:
        return direct
    may_be_past = not own or _led_past(scenario, unit, there, direct)
    return straight if may_be_past else direct


def _led_past(scenario: Scenario, unit: Unit, there: Vector, bound: Vector) -> bool:
    """Whether some order that may come to the unit leads it farther along `bound` than `there`."""
    ends = [
        _end_of(scenario, unit, order)
        for giver in scenario.units
        for order in giver.orders
        if order.do in GOES_THERE and _is_told(unit, order, giver)
    ]
    return any(along(end, bound) > along(there, bound) for end in ends)


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


def led_to(scenario: Scenario, unit: Unit, order: Order, here: Vector) -> Vector:
    """Where an order of a unit's plan leads the unit itself that stood at `here`."""
    there = place_of(scenario, order.toward)
    is_led = order.do in GOES_THERE and _is_told(unit, order, unit)
    return there if there is not None and is_led else here


def _is_told(unit: Unit, order: Order, giver: Unit) -> bool:
    """Whether an order of the plan of `giver` comes to the unit."""
    return unit is giver if order.to is None else unit.name in order.to


def along(a: Vector, b: Vector) -> float:
    """How far `a` reaches along the unit vector `b` (m)."""
    return a[0] * b[0] + a[1] * b[1]
