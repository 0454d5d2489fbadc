"""What people do whom a battle names: S25, S50, S51, S52, S71, S86, S87."""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.rules.nature import training
from affray.scenario import Battle as Paper
from affray.world import words as w
from affray.world.battle import Battle
from tests.systems.harness import Row, Run, alike, fight, put_to_the_test

MARA, RUE = 0, 1


def hunted(love: float = 0.9, remembered: float = 0.3) -> Paper:
    """A man steals up behind a woman, one more goes at her; another watches over her unseen."""
    paper = Paper("hunted", field=(60, 60))
    paper.side("red", hostile_to=["blue"]).side("blue", hostile_to=["red"])
    paper.side("none", hostile_to=[])
    paper.terrain("scrub", circle={"at": [30, 14], "radius": 3}, concealment=0.95)
    paper.weapon("rock", reach=0.4, force=400, kind="blunt", thrown=True, range=40, speed=25,
                 spread=0.004, embeds=0)  # fmt: skip
    brave = alike(courage=1.0, aggression=1.0)
    paper.unit("mara", side="red", count=1, place=(30, 28), facing="east", training=0.9,
               armour="plate", orders={"do": "hold"}, personality=brave)  # fmt: skip
    paper.unit("hunter", side="blue", count=1, place=(20, 28), facing="east",
               personality=brave)  # fmt: skip
    paper.unit("other", side="blue", count=1, place=(39, 28), facing="west", armour="plate",
               personality=brave)  # fmt: skip
    paper.unit("rue", side="none", count=1, place=(30, 14), facing="north", training=1.0,
               orders={"do": "hold"}, weapons=["knife", {"name": "rock", "count": 9}],
               personality=brave)  # fmt: skip
    paper.person("Mara", unit="mara", looks={"hair": "red"},
                 ties={"Rue": {"love": 0.9, "dead": 0.95}})  # fmt: skip
    paper.person(
        "Rue", unit="rue", ties={"Mara": {"love": love, "skill": remembered}},
        drives=[
            {"do": "watch", "whom": "Mara", "strength": 1.5},
            {"do": "guard", "whom": "Mara", "strength": 10.0,
             "when": [{"what": "threatened", "least": 0.4}]},
        ],
    )  # fmt: skip
    return paper


def about(run: Run, kind: int, who: int, whom: int) -> np.ndarray:
    """Events of a kind in the mind of a fighter about a person, by number."""
    events = run.of(kind)
    return events[(events["fighter"] == run.battle.people[who].fighter) & (events["place"] == whom)]


def acts_once_his_bond_stirs(run: Run) -> bool:
    """He throws, and never before the danger to her has stirred him."""
    rue = run.battle.people[RUE].fighter
    throws = run.of(w.EVENT_THROW)
    throws = throws[throws["fighter"] == rue]["tick"]
    stirs = run.of(w.EVENT_STIR)
    stirs = stirs[(stirs["fighter"] == rue) & (stirs["value"] == 1.0)]["tick"]
    return len(throws) > 0 and len(stirs) > 0 and int(throws.min()) > int(stirs.min()) > 5


def test_s50_detached_until_a_bond_stirs() -> None:
    """Off: he feels nothing for her."""
    row = Row(hunted, acts_once_his_bond_stirs, ticks=250, without=lambda: hunted(love=0.0))
    put_to_the_test(row)


def sees_that_she_is_better(run: Run) -> bool:
    """He notices it in her fight, and in the measure in which she is."""
    noticed = about(run, w.EVENT_ADMIRE, RUE, MARA)
    better = float(training(run.battle.world.traits[0])) - 0.3
    return len(noticed) == 1 and abs(float(noticed["value"][0]) - better) < 0.2


def test_s51_notices_how_someone_has_improved() -> None:
    """Off: she was as good when he last saw her."""
    row = Row(hunted, sees_that_she_is_better, ticks=160,
              on=("parameters.throw.touch=0.1",),
              without=lambda: hunted(remembered=0.9))  # fmt: skip
    put_to_the_test(row)


def looks_back_and_knows_him(run: Run) -> bool:
    """When the hunter is struck beside her she looks whence it came, and soon knows him."""
    known = about(run, w.EVENT_KNOW, MARA, RUE)["tick"]
    alive = about(run, w.EVENT_BELIEVE, MARA, RUE)["tick"]
    struck = run.of(w.EVENT_BLOW)
    struck = struck[struck["fighter"] == run.battle.people[RUE].fighter]["tick"]
    if min(len(known), len(alive), len(struck)) == 0:
        return False
    since = int(known.min()) - struck
    return bool(((since > 0) & (since <= 8)).any()) and int(alive.min()) >= int(known.min())


