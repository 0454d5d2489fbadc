"""What a power brings there: fighters out of the reserve, a thing thrown."""

from __future__ import annotations

import numpy as np

from affray.powers.behaviour import Behaviour
from affray.powers.stage import Stage, Use
from affray.rules.maths import ticks_of
from affray.rules.strike import skill
from affray.rules.throw import aimed
from affray.world import words as w
from affray.world.powers import Hurl, Summon
from affray.world.written import missile

_APART_M = 1.0


class Summoning(Behaviour[Summon]):
    """Lets so many of a reserve step out around the one who calls them."""

    def begin(self, effect: Summon, use: Use, stage: Stage) -> None:
        first, last = stage.unit_first[effect.unit : effect.unit + 2].tolist()
        waiting = [k for k in range(first, last) if stage.body(k)["status"] == w.RESERVE]
        across = int(len(waiting[: effect.count]) ** 0.5) + 1
        for place, fighter in enumerate(waiting[: effect.count]):
            body = stage.body(fighter)
            x = use.x + _APART_M * (place % across + 1)
            stage.put(body, x, use.y + _APART_M * (place // across - across // 2))
            body["status"], body["fell"] = w.UP, 255
            stage.say(w.EVENT_ENTER, use, fighter, stage.fighter[use.person])


class Hurling(Behaviour[Hurl]):
    """Throws something that lay at hand to where the one it is used on was seen."""

    def begin(self, effect: Hurl, use: Use, stage: Stage) -> None:
        user, p = stage.user(use), stage.world.params[0]
        weapon, trait = stage.world.weapons[effect.weapon], stage.world.traits[int(user["id"])]
        dx, dy = use.aim[0] - float(user["x"]), use.aim[1] - float(user["y"])
        d = max((dx * dx + dy * dy) ** 0.5, 1e-6)
        with np.errstate(over="ignore"):
            ux, uy, far = aimed(
                dx / d,
                dy / d,
                d,
                float(weapon["spread"]),
                skill(user, trait, p),
                False,
                stage.world.seed[0],
                stage.tick,
                user["luck"],
                p,
            )
        aim = min(far, 1.3 * float(weapon["range"]))
        thrown = missile(user, stage.tick, effect.weapon, dx=ux, dy=uy, aimed=aim)
        stage.missiles.append(thrown)
        user["recover"] = ticks_of(float(weapon["recovery"]), stage.dt)
        stage.say(w.EVENT_THROW, use, int(user["id"]), -1, d, weapon=effect.weapon)
