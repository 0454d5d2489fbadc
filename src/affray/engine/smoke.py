"""Smoke over the field: shots give it off, the wind takes it on, it thins, and cuts lines of sight.

It hangs in cells of 8 m. How thick it is, cell by cell, goes up the pyramid as a mean, so that a
line from a cell to one in its list is as easily looked along at any level. Where no weapon smokes
``State.smoke`` is empty, and costs a comparison. It does not hide those in the nine cells around.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import kernel, part
from affray.rules.smoke import drifted, extinction, hides, shares, way_m
from affray.world import battlefield as b
from affray.world.battlefield import State, World

f8 = np.float64
i8 = np.int64

SIDE_M = float(2 << b.SMOKE_LEVEL)
_STRIDE_M = 4.0  # how close together a line of sight is looked at


def puff(world: World, state: State, missiles: np.ndarray) -> None:
    """Let those who have just let fly ``missiles`` stand in the smoke of their shots."""
    if len(state.smoke) == 0 or len(missiles) == 0:
        return
    cols, rows = int(world.grid_cols[b.SMOKE_LEVEL]), int(world.grid_rows[b.SMOKE_LEVEL])
    col = np.clip((missiles["x"] / SIDE_M).astype(np.int64), 0, cols - 1)
    row = np.clip((missiles["y"] / SIDE_M).astype(np.int64), 0, rows - 1)
    given = world.weapons["smoke"][missiles["weapon"]].astype(f8) * world.params["smoke_given"][0]
    np.add.at(state.smoke["hangs"], row * cols + col, given)


@part
def _hangs(world, state, col, row):
    """Smoke in a cell; none comes from beyond the edge of the field."""
    cols, rows = world.grid_cols[b.SMOKE_LEVEL], world.grid_rows[b.SMOKE_LEVEL]
    if col < 0 or row < 0 or col >= cols or row >= rows:
        return 0.0
    return f8(state.smoke[row * cols + col].hangs)


@kernel
def drift(world, state, dt, first, last):
    """Where the smoke is after ``dt`` seconds, for the lines ``first:last`` of cells: ``comes``."""
    p = world.params[0]
    cols = world.grid_cols[b.SMOKE_LEVEL]
    share_x, share_y, aside = shares(world.wind[0], world.wind[1], SIDE_M, dt, p)
    from_x = -1 if world.wind[0] > 0.0 else 1
    from_y = -1 if world.wind[1] > 0.0 else 1
    for row in range(first, last):
        for col in range(cols):
            around = _hangs(world, state, col - 1, row) + _hangs(world, state, col + 1, row)
            around += _hangs(world, state, col, row - 1) + _hangs(world, state, col, row + 1)
            upwind_x = _hangs(world, state, col + from_x, row)
            upwind_y = _hangs(world, state, col, row + from_y)
            state.smoke[row * cols + col].comes = drifted(
                _hangs(world, state, col, row),
                upwind_x,
                upwind_y,
                around,
                share_x,
                share_y,
                aside,
                dt,
                p,
            )


@kernel
def thicken(world, state, first, last):
    """How thick the smoke is in each cell of the bands ``first:last``, at each level."""
    p = world.params[0]
    for band in range(first, last):
        for level in range(b.SMOKE_LEVEL, b.LEVELS):
            height = 1 << (b.LEVELS - 1 - level)
            cols, base = world.grid_cols[level], world.grid_base[level]
            for r in range(band * height, min((band + 1) * height, world.grid_rows[level])):
                for c in range(cols):
                    state.air.murk[base + r * cols + c] = _murk_of(world, state, level, r, c, p)


@part
def _murk_of(world, state, level, r, c, p):
    """Extinction (1/m) in one cell: of its smoke, or the mean of its four children's."""
    if level == b.SMOKE_LEVEL:
        return extinction(_hangs(world, state, c, r), SIDE_M * SIDE_M, p)
    total = 0.0
    cols, rows = world.grid_cols[level - 1], world.grid_rows[level - 1]
    for k in range(4):
        col, row = 2 * c + (k & 1), 2 * r + (k >> 1)
        if col < cols and row < rows:
            total += f8(state.air.murk[world.grid_base[level - 1] + row * cols + col])
    return 0.25 * total


@part
def murk_at(world, state, level, col, row):
    """Extinction (1/m) about a cell of any level; that of the smoke's own cells is the finest."""
    up = max(b.SMOKE_LEVEL - level, 0)
    of = level + up
    at = world.grid_base[of] + (row >> up) * world.grid_cols[of] + (col >> up)
    return f8(state.air.murk[at])


@part
def is_hidden(world, state, level, col, row, dx, dy):
    """Whether smoke hides from a cell of a level the cell that lies (dx, dy) cells away."""
    if state.smoke.shape[0] == 0:
        return False
    steps = max(abs(dx), abs(dy))
    total = 0.0
    for k in range(steps + 1):  # at even distances, where one ends by half
        c = (2 * (col * steps + dx * k) + steps) // (2 * steps)
        r = (2 * (row * steps + dy * k) + steps) // (2 * steps)
        weight = 0.5 if k == 0 or k == steps else 1.0
        total += weight * murk_at(world, state, level, c, r)
    return hides(total / f8(steps) * way_m(dx, dy, f8(2 << level)), world.params[0])


@part
def is_between(world, state, x, y, to_x, to_y):
    """Whether smoke hides what is at one place from another, along the line between them."""
    if state.smoke.shape[0] == 0:
        return False
    p = world.params[0]
    d = np.sqrt((to_x - x) * (to_x - x) + (to_y - y) * (to_y - y))
    steps = i8(d / _STRIDE_M) + 1
    total = 0.0
    for k in range(steps):
        t = (f8(k) + 0.5) / f8(steps)
        col = i8((x + (to_x - x) * t) / b.CELL_M)
        row = i8((y + (to_y - y) * t) / b.CELL_M)
        total += murk_at(world, state, 0, col, row)
    return hides(total * d / f8(steps), p)
