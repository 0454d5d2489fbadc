"""People whom the battle names: who each is, and whom his ties, drives and memories are about."""

from __future__ import annotations

import re

from affray.scenario.checks.names import Names
from affray.scenario.fields import NAME_PATTERN, listed, nearest
from affray.scenario.nodes import Node, Say


def check_people(root: Node, names: Names) -> None:
    """Report what people are about and is not there, and a fighter who is two of them."""
    for notion in root.listed("notions"):
        names.know(notion.at("about"), "person")
    placed: dict[tuple[str, str], str] = {}
    for person in root.listed("people"):
        own, unit = person.word("name"), person.at("unit")
        names.know(unit, "unit")
        if unit is not None:
            place = (unit.text or "", person.word("number") or "1")
            if place in placed:
                names.say(
                    person, f"'{own}' and '{placed[place]}' are the same fighter; give a 'number'"
                )
            placed.setdefault(place, own or "")
        _check_ties(person, names)
        _check_inner(person, names)
        _check_drives(person, names)
    _check_bidden(root, names.say)


def _check_ties(person: Node, names: Names) -> None:
    own, people = person.word("name"), names.of_a["person"]
    for name, node in person.mapped("ties").items():
        if name == own:
            names.say(node, f"'{own}' has no tie with himself")
        elif re.fullmatch(NAME_PATTERN, name) and name not in people:
            there = f"there is nobody named '{name}'; there are {listed(people, 40)}"
            names.say(node, f"{there}{nearest(name, people)}")


def _check_inner(person: Node, names: Names) -> None:
    """What somebody remembers and holds is about people and notions there are."""
    memories: list[str] = []
    for node in person.listed("memories"):
        name = (node.word("name") if isinstance(node.value, dict) else node.text) or ""
        if name in memories:
            names.say(node, f"'{name}' is remembered twice; give each memory a name of its own")
        memories.append(name)
        names.know(node.at("of"), "person")
    notions = names.of_a["notion"]
    for name, node in person.mapped("holds").items():
        if re.fullmatch(NAME_PATTERN, name) and name not in notions:
            there = f"there is no notion '{name}'; there are {listed(notions, 40) or 'none'}"
            names.say(node, f"{there}{nearest(name, notions)}")
    for drive in person.entries("drives"):
        for condition in drive.entries("when"):
            memory = condition.at("memory")
            if memory is not None and memory.text not in memories:
                there = listed(memories, 40) or "none"
                names.say(memory, f"he has no memory '{memory.text}'; there are {there}")


def _check_drives(person: Node, names: Names) -> None:
    """What drives somebody is about people, notions and powers there are, the last his own."""
    own, has = person.word("name"), [node.text for node in person.listed("powers")]
    for node in person.listed("powers"):
        names.know(node, "power")
    for drive in person.entries("drives"):
        names.know(drive.at("whom"), "person")
        _check_another(drive.at("whom"), own, names)
        names.know(drive.at("notion"), "notion")
        power = drive.at("power")
        names.know(power, "power")
        if power is not None and power.text in names.of_a["power"] and power.text not in has:
            names.say(power, f"'{own}' does not have '{power.text}'; add it to his 'powers'")
        for condition in drive.entries("when"):
            names.know(condition.at("of"), "person")
            _check_another(condition.at("of"), own, names)
            names.know(condition.at("notion"), "notion")


def _check_another(node: Node | None, own: str | None, names: Names) -> None:
    """Nobody watches, hears or goes for himself."""
    if node is not None and node.text is not None and node.text == own:
        names.say(node, f"this is about somebody else than '{own}' himself; name another")


def _check_bidden(root: Node, say: Say) -> None:
    """Orders that wait to be bidden, and people driven to command, have each other."""
    commanded = {
        person.word("unit"): drive
        for person in root.listed("people")
        for drive in person.entries("drives")
        if drive.word("do") == "command"
    }
    waiting = {
        unit.word("name"): order
        for unit in root.listed("units")
        for order in unit.entries("orders")
        if order.at("when", "bidden") is not None
    }
    for name in commanded.keys() - waiting.keys():
        what = "no order of his unit waits to be bidden; give one 'when: {bidden: true}'"
        say(commanded[name], what)
    for name in waiting.keys() - commanded.keys():
        what = "none of the people of this unit is driven to command; give its leader 'do: command'"
        say(waiting[name], what)
