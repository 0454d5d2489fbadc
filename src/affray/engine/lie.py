"""The lie of the land: what ground a cell is of.

A field has many cells and few kinds of ground, so a cell holds only which of them is its own. How
high it lies is each cell's own affair (``World.heights``).
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import part, rule
from affray.world import battlefield as b

i8 = np.int64


@rule
def field_cell(world, x, y):
    """Number of the contact cell at (x, y)."""
    return i8(y / b.CELL_M) * world.grid_cols[0] + i8(x / b.CELL_M)


@part
def terrain_at(world, cell):
    """The TERRAIN of a contact cell."""
    return world.terrain[world.terrain_of[cell]]
