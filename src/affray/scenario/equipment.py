"""Weapons, armour and shields: what a scenario may say of them, and the bundled catalogue of them.

A scenario names what is in the catalogue, changes some of it (only the keys it gives), or adds its
own.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Annotated, Any

from affray.scenario.composing import compose
from affray.scenario.fields import (
    Choice,
    Name,
    Number,
    Section,
    Share,
    Switch,
    Text,
    Whole,
    Words,
    key,
)
from affray.scenario.problems import Problems
from affray.world.words import HARM_NAMES

Sources = dict[Annotated[str, Words(40)], Annotated[str, Words(600)]]


class Weapon(Section):
    """What a fighter strikes or throws with."""

    title: Text = key("the weapon's name for people", "")
    reach: Annotated[float, Number("m", 0.1, 2.0)] = key(
        "how far in front of the fighter's body a blow lands", 0.8
    )
    mass: Annotated[float, Number("kg", 0.0, 20.0)] = key("weight carried, of one piece", 1.0)
    windup: Annotated[float, Number("s", 0.05, 10.0)] = key(
        "time from commitment to landing or release; until then it can be seen coming", 0.45
    )
    recovery: Annotated[float, Number("s", 0.0, 20.0)] = key(
        "time from landing until the fighter can act again; he is open meanwhile", 0.55
    )
    force: Annotated[float, Number("J", 0.0, 500.0)] = key(
        "energy a fit, rested fighter brings into a full blow or throw", 60.0
    )
    kind: Annotated[str, Choice(HARM_NAMES)] = key(
        "how it wounds, and which resistance of armour counts", "cut"
    )
    parry: Share = key("how well it turns a blow aside, 0 useless to 1", 0.4)
    two_handed: Switch = key(
        "needs both hands, so that a shield hangs unused while it strikes", False
    )
    energy: Share = key(
        "how much of the energy for techniques one blow or throw costs; a weapon that cannot be "
        "paid for gives way to the next",
        0.0,
    )
    embeds: Share = key("chance that it stays in the wound when it goes in", 0.0)
    thrown: Switch = key("can be thrown or shot", False)
    flat: Switch = key(
        "thrown, it flies flat and strikes whoever is in its way, not only where it comes down",
        False,
    )
    range: Annotated[float, Number("m", 0.0, 400.0)] = key("furthest useful throw or shot", 0.0)
    speed: Annotated[float, Number("m/s", 0.0, 150.0)] = key(
        "speed at which it leaves the hand or bow", 0.0
    )
    spread: Annotated[float, Number("deg", 0.0, 45.0)] = key(
        "standard deviation of direction for a trained, calm thrower", 0.0
    )
    smoke: Annotated[float, Number("m2", 0.0, 1000.0)] = key(
        "cross-section of the smoke that one shot gives off: what it would hide if it hung flat "
        "before one's eyes",
        0.0,
    )
    fails: Share = key(
        "chance that a throw or shot does not go off, and takes its time anyway", 0.0
    )
    carried: Annotated[int, Whole(0, 200)] = key(
        "how many throws or shots a fighter has, where the unit says nothing", 0
    )
    sources: Sources = key("where the numbers come from; 'invented' where nobody measured", {})


class Cover(Section):
    """How much of each part of the body is covered."""

    head: Share = key("share of the head covered", 0.0)
    neck: Share = key("share of the neck covered", 0.0)
    torso: Share = key("share of the torso covered", 0.0)
    arms: Share = key("share of the arms covered", 0.0)
    legs: Share = key("share of the legs covered", 0.0)


class Resist(Section):
    """How much of a blow's energy the covered parts are spared."""

    cut: Share = key("share of a cut's energy taken up", 0.0)
    thrust: Share = key("share of a thrust's energy taken up", 0.0)
    blunt: Share = key("share of a blunt blow's energy taken up", 0.0)


class Armour(Section):
    """What a fighter wears."""

    title: Text = key("the armour's name for people", "")
    mass: Annotated[float, Number("kg", 0.0, 60.0)] = key("weight worn", 0.0)
    cover: Cover = key("share of each part of the body that it covers", Cover())
    resist: Resist = key("share of a blow's energy that covered parts are spared", Resist())
    sources: Sources = key("where the numbers come from; 'invented' where nobody measured", {})


class Shield(Section):
    """What a fighter holds before them."""

    title: Text = key("the shield's name for people", "")
    mass: Annotated[float, Number("kg", 0.0, 20.0)] = key("weight carried", 5.0)
    block: Share = key(
        "chance that a seen blow from the front is caught, by a trained fighter", 0.5
    )
    missile_block: Share = key("share of the front that it hides from missiles", 0.4)
    sources: Sources = key("where the numbers come from; 'invented' where nobody measured", {})


class Catalogue(Section):
    """The bundled weapons, armour and shields, by name."""

    weapons: dict[Name, Weapon] = key("weapons by name")
    armour: dict[Name, Armour] = key("armour by name")
    shields: dict[Name, Shield] = key("shields by name")
    literature: dict[Name, Text] = key("works that the entries' sources name", {})


@cache
def catalogue() -> Catalogue:
    """The bundled catalogue (read once)."""
    return Catalogue.model_validate(_raw_catalogue())


@cache
def _raw_catalogue() -> dict[str, Any]:
    text = resources.files("affray").joinpath("scenario/catalogue.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = compose(text, "catalogue.yaml", Problems()).plain()
    return data


def over_bundled(group: str, own: Any) -> Any:
    """Own entries of `group` laid over the bundled entries of the same name, key by key."""
    if not isinstance(own, dict):
        return own
    bundled = _raw_catalogue()[group]
    merged = {}
    for name, entry in own.items():
        base = bundled.get(name)
        merged[name] = _over(base, entry) if isinstance(entry, dict) and base is not None else entry
    return merged


def _over(base: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    merged = {**base, **entry}
    for part in ("cover", "resist"):
        if part in base and isinstance(entry.get(part), dict):
            merged[part] = {**base[part], **entry[part]}
    return merged