def rescued() -> Paper:
    """A man goes at a woman from the front; another watches over her from far behind her."""
    paper = Paper("rescued", field=(60, 60))
    paper.side("red", hostile_to=["blue"]).side("blue", hostile_to=["red"])
    paper.side("none", hostile_to=[])
    paper.weapon("rock", reach=0.4, force=500, kind="blunt", thrown=True, range=40, speed=25,
                 spread=0.001, embeds=0)  # fmt: skip
    brave = alike(courage=1.0, aggression=1.0)
    paper.unit("mara", side="red", count=1, place=(30, 28), facing="north", armour="plate",
               weapons=["fists"], orders={"do": "hold"}, personality=brave)  # fmt: skip
    paper.unit("hunter", side="blue", count=1, place=(30, 36), facing="south",
               personality=brave)  # fmt: skip
    paper.unit("rue", side="none", count=1, place=(18, 27), facing="east", training=1.0,
               orders={"do": "hold"}, weapons=["knife", {"name": "rock", "count": 9}],
               personality=brave)  # fmt: skip
    paper.person("Mara", unit="mara", looks={"hair": "red"}, ties={"Rue": {"dead": 0.95}})
    paper.person("Rue", unit="rue", ties={"Mara": {"love": 1.0}}, drives=[
        {"do": "watch", "whom": "Mara"},
        {"do": "guard", "whom": "Mara", "strength": 10.0, "when": {"what": "threatened"}},
    ])  # fmt: skip
    return paper


def test_s52_a_rescue_is_traced_to_its_source() -> None:
    """Off: nobody looks where something thrown came from."""
    row = Row(rescued, looks_back_and_knows_him, ticks=80,
              on=("parameters.throw.touch=1", "parameters.sight.glance_per_s=0",
                  "parameters.know.lead_s=0", "parameters.know.clear_m=0",
                  "parameters.body.uneven=0"),
              off=("parameters.know.look_back_s=0",))  # fmt: skip
    put_to_the_test(row)


def stranger_in_black(dead: float = 0.95) -> Paper:
    """One comes up to two who knew him. One of them believes him dead, and knows his brother."""
    paper = Paper("stranger", field=(80, 40)).side("red").side("blue")
    looks = {"hair": "black", "crest": "fan"}
    for name, place, facing in (
        ("ash", (58, 20), "west"),
        ("oren", (20, 18), "east"),
        ("tilda", (20, 22), "east"),
    ):
        paper.unit(name, side="red", count=1, place=place, facing=facing, orders={"do": "hold"})
    paper.unit("nobody", side="blue", count=1, place=(79, 1), orders={"do": "hold"})
    watches = {"do": "watch", "whom": "Ash"}
    paper.person("Ash", unit="ash", looks=looks, ties={"Oren": {"loyalty": 1.0}},
                 drives={"do": "seek", "whom": "Oren", "strength": 3.0})  # fmt: skip
    paper.person("Ivo", looks=looks)
    paper.person("Oren", unit="oren", looks={"hair": "white"}, drives=watches,
                 ties={"Ash": {"knows": 0.9, "dead": dead}, "Ivo": {}})  # fmt: skip
    paper.person("Tilda", unit="tilda", drives=watches,
                 ties={"Ash": {"knows": 0.9}, "Ivo": {"knows": 0.3}})  # fmt: skip
    return paper


def two_observers_two_names(run: Run) -> bool:
    """From afar one takes him for his brother, the other for himself; near by both are right."""
    ash, ivo, oren, tilda = range(4)
    wrong = about(run, w.EVENT_KNOW, oren, ivo)["tick"]
    right = about(run, w.EVENT_KNOW, oren, ash)["tick"]
    at_once = about(run, w.EVENT_KNOW, tilda, ash)["tick"]
    never = about(run, w.EVENT_KNOW, tilda, ivo)["tick"]
    if min(len(wrong), len(right), len(at_once)) == 0 or len(never) > 0:
        return False
    thinks_better = about(run, w.EVENT_BELIEVE, oren, ash)
    return int(wrong[0]) < int(right[0]) and len(thinks_better) == 1


def test_s71_mistaken_for_another_by_prior_belief() -> None:
    """Off: nobody believes him dead."""
    row = Row(stranger_in_black, two_observers_two_names, ticks=150,
              without=lambda: stranger_in_black(dead=0.0))  # fmt: skip
    put_to_the_test(row)


def one_lies_there(
    drive: dict[str, Any] | None = None, dead: float = 0.0, off_m: float = 10.0
) -> Paper:
    """One lies out of his senses at one end of a field, a friend stands at the other."""
    paper = Paper("lies", field=(80, 40)).side("red").side("blue")
    paper.unit("jon", side="red", count=1, place=(20, 20), orders={"do": "hold"})
    paper.unit("ada", side="red", count=1, place=(20.0 + off_m, 20), facing="west",
               orders={"do": "hold"})  # fmt: skip
    paper.unit("nobody", side="blue", count=1, place=(79, 1), orders={"do": "hold"})
    paper.person("Jon", unit="jon", looks={"hair": "red"})
    paper.person("Ada", unit="ada", ties={"Jon": {"love": 1.0, "dead": dead}},
                 drives=drive or {"do": "watch", "whom": "Jon"})  # fmt: skip
    return paper


def senseless(battle: Battle) -> None:
    """Jon is out of his senses."""
    battle.state.fighters["status"][0] = w.OUT


def believes_him_dead(run: Run) -> bool:
    """She comes to believe that he is dead, and he is not."""
    believed = about(run, w.EVENT_BELIEVE, 1, 0)
    return len(believed) > 0 and bool((run.frames[:, 0]["status"] != w.DEAD).all())


