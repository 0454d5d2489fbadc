"""What companions do for one another, and to: S15, S16, S26, S72, S78."""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from affray.world.battle import Battle
from tests.systems.harness import Row, Run, alike, plain, put_to_the_test


def worn_ranks() -> Paper:
    """Two bands who stand at ease, the one fresh, the other weary."""
    paper = Paper("worn", field=(60, 30)).side("red").side("blue")
    for name, y, fatigue in (("fresh", 8, 0.0), ("weary", 22, 0.6)):
        paper.unit(
            name, side="red", count=24, place=(20, y), facing="east", orders={"do": "hold"},
            opening={"fatigue": plain(fatigue)}, formation={"ranks": 4},
        )  # fmt: skip
    paper.unit("nobody", side="blue", count=1, place=(59, 1), orders={"do": "hold"})
    return paper


def weariness_shows(run: Run) -> bool:
    """The weariness that each sees in those near him is that of the band he stands in."""
    fresh, weary = run.seen_by("fresh"), run.seen_by("weary")
    shown = [seen["weary_seen"][seen["friends_near"] > 0] for seen in (fresh, weary)]
    return bool(shown[0].max() < 0.1) and abs(float(shown[1].mean()) - 0.6) < 0.1


def as_weary_as_ever(run: Run) -> bool:
    """The one band is as weary as it began, and the other as fresh; both look at companions."""
    fatigue = {name: run.frames[-1][run.unit(name)]["fatigue"] for name in ("fresh", "weary")}
    looked = min(int((run.seen_by(name)["friends_near"] > 0).sum()) for name in fatigue)
    return looked > 10 and bool(fatigue["fresh"].max() < 0.1 < 0.5 < fatigue["weary"].min())


def test_s15_weariness_can_be_seen() -> None:
    """Onlookers' cue is as great as the fatigue. Off: it shows in nobody, though all are as weary
    as before.
    """
    row = Row(worn_ranks, weariness_shows, ticks=6, watch=tuple(range(48)),
              off=("parameters.show.weariness=0",), still=as_weary_as_ever)  # fmt: skip
    put_to_the_test(row)


def pauses_before_the_enemy() -> Paper:
    """Spent men, each with an enemy before him; half of them have a fresh companion behind."""
    paper = Paper("pauses", field=(260, 120)).side("red").side("blue")
    paper.parameter("strike.hit", 0.4)
    paper.weapon("bundle", reach=1.1, force=0, kind="blunt")
    spent = {"opening": {"fatigue": plain(1.0)}, "personality": alike(courage=1.0, aggression=0.0)}
    fresh = {"personality": alike(courage=1.0)}
    harmless = {**fresh, "weapons": ["bundle"]}
    for name, side, place, facing, keys in (
        ("covered", "red", (130, 40), "north", spent),
        ("behind", "red", (130, 39.1), "north", harmless),
        ("foes", "blue", (130, 41.1), "south", fresh),
        ("alone", "red", (130, 80), "north", spent),
        ("more_foes", "blue", (130, 81.1), "south", fresh),
    ):
        paper.unit(
            name, side=side, count=600, place=place, facing=facing, orders={"do": "hold"},
            formation={"ranks": 12, "spacing": 4}, armour="none", **keys,
        )  # fmt: skip
    return paper


def covered_pauses_cost_less(run: Run) -> bool:
    """The share of blows that go home at one who pauses, with somebody by him or nobody."""
    blows, victims = run.blows()
    pausing = (victims["act"] == w.REST) | (victims["act"] >= w.HELP_UP)
    pausing &= victims["status"] == w.UP
    home = blows["value"] == w.HIT
    covered = home[pausing & (victims["cover"] > 0)]
    alone = home[pausing & (victims["cover"] == 0)]
    if min(len(covered), len(alone)) < 50:
        return False
    return float(covered.mean()) < 0.8 * float(alone.mean())


def test_s16_companions_cover_one_who_pauses() -> None:
    """A pause costs less where somebody covers it, and only there. Off: nobody's cover helps."""
    row = Row(pauses_before_the_enemy, covered_pauses_cost_less, ticks=60,
              off=("parameters.strike.cover=0",))  # fmt: skip
    put_to_the_test(row)


