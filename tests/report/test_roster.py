"""Names of fighters: from numbers, and back."""

from __future__ import annotations

import pytest

from affray.report.roster import Roster
from affray.scenario import load
from affray.world.errors import UsageError
from tests.report.recorded import MARKET


@pytest.fixture(scope="module")
def roster() -> Roster:
    return Roster.of(load(MARKET))


def test_every_name_finds_its_fighter(roster: Roster) -> None:
    """Id, place in the unit and name all lead back to the same fighter."""
    for fighter in range(roster.fighters):
        for text in (str(fighter), roster.place_in_unit(fighter), roster.name(fighter)):
            assert roster.find(text) == fighter


def test_names_as_people_know_them(roster: Roster) -> None:
    """A leader's own name, the unit of one, and everybody else by number."""
    assert roster.name(0) == "Ada"
    assert roster.name(1) == "looms/2"
    assert roster.name(roster.find("hermit")) == "hermit"
    assert roster.find(" ADA ") == 0


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("lomos/4", ["no unit 'lomos'", "looms/4"]),
        ("Adda", ["nobody is called 'Adda'", "Ada"]),
        ("looms", ["a unit of 12 fighters", "looms/1 to looms/12"]),
        ("looms/13", ["no looms/13", "looms/1 to looms/12"]),
        ("hermit/2", ["alone"]),
        ("26", ["ids run from 0 to 25"]),
        ("-1", ["ids run from 0 to 25"]),
        ("9" * 400, ["ids run from 0 to 25"]),
        ("", ["nobody is called ''", "unit/number"]),
        ("x" * 5000, ["nobody is called"]),
        ("/", ["nobody is called '/'"]),
    ],
)
def test_unknown_names_say_what_is_near(roster: Roster, text: str, parts: list[str]) -> None:
    """Whoever mistypes gets the nearest names or the range."""
    with pytest.raises(UsageError) as fault:
        roster.find(text)
    for part in parts:
        assert part in str(fault.value)
    assert len(str(fault.value)) < 6000


def test_scaled_battles_have_scaled_rosters() -> None:
    """Names count the fighters that were really there."""
    roster = Roster.of(load(MARKET, ["size=260"]))
    assert roster.fighters == 260
    assert roster.find(f"looms/{roster.unit_first[1]}") == roster.unit_first[1] - 1
