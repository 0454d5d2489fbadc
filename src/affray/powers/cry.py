"""What of a power is heard and seen from afar: a cry that goes up, a sight that draws every eye."""

from __future__ import annotations

import numpy as np

from affray.powers.stage import Stage, Use
from affray.world import fields
from affray.world import words as w


def cry_out(stage: Stage, use: Use, fighter: int, level_db: float, inhuman: bool) -> None:
    """Let a cry go up from somebody, to be heard from the next tick on."""
    timbre = w.INHUMAN if inhuman else int(stage.world.traits["timbre"][fighter])
    stage.cries.append(_stimulus(stage, fighter, level_db, w.SAY_SCREAM, w.BY_VOICE, timbre))
    stage.say(w.EVENT_SAY, use, fighter, -1, level_db)
    stage.events[-1]["place"], stage.events[-1]["weapon"] = w.SAY_SCREAM, w.BY_VOICE


def draw_eyes(stage: Stage, use: Use, fighter: int) -> None:
    """Let what somebody does be a spectacle, from the next tick on."""
    level = stage.p["grip.spectacle_db"]
    timbre = int(stage.world.traits["timbre"][fighter])
    sight = _stimulus(stage, fighter, level, w.SPECTACLE, w.BY_SIGHT, timbre)
    sight["notion"] = 1 + use.power
    stage.cries.append(sight)


def _stimulus(
    stage: Stage, fighter: int, level_db: float, says: int, way: int, timbre: int
) -> np.ndarray:
    one, body = np.zeros((), fields.STIMULUS), stage.body(fighter)
    for name in ("x", "y", "luck", "unit", "side"):
        one[name] = body[name]
    one["by"], one["tick"], one["told"], one["order"] = fighter, stage.tick, stage.tick, -1
    one["level"], one["says"], one["way"], one["timbre"] = level_db, says, way, timbre
    one["said"], one["to"] = 1, -1
    return one
