"""What cannot be replayed, run or changed is refused with the place and the remedy."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.record import Recording
from affray.run import execute, fork, replay, restore, resume
from affray.run.state import state_arrays, with_state
from affray.scenario.build import build
from affray.testimony import witness
from affray.world.errors import LimitError, ReplayError, UsageError
from tests.run.fights import SEED, fought, skirmish


def test_other_rules(straight: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording of other rules is not replayed; the error names both and what to do."""
    monkeypatch.setattr(replay, "rules_digest", lambda: "0123456789abcdef")
    theirs = straight.manifest["rules_digest"]
    with pytest.raises(ReplayError, match=f"{theirs}.*0123456789abcdef.*affray run .*--seed 11"):
        restore(straight, 5)


def test_another_turn(straight: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    """A replay that differs from the record stops at the first tick that does."""
    true = replay.hashes_after(straight, 20)
    monkeypatch.setattr(replay, "hashes_after", lambda *_: true | {23: 1})
    with pytest.raises(ReplayError, match="Tick 23"):
        restore(straight, 30)


@pytest.mark.parametrize("tick", [-1, 10_000])
def test_a_tick_that_is_not_there(straight: Recording, tick: int) -> None:
    """The error says which ticks there are."""
    with pytest.raises(UsageError, match=f"no tick {tick}; it holds ticks 0 to"):
        restore(straight, tick)


def test_a_change_that_comes_too_late(straight: Recording, tmp_path: Path) -> None:
    """What shapes the beginning cannot change once it has begun; nothing is left behind."""
    with pytest.raises(UsageError, match=r"units\.youths\.count.*tick 5 .*[Ff]ork at tick 0"):
        fork(straight, 5, ["units.youths.count=7"], tmp_path / "fork")
    assert not (tmp_path / "fork").exists()


def test_a_fork_into_its_parent(straight: Recording) -> None:
    """A fork never takes the place of the recording that it comes from, not even if forced."""
    with pytest.raises(UsageError, match="into itself"):
        fork(straight, 5, [], straight.path, overwrite=True)
    assert Recording.open(straight.path).hash_at(5) == straight.hash_at(5)


@pytest.mark.parametrize(
    "more",
    [{"level": "all"}, {"threads": 0}, {"until_s": 0.0}, {"until_s": float("nan")}],
)
def test_calls_that_make_no_sense(tmp_path: Path, more: dict[str, Any]) -> None:
    """Each is refused before anything is written."""
    with pytest.raises(UsageError):
        execute(skirmish(), out=tmp_path / "run", **more)
    assert not (tmp_path / "run").exists()


def test_a_folder_that_is_taken(straight: Recording, tmp_path: Path) -> None:
    """Neither a recording nor somebody's file is written over, unless asked to."""
    with pytest.raises(UsageError, match="is a recording"):
        fought(straight.path)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        fought(tmp_path / "file")
    fought(tmp_path / "run", until_s=1.0)
    assert fought(tmp_path / "run", until_s=2.0, overwrite=True).tick == 10


def test_a_disk_that_is_too_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Room on the disk is asked for before the run, and the error says what to do."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 1000))
    with pytest.raises(LimitError, match="free"):
        fought(tmp_path / "run")


def test_resuming_while_it_is_written(tmp_path: Path) -> None:
    """Two processes never write one recording."""
    refused = []

    def meanwhile() -> bool:
        with pytest.raises(UsageError) as error:
            resume(tmp_path / "run")
        refused.append(str(error.value))
        return True

    fought(tmp_path / "run", stop=meanwhile)
    assert refused


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("fighters", "id", 1),
        ("fighters", "unit", 60_000),
        ("fighters", "side", 1),
        ("fighters", "act", 99),
        ("fighters", "hand", 77),
        ("fighters", "target", 10**6),
        ("fighters", "x", np.nan),
        ("fighters", "y", 1e30),
        ("memory", "wound", 10**6),
        ("memory", "wound", -7),
        ("wounds", "fighter", 10**6),
        ("wounds", "next", 10**6),
        ("wounds", "weapon", 200),
        ("missiles", "side", 9),
        ("reinforcements", "unit", 99),
        ("reinforcements", "each", 0),
    ],
)
def test_a_state_that_leads_out_of_the_battle(table: str, field: str, value: float) -> None:
    """A checkpoint from anybody is held against the battle before a kernel trusts its numbers."""
    engine = Engine(build(skirmish(), SEED))
    engine.open()
    while len(engine.state.missiles) == 0 or engine.wounds_used == 0:
        engine.tick()
    arrays = {name: array.copy() for name, array in state_arrays(engine).items()}
    with_state(build(skirmish(), SEED), arrays)  # as it is, it fits
    arrays[table][field][0] = value
    with pytest.raises(ReplayError):
        with_state(build(skirmish(), SEED), arrays)


def test_a_state_of_another_shape() -> None:
    """Missing tables, other types and other lengths are refused as well."""
    engine = Engine(build(skirmish(), SEED))
    arrays = state_arrays(engine)
    for wrong in (
        {name: array for name, array in arrays.items() if name != "ground"},
        arrays | {"ground": arrays["ground"][:-1]},
        arrays | {"fighters": np.zeros(32, np.float64)},
    ):
        with pytest.raises(ReplayError):
            with_state(build(skirmish(), SEED), wrong)


def test_a_witness_who_is_not_there(straight: Recording) -> None:
    """Unknown fighters and ticks are named, with those that there are."""
    with pytest.raises(UsageError, match="no fighter 99; ids run from 0 to 31"):
        witness(straight, [99])
    with pytest.raises(UsageError, match="not within"):
        witness(straight, [1], 30, 10)
    with pytest.raises(UsageError, match="at least one"):
        witness(straight, [])
