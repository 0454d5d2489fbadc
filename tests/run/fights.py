"""A small battle in which everything occurs that a run has to keep: fought in a fraction of a
second.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from affray.record import Recording
from affray.run import Outcome, execute
from affray.scenario import Battle
from affray.scenario.model import Scenario

SEED = 11


def skirmish(**record: Any) -> Scenario:
    """Javelins that smoke, blades that stay in wounds, flight, reserves by falls and the clock."""
    steady = {"courage": 0.6, "aggression": 0.8}
    return (
        Battle("skirmish", field=(34, 26))
        .ground(absorbency="1 L/m2", soaked="99 %")
        .wind(toward="30 deg", speed="3 m/s")
        .side("red")
        .side("blue")
        .weapon("javelin", smoke="20 m2")
        .unit(
            "spears", side="red", count=8, place=(12, 13), facing="east", shield="target",
            weapons=["spear", {"name": "javelin", "count": 3}], personality=steady,
        )
        .unit(
            "youths", side="red", count=5, place=(10, 8), facing="east", weapons=["club"],
            orders=[{"do": "hold"}, {"do": "charge", "after": "3 s"}],
        )
        .unit(
            "swords", side="blue", count=12, place=(19, 13), facing="west", armour="leather",
            weapons=["sword", {"name": "javelin", "count": 1}], personality=steady,
        )
        .reserve(
            "second", side="red", count=4, enters=(4, 4), when={"falls_in": "red", "each": 2},
            weapons=["spear"],
        )
        .reserve(
            "late", side="blue", count=3, enters=(30, 13), when={"at": "6 s"}, weapons=["sword"]
        )
        .person("Ann", unit="spears", looks={"hair": "red"})
        .person(
            "Bea", unit="youths", ties={"Ann": {"love": 0.9, "knows": 0.9}},
            drives=[{"do": "guard", "whom": "Ann", "strength": 2.0}],
        )
        .end("24 s", "one_side_left")
        .record(**({"level": "full", "checkpoint_every": "4 s"} | record))
        .scenario()
    )  # fmt: skip


def fought(out: Path, scenario: Scenario | None = None, **more: Any) -> Outcome:
    """The skirmish, or another battle, fought and recorded."""
    return execute(scenario or skirmish(), seed=SEED, out=out, **({"threads": 1} | more))


def hashes(source: Path | Outcome) -> dict[int, int]:
    """Tick → hash, of a recording."""
    recording = Recording.open(source.path if isinstance(source, Outcome) else source)
    ticks, values = recording.hashes()
    return dict(zip(ticks.tolist(), values.tolist(), strict=True))


def after(ticks: int, then: Callable[[], bool] = lambda: True) -> Callable[[], bool]:
    """A ``stop`` that says no for so many ticks, then what ``then`` says."""
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > ticks and then()

    return stop


class Killed(Exception):
    """Stands for a process that ends at once, wherever it is."""


def dies() -> bool:
    """A ``then`` for ``after``: ends the run as a kill does, without a last word."""
    raise Killed
