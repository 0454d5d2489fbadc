"""The second law for runs: cut, stopped, forked, watched or recorded otherwise, the same hashes."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest

from affray.engine.tick import Engine
from affray.record import Recording, Writer
from affray.run import execute, fork, restore, resume
from affray.run.manifest import manifest_of
from affray.run.replay import catch_up, scenario_of
from affray.run.state import state_arrays, with_state
from affray.run.tables import EVENTS, METRICS
from affray.scenario import apply_sets, dump
from affray.scenario.build import build
from affray.testimony import witness
from affray.world import words as w
from affray.world.endings import BATTLE_OVER, INTERRUPTED, UNTIL
from affray.world.errors import UsageError
from tests.run.fights import SEED, Killed, after, dies, fought, hashes, skirmish


def test_the_skirmish_holds_all_that_a_run_has_to_keep(straight: Recording) -> None:
    """The battle that the tests below stand on has wounds, deaths, flight, throws and reserves."""
    kinds = set(straight.events(["kind"])["kind"].to_pylist())
    needed = {w.EVENT_WOUND, w.EVENT_FALL, w.EVENT_DEATH, w.EVENT_BREAK, w.EVENT_ENTER}
    assert needed | {w.EVENT_THROW, w.EVENT_BLOW} <= kinds
    assert len(straight.checkpoints()) >= 4


@pytest.mark.parametrize("ticks", [0, 1, 19, 20, 47])
def test_stopped_and_resumed(straight: Recording, tmp_path: Path, ticks: int) -> None:
    """A run stopped between two ticks goes on to the hashes and events of one in one go."""
    stopped = fought(tmp_path / "run", stop=after(ticks))
    assert (stopped.ended, stopped.tick) == (INTERRUPTED, ticks)
    resumed = resume(tmp_path / "run", threads=2)
    assert resumed.ended in BATTLE_OVER
    assert hashes(resumed) == hashes(straight.path)
    assert Recording.open(resumed.path).events().equals(straight.events())


@pytest.mark.parametrize("ticks", [0, 1, 33, 41])
def test_killed_and_resumed(straight: Recording, tmp_path: Path, ticks: int) -> None:
    """A run killed without a last word goes on from its last checkpoint, to the same hashes."""
    with pytest.raises(Killed):
        fought(tmp_path / "run", stop=after(ticks, dies))
    assert Recording.open(tmp_path / "run").manifest["ended"] is None
    assert hashes(resume(tmp_path / "run")) == hashes(straight.path)


def test_killed_before_the_first_state_was_on_disk(straight: Recording, tmp_path: Path) -> None:
    """A run killed so early that nothing was sealed begins again by itself."""
    scenario = skirmish()
    manifest = manifest_of(scenario, build(scenario, SEED), SEED, "full")
    Writer.create(
        tmp_path / "run",
        scenario=dump(scenario).encode(),
        manifest=manifest,
        events=EVENTS,
        metrics=METRICS,
    ).close()
    assert hashes(resume(tmp_path / "run")) == hashes(straight.path)


def test_ctrl_c_ends_between_two_ticks(straight: Recording, tmp_path: Path) -> None:
    """Ctrl-C leaves a whole recording that can be resumed, and signals are as they were before."""
    before = signal.getsignal(signal.SIGINT)

    def press() -> bool:
        os.kill(os.getpid(), signal.SIGINT)
        return False

    outcome = fought(tmp_path / "run", stop=after(14, press))
    assert (outcome.ended, outcome.tick) == (INTERRUPTED, 15)
    assert signal.getsignal(signal.SIGINT) is before
    assert hashes(resume(tmp_path / "run")) == hashes(straight.path)


def test_a_later_until(straight: Recording, tmp_path: Path) -> None:
    """A run asked to go so far goes farther when asked again, and not back."""
    first = fought(tmp_path / "run", until_s=3.0)
    assert (first.ended, first.tick) == (UNTIL, 15)
    second = resume(tmp_path / "run", until_s=7.0)
    assert (second.ended, second.tick) == (UNTIL, 35)
    with pytest.raises(UsageError, match="7 s already"):
        resume(tmp_path / "run", until_s=5.0)
    assert hashes(resume(tmp_path / "run")) == hashes(straight.path)


def test_a_battle_that_is_over_is_not_resumed(straight: Recording) -> None:
    """There is nothing to resume when the battle itself is over, and the error says what to do."""
    with pytest.raises(UsageError, match=r"is over .* affray fork"):
        resume(straight.path)


@pytest.mark.parametrize("at", [0, 1, 20, 37])
def test_forked_without_a_change(straight: Recording, tmp_path: Path, at: int) -> None:
    """A fork without a change is the same battle, and can be cut and forked again."""
    first = fork(straight, at, [], tmp_path / "first", stop=after(5))
    again = resume(first.path)
    second = fork(first.path, at + 3, [], tmp_path / "second", level="events", threads=3)
    whole = hashes(straight.path)
    assert hashes(again) == {tick: value for tick, value in whole.items() if tick >= at}
    assert hashes(second) == {tick: value for tick, value in whole.items() if tick >= at + 3}
    parent = Recording.open(second.path).manifest["parent"]
    assert parent is not None
    assert (parent["tick"], parent["hash"]) == (at + 3, f"{whole[at + 3]:016x}")


def test_any_threads_and_blocks(straight: Recording, tmp_path: Path) -> None:
    """Neither threads nor the number of blocks show in a hash."""
    assert hashes(fought(tmp_path / "three", threads=3)) == hashes(straight.path)
    for threads, blocks in ((1, 2), (2, 3), (4, 7)):
        engine = Engine(build(skirmish(), SEED), threads=threads, blocks=blocks, full=True)
        try:
            engine.open()
            catch_up(engine, straight, straight.last_tick)
        finally:
            engine.close()


@pytest.mark.parametrize("level", ["summary", "events"])
def test_any_recording_level(straight: Recording, tmp_path: Path, level: str) -> None:
    """How much is recorded changes nothing of the battle, nor the events that both levels keep."""
    outcome = fought(tmp_path / "run", level=level)
    recording = Recording.open(outcome.path)
    assert hashes(outcome) == hashes(straight.path)
    assert recording.metrics().equals(straight.metrics())
    whole = straight.events().to_pylist()
    kept = [event for event in whole if event["kind"] != w.EVENT_BLOW]
    assert recording.events().to_pylist() == ([] if level == "summary" else kept)


def test_any_cadence(straight: Recording, tmp_path: Path) -> None:
    """How often it is sampled, drawn and saved changes nothing of the battle, nor when it ends."""
    other = skirmish(checkpoint_every="1 s", metrics_every="0.4 s", frames_every="3 s")
    outcome = fought(tmp_path / "run", other)
    assert hashes(outcome) == hashes(straight.path)


def test_watching_changes_nothing(straight: Recording) -> None:
    """Witnesses are heard in a replay to the recorded hashes, and tell what reached them."""
    engine = restore(straight, 40)
    fighters = engine.state.fighters
    one, two, three = fighters["id"][fighters["status"] == w.UP][:3].tolist()
    engine.close()
    heard = witness(straight, [one, two, three], 10, 40)
    assert set(heard.percepts["fighter"]) == {one, two, three}
    assert np.array_equal(heard.percepts["tick"], heard.minds["tick"])
    assert np.array_equal(heard.percepts["fighter"], heard.minds["fighter"])
    assert heard.minds["tick"].min() >= 10
    assert heard.minds["tick"].max() <= 40
    alone = witness(straight, [two], 10, 40)
    mine = heard.percepts["fighter"] == two
    assert np.array_equal(heard.percepts[mine], alone.percepts)
    table = heard.table()
    assert table.num_rows == len(heard.percepts)
    assert {"foe", "own_fear", "act", "weight_strike"} <= set(table.column_names)


def test_saved_and_loaded_at_every_tick(straight: Recording) -> None:
    """A state loaded into a fresh battle goes on as if nothing had been, at every single tick."""
    whole = hashes(straight.path)
    engine = Engine(build(skirmish(), SEED), full=True)
    engine.open()
    while engine.now < straight.last_tick:
        saved = {name: array.copy() for name, array in state_arrays(engine).items()}
        battle, wounds = with_state(build(skirmish(), SEED), saved)
        engine = Engine(battle, full=True, tick=engine.now)
        engine.wounds_used = wounds
        engine.open()
        assert engine.hash == whole[engine.now]
        engine.tick()
        assert engine.hash == whole[engine.now]


def test_restored_at_any_tick(straight: Recording) -> None:
    """Every tick of a recording can be stood at again: with a checkpoint or without."""
    whole = hashes(straight.path)
    for tick in (0, 1, 20, 21, 39, straight.last_tick):
        engine = restore(straight, tick)
        try:
            assert (engine.now, engine.hash) == (tick, whole[tick])
        finally:
            engine.close()


def test_a_fork_at_the_start_is_the_changed_battle(straight: Recording, tmp_path: Path) -> None:
    """At tick 0, also what shapes the beginning can change: as if it had been so on paper."""
    sets = ["units.youths.count=7", "parameters.fear.wound_shock=0.1"]
    outcome = fork(straight, 0, sets, tmp_path / "fork")
    anew = execute(apply_sets(skirmish(), sets), seed=SEED, out=tmp_path / "anew", threads=1)
    assert hashes(outcome) == hashes(anew)
    assert hashes(outcome) != hashes(straight.path)
    assert scenario_of(Recording.open(outcome.path)).unit("youths").count == 7


def test_a_live_change(straight: Recording, tmp_path: Path) -> None:
    """A change in the middle takes effect from there on; its recording can be taken up again."""
    sets = ["field.wind.speed=20", "parameters.fear.wound_shock=0.5"]
    whole = fork(straight, 22, sets, tmp_path / "whole")
    begun = hashes(whole)
    assert begun[22] == hashes(straight.path)[22]
    assert begun != {t: h for t, h in hashes(straight.path).items() if t >= 22}
    cut = fork(straight, 22, sets, tmp_path / "cut", until_s=6.0)
    assert hashes(resume(cut.path)) == begun
    manifest = Recording.open(whole.path).manifest
    assert manifest["interventions"] == [{"tick": 22, "set": sets}]
    again = fork(whole.path, 30, [], tmp_path / "again")
    assert hashes(again) == {tick: value for tick, value in begun.items() if tick >= 30}
