"""Lines of sight over heights and past what blocks them, against a plain reference."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affray.engine.pyramid import LISTS
from affray.scenario.raster import pooled
from affray.scenario.sightlines import EYES_M, OPEN, sightlines
from affray.world import fields
from affray.world.battlefield import Grid, grid_of


def field_of(
    blocks: np.ndarray, heights: np.ndarray | None = None
) -> tuple[np.recarray, np.ndarray, Grid]:
    """Terrain of the given blocks (rows, cols), heights, and the pyramid over them."""
    terrain = np.zeros(blocks.size, fields.TERRAIN).view(np.recarray)
    terrain["block"] = blocks.ravel()
    raised = np.zeros(blocks.shape, np.float32) if heights is None else heights.astype(np.float32)
    return terrain, raised, grid_of(2.0 * blocks.shape[1], 2.0 * blocks.shape[0])


def lines_of(lines: np.ndarray, grid: Grid, level: int) -> np.ndarray:
    """The words of one level, (rows, cols)."""
    first = int((grid.cols[:level] * grid.rows[:level]).sum())
    shape = int(grid.rows[level]), int(grid.cols[level])
    return lines[first : first + shape[0] * shape[1]].reshape(shape)


def neighbours(grid: Grid, level: int) -> list[tuple[int, int, int, int, int]]:
    """Every (row, col, dx, dy, bit) of a level's lists that lies on the field."""
    rows, cols = int(grid.rows[level]), int(grid.cols[level])
    return [
        (r, c, int(dx), int(dy), int(bit))
        for r in range(rows)
        for c in range(cols)
        for dx, dy, bit in LISTS[((r & 1) << 1) | (c & 1)]
        if 0 <= r + dy < rows and 0 <= c + dx < cols
    ]


def is_open(lines: np.ndarray, r: int, c: int, bit: int) -> bool:
    """Whether a bit of a cell's word is set."""
    return bool((int(lines[r, c]) >> bit) & 1)


def test_an_open_field_takes_one_word() -> None:
    """Where nothing rises to the eyes, a single open word stands for all cells."""
    terrain, level, grid = field_of(np.full((20, 20), EYES_M - 0.1))
    assert sightlines(terrain, level, grid).tolist() == [int(OPEN)]


def test_a_wall_cuts_what_crosses_it_and_nothing_else() -> None:
    """Along a wall from edge to edge no line crosses, but all on either side stay open."""
    blocks = np.zeros((24, 24))
    blocks[:, 11] = 3.0
    terrain, level, grid = field_of(blocks)
    lines = lines_of(sightlines(terrain, level, grid), grid, 0)
    for r, c, dx, dy, bit in neighbours(grid, 0):
        crosses = (c < 11 < c + dx) or (c + dx < 11 < c)
        within = 11 in (c, c + dx)
        if not within:
            assert is_open(lines, r, c, bit) == (not crosses), (r, c, dx, dy)


def test_one_sees_over_a_hedge_from_a_hill() -> None:
    """The same hedge hides from level ground what a hill's top looks down on."""
    blocks = np.zeros((8, 24))
    blocks[:, 11] = 2.0
    heights = np.zeros((8, 24))
    heights[:, 12:] = 20.0
    bit = next(int(b) for dx, dy, b in LISTS[0] if (dx, dy) == (-2, 0))
    seen = []
    for raised in (np.zeros((8, 24)), heights):
        terrain, hills, grid = field_of(blocks, raised)
        seen.append(is_open(lines_of(sightlines(terrain, hills, grid), grid, 0), 4, 12, bit))
    assert seen == [False, True]


@pytest.mark.parametrize("level", [0, 1, 4])
@settings(max_examples=3)
@given(seed=st.integers(0, 2**32 - 1))
def test_sight_is_mutual_and_as_a_plain_walk_finds_it(level: int, seed: int) -> None:
    """On rough ground each line is the same from both ends, and equals a walk along it by hand."""
    rows, cols = 7 * 2**level - 1, 6 * 2**level + 1
    n = np.arange(rows * cols, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(seed)
    rough = ((n >> np.uint64(7)) % np.uint64(97)).astype(float).reshape(rows, cols)
    blocks = np.where(rough > 88, 4.0, 0.0)
    heights = 0.125 * (rough % 7)
    terrain, hills, grid = field_of(blocks, heights)
    lines = lines_of(sightlines(terrain, hills, grid), grid, level)
    all_lines = neighbours(grid, level)
    bits = {(r, c, r + dy, c + dx): bit for r, c, dx, dy, bit in all_lines}
    ground = hills.astype(float)
    top = ground + terrain["block"].astype(float).reshape(rows, cols)
    for place, (r, c, dx, dy, bit) in enumerate(all_lines):
        back = bits[(r + dy, c + dx, r, c)]
        assert is_open(lines, r, c, bit) == is_open(lines, r + dy, c + dx, back)
        if place % 29 == seed % 29:
            assert is_open(lines, r, c, bit) == walk(r, c, dx, dy, level, ground, top)


def walk(r: int, c: int, dx: int, dy: int, level: int, ground: np.ndarray, top: np.ndarray) -> bool:
    """Whether nothing rises above the line between two cells' eyes, one half metre at a time."""
    width = 2 * 2**level
    x0, y0 = (c + 0.5) * width, (r + 0.5) * width
    x1, y1 = x0 + dx * width, y0 + dy * width

    def at(raster: np.ndarray, x: float, y: float) -> float:
        columns = {min(int((x - s) // 2), raster.shape[1] - 1) for s in (1e-9, -1e-9)}
        lines = {min(int((y - s) // 2), raster.shape[0] - 1) for s in (1e-9, -1e-9)}
        return min(float(raster[j, i]) for i in columns for j in lines)

    def eyes(x: float, y: float) -> float:
        i, j = min(int(x // 2), ground.shape[1] - 1), min(int(y // 2), ground.shape[0] - 1)
        return float(ground[j, i]) + EYES_M

    steps = width * max(abs(dx), abs(dy))
    for k in range(steps):
        t = (k + 0.5) / steps
        inside = any(max(abs(dx * s), abs(dy * s)) < 0.5 for s in (t, 1 - t))
        line = eyes(x0, y0) * (1 - t) + eyes(x1, y1) * t
        if not inside and at(top, x0 + t * (x1 - x0), y0 + t * (y1 - y0)) > line + 1e-9:
            return False
    return True


def test_pooling_takes_the_extreme_of_what_lies_below() -> None:
    """A cell of the next level holds the most (or least) of its up to four children."""
    cells = np.arange(15).reshape(3, 5)
    assert pooled(cells, (2, 3), np.maximum).tolist() == [[6, 8, 9], [11, 13, 14]]
    assert pooled(cells, (2, 3), np.minimum).tolist() == [[0, 2, 4], [10, 12, 14]]
