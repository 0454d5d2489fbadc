"""Which way one runs: from the enemy and towards the rear, whatever the order calls ahead."""

from __future__ import annotations

import pytest

from affray.rules.move import wanted
from affray.world import words as w
from tests.rules.people import fighter, parameters, percept

P = parameters()


def run(order: int, rear: float, way: tuple[float, float], **seen: float) -> tuple[float, float]:
    """The velocity wanted by one who runs, whose order leads him north."""
    me = fighter(act=w.FLEE, wx=way[0], wy=way[1])
    top = 4.0
    vx, vy = wanted(me, percept(**seen), 0.0, 1.0, order, rear, 0.0, 1.1, top, 0, P)
    return vx, vy


@pytest.mark.parametrize("way", [(0.0, 0.0), (0.0, 1.0), (0.0, -1.0)])
def test_without_an_enemy_in_sight_one_runs_to_the_rear(way: tuple[float, float]) -> None:
    """That is back from where one was sent, and the way one was sent if that was back."""
    assert run(w.ORDER_ADVANCE, -1.0, way) == (0.0, -4.0)
    assert run(w.ORDER_BREAK_OFF, 1.0, way) == (0.0, 4.0)


def test_one_runs_from_the_enemy_and_bears_towards_the_rear() -> None:
    """An enemy to the west: away from him, and to the south or the north as the rear lies."""
    enemy = {"foe": 3, "foe_dx": -3.0, "foe_m": 3.0}
    for order, rear in ((w.ORDER_ADVANCE, -1.0), (w.ORDER_BREAK_OFF, 1.0)):
        vx, vy = run(order, rear, (0.0, 0.0), **enemy)
        assert vx > 0.0
        assert vy * rear > 0.0


@pytest.mark.parametrize(("foe_m", "turns"), [(1.0, True), (20.0, False)])
def test_only_an_enemy_near_turns_one_back_from_the_rear(foe_m: float, turns: bool) -> None:
    """Somebody stands between him and where his own are: at arm's length, or far off. Who turned
    for everybody in sight ran to and fro.
    """
    enemy = {"foe": 3, "foe_dy": -foe_m, "foe_m": foe_m}
    _, vy = run(w.ORDER_ADVANCE, -1.0, (0.0, 0.0), **enemy)
    assert (vy > 0.0) == turns
