"""How a run goes: when it ends, what it compiles, what it tells, how often it writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba.core.registry import CPUDispatcher

from affray.record import Recording
from affray.rules.compiled import Kernel
from affray.run import resume, warm
from affray.run.cadence import cadence_of
from affray.run.rehearsal import KERNELS
from affray.run.warm import signatures
from affray.scenario import Battle
from affray.scenario.model import Record, Scenario
from affray.world import words as w
from affray.world.endings import ONE_SIDE_LEFT, QUIET, TIME_UP
from tests.engine.test_uncompiled import kernels
from tests.run.fights import fought, hashes, skirmish


def two_far_apart(*end: Any) -> Scenario:
    """Two who stand and never meet."""
    hold = {"do": "hold"}
    return (
        Battle("apart", field=(60, 20))
        .side("red")
        .side("blue")
        .unit("one", side="red", count=1, place=(3, 10), orders=hold, weapons=["club"])
        .unit("other", side="blue", count=1, place=(57, 10), orders=hold, weapons=["club"])
        .end(*end)
        .scenario()
    )


def test_no_kernel_compiles_in_the_middle_of_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once warm, a battle in which everything occurs needs no kernel for other types, resumed or
    not: a kernel looks at the types of its arguments once.
    """
    warm()
    assert set(signatures().values()) == {1}
    monkeypatch.setattr(Kernel, "__call__", CPUDispatcher.__call__)  # look at every call again
    interrupted = fought(tmp_path / "run", threads=2, until_s=9.0)
    resume(interrupted.path)
    assert set(signatures().values()) == {1}


def test_every_kernel_is_compiled_before_a_run() -> None:
    """Whatever kernel the engine has, people's too, warming compiles it and tells of it."""
    assert {kernel for _, _, kernel in kernels()} == set(KERNELS.values())


def test_ends_when_time_is_up(tmp_path: Path) -> None:
    """A battle nobody decides ends after the time the scenario gives it."""
    outcome = fought(tmp_path / "run", two_far_apart("5 s", "one_side_left"))
    assert (outcome.ended, outcome.tick) == (TIME_UP, 25)


def test_quiet_counts_from_the_first_wound(tmp_path: Path) -> None:
    """Quiet before the first wound ends nothing; after the last one it does, to the tick."""
    apart = two_far_apart("5 s", {"quiet_for": "1 s"})
    assert fought(tmp_path / "apart", apart).ended == TIME_UP

    def close(name: str, side: str, x: float) -> dict[str, Any]:
        return {"name": name, "side": side, "count": 3, "place": (x, 10), "weapons": ["sword"]}

    meet = Battle("meet", field=(40, 20)).side("red").side("blue").end("60 s", {"quiet_for": "2 s"})
    meet.unit(**close("one", "red", 19), facing="east").unit(**close("other", "blue", 21.5))
    outcome = fought(tmp_path / "meet", meet.scenario())
    events = Recording.open(outcome.path).events(["tick", "kind"]).to_pylist()
    last = max(event["tick"] for event in events if event["kind"] == w.EVENT_WOUND)
    assert outcome.ended == QUIET
    assert outcome.tick == last + 10


def test_ends_when_one_side_is_left(tmp_path: Path) -> None:
    """Sides that do not fight each other end it at once; a reserve that can come puts it off."""

    def alone(*reserves: dict[str, Any]) -> Scenario:
        stay = {"do": "hold"}
        peace = (
            Battle("peace", field=(60, 20))
            .side("red", hostile_to=["green"])
            .side("blue", hostile_to=["green"])
            .side("green")
            .unit("one", side="red", count=1, place=(3, 10), orders=stay)
            .unit("other", side="blue", count=1, place=(57, 10), orders=stay)
        )
        for reserve in reserves:
            peace.reserve("late", side="green", count=2, enters=(30, 10), **reserve)
        return peace.end("8 s", "one_side_left").scenario()

    assert fought(tmp_path / "nobody", alone()).ended == ONE_SIDE_LEFT
    timed = fought(tmp_path / "timed", alone({"when": {"at": "3 s"}}))
    assert timed.tick > 15
    late = fought(tmp_path / "late", alone({"when": {"at": "9 s"}}))
    assert (late.ended, late.tick) == (ONE_SIDE_LEFT, 0)
    # red can still fall, which would bring them in
    waiting = fought(tmp_path / "waiting", alone({"when": {"falls_in": "red", "each": 1}}))
    assert waiting.ended == TIME_UP


