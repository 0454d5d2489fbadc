"""Events, counts and state of a recording agree with one another exactly, and blood with itself."""

from __future__ import annotations

import numpy as np

from affray.engine.tick import Engine
from affray.record import Recording
from affray.run import restore
from affray.run.tables import measured
from affray.scenario.build import build
from affray.world import words as w
from tests.run.fights import SEED, skirmish

# what an event makes of the one it is about
BECOMES = {
    w.EVENT_FALL: w.DOWN,
    w.EVENT_FAINT: w.OUT,
    w.EVENT_DEATH: w.DEAD,
    w.EVENT_LEAVE: w.LEFT,
    w.EVENT_ENTER: w.UP,
    w.EVENT_RISE: w.UP,
}
MOODS = {w.EVENT_BREAK: w.BROKEN, w.EVENT_RALLY: w.STEADY}


def fold(recording: Recording, status: np.ndarray, mood: np.ndarray, tick: int) -> None:
    """Let the events up to ``tick`` happen to everybody's status and mood."""
    rows = recording.events(["fighter", "kind"], to_tick=tick).to_pylist()
    for row in rows:
        if row["kind"] in BECOMES:
            status[row["fighter"]] = BECOMES[row["kind"]]
        elif row["kind"] in MOODS:
            mood[row["fighter"]] = MOODS[row["kind"]]


def test_events_lead_to_the_state(straight: Recording) -> None:
    """From the opening state, events alone give everybody's state at checkpoints and at the end."""
    opening = build(skirmish(), SEED).state.fighters
    for tick in (*straight.checkpoints()[1:], straight.last_tick):
        engine = restore(straight, tick)
        now = engine.state.fighters
        engine.close()
        status, mood = opening["status"].copy(), opening["mood"].copy()
        fold(straight, status, mood, tick)
        assert np.array_equal(status, now["status"])
        assert np.array_equal(mood, now["mood"])


def test_events_lead_to_the_counts(straight: Recording) -> None:
    """Counts in the metrics are the tallies of events, at every sample and for every side."""
    opening = build(skirmish(), SEED).state.fighters
    names = {"reserve": w.RESERVE, "standing": w.UP, "down": w.DOWN, "unconscious": w.OUT,
             "dead": w.DEAD, "left": w.LEFT}  # fmt: skip
    for row in straight.metrics().to_pylist():
        status, mood = opening["status"].copy(), opening["mood"].copy()
        fold(straight, status, mood, row["tick"])
        mine = opening["side"] == row["side"]
        found = {name: int((status[mine] == number).sum()) for name, number in names.items()}
        assert found == {name: row[name] for name in names}
        fleeing = int((mine & (status == w.UP) & (mood == w.BROKEN)).sum())
        assert fleeing == row["fleeing"]


def test_the_last_counts_are_those_of_the_last_state(straight: Recording) -> None:
    """A recording ends with counts of its very last tick."""
    engine = restore(straight, straight.last_tick)
    sums = measured(engine)
    engine.close()
    last = straight.metrics(from_tick=straight.last_tick).to_pylist()
    assert [list(row.values())[2:] for row in last] == sums.tolist()


def test_blood_balances_to_the_unit() -> None:
    """Blood in bodies, on blades, in the soil and in pools is one sum from first to last tick."""

    def blood(engine: Engine) -> int:
        state = engine.state
        held = state.fighters["blood"].sum(dtype=np.int64)
        blades = state.fighters["blade"].sum(dtype=np.int64)
        soaked = state.ground["soaked"].sum(dtype=np.int64)
        return int(held + blades + soaked + state.ground["pool"].sum(dtype=np.int64))

    engine = Engine(build(skirmish(), SEED), full=True)
    engine.open()
    opening = blood(engine)
    on_blades = spilled = 0
    while engine.now < 120:
        engine.tick()
        assert blood(engine) == opening
        on_blades = max(on_blades, int(engine.state.fighters["blade"].sum()))
        spilled = max(spilled, int(engine.state.ground["pool"].max()))
    engine.close()
    assert on_blades > 0
    assert spilled > 0
