"""Changes by path: ``--set path=value``."""

from __future__ import annotations

import pytest

from affray.scenario import apply_sets, mutability_of, parse
from affray.scenario.template import template
from affray.world.errors import ScenarioError
from tests.scenario.papers import SMALL


def test_a_path_reaches_what_it_names() -> None:
    """By name, by number, by star, in nested and in sections that were not written."""
    sets = [
        "units.first.count=40",
        "units.1.training=elite",
        "units.*.body.mass.mean=80 kg",
        "field.wind.speed=5 km/h",
        "parameters.sight.touch_m=1.2 m",
        "weapons.sword.reach=1.2 m",
        "units.second.weapons=[bow, {name: javelin, count: 1}]",
        "units.first.orders={do: hold}",
        "end.after=5 min",
    ]
    scenario = parse(SMALL, "b.yaml", sets)
    first, second = scenario.units
    assert first.count == 40
    assert second.training == 0.92
    assert [unit.body.mass.mean for unit in scenario.units] == [80, 80]
    assert scenario.field.wind.speed == pytest.approx(5 / 3.6)
    assert scenario.parameters == {"sight.touch_m": 1.2}
    assert scenario.weapons["sword"].reach == 1.2
    assert [entry.name for entry in second.weapons] == ["bow", "javelin"]
    assert first.orders[0].do == "hold"
    assert scenario.end.after == 300


def test_a_change_over_a_file_equals_one_over_its_scenario() -> None:
    """A change may be laid over the text or over what was read from it."""
    sets = ["units.farmhands.orders.1.after=2 min", "units.neighbours.weapons.0=sword"]
    text = template("mine")
    assert parse(text, "b.yaml", sets) == apply_sets(parse(text), sets)


def test_a_later_change_of_a_parameter_replaces_a_nested_one() -> None:
    """A parameter may be written nested in the file and dotted on the command line."""
    text = SMALL + "parameters: {sight: {touch_m: 1.0}}\n"
    assert parse(text, "b.yaml", ["parameters.sight.touch_m=1.3"]).parameters == {
        "sight.touch_m": 1.3
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("units.frst.count=3", "did you mean 'first'?"),
        ("units.first.cuont=3", "did you mean 'count'?"),
        ("fild.light=1", "did you mean 'field'?"),
        ("name.x=1", "name is a single value"),
        ("units.first", "write it as path=value"),
        ("field.light=010", "write 10"),
        ("units.first.weapons=[", "not readable"),
        ("units.first.weapons=[*a]", "alias"),
        ("parameters.sight.tuch_m=1", "did you mean 'sight.touch_m'?"),
    ],
)
def test_a_change_that_cannot_be_names_itself_and_the_nearest(change: str, said: str) -> None:
    """The error begins with the change itself, since it stands in no file."""
    with pytest.raises(ScenarioError) as fault:
        parse(SMALL, "b.yaml", [change])
    assert fault.value.problems[0].startswith(f"--set {change}")
    assert said in fault.value.problems[0]


def test_a_part_of_a_short_form_leaves_the_rest() -> None:
    """A weapon by its name, a mean alone, a list of cues: what is not changed is kept."""
    text = SMALL.replace("place: [20, 40]", "place: [20, 40], weapons: [javelin, knife], "
                         "personality: {courage: 0.7}")  # fmt: skip
    text += "notions: [{name: lost, supported_by: [scream, fall]}]\n"
    sets = [
        "units.first.weapons.javelin.count=7",
        "units.first.personality.courage.sd=0.01",
        "notions.lost.supported_by.fall=0.5",
    ]
    scenario = parse(text, "b.yaml", sets)
    first = scenario.unit("first")
    assert [(entry.name, entry.count) for entry in first.weapons] == [
        ("javelin", 7),
        ("knife", None),
    ]
    assert (first.personality.courage.mean, first.personality.courage.sd) == (0.7, 0.01)
    assert scenario.notions[0].supported_by == {"scream": 0.2, "fall": 0.5}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("weapons.sowrd.reach=1.5", "nobody here has 'sowrd' of the weapons; they have sword; did"),
        ("weapons.bow.range=90", "they have sword"),
        ("armour.clth.mass=3", "did you mean 'cloth'?"),
        ("shields.buckler.mass=3", "they have none"),
        ("powers.p={sense: {}, lasts: 5}", "they have none"),
    ],
)
def test_a_change_to_what_nobody_has_is_refused(change: str, said: str) -> None:
    """It would be for nothing, and nobody would be told."""
    with pytest.raises(ScenarioError) as fault:
        parse(SMALL, "b.yaml", [change])
    assert fault.value.problems[0].startswith(f"--set {change}: nobody here has")
    assert said in fault.value.problems[0]


def test_a_change_may_give_what_another_makes() -> None:
    """A weapon of one's own, and whoever carries it, in any order."""
    scenario = parse(SMALL, "b.yaml", ["weapons.lance.reach=1.8", "units.first.weapons=[lance]"])
    assert scenario.weapons["lance"].reach == 1.8


@pytest.mark.parametrize(
    ("path", "mutability"),
    [
        ("parameters.fear.x", "live"),
        ("field.light", "live"),
        ("field.wind.speed", "live"),
        ("units.*.orders.0.do", "live"),
        ("units.first.count", "start"),
        ("units.first.place", "start"),
        ("field.size", "start"),
        ("seed", "start"),
    ],
)
def test_what_a_fork_may_change(path: str, mutability: str) -> None:
    """Weather, orders and parameters may change while a battle runs; who stands where may not."""
    assert mutability_of(path) == mutability


def test_an_unknown_path_has_no_mutability() -> None:
    """A path that the schema does not have is an error with the nearest."""
    with pytest.raises(ScenarioError, match="did you mean 'light'"):
        mutability_of("field.lihgt")
