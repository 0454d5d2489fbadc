"""The ground from above as a picture: soil, grass, water and walls under the light, and blood.

Blood is bright red where it fell just now and maroon where it has dried; the more of it, the less
of the ground shows through.
"""

from __future__ import annotations

import numpy as np

from affray.scenario import Scenario, values_for
from affray.scenario.raster import Raster
from affray.world.battlefield import grid_of, ground_shape

_SOIL = np.array((0.88, 0.84, 0.76))
_GRASS = np.array((0.80, 0.87, 0.71))
_WATER = np.array((0.72, 0.81, 0.86))
_WALL = np.array((0.56, 0.54, 0.50))
_WOOD = np.array((0.58, 0.66, 0.50))
_FRESH = np.array((0.82, 0.03, 0.05))
_DRIED = np.array((0.36, 0.07, 0.09))
_LITRE = 100_000  # hundredths of a millilitre
_SOAKED_LITRES = 3.0  # blood in a square metre of soil that colours it as much as it can
_SOAKED_COVER = 0.6
_POOL_LITRES = 1.5  # blood on top that hides the ground altogether
_POOL_COVER = 0.95
_FULL_GRASS = 65_535.0
_WADED = 0.3  # going below which ground that soaks up nothing is taken for water
_DARKEST = 0.5  # how bright the picture is where there is no light at all


def soil_picture(
    scenario: Scenario, ground: tuple[int, np.ndarray] | None, dt_s: float
) -> np.ndarray:
    """(lines, columns, 3) by metre, 0..1. ``scenario``: at its size; ``ground``: tick, GROUND."""
    width, height = scenario.field.size
    columns, lines = ground_shape(width, height)
    raster = Raster(scenario.field, grid_of(width, height))
    cells = raster.terrain.reshape(raster.rows, raster.cols)
    grass = _metres(raster.grass)
    if ground is not None:
        grass = ground[1]["grass"].reshape(lines, columns) / _FULL_GRASS
    picture = _SOIL + (_GRASS - _SOIL) * grass[..., None]
    wet = (cells["soak"] == 0) & (cells["going"] < _WADED) & (cells["block"] == 0)
    picture[_metres(wet)] = _WATER
    hides = cells["block"] > 0
    leafy = (cells["conceal"] > 0) | (cells["climb"] > 0)
    picture[_metres(hides & ~leafy)] = _WALL
    picture[_metres(hides & leafy)] = _WOOD
    if ground is not None:
        picture = _bloodied(picture, ground, scenario, dt_s)
    light = np.clip(_metres(cells["light"].astype(np.float64)), 0, 1)[..., None]
    return np.clip(picture * (_DARKEST + (1 - _DARKEST) * light**0.6), 0, 1)


def soil_key(scenario: Scenario, ground: tuple[int, np.ndarray] | None) -> str:
    """What the colours of that picture stand for, of those that are in it."""
    cells = Raster(scenario.field, grid_of(*scenario.field.size)).terrain
    hides = cells["block"] > 0
    leafy = (cells["conceal"] > 0) | (cells["climb"] > 0)
    wet = (cells["soak"] == 0) & (cells["going"] < _WADED) & ~hides
    bled = ground is not None and bool((ground[1]["soaked"] > 0).any() or ground[1]["pool"].any())
    there = {
        "blue: water": wet.any(),
        "grey: what hides from sight": (hides & ~leafy).any(),
        "dark green: trees and thickets": (hides & leafy).any(),
        "red: fresh blood; maroon: dried": bled,
        "darker: less light": (cells["light"] < 1.0).any(),
    }
    shown = [text for text, is_there in there.items() if is_there]
    return f"Ground: {'; '.join(['green: grass; pale: bare soil', *shown])}."


def _bloodied(
    picture: np.ndarray, ground: tuple[int, np.ndarray], scenario: Scenario, dt_s: float
) -> np.ndarray:
    tick, metres = ground
    shape = picture.shape[:2]
    dry_s = values_for(scenario.parameters)["ground.dry_s"]
    age = np.clip((tick - metres["wet"].reshape(shape)) * dt_s / dry_s, 0, 1)[..., None]
    colour = _FRESH + (_DRIED - _FRESH) * age
    for layer, full, most in (
        ("soaked", _SOAKED_LITRES, _SOAKED_COVER),
        ("pool", _POOL_LITRES, _POOL_COVER),
    ):
        litres = metres[layer].reshape(shape) / _LITRE
        # the root lets a trail of drops be seen beside a pool
        cover = most * np.clip(litres / full, 0, 1)[..., None] ** 0.4
        picture = picture * (1 - cover) + colour * cover
    return picture


def _metres(cells: np.ndarray) -> np.ndarray:
    """A raster of cells of two metres as one of metres."""
    return np.repeat(np.repeat(cells, 2, axis=0), 2, axis=1)
