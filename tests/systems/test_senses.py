"""What one sees of others' faces and how fast they are, and what one feels of oneself: S05, S13,
S17, S22, S23, S40, S41, S42, S46.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from affray.world.battle import Battle
from tests.systems.harness import Row, Run, alike, plain, put_to_the_test
from tests.systems.test_companions import wounded_among_friends

STILL: dict[str, Any] = {"orders": {"do": "hold"}, "leader": "none"}
LASTING = ("parameters.fear.calm_per_s=0.005", "parameters.fear.steadied_per_s=0")
UNBROKEN = ("parameters.rout.nerve=1", "parameters.rout.break_per_s=0.2")


def paired(name: str, first: dict[str, Any], second: dict[str, Any]) -> Paper:
    """Lookers each with somebody of the other unit 1.6 m before him, face to face."""
    paper = Paper(name, field=(80, 40)).side("red").side("blue").side("far")
    for unit, y, facing, keys in (
        ("lookers", 20, "north", first),
        ("others", 21.6, "south", second),
    ):
        keys = {"side": "red", "personality": alike(courage=1.0, aggression=0.0), **STILL, **keys}
        paper.unit(
            unit, count=12, place=(40, y), facing=facing,
            formation={"ranks": 1, "spacing": 5}, **keys,
        )  # fmt: skip
    paper.unit("nobody", side="far", count=1, place=(79, 1), **STILL)
    return paper


def masked(what: str) -> Paper:
    """Companions before one who are in terror behind a mask of that kind."""
    return paired("masked", {}, {"masked": what, "opening": {"fear": plain(0.9)}})


def reads_the_eyes(run: Run) -> bool:
    """No face is seen, nor the fear in it; but eyes are, at those looks that meet them, and their
    fear is caught.
    """
    seen = run.seen_by("lookers")
    meets = seen[(seen["companion"] >= 0) & (seen["friend_eyes"] == 1)]
    feels = run.frames[-1][run.unit("lookers")]["fear"]
    no_face = bool((seen["faces"] == 0).all()) and bool((seen["fear_seen"] == 0.0).all())
    return (
        no_face
        and len(meets) > 12
        and bool(meets["friend_fear"].min() > 0.1)
        and (float(feels.mean()) > 0.02)
    )


def test_s40_a_covered_smile_is_not_seen_but_eyes_can_be_read() -> None:
    """At a short distance, over a mask. Off: eyes that nobody can read."""
    row = Row(lambda: masked("face"), reads_the_eyes, ticks=40, watch=tuple(range(12)),
              on=UNBROKEN, off=("parameters.sight.eyes_m=0",))  # fmt: skip
    put_to_the_test(row)


def test_s40_what_is_covered_decides() -> None:
    """As before, and eyes are met at all. Off: a mask that leaves nothing free."""

    def meets_eyes(run: Run) -> bool:
        return int((run.seen_by("lookers")["friend_eyes"] == 1).sum()) > 12

    for claim in (reads_the_eyes, meets_eyes):
        row = Row(lambda: masked("face"), claim, ticks=40, watch=tuple(range(12)),
                  on=UNBROKEN, without=lambda: masked("all"))  # fmt: skip
        put_to_the_test(row)


MERRY = {**alike(courage=1.0, aggression=0.0), "humour": plain(1.0)}


def winkers() -> Paper:
    """Humorous men in masks, each with an enemy before him and another as near behind his back;
    others as humorous, whose faces are bare, or who have nobody's eyes before them.
    """
    paper = paired("winkers", {}, {"side": "blue", "masked": "face", "personality": MERRY})
    for name, side, y, facing, keys in (
        ("behind", "red", 23.3, "south", {}),
        ("bare", "blue", 4, "north", {"personality": MERRY}),
        ("before_bare", "red", 5.6, "south", {}),
        ("eyeless", "red", 34, "north", {"masked": "all"}),
        ("before_eyeless", "blue", 35.6, "south", {"masked": "face", "personality": MERRY}),
    ):
        calm = {"personality": alike(courage=1.0, aggression=0.0)}
        paper.unit(
            name, side=side, count=12, place=(40, y), facing=facing,
            formation={"ranks": 1, "spacing": 5}, **{**calm, **STILL, **keys},
        )  # fmt: skip
    return paper


def turned_from(run: Run, seen: np.ndarray) -> np.ndarray:
    """Whether the enemy looked at has his back to whoever looks."""
    foe = run.before(seen, "foe")
    return np.asarray(foe["hx"] * seen["foe_dx"] + foe["hy"] * seen["foe_dy"] > 0.0)


def winks_unnerve_who_sees_the_eye(run: Run) -> bool:
    """Whoever sees one is a little more afraid at that look, and at no other so much; nobody sees
    one from behind, and none is given with a bare face or to whom one cannot look in the eyes.
    """
    masked = run.unit("others")
    winks = run.of(w.EVENT_WINK)["fighter"]
    behind = run.seen_by("behind")
    behind = behind[behind["foe"] >= 0]
    backs = turned_from(run, behind)
    unseen = backs & (run.before(behind, "foe")["winks"] > 0)
    seen = run.seen_by("lookers")
    rise = run.frames[seen["tick"], seen["fighter"]]["fear"] - run.before(seen)["fear"]
    winked = seen["foe_winks"] == 1
    return (
        winked.sum() >= 3
        and len(winks) >= 3
        and bool(((winks >= masked.start) & (winks < masked.stop)).all())
        and bool((rise[winked] > 0.02).all())
        and bool((rise[~winked] < 0.02).all())
        and unseen.sum() >= 3
        and not behind["foe_winks"][backs].any()
    )


def test_s41_a_wink_unnerves_whoever_sees_the_eye() -> None:
    """Over a mask, at a short distance, face to face. Off: nobody minds."""
    row = Row(winkers, winks_unnerve_who_sees_the_eye, ticks=60, watch=tuple(range(37)),
              on=(*UNBROKEN, "parameters.talk.wink_per_s=1"), arrange=held_back,
              off=("parameters.fear.wink=0",))  # fmt: skip
    put_to_the_test(row)


def captains() -> Paper:
    """Lookers before afraid men of whom each leads somebody, and before such as lead nobody."""
    paper = Paper("captains", field=(120, 40)).side("red").side("far")
    keys = {"side": "red", "personality": alike(courage=1.0, aggression=0.0)}
    for number in range(6):
        for kind, y, leader in (("leader", 10, {}), ("man", 30, "none")):
            x = 10 + 16 * number
            paper.unit(f"seer_of_{kind}_{number}", count=1, place=(x, y), facing="north",
                       **keys, **STILL)  # fmt: skip
            paper.unit(
                f"{kind}_{number}", count=1, place=(x, y + 1.6), facing="south", leader=leader,
                orders={"do": "hold"}, opening={"fear": plain(0.8)}, **keys,
            )  # fmt: skip
    paper.unit("nobody", side="far", count=1, place=(119, 1), **STILL)
    return paper


def leaders_show_less(run: Run) -> bool:
    """At the first look: what is seen of either's fear, though they feel the same."""
    felt, shown = {}, {}
    for kind in ("leader", "man"):
        first = [run.seen_by(f"seer_of_{kind}_{k}")[0]["fear_seen"] for k in range(6)]
        shown[kind] = float(np.mean(first))
        felt[kind] = [float(run.frames[0][run.unit(f"{kind}_{k}")]["fear"][0]) for k in range(6)]
    return felt["leader"] == felt["man"] and shown["leader"] < 0.7 * shown["man"]


