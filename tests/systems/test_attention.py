"""What holds the attention, and what is missed meanwhile: S19, S63, S64, S66."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from affray.world.battle import Battle
from tests.systems.harness import Row, Run, alike, plain, put_to_the_test

QUIET = (
    "parameters.talk.banter=0", "parameters.talk.address=0", "parameters.talk.rally=0",
    "parameters.voice.scream_chance=0",
)  # fmt: skip
"""Nobody talks, and nobody screams but whoever is made to."""
UNGRIPPED = ("parameters.grip.clear_db=300",)


def screams(unit: str, level_db: int) -> Callable[[Battle], None]:
    """An opening in which the first of a unit screams at once."""

    def arrange(battle: Battle) -> None:
        first = battle.unit_first[battle.unit_names.index(unit)]
        battle.state.fighters["scream"][first] = level_db

    return arrange


def composed(share: float) -> dict[str, dict[str, float]]:
    """Fearless people, alike, of so much composure."""
    return {**alike(courage=1.0, aggression=1.0), "composure": plain(share)}


# ------------------------------------------------------------------------------ preoccupation


def a_fight_and_its_dead() -> Paper:
    """Two lines in close combat, who see companions fall beside them."""
    paper = Paper("beside", field=(80, 40)).side("red").side("blue")
    for side, y, facing in (("red", 19, "north"), ("blue", 20.2, "south")):
        paper.unit(
            f"{side}s", side=side, count=90, place=(40, y), facing=facing, armour="none",
            orders={"do": "hold"}, formation={"ranks": 3, "spacing": 0.9},
            personality=composed(1.0),
        )  # fmt: skip
    return paper


def falls_beside_are_missed(run: Run) -> bool:
    """Of the companions who fell before their eyes, near by, the busy miss some."""
    missed = 0
    for seen in run.seen:
        before = run.frames[seen["tick"] - 1]
        me = before[seen["fighter"]]
        if me["act"] not in (w.STRIKE, w.LUNGE, w.GUARD) or me["fell"] < 255:
            continue
        dx, dy = before["x"] - me["x"], before["y"] - me["y"]
        d = np.hypot(dx, dy)
        ahead = dx * me["hx"] + dy * me["hy"] > 0.4 * d
        fresh = (before["fell"] < run.engine.world.clock[1]) & (before["side"] == me["side"])
        missed += bool((fresh & ahead & (d > 0.1) & (d < 1.8)).any()) and seen["fallen"] < 0
    return missed >= 3


def test_s19_the_preoccupied_miss_what_happens_beside_them() -> None:
    """No percept is logged of some falls beside them. Off: a fight leaves all attention."""
    row = Row(a_fight_and_its_dead, falls_beside_are_missed, ticks=150, watch=tuple(range(180)),
              on=(*QUIET, "parameters.rout.break_per_s=0"),
              off=("parameters.attend.fight=1",))  # fmt: skip
    put_to_the_test(row)


# ------------------------------------------------------------------------------ screams


def three_fights() -> Paper:
    """The same small fight near one who screams, farther off and far off; a few are unmoved."""
    paper = Paper("halt", field=(240, 60)).side("red").side("blue")
    paper.unit("screamer", side="red", count=1, place=(10, 20), orders={"do": "hold"})
    for place, x in (("near", 25), ("middle", 95), ("far", 165)):
        for side, y, facing, share in (("red", 29.4, "north", 0.4), ("blue", 30.6, "south", 0.4)):
            paper.unit(
                f"{side}_{place}", side=side, count=16, place=(x, y), facing=facing,
                orders={"do": "hold"}, formation={"ranks": 2, "spacing": 1}, armour="plate",
                weapons=["knife"], personality=composed(share),
            )  # fmt: skip
        paper.unit(
            f"unmoved_{place}", side="red", count=3, place=(x, 31.9), facing="south",
            orders={"do": "charge"}, weapons=["knife"], armour="plate",
            personality=composed(1.0),
        )  # fmt: skip
    return paper


def halts_and_lets_go(run: Run) -> bool:
    """Hearers stop, later the farther off they are; a blow brings them back, and so does time."""
    gripped = run.of(w.EVENT_GRIP)
    when = []
    for place in ("near", "middle", "far"):
        ids = np.concatenate([np.r_[run.unit(f"{side}_{place}")] for side in ("red", "blue")])
        here = gripped[np.isin(gripped["fighter"], ids)]
        if len(here) < 16:
            return False
        when.append(float(here["tick"].mean()))
    blows, victims = run.blows()
    struck = blows[victims["grip"] > 2]
    at_once = run.frames[struck["tick"], struck["other"]]["grip"]
    halted = (blows["tick"] > 8) & (blows["tick"] <= 14)
    later = (blows["tick"] > 80) & (blows["tick"] <= 86)
    return (
        when == sorted(when)
        and when[2] > when[0] + 1.0
        and halted.sum() < 0.6 * later.sum()
        and len(struck) > 0
        and not at_once.any()
        and not run.frames[-1]["grip"].any()
    )


def test_s63_a_scream_halts_the_battle() -> None:
    """Staggered by distance; let go in time or when touched. Off: nothing transfixes anybody."""
    row = Row(three_fights, halts_and_lets_go, ticks=150, arrange=screams("screamer", 130),
              on=(*QUIET, "parameters.rout.break_per_s=0"), off=UNGRIPPED)  # fmt: skip
    put_to_the_test(row)


def three_fights_before_a_chief() -> Paper:
    """A chief who is soon struck down, and the same small fight at three distances from him; in
    each the one line faces him and the other has him behind.
    """
    paper = Paper("chief", field=(120, 60)).side("red").side("blue")
    paper.weapon("maul", reach=1.5, force=500, kind="cut")
    paper.unit(
        "chief", side="red", count=1, place=(60, 45), facing="north", leader={}, armour="none",
        orders={"do": "hold"}, training="green", personality=composed(1.0), weapons=["knife"],
    )  # fmt: skip
    paper.unit(
        "killer", side="blue", count=1, place=(60, 46.2), facing="south", weapons=["maul"],
        orders={"do": "charge"}, training="elite", armour="plate", personality=composed(1.0),
        leader="none",
    )  # fmt: skip
    for place, y in (("near", 33), ("middle", 20), ("far", 7)):
        for side, off, facing in (("red", -0.6, "north"), ("blue", 0.6, "south")):
            paper.unit(
                f"{side}_{place}", side=side, count=16, place=(60, y + off), facing=facing,
                orders={"do": "hold"}, formation={"ranks": 2, "spacing": 1}, armour="plate",
                weapons=["knife"], personality=composed(0.4), leader="none",
            )  # fmt: skip
    return paper


def holds_who_sees_it_and_lets_go(run: Run) -> bool:
    """Those who face him stop, later the farther off they are, nobody else; a blow brings them
    back, and so does time.
    """
    gripped, chief = run.of(w.EVENT_GRIP), run.unit("chief").start
    falls = run.of(w.EVENT_FALL)
    fell = falls[falls["fighter"] == chief]["tick"]
    if len(fell) == 0:
        return False
    gripped = gripped[gripped["tick"] < fell[0] + 15]  # he may rise, and fall again
    late, where = [], []
    for place in ("near", "middle", "far"):
        here = run.unit(f"red_{place}")
        mine = gripped[(gripped["fighter"] >= here.start) & (gripped["fighter"] < here.stop)]
        late.append(float(mine["tick"].mean()) - fell[0] if len(mine) else 0.0)
        where.append(len(mine))
    blows, victims = run.blows()
    struck = blows[victims["grip"] > 2]
    at_once = run.frames[struck["tick"], struck["other"]]["grip"]
    facing = {one for place in ("near", "middle", "far") for one in np.r_[run.unit(f"red_{place}")]}
    return (
        min(where) >= 5
        and late == sorted(late)
        and late[2] > late[0] + 1.0
        and set(gripped["fighter"].tolist()) <= facing | {run.unit("killer").start}
        and bool((gripped["other"] == chief).all())
        and len(struck) > 0
        and not at_once.any()
        and not run.frames[-1]["grip"].any()
    )


def test_s63_a_spectacle_halts_who_sees_it() -> None:
    """A leader's fall, by sight alone. Off: no fall stands out."""
    row = Row(three_fights_before_a_chief, holds_who_sees_it_and_lets_go, ticks=200,
              on=(*QUIET, "parameters.rout.break_per_s=0", "parameters.strike.hit=0.5",
                  "parameters.grip.spectacle_db=122", "parameters.hear.detect_db=300"),
              off=("parameters.grip.spectacle_db=0",))  # fmt: skip
    put_to_the_test(row)


