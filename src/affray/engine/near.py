"""The ones near: gathered from the 3 x 3 cells around, then perceived one by one.

``gather`` copies the outsides of everybody in nine cells into dense arrays that all fighters of
the middle cell share, padded with figures far away so that the loop needs no remainder. The loop
of ``see_near`` has no branches, and its sums and minima are integers, so it may be vectorised
without changing a bit.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import loop, part, rule
from affray.rules.see import in_view, shows_face
from affray.world import battlefield as b
from affray.world.records import Field, record

f4 = np.float32
f8 = np.float64
i4 = np.int32
i8 = np.int64
u4 = np.uint32
u8 = np.uint64

SLOTS = 2048  # most fighters in nine cells: 57 to a square metre
VECTOR = 16  # slots that the loops take at a time
WHOLE = i8(-VECTOR)  # m & WHOLE is m, and LLVM sees that no slots are left over
SLOT_BITS = 11
NOBODY = i4(0x7FFFFFFF)
FIXED = f4(4096.0)
UNFIX = 1.0 / 4096.0
_COVER_M2 = 2.25  # a companion within 1.5 m covers
_FAR_M2 = 64.0  # nobody in nine cells is farther
_KEY = f4(4096.0)  # squared distances are told apart by 1/4096 m2
_SIDE = u4(7)
_UP = u4(1 << b.LOOK_UP)
_HIGH = u4(1 << b.LOOK_HIGH)
_HIDDEN = u4(1 << b.LOOK_HIDDEN)
_FACE = u4(1 << b.LOOK_FACE)
_DOWN = u4(1 << b.LOOK_DOWN)
_OUT = u4(1 << b.LOOK_OUT)
_HURT = u4(1 << b.LOOK_HURT)
_FELL = u4(1 << b.LOOK_FELL)
_DISTRACTED = u4((1 << b.LOOK_FLEES) | (1 << b.LOOK_PAUSES))  # who does either covers nobody

FOUND_FIELDS = (
    Field("foes", "i8", "fighters", "enemies on their feet, near"),
    Field("behind", "i8", "fighters", "of these, outside the front half"),
    Field("foes_fled", "i8", "fighters", "of these, in flight"),
    Field("friends", "i8", "fighters", "companions on their feet, near"),
    Field("cover", "i8", "fighters", "of these, steady and close enough to cover"),
    Field("friends_fled", "i8", "fighters", "of these, in flight"),
    Field("faces", "i8", "fighters", "of these, whose uncovered faces are in view, turned here"),
    Field("fear", "i8", "1/15", "sum of the fear in these faces"),
    Field("weary", "i8", "1/15", "sum of the companions' weariness"),
    Field("push_x", "i8", "1/4096 m", "crowding, away from others"),
    Field("push_y", "i8", "1/4096 m", "crowding, away from others"),
    Field("ahead", "i8", "1/4096 m", "sum of how far companions stand ahead, along the order"),
    Field("foe", "i8", "key", "nearest enemy on his feet"),
    Field("prone", "i8", "key", "nearest enemy on the ground, near, who is not taken for dead"),
    Field("hurt", "i8", "key", "nearest companion hurt, near"),
    Field("fallen", "i8", "key", "nearest companion fallen just now"),
    Field("runaway", "i8", "key", "nearest companion in flight"),
    Field("friend", "i8", "key", "nearest companion on his feet, near"),
    Field("foe_faces", "i8", "fighters", "enemies whose faces are seen, and who do not run"),
    Field("foe_fear", "i8", "1/15", "sum of the fear in these faces"),
    Field("far_foes", "i8", "fighters", "enemies on their feet, in the nine cells but not near"),
    Field("far_foes_fled", "i8", "fighters", "of these, in flight"),
    Field("far_friends", "i8", "fighters", "companions on their feet, likewise"),
    Field("far_friends_fled", "i8", "fighters", "of these, in flight"),
    Field("friends_down", "i8", "fighters", "companions alive on the ground of the nine cells"),
    Field("far_x", "i8", "1/4096 m", "sum of the offsets of those enemies"),
    Field("far_y", "i8", "1/4096 m", "sum of the offsets of those enemies"),
)
FOUND = record(FOUND_FIELDS)  # what one look at the nine cells finds; a key is distance and slot


@part
def copy_eight(to, at, source, j):
    """Eight loads, then eight stores: one vector move.

    Indices are unsigned, because signed ones may count from the end, and looking whether they do
    costs more than the move.
    """
    a0 = source[j]
    a1 = source[j + u8(1)]
    a2 = source[j + u8(2)]
    a3 = source[j + u8(3)]
    a4 = source[j + u8(4)]
    a5 = source[j + u8(5)]
    a6 = source[j + u8(6)]
    a7 = source[j + u8(7)]
    to[at] = a0
    to[at + u8(1)] = a1
    to[at + u8(2)] = a2
    to[at + u8(3)] = a3
    to[at + u8(4)] = a4
    to[at + u8(5)] = a5
    to[at + u8(6)] = a6
    to[at + u8(7)] = a7


@part
def gather(world, state, c, near):
    """Copy the outsides of the 3 x 3 cells around c into ``near``.

    ``near.runs[k]``: first slot of the k-th row of cells; ``near.runs[3 + k]``: what to add to its
    slots to get rows of the state. Copies whole eights: what is surplus is overwritten by the next
    run, or lies beyond the count.
    """
    xs, ys, hxs, hys, looks, runs = near.xs, near.ys, near.hxs, near.hys, near.looks, near.runs
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
        for q in range(0, length, 8):
            to, j = u8(m + q), u8(j0 + q)
            copy_eight(xs, to, state.outside.x, j)
            copy_eight(ys, to, state.outside.y, j)
            copy_eight(hxs, to, state.outside.hx, j)
            copy_eight(hys, to, state.outside.hy, j)
            copy_eight(looks, to, state.outside.look, j)
        runs[3 + k] = j0 - m
        m += length
    for q in range(m, m + VECTOR):
        xs[u8(q)] = f4(b.FAR)
        ys[u8(q)] = f4(b.FAR)
        looks[u8(q)] = u4(0)
    near.slots[0] = (m + VECTOR - 1) // VECTOR * VECTOR
    near.slots[1] = _anybody_hides(looks, near.slots[0])


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
def _has(word, bits):
    """Whether any of ``bits`` is set in a word; all of it 32 bits wide, for the vector loop."""
    return u4(word & bits) != u4(0)


# Counts are packed by ten bits: nine cells hold at most SLOTS, and no thousand has one look.
_TEN = 10
_TWENTY = 20
_MASK = 1023
_FACE_BITS = 12  # bits of the number of enemies' faces; the sum of fear in them above it
_FACES = 14  # bits of the sum of fear in faces; weariness in bodies above it


@loop
def see_near(near, me_slot, me, foes_mask, cone_cos, touch_m, order, p, found):
    """Perceive those in the nine cells, in one pass; results into ``found``.

    Those within ``CELL_M`` are near: felt, crowding, within a blow; but nobody in a tree is near
    one on the ground. The others of the nine cells are too close to be seen as a crowd from afar,
    and enter the crowds here, one by one.
    ``foes_mask``: bit s set if side s is hostile. Who lies senseless is taken for dead by his
    enemies.
    """
    xs, ys, hxs, hys, looks = near.xs, near.ys, near.hxs, near.hys, near.looks
    x, y, mine = xs[me_slot], ys[me_slot], looks[me_slot]
    range2 = f4(b.CELL_M * b.CELL_M)
    touch2 = f4(touch_m * touch_m)
    ease_inv = f4(1.0 / (p.move_ease_m * p.move_ease_m))
    fhx, fhy, cone = f4(me.hx), f4(me.hy), f4(cone_cos)
    turned = f4(p.sight_turned_cos)
    ox, oy = f4(order.x), f4(order.y)
    hostile_sides = u4(foes_mask)
    self_slot = i4(me_slot)
    counts, more, cues = i4(0), i4(0), i4(0)
    mid, mid_more, mid_x, mid_y = i4(0), i4(0), i4(0), i4(0)
    push_x, push_y, ahead, foe_faces = i4(0), i4(0), i4(0), i4(0)
    foe, prone, hurt, fallen = NOBODY, NOBODY, NOBODY, NOBODY
    runaway, companion = NOBODY, NOBODY
    for q in range(near.slots[0] & WHOLE):
        dx = xs[q] - x
        dy = ys[q] - y
        d2 = dx * dx + dy * dy
        look = looks[q]
        level = not _has(look ^ mine, _HIGH)
        felt2 = touch2 if level else f4(-1.0)
        hidden = _has(look, _HIDDEN)
        view = in_view(dx, dy, d2, fhx, fhy, cone, hidden)
        seen = (i4(q) != self_slot) & (view | (d2 <= felt2))
        close = (d2 <= range2) & level
        up = _has(look, _UP)
        down = seen & _has(look, _DOWN)
        friend = not _has(look ^ mine, _SIDE)
        hostile = _has(np.right_shift(hostile_sides, u4(look & _SIDE)), u4(1))
        up_friend, up_foe = seen & up & friend, seen & up & hostile
        near_friend, near_foe = up_friend & close, up_foe & close
        mid_friend, mid_foe = up_friend & (not close), up_foe & (not close)
        flees = i4((look >> u4(b.LOOK_FLEES)) & u4(1))
        covers = near_friend & (not _has(look, _DISTRACTED)) & (d2 <= f4(_COVER_M2))
        behind = near_foe & (dx * fhx + dy * fhy < f4(0.0))
        bare = view & _has(look, _FACE) & shows_face(dx, dy, d2, hxs[q], hys[q], turned)
        face = i4(1) if bare else i4(0)
        fear = i4((look >> u4(b.LOOK_FEAR)) & u4(15)) if bare else i4(0)
        spent = i4((look >> u4(b.LOOK_WEARY)) & u4(15))
        counts = i4(counts + (i4(1) if near_foe else i4(0)))
        counts = i4(counts + (i4(1 << _TEN) if near_friend else i4(0)))
        counts = i4(counts + (i4(1 << _TWENTY) if covers else i4(0)))
        more = i4(more + (i4(1) if behind else i4(0)))
        more = i4(more + (i4((flees << _TEN) | (face << _TWENTY)) if near_friend else i4(0)))
        cues = i4(cues + (i4(fear | (spent << _FACES)) if near_friend else i4(0)))
        theirs = up_foe & bare & (flees == i4(0))
        foe_faces = i4(foe_faces + (i4(1 | (fear << _FACE_BITS)) if theirs else i4(0)))
        mid = i4(mid + (i4(1) if mid_foe else i4(0)))
        mid = i4(mid + (i4((1 << _TEN) | (flees << _TWENTY)) if mid_friend else i4(0)))
        mid_more = i4(mid_more + (flees if mid_foe else i4(0)))
        mid_more = i4(mid_more + (i4(1 << _TEN) if down & friend else i4(0)))
        mid_more = i4(mid_more + (i4(flees << _TWENTY) if near_foe else i4(0)))
        mid_x = i4(mid_x + (i4(dx * FIXED) if mid_foe else i4(0)))
        mid_y = i4(mid_y + (i4(dy * FIXED) if mid_foe else i4(0)))
        crowding = max(f4(1.0) - d2 * ease_inv, f4(0.0)) * FIXED
        crowding = crowding if seen & close & up else f4(0.0)
        push_x = i4(push_x - i4(crowding * dx))
        push_y = i4(push_y - i4(crowding * dy))
        ahead = i4(ahead + (i4((dx * ox + dy * oy) * FIXED) if near_friend else i4(0)))
        key = i4((i4(min(d2, f4(_FAR_M2)) * _KEY) << i4(SLOT_BITS)) | i4(q))
        foe = min(foe, key if up_foe else NOBODY)
        alive = down & hostile & close & (not _has(look, _OUT))
        prone = min(prone, key if alive else NOBODY)
        hurt = min(hurt, key if seen & friend & close & _has(look, _HURT) else NOBODY)
        fallen = min(fallen, key if seen & friend & _has(look, _FELL) else NOBODY)
        runaway = min(runaway, key if up_friend & (flees != i4(0)) else NOBODY)
        companion = min(companion, key if near_friend else NOBODY)
    unpack(counts, more, cues, mid, mid_more, found)
    found.push_x, found.push_y, found.ahead = push_x, push_y, ahead
    found.far_x, found.far_y = mid_x, mid_y
    found.foe, found.prone, found.hurt, found.fallen = foe, prone, hurt, fallen
    found.runaway, found.friend = runaway, companion
    found.foe_faces = foe_faces & ((1 << _FACE_BITS) - 1)
    found.foe_fear = foe_faces >> _FACE_BITS


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
    found.friends_down = (mid_more >> _TEN) & _MASK


@loop
def _anybody_hides(looks, m):
    """1 if anybody in the slots is hidden: then they are looked for."""
    marks = u4(0)
    for q in range(m & WHOLE):
        marks |= looks[q]
    return i8(_has(marks, _HIDDEN))


@loop
def lurker(near, me_slot, me, foes_mask, p):
    """Key of the nearest enemy in hiding whom one looks straight at from near; NOBODY: none."""
    xs, ys, looks = near.xs, near.ys, near.looks
    x, y = xs[me_slot], ys[me_slot]
    fhx, fhy, cone = f4(me.hx), f4(me.hy), f4(p.hide_find_cos)
    range2 = f4(p.hide_find_m * p.hide_find_m)
    hostile_sides = u4(foes_mask)
    best = NOBODY
    for q in range(near.slots[0] & WHOLE):
        dx = xs[q] - x
        dy = ys[q] - y
        d2 = dx * dx + dy * dy
        look = looks[q]
        hostile = _has(np.right_shift(hostile_sides, u4(look & _SIDE)), u4(1))
        lurks = hostile & _has(look, _HIDDEN) & _has(look, _UP) & (d2 <= range2)
        straight = in_view(dx, dy, d2, fhx, fhy, cone, False)
        key = i4((i4(min(d2, f4(_FAR_M2)) * _KEY) << i4(SLOT_BITS)) | i4(q))
        best = min(best, key if lurks & straight else NOBODY)
    return best
