"""Which cells can see which, over heights and past what blocks sight, worked out once per battle.

Each cell of each level has a bit for each of the 27 cells of its level that are seen from it as
crowds (``engine/pyramid.py``, whose order of bits this repeats, since a scenario may not import
the engine; a test holds the two together). A line runs from eyes over the middle of the one cell
to eyes over the middle of the other; it is cut if in between, outside both cells, anything rises
above it. All is integers and plain arithmetic in an order that is the same from both ends, so
sight is mutual.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from affray.scenario.raster import pooled
from affray.world.battlefield import LEVELS, Grid

EYES_M = 1.6
SPAN = 6  # the list of a cell lies in 6 x 6 cells
REACH = 3  # cells from a cell to the farthest of its list
OPEN = ~np.uint64(0)
_POINTS = 4_096  # of lines that are looked at at once: few, so that they stay in the cache

Flat = npt.NDArray[np.int64]
Heights = npt.NDArray[np.float64]
Lines = npt.NDArray[np.uint64]


def sightlines(terrain: np.ndarray, heights: np.ndarray, grid: Grid) -> Lines:
    """Bits of open lines for the cells of all levels, level 0 first; one element if all are open.

    `terrain`: (cells of level 0,) TERRAIN; `heights`: (rows, cols) of level 0, in metres.
    """
    flat = float(heights.max()) <= float(heights.min()) + EYES_M
    if flat and not terrain["block"].any():
        return np.full(1, OPEN)
    shape = int(grid.rows[0]), int(grid.cols[0])
    ground = heights.astype(np.float64)
    top = ground + terrain["block"].astype(np.float64).reshape(shape)
    if float(top.max()) <= float(ground.min()) + EYES_M:
        return np.full(1, OPEN)
    levels = []
    lowest, highest = ground, top
    for level in range(LEVELS):
        here = int(grid.rows[level]), int(grid.cols[level])
        if level > 0:
            lowest, highest = pooled(lowest, here, np.minimum), pooled(highest, here, np.maximum)
        rows, cols = np.nonzero(_around(highest, np.maximum) > _around(lowest, np.minimum) + EYES_M)
        lines = np.full(here, OPEN)
        for parity in range(4):
            odd_row, odd_col = parity >> 1, parity & 1
            mine = ((rows & 1) == odd_row) & ((cols & 1) == odd_col)
            _cut(lines, rows[mine], cols[mine], level, ground, top)
        levels.append(lines.ravel())
    return np.concatenate(levels)


def _around(cells: Heights, least_or_most: np.ufunc) -> Heights:
    """For each cell the least or most of the 7 x 7 cells around it: the reach of a list."""
    for _ in range(2):  # along one axis, then along the other
        wide = np.pad(cells, ((REACH, REACH), (0, 0)), mode="edge")
        two = least_or_most(wide[:-1], wide[1:])
        four = least_or_most(two[:-2], two[2:])
        cells = least_or_most(four[:-REACH], four[REACH:]).T
    return cells


def _cut(lines: Lines, rows: Flat, cols: Flat, level: int, ground: Heights, top: Heights) -> None:
    """Clear the bits of the lines that are cut, from cells of one parity."""
    if not len(rows):
        return
    found = np.full(len(rows), OPEN)
    for j in range(SPAN):
        for i in range(SPAN):
            dx, dy = i - 2 - int(cols[0] & 1), j - 2 - int(rows[0] & 1)
            if abs(dx) <= 1 and abs(dy) <= 1:
                continue
            there_row, there_col = rows + dy, cols + dx
            inside = (there_row >= 0) & (there_row < lines.shape[0])
            inside &= (there_col >= 0) & (there_col < lines.shape[1])
            if not inside.any():
                continue
            cut = np.zeros(len(rows), np.bool_)
            cut[inside] = _is_cut(rows[inside], cols[inside], dx, dy, level, ground, top)
            found &= np.where(cut, ~np.uint64(1 << (j * SPAN + i)), OPEN)
    lines[rows, cols] = found


def _is_cut(
    rows: Flat, cols: Flat, dx: int, dy: int, level: int, ground: Heights, top: Heights
) -> npt.NDArray[np.bool_]:
    """Whether anything rises above the lines from these cells to those (dx, dy) cells away.

    Sampled each metre along the longer axis, at its half metres, so never on a border of cells
    there. Coordinates are whole numbers of 1 / (2 * longer) m.
    """
    width = 2 << level
    longer = max(abs(dx), abs(dy))
    steps = width * longer
    x, y = cols * width + width // 2, rows * width + width // 2
    eyes = ground[_at(y, ground.shape[0]), _at(x, ground.shape[1])] + EYES_M
    x_there, y_there = x + dx * width, y + dy * width
    eyes_there = ground[_at(y_there, ground.shape[0]), _at(x_there, ground.shape[1])] + EYES_M
    there = 2 * np.arange(steps) + 1  # shares of the way, out of 2 * steps
    there = there[np.minimum(there, 2 * steps - there) * longer >= steps]  # outside both cells
    cut = np.zeros(len(rows), np.bool_)
    at_once = max(_POINTS // len(rows), 1)
    for first in range(0, len(there), at_once):
        some = there[first : first + at_once, None]
        line = eyes * (2 * steps - some) + eyes_there * some
        rises = _highest(x, y, dx, dy, some, longer, top) * (2 * steps) > line
        cut |= rises.any(axis=0)
    return cut


def _at(metre: Flat, cells: int) -> Flat:
    """Cell of a coordinate; a coarse cell's middle may lie beyond the edge of the field."""
    return np.minimum(metre // 2, cells - 1)


def _highest(x: Flat, y: Flat, dx: int, dy: int, there: Flat, longer: int, top: Heights) -> Heights:
    """Height of what stands at points of the lines (points, lines); on a border, of the lower of
    its two sides.
    """
    border = 4 * longer
    nx, ny = x * (2 * longer) + there * dx, y * (2 * longer) + there * dy
    row, col = (
        np.minimum(ny // border, top.shape[0] - 1),
        np.minimum(nx // border, top.shape[1] - 1),
    )
    high = top[row, col]
    on_x, on_y = nx[:, 0] % border == 0, ny[:, 0] % border == 0
    if on_x.any():
        beside = np.minimum((nx[on_x] - 1) // border, top.shape[1] - 1)
        high[on_x] = np.minimum(high[on_x], top[row[on_x], beside])
    if on_y.any():
        beside = np.minimum((ny[on_y] - 1) // border, top.shape[0] - 1)
        high[on_y] = np.minimum(high[on_y], top[beside, col[on_y]])
    return high
