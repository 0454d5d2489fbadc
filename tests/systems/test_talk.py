"""What words, laughter, an example and a deed seen do: S29, S30, S31, S43."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from affray.record import Recording
from affray.report.roster import Roster
from affray.report.summarise import summarise
from affray.run import execute
from affray.scenario import Battle as Paper
from affray.world import words as w
from affray.world.battle import Battle
from tests.systems.harness import SEEDS, Row, Run, alike, fight, plain, put_to_the_test

BANDS = ("banter", "address", "silence")
SIZE = 12


def three_bands() -> Paper:
    """Three bands of one side, so far apart that none hears another; nobody to fight."""
    paper = Paper("bands", field=(1000, 60)).side("red").side("blue")
    for number, name in enumerate(BANDS):
        paper.unit(
            name, side="red", count=SIZE, place=(100 + 400 * number, 30), facing="east",
            formation={"ranks": 3, "spacing": 1.5}, orders={"do": "hold"}, leader={},
            personality={**alike(), "humour": plain(1.0)},
        )  # fmt: skip
    paper.unit("nobody", side="blue", count=1, place=(999, 1), orders={"do": "hold"})
    return paper


def speaking(*says: int) -> Callable[[Battle], None]:
    """The first of each band is about to have said so much; nobody else feels like talking."""

    def arrange(battle: Battle) -> None:
        battle.state.memory["quiet"] = 30_000
        for number, say in enumerate(says):
            one = battle.state.fighters[number * SIZE]
            one["says"], one["says_left"] = say, 2 if say else 0

    return arrange


def lifted(run: Run, band: str, tick: int) -> float:
    """How much will a band has gained by then, on average; the speaker apart."""
    here = run.unit(band)
    gained = run.frames[tick]["morale"] - run.frames[0]["morale"]
    return float(np.mean(gained[here.start + 1 : here.stop]))


def banter_lifts_more_than_form(run: Run) -> bool:
    """Banter lifts most, then formal words; silence nobody; and after a while it has faded."""
    soon = {band: lifted(run, band, 12) for band in BANDS}
    late = {band: lifted(run, band, run.frames.shape[0] - 1) for band in BANDS}
    hearers = set(run.of(w.EVENT_LIFT)["fighter"].tolist())
    silent = set(range(run.unit("silence").start, run.unit("silence").stop))
    return (
        soon["banter"] > 2.0 * soon["address"] > 0.01
        and soon["address"] > soon["silence"] + 0.005
        and not hearers & silent
        and late["banter"] < 0.4 * soon["banter"]
    )


S29 = {
    "paper": three_bands,
    "holds": banter_lifts_more_than_form,
    "arrange": speaking(w.SAY_BANTER, w.SAY_ADDRESS),
    "on": ("parameters.talk.fades_s=8", "parameters.talk.laugh_chance=0"),
    "ticks": 90,
}


def test_s29_formal_address_lifts_little_banter_much() -> None:
    """Only those within earshot, in that order, for a while. Off: words give nothing."""
    off = ("parameters.talk.banter_lift=0", "parameters.talk.address_lift=0")
    put_to_the_test(Row(**S29, off=off))  # type: ignore[arg-type]


def test_s29_nobody_is_lifted_by_what_he_does_not_hear() -> None:
    """As before. Off: everybody is deaf."""
    put_to_the_test(Row(**S29, off=("parameters.hear.detect_db=300",)))  # type: ignore[arg-type]


def at_ease(battle: Battle) -> None:
    """One laughs in the first band, and everybody feels like talking."""
    speaking(w.SAY_LAUGH)(battle)
    battle.state.memory["quiet"] = 0


def laughter_spreads(run: Run) -> bool:
    """Others of that band laugh, and are lifted; of the bands out of earshot nobody."""
    laughs = run.of(w.EVENT_SAY)
    laughs = laughs[laughs["place"] == w.SAY_LAUGH]["fighter"]
    here = set(range(1, SIZE))
    changed = set(laughs.tolist()) | set(run.of(w.EVENT_LIFT)["fighter"].tolist())
    return len(here & set(laughs.tolist())) >= 2 and changed <= here | {0}


def test_s30_laughter_spreads() -> None:
    """It is caught by those who hear it. Off: nobody catches it."""
    row = Row(three_bands, laughter_spreads, ticks=60, arrange=at_ease,
              on=("parameters.talk.laugh_chance=1", "parameters.talk.laugh_spreads=0.5",
                  "parameters.talk.laugh_seen_per_s=0"),
              off=("parameters.talk.laugh_chance=0",))  # fmt: skip
    put_to_the_test(row)


def laughing_long(battle: Battle) -> None:
    """One laughs and laughs; in the next band one talks and talks."""
    speaking(w.SAY_LAUGH, w.SAY_ADDRESS)(battle)
    battle.state.memory["quiet"] = 0
    battle.state.fighters["says_left"][[0, SIZE]] = 60


def laughter_is_seen(run: Run) -> bool:
    """Those who laugh besides stand within reach of the eye of one who laughs; none elsewhere."""
    laughs = run.of(w.EVENT_SAY)
    laughs = laughs[laughs["place"] == w.SAY_LAUGH]
    others = laughs[laughs["fighter"] != 0]
    return len(others) > 0 and bool((others["fighter"] < SIZE).all())


def test_s30_laughter_is_caught_by_the_eye() -> None:
    """Even by the deaf. Off: nobody laughs at what he sees."""
    row = Row(three_bands, laughter_is_seen, ticks=90, arrange=laughing_long,
              on=("parameters.hear.startle_db=300", "parameters.talk.laugh_seen_per_s=2"),
              off=("parameters.talk.laugh_seen_per_s=0",))  # fmt: skip
    put_to_the_test(row)


def leader_at_work() -> Paper:
    """A leader who strikes at somebody who cannot be hurt, his men behind him; and one who has
    nobody to strike at, his men as near.
    """
    paper = Paper("example", field=(60, 60)).side("red").side("blue")
    paper.weapon("bundle", reach=1.5, force=0, kind="blunt")
    bold = alike(courage=1.0, aggression=1.0)
    timid = {**alike(courage=1.0, aggression=0.0), "humour": plain(0.0)}
    for name, side, (x, y), character in (
        ("captain", "red", (20, 30), bold), ("post", "blue", (20, 31.2), timid),
        ("idler", "red", (45, 30), bold),
    ):  # fmt: skip
        paper.unit(
            name, side=side, count=1, place=(x, y), facing="south" if side == "blue" else "north",
            orders={"do": "hold"}, personality=character, weapons=["bundle"],
            leader=None if side == "blue" else {},
        )  # fmt: skip
    for name, x, y in (("near", 20, 27), ("far", 20, 12), ("idle", 45, 27)):
        paper.unit(
            name, side="red", count=6, place=(x, y), facing="north", orders={"do": "hold"},
            personality=timid, weapons=["bundle"], formation={"ranks": 1, "spacing": 1},
        )  # fmt: skip
    return paper


def follow_the_captain(battle: Battle) -> None:
    """Each takes the captain for his leader, or, who has him before him, the one who idles."""
    first = dict(zip(battle.unit_names, battle.unit_first[:-1], strict=True))
    battle.state.memory["leader"] = first["captain"]
    battle.state.memory["leader"][first["idle"] : first["idle"] + 6] = first["idler"]
    battle.state.memory["quiet"] = 30_000


def example_lifts_onlookers(run: Run) -> bool:
    """Those who see him near by gain will that those farther off do not, nor those who see no more
    than that their leader is there.
    """
    gained = run.frames[-1]["morale"] - run.frames[0]["morale"]
    near, *others = (float(gained[run.unit(name)].mean()) for name in ("near", "far", "idle"))
    return near > max(others) + 0.01


def test_s30_a_visible_example_lifts() -> None:
    """A leader seen fighting near by lends will to who sees it. Off: an example gives nothing."""
    row = Row(leader_at_work, example_lifts_onlookers, ticks=100, arrange=follow_the_captain,
              on=("parameters.talk.example_per_s=0.05",),
              off=("parameters.talk.example_per_s=0",))  # fmt: skip
    put_to_the_test(row)


def felling() -> Paper:
    """Good fighters with many officers among them, against weak ones."""
    paper = Paper("merit", field=(60, 60)).side("red").side("blue")
    paper.unit(
        "good", side="red", count=16, place=(30, 28), facing="north", training="elite",
        armour="plate", formation={"ranks": 2, "spacing": 1}, leader={}, deputies=9,
        orders={"do": "charge"}, personality=alike(courage=1.0),
    )  # fmt: skip
    paper.unit(
        "weak", side="blue", count=40, place=(30, 34), facing="south", training="green",
        armour="none", formation={"ranks": 4, "spacing": 1}, orders={"do": "hold"},
        personality=alike(courage=1.0),
    )  # fmt: skip
    return paper


def merit_is_noted(run: Run) -> bool:
    """Each who is noted, by an officer of his unit beside him, has just felled an enemy."""
    noted = run.of(w.EVENT_MERIT)
    if len(noted) == 0:
        return False
    deed, witness = run.before(noted, "other"), run.before(noted)
    apart = np.hypot(deed["x"] - witness["x"], deed["y"] - witness["y"])
    officers = run.battle.world.traits["leader"][noted["fighter"]] > 0
    same = deed["unit"] == witness["unit"]
    return bool((deed["felled"] < 5).all() and (apart < 2.5).all() and (officers & same).all())


def test_s31_merit_is_noted_by_an_officer_who_saw_it() -> None:
    """Only deeds that were done, by one of his own, before his eyes. Off: no officer notes any."""
    row = Row(felling, merit_is_noted, ticks=250, off=("parameters.command.merit=0",))
    put_to_the_test(row)


def even() -> Paper:
    """Two like bands with many officers among them, who cut each other down."""
    paper = Paper("even", field=(60, 60)).side("red").side("blue")
    for unit, side, y, facing in (("south", "red", 28, "north"), ("north", "blue", 31, "south")):
        paper.unit(
            unit, side=side, count=20, place=(30, y), facing=facing, armour="none", deputies=9,
            formation={"ranks": 2, "spacing": 1}, leader={}, orders={"do": "charge"},
            personality=alike(courage=1.0),
        )  # fmt: skip
    return paper


def test_s31_only_the_living_are_named_for_promotion(tmp_path: Path) -> None:
    """The summary names whoever was noted, if he lives and the officer too; some do not."""
    named, passed_over = 0, 0
    for seed in SEEDS:
        scenario = even().scenario()
        kept = execute(scenario, seed=seed, out=tmp_path / str(seed), until_s=80.0)
        run = fight(Row(even, bool, ticks=kept.tick), seed)
        dead = run.frames[-1]["status"] == w.DEAD
        noted = run.of(w.EVENT_MERIT)
        both_live = ~(dead[noted["fighter"]] | dead[noted["other"]])
        names = map(Roster.of(scenario).name, noted["other"][both_live].tolist())
        assert set(summarise(Recording.open(kept.path)).merits) == set(names)
        named, passed_over = named + both_live.sum(), passed_over + (~both_live).sum()
    assert named >= 5
    assert passed_over >= 2


AFTER_2_S = {"when": {"lasted": 2}, "do": "advance"}


def wayward(told: bool = True) -> Paper:
    """A band of whom some go forward and others stay: ``told`` by their leader's shout, which half
    of them do not follow, or else each by his own judgement, as a whim takes him.
    """
    paper = Paper("wayward", field=(300, 60)).side("red").side("blue")
    hold = {"do": "hold"}
    paper.unit(
        "band", side="red", count=60, place=(40, 30), facing="east", leader={},
        orders=[hold, {**AFTER_2_S, "by": "voice"}] if told else [hold],
        triggers=[] if told else [{**AFTER_2_S, "tempts": True}],
        formation={"ranks": 5, "spacing": 1.2}, personality=alike(courage=1.0),
    )  # fmt: skip
    return paper.unit("nobody", side="blue", count=1, place=(299, 1), orders=hold)


def disobedience_is_blamed(run: Run) -> bool:
    """Followers who took the order up blame some of those who stay, and nobody else does but the
    leader who gave it.
    """
    blames = run.of(w.EVENT_BLAME)
    stays = blames[blames["place"] == w.DEED_STAYS_BEHIND]["fighter"]
    obeyed = set(run.of(w.EVENT_OBEY)["fighter"].tolist())
    followers = set(stays.tolist()) - {run.unit("band").start}
    return len(followers) > 0 and followers <= obeyed


def some_go_and_others_stay(run: Run) -> bool:
    """Whoever may have told them, some are well ahead of others who have not moved."""
    band = run.unit("band")
    gone_m = run.frames[-1]["x"][band] - run.frames[0]["x"][band]
    return int((gone_m > 3.0).sum()) >= 10 and int((gone_m < 2.0).sum()) >= 10


S43 = {
    "paper": wayward,
    "holds": disobedience_is_blamed,
    "still": some_go_and_others_stay,
    "ticks": 120,
    "on": (
        "parameters.obey.base=0.5",
        "parameters.obey.blame_per_s=3",
        "parameters.obey.blame_after_s=0.8",
        "parameters.obey.own_head_per_s=0.05",
    ),
}


def test_s43_an_order_disobeyed_is_blamed_by_those_who_know_it() -> None:
    """Some refuse, and are blamed by those who took the order up. Off: nobody blames."""
    put_to_the_test(Row(**S43, off=("parameters.obey.blame_per_s=0",)))  # type: ignore[arg-type]


def test_s43_who_does_not_know_an_order_blames_nobody_for_it() -> None:
    """As before. Off: nobody was told to go; some do by their own judgement, and see who stays."""
    put_to_the_test(Row(**S43, without=lambda: wayward(told=False)))  # type: ignore[arg-type]
