"""How well each is hidden where he is, the slow and plain way."""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.world import words
from affray.world.battlefield import World
from affray.world.fields import PER_M

Numbers = np.ndarray


def cloaks(world: World, f: Any, cell: Numbers) -> Numbers:
    """How well everybody is hidden: by the ground, by darkness, by his posture, while still."""
    p = {name: float(world.params[name][0]) for name in world.params.dtype.names}
    ground = world.terrain[world.terrain_of[cell]]
    bare = 1.0 - ground["conceal"].astype(float)
    bare *= 1.0 - p["hide_dark"] * (1.0 - ground["light"].astype(float))
    bare *= np.where(f["status"] == words.UP, 1.0, 1.0 - p["hide_low"])
    bare *= np.where(f["perch"] > 0, 1.0 - p["hide_aloft"], 1.0)
    still = 1.0 - np.clip(f["speed"] / PER_M / p["hide_still_m_per_s"], 0.0, 1.0)
    busy = np.isin(f["act"], (words.STRIKE, words.LUNGE, words.THROW, words.CLIMB))
    return np.where(busy | (f["recover"] > 0), 0.0, (1.0 - bare) * still)


def shrouds(world: World, cell: Numbers) -> Numbers:
    """How well the ground and darkness hide whoever lies dead there."""
    p = {name: float(world.params[name][0]) for name in ("hide_dark", "hide_low")}
    ground = world.terrain[world.terrain_of[cell]]
    bare = 1.0 - ground["conceal"].astype(float)
    bare *= 1.0 - p["hide_dark"] * (1.0 - ground["light"].astype(float))
    return 1.0 - bare * (1.0 - p["hide_low"])
