"""What turns in a battle is told in a chorus, though others have more to tell at that time."""

from __future__ import annotations

from affray.tell.episodes import Episode
from affray.tell.mind import Mind
from affray.tell.offers import Offer
from affray.tell.planned import planned
from affray.tell.scenes import Stretch
from affray.tell.turning import over, turning_points
from tests.tell.test_telling import mind, record

LIGHT = record(100, "uses", power="light")
FALLS = record(499, "fall")


def scene(one: Mind, worth: float, *ids: int) -> Stretch:
    """A scene of some records of a mind."""
    return Stretch((Episode("power", [one.records[number] for number in ids], worth),), worth)


def test_a_power_let_loose_and_the_last_fall_are_turning_points() -> None:
    """Each once, by the tick of the first time; of whoever has no name, none."""
    again = record(300, "uses", power="light")
    early = record(200, "fall")
    records = (LIGHT, early, again, FALLS)
    named, unnamed = Mind(mind(*records, name="Dorn")), Mind(mind(*records))
    points = turning_points(named, scene(named, 1.0, 0, 1, 2, 3).episodes)
    assert sorted(points.values()) == [100, 499, 499]
    assert not turning_points(unnamed, scene(unnamed, 1.0, 0, 1, 2, 3).episodes)
    assert over([points, {"else": 40}]) == 499
    assert over([{}]) is None


def test_what_turns_is_told_before_what_is_long() -> None:
    """Of three scenes with room for two, the one in which a power is used stays, though it is worth
    least; where nothing turns in it, it goes.
    """
    plain = tuple(record(90 + tick, "goes_on", seconds=2.0) for tick in range(30))
    turns = (LIGHT, *(record(101 + tick, "sees", 0) for tick in range(29)))
    for name, told in (("Dorn", True), ("", False)):
        minds = [Mind(mind(*plain, name="Anna")), Mind(mind(*plain, name="Bela")),
                 Mind(mind(*turns, name=name))]  # fmt: skip
        offers = [Offer(0, number, stretch, stretch.worth) for number, stretch in enumerate((
            scene(minds[0], 100.0, *range(30)), scene(minds[1], 90.0, *range(30)),
            scene(minds[2], 75.0, *range(30)),
        ))]  # fmt: skip
        found = planned(minds, 1, lambda _, offers=offers: offers, 400)
        assert (2 in {one.mind for one in found[0]}) is told


def test_when_all_has_turned_a_chorus_is_nearly_over() -> None:
    """A scene of a later time weighs less than one of before."""
    late = tuple(record(400 + tick, "goes_on", seconds=2.0) for tick in range(20))
    early = tuple(record(50 + tick, "goes_on", seconds=2.0) for tick in range(20))
    minds = [Mind(mind(*late, name="Anna")), Mind(mind(*early, name="Bela")),
             Mind(mind(LIGHT, *late, name="Dorn"))]  # fmt: skip
    offers = [Offer(0, number, stretch, stretch.worth) for number, stretch in enumerate((
        scene(minds[0], 100.0, *range(20)), scene(minds[1], 60.0, *range(20)),
        scene(minds[2], 90.0, 0),
    ))]  # fmt: skip
    found = planned(minds, 1, lambda _: offers, 200)
    assert {one.mind for one in found[0]} == {1, 2}
