"""The reference of the scenario file, in Markdown, out of the schema: ``python -m
affray.scenario.reference``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from affray.scenario.commands import Conditions, Lean, Order, Trigger
from affray.scenario.dumping import plain
from affray.scenario.equipment import Armour, Cover, Resist, Shield, Weapon, catalogue
from affray.scenario.fields import LIVE, Section, show_number
from affray.scenario.ground import Band, Circle, FieldOfBattle, Ground, Heights, Rect, Terrain, Wind
from affray.scenario.inner import Memory, Notion
from affray.scenario.model import End, EndCondition, Record, Scenario
from affray.scenario.numbers import DIMENSIONS
from affray.scenario.people import Condition, Drive, Looks, Person, Tie
from affray.scenario.powers import EFFECT_SECTIONS, Cry, Power
from affray.scenario.schema import schema
from affray.scenario.template import template
from affray.scenario.units import (
    Body,
    Carried,
    Formation,
    Leader,
    Opening,
    Personality,
    PersonalityChange,
    Reinforcement,
    Side,
    Unit,
    When,
)

SECTIONS: tuple[tuple[str, type[Section]], ...] = (
    ("The top of the file", Scenario),
    ("field", FieldOfBattle),
    ("field.ground", Ground),
    ("field.wind", Wind),
    ("field.terrain[]", Terrain),
    ("field.terrain[].circle", Circle),
    ("field.terrain[].rect", Rect),
    ("field.terrain[].band", Band),
    ("field.heights", Heights),
    ("sides[]", Side),
    ("units[]", Unit),
    ("units[].formation", Formation),
    ("units[].weapons[]", Carried),
    ("units[].personality", Personality),
    ("units[].body", Body),
    ("units[].opening", Opening),
    ("units[].leader", Leader),
    ("units[].leader.personality", PersonalityChange),
    ("units[].orders[]", Order),
    ("units[].orders[].when", Conditions),
    ("units[].orders[].lean", Lean),
    ("units[].triggers[]", Trigger),
    ("reinforcements[]", Reinforcement),
    ("reinforcements[].when", When),
    ("people[]", Person),
    ("people[].looks", Looks),
    ("people[].ties.NAME", Tie),
    ("people[].memories[]", Memory),
    ("people[].drives[]", Drive),
    ("people[].drives[].when[]", Condition),
    ("notions[]", Notion),
    ("powers.NAME", Power),
    ("powers.NAME.cry", Cry),
    *((f"powers.NAME.{name}", section) for name, section in EFFECT_SECTIONS.items()),
    ("weapons.NAME", Weapon),
    ("armour.NAME", Armour),
    ("armour.NAME.cover", Cover),
    ("armour.NAME.resist", Resist),
    ("shields.NAME", Shield),
    ("end", End),
    ("end.when[]", EndCondition),
    ("record", Record),
)

INTRODUCTION = """\
# The scenario file

Written by `make docs` out of the schema; do not edit it by hand.

A battle is one YAML file. `affray new my_battle` writes one to start from, `affray check
my_battle.yaml` says what is wrong with it and where, `affray schema` prints the JSON Schema with
which an editor completes and checks it.

## How values are written

- A plain number means the unit in the tables below: metres, seconds, kilograms, degrees (0 is
  east, counter-clockwise), shares of 1. With a unit it may be any of the same kind:
{units}
- `true` and `false` are the only switches. `no`, `010`, `12:30`, `1_000`, `0x10` or `.inf` never
  become something else: where text is wanted they are that text, elsewhere an error with a remedy.
- Places are `[x, y]` in metres; x runs east, y north, `[0, 0]` is the south-west corner.
- What differs from fighter to fighter is `{{mean: 0.6, sd: 0.1}}`; a plain number is the mean and
  leaves the usual sd.
- Names are letters, digits, `_` and `-`. Aliases, anchors, tags, merge keys, duplicate keys and
  further documents are refused.
- Units that are alike are written once: `{{name: second, like: first, place: [70, 40]}}` is as
  `first` in all that it does not say itself.
- Changes from the command line: `--set units.first.count=40`, `--set 'units.*.training=0.8'`,
  `--set parameters.GROUP.NAME=0.2`, `--set size=100000`. Entries of lists go by name, or by number
  from 0. A change to a part of a short form (`personality.courage.sd` of `courage: 0.7`) keeps the
  rest of it; one to equipment or a power that nobody has is refused. A fork may change only what is
  marked *live*.

## An example

