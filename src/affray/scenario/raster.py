"""Terrain as a raster: shapes and heights of a scenario laid over the cells of 2 m.

A cell takes what the last shape over its middle says. What is narrower than a cell still takes the
cells that it runs through, so that a hedge or a wall is never lost between two middles.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from affray.scenario.ground import Band, Circle, FieldOfBattle, Rect, Terrain
from affray.world import fields
from affray.world.battlefield import CELL_M, LEVELS, Grid

BLOOD_PER_L = 100_000  # hundredths of a millilitre
GRASS_FULL = 65_535
BLOCK_M = 3.0  # height of what blocks sight and does not say how high it is
CLIMB_M = 4.0  # height of what can be climbed and does not say how high it is

Mask = np.ndarray
Numbers = np.ndarray


class Raster:
    """The field cell by cell: ``terrain`` (rows * cols,) TERRAIN; heights, blood, and grass, each
    (rows, cols).
    """

    def __init__(self, field: FieldOfBattle, grid: Grid) -> None:
        """Lay `field` over level 0 of `grid`."""
        self.rows, self.cols = int(grid.rows[0]), int(grid.cols[0])
        self.terrain = np.zeros(self.rows * self.cols, fields.TERRAIN).view(np.recarray)
        cells = self.terrain.reshape(self.rows, self.cols)
        cells["going"] = field.ground.going
        cells["light"] = field.light
        self.heights = np.zeros((self.rows, self.cols), np.float32)
        self.soaked = np.full((self.rows, self.cols), field.ground.soaked)
        self.grass = np.full((self.rows, self.cols), field.ground.grass)
        self.shed = np.full((self.rows, self.cols), field.ground.blood)  # L/m2
        self.age_s = np.full((self.rows, self.cols), field.ground.blood_age)
        absorbency = np.full((self.rows, self.cols), field.ground.absorbency)
        x = (np.arange(self.cols) + 0.5) * CELL_M
        y = (np.arange(self.rows) + 0.5) * CELL_M
        if field.heights is not None and field.heights.rows is not None:
            self.heights[:] = _bilinear(np.array(field.heights.rows), x, y, field.size)
        base = self.heights.copy()
        for shape in field.terrain:
            window = _window(shape, x, y)
            here = covered(shape, x[window[1]], y[window[0]])
            for name, value in (
                ("going", shape.going),
                ("cover", shape.cover),
                ("conceal", shape.concealment),
                ("light", shape.light),
            ):
                if value is not None:
                    cells[name][window][here] = value
            for layer, value in (
                (absorbency, shape.absorbency),
                (self.soaked, shape.soaked),
                (self.shed, shape.blood),
                (self.age_s, shape.blood_age),
                (self.grass, shape.grass),
            ):
                if value is not None:
                    layer[window][here] = value
            _stand(shape, here, cells[window])
            if shape.height is not None and not shape.blocks_sight and not shape.climbable:
                self.heights[window][here] = base[window][here] + np.float32(shape.height)
        cells["soak"] = (absorbency * BLOOD_PER_L + 0.5).astype(np.int32)

    def lie_on(self, ground: np.ndarray, dt_s: float) -> None:
        """Fill the `ground` of metres: grass, blood in the soil and on top of it when it opens.

        Blood that fell before the battle has a tick before its first, so it is as dry as that.
        """
        capacity = self.terrain["soak"].reshape(self.rows, self.cols).astype(np.int64)
        held = (capacity * self.soaked + 0.5).astype(np.int64)
        shed = (self.shed * BLOOD_PER_L + 0.5).astype(np.int64)
        fell = -(self.age_s / dt_s + 0.5).astype(np.int32)
        taken = np.minimum(capacity - held, shed)
        metres = ground.reshape(2 * self.rows, 2 * self.cols)
        for name, cells in (
            ("soaked", (held + taken).astype(np.uint32)),
            ("pool", (shed - taken).astype(np.uint32)),
            ("wet", np.where(held + shed > 0, fell, -1).astype(np.int32)),
            ("grass", (self.grass * GRASS_FULL + 0.5).astype(np.uint16)),
        ):
            for corner in range(4):  # of the four square metres of each cell
                metres[name][corner >> 1 :: 2, corner & 1 :: 2] = cells


def kinds(cells: np.ndarray) -> tuple[np.ndarray, npt.NDArray[np.uint32]]:
    """The different records among `cells`, and the row of each cell's among them: there are few."""
    whole = cells.view(np.ndarray).view(np.dtype((np.void, cells.itemsize)))
    _, first, kind = np.unique(whole, return_index=True, return_inverse=True)
    return cells[first], kind.astype(np.uint32)