def two_columns() -> Paper:
    """Two columns on their way, of little composure and of much, and one who screams."""
    paper = Paper("ignored", field=(120, 160)).side("red").side("blue")
    paper.unit("screamer", side="blue", count=1, place=(60, 90), orders={"do": "hold"})
    for name, x, share in (("moved", 45, 0.0), ("unmoved", 75, 1.0)):
        paper.unit(
            name, side="red", count=20, place=(x, 60), facing="north", orders={"do": "advance"},
            formation={"ranks": 5}, personality=composed(share),
        )  # fmt: skip
    return paper


def heard_and_ignored(run: Run) -> bool:
    """Both hear it; the one column goes on as before, the other stands."""
    acts = {}
    for name in ("moved", "unmoved"):
        heard = run.heard_by(name)
        if len(np.unique(heard["fighter"])) < 18:
            return False
        after = run.frames[heard["tick"], heard["fighter"]]["act"]
        acts[name] = after
    goes_on, stands = acts["unmoved"] == w.ADVANCE, acts["moved"] == w.HOLD
    return bool(goes_on.all()) and float(stands.mean()) > 0.7


def test_s64_heard_and_ignored() -> None:
    """The percept is there, the act as before. Off: composure is worth nothing."""
    row = Row(two_columns, heard_and_ignored, ticks=8, watch=tuple(range(41)),
              arrange=screams("screamer", 114), on=(*QUIET, "parameters.decide.noise=0"),
              off=("parameters.grip.composure_db=0",))  # fmt: skip
    put_to_the_test(row)


