"""What a power does to one body at once, or second after second: takes its senses, mends it."""

from __future__ import annotations

import numpy as np

from affray.powers.behaviour import Behaviour
from affray.powers.stage import Stage, Use, is_alive, is_awake
from affray.rules.bleed import faint_rate, lost_share
from affray.world import words as w
from affray.world.clock import ticks
from affray.world.powers import Faint, Heal
from affray.world.written import blow


class Fainting(Behaviour[Faint]):
    """Takes somebody's senses; whoever lives comes to again."""

    reaches = True

    def begin(self, effect: Faint, use: Use, stage: Stage) -> None:
        other = stage.body(use.on)
        if is_awake(other):
            lose_senses(stage, use, use.on)
            use.until = stage.tick + max(ticks(effect.for_s, stage.dt), 1)

    def end(self, effect: Faint, use: Use, stage: Stage) -> None:
        if use.until > use.since:  # it was this that took them
            come_to(stage, use, use.on)


def bring_down(stage: Stage, use: Use, fighter: int, status: int) -> None:
    """Let somebody go down, or sink from where he lies."""
    body = stage.body(fighter)
    if body["status"] == w.UP:
        stage.say(w.EVENT_FALL, use, fighter, stage.fighter[use.person])
        body["fell"] = 0
    body["status"], body["act"], body["act_left"] = status, w.HOLD, 0
    body["perch"], body["speed"], body["wx"], body["wy"] = 0, 0, 0.0, 0.0


def lose_senses(stage: Stage, use: Use, fighter: int) -> None:
    """Let somebody sink down senseless."""
    bring_down(stage, use, fighter, w.OUT)
    stage.say(w.EVENT_FAINT, use, fighter, stage.fighter[use.person])


def come_to(stage: Stage, use: Use, fighter: int) -> None:
    """Let somebody who lies senseless come to, still on the ground, if he has blood enough."""
    body, p = stage.body(fighter), stage.world.params[0]
    lost = lost_share(body["blood"], stage.world.traits["blood"][fighter])
    if body["status"] == w.OUT and faint_rate(lost, p) == 0.0:
        body["status"] = w.DOWN
        stage.say(w.EVENT_WAKE, use, fighter, stage.fighter[use.person])


class Healing(Behaviour[Heal]):
    """Binds wounds without hands, and takes pain away."""

    reaches = True

    def stays(self, effect: Heal) -> bool:
        return True

    def go_on(self, effect: Heal, use: Use, stage: Stage) -> bool:
        other = stage.body(use.on)
        if not is_alive(other):
            return False
        other["pain"] = max(float(other["pain"]) - effect.pain_per_s * stage.dt, 0.0)
        if stage.each_s(use) and other["flow"] > 0:
            stage.blows.append(_bind(use, stage))
        return True


def _bind(use: Use, stage: Stage) -> np.ndarray:
    """A hand laid on the worst wound, which reaches farther than hands do."""
    user = stage.user(use)
    return blow(user, stage.tick, w.MEND, use.on, user["luck"])