def _stand(shape: Terrain, here: Mask, cells: np.ndarray) -> None:
    """Let what the shape is stand on the ground: a screen, or a perch."""
    if shape.blocks_sight is not None:
        high = shape.height if shape.height is not None else BLOCK_M
        cells["block"][here] = max(high, 0.0) if shape.blocks_sight else 0.0
    if shape.climbable is not None:
        high = shape.height if shape.height is not None else CLIMB_M
        perch = int(min(max(high, 1.0), 255.0) + 0.5)
        cells["climb"][here] = perch if shape.climbable else 0


def _window(shape: Terrain, x: Numbers, y: Numbers) -> tuple[slice, slice]:
    """Rows and columns beyond which a shape covers nothing, so that many small ones stay cheap."""
    points: tuple[tuple[float, float], ...]
    reach = 2.0 * CELL_M
    if shape.circle is not None:
        points, reach = (shape.circle.at,), reach + shape.circle.radius
    elif shape.rect is not None:
        points = (shape.rect.from_, shape.rect.to)
    elif shape.band is not None:
        points, reach = (shape.band.from_, shape.band.to), reach + 0.5 * shape.band.width
    else:
        assert shape.polygon is not None
        points = shape.polygon
    rows = _slice(y, [point[1] for point in points], reach)
    return rows, _slice(x, [point[0] for point in points], reach)


def _slice(middles: Numbers, at: list[float], reach: float) -> slice:
    first, last = np.searchsorted(middles, (min(at) - reach, max(at) + reach)).tolist()
    return slice(first, last)


def covered(shape: Terrain, x: Numbers, y: Numbers) -> Mask:
    """(rows, cols): the cells with middles `x` and `y` that a terrain shape covers."""
    if shape.circle is not None:
        return _in_circle(shape.circle, x, y)
    if shape.rect is not None:
        return _in_rect(shape.rect, x, y)
    if shape.band is not None:
        return _in_band(shape.band, x, y)
    assert shape.polygon is not None
    return _in_polygon(shape.polygon, x, y)


