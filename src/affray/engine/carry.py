"""Single sounds and signals are carried to the cells that they reach in this tick.

A sound goes at 340 m/s, so it comes to those far off later. A cell keeps the ``EARS`` strongest
as received in its middle, ties to the older one (of a
spectacle, as it is seen from there): nothing far away can crowd out what is near, and
a fighter's cost does not grow with how many cry out over the whole field. What a cell drops for
that reason is drowned by at least ``EARS`` sounds that were louder there in the same moment.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from affray.engine.din import UNIT_DB
from affray.rules.compiled import kernel, part, rule
from affray.rules.grip import clearness_db, seconds_to_dawn
from affray.rules.hear import needs_above, received
from affray.rules.maths import clamp, power_ratio
from affray.world import battlefield as b
from affray.world import words as w
from affray.world.battlefield import World

f8 = np.float64
i4 = np.int32
i8 = np.int64

SOUND_M_PER_S = 340.0
_HALF_CELL_M = 11.4  # from the middle of a cell of 16 m to its corner
_ANY_DIN = 1.0e30  # power of more din than there can be
_MARGIN = 1.01  # for what logarithm and power are off by
_REACH_MOST_M = 700.0  # nothing is carried farther; a shout is heard to some 330 m in quiet


@rule
def arrival(tick, distance_m, dt):
    """The tick in which a sound of ``tick`` arrives: the next one, or later for the way."""
    return tick + 1 + i8(distance_m / (SOUND_M_PER_S * dt))


def lasting_ticks(world: World) -> np.ndarray:
    """(WAYS,) int64: ticks for which what came by each way may still reach somebody."""
    p, dt, look = world.params[0], float(world.clock[0]), float(world.clock[1])
    across_m = float(world.size[0] + world.size[1])
    seconds = np.full(w.WAYS, _REACH_MOST_M / SOUND_M_PER_S)
    seconds[w.BY_FLAG] = p.signal_flag_s
    seconds[w.BY_SIGHT] = seconds_to_dawn(p.grip_spectacle_m, 1.0, p)
    seconds[w.BY_MESSENGER] = across_m / p.signal_messenger_m_per_s
    return np.ceil(seconds / dt + look + 1.0).astype(np.int64)


@rule
def _strength(stimulus, distance_m, din, p):
    """How far above what is needed (dB) it stands in a cell; 0 or less: not at all."""
    near_m = max(distance_m - _HALF_CELL_M, 1.0)
    if stimulus.way == w.BY_FLAG:
        return 1.0 if near_m <= p.signal_flag_m else 0.0
    if stimulus.way == w.BY_SIGHT:
        return clearness_db(near_m, p)
    heard = received(f8(stimulus.level) + f8(stimulus.carries), near_m, p)
    return heard - max(din, p.din_quiet_db) - needs_above(stimulus.says, p)


@rule
def _keep(air, at, row, strength):
    """Put a stimulus among those that a cell keeps, in order of strength."""
    n = i8(air.ears_n[at])
    key = i4(clamp(strength, 0.0, 200.0) * 64.0)
    if n == b.EARS:
        if key <= air.strength[at, n - 1]:
            return
        n -= 1
    k = n
    while k > 0 and air.strength[at, k - 1] < key:
        air.strength[at, k] = air.strength[at, k - 1]
        air.ears[at, k] = air.ears[at, k - 1]
        k -= 1
    air.strength[at, k] = key
    air.ears[at, k] = row
    air.ears_n[at] = n + 1


@rule
def _ring(stimulus, tick, looks, dt, p):
    """Between which distances (m) it can arrive at somebody in this tick or since his last look."""
    if stimulus.way == w.BY_FLAG:
        return 0.0, p.signal_flag_m
    if stimulus.way == w.BY_SIGHT:
        return 0.0, p.grip_spectacle_m
    age = f8(tick - 1 - stimulus.tick)
    near_m = max(age - looks + 1.0, 0.0) * SOUND_M_PER_S * dt
    return near_m, min((age + 1.0) * SOUND_M_PER_S * dt, _REACH_MOST_M)


@part
def _power_needed(stimulus, p):
    """The power of the din (1: of 50 dB) in which one would just hear it at a metre, or a little
    more than that.

    Divided by the square of the distance it is the same farther off, but for the loss in air: a
    bound that costs no logarithm.
    """
    if stimulus.way == w.BY_FLAG or stimulus.way == w.BY_SIGHT:
        return _ANY_DIN
    above = f8(stimulus.level) + f8(stimulus.carries) - needs_above(stimulus.says, p) - UNIT_DB
    return _MARGIN * power_ratio(clamp(above, -140.0, 140.0))


@part
def _reach(world, state, row, tick, first_row, last_row, least):
    """Put one stimulus into the cells of sound that it reaches now, in these rows of cells.

    ``least``: the least power of the din in any of them.
    """
    p = world.params[0]
    stimulus = state.stimuli[row]
    x, y = f8(stimulus.x), f8(stimulus.y)
    near_m, far_m = _ring(stimulus, tick, world.clock[1], world.clock[0], p)
    side = f8(2 << b.SOUND_LEVEL)
    if y + far_m < f8(first_row) * side or y - far_m >= f8(last_row + 1) * side:
        return
    power = _power_needed(stimulus, p)
    heard_m = sqrt(power / least) + 2.0 * _HALF_CELL_M  # beyond it nobody can hear it
    if far_m < near_m or near_m > heard_m:
        return
    if _strength(stimulus, near_m, p.din_quiet_db, p) <= 0.0:
        return
    box_m = min(far_m, heard_m)
    cols = world.grid_cols[b.SOUND_LEVEL]
    base = world.grid_base[b.SOUND_LEVEL]
    from_row, to_row = i8(max(y - box_m, 0.0) / side), i8((y + box_m) / side)
    first_col, last_col = i8(max(x - box_m, 0.0) / side), min(i8((x + box_m) / side), cols - 1)
    for r in range(max(first_row, from_row), min(last_row, to_row) + 1):
        for c in range(first_col, last_col + 1):
            at = r * cols + c
            if state.present[base + at] == 0:
                continue
            dx, dy = (f8(c) + 0.5) * side - x, (f8(r) + 0.5) * side - y
            d = sqrt(dx * dx + dy * dy)
            if d > far_m + _HALF_CELL_M or d < near_m - _HALF_CELL_M:
                continue
            ear_m = max(d - _HALF_CELL_M, 1.0)
            if power < f8(state.air.power[at]) * ear_m * ear_m:
                continue
            strength = _strength(stimulus, d, f8(state.air.din[at]), p)
            if strength > 0.0:
                _keep(state.air, at, row, strength)


@kernel
def carry(world, state, total, tick, first, last):
    """Carry the first ``total`` sounds and flags to those cells of the bands ``first:last`` that
    they reach in this tick.
    """
    height = 1 << (b.LEVELS - 1 - b.SOUND_LEVEL)
    cols = world.grid_cols[b.SOUND_LEVEL]
    base = world.grid_base[b.SOUND_LEVEL]
    first_row, end_row = first * height, min(last * height, world.grid_rows[b.SOUND_LEVEL])
    least = _ANY_DIN
    for at in range(first_row * cols, end_row * cols):
        state.air.ears_n[at] = 0
        if state.present[base + at] == 1:
            least = min(least, f8(state.air.power[at]))
    if least == _ANY_DIN:
        return
    for row in range(total):
        _reach(world, state, row, tick, first_row, end_row - 1, least)
