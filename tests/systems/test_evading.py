"""Getting out of the way: what is seen coming in time is warded or dodged."""

from __future__ import annotations

from affray.scenario import Battle as Paper
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, put_to_the_test

STILL = {"orders": {"do": "hold"}, "formation": {"ranks": 1, "spacing": 2.5}}


def facing_and_turned() -> Paper:
    """Three rows without shields, each with throwers before it or behind: one faces them at fifteen
    metres, one turns its back on them, one has them at six.
    """
    paper = Paper("marks", field=(400, 60)).side("red").side("blue")
    paper.weapon("dart", reach=0.5, force=1, kind="blunt", thrown=True, flat=True, range=20,
                 speed=20, spread=1, carried=40, mass=0.2)  # fmt: skip
    for x, name, facing, off_m in (
        (60, "facing", "north", 15), (200, "turned", "south", 15), (330, "near", "north", 6),
    ):  # fmt: skip
        paper.unit(
            name, side="red", count=40, place=(x, 12), facing=facing, armour="none",
            personality=alike(courage=1.0, aggression=0.0), **STILL,
        )  # fmt: skip
        paper.unit(
            f"at_{name}", side="blue", count=40, place=(x, 12 + off_m), facing="south",
            weapons=["knife", "dart"], personality=alike(courage=1.0, aggression=0.0), **STILL,
        )  # fmt: skip
    return paper


def hits(run: Run, name: str) -> float:
    """Share of the missiles that reach somebody of a unit which hit him."""
    blows, _ = run.blows()
    here = run.unit(name)
    mine = blows[(blows["other"] >= here.start) & (blows["other"] < here.stop)]
    mine = mine[mine["place"] == w.THROW]
    assert len(mine) > 50
    return float((mine["value"] >= w.STOPPED).mean())


def the_watchful_are_missed(run: Run) -> bool:
    """Whoever faces the throwers is hit less often, but not by what is there at once."""
    facing, turned, near = (hits(run, name) for name in ("facing", "turned", "near"))
    return facing < 0.75 * turned and facing < 0.75 * near


def test_whoever_sees_a_missile_come_gets_out_of_its_way() -> None:
    """If there is time. Off: nobody does."""
    row = Row(
        facing_and_turned, the_watchful_are_missed, ticks=300, off=("parameters.throw.evade=0",)
    )
    put_to_the_test(row)
