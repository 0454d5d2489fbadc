"""The lie of the land: what ground a cell is of.

A field has many cells and few kinds of ground, so a cell holds only which of them is its own.
"""

from __future__ import annotations

from affray.rules.compiled import part


@part
def terrain_at(world, cell):
    """The TERRAIN of a contact cell."""
    return world.terrain[world.terrain_of[cell]]
