"""A hold: whoever is in it cannot get away, but struggles, which costs strength.

He gets free at a rate that grows with his strength and falls with that of the grip: strength is
body mass times what weariness, and wounds of the arms, leave of it. One's own companion lets
himself be held. The model is invented; its one number is ``power.struggle_per_s``.
"""

from __future__ import annotations

from typing import Any

from affray.powers.behaviour import Behaviour
from affray.powers.stage import Stage, Use, is_alive, is_awake
from affray.rules.luck import STRUGGLE
from affray.rules.maths import hazard
from affray.rules.nature import load_kg, mass_kg
from affray.rules.tire import impairment, spend, weariness
from affray.world import words as w
from affray.world.fields import LOAD_PER_KG
from affray.world.powers import Hold
from affray.world.records import in_steps

_LASTS_TICKS = 2  # held until the holder's next tick, so that a hold let go of ends by itself


class Holding(Behaviour[Hold]):
    """Keeps one within arm's length."""

    reaches = True

    def stays(self, effect: Hold) -> bool:
        return not effect.hauls  # whom one hauls comes along

    def begin(self, effect: Hold, use: Use, stage: Stage) -> None:
        self._keep(effect, stage.user(use), stage.body(use.on), stage)

    def go_on(self, effect: Hold, use: Use, stage: Stage) -> bool:
        user, held = stage.user(use), stage.body(use.on)
        if not (is_awake(user) and is_alive(held)) or user["act"] == w.BE_HELD:
            return False
        if stage.tick > use.since and _gets_free(effect, use, stage, user, held):
            stage.say(w.EVENT_FREE, use, use.on, int(user["id"]))
            return False
        self._keep(effect, user, held, stage)
        return True

    def _keep(self, effect: Hold, user: Any, held: Any, stage: Stage) -> None:
        """Keep him still: face to face, or hauled along."""
        _still(held)
        if effect.hauls:
            _take_along(user, held, stage)
        elif is_awake(held):
            _turn_to(user, held)

    def end(self, effect: Hold, use: Use, stage: Stage) -> None:
        held = stage.body(use.on)
        if held["act"] == w.BE_HELD:
            held["act"], held["act_left"] = w.HOLD, 0

    def change(self, effect: Hold, trait: Any, burden_kg: float) -> None:
        if effect.hauls:
            trait["load"] = in_steps(load_kg(trait) + burden_kg, LOAD_PER_KG)


def _still(held: Any) -> None:
    """Leave him nothing but to be held, or what he may do while he is."""
    if is_awake(held) and held["act"] != w.USE:
        held["act"], held["act_left"] = w.BE_HELD, _LASTS_TICKS
        held["target"] = -1
    held["wx"], held["wy"] = 0.0, 0.0


def _turn_to(user: Any, held: Any) -> None:
    """Turn his face to the one who holds him."""
    dx, dy = float(user["x"]) - float(held["x"]), float(user["y"]) - float(held["y"])
    d = (dx * dx + dy * dy) ** 0.5
    if d > 1e-6:
        held["hx"], held["hy"] = dx / d, dy / d


def strength(body: Any, trait: Any) -> float:
    """How strong somebody is now; 1: 75 kg, whole and not spent."""
    spent = float(weariness(float(body["stamina"]), float(body["fatigue"])))
    whole = float(mass_kg(trait)) / 75.0 * (1.0 - 0.5 * spent)
    return whole * (1.0 - 0.6 * float(impairment(body["arm"])))


def _gets_free(effect: Hold, use: Use, stage: Stage, user: Any, held: Any) -> bool:
    """Whether he struggles free in this tick."""
    if not is_awake(held) or held["side"] == user["side"]:
        return False
    p, traits = stage.p, stage.world.traits
    stamina, fatigue = spend(
        float(held["stamina"]),
        float(held["fatigue"]),
        p["power.struggle_m_per_s"] * stage.dt,
        stage.world.params[0],
    )
    held["stamina"], held["fatigue"] = stamina, fatigue
    mine = strength(held, traits[use.on])
    his = effect.grip * strength(user, traits[int(user["id"])])
    rate = p["power.struggle_per_s"] * mine / max(his, 1e-6)
    return stage.luck(use.on, int(user["id"]), STRUGGLE) < float(hazard(rate, stage.dt))


def _take_along(user: Any, held: Any, stage: Stage) -> None:
    """Keep him within arm's length of where the other has got to."""
    dx, dy = float(held["x"]) - float(user["x"]), float(held["y"]) - float(user["y"])
    d = (dx * dx + dy * dy) ** 0.5
    arm = stage.p["power.arm_m"]
    if d > arm:
        stage.put(held, float(user["x"]) + dx / d * arm, float(user["y"]) + dy / d * arm)
