"""Crowds: counted where they stand (up the pyramid), seen from where others stand (down it).

A crowd is a percept, not the truth: those who are concealed are in no count, those in the dark
only in the counts of the levels near enough, terrain cuts lines of sight, and a nearer crowd
hides part of a farther one. The dead lie among the others: from afar nobody tells them from those
who are only down. All sums are integers, so no order of adding matters.
"""

from __future__ import annotations

import numpy as np

from affray.engine.near import UNFIX
from affray.engine.pyramid import (
    BEGINS,
    FIELD,
    LIST,
    LISTS,
    MASK,
    MOMENTS,
    SECTOR_X,
    SECTOR_Y,
    UNIT,
)
from affray.engine.smoke import is_hidden
from affray.rules.compiled import kernel, part, rule
from affray.rules.see import has_in_view, through
from affray.world import battlefield as b

u8 = np.uint64
u4 = np.uint32
i4 = np.int32
i8 = np.int64
f8 = np.float64

_X = SECTOR_X
_Y = SECTOR_Y
_CELL_RADIUS_M = 0.5 * b.CELL_M * 2.0**0.5  # from a cell's middle to its corners
_REACH = 3  # cells that a list reaches, at most, from its own
_ON_FEET = u8(UNIT)
_FLEEING = u8(UNIT) << u8(FIELD)
_DOWN = u8(UNIT) << u8(2 * FIELD)


@rule
def standing(n):
    """The packed count's people on their feet, in sixteenths."""
    return i8(n & MASK)


@rule
def fleeing(n):
    """Of these, in flight."""
    return i8((n >> u8(FIELD)) & MASK)


@rule
def lying(n):
    """People on the ground."""
    return i8(n >> u8(2 * FIELD))


@rule
def dimmed(n, share):
    """A packed count with ``share`` / 256 of each of its parts."""
    k = u8(share)
    low = ((n & MASK) * k) >> u8(8)
    mid = (((n >> u8(FIELD)) & MASK) * k) >> u8(8)
    high = ((n >> u8(2 * FIELD)) * k) >> u8(8)
    return low | (mid << u8(FIELD)) | (high << u8(2 * FIELD))


@rule
def person(look):
    """What one person adds to a packed count: nothing if concealed."""
    word = i8(look)
    if (word >> b.LOOK_HIDDEN) & 1:
        return u8(0)
    if (word >> b.LOOK_UP) & 1:
        if (word >> b.LOOK_FLEES) & 1:
            return _ON_FEET + _FLEEING
        return _ON_FEET
    if (word >> b.LOOK_DOWN) & 1:
        return _DOWN
    return u8(0)


@part
def _rows_of(world, level, band):
    """First row of a level in a band, and the row after its last."""
    height = 1 << (b.LEVELS - 1 - level)
    first = band * height
    return first, min(first + height, world.grid_rows[level])


@part
def _clear_four(world, state, r, q):
    """Empty the cells of level 0 that lie in a cell of level 1."""
    cols, rows = world.grid_cols[0], world.grid_rows[0]
    for row in range(2 * r, min(2 * r + 2, rows)):
        for col in range(2 * q, min(2 * q + 2, cols)):
            for s in range(state.crowd0.shape[0]):
                state.crowd0[s, row * cols + col] = u8(0)


