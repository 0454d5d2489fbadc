"""The ones near: gathered from the 3 x 3 cells around, then perceived one by one.

``gather`` copies the outsides of everybody in nine cells into dense arrays that all fighters of
the middle cell share, padded with figures far away so that the loop needs no remainder. The loop
of ``see_near`` has no branches, and its sums and minima are integers, so it may be vectorised
without changing a bit.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import loop, part, rule
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
_COVER_M2 = 2.25  # a companion within 1.5 m covers
_FAR_M2 = 64.0  # nobody in nine cells is farther
_KEY = f4(4096.0)  # squared distances are told apart by 1/4096 m2
_MARKS = (1 << b.LOOK_HURT) | (1 << b.LOOK_FELL) | (1 << b.LOOK_FLEES) | (1 << b.LOOK_DOWN)


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


# Counts are packed by ten bits: nine cells hold at most SLOTS, and no thousand has one look.
_TEN = 10
_TWENTY = 20
_MASK = 1023
_FACES = 14  # bits of the sum of fear in faces; weariness in bodies above it


@loop
def see_near(xs, ys, looks, m, me_slot, hx, hy, side, foes_mask, cone_cos, order_x, order_y, p,
             found):  # fmt: skip
    """Perceive those in the nine cells, in one pass; results into ``found``, see its end.

    Those within ``CELL_M`` are near: felt, crowding, within a blow. The others of the nine cells
    are too close to be seen as a crowd from afar, and enter the crowds here, one by one.
    ``foes_mask``: bit s set if side s is hostile. Who it is, beyond the nearest enemy, is left to
    ``see_who``: the bits of ``found[11]`` (``LOOK_*``) tell whether that is worth it.
    """
    x, y = xs[me_slot], ys[me_slot]
    range2 = f4(b.CELL_M * b.CELL_M)
    touch2 = f4(p.sight_touch_m * p.sight_touch_m)
    ease_inv = f4(1.0 / (p.move_ease_m * p.move_ease_m))
    fhx, fhy, cone = f4(hx), f4(hy), f4(cone_cos)
    ox, oy = f4(order_x), f4(order_y)
    mine = u4(side)
    self_slot = i4(me_slot)
    counts = i4(0)
    more = i4(0)
    cues = i4(0)
    mid = i4(0)
    mid_more = i4(0)
    mid_x = i4(0)
    mid_y = i4(0)
    push_x = i4(0)
    push_y = i4(0)
    ahead = i4(0)
    marks = i4(0)
    foe_key = NOBODY
    for q in range(m):
        dx = xs[q] - x
        dy = ys[q] - y
        d2 = dx * dx + dy * dy
        look = looks[q]
        hidden = _bit(look, b.LOOK_HIDDEN) == i4(1)
        seen = (i4(q) != self_slot) & sees(dx, dy, d2, fhx, fhy, cone, touch2, hidden)
        near = d2 <= range2
        here = seen & near
        there = seen & (not near)
        up = _bit(look, b.LOOK_UP) == i4(1)
        team = look & u4(7)
        friend = team == mine
        hostile = ((u4(foes_mask) >> team) & u4(1)) == u4(1)
        flees = _bit(look, b.LOOK_FLEES)
        steady = (look & u4((1 << b.LOOK_FLEES) | (1 << b.LOOK_PAUSES))) == u4(0)
        covers = i4(steady & (d2 <= f4(_COVER_M2)))
        behind = i4(dx * fhx + dy * fhy < f4(0.0))
        near_friend = here & up & friend
        near_foe = here & up & hostile
        counts = i4(counts + (i4((1 << _TEN) + (covers << _TWENTY)) if near_friend else i4(0)))
        counts = i4(counts + (i4(1) if near_foe else i4(0)))
        face = _bit(look, b.LOOK_FACE)
        more = i4(more + (i4((flees << _TEN) | (face << _TWENTY)) if near_friend else i4(0)))
        more = i4(more + (behind if near_foe else i4(0)))
        fear = i4((look >> u4(b.LOOK_FEAR)) & u4(15))
        spent = i4((look >> u4(b.LOOK_WEARY)) & u4(15))
        cues = i4(cues + (i4(fear | (spent << _FACES)) if near_friend else i4(0)))
        mid_foe = there & up & hostile
        mid = i4(mid + (i4((1 << _TEN) | (flees << _TWENTY)) if there & up & friend else i4(0)))
        mid = i4(mid + (i4(1) if mid_foe else i4(0)))
        prone = there & friend & (_bit(look, b.LOOK_DOWN) == i4(1))
        mid_more = i4(mid_more + (i4(1 << _TEN) if prone else i4(0)))
        mid_more = i4(mid_more + (flees if mid_foe else i4(0)))
        mid_more = i4(mid_more + (i4(flees << _TWENTY) if near_foe else i4(0)))
        mid_x = i4(mid_x + (i4(dx * FIXED) if mid_foe else i4(0)))
        mid_y = i4(mid_y + (i4(dy * FIXED) if mid_foe else i4(0)))
        crowding = max(f4(1.0) - d2 * ease_inv, f4(0.0)) * FIXED
        crowding = crowding if here & up else f4(0.0)
        push_x = i4(push_x - i4(crowding * dx))
        push_y = i4(push_y - i4(crowding * dy))
        along = i4((dx * ox + dy * oy) * FIXED)
        ahead = i4(ahead + (along if near_friend else i4(0)))
        marked = i4(look & u4(_MARKS)) if friend else i4(look & u4(1 << b.LOOK_DOWN))
        marks = i4(marks | (marked if here else i4(0)))
        key = i4((i4(min(d2, f4(_FAR_M2)) * _KEY) << i4(SLOT_BITS)) | i4(q))
        foe_key = min(foe_key, key if seen & up & hostile else NOBODY)
    found[0] = counts & _MASK
    found[1] = more & _MASK
    found[2] = (counts >> _TEN) & _MASK
    found[3] = (counts >> _TWENTY) & _MASK
    found[4] = (more >> _TEN) & _MASK
    found[5] = (mid_more >> _TWENTY) & _MASK
    found[6] = cues & ((1 << _FACES) - 1)
    found[7] = cues >> _FACES
    found[8] = push_x
    found[9] = push_y
    found[10] = ahead
    found[11] = marks
    found[12] = foe_key
    found[18] = (more >> _TWENTY) & _MASK
    found[19] = mid & _MASK
    found[20] = (mid >> _TEN) & _MASK
    found[21] = (mid >> _TWENTY) & _MASK
    found[22] = mid_more & _MASK
    found[23] = (mid_more >> _TEN) & _MASK
    found[24] = mid_x
    found[25] = mid_y


@loop
def see_who(xs, ys, looks, m, me_slot, hx, hy, side, foes_mask, cone_cos, p, found):
    """A second pass over the same ones, for whom it is about: keys into ``found[13:18]``.

    Of the companions: nearest one hurt, fallen just now, in flight, on his feet; of the enemies:
    nearest on the ground.
    """
    x, y = xs[me_slot], ys[me_slot]
    range2 = f4(b.CELL_M * b.CELL_M)
    touch2 = f4(p.sight_touch_m * p.sight_touch_m)
    fhx, fhy, cone = f4(hx), f4(hy), f4(cone_cos)
    mine = u4(side)
    self_slot = i4(me_slot)
    hurt_key = NOBODY
    fallen_key = NOBODY
    runaway_key = NOBODY
    friend_key = NOBODY
    prone_key = NOBODY
    for q in range(m):
        dx = xs[q] - x
        dy = ys[q] - y
        d2 = dx * dx + dy * dy
        look = looks[q]
        hidden = _bit(look, b.LOOK_HIDDEN) == i4(1)
        here = (d2 <= range2) & (i4(q) != self_slot)
        here = here & sees(dx, dy, d2, fhx, fhy, cone, touch2, hidden)
        team = look & u4(7)
        friend = here & (team == mine)
        up = friend & (_bit(look, b.LOOK_UP) == i4(1))
        foe = here & (((u4(foes_mask) >> team) & u4(1)) == u4(1))
        down = _bit(look, b.LOOK_DOWN) == i4(1)
        key = i4((i4(min(d2, f4(_FAR_M2)) * _KEY) << i4(SLOT_BITS)) | i4(q))
        hurt = friend & (_bit(look, b.LOOK_HURT) == i4(1))
        hurt_key = min(hurt_key, key if hurt else NOBODY)
        fallen = friend & (_bit(look, b.LOOK_FELL) == i4(1))
        fallen_key = min(fallen_key, key if fallen else NOBODY)
        runaway = up & (_bit(look, b.LOOK_FLEES) == i4(1))
        runaway_key = min(runaway_key, key if runaway else NOBODY)
        friend_key = min(friend_key, key if up else NOBODY)
        prone_key = min(prone_key, key if foe & down else NOBODY)
    found[13] = hurt_key
    found[14] = fallen_key
    found[15] = runaway_key
    found[16] = friend_key
    found[17] = prone_key


@rule
def see_nobody(found):
    """What ``see_who`` finds where there is nothing to find."""
    for k in range(13, 18):
        found[k] = NOBODY
