"""Equipment and powers that nobody has, and powers that nobody uses. Nothing in the battle would
notice a change to the former, which is a slip of the pen and refused; in a file they may wait for
their day, and are only named.
"""

from __future__ import annotations

from collections.abc import Sequence

from affray.scenario.fields import listed, nearest
from affray.scenario.model import Scenario
from affray.scenario.paths import set_paths
from affray.world.errors import ScenarioError


def refuse_idle(scenario: Scenario, sets: Sequence[str]) -> None:
    """Raise ScenarioError for every change to equipment or a power that nobody has, `scenario`
    being what all the changes made of it.
    """
    if not sets:
        return
    problems = []
    all_had = _had(scenario)
    for text, path in zip(sets, set_paths(sets), strict=True):
        section, _, rest = path.partition(".")
        name = rest.partition(".")[0].strip()
        had = all_had.get(section.strip())
        if had is not None and name and "*" not in name and name not in had:
            problems.append(
                f"--set {text[:80]}: nobody here has '{name}' of the {section.strip()}; they have "
                f"{listed(sorted(had)) or 'none'}{nearest(name, sorted(had))}"
            )
    if problems:
        raise ScenarioError(problems)


def idle(scenario: Scenario) -> dict[str, list[str]]:
    """Of each section the entries of the file that nobody has, if there are any."""
    waiting = {
        section: sorted(set(getattr(scenario, section)) - had)
        for section, had in _had(scenario).items()
    }
    return {section: names for section, names in waiting.items() if names}


def undriven(scenario: Scenario) -> list[str]:
    """Powers that somebody has and no drive of his would ever have him use: `NAME of PERSON`."""
    return [
        f"{name} of {person.name}"
        for person in scenario.people
        for name in person.powers
        if name not in {drive.power for drive in person.drives}
    ]


def _had(scenario: Scenario) -> dict[str, set[str]]:
    """Of each section whose entries have names of their own, those that somebody has."""
    powers = scenario.powers.values()
    strikes = [effect for power in powers for effect in (power.blast, power.hurl) if effect]
    return {
        "weapons": {
            *(entry.name for unit in scenario.units for entry in unit.weapons),
            *(effect.weapon for effect in strikes),
        },
        "armour": {unit.armour for unit in scenario.units},
        "shields": {unit.shield for unit in scenario.units},
        "powers": {
            *(name for person in scenario.people for name in person.powers),
            *(power.then for power in powers if power.then is not None),
        },
    }