def test_s42_a_leader_hides_his_fear() -> None:
    """Less of it is in his face than in others'. Off: leaders who hide nothing."""
    row = Row(captains, leaders_show_less, ticks=4, watch=tuple(range(24)),
              off=("parameters.mood.leader_hides=0",))  # fmt: skip
    put_to_the_test(row)


PAIRS = 8


def under_him(masked: str = "none") -> Paper:
    """Men each with the leader of his unit before him, and as many with one who leads nobody."""
    paper = Paper("under_him", field=(20 * PAIRS + 20, 60)).side("red").side("far")
    for number in range(PAIRS):
        for kind, y, leader in (("led", 15, {}), ("others", 45, "none")):
            paper.unit(
                f"{kind}_{number}", side="red", count=2, place=(20 * number + 10, y),
                masked=masked, leader=leader, orders={"do": "hold"},
                personality=alike(courage=1.0, aggression=0.0),
            )  # fmt: skip
    return paper.unit("nobody", side="far", count=1, place=(0.5, 59), **STILL)


def first_in_terror(battle: Battle) -> None:
    """The first of every two faces the other from near, in terror; the other is calm."""
    firsts, seconds = battle.state.fighters[:-1:2], battle.state.fighters[1:-1:2]
    firsts["x"], firsts["y"] = seconds["x"], seconds["y"] + 1.5
    firsts["hx"], firsts["hy"], seconds["hx"], seconds["hy"] = 0.0, -1.0, 0.0, 1.0
    firsts["fear"], seconds["fear"] = 0.9, 0.0


