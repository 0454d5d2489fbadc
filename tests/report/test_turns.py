"""Bodies of men, what turns, how it is said, and where names are written: each by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from affray.report.film.bodies import IN_FLIGHT, Body, bodies
from affray.report.film.bodynames import Name, crowd_of, draw_names, free, needs_line
from affray.report.film.captions import named
from affray.report.film.course import Course
from affray.report.film.sight import Sight
from affray.report.film.turns import BREAKS, RALLIES, breaks
from affray.report.pictures import canvas
from affray.report.places import Places
from affray.report.roster import Roster
from affray.scenario import load
from affray.world import words as w

TWO = """\
affray: 1
name: two
field: {size: [100, 100]}
sides: [{name: red}, {name: blue}]
units:
  - {name: foot_left, side: red, count: 20, place: [30, 30]}
  - {name: foot_right, side: red, count: 20, place: [60, 30]}
  - {name: horse, side: blue, count: 20, place: [50, 70]}
  - {name: scout, side: blue, count: 1, place: [80, 80], leader: {name: Ada}}
"""
HOLD, PURSUE = 0, 1
WORDS = np.array((w.ORDER_HOLD, w.ORDER_PURSUE))


@pytest.fixture(scope="module")
def roster() -> Roster:
    """Three units of twenty, and one of one."""
    return Roster.of(load(TWO))


def stood(north_m: float = 0.0, broken: int = 0) -> Places:
    """Everybody on his feet, a metre from each other; the last of the first unit broken."""
    count = 61
    mood = np.zeros(count, np.int64)
    mood[20 - broken : 20] = 1
    x = np.arange(count, dtype=float)
    return Places(0, x, np.full(count, 30.0 + north_m), np.full(count, w.UP), mood)


def of_first(roster: Roster, orders: np.ndarray, broken: int = 0) -> dict[int, Any]:
    """The bodies of the first unit by their order."""
    found = bodies(stood(5.0, broken), stood(), orders, WORDS, roster)
    return {body.order: body for body in found if body.unit == 0}


def test_those_who_do_otherwise_are_a_body_of_their_own(roster: Roster) -> None:
    """A third of a unit goes after the enemy: two bodies, each with its place and way."""
    orders = np.zeros(61, np.int64)
    orders[:7] = PURSUE
    found = of_first(roster, orders)
    assert found[PURSUE].who.tolist() == list(range(7))
    assert found[HOLD].who.tolist() == list(range(7, 20))
    assert (found[PURSUE].x_m, found[HOLD].x_m) == (3.0, 13.0)
    assert found[HOLD].came_m == (0.0, 5.0)


def test_a_few_who_do_otherwise_are_none(roster: Roster) -> None:
    """Two of twenty go with the rest."""
    orders = np.zeros(61, np.int64)
    orders[:2] = PURSUE
    assert len(of_first(roster, orders)[HOLD].who) == 20


def test_those_in_flight_are_apart(roster: Roster) -> None:
    """Whatever they were told."""
    found = of_first(roster, np.zeros(61, np.int64), broken=8)
    assert found[IN_FLIGHT].runs
    assert found[IN_FLIGHT].who.tolist() == list(range(12, 20))
    assert len(found[HOLD].who) == 12


@pytest.mark.parametrize("turned", [0.0, 0.7, 2.0])
def test_a_flank_is_off_the_front(turned: float) -> None:
    """Thirty metres broad and six deep: struck before its corner it is struck from before."""
    front = np.array((np.cos(turned), np.sin(turned)))
    left = np.array((-front[1], front[0]))
    middle, spread = np.array((50.0, 40.0)), 3.0**2 * np.outer(front, front)
    spread += 15.0**2 * np.outer(left, left)
    one, none = np.zeros((1, 1)), np.zeros(1)
    cloud = np.array([[[spread[0, 0], spread[1, 1], spread[0, 1]]]])
    course = Course(none, one, one, one, middle.reshape(1, 1, 2), cloud, none, none, [{}])

    def struck(ahead_m: float, left_m: float) -> float:
        at = middle + ahead_m * front + left_m * left
        return course.struck_from(0, 0, (float(at[0]), float(at[1])), front)

    assert struck(4.0, 0.0) == pytest.approx(1.0)
    assert struck(4.0, 14.0) > 0.7
    assert abs(struck(0.0, -16.0)) < 0.01
    assert struck(-4.0, 2.0) < -0.9


def test_units_are_named_as_a_list(roster: Roster) -> None:
    """Those of one name together; one man by his."""
    assert named([1, 0], roster) == "foot left/right"
    assert named([2, 0, 3], roster) == "foot left, horse and Ada"


def block(
    x_m: tuple[float, float], y_m: tuple[float, float]
) -> tuple[Places, np.ndarray[Any, Any]]:
    """Men on their feet in a close block, and where they are on paper of four points a metre."""
    x, y = np.meshgrid(np.arange(*x_m, 0.5), np.arange(*y_m, 0.5))
    up = np.full(x.size, w.UP)
    places = Places(0, x.ravel(), y.ravel(), up, np.zeros(x.size, int))
    return places, 4.0 * np.stack((x.ravel(), y.ravel()), axis=1)


def test_names_lie_on_no_other_and_on_few_men(roster: Roster) -> None:
    """Beside their body, within the picture; when there is no place left, nowhere."""
    sight = Sight(0.0, 100.0, 0.0, 50.0, 4.0)
    places, spots = block((45.0, 55.0), (20.0, 24.0))
    crowd = crowd_of(places, sight, replace(roster, leaders=()), np.zeros((0, 2)))
    name = Name("foot left\nhold", 0, False, len(spots), (200.0, 88.0, 20.0, 8.0), spots)
    taken: list[tuple[float, float, float, float]] = []
    while (spot := free(name, taken, crowd)) is not None:
        taken.append((*spot, *name.size))

    assert len(taken) > 5
    for n, (x_pt, y_pt, wide, high) in enumerate(taken):
        assert wide <= x_pt <= 400.0 - wide
        assert high <= y_pt <= 200.0 - high
        for other in taken[:n]:
            assert (
                abs(x_pt - other[0]) >= 2 * wide - 1e-6 or abs(y_pt - other[1]) >= 2 * high - 1e-6
            )
    covered = np.abs(spots - taken[0][:2]) < taken[0][2:]
    assert not covered.all(axis=1).any()


def test_names_keep_off_arrows_and_stars(roster: Roster) -> None:
    """Where neither is in the way, a name lies nearer."""
    sight = Sight(0.0, 100.0, 0.0, 50.0, 4.0)
    places, spots = block((45.0, 55.0), (20.0, 24.0))
    name = Name("foot left\nhold", 0, False, len(spots), (200.0, 88.0, 20.0, 8.0), spots)
    nobody = replace(roster, leaders=())
    first = free(name, [], crowd_of(places, sight, nobody, np.zeros((0, 2))))
    assert first is not None

    arrow = np.linspace(np.array(first) - 5.0, np.array(first) + 5.0, 40) / 4.0
    beside = free(name, [], crowd_of(places, sight, nobody, arrow))

    assert beside is not None
    away = np.abs(np.array(beside) - first) >= name.size
    assert away.any()


def test_a_line_leads_to_whose_name_it_is_where_one_could_think_it_anothers() -> None:
    """None beside its own men; one from afar, and one where others stand between."""
    _, own = block((45.0, 55.0), (20.0, 24.0))
    name = Name("foot left\nhold", 0, False, len(own), (200.0, 88.0, 20.0, 8.0), own)
    wide, high = name.size
    beside = (200.0, float(own[:, 1].max()) + high + 4.0, wide, high)
    assert not needs_line(beside, name, own)
    assert needs_line((beside[0], beside[1] + 20.0, wide, high), name, own)
    others = np.concatenate((own, [[200.0, beside[1] + high + 1.0]]))
    assert needs_line(beside, name, others)


def test_names_without_room_are_counted(roster: Roster) -> None:
    """In a picture too small for two names, a corner says that one is missing."""
    figure = canvas.paper(1.0, 1.0)
    axes = figure.add_subplot()
    places, _ = block((0.0, 16.0), (0.0, 16.0))
    half = len(places.x_m) // 2
    shown = [
        Body(unit, 0, -1, np.arange(unit * half, (unit + 1) * half), 8.0, 8.0, (0.0, 0.0))
        for unit in (0, 1)
    ]
    apart = replace(
        roster,
        units=("foot", "horse"),
        unit_side=(0, 1),
        unit_first=np.array((0, half, 2 * half)),
        leaders=(),
    )
    sight = Sight(0.0, 16.0, 0.0, 16.0, 2.2)
    nowhere: Any = None  # orders, which nobody in flight goes by
    draw_names(axes, shown, places, nowhere, apart, sight, np.zeros((0, 2)))

    found = [text.get_text() for text in axes.texts]
    assert "1 more without a name" in found
    assert len(found) == 2


def test_whose_last_man_fell_has_not_rallied() -> None:
    """A unit breaks, and its men die in flight; another comes to itself."""
    steady = np.array(((9, 9), (1, 1), (0, 8)))
    fleeing = np.array(((0, 0), (8, 8), (0, 1)))
    none, gone = np.zeros(3), np.zeros((3, 2))
    course = Course(
        np.arange(3), steady, fleeing, gone, gone, gone, none, none, [{}, {}, {}]
    )  # fmt: skip
    found = [(turn.tick, turn.kind, turn.unit) for turn in breaks(course)]
    assert found == [(1, BREAKS, 0), (1, BREAKS, 1), (2, RALLIES, 1)]