def wounded_among_friends() -> Paper:
    """A band pelted for some seconds by throwers who then stand and watch."""
    paper = Paper("tending", field=(80, 60)).side("red").side("blue")
    paper.weapon("barb", reach=0.5, force=50, kind="cut", thrown=True, range=30, speed=20,
                 spread=3)  # fmt: skip
    for name, side, y, facing, weapons in (
        ("marks", "red", 20, 70, ["sword"]),
        ("throwers", "blue", 40, "south", ["knife", {"name": "barb", "count": 14}]),
    ):
        paper.unit(
            name, side=side, count=60, place=(40, y), facing=facing, weapons=weapons,
            formation={"ranks": 3, "spacing": 1}, armour="none", orders={"do": "hold"},
            personality=alike(courage=1.0, aggression=0.0),
        )  # fmt: skip
    return paper


def tending_helps_and_distracts(run: Run) -> bool:
    """A bound wound bleeds less; who tends and who is tended see half of the field or less."""
    bound = run.of(w.EVENT_BIND)
    bound = bound[bound["other"] != bound["fighter"]]
    before, after = run.before(bound), run.frames[bound["tick"], bound["fighter"]]
    slowed = (after["flow"] < before["flow"]).mean() if len(bound) else 0.0
    marks = run.seen_by("marks")
    act = run.frames[marks["tick"] - 1, marks["fighter"]]["act"]
    shares = [_sees(run, marks, act, kind) for kind in (w.TEND, w.BE_TENDED)]
    return len(bound) >= 5 and slowed > 0.7 and all(share < 0.5 for share in shares)


def _sees(run: Run, seen: np.ndarray, act: np.ndarray, kind: int) -> float:
    """Of the friends that one sees far off while he stands idle: the share he sees in this act."""
    shares = []
    for fighter in np.unique(seen["fighter"][act == kind]):
        mine = seen["fighter"] == fighter
        idle = seen["crowd_friends"][mine & (act == w.HOLD)]
        busy = seen["crowd_friends"][mine & (act == kind)]
        if len(idle) > 3 and idle.mean() > 2.0:
            shares.append(float(busy.mean() / idle.mean()))
    return float(np.mean(shares)) if shares else 1.0


UNMOVED = ("parameters.grip.clear_db=300", "parameters.fear.fire_per_s=0",
           "parameters.fear.fire_unrest=0")  # fmt: skip


def test_s26_tending_the_wounded() -> None:
    """Bleeding slows, and both are less attentive meanwhile. Off: care that grips nobody."""
    row = Row(wounded_among_friends, tending_helps_and_distracts, ticks=450,
              watch=tuple(range(60)), on=UNMOVED,
              off=("parameters.sight.busy_cone_cos=0.2",))  # fmt: skip
    put_to_the_test(row)


def test_s26_bandages_are_what_slows_the_bleeding() -> None:
    """As before. Off: bandages that hold nothing back."""
    row = Row(wounded_among_friends, tending_helps_and_distracts, ticks=450,
              watch=tuple(range(60)), on=UNMOVED,
              off=("parameters.body.bind_factor=1",))  # fmt: skip
    put_to_the_test(row)


def two_melees(light: float) -> Paper:
    """The same throng twice: in the sun, and in other light."""
    paper = Paper("throngs", field=(160, 40)).side("red").side("blue")
    paper.terrain("other", rect={"from": [80, 0], "to": [160, 40]}, light=light)
    for place, x in (("day", 40), ("night", 120)):
        for side in ("red", "blue"):
            paper.unit(
                f"{side}_{place}", side=side, count=150, place=(x, 20), armour="plate",
                formation={"shape": "mob", "spacing": 1.2}, orders={"do": "hold"},
                weapons=["knife"], personality=alike(courage=1.0),
            )  # fmt: skip
    return paper


def terrified(battle: Battle) -> None:
    """Those of the second throng are in terror, and stay so."""
    names = battle.unit_names
    for number, name in enumerate(names):
        if name.endswith("night"):
            battle.state.fighters["fear"][battle.state.fighters["unit"] == number] = 0.6


def of_throng(run: Run, ids: np.ndarray, place: str) -> np.ndarray:
    """Which of these fighters belong to a throng."""
    both = [np.r_[run.unit(f"{side}_{place}")] for side in ("red", "blue")]
    return np.isin(ids, np.concatenate(both))


def struck(run: Run, place: str) -> float:
    """The share of its blows that a throng aims at its own."""
    blows, victims = run.blows()
    own = run.before(blows)["side"] == victims["side"]
    return float(own[of_throng(run, blows["fighter"], place)].mean())


def mistaken(run: Run, place: str) -> float:
    """The share of its looks in which one of a throng takes a companion for the enemy."""
    seen = run.seen[(run.seen["foe"] >= 0) & of_throng(run, run.seen["fighter"], place)]
    return float((run.before(seen)["side"] == run.before(seen, "foe")["side"]).mean())


