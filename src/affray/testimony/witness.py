"""Any fighter can be made a witness of a battle that is long over.

The battle is run again from the nearest checkpoint, to the hashes on record, with an eye on
whoever is asked for: what they perceived, how they felt, and how they weighed what to do. Being
watched changes nothing, and the hashes prove it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from affray.engine.tick import Engine
from affray.run.replay import Source, check_hash, hashes_after, opened, restore
from affray.run.tables import flattened
from affray.run.warm import Compiling
from affray.world import fields, limits, words
from affray.world.errors import LimitError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

Array = np.ndarray[Any, Any]
Listening = Callable[[int, int], None]
"""Called now and then with the tick that a re-run has come to, and the last one."""


@dataclass(frozen=True)
class Looks:
    """The looks of the witnesses: row k of ``percepts`` (PERCEPT) led to row k of ``minds``
    (MIND), in the order of tick and id. A fighter who neither looks nor decides in a tick has
    no row. ``heard`` (HEARD): each sound and signal that reached somebody in a look.
    """

    percepts: Array
    minds: Array
    heard: Array

    def table(self) -> pa.Table:
        """One row a look: percepts, then ``own_`` state, ``act`` before and after, weights."""
        import pyarrow as pa

        columns = _columns(self.percepts) | {
            (name if name in _NAMED or name.startswith("weight_") else own): c
            for name, c in _columns(self.minds).items()
            if (own := f"own_{name}") not in ("own_tick", "own_fighter")
        }
        return _in_words(pa.table(columns), _NAMED)

    def heard_table(self) -> pa.Table:
        """One row a sound or signal, with words for what it said, and how much was understood."""
        import pyarrow as pa

        return _in_words(pa.table(_columns(self.heard)), _HEARD_NAMED)


_NAMED = {
    "before": words.ACT_NAMES,
    "act": words.ACT_NAMES,
    "mood": words.MOOD_NAMES,
    "order": words.ORDER_NAMES,
    "known": words.ORDER_NAMES,
}
_HEARD_NAMED = {
    "says": words.SAY_NAMES,
    "way": words.WAY_NAMES,
    "timbre": words.TIMBRE_NAMES,
    "word": words.ORDER_NAMES,
    "got": words.HEARD_NAMES,
}


def _in_words(table: pa.Table, named: dict[str, tuple[str, ...]]) -> pa.Table:
    """The table with words in place of some columns' numbers; nothing for -1."""
    import pyarrow as pa

    for name, known in named.items():
        numbers = table[name].to_numpy()
        indices = pa.array(numbers.astype(np.int8), mask=numbers < 0)
        column = pa.DictionaryArray.from_arrays(indices, pa.array(known))
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def witness(
    source: Source,
    ids: Sequence[int],
    from_tick: int | None = None,
    to_tick: int | None = None,
    *,
    threads: int | None = None,
    compiling: Compiling | None = None,
    listening: Listening | None = None,
) -> Looks:
    """What reached the fighters ``ids`` in the ticks from..to (both included; all by default).

    Raises UsageError (no such fighter or tick), ReplayError, RecordingError or LimitError.
    """
    recording = opened(source)
    first, last = recording.first_tick + 1, recording.last_tick
    begin = first if from_tick is None else max(from_tick, first)
    end = last if to_tick is None else to_tick
    if not begin <= end <= last:
        raise UsageError(
            f"{recording.path}: ticks {begin} to {end} are not within its {first} to {last}"
        )
    refuse_unknown(ids, recording.manifest["fighters"])
    if (end - begin + 1) * len(ids) > limits.WITNESS_ROWS:
        raise LimitError(
            f"{len(ids)} witnesses over {end - begin + 1} ticks are more than "
            f"{limits.WITNESS_ROWS:,} looks; ask for fewer, or for a shorter time"
        )
    engine = restore(recording, begin - 1, threads=threads, watch=ids, compiling=compiling)
    try:
        return _listen(engine, hashes_after(recording, begin - 1), end, listening)
    finally:
        engine.close()


def _listen(
    engine: Engine, recorded: dict[int, int], end: int, listening: Listening | None
) -> Looks:
    seen: list[Array] = [np.zeros(0, fields.PERCEPT)]
    felt: list[Array] = [np.zeros(0, fields.MIND)]
    heard: list[Array] = [np.zeros(0, fields.HEARD)]
    while engine.now < end:
        engine.tick()
        check_hash(engine, recorded)
        if listening is not None:
            listening(engine.now, end)
        order = np.argsort(engine.seen_log["fighter"], kind="stable")
        seen.append(engine.seen_log[order])
        felt.append(engine.mind_log[order])
        heard.append(engine.heard_log[np.argsort(engine.heard_log["fighter"], kind="stable")])
    return Looks(np.concatenate(seen), np.concatenate(felt), np.concatenate(heard))


def _columns(rows: Array) -> dict[str, Array]:
    """The columns of a structured array, nested ones apart, the acts' weights by name."""
    flat = np.ascontiguousarray(rows).view(np.ndarray).view(flattened(rows.dtype))
    columns = {}
    for name in flat.dtype.names or ():
        head, _, number = name.rpartition("_")
        shown = name
        if head == "weights":
            shown = f"weight_{words.ACT_NAMES[int(number)].replace(' ', '_')}"
        columns[shown] = np.ascontiguousarray(flat[name])
    return columns


def refuse_unknown(ids: Sequence[int], fighters: int) -> None:
    """Refuse to hear nobody, or somebody who is not there. Raises UsageError."""
    if not ids:
        raise UsageError("name at least one fighter")
    wrong = [number for number in ids if not 0 <= number < fighters]
    if wrong:
        raise UsageError(f"there is no fighter {wrong[0]}; ids run from 0 to {fighters - 1}")