```yaml
{example}```
"""


def reference() -> str:
    """The whole reference, as Markdown."""
    units = "\n".join(f"  - {name}: {_units(table)}" for name, table in DIMENSIONS.items())
    parts = [INTRODUCTION.format(units=units, example=template("first_battle"))]
    described = schema()
    for path, section in SECTIONS:
        parts.append("\n".join(section_table(path, section, described)))
    parts.append("\n".join(_catalogue()))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _units(table: dict[str, str]) -> str:
    return ", ".join(f"`{unit}`" for unit in table if unit) or "no unit"


def section_table(path: str, section: type[Section], described: dict[str, Any]) -> Iterator[str]:
    """The keys of a section as a table. ``described``: the JSON Schema that it is of."""
    properties = described["$defs"].get(section.__name__, described)
    heading = path if path.startswith("The ") else f"`{path}`"
    yield f"## {heading}\n"
    yield " ".join((section.__doc__ or "").split("\n\n")[0].split()) + "\n"
    yield "| key | what | value | default | |"
    yield "|---|---|---|---|---|"
    ways = [way["required"] for way in properties.get("anyOf", [])]
    required = [*properties.get("required", []), *(ways[0] if ways else [])]
    for name, info in properties["properties"].items():
        default = "required" if name in required else _default(section, name)
        live = "live" if info.get("mutability") == LIVE else ""
        what = _cell(info.get("description", ""))
        yield f"| `{name}` | {what} | {_value(info)} | {default} | {live} |"
    if example := getattr(section, "EXAMPLE", ""):
        under = getattr(section, "UNDER", "powers")
        yield f"\nFor example:\n\n```yaml\n{under}:\n  {example}\n```"


def _default(section: type[Section], name: str) -> str:
    field = next(info for key, info in section.model_fields.items() if (info.alias or key) == name)
    value = plain(field.get_default(call_default_factory=True))
    if value is None or value in ("", [], {}):
        return ""
    shown = _show(value)
    return f"`{shown}`" if len(shown) <= 40 else "see there"


def _show(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return show_number(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_show(part)}" for name, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_show(part) for part in value) + "]"
    return str(value)


def _value(info: dict[str, Any]) -> str:
    """What may stand there, in a few words."""
    if "enum" in info:
        return ", ".join(f"`{name}`" for name in info["enum"])
    choices = info.get("anyOf", [info])
    if "prefixItems" in info:
        return f"[x, y] in {info['prefixItems'][0]['unit']}"
    if "const" in choices[0] and len(choices) == 1:
        return f"`{choices[0]['const']}`"
    if any("prefixItems" in choice or choice.get("minItems") == 2 for choice in choices):
        return "[x, y] in m, or a name"
    for choice in choices:
        if "minimum" in choice:
            unit = f" {info['unit']}" if info.get("unit") else ""
            kind = "whole, " if choice["type"] == "integer" else ""
            words = [word for other in choices for word in other.get("enum", [])]
            also = f"; {', '.join(words)}" if words else ""
            spread = "; or {mean, sd}" if any("properties" in other for other in choices) else ""
            low, high = show_number(choice["minimum"]), show_number(choice["maximum"])
            return f"{kind}{low} to {high}{unit}{spread}{also}"
    kinds = {"string": "text", "boolean": "true or false", "array": "list", "object": "mapping"}
    return kinds.get(choices[0].get("type", "object"), "mapping")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _catalogue() -> Iterator[str]:
    """The bundled catalogue, as tables."""
    bundle = catalogue()
    yield "## The bundled catalogue\n"
    yield "Sources are named per group of numbers; *invented* means that nobody has measured it.\n"
    numbers = (
        "reach",
        "mass",
        "windup",
        "recovery",
        "force",
        "kind",
        "parry",
        "embeds",
        "range",
        "speed",
        "carried",
    )
    yield f"| weapon | {' | '.join(_headed(Weapon, name) for name in numbers)} | sources |"
    yield "|---" * (len(numbers) + 2) + "|"
    for name, weapon in bundle.weapons.items():
        row = " | ".join(_show(getattr(weapon, number)) for number in numbers)
        yield f"| `{name}` | {row} | {_sources(weapon)} |"
    yield "\n| armour | mass (kg) | cover | resist | sources |\n|---|---|---|---|---|"
    for name, armour in bundle.armour.items():
        cover, resist = _parts(armour.cover), _parts(armour.resist)
        yield f"| `{name}` | {_show(armour.mass)} | {cover} | {resist} | {_sources(armour)} |"
    yield "\n| shield | mass (kg) | block | missile_block | sources |\n|---|---|---|---|---|"
    for name, shield in bundle.shields.items():
        row = f"{_show(shield.mass)} | {_show(shield.block)} | {_show(shield.missile_block)}"
        yield f"| `{name}` | {row} | {_sources(shield)} |"
    yield "\nWorks named above:\n"
    for name, work in bundle.literature.items():
        yield f"- {name}: {work}"


def _headed(section: type[Section], name: str) -> str:
    unit = next(
        (mark.unit for mark in section.model_fields[name].metadata if hasattr(mark, "unit")), ""
    )
    return f"{name} ({unit})" if unit and unit != "bare" else name


def _parts(section: Section) -> str:
    return ", ".join(f"{name} {_show(part)}" for name, part in dict(section).items() if part)


def _sources(entry: Any) -> str:
    return _cell("; ".join(f"{group}: {source}" for group, source in entry.sources.items()))


if __name__ == "__main__":
    sys.stdout.write(reference())
