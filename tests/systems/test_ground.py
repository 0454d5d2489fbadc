"""Ground, light and air: S01 to S04, S07, S08."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from affray.engine.body import ground_cell
from affray.rules.soak import dryness
from affray.scenario import Battle as Paper
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, put_to_the_test


def blood_everywhere(run: Run, frame: np.ndarray, ground: np.ndarray) -> int:
    """All blood of a battle (0.01 mL): in bodies, on blades, in the soil and on top of it."""
    parts = (frame["blood"], frame["blade"], ground["soaked"], ground["pool"])
    return int(sum(part.astype(np.int64).sum() for part in parts))


def bloody(absorbency: str) -> Paper:
    """Two lines without armour, who cut at each other on soil that takes little."""
    paper = Paper("bloody", field=(32, 20)).ground(absorbency=absorbency)
    paper.side("red").side("blue")
    for name, side, y, facing in (("south", "red", 9, "north"), ("north", "blue", 10.6, "south")):
        paper.unit(
            name, side=side, count=24, place=(16, y), facing=facing, armour="none",
            personality=alike(courage=1.0), weapons=["sword"], formation={"ranks": 1},
        )  # fmt: skip
    return paper


def soaks_then_pools(run: Run) -> bool:
    ground = run.ground
    capacity = run.battle.world.terrain["soak"][0]
    kept = blood_everywhere(run, run.frames[0], run.opening_ground)
    balances = blood_everywhere(run, run.frames[-1], ground) == kept
    full = ground["soaked"] == capacity
    pools = ground["pool"] > 0
    excess_only = bool((full[pools]).all()) and bool((ground["soaked"] <= capacity).all())
    half = (ground["soaked"] > 0) & ~full
    return balances and excess_only and bool(pools.any()) and bool(half.any())


def test_s01_soil_soaks_up_blood_to_its_capacity_then_it_pools() -> None:
    """Blood stands on the ground only where the soil is full, and none is lost or made.

    Off: soil that takes nothing.
    """
    row = Row(lambda: bloody("0.05 L/m2"), soaks_then_pools, ticks=400,
              without=lambda: bloody("0 L/m2"))  # fmt: skip
    put_to_the_test(row)


def dries_one_way(run: Run) -> bool:
    wet = np.unique(run.ground["wet"])
    p = run.battle.world.params[0]
    now, dt = run.engine.now, run.battle.world.clock[0]
    stained = [int(at) for at in wet if at >= 0]
    ways = [[dryness(t, at, dt, p) for t in range(at, now + 1, 25)] for at in stained]
    one_way = all(a <= b for way in ways for a, b in pairwise(way))
    return one_way and ways[0][0] == 0.0 and max(way[-1] for way in ways) > 0.15


def test_s02_blood_dries_from_bright_red_to_dull_maroon() -> None:
    """Blood shed minutes ago has darkened, and only ever darkens until fresh blood falls.

    Off: blood that takes hours to dry.
    """
    row = Row(lambda: bloody("4 L/m2"), dries_one_way, ticks=400,
              on=("parameters.ground.dry_s=300",),
              off=("parameters.ground.dry_s=7200",))  # fmt: skip
    put_to_the_test(row)


def last_bled(run: Run) -> dict[int, list[int]]:
    """For each square metre the ticks in which somebody bled who stood there; but for those in
    which he was wounded, of which some blood stays on a blade.
    """
    columns = 2 * int(run.battle.world.grid_cols[0])
    found: dict[int, list[int]] = {}
    bled = run.frames["blood"][:-1] > run.frames["blood"][1:]
    wounds = run.of(w.EVENT_WOUND)
    bled[wounds["tick"] - 1, wounds["fighter"]] = False
    for tick, fighter in np.argwhere(bled).tolist():
        stood = run.frames[tick, fighter]
        found.setdefault(ground_cell(stood["x"], stood["y"], columns), []).append(tick + 1)
    return found


def fresh_blood_is_bright(run: Run) -> bool:
    """A square is as dry as its last blood: many on which blood had dried are bright again."""
    ticks = last_bled(run)
    again = [cell for cell, when in ticks.items() if (np.diff(when) > 25).any()]
    wet = run.ground["wet"]
    return len(again) >= 3 and all(int(wet[cell]) >= ticks[cell][-1] for cell in again)


def test_s02_fresh_blood_is_bright_again() -> None:
    """Off: wounds that do not bleed leave nothing that could dry."""
    row = Row(lambda: bloody("4 L/m2"), fresh_blood_is_bright, ticks=400,
              off=("parameters.body.artery_ml_per_min=0",))  # fmt: skip
    put_to_the_test(row)


def pelted() -> Paper:
    """Unarmoured men walk past throwers of javelins."""
    paper = Paper("pelted", field=(120, 40)).side("red").side("blue")
    paper.unit(
        "walkers", side="red", count=60, place=(30, 20), facing="east", armour="none",
        personality=alike(courage=1.0, aggression=0.0), formation={"ranks": 6, "spacing": 2},
        orders={"do": "withdraw", "toward": [110, 20]}, weapons=["fists"],
    )  # fmt: skip
    return paper.unit(
        "throwers", side="blue", count=60, place=(30, 36), facing="south",
        personality=alike(courage=1.0), formation={"ranks": 2}, orders={"do": "hold"},
        weapons=["knife", {"name": "javelin", "count": 6}],
    )  # fmt: skip


def drips_along_the_way(run: Run) -> bool:
    columns = 2 * int(run.battle.world.grid_cols[0])
    walkers = run.unit("walkers")
    stained = run.ground["wet"] >= 0
    trails = 0
    for fighter in range(walkers.start, walkers.stop):
        path = run.frames[:, fighter]
        bled = path["blood"][:-1] > path["blood"][1:]
        up = path["status"][1:] == w.UP
        here = path[1:][bled & up]
        cells = [ground_cell(x, y, columns) for x, y in zip(here["x"], here["y"], strict=True)]
        cells = sorted(set(cells))
        trails += len(cells) >= 4 and bool(stained[cells].mean() > 0.7)
    return trails >= 2


def test_s03_a_wound_drips_below_its_bearer() -> None:
    """The squares that a bleeding man walks over are stained. Off: the same wounds do not bleed."""

    def many_are_wounded(run: Run) -> bool:
        return len(np.unique(run.of(w.EVENT_WOUND)["fighter"])) > 5

    row = Row(pelted, drips_along_the_way, ticks=400, still=many_are_wounded,
              off=("parameters.body.artery_ml_per_min=0",))  # fmt: skip
    put_to_the_test(row)


def under_a_cloud(light: float) -> Paper:
    """Watchers in the sun between two bands as far away, one of them under a dark cloud."""
    paper = Paper("cloud", field=(160, 40)).side("red").side("blue")
    paper.terrain("cloud", rect={"from": [0, 0], "to": [50, 40]}, light=light)
    for name, x, facing in (("west", 79, "west"), ("east", 81, "east"), ("under", 30, "east")):
        paper.unit(
            name, side="red", count=1, place=(x, 20), facing=facing, orders={"do": "hold"},
            personality=alike(aggression=0.0),
        )  # fmt: skip
    for name, x, facing in (("dark", 15, "east"), ("bright", 145, "west")):
        paper.unit(
            name, side="blue", count=20, place=(x, 20), facing=facing, orders={"do": "hold"},
            personality=alike(aggression=0.0),
        )  # fmt: skip
    return paper


def light_differs_and_sight_with_it(run: Run) -> bool:
    west, east, under = (run.seen_by(name) for name in ("west", "east", "under"))
    darker = under["light"].max() < 0.5 * east["light"].min()
    return bool(darker) and east["crowd_foes"].min() > 5.0 and west["crowd_foes"].max() < 1.0


def test_s04_a_dark_cloud_over_a_part_of_the_field() -> None:
    """In the same ticks, whoever stands under the cloud is not seen, and as far off in the sun is.

    Off: no darker under the cloud than elsewhere.
    """
    row = Row(lambda: under_a_cloud(0.05), light_differs_and_sight_with_it, ticks=4,
              watch=(0, 1, 2), without=lambda: under_a_cloud(1.0))  # fmt: skip
    put_to_the_test(row)


def test_s04_sight_alone_follows_the_light() -> None:
    """As before; off: eyes to which the dark is as good as day."""
    row = Row(lambda: under_a_cloud(0.05), light_differs_and_sight_with_it, ticks=4,
              watch=(0, 1, 2), off=("parameters.sight.night_share=1",))  # fmt: skip
    put_to_the_test(row)


def wooded(*, hides: bool = True) -> Paper:
    """Walkers over grass; a watcher who has a wood before him, and one who sits in a tree."""
    paper = Paper("wooded", field=(120, 60)).ground(grass="80 %").side("red").side("blue")
    paper.terrain("wood", rect={"from": [58, 0], "to": [62, 60]}, climbable=True, height="6 m",
                  blocks_sight=hides)  # fmt: skip
    for name, place in (("below", (40, 30)), ("aloft", (59, 31))):
        paper.unit(
            name, side="red", count=1, place=place, facing="east", orders={"do": "hold"},
            personality=alike(aggression=0.0),
            opening={"perched": name == "aloft"},
        )  # fmt: skip
    paper.unit(
        "foes", side="blue", count=20, place=(80, 30), facing="north", orders={"do": "hold"},
        personality=alike(aggression=0.0),
    )  # fmt: skip
    paper.unit(
        "walkers", side="red", count=20, place=(20, 10), facing="east",
        personality=alike(aggression=0.0), formation={"shape": "column"},
    )  # fmt: skip
    return paper


def wood_hides(run: Run) -> bool:
    """Who has the wood before him sees nobody of those beyond."""
    return bool(run.seen_by("below")["crowd_foes"].max() == 0.0)


def sits_and_sees(run: Run) -> bool:
    """Who sits in a tree stays there, and sees them."""
    sits = run.frames[:, run.unit("aloft")]
    up = bool(sits["perch"].min() > 3) and float(np.ptp(sits["x"])) == 0.0
    return up and bool(run.seen_by("aloft")["crowd_foes"].min() > 5.0)


def grass_is_trodden(run: Run) -> bool:
    """Some of it is, and none grows."""
    before, after = run.opening_ground["grass"], run.ground["grass"]
    return bool((after < before).sum() > 20 and (after <= before).all())


def all_three(run: Run) -> bool:
    """A wood hides, its trees bear somebody, and grass is trodden."""
    return wood_hides(run) and sits_and_sees(run) and grass_is_trodden(run)


S07: dict[str, Any] = {"paper": wooded, "holds": all_three, "ticks": 60, "watch": (0, 1)}


def test_s07_trees_block_sight_and_can_be_sat_in_and_grass_is_trodden() -> None:
    """A wood hides who stands behind it, but not from one who sits in it. Off: it hides nobody."""

    def still(run: Run) -> bool:
        return sits_and_sees(run) and grass_is_trodden(run)

    put_to_the_test(Row(**S07, still=still, without=lambda: wooded(hides=False)))


def test_s07_grass_is_trodden() -> None:
    """As before. Off: it stands up again at once."""

    def still(run: Run) -> bool:
        return wood_hides(run) and sits_and_sees(run)

    put_to_the_test(Row(**S07, still=still, off=("parameters.ground.tread=0",)))


def behind_a_crowd(low: dict[str, Any], high: dict[str, Any]) -> Paper:
    """Two men close behind ranks of their own, each under a tree; the enemy stands beyond.

    Both are 128 m apart, so that the cells of every size lie alike around them.
    """
    paper = Paper("heads", field=(180, 80)).side("red").side("blue")
    paper.terrain("trees", rect={"from": [0, 18], "to": [180, 22]}, climbable=True, height="4 m")
    for name, x, keys in (("low", 21, low), ("high", 149, high)):
        paper.unit(
            name, side="red", count=1, place=(x, 21), facing="north", orders={"do": "hold"},
            personality=alike(aggression=0.0), **keys,
        )  # fmt: skip
    for name, x in (("left", 21), ("right", 149)):
        paper.unit(
            name, side="red", count=60, place=(x, 24.5), facing="north", orders={"do": "hold"},
            formation={"ranks": 5, "spacing": 0.8}, personality=alike(aggression=0.0),
        )  # fmt: skip
        paper.unit(
            name + "_foes", side="blue", count=40, place=(x, 50), facing="south",
            orders={"do": "hold"}, personality=alike(aggression=0.0),
        )  # fmt: skip
    return paper


def tall(metres: str) -> dict[str, Any]:
    """Somebody of that height."""
    return {"body": {"height": {"mean": metres, "sd": 0}}}


def sees_more_from_higher_up(run: Run) -> bool:
    """More of the enemy shows to the higher eyes."""
    low, high = run.seen_by("low")["crowd_foes"], run.seen_by("high")["crowd_foes"]
    return bool(low.min() > 0.0) and bool(high.min() > 1.5 * low.max())


OVER_HEADS: dict[str, Any] = {
    "holds": sees_more_from_higher_up,
    "ticks": 4,
    "watch": (0, 1),
    "off": ("parameters.sight.over_heads=0",),
}


def test_s08_a_tall_man_sees_over_the_heads_before_him() -> None:
    """More of the enemy shows to him than to a short one. Off: heads hide as much from both."""
    put_to_the_test(Row(lambda: behind_a_crowd(tall("1.5 m"), tall("2.1 m")), **OVER_HEADS))


def test_s07_from_a_tree_one_sees_over_the_others() -> None:
    """More shows to one who sits in it than to one as tall who stands below another."""
    aloft = {**tall("1.7 m"), "opening": {"perched": True}}
    put_to_the_test(Row(lambda: behind_a_crowd(tall("1.7 m"), aloft), **OVER_HEADS))


def stalked() -> Paper:
    """Men of whom each has an enemy behind him, out of reach of touch."""
    paper = Paper("stalked", field=(60, 30)).side("red").side("blue")
    paper.unit(
        "watched", side="red", count=20, place=(30, 15), facing="north", all_round=True,
        formation={"ranks": 1, "spacing": 2.5}, orders={"do": "hold"},
    )  # fmt: skip
    paper.unit(
        "behind", side="blue", count=20, place=(30, 13.4), facing="south", orders={"do": "hold"},
        formation={"ranks": 1, "spacing": 2.5},
    )  # fmt: skip
    return paper


def nobody_comes_up_from_behind(run: Run) -> bool:
    """The first look of each."""
    seen = run.seen_by("watched")
    first = seen[np.unique(seen["fighter"], return_index=True)[1]]
    here = run.frames[0]
    gap = here["y"][run.unit("watched")] - here["y"][run.unit("behind")]
    far = (gap > 1.2) & (gap < 1.9)
    return int(far.sum()) > 8 and bool((first["foes_near"][far] >= 1).all())


def test_s21_nobody_comes_up_from_behind_on_one_who_sees_all_round() -> None:
    """The enemy behind is perceived. Off: eyes like everybody's."""
    row = Row(stalked, nobody_comes_up_from_behind, ticks=2, watch=tuple(range(20)),
              off=("parameters.sight.all_round=0",))  # fmt: skip
    put_to_the_test(row)


