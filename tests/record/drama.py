"""One small battle for all tests of the recording: thirty ticks in three segments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from affray.record import Recording, Writer

Array = np.ndarray[Any, Any]

TICKS = 30
SEGMENT_TICKS = 10
SCENARIO = b"name: drama\n"
EVENT = np.dtype(
    [("tick", "<i4"), ("kind", "u1"), ("fighter", "<i4"), ("x", "<f4"), ("hidden", "?")]
)
METRIC = np.dtype([("tick", "<i4"), ("side", "u1"), ("strength", "<i4")])
DETAILS: dict[str, Any] = {
    "affray_version": "0.1",
    "rules_digest": "abc",
    "scenario_name": "drama",
    "seed": 2**64 - 1,
    "dt_s": 0.2,
    "fighters": 50,
    "level": "events",
    "meta": {"sides": ["northmen", "Sædere"], "kinds": ["fall", "death"]},
}


def events_at(tick: int) -> Array:
    """A few events of one tick; none in every fourth."""
    events = np.zeros(tick % 4, EVENT)
    events["tick"] = tick
    events["fighter"] = np.arange(len(events)) + 1000 * tick
    events["x"] = tick / 3
    return events


def metrics_at(tick: int) -> Array:
    return np.array([(tick, side, 50 - tick) for side in (0, 1)], METRIC)


def hash_at(tick: int) -> int:
    return (tick * 0x9E3779B97F4A7C15 + 1) % 2**64


def frame_at(tick: int) -> dict[str, Array]:
    """Fighters walk east past the edge of the range; two more arrive with every frame."""
    count = 40 + tick
    return {
        "x": (np.arange(count) * 1500 + 70 * tick).astype(np.uint16),
        "turn": (np.arange(count) - 3 * tick).astype(np.int8),
    }


def state_at(tick: int) -> dict[str, Array]:
    return {
        "x": np.linspace(0, tick, 500, dtype=np.float32),
        "wounds": events_at(tick),
        "nothing": np.zeros((0, 3)),
        "clock": np.array(tick),
    }


def begin(directory: Path, **changes: Any) -> Writer:
    """A recording of the battle that holds nothing yet."""
    return Writer.create(
        directory,
        scenario=changes.pop("scenario", SCENARIO),
        overwrite=changes.pop("overwrite", False),
        events=EVENT,
        metrics=METRIC,
        manifest=DETAILS | changes,
    )


def play(writer: Writer, from_tick: int = 0, to_tick: int = TICKS) -> None:
    """Hand ticks over to a writer, sealing every ten with the state at the end of them."""
    for tick in range(from_tick, to_tick):
        writer.append_events(events_at(tick))
        writer.append_hash(tick, hash_at(tick))
        if tick % 5 == 0:
            writer.append_metrics(metrics_at(tick))
        if tick % 3 == 0:
            writer.append_frame(tick, frame_at(tick))
        if tick % SEGMENT_TICKS == SEGMENT_TICKS - 1:
            writer.seal(tick, state_at(tick), {"tick": tick})


def record(directory: Path) -> None:
    """The whole battle, start to end."""
    with begin(directory) as writer:
        play(writer)
        writer.finish("time is up")


def go_on(directory: Path) -> None:
    """Take up a recording at its last sealed tick, and play it to the end."""
    with Writer.reopen(directory) as writer:
        play(writer, writer.sealed_ticks + 1)
        writer.finish("time is up")


def contents(directory: Path) -> dict[str, bytes]:
    """Every file of a recording by its name within it."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def holds_drama_to(recording: Recording, last_tick: int) -> bool:
    """Whether a recording holds the battle up to ``last_tick``, nothing more, nothing else."""
    ticks, hashes = recording.hashes()
    expected = [hash_at(tick) for tick in range(last_tick + 1)]
    events = [event["fighter"] for tick in range(last_tick + 1) for event in events_at(tick)]
    frames = {frame.tick: frame.arrays["x"].tolist() for frame in recording.frames()}
    return (
        recording.last_tick == last_tick
        and ticks.tolist() == list(range(last_tick + 1))
        and hashes.tolist() == expected
        and recording.events(["fighter"])["fighter"].to_pylist() == events
        and frames == {tick: frame_at(tick)["x"].tolist() for tick in range(0, last_tick + 1, 3)}
        and all(
            recording.checkpoint(tick)[0]["x"].tobytes() == state_at(tick)["x"].tobytes()
            for tick in range(SEGMENT_TICKS - 1, last_tick + 1, SEGMENT_TICKS)
        )
    )
