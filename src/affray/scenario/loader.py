"""From the text of a scenario to a checked Scenario, with every fault named at once.

The one way in: nodes (safe subset), then the schema, then names and places across the file. Each
problem reads ``file:line:column: what is wrong; what is allowed; did you mean ...``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from affray.scenario.composing import compose, decode
from affray.scenario.dumping import dump
from affray.scenario.fields import listed, nearest
from affray.scenario.idle import refuse_idle
from affray.scenario.likeness import write_out
from affray.scenario.model import Scenario
from affray.scenario.nodes import node_from_data
from affray.scenario.paths import apply_to
from affray.scenario.problems import Problems
from affray.scenario.whole import check
from affray.world.errors import ScenarioError, UsageError
from affray.world.limits import SCENARIO_BYTES


def load(source: str | Path, sets: Sequence[str] = ()) -> Scenario:
    """The scenario in a file, or the bundled battle of that name, with ``path=value`` changes laid
    over it.

    Text with a line break in it is taken for the scenario itself. Raises ScenarioError, or
    UsageError if nothing has that name.
    """
    if isinstance(source, str) and "\n" in source:
        return parse(source, "text", sets)
    path = Path(source)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return parse(_read(path), str(source), sets, path.parent)
    if source not in bundled() and (named := Path(f"{source}.yaml")).is_file():
        raise UsageError(f"there is no battle '{source}'; the file is called {named}")
    return load_bundled(str(source), sets)


def load_bundled(name: str, sets: Sequence[str] = ()) -> Scenario:
    """The bundled battle called `name`. Raises UsageError naming the nearest if there is none."""
    names = bundled()
    if name not in names:
        raise UsageError(
            f"there is no battle '{name}'; bundled are {listed(names)}{nearest(name, names)}; "
            "a file of your own is given as PATH.yaml"
        )
    file = resources.files("affray") / "battles" / f"{name}.yaml"
    with resources.as_file(file) as path:
        return parse(_read(path), f"{name}.yaml", sets, path.parent)


def bundled() -> list[str]:
    """Names of the bundled battles, sorted."""
    folder = resources.files("affray").joinpath("battles")
    if not folder.is_dir():
        return []
    return sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(SCENARIO_BYTES + 1)
    except FileNotFoundError:
        raise ScenarioError([f"{path}: there is no such file{_nearest_file(path)}"]) from None
    except OSError as fault:
        raise ScenarioError([f"{path}: cannot be read: {fault.strerror}"]) from None


def _nearest_file(path: Path) -> str:
    if path.stem in bundled():
        return f"; the bundled battle is called '{path.stem}'"
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.suffix in (".yaml", ".yml")]
    except OSError:
        return ""
    return nearest(path.name, names)


def parse(
    text: str | bytes,
    filename: str = "scenario",
    sets: Sequence[str] = (),
    folder: Path | None = None,
) -> Scenario:
    """The scenario that `text` says. `filename` stands in errors; files it names are looked up
    below `folder`.

    Raises ScenarioError with every problem found.
    """
    if isinstance(text, bytes):
        text = decode(text, filename)
    problems = Problems()
    root = compose(text, filename, problems)
    write_out(root, problems)
    if sets:
        apply_to(root, sets)
    scenario = check(root, problems, folder)
    refuse_idle(scenario, sets)
    return scenario


def parse_changed(text: str | bytes, filename: str, changes: Iterable[Sequence[str]]) -> Scenario:
    """The scenario that `text` says, with one change after the other laid over it, each
    ``path=value`` several times. Raises ScenarioError.
    """
    scenario = parse(text, filename)
    for sets in changes:
        scenario = apply_sets(scenario, sets)
    return scenario


def from_data(data: dict[str, Any], origin: str = "scenario", sets: Sequence[str] = ()) -> Scenario:
    """The scenario that plain Python data says, as the builder makes it. Raises ScenarioError."""
    root, problems = node_from_data(data, origin), Problems()
    write_out(root, problems)
    if sets:
        apply_to(root, sets)
    scenario = check(root, problems)
    refuse_idle(scenario, sets)
    return scenario


def apply_sets(scenario: Scenario, sets: Sequence[str]) -> Scenario:
    """`scenario` with each ``path=value`` of `sets` laid over it, checked again. Raises
    ScenarioError.
    """
    return parse(dump(scenario), scenario.name, sets)
