"""The din of the fighting: how loud it is where, from the blows of the last second.

Sound of each cell of 16 m is summed up the pyramid and heard down it by the same lists of cells by
which crowds are seen, with the power of each falling by the square of the distance to its middle.
That is right to 3.5 dB for the worst place of a single source, and to a few tenths as a rule. Every
cell's sum is taken by one thread in a fixed order, so it is the same on any number of them.
"""

from __future__ import annotations

import numpy as np

from affray.engine.pyramid import BEGINS, LISTS
from affray.rules.compiled import kernel, part
from affray.rules.maths import decibels, hazard, power_ratio
from affray.world import battlefield as b
from affray.world import words as w

f8 = np.float64
i8 = np.int64

UNIT_DB = 50.0  # noise is counted in what has this loudness at one metre
# mean of 1 / r^2 over one's own cell of 16 m, from arm's length outward: 2 pi ln(9 / 0.6) / 256
_OWN = 0.0665


@part
def sound_cell(world, x, y):
    """The cell of the level of sound in which (x, y) lies, counted from that level's first."""
    side = f8(2 << b.SOUND_LEVEL)
    cols, rows = world.grid_cols[b.SOUND_LEVEL], world.grid_rows[b.SOUND_LEVEL]
    col = min(max(i8(x / side), 0), cols - 1)
    row = min(max(i8(y / side), 0), rows - 1)
    return row * cols + col


@kernel
def make_noise(world, state, blows, total):
    """Let the noise of the last second fade, and add that of the blows ``blows[:total]``."""
    p = world.params[0]
    keep = 1.0 - hazard(1.0 / p.din_fades_s, world.clock[0])
    for c in range(state.noise.shape[0]):
        noise = state.noise[c]
        noise.made = f8(noise.made) * keep
    # so that a steady row of blows sums to its loudness averaged over a second
    each = power_ratio(p.din_blow_db - UNIT_DB) * (1.0 - keep) / world.clock[0]
    for j in range(total):
        act = blows[j].act
        if act != w.STRIKE and act != w.LUNGE:
            continue
        row = state.row_of[blows[j].by]
        at = sound_cell(world, f8(state.outside.x[row]), f8(state.outside.y[row]))
        noise = state.noise[at]
        noise.made = f8(noise.made) + each


@part
def _sum_up(world, state, level, r, c):
    """Sound of a cell above the level of sound: that of its four children."""
    cols = world.grid_cols[level - 1]
    rows = world.grid_rows[level - 1]
    total = 0.0
    for j in range(2):
        for i in range(2):
            rr, cc = 2 * r + j, 2 * c + i
            if rr >= rows or cc >= cols:
                continue
            if level - 1 == b.SOUND_LEVEL:
                total += f8(state.noise[rr * cols + cc].made)
            else:
                total += state.air.loud[world.grid_base[level - 1] + rr * cols + cc]
    state.air.loud[world.grid_base[level] + r * world.grid_cols[level] + c] = total


@kernel
def hum_up(world, state, first, last):
    """Sum the noise of the bands ``first:last`` up the pyramid."""
    for band in range(first, last):
        for level in range(b.SOUND_LEVEL + 1, b.LEVELS):
            height = 1 << (b.LEVELS - 1 - level)
            for r in range(band * height, min((band + 1) * height, world.grid_rows[level])):
                for c in range(world.grid_cols[level]):
                    _sum_up(world, state, level, r, c)


@part
def _from_list(world, state, level, r, c, x, y):
    """Power that reaches (x, y) from the list of the cell (r, c) of a level in which it lies."""
    cols, rows = world.grid_cols[level], world.grid_rows[level]
    width = f8(2 << level)
    parity = ((r & 1) << 1) | (c & 1)
    power = 0.0
    for k in range(BEGINS[parity, b.SECTORS]):
        dx, dy = LISTS[parity, k, 0], LISTS[parity, k, 1]
        rr, cc = r + dy, c + dx
        if rr < 0 or cc < 0 or rr >= rows or cc >= cols:
            continue
        if level == b.SOUND_LEVEL:
            made = f8(state.noise[rr * cols + cc].made)
        else:
            made = state.air.loud[world.grid_base[level] + rr * cols + cc]
        to_x, to_y = (f8(cc) + 0.5) * width - x, (f8(rr) + 0.5) * width - y
        power += made / (to_x * to_x + to_y * to_y)
    return power


@part
def _from_near(world, state, r, c):
    """Power from one's own cell of sound and the eight around it."""
    cols, rows = world.grid_cols[b.SOUND_LEVEL], world.grid_rows[b.SOUND_LEVEL]
    width = f8(2 << b.SOUND_LEVEL)
    power = 0.0
    for dy in range(-1, 2):
        for dx in range(-1, 2):
            rr, cc = r + dy, c + dx
            if rr < 0 or cc < 0 or rr >= rows or cc >= cols:
                continue
            made = f8(state.noise[rr * cols + cc].made)
            if dx == 0 and dy == 0:
                power += made * _OWN
            else:
                power += made / (width * width * f8(dx * dx + dy * dy))
    return power


@kernel
def hum_down(world, state, first, last):
    """The din (dB) in every cell of sound in the bands ``first:last`` where anybody is."""
    p = world.params[0]
    quiet = power_ratio(p.din_quiet_db - UNIT_DB)
    height = 1 << (b.LEVELS - 1 - b.SOUND_LEVEL)
    side = f8(2 << b.SOUND_LEVEL)
    cols = world.grid_cols[b.SOUND_LEVEL]
    base = world.grid_base[b.SOUND_LEVEL]
    for band in range(first, last):
        for r in range(band * height, min((band + 1) * height, world.grid_rows[b.SOUND_LEVEL])):
            for c in range(cols):
                at = r * cols + c
                if state.present[base + at] == 0:
                    continue
                power = quiet + _from_near(world, state, r, c)
                x, y = (f8(c) + 0.5) * side, (f8(r) + 0.5) * side
                for level in range(b.SOUND_LEVEL, b.LEVELS):
                    up = level - b.SOUND_LEVEL
                    power += _from_list(world, state, level, r >> up, c >> up, x, y)
                state.air.power[at] = power
                state.air.din[at] = UNIT_DB + decibels(power)
