"""Checks across a scenario: names that refer to each other, places within the field, hostility,
reserves.

They read the raw nodes, so that they find their faults beside those of the schema, in one go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pydantic_core import PydanticCustomError

from affray.scenario.equipment import catalogue
from affray.scenario.fields import NAME_PATTERN, Number, listed, nearest
from affray.scenario.nodes import Node
from affray.world.limits import FIELD_SIDE_M

Say = Callable[[Node, str], None]
"""Takes the node at fault and what is wrong."""


def check_names(root: Node, say: Say) -> None:
    """Report through `say` every name that means nothing and every place outside the field."""
    sides = _names(root, "sides", say)
    units = _names(root, "units", say)
    for name in units.keys() & sides.keys():
        say(units[name], f"'{name}' names a side already; a unit needs a name of its own")
    _check_hostility(root, sides, say)
    known = {
        "weapons": [*catalogue().weapons, *_keys(root, "weapons")],
        "armour": [*catalogue().armour, *_keys(root, "armour")],
        "shields": [*catalogue().shields, *_keys(root, "shields")],
    }
    size = _field_size(root)
    side_of = {
        _text(_get(unit, "name")) or "": _text(_get(unit, "side")) for unit in _items(root, "units")
    }
    for unit in _items(root, "units"):
        _know(_get(unit, "side"), sides, "side", say)
        _check_equipment(unit, known, say)
        _refuse_own_kit(unit, say)
        _check_orders(unit, {**sides, **units}, size, say)
        _check_commands(unit, units, side_of, say)
        _check_inside(_get(unit, "place"), size, say)
    _check_reserves(root, sides, units, size, say)
    _check_people(root, units, say)
    _check_bidden(root, say)
    _check_powers(root, units, known["weapons"], say)


def _check_hostility(root: Node, sides: dict[str, Node], say: Say) -> None:
    foes: dict[str, tuple[set[str], Node]] = {}
    for side in _items(root, "sides"):
        own = _text(_get(side, "name"))
        listing = _get(side, "hostile_to")
        if own is None:
            continue
        if listing is None or not isinstance(listing.value, list):
            foes[own] = (set(sides) - {own}, side)
            continue
        for node in listing.value:
            _know(node, sides, "side", say)
            if _text(node) == own:
                say(node, f"side '{own}' cannot be hostile to itself")
        foes[own] = ({_text(node) or "" for node in listing.value}, listing)
    for own, (others, _) in foes.items():
        for other in sorted(others & foes.keys()):
            if own not in foes[other][0] and own != other:
                say(
                    foes[other][1],
                    f"'{own}' fights '{other}', so hostile_to of '{other}' must name '{own}' too",
                )
    if len(foes) > 1 and not any(others for others, _ in foes.values()):
        say(
            _items(root, "sides")[0],
            "no side is hostile to any other; take a hostile_to out, or name a foe",
        )


def _check_equipment(holder: Node, known: dict[str, list[str]], say: Say) -> None:
    for entry in _items(holder, "weapons"):
        _know(
            _get(entry, "name") if isinstance(entry.value, dict) else entry,
            known["weapons"],
            "weapon",
            say,
        )
    _know(_get(holder, "armour"), known["armour"], "armour", say)
    _know(_get(holder, "shield"), known["shields"], "shield", say)


def _refuse_own_kit(unit: Node, say: Say) -> None:
    """A unit is armed alike, its leader too."""
    leader = _get(unit, "leader")
    for part in ("weapons", "armour", "shield"):
        node = _get(leader, part) if leader is not None else None
        if node is not None:
            say(
                node,
                f"a unit is armed alike, its leader too; leave '{part}' out, or make whoever "
                "carries something else a unit of one fighter",
            )
            node.broken = True  # that there is no such key would only be the same again


def _check_orders(
    unit: Node, names: dict[str, Node], size: tuple[float, float] | None, say: Say
) -> None:
    for order in _entries(unit, "orders") + _entries(unit, "triggers"):
        toward = _get(order, "toward")
        if toward is not None and isinstance(toward.value, list):
            _check_inside(toward, size, say)
        else:
            _know(toward, names, "side or unit", say)


def _check_commands(
    unit: Node, units: dict[str, Node], side_of: dict[str, str | None], say: Say
) -> None:
    """Whoever gives an order leads a unit, and whoever is told is of his side and has a leader."""
    own = _text(_get(unit, "name"))
    for order in _entries(unit, "orders"):
        given = any(_get(order, key) is not None for key in ("when", "to"))
        way = _text(_get(order, "by")) or ("voice" if given else "plan")
        if way != "plan" and _text(_get(unit, "leader")) == "none":
            say(
                order,
                f"nobody leads unit '{own}' who could give this order; give it a leader, or say "
                "what each does of himself under 'triggers'",
            )
        for node in _items(order, "to"):
            _know(node, units, "unit", say)
            name = _text(node)
            if name in side_of and own in side_of and side_of[name] != side_of[own]:
                say(node, f"unit '{name}' is of another side; orders go to one's own")


def _check_people(root: Node, units: dict[str, Node], say: Say) -> None:
    """Ties and drives are about people whom the battle names, and no fighter is two of them."""
    people = _names(root, "people", say)
    notions = _names(root, "notions", say)
    for notion in _items(root, "notions"):
        _know(_get(notion, "about"), people, "person", say)
    placed: dict[tuple[str, str], str] = {}
    for person in _items(root, "people"):
        own, unit = _text(_get(person, "name")), _get(person, "unit")
        _know(unit, units, "unit", say)
        if unit is not None:
            place = (_text(unit) or "", _text(_get(person, "number")) or "1")
            if place in placed:
                say(person, f"'{own}' and '{placed[place]}' are the same fighter; give a 'number'")
            placed.setdefault(place, own or "")
        ties = _get(person, "ties")
        for name, node in (
            ties.value if ties is not None and isinstance(ties.value, dict) else {}
        ).items():
            if name == own:
                say(node, f"'{own}' has no tie with himself")
            elif re.fullmatch(NAME_PATTERN, name) and name not in people:
                say(
                    node,
                    f"there is nobody named '{name}'; there are {listed(people, 40)}"
                    f"{nearest(name, people)}",
                )
        _check_inner(person, people, notions, say)
        powers = list(_keys(root, "powers"))
        for node in _items(person, "powers"):
            _know(node, powers, "power", say)
        has = [_text(node) for node in _items(person, "powers")]
        for drive in _entries(person, "drives"):
            _know(_get(drive, "whom"), people, "person", say)
            power = _get(drive, "power")
            _know(power, powers, "power", say)
            if power is not None and _text(power) in powers and _text(power) not in has:
                say(power, f"'{own}' does not have '{_text(power)}'; add it to his 'powers'")
            for condition in _entries(drive, "when"):
                _know(_get(condition, "of"), people, "person", say)


def _check_inner(person: Node, people: dict[str, Node], notions: dict[str, Node], say: Say) -> None:
    """What somebody remembers, holds and says is about people, notions and memories there are."""
    memories: list[str] = []
    for node in _items(person, "memories"):
        name = _text(_get(node, "name") if isinstance(node.value, dict) else node) or ""
        if name in memories:
            say(node, f"'{name}' is remembered twice; give each memory a name of its own")
        memories.append(name)
        _know(_get(node, "of"), people, "person", say)
    holds = _get(person, "holds")
    for name, node in (
        holds.value.items() if holds is not None and isinstance(holds.value, dict) else ()
    ):
        if re.fullmatch(NAME_PATTERN, name) and name not in notions:
            there = listed(notions, 40) or "none"
            say(node, f"there is no notion '{name}'; there are {there}{nearest(name, notions)}")
    for drive in _entries(person, "drives"):
        for one in (drive, *_entries(drive, "when")):
            _know(_get(one, "notion"), notions, "notion", say)
        for condition in _entries(drive, "when"):
            memory = _get(condition, "memory")
            if memory is not None and _text(memory) not in memories:
                there = listed(memories, 40) or "none"
                say(memory, f"he has no memory '{_text(memory)}'; there are {there}")


def _check_bidden(root: Node, say: Say) -> None:
    """Orders that wait to be bidden, and people driven to command, have each other."""
    commanded = {
        _text(_get(person, "unit")): drive
        for person in _items(root, "people")
        for drive in _entries(person, "drives")
        if _text(_get(drive, "do")) == "command"
    }
    waiting = {
        _text(_get(unit, "name")): order
        for unit in _items(root, "units")
        for order in _entries(unit, "orders")
        if _of(order, "when", "bidden") is not None
    }
    for name in commanded.keys() - waiting.keys():
        what = "no order of his unit waits to be bidden; give one 'when: {bidden: true}'"
        say(commanded[name], what)
    for name in waiting.keys() - commanded.keys():
        what = "none of the people of this unit is driven to command; give its leader 'do: command'"
        say(waiting[name], what)


def _check_powers(root: Node, units: dict[str, Node], weapons: list[str], say: Say) -> None:
    """What powers name there is: weapons, people, terrain, reserves, powers that follow."""
    section = _get(root, "powers")
    powers = section.value if section is not None and isinstance(section.value, dict) else {}
    spared = ["self", *(_text(_get(person, "name")) or "" for person in _items(root, "people"))]
    field = _get(root, "field")
    shapes = _items(field, "terrain") if field is not None else []
    terrain = [_text(_get(shape, "name")) or "" for shape in shapes]
    for name, power in powers.items():
        for effect in ("blast", "hurl"):
            _know(_of(power, effect, "weapon"), weapons, "weapon", say)
        blast = _get(power, "blast")
        if blast is not None:
            for node in _items(blast, "spares"):
                _know(node, spared, "person", say)
            for node in _items(blast, "leaves"):
                _know(node, terrain, "terrain", say)
        _know(_of(power, "summon", "unit"), units, "unit", say)
        _know(_get(power, "then"), list(powers), "power", say)
        if _leads_back(name, powers):
            say(
                _get(power, "then") or power,
                f"'{name}' would follow itself for ever; end the chain",
            )


def _leads_back(name: str, powers: dict[str, Node]) -> bool:
    """Whether a power follows itself, over others or at once."""
    after = _text(_get(powers[name], "then"))
    for _ in powers:
        if after == name:
            return True
        after = _text(_get(powers[after], "then")) if after in powers else None
    return False


def _of(node: Node, *path: str) -> Node | None:
    """What stands under one key after another, if it does."""
    found: Node | None = node
    for name in path:
        found = _get(found, name) if found is not None else None
    return found


def _summoned(root: Node) -> set[str | None]:
    """Names of the reserves that a power brings in."""
    section = _get(root, "powers")
    powers = section.value if section is not None and isinstance(section.value, dict) else {}
    return {_text(_of(power, "summon", "unit")) for power in powers.values()}


def _entries(unit: Node, name: str) -> list[Node]:
    """The entries of a list, or the single one in its place."""
    child = _get(unit, name)
    if child is None:
        return []
    return child.value if isinstance(child.value, list) else [child]


def _check_reserves(
    root: Node,
    sides: dict[str, Node],
    units: dict[str, Node],
    size: tuple[float, float] | None,
    say: Say,
) -> None:
    reserves = {
        _text(_get(unit, "name")): unit
        for unit in _items(root, "units")
        if _text(_get(unit, "reserve")) in ("true", "True")
    }
    summoned = _summoned(root)
    called = set(summoned)
    for entry in _items(root, "reinforcements"):
        unit = _get(entry, "unit")
        if unit is not None and _text(unit) in summoned:
            say(unit, f"a power summons '{_text(unit)}' already; give each a reserve of its own")
        _know(unit, units, "unit", say)
        name = _text(unit)
        called.add(name)
        if unit is not None and name in units and name not in reserves:
            say(unit, f"unit '{name}' stands on the field from the start; give it 'reserve: true'")
        _check_inside(_get(entry, "enters"), size, say)
        when = _get(entry, "when")
        if when is not None:
            _know(_get(when, "falls_in"), {**sides, **units}, "side or unit", say)
    for unit in _items(root, "units"):
        name = _text(_get(unit, "name"))
        if name in reserves and name not in called:
            say(
                _get(unit, "reserve") or unit,
                f"no reinforcement ever calls in the reserve '{name}', and no power; add one",
            )
        elif name is not None and name not in reserves and _get(unit, "place") is None:
            say(unit, f"unit '{name}' has no place; say where its centre stands: 'place: [x, y]'")


def _know(node: Node | None, names: dict[str, Node] | list[str], what: str, say: Say) -> None:
    word = _text(node)
    if node is None or word is None or not re.fullmatch(NAME_PATTERN, word):
        return  # what is no name at all is said by the schema
    if word not in names:
        say(
            node,
            f"there is no {what} '{word}'; there are {listed(names, 40) or 'none'}"
            f"{nearest(word, names)}",
        )


def _check_inside(node: Node | None, size: tuple[float, float] | None, say: Say) -> None:
    point = _point(node)
    if node is None or point is None or size is None:
        return
    if not (0 <= point[0] <= size[0] and 0 <= point[1] <= size[1]):
        say(
            node,
            f"[{point[0]:g}, {point[1]:g}] lies outside the field; x goes from 0 to {size[0]:g} m, "
            f"y from 0 to {size[1]:g} m",
        )


def _field_size(root: Node) -> tuple[float, float] | None:
    field = _get(root, "field")
    return _point(_get(field, "size")) if field is not None else None


def _point(node: Node | None) -> tuple[float, float] | None:
    if node is None or not isinstance(node.value, list) or len(node.value) != 2:
        return None
    metres = Number("m", 0.0, FIELD_SIDE_M)
    try:
        return metres.read(node.value[0].value), metres.read(node.value[1].value)
    except PydanticCustomError:
        return None


def _names(root: Node, section: str, say: Say) -> dict[str, Node]:
    """Name → node of the name, over a section that is a list. A name given twice is reported."""
    found: dict[str, Node] = {}
    for item in _items(root, section):
        node = _get(item, "name")
        name = _text(node)
        if node is None or name is None:
            continue
        if name in found:
            say(
                node,
                f"'{name}' is named twice in {section} (first at {found[name].place}); "
                "names are unique",
            )
        found.setdefault(name, node)
    return found


def _items(node: Node, name: str) -> list[Node]:
    child = _get(node, name)
    return child.value if child is not None and isinstance(child.value, list) else []


def _keys(node: Node, name: str) -> Iterator[str]:
    child = _get(node, name)
    if child is not None and isinstance(child.value, dict):
        yield from child.value


def _get(node: Node, name: str) -> Node | None:
    return node.value.get(name) if isinstance(node.value, dict) else None


def _text(node: Node | None) -> str | None:
    """The text of a scalar, None if it is missing, no scalar, or at fault already."""
    if node is None or node.broken or isinstance(node.value, (dict, list)):
        return None
    return str(node.value)