@part
def _clear(world, state, band):
    """Empty the crowds of a band, wherever anybody was present, and let nobody be present there."""
    for level in range(1, b.LEVELS):
        first, last = _rows_of(world, level, band)
        cols, base = world.grid_cols[level], world.grid_base[level]
        for at in range(base + first * cols, base + last * cols):
            if state.present[at] == 0:
                continue
            state.present[at] = 0
            for s in range(state.crowd0.shape[0]):
                crowd = state.crowd[at, s]
                crowd.n = u8(0)
                crowd.mx = i4(0)
                crowd.my = i4(0)
            if level == 1:
                _clear_four(world, state, (at - base) // cols, (at - base) % cols)


@part
def _has_dead(state, c):
    """Whether anybody lies dead in cell c."""
    for s in range(state.dead.shape[0]):
        if state.dead[s, c] > 0:
            return True
    return False


@part
def _count(state, c):
    """Level 0: packed counts of each side in cell c, which is empty yet."""
    for s in range(state.crowd0.shape[0]):
        state.crowd0[s, c] = u8(state.dead[s, c]) * _DOWN
    for i in range(state.start[c], state.start[c + 1]):
        word = state.outside.look[i]
        state.crowd0[i8(word & u4(7)), c] += person(word)


@part
def _add_up(world, state, c, row, col):
    """Add the people of cell c to the crowds of the cells it lies in, as far up as its light."""
    sides = state.crowd0.shape[0]
    lit = i8(world.lit[c])
    for level in range(1, b.LEVELS):
        r, q = row >> level, col >> level
        at = world.grid_base[level] + r * world.grid_cols[level] + q
        state.present[at] = 1
        if level > lit:
            continue
        dx = i4(2 * col + 1 - ((2 * q + 1) << level))
        dy = i4(2 * row + 1 - ((2 * r + 1) << level))
        for s in range(sides):
            part = state.crowd0[s, c]
            if part == u8(0):
                continue
            crowd = state.crowd[at, s]
            up = i4(standing(part))
            crowd.n += part
            crowd.mx = i4(crowd.mx + up * dx)
            crowd.my = i4(crowd.my + up * dy)


@kernel
def count_up(world, state, first, last):
    """Count the crowds of all levels in the bands ``first:last``.

    A band is as high as a cell of the top level, so that it holds whole cells of every level.
    Each adds to the cells that he lies in by the light of his own place: one in the dark is in no
    crowd because others near him are in the light. ``state.present`` becomes 1 where anybody is,
    seen or not: from there somebody may look.
    """
    cols = world.grid_cols[0]
    for band in range(first, last):
        _clear(world, state, band)
        first_row, last_row = _rows_of(world, 0, band)
        for row in range(first_row, last_row):
            bare = state.dead_in[row] == 0
            if bare and state.start[row * cols] == state.start[(row + 1) * cols]:
                continue
            for col in range(cols):
                c = row * cols + col
                if state.start[c + 1] > state.start[c] or (not bare and _has_dead(state, c)):
                    _count(state, c)
                    _add_up(world, state, c, row, col)


@rule
def _hidden_share(n_standing, width_m, p):
    """Share (of 256) of what lies behind a crowd of the list that is still seen, eyes among it."""
    return i8(256.0 * through(f8(n_standing) / UNIT, 2.0 * width_m, 1.65, p))


@part
def is_open(lines, bit, col, row, cols, rows):
    """Whether a cell of a list lies on the field, and the line to it is open."""
    if col < 0 or row < 0 or col >= cols or row >= rows:
        return False
    return (lines >> u8(bit)) & u8(1) == u8(1)


@part
def lay_ways(cols, ways):
    """How far (in cells) those of each list lie from its own, at a level so many columns wide."""
    for parity in range(4):
        for k in range(LIST):
            ways[parity, k] = LISTS[parity, k, 1] * cols + LISTS[parity, k, 0]


@part
def _open_list(world, state, level, r, c):
    """To which cells of a cell's list at a level the line is open: bit k, the k-th."""
    cols, rows = world.grid_cols[level], world.grid_rows[level]
    lines = ~u8(0)
    if world.sightlines.shape[0] > 1:
        above = world.grid_cols[0] * world.grid_rows[0] + world.grid_base[level] if level > 0 else 0
        lines = world.sightlines[above + r * cols + c]
    amid = c >= _REACH and r >= _REACH and c < cols - _REACH and r < rows - _REACH
    if amid and lines == ~u8(0) and state.smoke.shape[0] == 0:
        return lines
    parity = ((r & 1) << 1) | (c & 1)
    found = u8(0)
    for k in range(BEGINS[parity, b.SECTORS]):
        dx, dy = LISTS[parity, k, 0], LISTS[parity, k, 1]
        if not is_open(lines, LISTS[parity, k, 2], c + dx, r + dy, cols, rows):
            continue
        if not is_hidden(world, state, level, c, r, dx, dy):
            found |= u8(1) << u8(k)
    return found


@part
def _list_of(world, state, level, r, c, ways, run_n, run_m):
    """Views of one cell from its level's own list alone, into ``state.views``.

    ``ways``: how far in cells those of the list lie. Sums as in ``look_around``.
    """
    here = world.grid_base[level] + r * world.grid_cols[level] + c
    half = 1 << level  # of a cell, m
    parity = ((r & 1) << 1) | (c & 1)
    found = _open_list(world, state, level, r, c)
    for s in range(state.crowd0.shape[0]):
        n = u8(0)
        moment = i8(0)
        for k in range(LIST):
            open_ = -i8((found >> u8(k)) & u8(1))
            there = state.crowd[u8(here + (ways[parity, u8(k)] & open_)), s]
            own = i8(there.mx) + (i8(there.my) << 32)
            up = standing(there.n)
            n += there.n & u8(open_)
            moment += (own + up * half * MOMENTS[parity, u8(k)]) & open_
            run_n[u8(k + 1)] = n
            run_m[u8(k + 1)] = moment
        for sector in range(b.SECTORS):
            first, end = u8(BEGINS[parity, sector]), u8(BEGINS[parity, sector + 1])
            both = run_m[end] - run_m[first]
            view = state.views[here, sector, s]
            view.n = run_n[end] - run_n[first]
            view.mx = i4(both)
            view.my = i4((both - i8(i4(both))) >> 32)


@part
def _behind(world, state, level, r, c):
    """Add to a cell's views what the level above sees, dimmed by the crowd of the list."""
    p = world.params[0]
    sides = state.crowd0.shape[0]
    here = world.grid_base[level] + r * world.grid_cols[level] + c
    above_cols = world.grid_cols[level + 1]
    above = world.grid_base[level + 1] + (r >> 1) * above_cols + (c >> 1)
    half = i4(1 << level)
    shift_x = i4(-half if (c & 1) else half)
    shift_y = i4(-half if (r & 1) else half)
    for sector in range(b.SECTORS):
        shade = i8(0)
        anybody = u8(0)
        for s in range(sides):
            shade += standing(state.views[here, sector, s].n)
            anybody |= state.views[above, sector, s].n
        if anybody == u8(0):
            continue
        share = _hidden_share(shade, f8(2 << level), p)
        for s in range(sides):
            far = state.views[above, sector, s]
            if far.n == u8(0):
                continue
            view = state.views[here, sector, s]
            seen = dimmed(far.n, share)
            up = i4(standing(seen))
            view.n += seen
            view.mx = i4(view.mx + ((i8(far.mx) * share) >> 8) + up * shift_x)
            view.my = i4(view.my + ((i8(far.my) * share) >> 8) + up * shift_y)


@kernel
def look_down(world, state, first, last, around):
    """What is seen from each occupied cell of the bands ``first:last``, by sector and side.

    ``around``: scratch.

    A view is the level's own list, and behind it the parent's view, dimmed by the crowd of the
    list and moved to this cell's middle. The parent lies in the same band.
    """
    for band in range(first, last):
        for level in range(b.LEVELS - 1, 0, -1):
            cols, base = world.grid_cols[level], world.grid_base[level]
            first_row, last_row = _rows_of(world, level, band)
            lay_ways(cols, around.ways)
            for r in range(first_row, last_row):
                for c in range(cols):
                    if state.present[base + r * cols + c] == 0:
                        continue
                    _list_of(world, state, level, r, c, around.ways, around.run_n, around.run_m)
                    if level < b.LEVELS - 1:
                        _behind(world, state, level, r, c)


@part
def look_around(world, state, c, around):
    """Level 0's own list seen from cell c, by sector and side, into ``around``.

    No branches: who stands where cannot be foretold, and a wrong guess costs more than the sum.
    Sums run on from cell to cell of the list, so that a sector's is a difference of two.
    """
    cols = world.grid_cols[0]
    r = c // cols
    col = c - r * cols
    parity = ((r & 1) << 1) | (col & 1)
    found = _open_list(world, state, 0, r, col)
    for s in range(state.crowd0.shape[0]):
        n = u8(0)
        moment = i8(0)
        for k in range(LIST):
            open_ = -i8((found >> u8(k)) & u8(1))  # all bits, or none
            there = state.crowd0[s, u8(c + (around.ways[parity, u8(k)] & open_))] & u8(open_)
            n += there
            moment += standing(there) * MOMENTS[parity, u8(k)]
            around.run_n[u8(k + 1)] = n
            around.run_m[u8(k + 1)] = moment
        for sector in range(b.SECTORS):
            first, end = u8(BEGINS[parity, sector]), u8(BEGINS[parity, sector + 1])
            both = around.run_m[end] - around.run_m[first]
            mx = i8(i4(both))
            around.n[sector, s] = around.run_n[end] - around.run_n[first]
            around.mx[sector, s] = mx
            around.my[sector, s] = (both - mx) >> 32


@rule
def _drawn(sum_x, sum_y, weight, x, y, up):
    """Add the ``up`` enemies of one part of the crowd, (x, y) away all told, to where it draws the
    eye: the nearest most, by the square of their distance.

    Somebody before a long line so looks at those before him, and not at its middle.
    """
    if up <= 0.0:
        return sum_x, sum_y, weight
    near = up * up / max(x * x + y * y, up * up)
    return sum_x + near * x, sum_y + near * y, weight + near * up


@part
def _dead_about(world, state, me, r, col, cone_cos):
    """Dead of the own side in those of the nine cells around that ``me`` has wholly in view."""
    cols, rows = world.grid_cols[0], world.grid_rows[0]
    found = i8(0)
    for row in range(max(r - 1, 0), min(r + 2, rows)):
        if state.dead_in[row] == 0:
            continue
        for q in range(max(col - 1, 0), min(col + 2, cols)):
            here = i8(state.dead[me.side, row * cols + q])
            if here > 0:
                dx, dy = (f8(q) + 0.5) * b.CELL_M - f8(me.x), (f8(row) + 0.5) * b.CELL_M - f8(me.y)
                if has_in_view(dx, dy, _CELL_RADIUS_M, f8(me.hx), f8(me.hy), cone_cos):
                    found += here
    return found


@part
def see_crowds(world, state, c, me, eyes, cone_cos, around, found, seen):
    """Fill the crowd fields of ``seen`` for one fighter in cell c, whose eyes are ``eyes`` high.

    ``around``: what is seen from his cell, by ``look_around``.
    ``found.far_*``: those of the nine cells around who are not near (``near.see_near``).
    """
    p = world.params[0]
    sides = state.crowd0.shape[0]
    cols, cols1 = world.grid_cols[0], world.grid_cols[1]
    r = c // cols
    col = c - r * cols
    above = world.grid_base[1] + (r >> 1) * cols1 + (col >> 1)
    shift_x = -1.0 if (col & 1) else 1.0
    shift_y = -1.0 if (r & 1) else 1.0
    off_x = f8(me.x) - (2.0 * f8(col) + 1.0)
    off_y = f8(me.y) - (2.0 * f8(r) + 1.0)
    foes, foes_fled = f8(UNIT * found.far_foes), f8(UNIT * found.far_foes_fled)
    friends, friends_fled = f8(UNIT * found.far_friends), f8(UNIT * found.far_friends_fled)
    friends_down = f8(UNIT * (found.friends_down + _dead_about(world, state, me, r, col, cone_cos)))
    sum_x, sum_y, weight = _drawn(
        0.0, 0.0, 0.0, UNIT * UNFIX * f8(found.far_x), UNIT * UNFIX * f8(found.far_y), foes
    )
    for sector in range(b.SECTORS):
        if f8(me.hx) * _X[sector] + f8(me.hy) * _Y[sector] < cone_cos:
            continue
        shade = i8(0)
        for s in range(sides):
            shade += standing(around.n[sector, s])
        share = through(f8(shade) / UNIT, 4.0, eyes, p)
        for s in range(sides):
            near = around.n[sector, s]
            view = state.views[above, sector, s]
            if near == u8(0) and view.n == u8(0):
                continue
            close, far = f8(standing(near)), share * f8(standing(view.n))
            fled = f8(fleeing(near)) + share * f8(fleeing(view.n))
            if world.hostile[me.side, s]:
                foes += close + far
                foes_fled += fled
                x, y = f8(around.mx[sector, s]), f8(around.my[sector, s])
                sum_x, sum_y, weight = _drawn(
                    sum_x, sum_y, weight, x - close * off_x, y - close * off_y, close
                )
                x = share * f8(view.mx) + far * (shift_x - off_x)
                y = share * f8(view.my) + far * (shift_y - off_y)
                sum_x, sum_y, weight = _drawn(sum_x, sum_y, weight, x, y, far)
            elif s == me.side:
                friends += close + far
                friends_fled += fled
                friends_down += f8(lying(near)) + share * f8(lying(view.n))
    seen.crowd_foes = foes / UNIT
    seen.crowd_friends = friends / UNIT
    seen.crowd_foes_fleeing = foes_fled / UNIT
    seen.crowd_friends_fleeing = friends_fled / UNIT
    seen.friends_down = friends_down / UNIT
    seen.crowd_dx = 0.0
    seen.crowd_dy = 0.0
    seen.crowd_m = 0.0
    if foes > 0.5:
        seen.crowd_dx = sum_x / weight
        seen.crowd_dy = sum_y / weight
        d2 = seen.crowd_dx * seen.crowd_dx + seen.crowd_dy * seen.crowd_dy
        seen.crowd_m = max(np.sqrt(d2), 0.1)
