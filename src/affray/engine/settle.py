"""The end of a tick: everybody sorted into his cell, shown to the others, and hashed.

A counting sort in chunks that follow the ids, so that those in one cell stand in the order of
their ids, however many chunks there are. Whoever is off the field lies in one last cell.
"""

from __future__ import annotations

import numpy as np

from affray.engine.lie import field_cell, terrain_at
from affray.engine.mind import is_committed
from affray.rules.compiled import kernel, part, rule
from affray.rules.hide import cover_of, hides_the_dead
from affray.rules.luck import mix
from affray.rules.show import look, sign
from affray.rules.tire import weariness
from affray.world import battlefield as b
from affray.world import words as w

f8 = np.float64
i8 = np.int64
i4 = np.int32
u8 = np.uint64

_MOST_DEAD = 255  # of a side that are told apart in one cell
ODD = np.array([2 * k + 1 for k in range(64)], np.uint64) * np.uint64(0x9E3779B97F4A7C15)


@part
def is_gone(n, fresh_ticks):
    """Whether somebody is no longer (or not yet) on the field for anybody to meet or see.

    Who died is there until his fall has been seen, his blow has landed, and his words are cut off.
    """
    if n.status == w.DEAD:
        return n.fell >= fresh_ticks and not is_committed(n.act) and n.says_left == 0
    return n.status == w.LEFT or n.status == w.RESERVE


@part
def cell_of(world, n):
    """The cell that somebody is sorted into."""
    cols, rows = world.grid_cols[0], world.grid_rows[0]
    if is_gone(n, world.clock[1]):
        return cols * rows
    col = i8(f8(n.x) / b.CELL_M)
    row = i8(f8(n.y) / b.CELL_M)
    return min(max(row, 0), rows - 1) * cols + min(max(col, 0), cols - 1)


@kernel
def lay_out_dead(world, state, ids):
    """Count those who died where they lie for others to see."""
    for k in range(ids.shape[0]):
        n = state.fighters[ids[k]]
        c = field_cell(world, f8(n.x), f8(n.y))
        ground = terrain_at(world, c)
        if hides_the_dead(f8(ground.conceal), f8(ground.light), world.params[0]):
            continue
        state.dead[n.side, c] = min(i8(state.dead[n.side, c]) + 1, _MOST_DEAD)
        state.dead_in[c // world.grid_cols[0]] = 1


@kernel
def count_cells(world, fighters, first, last, cells, counts):
    """Cells of the fighters ``first:last`` into ``cells``, how many are in each into ``counts``."""
    counts[:] = 0
    for i in range(first, last):
        cell = cell_of(world, fighters[i])
        cells[i] = cell
        counts[cell] += 1


@kernel
def lay_out(counts, start):
    """Turn the counts of all chunks into the first row of each chunk in each cell."""
    chunks = counts.shape[0]
    cells = counts.shape[1]
    run = i4(0)
    most = i4(0)
    for c in range(cells):
        start[c] = run
        for k in range(chunks):
            here = counts[k, c]
            counts[k, c] = run
            run = i4(run + here)
        if c < cells - 1:
            most = max(most, i4(run - start[c]))
    start[cells] = run
    return most


@rule
def digest(words, fighter):
    """64 bits of one fighter's whole record, tied to his id."""
    h = u8(0)
    for k in range(words.shape[1]):
        h += u8(words[fighter, k]) * ODD[k]
    return mix(h ^ (u8(fighter) * ODD[40]))


@kernel
def place(world, fighters, words, first, last, counts, outside, row_of, total):
    """Show the fighters ``first:last`` in their rows; ``total[0]``: sum of their digests.

    ``words``: the fighters as (N, words) uint32, the same memory. ``row_of`` holds their cells,
    and then their rows.
    """
    p = world.params[0]
    h = u8(0)
    for i in range(first, last):
        n = fighters[i]
        key = row_of[i]
        r = counts[key]
        counts[key] += 1
        row_of[i] = r
        h += digest(words, i)
        outside.x[r] = n.x
        outside.y[r] = n.y
        outside.hx[r] = n.hx
        outside.hy[r] = n.hy
        outside.id[r] = i
        if key == counts.shape[0] - 1:
            outside.look[r] = 0
            outside.sign[r] = 0
            continue
        tired = weariness(f8(n.stamina), f8(n.fatigue))
        ground = terrain_at(world, key)
        cover = cover_of(n, f8(ground.conceal), f8(ground.light), p)
        trait, unit = world.traits[n.id], world.units[n.unit]
        outside.look[r] = look(n, trait, unit, cover, tired, world.clock[1], p)
        outside.sign[r] = sign(n, trait, unit, cover, world.clock[1], p)
    total[0] = h
