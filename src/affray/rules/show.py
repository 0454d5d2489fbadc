"""What of a fighter can be perceived by others: the words ``Outside.look`` and ``Outside.sign``.

Nothing that a fighter keeps to himself may enter here: no plan, no belief, no exact wound.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp
from affray.rules.nature import height_m
from affray.rules.tire import pace
from affray.world import battlefield as b
from affray.world import words as w

f8 = np.float64

HIGH_M = 2  # a perch from which nobody is reached from the ground


@rule
def pauses(act):
    """Whether somebody in this act does not fight meanwhile."""
    return act == w.REST or act >= w.HELP_UP


@rule
def runs_off(act, sx, sy, hx, hy, speed_m_per_s, p):
    """Whether a step (sx, sy) of one facing (hx, hy) who goes back looks like flight.

    At a run with his back turned it does, by order or not.
    """
    back_turned = sx * hx + sy * hy > 0.0
    return act == w.FALL_BACK and back_turned and speed_m_per_s >= p.show_flight_m_per_s


@rule
def eyes_m(height_m, status, perch_m):
    """Height of the eyes above the ground."""
    if status == w.UP:
        return 0.94 * height_m + perch_m
    return 0.3


@rule
def shown_fear(fear, leads, p):
    """Fear as it shows in face and eyes: leaders keep some of theirs to themselves."""
    return clamp(fear, 0.0, 1.0) * (1.0 - p.mood_leader_hides * f8(leads))


@rule
def look(me, trait, unit, cover, weariness, fresh_ticks, p):
    """The outside of ``me`` as a word of bits; see ``LOOK_*`` in ``world/battlefield.py``.

    ``cover``: how well he is hidden (``hide.cover_of``). A fall shows for ``fresh_ticks``, from
    look to look, so that each onlooker sees it once.
    """
    word = np.int64(me.side)
    up = me.status == w.UP
    down = me.status == w.DOWN or me.status == w.OUT
    if up:
        word |= 1 << b.LOOK_UP
        if me.mood == w.BROKEN or me.runs_off == 1:
            word |= 1 << b.LOOK_FLEES
        if pauses(me.act) or me.grip > 0:
            word |= 1 << b.LOOK_PAUSES
        if me.act == w.LUNGE:
            word |= 1 << b.LOOK_OPEN
    if me.fell < fresh_ticks:
        word |= (1 << b.LOOK_FELL) | (np.int64(me.fell) << b.LOOK_AGE)
    if me.status == w.DOWN or ((up or down) and (me.flow > 200 or me.embedded > 0)):
        word |= 1 << b.LOOK_HURT
    if cover > p.hide_from:
        word |= 1 << b.LOOK_HIDDEN
    if me.leads == 1:
        word |= 1 << b.LOOK_LEADER
    if down:
        word |= 1 << b.LOOK_DOWN
    if me.status == w.OUT:
        word |= 1 << b.LOOK_OUT
    if me.perch >= HIGH_M:
        word |= 1 << b.LOOK_HIGH
    if unit.masked == w.BARE:
        word |= 1 << b.LOOK_FACE
        word |= np.int64(15.0 * shown_fear(f8(me.fear), me.leads, p)) << b.LOOK_FEAR
    spent = clamp(p.show_weariness * weariness, 0.0, 1.0)
    word |= np.int64(15.0 * spent) << b.LOOK_WEARY
    eyes = eyes_m(height_m(trait), me.status, f8(me.perch))
    word |= np.int64(clamp(4.0 * eyes, 0.0, 63.0)) << b.LOOK_TALL
    return word


@rule
def sign(me, trait, unit, cover, fresh_ticks, p):
    """What shows besides, to one who looks at him singly: see ``SIGN_*``.

    That somebody has felled an enemy shows for ``fresh_ticks``, from look to look.
    """
    word = (np.int64(me.unit) % b.BADGES) << b.SIGN_UNIT
    if unit.masked != w.ALL_COVERED:
        word |= 1 << b.SIGN_EYES
        word |= np.int64(15.0 * shown_fear(f8(me.fear), me.leads, p)) << b.SIGN_GAZE
        if me.winks > 0:
            word |= 1 << b.SIGN_WINKS
    word |= np.int64(clamp(2.0 * pace(me), 0.0, 15.0)) << b.SIGN_SPEED
    word |= np.int64(7.0 * clamp(cover, 0.0, 1.0)) << b.SIGN_COVER
    if me.status == w.UP:
        if me.felled < fresh_ticks:
            word |= 1 << b.SIGN_FELLED
        if me.act == w.STRIKE or me.act == w.LUNGE or me.act == w.THROW:
            word |= 1 << b.SIGN_STRIKES
        if trait.standard == 1:
            word |= 1 << b.SIGN_STANDARD
        if me.says_left > 0:
            word |= 1 << b.SIGN_SPEAKS
            if me.says == w.SAY_LAUGH:
                word |= 1 << b.SIGN_LAUGHS
        if me.grip > 0:
            word |= 1 << b.SIGN_STARES
    return word