def climbers() -> Paper:
    """Men under trees, told to climb them, and after some time to go on."""
    paper = Paper("climbers", field=(60, 40)).side("red").side("blue")
    paper.terrain("wood", rect={"from": [0, 0], "to": [30, 40]}, height="5 m", climbable=True)
    paper.unit(
        "climbers", side="red", count=12, place=(20, 20), facing="east",
        orders=[{"do": "perch"}, {"do": "advance", "after": 20}],
    )  # fmt: skip
    paper.unit("nobody", side="blue", count=1, place=(59, 1), orders={"do": "hold"})
    return paper


def climb_and_come_down(run: Run) -> bool:
    """All aloft after some seconds, not at once; down again and gone on when told to."""
    here = run.unit("climbers")
    perch, x = run.frames[:, here]["perch"], run.frames[:, here]["x"]
    stays = np.ptp(x[40:100], axis=0).max() == 0.0
    aloft = perch[10].max() == 0 and perch[90].min() == 5
    down = perch[-1].max() == 0 and bool((x[-1] > x[100] + 2.0).all())
    return bool(stays) and bool(aloft) and down


def test_s07_trees_can_be_climbed() -> None:
    """Up as ordered and down again, which takes time. Off: nobody climbs trees."""
    row = Row(climbers, climb_and_come_down, ticks=180,
              on=("parameters.body.uneven=0",), off=("parameters.decide.climb=-10",))  # fmt: skip
    put_to_the_test(row)
