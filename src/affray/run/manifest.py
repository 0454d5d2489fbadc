"""What the manifest of a recording says: whatever is needed to read its tables without us."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from affray._version import __version__
from affray.engine.measure import MEASURES
from affray.rules.compiled import rules_digest
from affray.scenario.model import Scenario
from affray.world import limits, words
from affray.world.battle import Battle

WORDS = {
    "status": words.STATUS_NAMES,
    "mood": words.MOOD_NAMES,
    "act": words.ACT_NAMES,
    "event": words.EVENT_NAMES,
    "cause": words.CAUSE_NAMES,
    "place": words.PLACE_NAMES,
    "outcome": words.OUTCOME_NAMES,
    "order": words.ORDER_NAMES,
    "measure": MEASURES,
}


def manifest_of(scenario: Scenario, battle: Battle, seed: int, level: str) -> dict[str, Any]:
    """The caller's part of a new manifest (``record.Writer.create``)."""
    return {
        "affray_version": __version__,
        "rules_digest": rules_digest(),
        "scenario_name": scenario.name,
        "seed": seed,
        "dt_s": float(battle.world.clock[0]),
        "fighters": len(battle.state.fighters),
        "level": level,
        "meta": meta_of(scenario, battle),
    }


def meta_of(scenario: Scenario, battle: Battle) -> dict[str, Any]:
    """Names and numbers that a reader needs, all plain JSON."""
    world = battle.world
    few = len(battle.unit_names) <= limits.UNITS
    return {
        "title": scenario.title or scenario.name,
        "clock": scenario.clock,
        "size_m": [float(side) for side in world.size],
        "sides": list(battle.side_names),
        "colours": list(battle.side_colours),
        "hostile": world.hostile.tolist(),
        # the manifest is rewritten at every seal: of very many units it says nothing, and who
        # needs them looks into the scenario, or the first checkpoint
        "units": list(battle.unit_names) if few else [],
        "unit_side": world.units["side"].tolist() if few else [],
        # ids unit_first[u] to unit_first[u + 1] are the fighters of unit u
        "unit_first": [int(first) for first in battle.unit_first] if few else [],
        "leaders": np.flatnonzero(world.traits["leader"]).tolist() if few else [],
        "weapons": list(battle.weapon_names),
        "terrain": list(battle.terrain_names),
        "words": {name: list(table) for name, table in WORDS.items()},
        "parameters": dict(scenario.parameters),
        "after_ticks": battle.ending.after_ticks,
        "libraries": {"numba": numba.__version__, "numpy": np.__version__},
    }
