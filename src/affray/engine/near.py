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
from affray.world.fields import Field, record

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
_MARKS_FAR = (1 << b.LOOK_FELL) | (1 << b.LOOK_FLEES)
_MARKS = (1 << b.LOOK_HURT) | (1 << b.LOOK_FELL) | (1 << b.LOOK_FLEES) | (1 << b.LOOK_DOWN)


FOUND_FIELDS = (
    Field("foes", "i8", "fighters", "enemies on their feet, near"),
    Field("behind", "i8", "fighters", "of these, outside the front half"),
    Field("foes_fled", "i8", "fighters", "of these, in flight"),
    Field("friends", "i8", "fighters", "companions on their feet, near"),
    Field("cover", "i8", "fighters", "of these, steady and close enough to cover"),
    Field("friends_fled", "i8", "fighters", "of these, in flight"),
    Field("faces", "i8", "fighters", "of these, with uncovered faces"),
    Field("fear", "i8", "1/15", "sum of the fear in these faces"),
    Field("weary", "i8", "1/15", "sum of the companions' weariness"),
    Field("push_x", "i8", "1/4096 m", "crowding, away from others"),
    Field("push_y", "i8", "1/4096 m", "crowding, away from others"),
    Field("ahead", "i8", "1/4096 m", "sum of how far companions stand ahead, along the order"),
    Field("marks", "i8", "bits", "LOOK_* of those it may be worth to look at again"),
    Field("foe", "i8", "key", "nearest enemy on his feet"),
    Field("prone", "i8", "key", "nearest enemy on the ground, near"),
    Field("hurt", "i8", "key", "nearest companion hurt, near"),
    Field("fallen", "i8", "key", "nearest companion fallen just now"),
    Field("runaway", "i8", "key", "nearest companion in flight"),
    Field("friend", "i8", "key", "nearest companion on his feet, near"),
    Field("far_foes", "i8", "fighters", "enemies on their feet, in the nine cells but not near"),
    Field("far_foes_fled", "i8", "fighters", "of these, in flight"),
    Field("far_friends", "i8", "fighters", "companions on their feet, likewise"),
    Field("far_friends_fled", "i8", "fighters", "of these, in flight"),
    Field("far_friends_down", "i8", "fighters", "companions on the ground, likewise"),
    Field("far_x", "i8", "1/4096 m", "sum of the offsets of those enemies"),
    Field("far_y", "i8", "1/4096 m", "sum of the offsets of those enemies"),
)
FOUND = record(FOUND_FIELDS)  # what one look at the nine cells finds; a key is distance and slot


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
    """Perceive those in the nine cells, in one pass; results into ``found``.

    Those within ``CELL_M`` are near: felt, crowding, within a blow; but nobody in a tree is near
    one on the ground. The others of the nine cells are too close to be seen as a crowd from afar,
    and enter the crowds here, one by one.
    ``foes_mask``: bit s set if side s is hostile. Who it is, beyond the nearest enemy, is left to
    ``see_who``: the bits of ``found.marks`` (``LOOK_*``) tell whether that is worth it.
    """
    x, y = xs[me_slot], ys[me_slot]
    range2 = f4(b.CELL_M * b.CELL_M)
    touch2 = f4(p.sight_touch_m * p.sight_touch_m)
    ease_inv = f4(1.0 / (p.move_ease_m * p.move_ease_m))
    fhx, fhy, cone = f4(hx), f4(hy), f4(cone_cos)
    ox, oy = f4(order_x), f4(order_y)
    mine = u4(side)
    high = (looks[me_slot] >> u4(b.LOOK_HIGH)) & u4(1)
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
        level = ((look >> u4(b.LOOK_HIGH)) & u4(1)) == high
        felt2 = touch2 if level else f4(-1.0)
        seen = (i4(q) != self_slot) & sees(dx, dy, d2, fhx, fhy, cone, felt2, hidden)
        near = (d2 <= range2) & level
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
        marked = marked if near else (i4(look & u4(_MARKS_FAR)) if friend else i4(0))
        marks = i4(marks | (marked if seen else i4(0)))
        key = i4((i4(min(d2, f4(_FAR_M2)) * _KEY) << i4(SLOT_BITS)) | i4(q))
        foe_key = min(foe_key, key if seen & up & hostile else NOBODY)
    found.push_x = push_x
    found.push_y = push_y
    found.ahead = ahead
    found.marks = marks
    found.foe = foe_key
    found.far_x = mid_x
    found.far_y = mid_y
    unpack(counts, more, cues, mid, mid_more, found)