def test_s25_seeming_dead() -> None:
    """Off: lying still means nothing."""
    row = Row(one_lies_there, believes_him_dead, ticks=80, arrange=senseless,
              off=("parameters.know.still_per_s=0",))  # fmt: skip
    put_to_the_test(row)


def once_it_is_quiet() -> Paper:
    """She goes to him as soon as she believes that the fight is over."""
    return one_lies_there({"do": "seek", "whom": "Jon", "strength": 2.0,
                           "when": [{"what": "quiet", "within": 8}]}, off_m=30)  # fmt: skip


def goes_back_to_him(run: Run) -> bool:
    """She stands for a while, and then goes up to him."""
    ada = run.frames[:, 1]
    return abs(float(ada["x"][30]) - 50.0) < 1.0 and float(ada["x"][-1]) < 24.0


def test_s86_return_when_believed_safe() -> None:
    """Off: to her ears it is never quiet."""
    row = Row(once_it_is_quiet, goes_back_to_him, ticks=160, arrange=senseless,
              off=("parameters.know.quiet_db=40",))  # fmt: skip
    put_to_the_test(row)


def against_belief() -> Paper:
    """She is all but sure that he is dead, and goes to look for him all the same."""
    drive = {"do": "seek", "whom": "Jon", "strength": 8.0, "when": {"what": "alive", "least": 0.1}}
    return one_lies_there(drive, dead=0.97, off_m=13)


def searches_all_the_same(run: Run) -> bool:
    """She goes up to him."""
    return float(run.frames[-1][1]["x"]) < 24.0


def test_s87_searching_against_belief() -> None:
    """Off: no hope beyond belief."""
    row = Row(against_belief, searches_all_the_same, ticks=120, arrange=senseless,
              on=("parameters.know.still_per_s=0",), off=("parameters.know.hope=0",))  # fmt: skip
    put_to_the_test(row)


def test_a_drive_without_its_conditions_bids_nothing() -> None:
    """He watches over somebody whom nothing threatens, and so does nothing else."""
    row = Row(lambda: hunted(love=0.9), acts_once_his_bond_stirs, ticks=12)
    run = fight(row, 1)
    rue = run.battle.people[RUE].fighter
    assert set(run.frames[1:, rue]["act"].tolist()) == {w.HOLD}


# ------------------------------------------------------------------ warnings and commands


def warned(calls: bool = True) -> Paper:
    """Ash sees Oren come and calls to run; Kai, who leads a few, has an order that waits for it."""
    paper = Paper("warned", field=(120, 60)).side("red", hostile_to=["blue"])
    paper.side("blue", hostile_to=["red"]).side("none", hostile_to=[])
    paper.unit("ash", side="none", count=1, place=(40, 30), facing="east", orders={"do": "hold"})
    paper.unit("oren", side="blue", count=1, place=(75, 30), facing="west",
               orders={"do": "hold"})  # fmt: skip
    paper.unit("few", side="red", count=8, place=(30, 30), facing="north", leader={},
               orders=[{"do": "hold"},
                       {"do": "break_off", "toward": [30, 2], "when": {"bidden": True}}],
               personality=alike(discipline=1.0, courage=1.0))  # fmt: skip
    paper.person("Ash", unit="ash", ties={"Oren": {}}, drives=[
        {"do": "call", "strength": 2, "when": {"what": "sees", "of": "Oren"}},
    ] if calls else [])  # fmt: skip
    paper.person("Oren", unit="oren", looks={"hair": "white"})
    paper.person("Kai", unit="few", ties={"Ash": {"knows": 1}},
                 drives={"do": "command", "when": {"what": "warns", "of": "Ash"}})  # fmt: skip
    return paper


def passes_it_on(run: Run) -> bool:
    """Kai gives his order after the call, and his few run."""
    said = run.of(w.EVENT_SAY)
    calls = said[said["place"] == w.SAY_WARN]
    orders = said[said["place"] == w.SAY_ORDER]
    if len(calls) == 0 or len(orders) == 0:
        return False
    few = run.unit("few")
    ran = run.frames[0, few]["y"] - run.frames[-1, few]["y"]
    first = int(calls["fighter"][0]), int(orders["fighter"][0])
    later = orders["tick"][0] > calls["tick"][0]
    return first == (0, 2) and bool(later) and bool((ran > 5).sum() >= 6)


def test_who_hears_a_warning_gives_the_order_that_waits_for_it() -> None:
    put_to_the_test(Row(warned, passes_it_on, ticks=100, without=lambda: warned(False)))


def test_a_call_to_run_frightens_whoever_understands_it() -> None:
    """Off: it frightens nobody."""

    def frightened(run: Run) -> bool:
        calls = run.of(w.EVENT_SAY)
        calls = calls[calls["place"] == w.SAY_WARN]
        fear = run.frames[:, run.unit("few")]["fear"]
        return len(calls) > 0 and float(fear.max()) > 0.15

    put_to_the_test(Row(warned, frightened, ticks=60, off=("parameters.talk.warn_fear=0",)))
