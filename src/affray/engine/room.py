"""The bodies about one who has an enemy before him: who stands in the way, and how close all are.

The same loop serves what he perceives of it when he looks, and what his blow meets when it lands.
"""

from __future__ import annotations

import numpy as np

from affray.engine.near import NOBODY, SLOT_BITS, SLOTS, WHOLE
from affray.engine.perceive import foes_of
from affray.rules import luck as purpose
from affray.rules.compiled import loop, part
from affray.rules.luck import chance
from affray.rules.move import CLOSING_M, toward_foe
from affray.rules.room import cramped, need_m
from affray.rules.see import cone, felt_m, in_view
from affray.world import battlefield as b

f4 = np.float32
f8 = np.float64
i4 = np.int32
i8 = np.int64
u4 = np.uint32

EVERYWHERE = -2.0  # a cosine: nobody is out of view
_KEY = f4(65536.0)  # squared distances up to 4 m2 are told apart by 1/65536 m2
_NEAR_M2 = b.CELL_M * b.CELL_M
_SHORT_M = 0.05  # whoever stands on a line this near to its end is what it ends at
_SIDE = u4(7)
_UP = u4(1 << b.LOOK_UP)
_HIGH = u4(1 << b.LOOK_HIGH)
_HIDDEN = u4(1 << b.LOOK_HIDDEN)


@loop
def bodies_about(near, me_slot, me, foes_mask, cone_cos, touch_m, line, room_m, p):
    """Of all within ``CELL_M``, on their feet and as high as oneself, and perceived.

    ``line``: a way (unit vector), and how far a blow goes along it. Key of the nearest on that way,
    as wide as a body; key of the nearest in the line of the blow, and how many there are; and the
    shares of ``room_m`` that all take, in 1/4096. On way and line those whose sides are in
    ``foes_mask`` do not count.
    """
    xs, ys, looks = near.xs, near.ys, near.looks
    ux, uy, to_m = line
    x, y, mine = xs[me_slot], ys[me_slot], looks[me_slot]
    fhx, fhy, cone, touch2 = f4(me.hx), f4(me.hy), f4(cone_cos), f4(touch_m * touch_m)
    fux, fuy, short = f4(ux), f4(uy), f4(to_m - _SHORT_M)
    wide, narrow = f4(p.move_body_m), f4(p.strike_way_m)
    per_m = f4(1.0 / max(room_m, 1.0e-6))
    foes = u4(foes_mask)
    self_slot = i4(me_slot)
    ahead, first = NOBODY, NOBODY
    between, pressed = i4(0), i4(0)
    for q in range(near.slots[0] & WHOLE):
        dx = xs[q] - x
        dy = ys[q] - y
        d2 = dx * dx + dy * dy
        look = looks[q]
        hidden = u4(look & _HIDDEN) != u4(0)
        felt = (d2 <= touch2) | in_view(dx, dy, d2, fhx, fhy, cone, hidden)
        stands = (u4(look & _UP) != u4(0)) & (u4((look ^ mine) & _HIGH) == u4(0))
        other = stands & felt & (d2 <= f4(_NEAR_M2)) & (i4(q) != self_slot)
        hostile = u4(np.right_shift(foes, u4(look & _SIDE)) & u4(1)) != u4(0)
        along = dx * fux + dy * fuy
        off = abs(dx * fuy - dy * fux)
        on_way = other & (not hostile) & (along > f4(0.0))
        in_line = on_way & (off < narrow) & (along < short)
        share = max(f4(1.0) - np.sqrt(d2) * per_m, f4(0.0)) * f4(4096.0)
        key = i4((i4(min(d2, f4(_NEAR_M2)) * _KEY) << i4(SLOT_BITS)) | i4(q))
        ahead = min(ahead, key if on_way & (off < wide) else NOBODY)
        first = min(first, key if in_line else NOBODY)
        between = i4(between + (i4(1) if in_line else i4(0)))
        pressed = i4(pressed + (i4(share) if other else i4(0)))
    return ahead, first, between, pressed


@part
def stand_amid(world, state, me, trait, me_slot, tick, mind, seen):
    """What he perceives of it, with an enemy close enough to close with; else there is nothing."""
    p = world.params[0]
    seen.way_m = 0.0
    seen.between = 0
    seen.cramped = 0.0
    ux, uy, foe_m = toward_foe(seen)
    if foe_m < 0.0 or foe_m >= CLOSING_M:
        return
    cone_cos, attention = cone(me.act, trait.sight, me.grip, p)
    notices = chance(world.seed[0], tick, me.luck, purpose.BESIDE) < attention
    room_m = need_m(world.weapons[me.hand].harm, p)
    foes, touch_m = foes_of(world, state, me, trait), felt_m(notices, me.act, p)
    line = ux, uy, foe_m
    ahead, _, between, pressed = bodies_about(
        mind.near, me_slot, me, foes, cone_cos, touch_m, line, room_m, p
    )
    if ahead != NOBODY:
        q = i8(ahead) & (SLOTS - 1)
        dx, dy = f8(mind.near.xs[q]) - f8(me.x), f8(mind.near.ys[q]) - f8(me.y)
        seen.way_m = max(np.sqrt(dx * dx + dy * dy), 0.01)
    if seen.foe >= 0:
        seen.between = between
    seen.cramped = cramped(f8(pressed) / 4096.0)
