"""Orders on paper as directions: where to go back to a place leads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.scenario import Battle as Paper
from affray.scenario.build import build
from affray.world import words as w
from affray.world.battle import Battle

STAND = (70.0, 40.0)  # of those who are told, who face east
ASIDE = (75.0, 75.0)
AHEAD = (95.0, 40.0)
BEHIND = (30.0, 40.0)
BACK = (-1.0, 0.0)  # the way straight back
WEARY = {"weary": 0}  # holds of everybody from the start


def battle(
    orders: list[dict[str, Any]], triggers: Any = (), others: list[dict[str, Any]] | None = None
) -> Battle:
    """A band, another of its side with orders of its own, and somebody far off to fight."""
    paper = Paper("back", field=(140, 80)).side("red").side("blue")
    band: dict[str, Any] = {"side": "red", "facing": "east", "leader": {}}
    paper.unit("band", count=6, place=STAND, orders=orders, triggers=triggers, **band)
    paper.unit("staff", count=2, place=(20, 20), orders=others or [{"do": "hold"}], **band)
    paper.unit("far", side="blue", count=1, place=(139, 1), facing="west", orders={"do": "hold"})
    return build(paper.scenario(), 1)


def back_to(place: tuple[float, float], do: str = "break_off", **keys: Any) -> dict[str, Any]:
    """An order to go back to a place, once its giver is as weary as anybody is."""
    return {"do": do, "toward": list(place), "when": WEARY, **keys}


def way_back(fought: Battle) -> np.ndarray:
    """The direction in which the band is told to go back."""
    orders = fought.world.orders
    goes_back = np.isin(orders["word"], [w.ORDER_WITHDRAW, w.ORDER_BREAK_OFF])
    (back,) = orders[(orders["unit"] == 0) & goes_back]
    return np.array([back["x"], back["y"]], float)


def to(place: tuple[float, float]) -> np.ndarray:
    """The direction from where the band stands to a place."""
    way = np.array(place) - STAND
    return way / np.hypot(*way)


@pytest.mark.parametrize("orders", [[], [{"do": "charge", "when": WEARY}]])
def test_who_has_no_order_beforehand_holds(orders: list[dict[str, Any]]) -> None:
    """Nobody has to be told that he stands until an order comes, if one ever does."""
    known = battle(orders).world.orders
    (first, *later) = known[known["unit"] == 0]
    assert (first["word"], first["after"]) == (w.ORDER_HOLD, 0)
    assert len(later) == len(orders)


@pytest.mark.parametrize("do", ["withdraw", "break_off"])
@pytest.mark.parametrize("place", [ASIDE, AHEAD, BEHIND])
def test_who_is_to_go_back_to_a_place_goes_towards_it(do: str, place: tuple[float, float]) -> None:
    """Wherever it lies, by order or of himself, as long as nothing leads him past it."""
    ordered = battle([{"do": "hold"}, back_to(place, do)])
    triggered = battle([{"do": "hold"}], triggers=back_to(place, do))

    assert way_back(ordered) == pytest.approx(to(place), abs=1e-6)
    assert way_back(triggered) == pytest.approx(to(place), abs=1e-6)


@pytest.mark.parametrize(
    "past",
    [
        {"do": "charge", "toward": [120, 40], "when": {"contact": True}},
        {"do": "advance", "after": 60},
        {"do": "advance", "toward": "far", "after": 60},
    ],
)
def test_who_may_have_got_past_the_place_goes_straight_back(past: dict[str, Any]) -> None:
    """An order leads him past it, to a place, a foe or the end of the field: back is not on."""
    told = way_back(battle([{"do": "hold"}, back_to(AHEAD), past]))

    assert told == pytest.approx(BACK, abs=1e-6)


def test_so_does_whom_anothers_order_leads_past_the_place() -> None:
    """A charge that the other band's leader may order counts as one of his own."""
    charge = {"do": "charge", "toward": [120, 40], "to": ["band"], "when": {"contact": True}}
    told = way_back(battle([{"do": "hold"}, back_to(AHEAD)], others=[{"do": "hold"}, charge]))

    assert told == pytest.approx(BACK, abs=1e-6)


def test_an_advance_that_ends_short_of_the_place_does_not_turn_them_back() -> None:
    """To the side is to the side, also for whom an order has led on a little."""
    on = {"do": "advance", "toward": [90, 40], "when": {"contact": True}}
    told = way_back(battle([{"do": "hold"}, back_to(ASIDE), on]))

    assert told == pytest.approx(to(ASIDE), abs=1e-6)


def test_whom_anothers_leader_tells_goes_straight_back() -> None:
    """He does not know where the band has got to."""
    order = back_to(ASIDE, to=["band"])
    told = way_back(battle([{"do": "hold"}], others=[{"do": "hold"}, order]))

    assert told == pytest.approx(BACK, abs=1e-6)


def test_they_get_there() -> None:
    """Most of a band told to run to a place at its side stand about there a minute later."""
    fought = battle([{"do": "hold"}, back_to(ASIDE)])
    engine = Engine(fought)
    engine.open()
    for _ in range(300):
        engine.tick()
    band = fought.state.fighters[:6]
    engine.close()

    assert (np.hypot(band["x"] - ASIDE[0], band["y"] - ASIDE[1]) < 8.0).sum() >= 4
