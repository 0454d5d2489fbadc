"""``Battle``: a world, the state it begins with, and the names of who is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from affray.world.battlefield import State, World
from affray.world.inner import Notion
from affray.world.people import Person
from affray.world.powers import Power


@dataclass(frozen=True)
class Ending:
    """When a battle ends, besides when nobody is left: any of these.

    ``after_ticks``: at the latest then. ``one_side_left``: as soon as fewer than two sides that
    are hostile to each other have anybody steady on their feet. ``quiet_ticks``: after so long
    without anybody being wounded, 0: never.
    """

    after_ticks: int
    one_side_left: bool = True
    quiet_ticks: int = 0


@dataclass(frozen=True)
class Battle:
    """All that the engine needs, and the names that a person reads.

    ``unit_first[u]:unit_first[u + 1]`` are the ids of unit u, in order of their number within
    the unit. ``reinforcements`` (REINFORCEMENT) is part of the state. ``minds``: the minds of
    ``people``, and their powers at work, as a checkpoint had them, by table; empty: as the battle
    opens.
    """

    name: str
    world: World
    state: State
    reinforcements: np.ndarray
    ending: Ending
    side_names: tuple[str, ...]
    side_colours: tuple[str, ...]
    unit_names: tuple[str, ...]
    unit_first: np.ndarray
    weapon_names: tuple[str, ...]
    terrain_names: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    powers: tuple[Power, ...] = ()
    notions: tuple[Notion, ...] = ()
    minds: Mapping[str, np.ndarray] = field(default_factory=dict)
