"""People to try rules on: plain records, with what a test does not say taken as ordinary."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from affray.scenario import values_for
from affray.world import fields
from affray.world import words as w
from affray.world.fields import LOAD_PER_KG, PER_KG, PER_M, SHARE
from affray.world.records import in_steps


def parameters(**changed: float) -> SimpleNamespace:
    """The parameters of the rules, by the names that rules use, some of them changed."""
    values = {name.replace(".", "_"): value for name, value in values_for({}).items()}
    return SimpleNamespace(**{**values, **changed})


def fighter(**changed: Any) -> SimpleNamespace:
    """Somebody fresh and calm on his feet."""
    zero = {f.name: 0 for f in fields.FIGHTER_FIELDS}
    ordinary = {
        "status": w.UP, "mood": w.STEADY, "act": w.HOLD, "stamina": 1.0, "energy": 1.0,
        "morale": 0.5, "belief": 0.5, "blood": 525_000, "fell": 255, "felled": 255, "hy": 1.0,
    }  # fmt: skip
    return SimpleNamespace(**{**zero, **ordinary, **changed})


def trait(**changed: Any) -> SimpleNamespace:
    """An ordinary adult. Shares, kilograms, metres and seconds are put down as TRAIT keeps them."""
    ordinary = {
        "courage": 0.5, "discipline": 0.5, "aggression": 0.5, "training": 0.5, "mass": 75.0,
        "height": 1.72, "speed": 3.74, "load": 0.0, "blood": 525_000, "sight": 0, "leader": 0,
        "standard": 0, "voice": 76, "humour": 76, "composure": 128, "timbre": w.MAN,
    }  # fmt: skip
    steps = {
        "courage": SHARE, "discipline": SHARE, "aggression": SHARE, "training": SHARE,
        "mass": PER_KG, "height": PER_M, "speed": PER_M, "load": LOAD_PER_KG,
    }  # fmt: skip
    said = {**ordinary, **changed}
    return SimpleNamespace(**said | {name: in_steps(said[name], by) for name, by in steps.items()})


def memory(**changed: Any) -> SimpleNamespace:
    """What one remembers who has been told nothing, and of whom nothing is wanted."""
    nothing = {f.name: 0 for f in fields.MEMORY_FIELDS}
    nobody = {"companion": -1, "leader": -1}
    nobody |= dict.fromkeys(("known", "say_order", "lean"), fields.NO_ORDER)
    return SimpleNamespace(**{**nothing, **nobody, **changed})


def percept(**changed: Any) -> SimpleNamespace:
    """What one perceives who is alone."""
    nothing = {f.name: 0 for f in fields.PERCEPT_FIELDS}
    nobody = {"foe": -1, "hurt": -1, "fallen": -1, "companion": -1, "runaway": -1, "light": 1.0}
    return SimpleNamespace(**{**nothing, **nobody, **changed})
