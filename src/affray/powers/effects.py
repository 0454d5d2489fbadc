"""The primitives that powers are composed of, each with what it does."""

from __future__ import annotations

from typing import Any

from affray.powers.behaviour import Behaviour
from affray.powers.blast import Blasting, Lifting
from affray.powers.body import Fainting, Healing
from affray.powers.bring import Hurling, Summoning
from affray.powers.change import Boosting, Concealing, Raging, Sensing
from affray.powers.drain import Draining, Feeding
from affray.powers.hold import Holding
from affray.powers.transfer import Transferring
from affray.world import powers as data

BEHAVIOUR: dict[type, Behaviour[Any]] = {
    data.Hold: Holding(),
    data.Barrier: Behaviour(),  # bodies, missiles and sounds meet it in the kernels: ``rules/bar``
    data.Drain: Draining(),
    data.Transfer: Transferring(),
    data.Feed: Feeding(),
    data.Boost: Boosting(),
    data.Rage: Raging(),
    data.Blast: Blasting(),
    data.Lift: Lifting(),
    data.Conceal: Concealing(),
    data.Sense: Sensing(),
    data.Faint: Fainting(),
    data.Heal: Healing(),
    data.Summon: Summoning(),
    data.Hurl: Hurling(),
}
