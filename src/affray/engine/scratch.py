"""The scratch arrays of one thread, made once: no kernel allocates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from affray.engine.near import FOUND, SLOTS, VECTOR
from affray.engine.pyramid import LIST
from affray.rules.handed import by_address
from affray.world import fields
from affray.world.battlefield import EARS, SECTORS
from affray.world.words import ACTS, SAYINGS


class Around(NamedTuple):
    """What is seen of crowds from one cell, at level 0 (``crowds.look_around``)."""

    ways: np.ndarray  # (4, LIST) i8: by parity, how far in cells those of the list lie
    run_n: np.ndarray  # (LIST + 1,) u8: running sums over the list
    run_m: np.ndarray  # (LIST + 1,) i8
    n: np.ndarray  # (SECTORS, sides) u8: packed counts
    mx: np.ndarray  # (SECTORS, sides) i8: their first moments, m / 16
    my: np.ndarray


class Sounds(NamedTuple):
    """What is to be heard, or beheld, in one cell of sound (``listen.lend_ears``)."""

    cell: np.ndarray  # (1,) i8: which it is; -1: none yet
    x: np.ndarray  # (EARS,) f8: where it was
    y: np.ndarray
    tick: np.ndarray  # (EARS,) i8: when
    luck: np.ndarray  # (EARS,) u4: the luck key of whoever made it
    way: np.ndarray  # (EARS,) i8


class Near(NamedTuple):
    """Those in the nine cells around one, slot by slot, for all in the middle (``near.gather``)."""

    xs: np.ndarray  # (SLOTS + spare,) f4: places
    ys: np.ndarray
    hxs: np.ndarray  # (SLOTS + spare,) f4: which way each faces
    hys: np.ndarray
    looks: np.ndarray  # (SLOTS + spare,) u4: first words of their outsides
    runs: np.ndarray  # (6,) i8: where each row of cells begins, and what leads to rows of the state
    slots: np.ndarray  # (2,) i8: slots in use, padded; 1 if somebody in them is hidden


class Mind(NamedTuple):
    """What a thread needs to let one fighter after another perceive and decide."""

    near: Near
    found: np.ndarray  # (1,) FOUND
    offset: np.ndarray  # (3,) f8
    around: Around
    sounds: Sounds
    seen: np.ndarray  # (1,) PERCEPT
    heard: np.ndarray  # (1,) HEARD
    weights: np.ndarray  # (ACTS,) f8
    words: np.ndarray  # (SAYINGS,) f8


class Desk(NamedTuple):
    """Where a thread writes what happens in one block of cells; ``table`` makes its parts."""

    events: np.ndarray  # EVENT
    blows: np.ndarray  # BLOW
    missiles: np.ndarray  # MISSILE
    cries: np.ndarray  # STIMULUS
    seen_log: np.ndarray  # PERCEPT, a row for each witness at most
    mind_log: np.ndarray  # MIND
    heard_log: np.ndarray  # HEARD, EARS for each witness at most
    counts: np.ndarray  # (8,) i8: rows written of each table, and looks taken


class Harm(NamedTuple):
    """Where the work of a tick's blows is written, and how they are gathered (``resolve``)."""

    events: np.ndarray  # EVENT
    counts: np.ndarray  # (2,) i8: rows written of it, and rows in use of the wound table
    # (2, blows) i4: lists of the blows at all whose ids leave the same remainder, by their first
    # and by the next of each; -1: no more
    lists: np.ndarray
    done: np.ndarray  # (blows,) u1: 1 when a blow has done its work


by_address(Around)
by_address(Sounds)
by_address(Near)
by_address(Mind)
by_address(Desk)
by_address(Harm)

DESK = (
    fields.EVENT,
    fields.BLOW,
    fields.MISSILE,
    fields.STIMULUS,
    fields.PERCEPT,
    fields.MIND,
    fields.HEARD,
)  # its tables
_EVENTS_EACH = 24  # most events that one fighter can have in one tick: two for each sound heard
SPARE = 8  # rows that a desk has beyond those whom it serves
_WOUND_EVENTS = 6  # most events that one blow can cause
_HEARD_EACH = 2 * EARS  # most that a witness can hear in one tick, messengers among it


