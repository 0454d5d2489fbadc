"""Patterns counted over many battles: a row says what sifting that run's recording says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import affray
from affray.sift import read_sieve
from affray.study import plan
from affray.study import repeat as fight_all
from affray.study.digest import digest, lines_of
from affray.study.intervals import share_interval
from tests.cli.terminal import affray as command_line
from tests.run.fights import skirmish

SEEDS = 4
BEATS: dict[str, Any] = {
    "patterns": [
        {"name": "revenge", "steps": [
            {"event": "wound", "who": "friend", "whom": "striker"},
            {"event": "wound", "who": "striker", "whom": "avenger", "within": "5 s"},
        ]},
        {"name": "felled", "steps": [
            {"event": "wound", "who": "friend", "whom": "striker", "name": "cut"},
            {"event": "fall", "who": "friend", "caused_by": "cut"},
        ]},
        {"name": "parried", "steps": [{"event": "blow", "whom": "friend", "outcome": "parried"}]},
        {"name": "seized", "steps": [{"event": "power", "effect": "hold"}]},
    ],
    "chain": ["felled", "revenge", "seized"],
}  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """The skirmish under some seeds, sifted."""
    with ThreadPoolExecutor(1) as one:
        paper = affray.Scenario(skirmish())
        return affray.repeat(paper, SEEDS, sift=BEATS, executor=one).to_pylist()


def test_a_row_says_what_its_recording_says(rows: list[dict[str, Any]]) -> None:
    """When each pattern and each link came about, to the tick; the battle is the same."""
    for row in rows:
        run = affray.Scenario(skirmish()).run(seed=row["seed"], threads=1)
        assert row["hash"] == f"{run.hash():016x}"
        found = run.sift(BEATS)
        expected = found.times()
        assert {name: row[name] for name in expected} == expected
        assert expected["felled.came_s"] is not None
        assert expected["parried.came_s"] is not None
        assert expected["seized.linked_s"] is None


def test_a_census_has_intervals(rows: list[dict[str, Any]]) -> None:
    """How often each pattern, each link and all of the chain came about, by Wilson."""
    asked = plan(skirmish(), SEEDS, {}, read_sieve(BEATS))
    with ThreadPoolExecutor(1) as one:
        table = affray.repeat(affray.Scenario(skirmish()), SEEDS, sift=BEATS, executor=one)
    entry = digest(asked, table)[0]
    often = sum(row["revenge.came_s"] is not None for row in rows)
    assert entry["came_about"]["revenge"] == share_interval(often, SEEDS)
    assert entry["came_about"]["seized"] == share_interval(0, SEEDS)
    assert entry["chain"]["links"]["felled"] == share_interval(SEEDS, SEEDS)
    assert entry["chain"]["whole"] == share_interval(0, SEEDS)
    lines = lines_of(asked, table)
    assert "    felled      100% (51%-100%)" in lines
    assert "    (all of it) 0% (0%-49%)" in lines


@pytest.mark.usefixtures("in_threads")
def test_sifted_runs_are_a_study_of_their_own(tmp_path: Path) -> None:
    """With other patterns, or none, a folder is another study; the same command goes on."""
    paper, beats, out = tmp_path / "skirmish.yaml", tmp_path / "beats.yaml", tmp_path / "out"
    paper.write_text(affray.Scenario(skirmish()).yaml())
    beats.write_text("patterns: [{name: felled, steps: {event: fall, who: friend}}]")
    words = ("repeat", paper, "--seeds", 2, "--out", out, "--jobs", 1)
    assert "felled 100%" in command_line(*words, "--sift", beats).out
    again = command_line(*words, "--sift", beats, "--json").data()
    assert again["variations"][0]["came_about"]["felled"][0] == 1.0
    assert "other patterns sifted, or none" in command_line(*words, expect=2).err


def test_patterns_that_the_battle_cannot_have_are_refused_first(tmp_path: Path) -> None:
    """Before anything is fought, with the place in the file of patterns."""
    beats = tmp_path / "beats.yaml"
    beats.write_text("patterns: [{name: a, steps: {event: power, power: grip}}]")
    with pytest.raises(affray.ScenarioError, match=r"beats.yaml:1:\d+: this battle has no power"):
        affray.repeat(affray.Scenario(skirmish()), 2, sift=beats)


def test_a_search_given_up_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends no study: the run is there, its patterns are unknown, and count for nothing."""
    asked = plan(skirmish(), 2, {}, read_sieve(BEATS))
    monkeypatch.setattr("affray.sift.search.SIFT_LOOKS", 0)
    with ThreadPoolExecutor(1) as one:
        table = fight_all(asked, executor=one)
    assert table["sifted"].to_pylist() == [False, False]
    assert table["felled.came_s"].null_count == 2
    entry = digest(asked, table)[0]
    assert (entry["runs"], entry["undecided"]) == (2, 2)
    assert any("not decided in 2 runs" in line for line in lines_of(asked, table))