def _or_cell_of(mask: Mask, at: tuple[float, float], x: Numbers, y: Numbers) -> Mask:
    """`mask`, or where no middle is covered the cell that `at` lies in, if it is among these."""
    if not mask.size:
        return mask
    row = int(at[1] // CELL_M) - int(y[0] // CELL_M)
    col = int(at[0] // CELL_M) - int(x[0] // CELL_M)
    if not mask.any() and 0 <= row < mask.shape[0] and 0 <= col < mask.shape[1]:
        mask[row, col] = True
    return mask


def _in_circle(circle: Circle, x: Numbers, y: Numbers) -> Mask:
    dx, dy = x - circle.at[0], y - circle.at[1]
    within = dx[None, :] * dx[None, :] + dy[:, None] * dy[:, None] <= circle.radius * circle.radius
    return _or_cell_of(within, circle.at, x, y)


def _in_rect(rect: Rect, x: Numbers, y: Numbers) -> Mask:
    (x0, y0), (x1, y1) = rect.from_, rect.to
    return _between(x, x0, x1)[None, :] & _between(y, y0, y1)[:, None]


def _between(at: Numbers, one: float, other: float) -> Mask:
    """Middles from one to the other, at least over the width of a cell."""
    middle, half = 0.5 * (one + other), max(0.5 * abs(one - other), 0.5 * CELL_M)
    return (at > middle - half) & (at <= middle + half)


def _in_band(band: Band, x: Numbers, y: Numbers) -> Mask:
    dx, dy = band.to[0] - band.from_[0], band.to[1] - band.from_[1]
    length = float(np.sqrt(dx * dx + dy * dy))
    ux, uy = (dx / length, dy / length) if length > 0.0 else (1.0, 0.0)
    rx, ry = x[None, :] - band.from_[0], y[:, None] - band.from_[1]
    along, aside = rx * ux + ry * uy, ry * ux - rx * uy
    half = max(0.5 * band.width, 0.5 * CELL_M * (abs(ux) + abs(uy)))
    within = (aside > -half) & (aside <= half) & (along >= 0.0) & (along <= length)
    return _or_cell_of(within, band.from_, x, y)


def _in_polygon(corners: tuple[tuple[float, float], ...], x: Numbers, y: Numbers) -> Mask:
    """Cells whose middle has an odd number of edges to its east."""
    within = np.zeros((len(y), len(x)), np.bool_)
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
        spans = np.nonzero((y0 <= y) != (y1 <= y))[0]
        if len(spans):
            crossing = x0 + (y[spans] - y0) / (y1 - y0) * (x1 - x0)
            within[spans] ^= x[None, :] < crossing[:, None]
    return _or_cell_of(within, corners[0], x, y)


def _bilinear(
    rows: Numbers, x: Numbers, y: Numbers, size: tuple[float, float]
) -> npt.NDArray[np.float32]:
    """Heights at (y, x) of a raster stretched over the field; its first row is the north."""
    south_up = rows[::-1]
    fx = np.clip(x / size[0], 0.0, 1.0) * (rows.shape[1] - 1)
    fy = np.clip(y / size[1], 0.0, 1.0) * (rows.shape[0] - 1)
    i = np.minimum(fx.astype(np.int64), rows.shape[1] - 2)
    j = np.minimum(fy.astype(np.int64), rows.shape[0] - 2)
    tx, ty = (fx - i)[None, :], (fy - j)[:, None]
    low = south_up[j][:, i] * (1.0 - tx) + south_up[j][:, i + 1] * tx
    high = south_up[j + 1][:, i] * (1.0 - tx) + south_up[j + 1][:, i + 1] * tx
    return (low * (1.0 - ty) + high * ty).astype(np.float32)


def lit_cells(
    terrain: np.ndarray, grid: Grid, range_m: float, night_share: float
) -> npt.NDArray[np.uint8]:
    """Highest level from which somebody is seen who stands in a cell, for the cells of all levels.

    The cells of a level look about 4 m wide at level 0 and twice as far at each level above; a
    cell of a level above is as bright as the brightest cell below it.
    """
    far = range_m * (night_share + (1.0 - night_share) * terrain["light"].astype(np.float64))
    lit = np.zeros(len(terrain), np.uint8)
    for level in range(1, LEVELS):
        lit[far >= 2.0 * 2.0 ** (level + 1)] = level
    levels = [lit.reshape(int(grid.rows[0]), int(grid.cols[0]))]
    for level in range(1, LEVELS):
        levels.append(
            pooled(levels[-1], (int(grid.rows[level]), int(grid.cols[level])), np.maximum)
        )
    return np.concatenate([cells.ravel() for cells in levels])


def pooled(cells: np.ndarray, shape: tuple[int, int], least_or_most: np.ufunc) -> np.ndarray:
    """The raster of the level above: each cell the least or most of the up to four below it."""
    wide = np.pad(
        cells, ((0, 2 * shape[0] - cells.shape[0]), (0, 2 * shape[1] - cells.shape[1])), mode="edge"
    )
    rows = least_or_most(wide[0::2], wide[1::2])
    return least_or_most(rows[:, 0::2], rows[:, 1::2])
