"""From the text of a scenario to a checked Scenario, with every fault named at once.

The one way in: nodes (safe subset), then the schema, then names and places across the file. Each problem reads
``file:line:column: what is wrong; what is allowed; did you mean ...``.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from affray.scenario.checks import Say, check_names
from affray.scenario.dumping import dump
from affray.scenario.equipment import catalogue
from affray.scenario.fields import kind_of, listed, nearest
from affray.scenario.formation import check_fits
from affray.scenario.ground import rows_of_heights
from affray.scenario.model import VERSION, Scenario
from affray.scenario.nodes import Node, broken_paths, compose, decode, node_from_data
from affray.scenario.parameters import bundled_parameters, read_overrides
from affray.scenario.paths import Path as Steps
from affray.scenario.paths import apply_to, slot_at
from affray.scenario.problems import Problems
from affray.scenario.scaling import check_scaled
from affray.world.errors import ScenarioError, UsageError
from affray.world.limits import SCENARIO_BYTES


def load(source: str | Path, sets: Sequence[str] = ()) -> Scenario:
    """The scenario in a file, or the bundled battle of that name, with ``path=value`` changes laid over it.

    Text with a line break in it is taken for the scenario itself. Raises ScenarioError, or UsageError if nothing has
    that name.
    """
    if isinstance(source, str) and "\n" in source:
        return parse(source, "text", sets)
    path = Path(source)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return parse(_read(path), str(source), sets, path.parent)
    return load_bundled(str(source), sets)


def load_bundled(name: str, sets: Sequence[str] = ()) -> Scenario:
    """The bundled battle called `name`. Raises UsageError naming the nearest if there is none."""
    names = bundled()
    if name not in names:
        raise UsageError(
            f"there is no battle '{name}'; bundled are {listed(names)}{nearest(name, names)}; "
            "a file of your own is given as PATH.yaml"
        )
    file = resources.files("affray").joinpath("battles", f"{name}.yaml")
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
    """The scenario that `text` says. `filename` stands in errors; files it names are looked up below `folder`.

    Raises ScenarioError with every problem found.
    """
    if isinstance(text, bytes):
        text = decode(text, filename)
    problems = Problems()
    root = compose(text, filename, problems)
    if sets:
        apply_to(root, sets)
    return check(root, problems, folder)


def from_data(data: dict[str, Any], origin: str = "scenario", sets: Sequence[str] = ()) -> Scenario:
    """The scenario that plain Python data says, as the builder makes it. Raises ScenarioError."""
    root = node_from_data(data, origin)
    if sets:
        apply_to(root, sets)
    return check(root, Problems())


def apply_sets(scenario: Scenario, sets: Sequence[str]) -> Scenario:
    """`scenario` with each ``path=value`` of `sets` laid over it, checked again. Raises ScenarioError."""
    return parse(dump(scenario), scenario.name, sets)


def check(root: Node, problems: Problems, folder: Path | None = None) -> Scenario:
    """`root` as a checked scenario. `problems` are those found in composing it. Raises ScenarioError."""
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
        scenario = Scenario.model_validate(_with_equipment(data))
    except ValidationError as error:
        _explain(error, root, say)
    if scenario is not None and not problems:
        check_fits(scenario, root, say)
        check_scaled(scenario, root, say)
    if scenario is None or problems:
        raise problems.error()
    return _without_idle_copies(scenario)


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
    if text.isdigit() and int(text[:9]) > VERSION:
        raise ScenarioError(
            [
                f"{node.place}: this scenario is of version {text}, this affray reads {VERSION}; update affray"
            ]
        )
    say(node, f"the version is written 'affray: {VERSION}'; there is no other yet")


def _take_in_heights(root: Node, folder: Path | None, say: Say) -> None:
    """Put the rows of a heights file in the place of its name, so that the scenario stands alone."""
    node = root.walk_to(("field", "heights"))[0] if root.walk_to(("field", "heights"))[1] else None
    if node is None or not isinstance(node.value, dict) or set(node.value) != {"file"}:
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


def _with_equipment(data: dict[str, Any]) -> dict[str, Any]:
    """`data` with the catalogue entries that somebody carries written out, and no others.

    So the scenario stands alone, whatever becomes of the catalogue. Own entries stay, used or not.
    """
    used: dict[str, dict[str, None]] = {"weapons": {}, "armour": {}, "shields": {}}
    units = data.get("units")
    for unit in units if isinstance(units, list) else []:
        if not isinstance(unit, dict):
            continue
        _note_used(unit, used, ("sword",), "cloth", "none")
        if isinstance(unit.get("leader"), dict):
            _note_used(unit["leader"], used, (), None, None)
    filled = dict(data)
    for group, names in used.items():
        own = data.get(group, {})
        if isinstance(own, dict):
            entries = getattr(catalogue(), group)
            filled[group] = {
                **own,
                **{name: {} for name in names if name in entries and name not in own},
            }
    return filled


def _without_idle_copies(scenario: Scenario) -> Scenario:
    """`scenario` without entries that nobody carries and that are as in the catalogue."""
    carriers = [
        holder for unit in scenario.units for holder in (unit, unit.leader) if holder is not None
    ]
    used = {
        "weapons": {entry.name for holder in carriers for entry in holder.weapons or ()},
        "armour": {holder.armour for holder in carriers},
        "shields": {holder.shield for holder in carriers},
    }
    kept = {}
    for group, names in used.items():
        entries = getattr(catalogue(), group)
        own = getattr(scenario, group)
        kept[group] = {
            name: own[name] for name in own if name in names or own[name] != entries.get(name)
        }
    return scenario.model_copy(update=kept)


def _note_used(
    holder: dict[str, Any],
    used: dict[str, dict[str, None]],
    weapons: tuple[str, ...],
    armour: str | None,
    shield: str | None,
) -> None:
    carried = holder.get("weapons", weapons)
    for entry in carried if isinstance(carried, (list, tuple)) else []:
        name = entry.get("name") if isinstance(entry, dict) else entry
        if isinstance(name, str):
            used["weapons"][name] = None
    for group, default in (("armour", armour), ("shields", shield)):
        name = holder.get("armour" if group == "armour" else "shield", default)
        if isinstance(name, str):
            used[group][name] = None


def _explain(error: ValidationError, root: Node, say: Say) -> None:
    """Each of pydantic's errors as a sentence at its place."""
    broken = set(broken_paths(root))
    for entry in error.errors(include_url=False, include_context=True):
        path: Steps = tuple(entry["loc"])
        if any(path[:length] in broken for length in range(len(path) + 1)):
            continue
        if entry["type"] == "too_short" and len(entry["input"]) >= entry["ctx"]["min_length"]:
            continue  # only the sound entries were counted; what ails the others is said for each
        node = root.walk_to(path)[0]
        kind = entry["type"]
        if kind == "extra_forbidden":
            _explain_unknown(path, node, say)
        elif kind == "missing":
            say(node, _missing(path))
        elif path and path[-1] == "[key]":
            holder = root.walk_to(path[:-1])[0]
            say(_at_key(holder), entry["msg"])
        else:
            say(node, _sentence(entry))


