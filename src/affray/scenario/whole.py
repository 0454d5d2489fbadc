"""A tree of nodes to a checked Scenario: version, heights, schema, names across the file, places.

Every check runs, whatever the others found, so that an author sees all problems at once.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from affray.scenario.checks import check_names
from affray.scenario.composing import decode
from affray.scenario.equipment import catalogue
from affray.scenario.explain import explain
from affray.scenario.fields import Section, kind_of
from affray.scenario.formation import check_fits
from affray.scenario.ground import rows_of_heights
from affray.scenario.model import VERSION, Scenario
from affray.scenario.nodes import Node, Say
from affray.scenario.parameters import bundled_parameters, read_overrides
from affray.scenario.problems import Problems
from affray.scenario.scaling import check_numbers, check_scaled
from affray.world.errors import ScenarioError
from affray.world.limits import SCENARIO_BYTES


def check(root: Node, problems: Problems, folder: Path | None = None) -> Scenario:
    """`root` as a checked scenario. `problems` are those found in composing it. Raises
    ScenarioError.
    """
    say = _teller(problems)
    if not isinstance(root.value, dict):
        say(root, f"a scenario is a mapping (key: value lines), not {kind_of(root.value)}")
        raise problems.error()
    _check_version(root, say)
    _take_in_heights(root, folder, say)
    data = root.plain()
    data.pop("affray", None)
    if "parameters" in root.value:
        data["parameters"], wrong_ones = read_overrides(
            root.value["parameters"], bundled_parameters()
        )
        for node, text in wrong_ones:
            say(node, text)
    check_names(root, say)
    scenario = None
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        explain(error, root, say)
    if scenario is not None and not problems:
        check_fits(scenario, root, say)
        check_scaled(scenario, root, say)
    if scenario is not None and not problems:
        check_numbers(scenario, root, say)
    if scenario is None or problems:
        raise problems.error()
    units = {unit.word("name") or "": unit for unit in root.listed("units")}
    placed = {name: (unit.at("place") or unit).place for name, unit in units.items()}
    return _with_equipment(scenario).placed(placed)


def _teller(problems: Problems) -> Say:
    def say(node: Node, text: str) -> None:
        if not node.broken:
            problems.say(node.place, text)

    return say


def _check_version(root: Node, say: Say) -> None:
    assert isinstance(root.value, dict)
    node = root.value.get("affray")
    if node is None:
        say(root, f"the version is missing; begin the file with 'affray: {VERSION}'")
        return
    if node.broken:
        return
    text = str(node.value) if not isinstance(node.value, (dict, list)) else ""
    if text == str(VERSION):
        return
    if text.isdecimal() and int(text[:9]) > VERSION:
        fault = f"this scenario is of version {text}, this affray reads {VERSION}; update affray"
        raise ScenarioError([f"{node.place}: {fault}"])
    say(node, f"the version is written 'affray: {VERSION}'; there is no other yet")


def _take_in_heights(root: Node, folder: Path | None, say: Say) -> None:
    """Put the rows of a heights file in the place of its name: the scenario stands alone."""
    node, given = root.walk_to(("field", "heights"))
    if not given or not isinstance(node.value, dict) or set(node.value) != {"file"}:
        return
    named = node.value["file"]
    if not isinstance(named.value, str):
        return
    node.broken = True
    relative = Path(named.value)
    if folder is None or relative.is_absolute() or ".." in relative.parts:
        say(named, "the file of heights must lie in or below the scenario's own folder")
        return
    try:
        with (folder / relative).open("rb") as file:
            raw = file.read(SCENARIO_BYTES + 1)
    except (OSError, ValueError) as fault:
        say(
            named,
            f"the file of heights cannot be read: {getattr(fault, 'strerror', None) or fault}",
        )
        return
    if len(raw) > SCENARIO_BYTES:
        say(named, f"the file of heights is larger than {SCENARIO_BYTES:,} bytes")
        return
    rows = rows_of_heights(decode(raw, named.value))
    place = named.place
    lines = [Node([Node(text, place) for text in row], place) for row in rows]
    node.value, node.broken = {"rows": Node(list(lines), place, place)}, False


def _with_equipment(scenario: Scenario) -> Scenario:
    """`scenario` with exactly the catalogue entries that somebody carries, and its own.

    So it stands alone, whatever becomes of the catalogue.
    """
    units = scenario.units
    used: dict[str, list[str]] = {
        "weapons": [entry.name for unit in units for entry in unit.weapons],
        "armour": [unit.armour for unit in units],
        "shields": [unit.shield for unit in units],
    }
    kept: dict[str, dict[str, Section]] = {}
    for group, names in used.items():
        bundle, own = getattr(catalogue(), group), getattr(scenario, group)
        kept[group] = {name: own.get(name, bundle.get(name)) for name in names}
        kept[group].update({name: own[name] for name in own if own[name] != bundle.get(name)})
    return scenario.model_copy(update=kept)
