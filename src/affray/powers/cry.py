"""What of a power is heard and seen from afar: a cry that goes up, a sight that draws every eye."""

from __future__ import annotations

from affray.powers.stage import Stage, Use
from affray.world import words as w
from affray.world.written import stimulus


def cry_out(stage: Stage, use: Use, fighter: int, level_db: float, inhuman: bool) -> None:
    """Let a cry go up from somebody, to be heard from the next tick on."""
    body, timbre = stage.body(fighter), w.INHUMAN if inhuman else _timbre(stage, fighter)
    cry = stimulus(body, stage.tick, w.SAY_SCREAM, w.BY_VOICE, level_db, timbre)
    stage.cries.append(cry)
    stage.say(w.EVENT_SAY, use, fighter, -1, level_db, place=w.SAY_SCREAM, weapon=w.BY_VOICE)


def draw_eyes(stage: Stage, use: Use, fighter: int) -> None:
    """Let what somebody does be a spectacle, from the next tick on."""
    body, level, timbre = stage.body(fighter), stage.p["grip.spectacle_db"], _timbre(stage, fighter)
    sight = stimulus(body, stage.tick, w.SPECTACLE, w.BY_SIGHT, level, timbre, 1 + use.power)
    stage.cries.append(sight)


def _timbre(stage: Stage, fighter: int) -> int:
    return int(stage.world.traits["timbre"][fighter])