def table(rows: int, dtype: np.dtype) -> np.ndarray:
    """A table of records, zero."""
    return np.zeros(rows, dtype)


def first_rows(rows: np.ndarray, count: int, dtype: np.dtype) -> np.ndarray:
    """A copy of the first rows of a table, by their bytes: NumPy copies records by their fields."""
    if count == 0:
        return _NONE[dtype]
    flat = rows.view(np.uint8)
    return flat[: count * dtype.itemsize].copy().view(dtype)


def joined(parts: Sequence[np.ndarray], dtype: np.dtype) -> np.ndarray:
    """Tables of one dtype in one, in order, by their bytes: NumPy joins records by their fields."""
    full = [part for part in parts if len(part)]
    if not full:
        return _NONE[dtype]
    if len(full) == 1:
        return full[0]
    out = table(sum(len(part) for part in full), dtype)
    at = 0
    flat = out.view(np.uint8)
    for part in full:
        size = part.nbytes
        flat[at : at + size] = np.ascontiguousarray(part).view(np.ndarray).view(np.uint8)
        at += size
    return out


def those(rows: np.ndarray, which: np.ndarray) -> np.ndarray:
    """The rows for which ``which`` holds; all of them without a copy."""
    return rows if which.all() else rows[which]


_NONE = {dtype: table(0, dtype) for dtype in DESK}  # nobody can write into them


def desk(rows: int, witnesses: int) -> Desk:
    """Room for a block of so many fighters, so many of them witnesses."""
    return Desk(
        events=table(rows * _EVENTS_EACH + SPARE, fields.EVENT),
        blows=table(rows + SPARE, fields.BLOW),
        missiles=table(rows + SPARE, fields.MISSILE),
        cries=table(3 * rows + SPARE, fields.STIMULUS),
        seen_log=table(max(witnesses, 1), fields.PERCEPT),
        mind_log=table(max(witnesses, 1), fields.MIND),
        heard_log=table(_HEARD_EACH * witnesses, fields.HEARD),
        counts=np.zeros(8, np.int64),
    )


def harm(blows: int, wounds: int) -> Harm:
    """Room for the work of so many blows, with so many wounds in the table."""
    return Harm(
        events=table(blows * _WOUND_EVENTS + SPARE, fields.EVENT),
        counts=np.array([0, wounds]),
        lists=np.full((2, blows), -1, np.int32),
        done=np.zeros(blows, np.uint8),
    )


def _around(sides: int) -> Around:
    return Around(
        np.zeros((4, LIST), np.int64),
        np.zeros(LIST + 1, np.uint64),
        np.zeros(LIST + 1, np.int64),
        np.zeros((SECTORS, sides), np.uint64),
        np.zeros((SECTORS, sides), np.int64),
        np.zeros((SECTORS, sides), np.int64),
    )


def _sounds() -> Sounds:
    return Sounds(
        np.full(1, -1, np.int64),
        np.zeros(EARS, np.float64),
        np.zeros(EARS, np.float64),
        np.zeros(EARS, np.int64),
        np.zeros(EARS, np.uint32),
        np.zeros(EARS, np.int64),
    )


def _near() -> Near:
    slots = SLOTS + 4 * VECTOR
    return Near(
        np.zeros(slots, np.float32),
        np.zeros(slots, np.float32),
        np.zeros(slots, np.float32),
        np.zeros(slots, np.float32),
        np.zeros(slots, np.uint32),
        np.zeros(6, np.int64),
        np.zeros(2, np.int64),
    )


def mind(sides: int) -> Mind:
    """Scratch for a battle of so many sides."""
    return Mind(
        _near(),
        np.zeros(1, FOUND),
        np.zeros(3, np.float64),
        _around(sides),
        _sounds(),
        np.zeros(1, fields.PERCEPT),
        np.zeros(1, fields.HEARD),
        np.zeros(ACTS, np.float64),
        np.zeros(SAYINGS, np.float64),
    )
