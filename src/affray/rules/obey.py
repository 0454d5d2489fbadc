"""Following an order that was understood, and taking the lead when nobody leads.

What somebody was told is weighed by discipline, by trust in whoever said it, by his will, and
against his fear; some disobey. The sizes are invented.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp
from affray.rules.nature import discipline
from affray.world import words as w
from affray.world.fields import ARRIVED

f8 = np.float64
i8 = np.int64


@rule
def follow(memory, row, tick):
    """Let the order in ``row`` be in force for somebody from now on."""
    memory.order = row
    memory.order_tick = tick
    memory.done = i8(memory.done) & ~ARRIVED


@rule
def in_force(order, x, y, luck, done):
    """What an order still says to one at (x, y).

    Who has got as far as the place that it names has arrived, wherever in the line he stands: he
    holds there, or goes after the enemy whom he sees, if he was to envelop him, wherever that leads
    him, once he was there (``done``: as he has it in mind). ``luck``: his luck key, by which each
    has his own place in the depth of the unit.
    """
    if i8(done) & ARRIVED != 0:
        return w.ORDER_PURSUE
    rank = f8(luck & 1023) / 511.5 - 1.0
    if x * f8(order.x) + y * f8(order.y) < f8(order.stop) + rank * f8(order.depth):
        return order.word
    if order.word == w.ORDER_ENVELOP:
        return w.ORDER_PURSUE
    return w.ORDER_HOLD


@rule
def heading(order, word, x, y, luck):
    """The way that an order leads one at (x, y), to whom it still says ``word``: a unit vector.

    Straight on as the plan has it, as long as that leads him to the front in which his unit is to
    stand; whom the battle has carried off to one side goes aslant towards the near end of it.
    """
    ahead_x, ahead_y = f8(order.x), f8(order.y)
    off = y * ahead_x - x * ahead_y - f8(order.aside)
    over = off - clamp(off, -f8(order.half), f8(order.half))
    if word != order.word or over == 0.0:
        return ahead_x, ahead_y
    rank = f8(luck & 1023) / 511.5 - 1.0
    left = f8(order.stop) + rank * f8(order.depth) - (x * ahead_x + y * ahead_y)
    way = 1.0 / sqrt(left * left + over * over)
    return (ahead_x * left + ahead_y * over) * way, (ahead_y * left - ahead_x * over) * way


@rule
def goes_forward(word):
    """Whether an order sends one forward."""
    return (
        word == w.ORDER_ADVANCE
        or word == w.ORDER_CHARGE
        or word == w.ORDER_PURSUE
        or word == w.ORDER_ENVELOP
    )


@rule
def goes_back(word):
    """Whether an order sends one back."""
    return word == w.ORDER_WITHDRAW or word == w.ORDER_BREAK_OFF


@rule
def keeps_off(word):
    """Whether an order is to keep the enemy at a distance."""
    return word == w.ORDER_SKIRMISH or word == w.ORDER_SCREEN


@rule
def trust(by, leader, relayed, p):
    """Trust (0..1) in an order: of one's leader, passed on by somebody, or of whoever it was."""
    if by == leader:
        return 1.0
    if relayed:
        return p.obey_trust_relay
    return p.obey_trust_other


@rule
def willingness(me, trait, trusted, p):
    """Chance of taking up an order understood."""
    if me.mood == w.BROKEN:
        return 0.0
    will = 0.5 * (f8(me.morale) + f8(me.belief))
    return clamp(
        p.obey_base
        + p.obey_discipline * (discipline(trait) - 0.5)
        + p.obey_trust * (trusted - 0.5)
        + p.obey_will * (will - 0.5)
        - p.obey_fear * f8(me.fear),
        0.0,
        1.0,
    )


@rule
def unbidden_rate(tempts, trait, p):
    """Rate (1/s) at which one does of himself what his plan's trigger says.

    From what tempts him against what he was told, discipline holds him back.
    """
    if tempts == 0:
        return p.command_trigger_per_s
    return p.obey_own_head_per_s * (1.0 - discipline(trait))


@rule
def lead_rate(trait, p):
    """Rate (1/s) at which one who is next in line takes the lead, once it is lost."""
    if trait.leader < 2:
        return 0.0
    return 1.0 / (p.command_succession_s * f8(trait.leader - 1))