def errs_more_in_confusion(run: Run) -> bool:
    """The second throng takes friend for foe far more often than the first."""
    day, night = mistaken(run, "day"), mistaken(run, "night")
    return night > 1.8 * day and night > 0.002


def friends_are_struck(run: Run) -> bool:
    """And strikes more of its own."""
    day, night = struck(run, "day"), struck(run, "night")
    return errs_more_in_confusion(run) and night > 2.0 * day and night > 0.01


S72: dict[str, Any] = {
    "ticks": 150,
    "watch": tuple(range(600)),
    "on": ("parameters.sight.confusion_per_s=0.02", "parameters.rout.break_per_s=0.2"),
    "still": lambda run: mistaken(run, "day") > 0.0,
}


def test_s72_fighting_in_confusion_strikes_friends() -> None:
    """Errors of friend and foe rise in the dark. Off: the dark confuses nobody."""
    put_to_the_test(Row(lambda: two_melees(0.02), friends_are_struck,
                        off=("parameters.sight.confusion_dark=0",), **S72))  # fmt: skip


def test_s72_terror_confuses() -> None:
    """They rise with fear as well, by day, where one throng is calm and stays so. Off: fear
    confuses nobody.
    """
    comes_of = ("odds_per_s", "behind_per_s", "faces_per_s", "contact_per_s", "weary_per_s",
                "fall_shock", "wound_shock", "steadied_per_s")  # fmt: skip
    as_it_is = tuple(f"parameters.fear.{name}=0" for name in comes_of)
    row = Row(lambda: two_melees(1.0), errs_more_in_confusion, arrange=terrified,
              off=("parameters.sight.confusion_fear=0",),
              **{**S72, "on": (*S72["on"], *as_it_is, "parameters.fear.calm_per_s=0.005")},
              )  # fmt: skip
    put_to_the_test(row)


def to_run(*orders: dict[str, Any]) -> Paper:
    """A band before an enemy far off, that holds, and may be told to turn and run."""
    paper = Paper("left", field=(260, 60)).side("red").side("blue")
    paper.unit("band", side="red", count=24, place=(200, 30), facing="east", leader=None,
               formation={"ranks": 4, "spacing": 1.5},
               orders=[{"do": "hold"}, *orders])  # fmt: skip
    return paper.unit("foe", side="blue", count=1, place=(255, 30), orders={"do": "hold"})


def every_fourth_lies(battle: Battle) -> None:
    """Some lie there senseless, and bleed; others bleed, but stand."""
    fighters = battle.state.fighters[:24]
    fighters["status"][::4] = w.OUT
    fighters["flow"][::4] = fighters["flow"][1::8] = 300


def and_the_others_panic(battle: Battle) -> None:
    """And all who stand are about to run, out of terror."""
    every_fourth_lies(battle)
    up = battle.state.fighters[:24]["status"] == w.UP
    battle.state.fighters["fear"][:24][up] = 1.0


def are_left(run: Run) -> bool:
    """The unfit lie where they lay, all others are gone, those who bleed as well; who left one of
    the unfit knows whom, and did so once.
    """
    band, left = run.unit("band"), run.of(w.EVENT_ABANDON)
    opening, end = run.frames[0][band], run.frames[-1][band]
    gone_m = np.hypot(end["x"] - opening["x"], end["y"] - opening["y"])
    unfit = np.arange(24) % 4 == 0
    stay = bool((gone_m[unfit] == 0.0).all() and (gone_m[~unfit] > 10.0).all())
    knows = run.engine.state.memory["left"]
    known = all(int(knows[event["fighter"]]) == event["other"] for event in left)
    once = len(np.unique(left["fighter"])) == len(left)
    return stay and known and once and len(left) >= 3 and bool(unfit[left["other"]].all())


OFF_S78 = ("parameters.know.left_m=0",)


def test_s78_those_unfit_to_run_are_left() -> None:
    """They stay, and survivors know who. Off: nobody marks whom he leaves."""
    row = Row(lambda: to_run({"do": "break_off", "after": 2}), are_left, ticks=100,
              arrange=every_fourth_lies, off=OFF_S78)  # fmt: skip
    put_to_the_test(row)


def test_s78_those_unfit_to_run_are_left_in_a_panic() -> None:
    """Likewise by those who run out of terror, whom nobody told to. Off: as before."""
    row = Row(to_run, are_left, ticks=100, arrange=and_the_others_panic, off=OFF_S78,
              on=("parameters.rout.break_per_s=5", "parameters.rout.rally_per_s=0"))  # fmt: skip
    put_to_the_test(row)