def of_kind(ids: np.ndarray, kind: str) -> np.ndarray:
    """Which of the fighters stand before one in terror who is of that kind: led, or others."""
    return (ids % 2 == 1) & (ids // 2 % 2 == ("led", "others").index(kind))


def read_of(run: Run, kind: str) -> float:
    """The most fear that any of those of a kind reads in a face, in eyes, or in his side."""
    seen = run.seen[of_kind(run.seen["fighter"], kind)]
    return float(max(seen[of].max() for of in ("fear_seen", "friend_fear", "mood_friends")))


def caught(run: Run, kind: str) -> float:
    """The most fear that has come upon any of them."""
    return float(run.frames[:, of_kind(np.arange(run.frames.shape[1]), kind)]["fear"].max())


def his_fear_is_his_alone(run: Run) -> bool:
    """None of those who see a leader's face and eyes reads fear in them or takes any on, though
    he himself knows well that he is afraid.
    """
    feels = run.minds[run.minds["fighter"] % 2 == 0]["fear"]
    return float(feels.min()) > 0.4 and read_of(run, "led") == 0.0 and caught(run, "led") == 0.0


def fear_of_others_is_caught(run: Run) -> bool:
    """The same fear in one who leads nobody is read, and caught."""
    return read_of(run, "others") > 0.1 and caught(run, "others") > 0.02


S42 = {
    "holds": his_fear_is_his_alone,
    "still": fear_of_others_is_caught,
    "ticks": 24,
    "watch": tuple(range(4 * PAIRS)),
    "arrange": first_in_terror,
    "on": (*UNBROKEN, *LASTING, "parameters.mood.leader_hides=1"),
    "off": ("parameters.mood.leader_hides=0",),
}


def test_s42_nobody_catches_a_leaders_fear() -> None:
    """Of one who hides all of it nothing is read, and nothing caught, by those under him.

    Off: leaders who hide nothing.
    """
    put_to_the_test(Row(under_him, **S42))  # type: ignore[arg-type]


def test_s42_nor_from_his_eyes() -> None:
    """The same over a mask, which leaves but the eyes to be read."""
    put_to_the_test(Row(lambda: under_him("face"), **S42))  # type: ignore[arg-type]


LEADERS = 8


def leaders_bear_more(run: Run) -> bool:
    """In the fear in which others break, nobody who leads does."""
    broke = set(run.of(w.EVENT_BREAK)["fighter"].tolist())
    return not broke & set(range(LEADERS))


def others_break(run: Run) -> bool:
    """Those who lead nobody run in either battle."""
    broke = set(run.of(w.EVENT_BREAK)["fighter"].tolist())
    return broke >= set(range(LEADERS, 2 * LEADERS))


def of_equal_fear() -> Paper:
    """People far from each other in a fear that goes on; half of them are leaders."""
    paper = Paper("equals", field=(300, 60)).side("red").side("far")
    for kind, y, leader in (("leader", 15, {}), ("man", 45, "none")):
        for number in range(LEADERS):
            paper.unit(
                f"{kind}_{number}", side="red", count=1, place=(20 + 30 * number, y),
                leader=leader, orders={"do": "hold"}, opening={"fear": plain(0.68)},
                personality=alike(),
            )  # fmt: skip
    return paper.unit("nobody", side="far", count=1, place=(299, 59), **STILL)


def test_s42_a_leader_bears_more_fear() -> None:
    """He holds where others run. Off: his nerve is like anybody's."""
    row = Row(of_equal_fear, leaders_bear_more, ticks=60,
              off=("parameters.rout.leader=0",),
              on=(*LASTING, "parameters.fear.flight_per_s=0", "parameters.fear.odds_per_s=0"),
              still=others_break)  # fmt: skip
    put_to_the_test(row)


def facing_fear(what: str) -> Paper:
    """Men before enemies in terror, out of reach of a blow."""
    paper = paired("facing", {}, {"side": "blue", "masked": what, "opening": {"fear": plain(0.9)}})
    return paper.parameter("fear.calm_per_s", 0.005)


def held_back(battle: Battle) -> None:
    """Nobody can strike: all have just done so, for long."""
    battle.state.fighters["recover"] = 30_000


def mood_is_read(run: Run) -> bool:
    """How afraid the enemy seems comes of looks at faces."""
    seen = run.seen_by("lookers")
    last = seen[seen["tick"] > seen["tick"].max() - 4]
    read = float((last["mood_foes"] > 0.3).mean()) > 0.8
    told = bool((seen["foe_faces"] > 0).any())
    return read and told


def test_s46_a_sides_mood_is_read_from_faces() -> None:
    """The fear of the enemy, by those who see it. Off: nobody draws conclusions."""
    row = Row(lambda: facing_fear("none"), mood_is_read, ticks=60, watch=tuple(range(12)),
              on=UNBROKEN, arrange=held_back,
              off=("parameters.mood.settles_per_s=0",))  # fmt: skip
    put_to_the_test(row)


def test_s46_only_faces_seen_tell_of_it() -> None:
    """As before. Off: faces and eyes that are covered."""
    row = Row(lambda: facing_fear("none"), mood_is_read, ticks=60, watch=tuple(range(12)),
              on=UNBROKEN, arrange=held_back,
              without=lambda: facing_fear("all"))  # fmt: skip
    put_to_the_test(row)


def runners_past() -> Paper:
    """Green men and experts, each with an enemy who runs across before him."""
    paper = Paper("past", field=(200, 60)).side("red").side("blue")
    for kind, training, y in (("green", 0.1, 15), ("expert", 0.95, 45)):
        for name, side, at, facing in (
            (kind, "red", y, "north"),
            (f"{kind}_foes", "blue", y + 1.5, "east"),
        ):
            paper.unit(
                name, side=side, count=30, place=(100, at), facing=facing, training=training,
                formation={"ranks": 1, "spacing": 6} if side == "red" else
                {"shape": "column", "ranks": 30, "spacing": 6},
                personality=alike(courage=1.0), **STILL,
            )  # fmt: skip
    return paper


def at_a_run(battle: Battle) -> None:
    """The enemies run at full speed."""
    fighters = battle.state.fighters
    fighters["speed"][fighters["side"] == 1] = 6000


def blurs_to_the_untrained(run: Run) -> bool:
    """At the first look: both know that somebody is there; only the trained know who."""
    first = {}
    for kind in ("green", "expert"):
        seen = run.seen_by(kind)
        first[kind] = seen[(seen["foe_m"] > 0.9) & (seen["foe_m"] < 1.6)]
    green, expert = first["green"], first["expert"]
    if min(len(green), len(expert)) < 3:
        return False
    unknown = bool((green["foe"] == -1).all()) and bool((green["foe_m"] > 0.0).all())
    return unknown and bool((expert["foe"] >= 0).all())


def test_s23_fast_movement_is_a_blur_to_untrained_eyes() -> None:
    """The percept says that somebody is there, and to the trained who.

    Off: eyes that follow everything.
    """
    row = Row(runners_past, blurs_to_the_untrained, ticks=1, watch=tuple(range(120)),
              arrange=at_a_run, off=("parameters.sight.follow_rad_per_s=1000",))  # fmt: skip
    put_to_the_test(row)


def enemies_behind() -> Paper:
    """Throwers who see all round, with the enemy at their backs."""
    paper = Paper("behind", field=(80, 60)).side("red").side("blue")
    paper.weapon("barb", reach=0.5, force=60, kind="cut", thrown=True, range=20, speed=20,
                 spread=2)  # fmt: skip
    paper.unit(
        "throwers", side="red", count=20, place=(40, 30), facing="north", all_round=True,
        formation={"ranks": 1, "spacing": 1.5}, weapons=["knife", {"name": "barb", "count": 6}],
        personality=alike(courage=1.0, aggression=1.0), **STILL,
    )  # fmt: skip
    paper.unit(
        "marks", side="blue", count=20, place=(40, 20), facing="north", armour="none",
        formation={"ranks": 1, "spacing": 1.5}, personality=alike(courage=1.0, aggression=0.0),
        **STILL,
    )  # fmt: skip
    return paper


def thrown_backward(run: Run) -> bool:
    """Missiles leave hands with the back still to the enemy, and some of them hit."""
    throws = run.of(w.EVENT_THROW)
    hands = run.frames[throws["tick"], throws["fighter"]]
    backward = hands["hy"] > 0.9
    wounds = run.of(w.EVENT_WOUND)
    return int(backward.sum()) >= 5 and bool(np.isin(wounds["other"], throws["fighter"]).any())


def test_s22_a_throw_backward_without_turning() -> None:
    """By such as perceive what is behind them. Off: they turn to throw like everybody else."""
    row = Row(enemies_behind, thrown_backward, ticks=25, off=("parameters.throw.backward=0",))
    put_to_the_test(row)


def counters() -> Paper:
    """Two bands before like crowds; the one calm and fresh, the other afraid and spent."""
    paper = Paper("counting", field=(400, 120)).side("red").side("blue")
    for kind, x, opening in (
        ("calm", 80, {}), ("gripped", 320, {"fear": plain(0.6), "fatigue": plain(0.9)}),
    ):  # fmt: skip
        paper.unit(
            kind, side="red", count=24, place=(x, 40), facing="north", opening=opening,
            formation={"ranks": 1, "spacing": 2}, personality=alike(courage=1.0, aggression=0.0),
            **STILL,
        )  # fmt: skip
        paper.unit(
            f"{kind}_foes", side="blue", count=60, place=(x, 75), facing="south",
            formation={"ranks": 1, "spacing": 1}, personality=alike(courage=1.0, aggression=0.0),
            **STILL,
        )  # fmt: skip
    return paper


def count_is_lost_under_load(run: Run) -> bool:
    """Errors of the estimate against what was in sight, as logarithms."""
    error = {}
    for kind in ("calm", "gripped"):
        seen = run.seen_by(kind)
        sight = seen["foes_near"] + seen["crowd_foes"]
        counted = seen[sight > 10.0]
        error[kind] = np.log(counted["estimate"] / sight[sight > 10.0])
    wider = error["gripped"].std() > 1.3 * error["calm"].std()
    return bool(wider) and bool(error["gripped"].mean() < error["calm"].mean() - 0.1)


def test_s17_losing_count_of_the_enemy_under_load() -> None:
    """The estimate errs more, and lower, in those whom fear and weariness grip.

    Off: load that takes nothing of the count.
    """
    row = Row(counters, count_is_lost_under_load, ticks=40, watch=tuple(range(108)),
              on=(*UNBROKEN, "parameters.fear.calm_per_s=0.005"),
              off=("parameters.sight.count_load=0",
                   "parameters.sight.count_load_low=0"))  # fmt: skip
    put_to_the_test(row)


def waiting() -> Paper:
    """Two bands who stand and wait, one of them in fear."""
    paper = Paper("waiting", field=(200, 40)).side("red").side("blue")
    for kind, x, opening in (("calm", 40, {}), ("tense", 160, {"fear": plain(0.7)})):
        paper.unit(
            kind, side="red", count=10, place=(x, 20), opening=opening,
            personality=alike(courage=1.0, aggression=0.0), formation={"spacing": 3}, **STILL,
        )  # fmt: skip
    paper.unit("nobody", side="blue", count=1, place=(199, 1), **STILL)
    return paper


def seems_to_last(run: Run) -> tuple[np.ndarray, np.ndarray]:
    """At the last looks: how many times as long as by the clock it has lasted, as the calm feel it,
    and as the tense do.
    """
    ids, last = np.unique(run.minds["fighter"][::-1], return_index=True)
    minds = run.minds[::-1][last]
    ahead = minds["felt_s"] / (minds["tick"] * float(run.battle.world.clock[0]))
    return ahead[ids < 10], ahead[ids >= 10]


def time_feels_long(run: Run) -> bool:
    """To the calm as well."""
    return bool(seems_to_last(run)[0].min() > 1.02)


def longer_in_fear(run: Run) -> bool:
    """To the tense longer than to any of the calm."""
    calm, tense = seems_to_last(run)
    return bool(tense.min() > calm.max() + 0.05)


S05: dict[str, Any] = {
    "paper": waiting,
    "ticks": 300,
    "watch": tuple(range(20)),
    "on": (*UNBROKEN, "parameters.fear.calm_per_s=0.005"),
}


def test_s05_time_feels_long_under_stress() -> None:
    """One's own estimate runs ahead of the clock, further in fear. Off: it is the same to all."""
    put_to_the_test(Row(**S05, holds=longer_in_fear, still=time_feels_long,
                        off=("parameters.feel.time_stress=0",)))  # fmt: skip


def test_s05_time_feels_long() -> None:
    """As before. Off: a clock in every calm head."""
    put_to_the_test(Row(**S05, holds=time_feels_long, still=longer_in_fear,
                        off=("parameters.feel.time_runs=1",)))  # fmt: skip


def companions_know_first(run: Run) -> bool:
    """Of those who notice how they bleed: that a companion had it in his percepts before, what
    they believe then against the truth, and that some were told.
    """
    notices = run.of(w.EVENT_NOTICE)
    _, firsts = np.unique(notices["fighter"], return_index=True)
    notices = notices[firsts]
    lead, below = [], []
    for event in notices:
        seen = run.seen[(run.seen["hurt"] == event["fighter"])]
        first = int(seen["tick"].min()) if len(seen) else run.engine.now
        lead.append(int(event["tick"]) - first)
        bearer = run.frames[int(event["tick"]), int(event["fighter"])]
        below.append(float(event["value"]) < 0.9 * float(bearer["flow"]))
    told = (notices["other"] != notices["fighter"]).sum()
    return len(notices) >= 8 and np.median(lead) >= 3 and np.mean(below) > 0.8 and told >= 2


def test_s13_a_wound_bleeds_more_than_its_bearer_realises() -> None:
    """A companion's percept comes first; what he believes then is too little.

    Off: everybody knows at once, and all.
    """
    row = Row(wounded_among_friends, companions_know_first, ticks=200, watch=tuple(range(60)),
              on=("parameters.feel.notice_lull_per_s=0",), off=("parameters.feel.notice_per_s=1000",
                   "parameters.feel.bleeding_share=1"))  # fmt: skip
    put_to_the_test(row)


def test_s13_companions_tell() -> None:
    """As before. Off: nobody says a word to anybody."""
    row = Row(wounded_among_friends, companions_know_first, ticks=200, watch=tuple(range(60)),
              on=("parameters.feel.notice_lull_per_s=0",),
              off=("parameters.feel.told_per_s=0",))  # fmt: skip
    put_to_the_test(row)
