"""The ones near: gathered from the 3 x 3 cells around, then perceived one by one.

``gather`` copies the outsides of everybody in nine cells into dense arrays that all fighters of
the middle cell share, padded with figures far away so that the loop needs no remainder. The loop
of ``see_near`` has no branches, and its sums and minima are integers, so it may be vectorised
without changing a bit.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import part, rule
from affray.rules.see import sees
from affray.world import battlefield as b

f4 = np.float32
f8 = np.float64
i4 = np.int32
i8 = np.int64
u4 = np.uint32

SLOTS = 2048  # most fighters in nine cells: 57 to a square metre
VECTOR = 16
SLOT_BITS = 11
NOBODY = i4(0x7FFFFFFF)
FIXED = f4(4096.0)
UNFIX = 1.0 / 4096.0


@part
def copy_eight(to, at, source, j):
    """Eight loads, then eight stores: one vector move."""
    a0 = source[j]
    a1 = source[j + 1]
    a2 = source[j + 2]
    a3 = source[j + 3]
    a4 = source[j + 4]
    a5 = source[j + 5]
    a6 = source[j + 6]
    a7 = source[j + 7]
    to[at] = a0
    to[at + 1] = a1
    to[at + 2] = a2
    to[at + 3] = a3
    to[at + 4] = a4
    to[at + 5] = a5
    to[at + 6] = a6
    to[at + 7] = a7


@part
def gather(world, state, c, xs, ys, looks, runs):
    """Copy the outsides of the 3 x 3 cells around c; returns the number of slots, padded.

    ``runs[k]``: first slot of the k-th row of cells; ``runs[3 + k]``: what to add to its slots
    to get rows of the state. Copies whole eights: what is surplus is overwritten by the next
    run, or lies beyond the count.
    """
    cols, rows = world.grid_cols[0], world.grid_rows[0]
    row = c // cols
    col = c - row * cols
    left, right = max(col - 1, 0), min(col + 1, cols - 1)
    m = i8(0)
    for k in range(3):
        r = row - 1 + k
        runs[k] = m
        runs[3 + k] = 0
        if r < 0 or r >= rows:
            continue
        j0 = i8(state.start[r * cols + left])
        j1 = i8(state.start[r * cols + right + 1])
        length = min(j1 - j0, SLOTS - m)
        q = 0
        while q < length:
            copy_eight(xs, m + q, state.outside.x, j0 + q)
            copy_eight(ys, m + q, state.outside.y, j0 + q)
            copy_eight(looks, m + q, state.outside.look, j0 + q)
            q += 8
        runs[3 + k] = j0 - m
        m += length
    for q in range(m, m + VECTOR):
        xs[q] = f4(b.FAR)
        ys[q] = f4(b.FAR)
        looks[q] = u4(0)
    return (m + VECTOR - 1) // VECTOR * VECTOR


@rule
def row_at(slot, runs):
    """Row of the state in a slot."""
    if slot < runs[1]:
        return slot + runs[3]
    if slot < runs[2]:
        return slot + runs[4]
    return slot + runs[5]


@rule
def slot_of(row, runs):
    """Slot of a row that lies in the middle row of cells."""
    return row - runs[4]


@part
def _bit(look, at):
    return i4((look >> u4(at)) & u4(1))


@part
def see_near(xs, ys, looks, m, me_slot, hx, hy, side, foes_mask, cone_cos, order_x,
             order_y, p, found):
    """Perceive the ones near; results into ``found`` (int64, 17), see the end of the function.

    ``foes_mask``: bit s set if side s is hostile.
    """
    x, y = xs[me_slot], ys[me_slot]
    range2 = f4(b.CELL_M * b.CELL_M)
    touch2 = f4(p.sight_touch_m * p.sight_touch_m)
    ease2 = f4(p.move_ease_m * p.move_ease_m)
    ease_inv = f4(1.0) / ease2
    cover2 = f4(2.25)
    fhx, fhy, cone = f4(hx), f4(hy), f4(cone_cos)
    ox, oy = f4(order_x), f4(order_y)
    mine = u4(side)
    self_slot = i4(me_slot)
    foes = i4(0)
    behind = i4(0)
    friends = i4(0)
    cover = i4(0)
    friends_fled = i4(0)
    foes_fled = i4(0)
    fear = i4(0)
    weary = i4(0)
    push_x = i4(0)
    push_y = i4(0)
    ahead = i4(0)
    foe_key = NOBODY
    prone_key = NOBODY
    hurt_key = NOBODY
    fallen_key = NOBODY
    runaway_key = NOBODY
    friend_key = NOBODY
    for q in range(m):
        dx = xs[q] - x
        dy = ys[q] - y
        d2 = dx * dx + dy * dy
        look = looks[q]
        other = i4(i4(q) != self_slot)
        hidden = _bit(look, b.LOOK_HIDDEN) == i4(1)
        here = i4(d2 <= range2) & other & i4(sees(dx, dy, d2, fhx, fhy, cone, touch2, hidden))
        up = _bit(look, b.LOOK_UP) & here
        team = look & u4(7)
        friend = i4(team == mine)
        friend_up = up & friend
        hostile = i4((u4(foes_mask) >> team) & u4(1))
        foe = up & hostile
        down = _bit(look, b.LOOK_DOWN) & here
        flees = _bit(look, b.LOOK_FLEES)
        back = i4(dx * fhx + dy * fhy < f4(0.0))
        foes = i4(foes + foe)
        behind = i4(behind + (foe & back))
        foes_fled = i4(foes_fled + (foe & flees))
        friends = i4(friends + friend_up)
        friends_fled = i4(friends_fled + (friend_up & flees))
        steady = friend_up & (i4(1) - flees) & (i4(1) - _bit(look, b.LOOK_PAUSES))
        cover = i4(cover + (steady & i4(d2 <= cover2)))
        fear = i4(fear + friend_up * i4((look >> u4(b.LOOK_FEAR)) & u4(15)))
        weary = i4(weary + friend_up * i4((look >> u4(b.LOOK_WEARY)) & u4(15)))
        crowding = max(f4(1.0) - d2 * ease_inv, f4(0.0)) * FIXED * f4(up)
        push_x = i4(push_x - i4(crowding * dx))
        push_y = i4(push_y - i4(crowding * dy))
        near_step = i4((dx * ox + dy * oy) * FIXED * f4(friend_up))
        ahead = i4(ahead + near_step)
        key = i4((i4(min(d2, range2) * f4(65536.0)) << i4(SLOT_BITS)) | i4(q))
        foe_key = min(foe_key, key if foe == i4(1) else NOBODY)
        prone_key = min(prone_key, key if (down & hostile) == i4(1) else NOBODY)
        hurt = (friend_up & _bit(look, b.LOOK_HURT)) | (down & friend)
        hurt_key = min(hurt_key, key if hurt == i4(1) else NOBODY)
        fallen = here & friend & _bit(look, b.LOOK_FELL)
        fallen_key = min(fallen_key, key if fallen == i4(1) else NOBODY)
        runaway_key = min(runaway_key, key if (friend_up & flees) == i4(1) else NOBODY)
        friend_key = min(friend_key, key if friend_up == i4(1) else NOBODY)
    found[0] = foes
    found[1] = behind
    found[2] = friends
    found[3] = cover
    found[4] = friends_fled
    found[5] = foes_fled
    found[6] = fear
    found[7] = weary
    found[8] = push_x
    found[9] = push_y
    found[10] = ahead
    found[11] = foe_key
    found[12] = hurt_key
    found[13] = fallen_key
    found[14] = runaway_key
    found[15] = friend_key
    found[16] = prone_key