def test_progress_is_told(tmp_path: Path) -> None:
    """Somebody who waits hears of the beginning and the end, with living counts by side."""
    heard: list[tuple[int, int, dict[str, dict[str, int]], float]] = []
    outcome = fought(tmp_path / "run", progress=lambda *told: heard.append(told))
    assert heard[0][0] == 0
    assert heard[0][2]["red"]["standing"] == 13
    assert heard[-1][:2] == (outcome.tick, 120)
    assert heard[-1][2] == outcome.counts
    assert [told[3] for told in heard] == sorted(told[3] for told in heard)


def test_frames_show_everybody(straight: Recording) -> None:
    """A frame has everybody at the place, and in the state, that he is in, by id."""
    from affray.run import restore

    frames = list(straight.frames(20, 40))
    assert [frame.tick for frame in frames] == [20, 25, 30, 35, 40]
    engine = restore(straight, 30)
    fighters = engine.state.fighters
    engine.close()
    shown = frames[2].arrays
    on_field = fighters["status"] != w.RESERVE
    x = shown["x"] / 65535.0 * 34.0
    assert np.abs(x - fighters["x"])[on_field].max() < 0.001
    assert np.array_equal(shown["state"] & 7, fighters["status"])
    assert np.array_equal(shown["state"] >> 3 & 1, fighters["mood"])
    assert np.array_equal(shown["state"] >> 4, fighters["act"])
    turn = shown["facing"] * (np.pi / 128.0)
    assert (np.cos(turn) * fighters["hx"] + np.sin(turn) * fighters["hy"]).min() > 0.999
    assert shown["blood"].max() == 255


@pytest.mark.parametrize(
    ("fighters", "state_bytes", "frames", "checkpoint"),
    [(100, 10_000, 5, 300), (250_000, 49_000_000, 15, 300), (1_000_000, 260_000_000, 50, 1800)],
)
def test_large_battles_are_drawn_and_saved_more_rarely(
    fighters: int, state_bytes: int, frames: int, checkpoint: int
) -> None:
    """The cadence follows from size and scenario alone."""
    cadence = cadence_of(Record(), 0.2, fighters, state_bytes)
    assert (cadence.frames, cadence.checkpoint) == (frames, checkpoint)
    assert cadence.metrics == 5
    assert cadence.seal * fighters <= 4_000_000


def test_segments_follow_the_ticks(straight: Recording, tmp_path: Path) -> None:
    """What lies in which segment depends on ticks alone: two runs are sealed alike."""
    outcome = fought(tmp_path / "run")
    again = Recording.open(outcome.path)
    ends = [segment["last_tick"] for segment in straight.manifest["segments"]]
    assert [segment["last_tick"] for segment in again.manifest["segments"]] == ends
    assert ends == straight.checkpoints()
    assert hashes(outcome) == hashes(straight.path)


def test_ends_at_a_tick_where_a_segment_was_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last tick keeps its counts and state though a segment without a state was due there."""
    monkeypatch.setattr("affray.run.cadence.SEAL_FIGHTER_TICKS", 4 * skirmish().fighters())
    outcome = fought(tmp_path / "run", until_s=4 * 0.2)
    recording = Recording.open(outcome.path)
    assert outcome.tick == 4
    assert recording.checkpoints()[-1] == 4
    resumed = resume(outcome.path, threads=1, until_s=9 * 0.2)
    assert hashes(resumed) == hashes(fought(tmp_path / "straight", until_s=9 * 0.2))