def creepers() -> Paper:
    """People who stare to the north, each with an enemy coming up from behind; half of them are
    not easily moved.
    """
    paper = Paper("creeping", field=(160, 160)).side("red").side("blue")
    paper.weapon("dagger", reach=0.6, force=60, kind="thrust")
    paper.unit("screamer", side="red", count=1, place=(80, 120), orders={"do": "hold"})
    for name, x, share in (("rapt", 55, 0.0), ("watchful", 105, 1.0)):
        paper.unit(
            name, side="red", count=8, place=(x, 60), facing="north", orders={"do": "hold"},
            formation={"ranks": 1, "spacing": 5}, weapons=["dagger"], armour="none",
            personality=composed(share),
        )  # fmt: skip
        paper.unit(
            f"behind_{name}", side="blue", count=8, place=(x, 56.5), facing="north",
            orders={"do": "advance"}, formation={"ranks": 1, "spacing": 5}, weapons=["dagger"],
            armour="none", personality=composed(1.0),
        )  # fmt: skip
    return paper


def noticed_first(run: Run, name: str) -> list[bool]:
    """For each of a unit who was struck: whether he had perceived an enemy before."""
    blows, found = run.of(w.EVENT_BLOW), []
    for one in range(run.unit(name).start, run.unit(name).stop):
        struck = blows["tick"][blows["other"] == one]
        mine = run.seen[(run.seen["fighter"] == one) & (run.seen["foe"] >= 0)]
        if len(struck):
            found.append(bool((mine["tick"] <= struck[0]).any()))
    return found


def creeping_goes_unnoticed(run: Run) -> bool:
    """Most of those who stare are struck unawares; those who do not, notice who comes."""
    rapt, watchful = noticed_first(run, "rapt"), noticed_first(run, "watchful")
    return len(rapt) >= 5 and sum(rapt) <= 1 and sum(watchful) >= len(watchful) - 1


def test_s66_creeping_while_all_stare() -> None:
    """The transfixed do not feel who comes up behind them, others do. Off: they do as well."""
    row = Row(creepers, creeping_goes_unnoticed, ticks=40, watch=tuple(range(33)),
              arrange=screams("screamer", 124), on=QUIET,
              off=("parameters.attend.rapt=1",))  # fmt: skip
    put_to_the_test(row)


def before_their_eyes() -> Paper:
    """People who stare, each with an enemy before him."""
    paper = Paper("unguarded", field=(160, 800)).side("red").side("blue")
    paper.unit("screamer", side="red", count=1, place=(150, 400), orders={"do": "hold"})
    for name, side, x, facing, share in (
        ("rapt", "red", 60, "east", 0.0), ("strikers", "blue", 60.8, "west", 1.0),
    ):  # fmt: skip
        paper.unit(
            name, side=side, count=240, place=(x, 400), facing=facing, orders={"do": "hold"},
            formation={"ranks": 1, "spacing": 3}, weapons=["knife"], armour="none",
            personality=composed(share),
        )  # fmt: skip
    return paper


def most_blows_go_home(run: Run) -> bool:
    """Of the first blows at those who stare, more than six in ten."""
    blows, victims = run.blows()
    blows = blows[victims["grip"] > 0]
    return len(blows) > 40 and float((blows["value"] == w.HIT).mean()) > 0.6


def test_s66_who_stares_hardly_parries() -> None:
    """Off: they parry as if they saw it coming."""
    row = Row(before_their_eyes, most_blows_go_home, ticks=20, arrange=screams("screamer", 130),
              on=(*QUIET, "parameters.strike.hit=0.2"),
              off=("parameters.strike.rapt=0",))  # fmt: skip
    put_to_the_test(row)
