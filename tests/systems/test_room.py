"""Room to wield a weapon: ranks, blows past a companion, and the press."""

from __future__ import annotations

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, put_to_the_test

BRAVE = {"training": 0.6, "armour": "none", "personality": alike(courage=1.0, aggression=0.6)}


def columns(*, order: str, apart_m: float, weapon: str = "sword") -> Paper:
    """Two deep columns face each other in the open, some steps apart."""
    paper = Paper("columns", field=(60, 60)).side("red").side("blue")
    for unit, side, y, facing in (
        ("south", "red", 26.5, "north"),
        ("north", "blue", 33.5, "south"),
    ):
        paper.unit(
            unit, side=side, count=36, place=(30, y), facing=facing, weapons=[weapon],
            formation={"ranks": 6, "spacing": apart_m}, orders={"do": order}, **BRAVE,
        )  # fmt: skip
    return paper


def blows_past_others(run: Run) -> tuple[int, int]:
    """How many blows landed on the enemies whom they were aimed at, and how many of those past
    somebody in their line.
    """
    blows, _ = run.blows()
    all_blows = past = 0
    for one in blows[np.isin(blows["place"], (w.STRIKE, w.LUNGE))]:
        then = run.frames[one["tick"] - 1]
        me, mark = then[one["fighter"]], then[one["other"]]
        if me["status"] != w.UP or me["side"] == mark["side"] or me["target"] != one["other"]:
            continue
        x, y = then["x"] - me["x"], then["y"] - me["y"]
        d = float(np.hypot(x[one["other"]], y[one["other"]]))
        ux, uy = x[one["other"]] / d, y[one["other"]] / d
        along, off = x * ux + y * uy, abs(x * uy - y * ux)
        line = (then["status"] == w.UP) & (along > 0.01) & (along < d - 0.06) & (off < 0.29)
        all_blows += 1
        past += bool(line.any())
    return all_blows, past


def nobody_strikes_through_others(run: Run) -> bool:
    blows, past = blows_past_others(run)
    return blows > 30 and past == 0


def test_nobody_strikes_an_enemy_through_a_companion() -> None:
    """Whoever stands in the line of a sword takes the blow or stops it. Off: blows go past."""
    put_to_the_test(
        Row(
            lambda: columns(order="advance", apart_m=0.6),
            nobody_strikes_through_others,
            off=("parameters.strike.way_m=0",),
            on=("parameters.move.rank_m=-1000",),
            ticks=120,
        )
    )


def some_strike_past_the_first_rank(run: Run) -> bool:
    blows, past = blows_past_others(run)
    return blows > 30 and past >= 3


def test_a_long_weapon_finds_its_way_past_a_companion() -> None:
    """Spears of a second rank reach past the first. Off: no weapon is long enough."""
    put_to_the_test(
        Row(
            lambda: columns(order="advance", apart_m=0.6, weapon="spear"),
            some_strike_past_the_first_rank,
            off=("parameters.strike.past_m=2", "parameters.strike.past=0"),
            on=("parameters.move.rank_m=0.5",),
            ticks=120,
        )
    )


def ranks_stand_apart(run: Run) -> bool:
    last = run.frames[-1]
    gaps = []
    for side in (0, 1):
        own = last[(last["side"] == side) & (last["status"] == w.UP)]
        d = np.hypot(*(own[k][:, None] - own[k][None] for k in ("x", "y")))
        np.fill_diagonal(d, 9.0)
        gaps.append(float(np.median(d.min(axis=1))))
    print(gaps)
    return min(gaps) > 0.6


def test_those_behind_keep_a_ranks_distance() -> None:
    """Columns that press on keep room between man and man. Off: they close up body to body."""
    put_to_the_test(
        Row(
            lambda: columns(order="charge", apart_m=0.95),
            ranks_stand_apart,
            off=("parameters.move.rank_m=-1000",),
            ticks=40,
        )
    )


def shoulder_to_shoulder() -> Paper:
    """Two lines in which nobody has room, within reach of each other."""
    paper = Paper("press", field=(50, 60)).side("red").side("blue")
    for side, y, facing in (("red", 29.5, "north"), ("blue", 30.5, "south")):
        paper.unit(
            f"the_{side}", side=side, count=36, place=(25, y), facing=facing, weapons=["sword"],
            formation={"ranks": 1, "spacing": 0.44}, orders={"do": "hold"}, **BRAVE,
        )  # fmt: skip
    return paper


def they_strike_seldom(run: Run) -> bool:
    """Fewer than eight blows a man and twelve seconds; with room it is nearly nine."""
    return 5 * 72 < len(run.of(w.EVENT_BLOW)) < 7.9 * 72


def test_whoever_is_pressed_strikes_less_often() -> None:
    """Shoulder to shoulder swords have no room. Off: they are swung as if they had."""
    put_to_the_test(
        Row(
            shoulder_to_shoulder, they_strike_seldom, off=("parameters.strike.room_m=0",),
            on=("parameters.move.ease_speed=0", "parameters.strike.hit=0.05",
                "parameters.decide.crowded=0"), ticks=60,
        )
    )  # fmt: skip
