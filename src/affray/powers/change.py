"""Changes of the one who uses a power, while it lasts: strength, senses, rage, being unseen."""

from __future__ import annotations

from typing import Any

from affray.powers.behaviour import Behaviour
from affray.world.powers import Boost, Conceal, Rage, Sense


class Boosting(Behaviour[Boost]):
    """Makes him faster, stronger, abler, bolder. Force goes with mass: so blows are charged."""

    def change(self, effect: Boost, trait: Any, burden_kg: float) -> None:
        trait["speed"] *= effect.speed
        trait["mass"] *= effect.force
        trait["training"] = min(float(trait["training"]) * effect.skill, 1.0)
        trait["courage"] = min(float(trait["courage"]) + effect.courage, 1.0)


class Sensing(Behaviour[Sense]):
    """Lets him see all round; how far he knows people is asked of ``Workings.keen``."""

    def change(self, effect: Sense, trait: Any, burden_kg: float) -> None:
        if effect.all_round:
            trait["sight"] = 1


class Raging(Behaviour[Rage]):
    """Nothing by itself: minds ask ``Workings.rage``."""


class Concealing(Behaviour[Conceal]):
    """Nothing by itself: ``Workings.unseen`` says who is not seen."""
