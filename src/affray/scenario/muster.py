"""Where the fighters of a unit stand when a battle opens.

Places are worked out in the unit's own axes (ahead, left), in the order of numbers: the first, who
leads, stands foremost in the middle. A little luck takes the parade ground off them, never so much
that two stand nearer than ``APART_M``.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from affray.scenario import nature
from affray.scenario.bearing import Vector
from affray.scenario.formation import stand_of
from affray.scenario.units import Formation

APART_M = 0.45
EDGE_M = 0.1
LOOSENESS = {"line": 0.08, "column": 0.08, "wedge": 0.08, "skirmish": 0.3, "mob": 0.25}

Places = npt.NDArray[np.float64]


def muster(
    formation: Formation,
    place: Vector,
    facing: Vector,
    size: Vector,
    seed: int,
    keys: nature.Keys,
) -> tuple[Places, Places]:
    """Places (x, y) in metres of the fighters with luck `keys`, in order, around `place`.

    `facing`: unit vector; `size`: of the field, in which all of them stand: a unit that reaches
    beyond its edge is moved inside, as far as it fits.
    """
    stand = stand_of(formation, len(keys))
    if formation.shape == "mob":
        depth, left = _disc(len(keys))
    elif formation.shape == "wedge":
        depth, left = _wedge(len(keys))
    else:
        depth, left = _ranks(len(keys), stand.files)
    spacing = stand.spacing_m
    loose = min(LOOSENESS[formation.shape] * spacing, max(0.5 * (spacing - APART_M), 0.0))
    d = depth * spacing + (2.0 * nature.even(seed, keys, nature.PLACE_X) - 1.0) * loose
    w = left * spacing + (2.0 * nature.even(seed, keys, nature.PLACE_Y) - 1.0) * loose
    x = place[0] + facing[0] * d - facing[1] * w
    y = place[1] + facing[1] * d + facing[0] * w
    return _inside(x, size[0]), _inside(y, size[1])


def _inside(at: Places, length: float) -> Places:
    """The places moved together into the field, and only then each by itself."""
    low, high = float(at.min()), float(at.max())
    if high > length - EDGE_M:
        at = at - (high - (length - EDGE_M))
        low = float(at.min())
    if low < EDGE_M:
        at = at + (EDGE_M - low)
    return np.clip(at, EDGE_M, length - EDGE_M)


def _outward(number: npt.NDArray[np.int64], width: npt.NDArray[np.int64]) -> Places:
    """Place in a row of `width`, in spacings left of its middle: the middle first, then outward."""
    step = (number + 1) // 2
    aside = np.where(number % 2 == 1, step, -step)
    return aside.astype(np.float64) - np.where(width % 2 == 0, 0.5, 0.0)


def _ranks(count: int, files: int) -> tuple[Places, Places]:
    number = np.arange(count)
    rank, place = number // files, number % files
    ranks = (count + files - 1) // files
    width = np.where(rank == ranks - 1, count - (ranks - 1) * files, files)
    return 0.5 * (ranks - 1) - rank.astype(np.float64), _outward(place, width)


def _wedge(count: int) -> tuple[Places, Places]:
    number = np.arange(count)
    rank = ((np.sqrt(8.0 * number + 1.0) - 1.0) * 0.5).astype(np.int64)
    rank -= (rank * (rank + 1) // 2 > number).astype(np.int64)  # where the root rounded up
    rank += ((rank + 1) * (rank + 2) // 2 <= number).astype(np.int64)
    first = rank * (rank + 1) // 2
    last = int(rank[-1])
    width = np.where(rank == last, count - last * (last + 1) // 2, rank + 1)
    return 0.5 * last - rank.astype(np.float64), _outward(number - first, width)


def _disc(count: int) -> tuple[Places, Places]:
    """The `count` points of a square lattice that are nearest to its middle."""
    reach = int(math.sqrt(count / 3.0)) + 2
    line = np.arange(-reach, reach + 1)
    i, j = (axis.ravel() for axis in np.meshgrid(line, line, indexing="ij"))
    nearest = np.argsort(i * i + j * j, kind="stable")[:count]
    return i[nearest].astype(np.float64), j[nearest].astype(np.float64)
