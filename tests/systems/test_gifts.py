"""What powers do for the one who has them, or for one beside him; no row asks for these."""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from tests.systems.harness import Row, Run, put_to_the_test
from tests.systems.test_powers import one, stage, use, uses


def alone(name: str, **power: Any) -> Paper:
    """Rue has one power and uses it; Mara stands beside her, and a foe far off looks on."""
    paper = stage(name)
    one(paper, "rue", "red", (30, 30), facing="east")
    one(paper, "mara", "red", (31, 30), facing="west")
    one(paper, "foe", "blue", (44, 30), facing="west")
    paper.power("power", cast=0.2, again=600, **power)
    paper.person("Rue", unit="rue", ties={"Mara": {"love": 1}, "Foe": {}}, powers=["power"],
                 drives=use("power", "Mara" if "range" in power else None))  # fmt: skip
    paper.person("Mara", unit="mara", looks={"hair": "red"})
    paper.person("Foe", unit="foe", looks={"crest": "wolf"})
    return paper


def bystander(battle: Any) -> None:
    """A wound for Mara."""
    battle.state.fighters["flow"][1] = 400
    battle.state.fighters["pain"][1] = 0.8


def test_who_conceals_himself_is_seen_by_nobody() -> None:
    """Off: a power that does something else."""

    def unseen(run: Run) -> bool:
        used = uses(run, "power")["tick"]
        seen = run.seen_by("foe")
        late = seen["tick"] > int(used[0]) + 3
        return bool(late.any() and (seen["crowd_foes"][late] <= 1.0).all())

    hidden = lambda: alone("hidden", lasts=60, conceal={})  # noqa: E731
    seen = lambda: alone("hidden", lasts=60, sense={})  # noqa: E731
    still = ("parameters.sight.glance_per_s=0", "units.mara.place=[31, 50]")
    put_to_the_test(Row(hidden, unseen, ticks=60, watch=(2,), on=still, without=seen))


def test_keen_senses_know_people_from_farther_off() -> None:
    """Off: senses as keen as anybody's."""

    def knows_the_crest(run: Run) -> bool:
        known = run.of(w.EVENT_KNOW)
        return bool(((known["fighter"] == 0) & (known["place"] == 2)).any())

    def keen(times: float) -> Paper:
        return alone("keen", lasts=60, sense={"keen": times})

    far = ("units.foe.place=[58, 30]", "parameters.know.crest_m=14")
    put_to_the_test(Row(lambda: keen(3.0), knows_the_crest, ticks=40, on=far,
                        without=lambda: keen(1.0)))  # fmt: skip


def test_a_reserve_is_summoned_to_where_it_is_used() -> None:
    """As many as it says, within the field also at its edge. Off: a power that brings nobody."""

    def called(count: int) -> Paper:
        bring = {"summon": {"unit": "wolves", "count": count}} if count else {"sense": {}}
        paper = alone("called", **bring, **({} if count else {"lasts": 5}))
        paper.reserve("wolves", side="red", count=9, enters=(1, 1), when={"at": 9999})
        if count:
            paper._data["reinforcements"].clear()
        return paper

    def entered(run: Run) -> bool:
        wolves = run.frames[-1, run.unit("wolves")]
        up = wolves[wolves["status"] == w.UP]
        near = np.hypot(up["x"] - 59.9, up["y"] - 30.0) < 6.0
        return len(up) == 6 and bool(near.all() and (up["x"] <= 60.0).all())

    edge = ("units.rue.place=[59.9, 30]",)
    put_to_the_test(Row(lambda: called(6), entered, ticks=20, on=edge, without=lambda: called(0)))


def test_pain_is_taken_by_one_within_reach() -> None:
    """Off: hands that take no pain."""

    def eased(run: Run) -> bool:
        return bool(run.frames[-1, 1]["pain"] < 0.3)

    row = Row(lambda: alone("healed", range=1.8, lasts=60, heal={"pain": 0.1}), eased, ticks=50,
              arrange=bystander,
              without=lambda: alone("healed", range=1.8, lasts=60, heal={"pain": 0.0}))  # fmt: skip
    put_to_the_test(row)


def test_a_boosted_body_is_faster() -> None:
    """Off: by a factor of one."""

    def boosted(factor: float) -> Paper:
        paper = alone("boosted", lasts=60, boost={"speed": factor})
        person = paper._data["people"][0]
        person["drives"] = [person["drives"], {"do": "seek", "whom": "Foe", "strength": 3}]
        person["ties"]["Foe"] = {"loyalty": 1}
        return paper

    def outran(run: Run) -> bool:
        return bool(run.frames[:25, 0]["speed"].max() > 6000)

    far = ("units.mara.place=[30, 50]", "units.foe.place=[50, 30]")
    put_to_the_test(Row(lambda: boosted(2.0), outran, ticks=25, on=far,
                        without=lambda: boosted(1.0)))  # fmt: skip
