"""A real battle and a fork of it, recorded once for all tests that only read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from affray.record import Recording
from affray.run import execute, fork
from affray.scenario import load
from affray.world import words as w

SEED = 7
FORK_TICK = 15
MARKET = """\
affray: 1
name: market
title: Quarrel in a market
about: Two gangs and a guard who comes late.
field: {size: [40, 30], terrain: [{name: stalls, rect: {from: [8, 20], to: [14, 22]}, going: 0.4}]}
sides:
  - {name: weavers, title: the weavers, colour: "#b03a2e"}
  - {name: dyers, title: the dyers, colour: "#2471a3"}
units:
  - name: looms
    side: weavers
    count: 12
    place: [17, 15]
    facing: east
    weapons: [sword]
    leader: {name: Ada}
    orders: {do: charge, toward: dyers}
  - name: vats
    side: dyers
    count: 9
    place: [23, 15]
    facing: west
    weapons: [axe]
    orders: {do: advance, toward: weavers}
  - {name: hermit, side: dyers, count: 1, place: [35, 27], weapons: [knife], leader: none,
     orders: {do: hold}}
  - {name: watch, side: dyers, count: 4, weapons: [spear], reserve: true}
reinforcements:
  - {unit: watch, enters: [38, 15], when: {falls_in: dyers, each: 2, enter: 2}}
end: {after: 60 s, when: [one_side_left]}
record: {level: full, checkpoint_every: 20 s, metrics_every: 1 s, frames_every: 1 s}
"""


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole recording that no test may change."""
    folder = tmp_path_factory.mktemp("report") / "market-7"
    execute(load(MARKET), seed=SEED, out=folder, threads=1)
    return folder


@pytest.fixture(scope="session")
def market_fork(market: Path) -> Path:
    """A fork of it in which nothing is changed."""
    folder = market.with_name("market-fork")
    fork(market, FORK_TICK, [], folder, threads=1)
    return folder


def fighters_with(recording: Path, kind: int) -> list[int]:
    """Whose events of that kind the recording holds, in time."""
    table = Recording.open(recording).events(["kind", "fighter"]).to_pydict()
    return [f for k, f in zip(table["kind"], table["fighter"], strict=True) if k == kind]


def the_dead(recording: Path) -> list[int]:
    """Everybody who died, in time."""
    return fighters_with(recording, w.EVENT_DEATH)
