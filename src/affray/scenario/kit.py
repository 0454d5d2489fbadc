"""What units carry, as the tables of weapons and units that the engine reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from affray.scenario.bearing import RADIANS
from affray.scenario.equipment import Armour, Shield, Weapon, catalogue
from affray.scenario.model import Scenario
from affray.scenario.units import Carried, Unit
from affray.world import fields, words
from affray.world.errors import LimitError

FISTS = "fists"
NONE = 255  # no weapon
HANDS = 3  # weapons of which one can be in hand
RESIST_J = 80.0  # energy of a full blow of a sword: resistances are shares of such a blow
MASKS = {"none": words.BARE, "face": words.FACE_COVERED, "all": words.ALL_COVERED}


@dataclass(frozen=True)
class Kit:
    """Weapons by use: in hand, by preference; thrown, and how many of it."""

    hands: tuple[str, ...]
    missile: str | None
    missiles: int


def weapon_of(scenario: Scenario, name: str) -> Weapon:
    """The scenario's own weapon of that name, or the catalogue's."""
    return scenario.weapons.get(name) or catalogue().weapons[name]


def armour_of(scenario: Scenario, name: str) -> Armour:
    """The scenario's own armour of that name, or the catalogue's."""
    return scenario.armour.get(name) or catalogue().armour[name]


def shield_of(scenario: Scenario, name: str) -> Shield:
    """The scenario's own shield of that name, or the catalogue's."""
    return scenario.shields.get(name) or catalogue().shields[name]


def kit_of(scenario: Scenario, carried: tuple[Carried, ...]) -> Kit:
    """What is in hand and what is thrown, out of the weapons a unit carries.

    Nobody strikes with what reaches less far than a fist: it is only thrown or shot. Who has one
    weapon to strike with keeps one piece of it in hand, and throws the others.
    """
    fists = weapon_of(scenario, FISTS)
    reaches = {c.name: weapon_of(scenario, c.name).reach >= fists.reach for c in carried}
    hands = [c.name for c in carried if reaches[c.name]]
    missile, missiles = None, 0
    for entry in sorted(carried, key=lambda c: bool(hands) and c.name == hands[0]):
        pieces = _pieces(scenario, entry)
        if hands[:1] == [entry.name] and pieces > 0:
            pieces -= 1
        if weapon_of(scenario, entry.name).thrown and pieces > 0:
            missile, missiles = entry.name, min(pieces, NONE)
            break
    return Kit(tuple([*hands, FISTS][:HANDS]) if hands else (FISTS,), missile, missiles)


def _pieces(scenario: Scenario, entry: Carried) -> int:
    return entry.count if entry.count is not None else weapon_of(scenario, entry.name).carried


def load_kg(scenario: Scenario, unit: Unit) -> float:
    """What one fighter of the unit carries, in kilograms."""
    load = armour_of(scenario, unit.armour).mass + shield_of(scenario, unit.shield).mass
    for entry in unit.weapons:
        weapon = weapon_of(scenario, entry.name)
        bow = weapon.two_handed and weapon.thrown  # stays in the hand, its shots weigh little
        load += weapon.mass * (1 if bow else max(_pieces(scenario, entry), 1))
    return load


def weapon_table(scenario: Scenario) -> tuple[np.ndarray, tuple[str, ...]]:
    """(W,) WEAPON of all weapons that somebody carries, of fists, and of what powers wound with;
    and their names.
    """
    carried = [entry.name for unit in scenario.units for entry in unit.weapons]
    of_powers = [
        effect.weapon
        for power in scenario.powers.values()
        for effect in (power.blast, power.hurl)
        if effect is not None
    ]
    names = list(dict.fromkeys([FISTS, *carried, *of_powers]))
    if len(names) > NONE:
        raise LimitError(f"{len(names)} different weapons are carried; the limit is {NONE}.")
    table = np.zeros(len(names), fields.WEAPON).view(np.recarray)
    for row, name in enumerate(names):
        weapon = weapon_of(scenario, name)
        for field in ("reach", "mass", "windup", "recovery", "force", "embeds", "parry"):
            table[field][row] = getattr(weapon, field)
        table["cost"][row] = weapon.energy
        table["harm"][row] = words.HARM_NAMES.index(weapon.kind)
        if weapon.thrown:
            table["range"][row] = weapon.range
            table["speed"][row] = weapon.speed
            table["spread"][row] = weapon.spread * RADIANS
            table["flat"][row] = weapon.flat
            table["smoke"][row] = weapon.smoke
            table["fails"][row] = weapon.fails
    return table, tuple(names)


def dress(scenario: Scenario, unit: Unit, row: Any, weapons: dict[str, int]) -> Kit:
    """Fill the weapons, armour and shield of a UNIT row; returns the kit of its fighters."""
    kit = kit_of(scenario, unit.weapons)
    row["weapon"] = [*(weapons[name] for name in kit.hands), *[NONE] * (HANDS - len(kit.hands))]
    row["missile"] = weapons[kit.missile] if kit.missile is not None else NONE
    armour, shield = armour_of(scenario, unit.armour), shield_of(scenario, unit.shield)
    cover, resist = armour.cover, armour.resist
    row["cover"] = [cover.head, cover.neck, cover.torso, cover.arms, cover.legs]
    row["resist"] = [RESIST_J * share for share in (resist.cut, resist.thrust, resist.blunt)]
    # both hands on the weapon: the shield hangs before or behind, and turns missiles alone
    row["block"] = 0.0 if weapon_of(scenario, kit.hands[0]).two_handed else shield.block
    row["ward"] = shield.missile_block
    row["masked"] = MASKS[unit.masked]
    return kit
