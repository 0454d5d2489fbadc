"""Records: rows of structured arrays, each field declared with what it means."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Field(NamedTuple):
    """One field of a record: ``shape`` is () for a scalar."""

    name: str
    dtype: str
    unit: str
    about: str
    shape: tuple[int, ...] = ()


def in_steps(values: Any, steps: float) -> Any:
    """Values as a field of small whole numbers keeps them, so many steps to the unit: uint16."""
    return np.clip(np.rint(values * steps), 0.0, 65_535.0).astype(np.uint16)


def plain(table: np.ndarray) -> np.ndarray:
    """The same rows to read by their columns: ``plain(table)[name].item(row)`` is a plain number in
    a twentieth of the time that ``table[row][name]`` takes, where it is a ``recarray``.
    """
    return table.view(np.ndarray)


def record(fields: tuple[Field, ...]) -> np.dtype:
    """The structured dtype of a table of fields: aligned, whole words, without holes.

    Larger fields stand before smaller ones; what is left at the end is a field of its own
    (``spare``), because NumPy does not copy holes, and hashes read every byte. A row's fields can
    be read by name (``row.x``, as rules do) in any array of it, which need be no ``recarray``:
    those are slow to view and to slice.
    """
    kinds = [(f.name, f.dtype, f.shape) for f in fields]
    kinds.sort(key=lambda kind: -np.dtype(kind[1]).itemsize)
    size, word = np.dtype(kinds).itemsize, max(4, np.dtype(kinds[0][1]).itemsize)
    if size % word:
        kinds.append(("spare", "u1", (word - size % word,)))
    dtype = np.dtype(kinds)
    assert dtype.itemsize == np.dtype(kinds, align=True).itemsize, dtype
    return np.dtype((np.record, dtype))
