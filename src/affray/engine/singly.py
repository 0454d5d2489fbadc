"""Those of the near whom one looks at singly: the nearest enemy, companion, hurt, fallen, runaway.

Of them alone more is told than can be counted: who it is, where, whether he has exposed himself,
and what stands in the second word of his outside: his eyes, and how fast he moves.
"""

from __future__ import annotations

import numpy as np

from affray.engine.near import NOBODY, SLOTS, row_at
from affray.rules.compiled import part, rule
from affray.rules.nature import training
from affray.rules.see import in_view, is_blur, shows_eyes
from affray.rules.show import HIGH_M
from affray.world import battlefield as b

f8 = np.float64
i8 = np.int64

_UP = 1 << b.LOOK_UP


@part
def _towards(state, key, runs, me, offset):
    """Row of the fighter in a key; his offset and distance into ``offset``; -1: nobody."""
    if key == NOBODY:
        return i8(-1)
    row = row_at(key & (SLOTS - 1), runs)
    dx = f8(state.outside.x[row]) - f8(me.x)
    dy = f8(state.outside.y[row]) - f8(me.y)
    offset[0] = dx
    offset[1] = dy
    offset[2] = np.sqrt(dx * dx + dy * dy)
    return row


@rule
def key_of_foe(found, mistaken):
    """The one he turns against: the nearest enemy on his feet, else the nearest on the ground.

    In a melee he may be mistaken, and take the nearest companion for an enemy.
    """
    if found.foe == NOBODY:
        return found.prone
    if mistaken and found.friend != NOBODY:
        return found.friend
    return found.foe


@part
def _sees(me, offset, cone_cos, look):
    """Whether the one at ``offset`` is in view, and not only felt."""
    hidden = (look >> b.LOOK_HIDDEN) & 1 == 1
    d2 = offset[2] * offset[2]
    return in_view(offset[0], offset[1], d2, f8(me.hx), f8(me.hy), cone_cos, hidden)


@part
def _reads_eyes(state, row, offset, light, p):
    """Whether the eyes of one in view can be read."""
    bare = (i8(state.outside.sign[row]) >> b.SIGN_EYES) & 1 == 1
    open_ = i8(state.outside.look[row]) & _UP != 0
    hx, hy = f8(state.outside.hx[row]), f8(state.outside.hy[row])
    return bare and open_ and shows_eyes(offset[0], offset[1], offset[2], hx, hy, light, p)


@rule
def _gaze(sign):
    """Fear in somebody's eyes."""
    return f8((sign >> b.SIGN_GAZE) & 15) / 15.0


@part
def see_foe(state, foe, me, trait, offset, eyes, cone_cos, light, p, seen):
    """The nearest enemy, in row ``foe``; -1: there is none."""
    seen.foe = -1
    seen.foe_dx = 0.0
    seen.foe_dy = 0.0
    seen.foe_m = 0.0
    seen.foe_open = 0
    seen.foe_down = 0
    seen.foe_stares = 0
    seen.foe_blur = 0
    seen.foe_masked = 0
    seen.foe_eyes = 0
    seen.foe_fear = 0.0
    seen.foe_winks = 0
    if foe < 0:
        return
    look, sign = i8(state.outside.look[foe]), i8(state.outside.sign[foe])
    hx, hy = f8(state.outside.hx[foe]), f8(state.outside.hy[foe])
    seen.foe_dx = offset[0]
    seen.foe_dy = offset[1]
    seen.foe_m = offset[2]
    if (look >> b.LOOK_HIGH) & 1 != i8(me.perch >= HIGH_M):
        rise = 0.25 * f8((look >> b.LOOK_TALL) & 63) - eyes
        seen.foe_m = np.sqrt(offset[2] * offset[2] + rise * rise)
    seen.foe_down = (look >> b.LOOK_DOWN) & 1
    speed = 0.5 * f8((sign >> b.SIGN_SPEED) & 15)
    if is_blur(speed, offset[0], offset[1], offset[2], hx, hy, training(trait), p):
        seen.foe_blur = 1
        return
    seen.foe = state.outside.id[foe]
    if not _sees(me, offset, cone_cos, look):
        return
    away = hx * offset[0] + hy * offset[1] > 0.0
    exposed = ((look >> b.LOOK_OPEN) & 1) | ((look >> b.LOOK_PAUSES) & 1)
    seen.foe_open = exposed | i8(away)
    seen.foe_stares = (sign >> b.SIGN_STARES) & 1
    seen.foe_masked = 1 - ((look >> b.LOOK_FACE) & 1)
    if _reads_eyes(state, foe, offset, light, p):
        seen.foe_eyes = 1
        seen.foe_fear = _gaze(sign)
        seen.foe_winks = (sign >> b.SIGN_WINKS) & 1


@part
def _see_hurt(state, hurt, offset, seen):
    """The nearest companion who needs a hand, in row ``hurt``; -1: there is none."""
    seen.hurt = -1
    seen.hurt_dx = 0.0
    seen.hurt_dy = 0.0
    seen.hurt_m = 0.0
    seen.hurt_down = 0
    seen.hurt_out = 0
    if hurt < 0:
        return
    look = i8(state.outside.look[hurt])
    seen.hurt = state.outside.id[hurt]
    seen.hurt_dx = offset[0]
    seen.hurt_dy = offset[1]
    seen.hurt_m = offset[2]
    seen.hurt_down = (look >> b.LOOK_DOWN) & 1 & ~(look >> b.LOOK_OUT)
    seen.hurt_out = (look >> b.LOOK_OUT) & 1


@part
def _see_friend(state, friend, me, offset, cone_cos, light, p, seen):
    """The nearest companion on his feet, in row ``friend``; -1: there is none."""
    seen.companion = -1
    seen.friend_masked = 0
    seen.friend_eyes = 0
    seen.friend_fear = 0.0
    if friend < 0:
        return
    look = i8(state.outside.look[friend])
    seen.companion = state.outside.id[friend]
    if not _sees(me, offset, cone_cos, look):
        return
    seen.friend_masked = 1 - ((look >> b.LOOK_FACE) & 1)
    if _reads_eyes(state, friend, offset, light, p):
        seen.friend_eyes = 1
        seen.friend_fear = _gaze(i8(state.outside.sign[friend]))


@part
def look_singly(state, me, trait, mind, mistaken, eyes, cone_cos, light, p, seen):
    """Turn the keys of ``mind.found`` into percepts of single people."""
    found, offset, runs = mind.found[0], mind.offset, mind.near.runs
    foe = _towards(state, key_of_foe(found, mistaken), runs, me, offset)
    see_foe(state, foe, me, trait, offset, eyes, cone_cos, light, p, seen)
    hurt = _towards(state, found.hurt, runs, me, offset)
    _see_hurt(state, hurt, offset, seen)
    fallen = _towards(state, found.fallen, runs, me, offset)
    seen.fallen = -1
    seen.fallen_leader = 0
    seen.fallen_ago = 0
    if fallen >= 0:
        look = i8(state.outside.look[fallen])
        seen.fallen = state.outside.id[fallen]
        seen.fallen_leader = (look >> b.LOOK_LEADER) & 1
        seen.fallen_ago = (look >> b.LOOK_AGE) & 7
    runaway = _towards(state, found.runaway, runs, me, offset)
    seen.runaway = state.outside.id[runaway] if runaway >= 0 else -1
    friend = _towards(state, found.friend, runs, me, offset)
    _see_friend(state, friend, me, offset, cone_cos, light, p, seen)
