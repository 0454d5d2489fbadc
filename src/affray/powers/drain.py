"""Draining somebody: his stamina, his energy, his memories one by one, and pain with it; and living
on the fear in his eyes.

Whoever has no memory left has no mind left: he lies there as one without his senses does, until it
lets go of him.
"""

from __future__ import annotations

from affray.powers.behaviour import Behaviour
from affray.powers.body import come_to, lose_senses
from affray.powers.stage import Stage, Use, is_alive, is_awake
from affray.world import battlefield as b
from affray.world import words as w
from affray.world.powers import Drain, Feed


class Draining(Behaviour[Drain]):
    """Takes from the one it is used on, as long as both live."""

    reaches = True

    def stays(self, effect: Drain) -> bool:
        return True

    def go_on(self, effect: Drain, use: Use, stage: Stage) -> bool:
        user, other = stage.user(use), stage.body(use.on)
        if not (is_awake(user) and is_alive(other)):
            return False
        other["stamina"] = max(float(other["stamina"]) - effect.stamina_per_s * stage.dt, 0.0)
        taken = min(float(other["energy"]), effect.energy_per_s * stage.dt)
        other["energy"] = float(other["energy"]) - taken
        user["energy"] = min(float(user["energy"]) + effect.gives * taken, 1.0)
        other["pain"] = min(float(other["pain"]) + effect.pain_per_s * stage.dt, 1.0)
        other["fear"] = min(float(other["fear"]) + effect.fear_per_s * stage.dt, 1.0)
        if effect.memories_per_s > 0.0 and stage.tick > use.since:
            self._forget(effect, use, stage)
        return True

    def _forget(self, effect: Drain, use: Use, stage: Stage) -> None:
        """Take the next memory, if its time has come; with the last one goes the mind."""
        if use.on not in stage.fighter or not stage.each_s(use, 1.0 / effect.memories_per_s):
            return
        whose = stage.fighter.index(use.on)
        if stage.memories[whose] == 0:
            return
        stage.memories[whose] -= 1
        user = stage.fighter[use.person]
        stage.say(w.EVENT_FORGET, use, use.on, user, float(stage.memories[whose]))
        other = stage.body(use.on)
        if stage.memories[whose] == 0 and is_awake(other):
            lose_senses(stage, use, use.on)

    def end(self, effect: Drain, use: Use, stage: Stage) -> None:
        emptied = use.on in stage.fighter and stage.memories[stage.fighter.index(use.on)] == 0
        if effect.memories_per_s > 0.0 and emptied:
            come_to(stage, use, use.on)


class Feeding(Behaviour[Feed]):
    """Turns the fear that shows in the other's eyes into energy, and the want of it into fear."""

    reaches = True

    def stays(self, effect: Feed) -> bool:
        return True

    def go_on(self, effect: Feed, use: Use, stage: Stage) -> bool:
        user, other = stage.user(use), stage.body(use.on)
        if not (is_awake(user) and is_alive(other)):
            return False
        sign = int(stage.state.outside.sign[stage.state.row_of[use.on]])
        if not is_awake(other) or not (sign >> b.SIGN_EYES) & 1:
            return True
        fear = ((sign >> b.SIGN_GAZE) & 15) / 15.0
        gained = effect.energy_per_s * fear * stage.dt
        user["energy"] = min(float(user["energy"]) + gained, 1.0)
        if fear < effect.composed:
            user["fear"] = min(float(user["fear"]) + effect.fear_per_s * stage.dt, 1.0)
        return True
