"""What is marked on a film: whom a scream holds, a barrier, what spreads and what it leaves."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import affray
from affray.report.film.marks import Marks
from affray.report.paper import scenario_of
from affray.scenario import Battle


def wonder() -> Battle:
    """Somebody raises a barrier about himself; soon fire spreads from him, and people stare."""
    battle = Battle("wonder", field=(80, 80), seed=2).side("red").side("blue")
    battle.unit("rue", side="red", count=1, place=(40, 40), orders={"do": "hold"})
    battle.unit("crowd", side="red", count=20, place=(40, 70), facing="south",
                personality={"composure": 0.0}, orders={"do": "hold"})  # fmt: skip
    battle.unit("foe", side="blue", count=1, place=(78, 2), orders={"do": "hold"})
    battle.power("wall", lasts=3, cast=0.2, again=600, barrier={"radius": 5})
    battle.power("fire", lasts=4, cast=2, again=600, cry={"level": 128},
                 blast={"radius": 12, "grows": 4, "weapon": "sword"})  # fmt: skip
    drives = [{"do": "use", "power": name, "strength": 3} for name in ("wall", "fire")]
    battle.person("Rue", unit="rue", powers=["wall", "fire"], drives=drives)
    return battle


def test_what_spreads_grows_and_leaves_its_circle(tmp_path: Path) -> None:
    """A barrier is there while it lasts; fire grows to its radius, and then its circle is left;
    whoever stares at the cry is marked.
    """
    run = affray.load(wonder()).run(until="12 s", out=tmp_path / "wonder.affray")
    marks = Marks(run.recording, scenario_of(run.recording))
    rings = [marks.rings(tick) for tick in range(run.tick + 1)]
    walls = [tick for tick, here in enumerate(rings) if any(not ring.spreads for ring in here)]
    assert 10 <= len(walls) <= 20
    assert walls[-1] - walls[0] == len(walls) - 1
    fires = [next((ring for ring in here if ring.spreads), None) for here in rings]
    radii = [fire.radius_m for fire in fires if fire is not None]
    assert radii == sorted(radii)
    assert radii[-1] == 12.0
    assert [fire.over for fire in fires if fire is not None] == sorted(
        fire.over for fire in fires if fire is not None
    )
    assert fires[-1] is not None
    assert fires[-1].over
    stared = np.array([marks.rapt(tick, 22).sum() for tick in range(run.tick + 1)])
    assert stared[0] == 0
    assert stared.max() >= 10
