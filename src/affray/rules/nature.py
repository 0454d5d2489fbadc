"""What somebody is by nature, out of the small whole numbers that it is kept in (``TRAIT``)."""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.world.fields import LOAD_PER_KG, PER_KG, PER_M, SHARE

f8 = np.float64


@rule
def courage(trait):
    """Threshold of fear, 0 to 1."""
    return f8(trait.courage) / SHARE


@rule
def discipline(trait):
    """How much orders and formation weigh against the own will, 0 to 1."""
    return f8(trait.discipline) / SHARE


@rule
def aggression(trait):
    """How much he seeks the fight, 0 to 1."""
    return f8(trait.aggression) / SHARE


@rule
def training(trait):
    """Skill with weapons, and in reading others, 0 to 1."""
    return f8(trait.training) / SHARE


@rule
def humour(trait):
    """Readiness to banter and to laugh, 0 to 1."""
    return f8(trait.humour) / SHARE


@rule
def composure(trait):
    """How little a scream or a spectacle grips him, 0 to 1."""
    return f8(trait.composure) / SHARE


@rule
def mass_kg(trait):
    """Mass of the body."""
    return f8(trait.mass) / PER_KG


@rule
def height_m(trait):
    """Height of the body."""
    return f8(trait.height) / PER_M


@rule
def critical_m_per_s(trait):
    """The speed that he can hold for long, unloaded."""
    return f8(trait.speed) / PER_M


@rule
def load_kg(trait):
    """Mass of what he carries."""
    return f8(trait.load) / LOAD_PER_KG
