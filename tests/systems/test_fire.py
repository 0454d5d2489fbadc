"""Being shot at frightens, hit or not."""

from __future__ import annotations

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, put_to_the_test


def under_fire() -> Paper:
    """Archers who can shoot at a company for a minute, and hardly hit anybody."""
    paper = Paper("fire", field=(60, 120)).side("red").side("blue")
    paper.unit(
        "archers", side="red", count=30, place=(30, 20), facing="north", orders={"do": "volley"},
        weapons=[{"name": "bow", "count": 40}], formation={"ranks": 2, "spacing": 1.5},
        personality=alike(courage=1.0),
    )  # fmt: skip
    return paper.unit(
        "company", side="blue", count=40, place=(30, 70), facing="south", orders={"do": "hold"},
        weapons=["sword"], formation={"ranks": 3, "spacing": 0.9}, armour="plate",
        personality=alike(courage=0.5, discipline=1.0),
    )  # fmt: skip


def the_company_is_afraid(run: Run) -> bool:
    company = run.frames[-1][run.unit("company")]
    return bool(np.mean(company["fear"]) > 0.06 and (company["status"] == w.UP).sum() > 35)


def test_a_company_under_fire_grows_afraid_though_hardly_anybody_falls() -> None:
    """Nor do wounds and falls frighten here. Off: nobody minds."""
    put_to_the_test(
        Row(
            under_fire, the_company_is_afraid, ticks=200,
            on=("parameters.throw.touch=0.1", "parameters.fear.wound_shock=0",
                "parameters.fear.fall_shock=0", "parameters.fear.leader_shock=0"),
            off=("parameters.fear.fire_per_s=0",),
        )
    )  # fmt: skip


def a_volley() -> Paper:
    """Forty with a flat weapon and unsure hands shoot at a close line sixty metres off."""
    paper = Paper("volley", field=(60, 120)).side("red").side("blue")
    paper.weapon("gun", reach=0.5, force=100, thrown=True, flat=True, range=90, speed=150,
                 spread=2, windup=1, recovery=20, kind="thrust")  # fmt: skip
    for unit, side, y, facing, weapon in (
        ("shooters", "red", 20, "north", {"name": "gun", "count": 40}),
        ("line", "blue", 80, "south", "sword"),
    ):
        paper.unit(
            unit, side=side, count=60, place=(30, y), facing=facing, orders={"do": "hold"},
            weapons=[weapon], formation={"ranks": 2, "spacing": 0.5}, training=0.5,
            personality=alike(courage=1.0),
        )  # fmt: skip
    return paper


def most_miss(run: Run) -> bool:
    shot, hit = len(run.of(w.EVENT_THROW)), len(run.of(w.EVENT_WOUND))
    return shot > 40 and 0 < hit < 0.3 * shot


def test_flat_missiles_fly_too_high_or_too_low() -> None:
    """At sixty metres most pass over a line or strike the ground. Off: they all fly level."""
    put_to_the_test(
        Row(a_volley, most_miss, ticks=40, on=("parameters.throw.touch=1",),
            off=("parameters.throw.rises=0",))
    )  # fmt: skip


def too_fast_to_see() -> Paper:
    """The archers of ``under_fire`` have guns, and nobody sees a ball that passes."""
    paper = under_fire()
    paper.weapon("gun", reach=0.5, force=100, thrown=True, flat=True, range=90, speed=150,
                 spread=2, windup=1, recovery=2, kind="thrust")  # fmt: skip
    return paper


def test_what_is_too_fast_to_be_seen_is_heard_to_pass() -> None:
    """Off: nobody notices it, so nobody minds."""
    put_to_the_test(
        Row(
            too_fast_to_see, the_company_is_afraid, ticks=200,
            on=("parameters.throw.touch=0.1", "parameters.fear.wound_shock=0",
                "parameters.fear.fall_shock=0", "parameters.fear.leader_shock=0",
                "units.archers.weapons=[{name: gun, count: 40}]"),
            off=("parameters.hear.hiss_db=-100",),
        )
    )  # fmt: skip


def over_their_heads() -> Paper:
    """Gunners shoot past a company of their own at such as have nothing to shoot with."""
    paper = Paper("over", field=(60, 120)).side("red").side("blue")
    paper.weapon("gun", reach=0.5, force=100, thrown=True, flat=True, range=90, speed=150,
                 spread=2, windup=1, recovery=4, kind="thrust")  # fmt: skip
    for unit, side, y, facing, weapon in (
        ("gunners", "red", 30, "north", {"name": "gun", "count": 40}),
        ("company", "red", 50, "north", "sword"),
        ("mark", "blue", 80, "south", "sword"),
    ):
        paper.unit(
            unit, side=side, count=30, place=(30, y), facing=facing, orders={"do": "hold"},
            weapons=[weapon], formation={"ranks": 2, "spacing": 1.5}, armour="plate",
            personality=alike(courage=1.0),
        )  # fmt: skip
    return paper


def nobody_takes_them_for_the_enemys(run: Run) -> bool:
    seen = run.seen_by("company")
    return bool(seen["shots_own"].sum() > 20 and seen["shots"].sum() == 0)


def test_what_comes_from_behind_is_taken_for_ones_own_sides() -> None:
    """The enemy is before them. Off: they take all that passes for the enemy's."""
    put_to_the_test(
        Row(over_their_heads, nobody_takes_them_for_the_enemys, ticks=60,
            watch=tuple(range(30, 60)), off=("parameters.fear.fire_from_cos=-1",))
    )  # fmt: skip
