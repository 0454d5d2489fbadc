"""Tallies of a summary equal the state of the battle, exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from affray.record import Recording
from affray.report.clock import on_clock, span
from affray.report.places import places_at
from affray.report.summarise import summarise
from affray.run import execute, fork
from affray.scenario import load
from affray.world import words as w
from affray.world.endings import INTERRUPTED, TIME_UP, UNTIL
from tests.report.recorded import FORK_TICK, MARKET, SEED


def test_tallies_equal_the_last_state(market: Path) -> None:
    """Standing, fleeing, down, dead, left and reserve are those of the last checkpoint."""
    recording = Recording.open(market)
    summary = summarise(recording)
    fighters = recording.checkpoint(recording.last_tick)[0]["fighters"]
    wounds = recording.checkpoint(recording.last_tick)[0]["wounds"]

    for number, side in enumerate(summary.sides):
        own = fighters[fighters["side"] == number]
        up = own[own["status"] == w.UP]
        assert side.started == len(own)
        assert side.steady == (up["mood"] == w.STEADY).sum()
        assert side.fleeing == (up["mood"] == w.BROKEN).sum()
        assert side.down == np.isin(own["status"], (w.DOWN, w.OUT)).sum()
        assert side.dead == (own["status"] == w.DEAD).sum()
        assert side.left == (own["status"] == w.LEFT).sum()
        assert side.reserve == (own["status"] == w.RESERVE).sum()
        alive = own[own["status"] != w.DEAD]
        assert side.wounded == np.isin(alive["id"], wounds["fighter"]).sum()


def test_the_summary_says_what_is_in_it(market: Path) -> None:
    """Title, seed, sides and times stand in the text; the data go through JSON."""
    summary = summarise(Recording.open(market))
    text = str(summary)
    assert f"Quarrel in a market (market, seed {SEED})" in text
    for side in summary.sides:
        assert side.title in text
    assert "First blood at" in text
    assert json.loads(json.dumps(summary.as_data()))["seed"] == SEED


def test_the_outcome_tells_who_broke(market: Path) -> None:
    """A side most of which is in flight or gone has broken, though some of it still stand."""
    summary = summarise(Recording.open(market))
    many = replace(summary.sides[0], steady=933, fleeing=0, left=12, breaks=12)
    few = replace(summary.sides[1], steady=5, fleeing=3, left=400, breaks=420)
    unlike = replace(
        summary, sides=(many, few), steady_sides=(0, 1), contenders=(0, 1), ended=TIME_UP
    )

    line = str(unlike).splitlines()[1]
    assert f"{TIME_UP}. The dyers had broken (403 in flight or gone). Nobody held" in line
    assert line.endswith(
        "the weavers (933 standing) and the dyers (5 standing) still faced each other."
    )


@pytest.mark.parametrize(
    ("ended", "begins"),
    [
        (None, "Not ended; recorded for"),
        (UNTIL, "Stopped after"),
        (INTERRUPTED, "Interrupted after"),
    ],
)
def test_a_battle_that_goes_on_is_not_judged(market: Path, ended: str | None, begins: str) -> None:
    """Nobody has held or lost the field of a battle that can be resumed."""
    summary = summarise(Recording.open(market))
    part = replace(summary, ended=ended, steady_sides=(0, 1), contenders=(0, 1))
    line = str(part).splitlines()[1]
    assert line.startswith(begins)
    assert "eld the field" not in line
    assert "still faced each other." in line

    begun = replace(part, last_tick=part.first_tick)
    assert str(begun).splitlines()[1].startswith("Not fought yet: recorded as it begins. ")


def test_a_fork_names_its_parent(market_fork: Path) -> None:
    """A fork says where it parted."""
    text = str(summarise(Recording.open(market_fork)))
    assert f"forked from market-7 at {on_clock(FORK_TICK * 0.2)}" in text


def test_a_fork_counts_those_wounded_before_it(market: Path, tmp_path: Path) -> None:
    """The living who were wounded are those of the last state, whenever they were."""
    fork(market, 60, [], tmp_path / "late", threads=1)
    whole, late = (summarise(Recording.open(where)) for where in (market, tmp_path / "late"))
    before = [side.wounded for side in whole.sides]
    assert [side.wounded for side in late.sides] == before
    wounds = Recording.open(market).events(("tick", "kind")).to_pydict()
    assert any(
        tick <= 60 and kind == w.EVENT_WOUND
        for tick, kind in zip(wounds["tick"], wounds["kind"], strict=True)
    )
    assert "Firsts, flights and orders are counted from the fork on." in str(late)


def test_without_events_nothing_is_invented(tmp_path: Path) -> None:
    """At level summary, times and wounded are unknown, not nought."""
    execute(load(MARKET), seed=SEED, out=tmp_path / "m", until_s=5, level="summary", threads=1)
    summary = summarise(Recording.open(tmp_path / "m"))
    assert all(side.wounded is None for side in summary.sides)
    assert summary.first_wound is None
    assert "no events" in str(summary)
    assert "wounded" not in str(summary)


def test_pictures_and_states_agree(market: Path) -> None:
    """Where a frame says that somebody is, the exact state has them, to a hundredth of a metre."""
    recording = Recording.open(market)
    tick = recording.last_tick
    places = places_at(recording, tick, (40.0, 30.0))
    fighters = recording.checkpoint(tick)[0]["fighters"]
    rows = fighters[np.argsort(fighters["id"])]
    there = places.on_field
    assert places.tick == tick
    assert np.array_equal(places.status, rows["status"])
    assert np.array_equal(places.broken, rows["mood"])
    assert np.abs(places.x_m - rows["x"])[there].max() < 0.01
    assert np.abs(places.y_m - rows["y"])[there].max() < 0.01


@pytest.mark.parametrize(
    ("seconds", "clock", "long"),
    [
        (0, "0:00", "0 s"),
        (9.8, "0:09", "9.8 s"),
        (59.9, "0:59", "1 min"),
        (60, "1:00", "1 min"),
        (252, "4:12", "4 min 12 s"),
        (3600, "1:00:00", "1 h"),
        (3780, "1:03:00", "1 h 3 min"),
    ],
)
def test_times(seconds: float, clock: str, long: str) -> None:
    """Times as people say them."""
    assert on_clock(seconds) == clock
    assert span(seconds) == long
