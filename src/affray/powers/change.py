"""Changes of the one who uses a power, while it lasts: strength, senses, rage, being unseen."""

from __future__ import annotations

from typing import Any

from affray.powers.behaviour import Behaviour
from affray.rules.nature import courage, critical_m_per_s, mass_kg, training
from affray.world.fields import PER_KG, PER_M, SHARE
from affray.world.powers import Boost, Conceal, Rage, Sense
from affray.world.records import in_steps


class Boosting(Behaviour[Boost]):
    """Makes him faster, stronger, abler, bolder. Force goes with mass: so blows are charged."""

    def change(self, effect: Boost, trait: Any, burden_kg: float) -> None:
        trait["speed"] = in_steps(critical_m_per_s(trait) * effect.speed, PER_M)
        trait["mass"] = in_steps(mass_kg(trait) * effect.force, PER_KG)
        trait["training"] = in_steps(min(training(trait) * effect.skill, 1.0), SHARE)
        trait["courage"] = in_steps(min(courage(trait) + effect.courage, 1.0), SHARE)


class Sensing(Behaviour[Sense]):
    """Lets him see all round; how far he knows people is asked of ``Workings.keen``."""

    def change(self, effect: Sense, trait: Any, burden_kg: float) -> None:
        if effect.all_round:
            trait["sight"] = 1


class Raging(Behaviour[Rage]):
    """Nothing by itself: minds ask ``Workings.rage``."""


class Concealing(Behaviour[Conceal]):
    """Nothing by itself: ``Workings.unseen`` says who is not seen."""