@rule
def unpack(counts, more, cues, mid, mid_more, found):
    """Take the packed counts of ``see_near`` apart."""
    found.foes = counts & _MASK
    found.friends = (counts >> _TEN) & _MASK
    found.cover = (counts >> _TWENTY) & _MASK
    found.behind = more & _MASK
    found.friends_fled = (more >> _TEN) & _MASK
    found.faces = (more >> _TWENTY) & _MASK
    found.foes_fled = (mid_more >> _TWENTY) & _MASK
    found.fear = cues & ((1 << _FACES) - 1)
    found.weary = cues >> _FACES
    found.far_foes = mid & _MASK
    found.far_friends = (mid >> _TEN) & _MASK
    found.far_friends_fled = (mid >> _TWENTY) & _MASK
    found.far_foes_fled = mid_more & _MASK
    found.far_friends_down = (mid_more >> _TEN) & _MASK


@loop
def see_who(xs, ys, looks, m, me_slot, hx, hy, side, foes_mask, cone_cos, p, found):
    """A second pass over the same ones, for whom it is about: keys into ``found``.

    Of the companions: nearest one hurt or on his feet, near; nearest one fallen just now or in
    flight, anywhere in the nine cells. Of the enemies: nearest on the ground, near.
    """
    x, y = xs[me_slot], ys[me_slot]
    range2 = f4(b.CELL_M * b.CELL_M)
    touch2 = f4(p.sight_touch_m * p.sight_touch_m)
    fhx, fhy, cone = f4(hx), f4(hy), f4(cone_cos)
    mine = u4(side)
    high = (looks[me_slot] >> u4(b.LOOK_HIGH)) & u4(1)
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
        level = ((look >> u4(b.LOOK_HIGH)) & u4(1)) == high
        felt2 = touch2 if level else f4(-1.0)
        seen = (i4(q) != self_slot) & sees(dx, dy, d2, fhx, fhy, cone, felt2, hidden)
        near = (d2 <= range2) & level
        team = look & u4(7)
        friend = seen & (team == mine)
        up = friend & (_bit(look, b.LOOK_UP) == i4(1))
        foe = seen & near & (((u4(foes_mask) >> team) & u4(1)) == u4(1))
        down = _bit(look, b.LOOK_DOWN) == i4(1)
        key = i4((i4(min(d2, f4(_FAR_M2)) * _KEY) << i4(SLOT_BITS)) | i4(q))
        hurt = friend & near & (_bit(look, b.LOOK_HURT) == i4(1))
        hurt_key = min(hurt_key, key if hurt else NOBODY)
        fallen = friend & (_bit(look, b.LOOK_FELL) == i4(1))
        fallen_key = min(fallen_key, key if fallen else NOBODY)
        runaway = up & (_bit(look, b.LOOK_FLEES) == i4(1))
        runaway_key = min(runaway_key, key if runaway else NOBODY)
        friend_key = min(friend_key, key if up & near else NOBODY)
        prone_key = min(prone_key, key if foe & down else NOBODY)
    found.hurt = hurt_key
    found.fallen = fallen_key
    found.runaway = runaway_key
    found.friend = friend_key
    found.prone = prone_key


@rule
def see_nobody(found):
    """What ``see_who`` finds where there is nothing to find."""
    found.hurt = NOBODY
    found.fallen = NOBODY
    found.runaway = NOBODY
    found.friend = NOBODY
    found.prone = NOBODY
