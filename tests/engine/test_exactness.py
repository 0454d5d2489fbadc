"""The second law: the same battle to the bit, however it is run."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from affray.engine.tick import Engine
from tests.engine.fights import bundled, hashes, opened, reloaded, skirmish

TICKS = 25
FIGHTS = (("press", 600), ("clearing", 400), ("brawl", None), ("linear_1700s", 300))


def straight(name: str, size: int | None, **how: object) -> list[int]:
    """Hashes of a bundled battle run straight through."""
    engine = opened(bundled(name, size), **how)
    try:
        return hashes(engine, TICKS)
    finally:
        engine.close()


@pytest.fixture(scope="module")
def plain() -> dict[str, list[int]]:
    """Hashes of each battle with one thread and nothing special."""
    return {name: straight(name, size) for name, size in FIGHTS}


@pytest.mark.parametrize(("name", "size"), FIGHTS)
def test_a_battle_repeats(plain: dict[str, list[int]], name: str, size: int | None) -> None:
    """Two runs of one battle and seed have the same hash at every tick, and it keeps changing."""
    again = straight(name, size)

    assert again == plain[name]
    assert len(set(again)) == TICKS + 1


@pytest.mark.parametrize("blocks", [None, 1, 5, 17])
@pytest.mark.parametrize("threads", [1, 2, 3, 4])
def test_threads_and_blocks_never_show(
    plain: dict[str, list[int]], threads: int, blocks: int | None
) -> None:
    """However many threads share a tick, cut into however many blocks, nothing differs."""
    for name, size in FIGHTS:
        assert straight(name, size, threads=threads, blocks=blocks) == plain[name], name


def test_a_battle_large_enough_to_be_shared_is_the_same_shared() -> None:
    """Where the engine itself decides to share the work, sharing does not show either."""
    found = []
    for threads in (1, 2, 3, 4):
        engine = opened(bundled("press", 13_000), threads=threads)
        found.append(hashes(engine, 8))
        engine.close()

    assert found[1:] == found[:-1]


def test_watching_and_recording_change_nothing(plain: dict[str, list[int]]) -> None:
    """Neither the recording of every blow nor the logging of minds shows in the battle."""
    for name, size in FIGHTS:
        assert straight(name, size, full=True, watch=(0, 3, 17)) == plain[name], name


def test_logs_are_the_same_for_any_number_of_threads() -> None:
    """What a witness perceives, weighs and causes is logged the same whoever works at it."""
    logs = []
    for threads, blocks in ((1, None), (3, 7)):
        engine = opened(
            bundled("press", 600), threads=threads, blocks=blocks, watch=tuple(range(600))
        )
        logs.append([])
        for _ in range(TICKS):
            events = engine.tick()
            seen, minds = np.sort(engine.seen_log, order="fighter"), engine.mind_log
            minds = np.sort(minds, order="fighter")
            logs[-1].append((events.tobytes(), seen.tobytes(), minds.tobytes()))
        engine.close()

    assert logs[0] == logs[1]


def test_reloading_at_every_tick_changes_nothing(plain: dict[str, list[int]]) -> None:
    """A battle saved and loaded into a new engine after every tick goes on as if it had not."""
    for name, size in FIGHTS:
        engine = opened(bundled(name, size))
        found = [engine.hash]
        for _ in range(TICKS):
            engine = reloaded(engine)
            assert engine.hash == found[-1]
            engine.tick()
            found.append(engine.hash)
        assert found == plain[name], name


def test_a_seed_decides() -> None:
    """Another seed is another battle."""
    one, other = opened(skirmish(1)), opened(skirmish(2))

    assert set(hashes(one, TICKS)).isdisjoint(hashes(other, TICKS))


_PRINT_HASHES = """
import sys
from tests.engine.test_exactness import straight
print(straight(sys.argv[1], int(sys.argv[2])))
"""


def test_generic_processor_code_gives_the_same_battle(plain: dict[str, list[int]]) -> None:
    """Code compiled for any processor of the family fights the same battle as native code.

    Slow the first time: it compiles the engine anew. The cache keeps code by processor.
    """
    env = os.environ | {"NUMBA_CPU_NAME": "generic"}
    env["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)

    done = subprocess.run(
        [sys.executable, "-c", _PRINT_HASHES, "press", "600"],
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(plain["press"])


def test_an_engine_counts_from_its_tick() -> None:
    """An engine that opens at a later tick draws that tick's luck, not the first one's."""
    early, late = opened(skirmish()), Engine(skirmish(), tick=1000)
    late.open()

    assert hashes(early, 3) != hashes(late, 3)
