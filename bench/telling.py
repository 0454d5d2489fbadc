"""What testimony costs beside the run that it re-runs, and a telling from stored testimony.

The halves of the ratio are measured in turns: the battle run again with no witness, to the hashes
on record, and run again with one.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from affray.record import Recording
from affray.run import execute
from affray.run.replay import check_hash, hashes_after, restore
from affray.scenario import load_bundled
from affray.tell.beside import words_beside
from affray.tell.chorus import chorus
from affray.testimony.depose import depose
from affray.testimony.stored import chorus_of, heard
from bench.sample import Sample, in_turns, seconds_of
from bench.table import Row, figure, promised

SEED = 1
WORDS = 3_000


def measure(until_s: float, rounds: int, full_size: bool) -> list[Row]:
    """One witness of the clearing, and a chorus of it told from what is stored."""
    with tempfile.TemporaryDirectory(prefix="affray-bench-") as name:
        folder = Path(name) / "clearing"
        execute(load_bundled("clearing"), seed=SEED, out=folder, until_s=until_s, threads=1)
        recording = Recording.open(folder)
        witness = chorus_of(recording)[0]

        def with_a_witness() -> float:
            return seconds_of(lambda: depose(recording, [witness], threads=1))

        taken = in_turns(
            {"witness": with_a_witness, "bare": lambda: seconds_of(lambda: _again(recording))},
            rounds,
        )
        told, words = _tellings(recording, rounds)
    note = (
        f"the clearing's first {until_s:g} s, 1 thread, a person as witness; both run from the "
        "opening to the hashes on record, in turns"
    )
    return [
        promised("testimony", taken["witness"].over(taken["bare"]), note, full_size),
        figure("testimony", "the run that is re-run", "s", taken["bare"]),
        promised("telling", told, f"a chorus of the clearing, {words:,} words came of it",
                 full_size),
    ]  # fmt: skip


def _again(recording: Recording) -> None:
    """The battle again, with nobody watched."""
    engine = restore(recording, recording.first_tick, threads=1)
    recorded = hashes_after(recording, engine.now)
    try:
        while engine.now < recording.last_tick:
            engine.tick()
            check_hash(engine, recorded)
    finally:
        engine.close()


def _tellings(recording: Recording, rounds: int) -> tuple[Sample, int]:
    """Seconds of a chorus from stored testimonies, files and words read anew each time."""
    minds = chorus_of(recording)
    heard(recording, minds, threads=1)
    count = 0

    def tell() -> None:
        nonlocal count
        lexicon, voices = words_beside("clearing")
        count = chorus(heard(recording, minds), lexicon, voices, WORDS).words()

    tell()
    return Sample(tuple(seconds_of(tell) for _ in range(rounds))), count
