"""The pyramid of cells and the lists of cells that are seen as crowds.

A cell sees, one by one, whoever is in the 3 x 3 cells of level 0 around it. Beyond that it sees
crowds: at each level, the children of its parent's 3 x 3 neighbours that are not its own
neighbours: 27 cells. The lists of all levels tile the plane without gap or overlap (the
interaction lists of the fast multipole method, Greengard and Rokhlin, 1987).
"""

from __future__ import annotations

import numpy as np

from affray.world.battlefield import SECTORS

LIST = 27  # cells in a list
SPAN = 6  # a list lies in 6 x 6 cells
UNIT = 16  # a person counts as 16, so that one who is half hidden still counts
FIELD = 21  # bits of each packed count
MASK = np.uint64((1 << FIELD) - 1)


def _lists() -> tuple[np.ndarray, np.ndarray]:
    """The lists of the four parities of (row, column), and where each sector begins in them.

    (4, 27, 3): dx, dy, bit of the sightline, ordered by sector; (4, SECTORS + 1).
    """
    lists = np.zeros((4, LIST, 3), np.int64)
    begins = np.zeros((4, SECTORS + 1), np.int64)
    for parity in range(4):
        odd_row, odd_col = parity >> 1, parity & 1
        cells = []
        for j in range(SPAN):
            for i in range(SPAN):
                dx, dy = i - 2 - odd_col, j - 2 - odd_row
                if abs(dx) <= 1 and abs(dy) <= 1:
                    continue
                angle = np.degrees(np.arctan2(dy, dx)) % 360.0
                sector = int((angle + 22.5) // 45.0) % SECTORS
                cells.append((sector, dx, dy, j * SPAN + i))
        cells.sort()
        lists[parity] = [cell[1:] for cell in cells]
        sectors = [cell[0] for cell in cells]
        begins[parity] = np.searchsorted(sectors, np.arange(SECTORS + 1))
    return lists, begins


LISTS, BEGINS = _lists()
# (4, 27): twice dx, and twice dy in the upper 32 bits: what one standing there adds to a moment (m)
MOMENTS = 2 * LISTS[:, :, 0] + ((2 * LISTS[:, :, 1]) << 32)
SECTOR_X = np.array([1.0, 0.7071067811865476, 0.0, -0.7071067811865476] * 2)
SECTOR_X[4:] = -SECTOR_X[:4]
SECTOR_Y = np.array(
    [
        0.0,
        0.7071067811865476,
        1.0,
        0.7071067811865476,
        0.0,
        -0.7071067811865476,
        -1.0,
        -0.7071067811865476,
    ]
)
