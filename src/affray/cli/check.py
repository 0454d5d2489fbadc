"""``affray check FILE``: every problem of a scenario at its place, or a short digest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from affray.cli.options import Json, Sets

if TYPE_CHECKING:
    from affray.scenario import Scenario


def command(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A scenario file, or a bundled battle's name.")
    ],
    sets: Sets = None,
    json: Json = False,
) -> None:
    """Say what is wrong with a scenario, and where."""
    from affray.cli.screen import print_json
    from affray.world.errors import ScenarioError

    try:
        facts = digest_of(_sound(file, sets or []))
    except ScenarioError as fault:
        if not json:
            raise
        print_json({"ok": False, "problems": fault.problems})
        raise typer.Exit(fault.exit_code) from None
    if json:
        print_json({"ok": True, "problems": [], **facts})
        return
    from affray.scenario.fields import listed

    sides = ", ".join(f"{name} {count:,}" for name, count in facts["sides"].items())
    width, height = facts["field_m"]
    print(f"ok: {facts['name']}: {facts['title']}")
    print(f"    {facts['fighters']:,} fighters ({sides}) in {facts['units']} units")
    print(f"    a field of {width:g} × {height:g} m, for up to {facts['lasts']}")
    for section, names in facts["idle"].items():
        print(f"    nobody has, of the {section}: {', '.join(names)}")
    if facts["undriven"]:
        print(f"    no drive ever uses: {listed(facts['undriven'])}")
    for names in facts["coincident"]:
        print(f"    on the very same spot: {listed(names)}")
    for line in facts["unheeded"]:
        print(f"    to no effect: {line}")
    print(f"    digest {facts['digest']}")


def _sound(file: str, sets: list[str]) -> Scenario:
    """The scenario at its size, checked; unless it is huge, also that everybody can stand where he
    is put.
    """
    from affray.scenario import load, scaled
    from affray.scenario.build import refuse_unbuildable

    scenario = scaled(load(file, sets))
    refuse_unbuildable(scenario)
    return scenario


def digest_of(scenario: Scenario) -> dict[str, Any]:
    """A few facts about a checked scenario, at its size."""
    from affray.report.clock import span
    from affray.scenario import coincident, digest, idle, undriven, unheeded

    sides = {side.name: 0 for side in scenario.sides}
    for unit in scenario.units:
        sides[unit.side] += unit.count
    return {
        "name": scenario.name,
        "title": scenario.title or scenario.name,
        "fighters": scenario.fighters(),
        "sides": sides,
        "units": len(scenario.units),
        "field_m": list(scenario.field.size),
        "lasts_s": scenario.end.after,
        "lasts": span(scenario.end.after),
        "idle": idle(scenario),
        "undriven": undriven(scenario),
        "coincident": coincident(scenario),
        "unheeded": unheeded(scenario),
        "digest": digest(scenario),
    }