def _explain_unknown(path: Steps, node: Node, say: Say) -> None:
    slot = slot_at(path[:-1])
    keys = list(slot.keys()) if slot is not None else []
    word = str(path[-1])
    say(
        _at_key(node),
        f"there is no key '{word}' here; allowed are {listed(keys, 40)}{nearest(word, keys)}",
    )


def _at_key(node: Node) -> Node:
    """The same, placed where its key stands."""
    return Node(node.value, node.key_place or node.place, broken=node.broken)


def _missing(path: Steps) -> str:
    if isinstance(path[-1], int):
        return f"this list is too short; entry {path[-1] + 1} is missing"
    return f"'{path[-1]}' is missing here; add '{path[-1]}: ...'"


def _sentence(entry: Any) -> str:
    kind, context = entry["type"], entry.get("ctx", {})
    found = entry["input"]
    if kind in ("tuple_type", "list_type"):
        return (
            f"a list is wanted here ([a, b], or lines that begin with '- '), not {kind_of(found)}"
        )
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return (
            f"a mapping is wanted here (key: value lines, or {{key: value}}), not {kind_of(found)}"
        )
    if kind == "too_long":
        return f"at most {context['max_length']} entries are allowed here, not {context.get('actual_length', 'more')}"
    if kind == "too_short":
        return f"at least {context['min_length']} entries are wanted here"
    return str(entry["msg"])
