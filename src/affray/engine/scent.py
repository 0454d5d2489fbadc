"""Scents over the field: what lies in each cell of 8 m and smells, and where the wind takes it.

Both kernels write only the cells of their own lines, so no order of threads matters. What lies in
a cell is looked at by turns, whoever stands in it: were it looked at for his sake, the freshness of
the smell downwind would give away somebody in hiding.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import kernel, part
from affray.rules.luck import WHIFF, chance
from affray.rules.smell import SHARES, reaches, reeks, strength
from affray.rules.soak import dryness
from affray.world import battlefield as b

f8 = np.float64
i8 = np.int64

SIDE_M = 8  # width of a cell of ``SCENT_LEVEL``
SMELLS_MOST = 65535.0
_TURNS = 4  # times that the wind carries on a smell between two looks at what a cell holds


@part
def _lies_about(world, state, row, col, tick):
    """Fresh blood (mL) on the square metres of a cell."""
    p = world.params[0]
    columns, lines = 2 * world.grid_cols[0], 2 * world.grid_rows[0]
    total = i8(0)
    for y in range(row * SIDE_M, min((row + 1) * SIDE_M, lines)):
        for x in range(col * SIDE_M, min((col + 1) * SIDE_M, columns)):
            g = state.ground[y * columns + x]
            if g.wet >= 0:
                dry = dryness(tick, i8(g.wet), world.clock[0], p)
                total += reeks(g.pool, g.soaked, dry, p)
    return total // 100


@kernel
def settle_reek(world, state, tick, turn, first, last):
    """See what lies about in those of the lines ``first:last`` of cells whose turn it is, and in
    those that were never looked at.
    """
    cols = world.grid_cols[b.SCENT_LEVEL]
    for row in range(first, last):
        for col in range(cols):
            here = state.scent[row * cols + col]
            if (row + col + turn) % _TURNS == 0 or here.reek < 0:
                here.reek = _lies_about(world, state, row, col, tick)


@kernel
def waft(world, state, plume, tick, first, last):
    """Let the wind carry the smell to the lines ``first:last`` of cells."""
    p = world.params[0]
    cols, rows = world.grid_cols[b.SCENT_LEVEL], world.grid_rows[b.SCENT_LEVEL]
    for row in range(first, last):
        for col in range(cols):
            at = row * cols + col
            whiff = chance(world.seed[0], tick, at, WHIFF)
            carried = i8(0)
            for k in range(plume.shape[0]):
                x, y = col + plume[k, 0], row + plume[k, 1]
                if x < 0 or y < 0 or x >= cols or y >= rows:
                    continue
                reek = i8(state.scent[y * cols + x].reek)
                if reek > 0 and reaches(plume[k, 3], whiff, p):
                    carried += reek * plume[k, 2]
            smell = strength(f8(carried) / SHARES, p)
            state.scent[at].smell = i8(SMELLS_MOST * smell)


@part
def smell_at(world, state, c):
    """Smell (0 to 1) in cell c of level 0."""
    row = c // world.grid_cols[0]
    col = c - row * world.grid_cols[0]
    at = (row >> b.SCENT_LEVEL) * world.grid_cols[b.SCENT_LEVEL] + (col >> b.SCENT_LEVEL)
    return f8(state.scent[at].smell) / SMELLS_MOST
