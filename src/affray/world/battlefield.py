"""``World``: what stays as it is while a battle runs. ``State``: what changes every tick.

Both are flat tuples of arrays, so that a kernel takes ``world, state, ...`` and reads by name.
The grid is a pyramid. Level 0 has cells of 2 m, in which neighbours are met one by one; each
level above has cells twice as wide, in which a crowd is seen as a crowd (``engine/crowds.py``).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from affray.world import fields, inward, limits
from affray.world.errors import LimitError
from affray.world.memory import free_bytes

CELL_M = 2.0  # contact cell; nobody reaches farther, and a step is never longer
GROUND_M = 1.0  # ground cell: lies in exactly one contact cell
LEVELS = 6  # 2, 4, 8, 16, 32, 64 m: crowds are seen to between 128 and 256 m
SCENT_LEVEL = 2  # cells of 8 m, in which a smell hangs
SMOKE_LEVEL = 2  # cells of 8 m, in which smoke hangs
SECTORS = 8  # directions in which a crowd is seen
SOUND_LEVEL = 3  # din and single sounds are told apart by cells of 16 m
EARS = 8  # single sounds that are heard at once in such a cell: the strongest
PAD = 64  # rows after the last, far off the field, so that vector loops need no remainder
FAR = -1.0e4
# a fighter's share of wounds, missiles, what waits to be recorded and is packed, and of what the
# heap holds besides: measured, of a million
_UNDER_WAY_BYTES = 45

# one word of a fighter's outside (``Outside.look``): what anybody who sees him can tell
LOOK_SIDE = 0  # 3 bits
LOOK_UP = 3  # on his feet
LOOK_FLEES = 4
LOOK_PAUSES = 5  # tends, binds, pulls, rests: does not fight
LOOK_OPEN = 6  # has exposed his back
LOOK_FELL = 7  # went down just now
LOOK_HURT = 8  # bleeds visibly, or lies on the ground alive
LOOK_HIDDEN = 9  # concealed: in no crowd, and seen only by one who finds him
LOOK_LEADER = 10
LOOK_DOWN = 11  # on the ground
LOOK_FEAR = 12  # 4 bits: fear in the face; 0 if it is covered
LOOK_WEARY = 16  # 4 bits: weariness in the body
LOOK_TALL = 20  # 6 bits: eyes above ground, in 0.25 m
LOOK_AGE = 26  # 3 bits: ticks since he went down, while LOOK_FELL is set
LOOK_FACE = 29  # the face is uncovered: fear is read in it
LOOK_OUT = 31  # lies there unconscious
LOOK_HIGH = 30  # up on a perch, out of reach from the ground

# a second word (``Outside.sign``): what shows besides, to one who looks at him singly. The loop
# over all neighbours does not read it. Bits whose act nobody can do yet are written as 0.
SIGN_EYES = 0  # the eyes are uncovered
SIGN_GAZE = 1  # 4 bits: fear in the eyes; 0 if they are covered
SIGN_SPEED = 5  # 4 bits: speed of the last step, in 0.5 m/s
SIGN_FELLED = 9  # has just felled an enemy
SIGN_STANDARD = 10  # holds up a standard
SIGN_WINKS = 11
SIGN_SPEAKS = 12
SIGN_LAUGHS = 13
SIGN_STARES = 14  # transfixed by something
SIGN_STRIKES = 15  # strikes or throws
SIGN_COVER = 16  # 3 bits: how well the place hides him
SIGN_UNIT = 19  # 13 bits: the badge of his unit; units 8192 apart in the file look alike
BADGES = 1 << 13


class Grid(NamedTuple):
    """Sizes of the pyramid: ``cols[k]``, ``rows[k]``, ``base[k]`` for level k (int64).

    ``base`` counts the cells of levels 1.. in the flat arrays of crowds and views; level 0 has
    arrays of its own, so ``base[0]`` is 0 and unused.
    """

    cols: np.ndarray
    rows: np.ndarray
    base: np.ndarray


class World(NamedTuple):
    """Fixed during a run. Arrays of records are described in ``fields.py``."""

    params: np.ndarray  # (1,) every parameter of rules/parameters.yaml, float64 by name
    clock: np.ndarray  # (2,) f8: seconds a tick; ticks from look to look
    seed: np.ndarray  # (1,) u8
    size: np.ndarray  # (2,) f8: width and height of the field (m)
    grid_cols: np.ndarray  # (LEVELS,) i8
    grid_rows: np.ndarray  # (LEVELS,) i8
    grid_base: np.ndarray  # (LEVELS,) i8, offset of level k >= 1 in the flat crowd arrays
    hostile: np.ndarray  # (SIDES, SIDES) u1: 1 if the row's side fights the column's
    traits: np.ndarray  # (N,) TRAIT by id
    units: np.ndarray  # (U,) UNIT
    orders: np.ndarray  # (O,) ORDER: all plans, unit after unit, each in time
    weapons: np.ndarray  # (W,) WEAPON
    terrain: np.ndarray  # (T,) TERRAIN: the different kinds of ground that there are
    terrain_of: np.ndarray  # (cells of level 0,) u4: the row of terrain that lies there
    heights: np.ndarray  # (cells of level 0,) f4 m: height of the ground
    lit: np.ndarray  # (cells of all levels,) u1: highest level at which one standing there is seen
    sightlines: np.ndarray  # (cells of all levels,) u8: bit k: line to the k-th cell of the list
    # is open; a single element if nothing on the field blocks sight
    wind: np.ndarray  # (2,) f8 m/s


class Outside(NamedTuple):
    """What others can perceive of a fighter, by row. Rows are sorted by cell, then by id."""

    x: np.ndarray  # f4 m
    y: np.ndarray  # f4 m
    hx: np.ndarray  # f4
    hy: np.ndarray  # f4
    look: np.ndarray  # u4: see LOOK_*
    sign: np.ndarray  # u4: see SIGN_*
    id: np.ndarray  # i4


class Air(NamedTuple):
    """What can be heard where, and how thick the smoke is: made anew each tick from the State's
    noise, stimuli, missiles and smoke.

    By cell of the level of sound (C), but for ``loud`` and ``murk``, by cell of levels 1.., as
    crowds are; and ``shots``, by contact cell (F).
    """

    din: np.ndarray  # (C,) f4 dB, where anybody is
    power: np.ndarray  # (C,) f4: the same as a power; 1: of 50 dB
    loud: np.ndarray  # (cells of levels 1..,) f8: noise above the level of sound
    ears: np.ndarray  # (C, EARS) i4: rows of the stimuli that reach the cell, the strongest first
    strength: np.ndarray  # (C, EARS) i4: by how much, in 1/64 dB
    ears_n: np.ndarray  # (C,) u1: how many
    murk: np.ndarray  # (cells of levels 1..,) f4 1/m: extinction of the smoke, from its level up
    shots: np.ndarray  # (F, SECTORS, 2) u1: missiles that come by, by where from; heard, or to see


class State(NamedTuple):
    """Changes every tick. What a fighter is for himself stands by his id, and what others see of
    him by his row, so that those near each other in the field are so in memory.

    ``start[c]:start[c + 1]`` are the rows in cell c; the last cell holds whoever is off the field
    (reserve, dead, left). ``row_of[id]`` is a fighter's row.
    """

    fighters: np.ndarray  # (N,) FIGHTER by id
    outside: Outside  # (N + PAD,) each
    row_of: np.ndarray  # (N,) i4
    start: np.ndarray  # (cells + 2,) i4
    memory: np.ndarray  # (N,) MEMORY by id
    dead: np.ndarray  # (SIDES, cells) u1: how many lie dead to be seen in a cell; 255: or more
    dead_in: np.ndarray  # (rows of cells,) u1: 1 if anybody lies dead in a row of cells
    crowd0: np.ndarray  # (SIDES, cells) u8: packed counts of level 0
    crowd: np.ndarray  # (cells of levels 1.., SIDES) CROWD
    present: np.ndarray  # (cells of levels 1..,) u1: 1 if anybody is in the cell, alive or dead
    views: np.ndarray  # (cells of levels 1.., SECTORS, SIDES) CROWD
    ground: np.ndarray  # (rows * cols of metres,) GROUND
    scent: np.ndarray  # (cells of level SCENT_LEVEL,) SCENT
    smoke: np.ndarray  # (cells of level SMOKE_LEVEL,) SMOKE; empty if no weapon smokes
    wounds: np.ndarray  # (capacity,) WOUND
    missiles: np.ndarray  # (capacity,) MISSILE
    noise: np.ndarray  # (cells of the level of sound,) NOISE
    stimuli: np.ndarray  # (S,) STIMULUS: sounds and signals on their way
    messages: np.ndarray  # (M,) STIMULUS: messengers on their way
    biddings: np.ndarray  # (people, at least 1) BIDDING: what their minds bid their bodies
    zones: np.ndarray  # (Z,) ZONE: the barriers that stand
    air: Air


CROWD = np.dtype([("n", "u8"), ("mx", "i4"), ("my", "i4")], align=True)
# n packs three counts of 21 bits: standing, fleeing, on the ground; mx, my: sum of the standing
# ones' offsets from the cell's middle (m)


def grid_of(width_m: float, height_m: float) -> Grid:
    """The pyramid over a field of this size."""
    cols, rows, base = [], [], [0]
    w, h = int(np.ceil(width_m / CELL_M)), int(np.ceil(height_m / CELL_M))
    for level in range(LEVELS):
        cols.append(w)
        rows.append(h)
        if level > 0:
            base.append(base[-1] + (w * h))
        w, h = (w + 1) // 2, (h + 1) // 2
    starts = [0, 0] + base[1:-1]
    return Grid(np.array(cols), np.array(rows), np.array(starts))


def blank_state(n: int, sides: int, width_m: float, height_m: float) -> State:
    """A state with everybody at rest at the origin: the builder fills it in."""
    grid = grid_of(width_m, height_m)
    cells = int(grid.cols[0] * grid.rows[0])
    upper = int((grid.cols[1:] * grid.rows[1:]).sum())
    columns, lines = ground_shape(width_m, height_m)
    return State(
        fighters=np.zeros(n, fields.FIGHTER).view(np.recarray),
        outside=Outside(
            x=np.full(n + PAD, FAR, np.float32),
            y=np.full(n + PAD, FAR, np.float32),
            hx=np.full(n + PAD, FAR, np.float32),
            hy=np.full(n + PAD, FAR, np.float32),
            look=np.zeros(n + PAD, np.uint32),
            sign=np.zeros(n + PAD, np.uint32),
            id=np.full(n + PAD, -1, np.int32),
        ),
        row_of=np.arange(n, dtype=np.int32),
        start=np.zeros(cells + 2, np.int32),
        memory=np.zeros(n, fields.MEMORY).view(np.recarray),
        dead=np.zeros((sides, cells), np.uint8),
        dead_in=np.zeros(int(grid.rows[0]), np.uint8),
        crowd0=np.zeros((sides, cells), np.uint64),
        crowd=np.zeros((upper, sides), CROWD).view(np.recarray),
        present=np.zeros(upper, np.uint8),
        views=np.zeros((upper, SECTORS, sides), CROWD).view(np.recarray),
        ground=np.zeros(columns * lines, fields.GROUND).view(np.recarray),
        scent=_no_scent(grid),
        smoke=np.zeros(0, fields.SMOKE).view(np.recarray),
        wounds=np.zeros(1024, fields.WOUND).view(np.recarray),
        missiles=np.zeros(0, fields.MISSILE).view(np.recarray),
        noise=np.zeros(_sound_cells(grid), fields.NOISE).view(np.recarray),
        stimuli=np.zeros(0, fields.STIMULUS).view(np.recarray),
        messages=np.zeros(0, fields.STIMULUS).view(np.recarray),
        biddings=np.zeros(1, inward.BIDDING),
        zones=np.zeros(0, inward.ZONE).view(np.recarray),
        air=_still_air(grid, upper),
    )


def _sound_cells(grid: Grid) -> int:
    return int(grid.cols[SOUND_LEVEL] * grid.rows[SOUND_LEVEL])


def _still_air(grid: Grid, upper: int) -> Air:
    """Nothing is to be heard."""
    cells = _sound_cells(grid)
    return Air(
        din=np.zeros(cells, np.float32),
        power=np.zeros(cells, np.float32),
        loud=np.zeros(upper, np.float64),
        ears=np.zeros((cells, EARS), np.int32),
        strength=np.zeros((cells, EARS), np.int32),
        ears_n=np.zeros(cells, np.uint8),
        murk=np.zeros(upper, np.float32),
        shots=np.zeros((int(grid.cols[0] * grid.rows[0]), SECTORS, 2), np.uint8),
    )


def clear_air(grid: Grid) -> np.ndarray:
    """The smoke of a field on which nobody has shot yet."""
    cells = int(grid.cols[SMOKE_LEVEL] * grid.rows[SMOKE_LEVEL])
    return np.zeros(cells, fields.SMOKE).view(np.recarray)


def _no_scent(grid: Grid) -> np.ndarray:
    """The scents of a field on which nobody has looked for blood yet."""
    cells = int(grid.cols[SCENT_LEVEL] * grid.rows[SCENT_LEVEL])
    scent = np.zeros(cells, fields.SCENT).view(np.recarray)
    scent["reek"] = -1
    return scent


def ground_shape(width_m: float, height_m: float) -> tuple[int, int]:
    """Columns and lines of the ground raster: an even number, two to a contact cell."""
    return 2 * int(np.ceil(width_m / CELL_M)), 2 * int(np.ceil(height_m / CELL_M))


def memory_needed(n: int, sides: int, width_m: float, height_m: float) -> dict[str, int]:
    """Bytes that a battle takes, by what takes them, before anything is allocated."""
    grid = grid_of(width_m, height_m)
    cells = int(grid.cols[0] * grid.rows[0])
    upper = int((grid.cols[1:] * grid.rows[1:]).sum())
    columns, lines = ground_shape(width_m, height_m)
    # views of cells without anybody are never touched, so they take no memory: at most about
    # as many level-1 cells as fighters are seen from, and a third more above them
    seen_from = min(upper, n * 2)
    return {
        "fighters": n * (fields.FIGHTER.itemsize + 28 + 4),
        "traits and memories": n * (fields.TRAIT.itemsize + fields.MEMORY.itemsize),
        "grid": cells * (9 * sides + 20 + 2 * SECTORS)
        + upper * (16 * sides + 13)
        + (cells + upper) * 9,  # lines of sight and light
        "views": seen_from * SECTORS * sides * CROWD.itemsize,
        "ground": columns * lines * fields.GROUND.itemsize,
        "events and pictures": n * _UNDER_WAY_BYTES,
    }


def refuse_if_too_large(n: int, sides: int, width_m: float, height_m: float) -> None:
    """Raise ``LimitError`` if the battle cannot fit into the memory that is left."""
    if n > limits.FIGHTERS:
        raise LimitError(f"{n:,} fighters; the limit is {limits.FIGHTERS:,}.")
    needed = memory_needed(n, sides, width_m, height_m)
    total, free = sum(needed.values()), free_bytes()
    if total > free:
        worst = max(needed, key=lambda k: needed[k])
        raise LimitError(
            f"This battle needs {total / 1e9:.1f} GB and {free / 1e9:.1f} GB are free; "
            f"{worst} take the most ({needed[worst] / 1e9:.1f} GB). "
            f"Lower `size`, or make the field smaller."
        )
