"""What comes with affray: schema, reference, catalogue, template, parameters, builder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from affray.scenario import Battle, bundled_parameters, load, parse, schema, values_for
from affray.scenario.equipment import catalogue
from affray.scenario.parameters import read_parameters
from affray.scenario.reference import reference
from affray.scenario.template import template
from affray.world.errors import ScenarioError, UsageError
from tests.scenario.papers import SMALL


def properties(value: Any) -> list[tuple[str, dict[str, Any]]]:
    """Every named property in a JSON Schema."""
    if isinstance(value, list):
        return [found for part in value for found in properties(part)]
    if not isinstance(value, dict):
        return []
    own = value.get("properties", {})
    inner = [found for part in value.values() for found in properties(part)]
    return [(name, part) for name, part in own.items() if isinstance(part, dict)] + inner


def test_every_key_is_described_and_says_whether_a_fork_may_change_it() -> None:
    """No key without a meaning, and none without mutability."""
    found = schema()
    assert found["required"] == ["affray", "name", "field", "sides", "units"]
    del found["properties"]["parameters"]
    for name, part in properties(found):
        if name in ("mean", "sd"):
            continue
        assert part.get("description"), name
        assert part.get("mutability") in ("start", "live"), name


def test_the_schema_knows_the_names_of_the_catalogue_and_the_parameters() -> None:
    """Editors can complete weapons and parameters."""
    found = schema()
    assert "gladius" in found["$defs"]["Carried"]["properties"]["name"]["examples"]
    known = found["properties"]["parameters"]["properties"]
    assert all(parameter.name in known for parameter in bundled_parameters())


def test_the_reference_holds_every_key() -> None:
    """Whatever may be written is found in the reference."""
    text = reference()
    for name in ("absorbency", "hostile_to", "two_handed", "checkpoint_every", "`gladius`"):
        assert name in text


def test_the_template_with_people_holds_and_names_its_own_recording() -> None:
    """What its first lines say to try is where `affray run` records it."""
    text = template("tie", people=True)
    scenario = parse(text)
    assert [person.name for person in scenario.people] == ["Mara", "Rue"]
    assert f"affray why runs/tie-{scenario.seed} Rue" in text


def test_the_template_runs_and_is_called_as_asked() -> None:
    """`affray new` writes a scenario that holds."""
    scenario = parse(template("my_battle"))
    assert scenario.name == "my_battle"
    assert len(scenario.sides) == 2
    with pytest.raises(UsageError):
        template("no battle!")


def test_the_catalogue_is_plausible_and_says_where_it_comes_from() -> None:
    """What is thrown flies, nothing reaches farther than the engine's contact, all have sources."""
    bundle = catalogue()
    for name, weapon in bundle.weapons.items():
        assert weapon.sources, name
        assert weapon.thrown == (weapon.range > 0) == (weapon.speed > 0) == (weapon.carried > 0), (
            name
        )
        if weapon.thrown:
            assert weapon.range <= weapon.speed**2 / 9.81 * 1.25, name
    assert "none" in bundle.armour
    assert "none" in bundle.shields


def test_own_equipment_is_laid_over_the_bundled() -> None:
    """An entry of a bundled name changes what it says and leaves the rest."""
    text = SMALL + "weapons: {sword: {reach: 1.3}}\narmour: {cloth: {cover: {head: 0.1}}}\n"
    scenario = parse(text)
    bundle = catalogue()
    assert scenario.weapons["sword"].reach == 1.3
    assert scenario.weapons["sword"].force == bundle.weapons["sword"].force
    assert scenario.armour["cloth"].cover.head == 0.1
    assert scenario.armour["cloth"].cover.torso == bundle.armour["cloth"].cover.torso


def test_a_scenario_holds_all_the_equipment_it_uses() -> None:
    """So that a recording replays whatever becomes of the catalogue."""
    scenario = parse(template("mine"))
    assert set(scenario.weapons) == {"sword", "javelin", "spear", "stone", "axe"}
    assert set(scenario.armour) == {"leather", "cloth"}
    assert set(scenario.shields) == {"round_shield", "none"}


def test_the_builder_gives_what_a_file_gives() -> None:
    """A battle put together in Python equals the same battle on paper."""
    built = (
        Battle("small", field=(100, 80))
        .side("red")
        .side("blue")
        .unit("first", side="red", count=20, place=(20, 40))
        .unit("second", side="blue", count=30, place=(80, 40), facing="west")
    )
    assert built.scenario() == parse(SMALL)
    assert parse(built.yaml()) == parse(SMALL)
    with pytest.raises(ScenarioError, match="did you mean 'blue'"):
        built.unit("third", side="bleu", count=1, place=(5, 5)).scenario()


PARAMETERS = """\
fear:
  decay: {value: 0.1, unit: 1/s, source: invented, range: [0.01, 1], about: how fast fear fades}
  start: {value: 20 %, unit: "", source: a book, range: [0, 1], about: fear at first}
"""


def test_parameters_are_read_in_order() -> None:
    """Each has a dotted name, and says whether anybody measured it."""
    decay, start = read_parameters(PARAMETERS, "p.yaml")
    assert (decay.name, decay.value, decay.low, decay.high) == ("fear.decay", 0.1, 0.01, 1)
    assert decay.invented
    assert start.value == 0.2
    assert not start.invented


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value: 0.1", "value: 5", "p.yaml:2:18: 'fear.decay' is 5.0, outside its range"),
        (
            "value: 0.1",
            "valu: 0.1",
            "p.yaml:2:11: 'fear.decay' has no 'valu'; did you mean 'value'?",
        ),
        ("value: 0.1", "value: 3 m", "p.yaml:2:18: 'fear.decay': 3 m is a length"),
        ("[0.01, 1]", "[1]", "the range of 'fear.decay' is [low, high]"),
    ],
)
def test_a_fault_in_a_parameters_file_has_its_place(old: str, new: str, said: str) -> None:
    """The file of parameters is checked like a scenario."""
    with pytest.raises(ScenarioError) as fault:
        read_parameters(PARAMETERS.replace(old, new), "p.yaml")
    assert any(said in entry for entry in fault.value.problems), fault.value.problems


def test_overrides_lie_over_the_defaults() -> None:
    """Every parameter has a value, the scenario's where it gives one."""
    first = bundled_parameters()[0]
    values = values_for({first.name: first.high})
    assert values[first.name] == first.high
    assert len(values) == len(bundled_parameters())


def test_a_heights_file_is_taken_into_the_scenario(tmp_path: Path) -> None:
    """The file lies below the scenario; its rows stand in the scenario, which then stands alone."""
    (tmp_path / "hill.txt").write_text("0 1 2\n3, 4, 5\n", encoding="utf-8")
    path = tmp_path / "b.yaml"
    text = SMALL.replace("{size: [100, 80]}", "{size: [100, 80], heights: {file: FILE}}")
    path.write_text(text.replace("FILE", "hill.txt"), encoding="utf-8")
    scenario = load(path)
    assert scenario.field.heights is not None
    assert scenario.field.heights.rows == ((0, 1, 2), (3, 4, 5))
    for elsewhere in ("../hill.txt", "/etc/hostname", "no_such.txt"):
        path.write_text(text.replace("FILE", elsewhere), encoding="utf-8")
        with pytest.raises(ScenarioError, match=r"b\.yaml:3:42: the file of heights"):
            load(path)
