"""What is said and cried, and who gets how much of it: S28, S34, S39, S67, S75, S76, S89."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from affray.world.battle import Battle
from tests.systems.harness import SEEDS, Row, Run, alike, fight, plain, put_to_the_test

QUIET = (
    "parameters.talk.banter=0", "parameters.talk.address=0", "parameters.talk.rally=0",
    "parameters.talk.laugh_chance=0",
)  # fmt: skip
"""Nobody has anything to say but what he is made to say."""


def speaks(unit: str, says: int, *, out_in: int) -> Callable[[Battle], None]:
    """An opening in which the first of a unit is speaking, and would be done in so many ticks."""

    def arrange(battle: Battle) -> None:
        speaker = battle.state.fighters[battle.unit_first[battle.unit_names.index(unit)]]
        speaker["says"], speaker["says_left"] = says, out_in

    return arrange


def screams(unit: str, level_db: int) -> Callable[[Battle], None]:
    """An opening in which the first of a unit screams at once."""

    def arrange(battle: Battle) -> None:
        first = battle.unit_first[battle.unit_names.index(unit)]
        battle.state.fighters["scream"][first] = level_db

    return arrange


def standing(paper: Paper, name: str, place: tuple[float, float], count: int, **more: Any) -> None:
    """A unit of red that stands there."""
    keys: dict[str, Any] = {"side": "red", "facing": "north", "orders": {"do": "hold"}}
    paper.unit(name, count=count, place=place, **{**keys, **more})


def a_quarrel_off() -> Paper:
    """A speaker amid a crowd spread far and wide, and a fight beside a part of it."""
    paper = Paper("quarrel", field=(420, 300)).side("red").side("blue").side("green")
    standing(paper, "speaker", (150, 150), 1, personality={**alike(), "voice": plain(0.0)})
    standing(paper, "listeners", (150, 151), 180, formation={"ranks": 12, "spacing": 16})
    for side, y, facing in (("blue", 149, "north"), ("green", 150.5, "south")):
        paper.unit(
            f"{side}s", side=side, count=60, place=(300, y), facing=facing, weapons=["knife"],
            formation={"ranks": 2, "spacing": 1}, armour="plate", orders={"do": "hold"},
            personality=alike(courage=1.0, aggression=1.0),
        )  # fmt: skip
    return paper


def heard_when_it_beats_the_din(run: Run) -> bool:
    """Each who looked as it came: he heard it if it was so loud there, and only then; some did not
    who would have in quiet.
    """
    (said,) = run.of(w.EVENT_SAY)[:1]
    p = run.engine.world.params[0]
    got = {(int(h["fighter"]), int(h["tick"])) for h in run.heard if h["by"] == said["fighter"]}
    heard, drowned = 0, 0
    for seen in run.seen_by("listeners"):
        me = run.frames[seen["tick"] - 1, seen["fighter"]]
        d = max(float(np.hypot(said["x"] - me["x"], said["y"] - me["y"])), 1.0)
        comes = int(said["tick"]) + 1 + int(d / (340.0 * run.engine.world.clock[0]))
        if not comes <= seen["tick"] < comes + int(run.engine.world.clock[1]):
            continue
        level = float(said["value"]) - 20.0 * np.log10(d) - float(p.hear_air_db_per_m) * d
        above_quiet = level - float(p.din_quiet_db) - float(p.hear_detect_db)
        margin = above_quiet - (float(seen["din"]) - float(p.din_quiet_db))
        if abs(margin) < 0.05:
            continue
        if ((int(seen["fighter"]), int(seen["tick"])) in got) != (margin > 0.0):
            return False
        heard, drowned = heard + (margin > 0.0), drowned + (margin <= 0.0 < above_quiet - 1.0)
    return heard > 20 and drowned > 5


def test_s28_speech_against_the_noise() -> None:
    """Heard exactly where it beats the din. Off: fighting makes no noise, and all hear it."""
    row = Row(a_quarrel_off, heard_when_it_beats_the_din, ticks=34, watch=tuple(range(181)),
              arrange=speaks("speaker", w.SAY_BANTER, out_in=25), off=("parameters.din.blow_db=0",),
              on=(*QUIET, "parameters.voice.scream_chance=0"))  # fmt: skip
    put_to_the_test(row)


def two_troops(apart_m: float = 12.0) -> Paper:
    """A speaker with his own troop about him, and the next troop so far off."""
    paper = Paper("troops", field=(240, 40)).side("red").side("blue")
    standing(paper, "troop", (20, 20), 12, formation={"ranks": 3})
    standing(paper, "next_troop", (20 + apart_m, 20), 12, formation={"ranks": 3})
    return paper


def logged(run: Run, unit: str) -> np.ndarray:
    """What those of a unit understood of what was said."""
    heard = run.heard_by(unit)
    return heard[heard["got"] == w.UNDERSTOOD]


def is_overheard(run: Run) -> bool:
    """The content is in the log of those to whom it was not said, as that of others' talk."""
    overheard = logged(run, "next_troop")
    banter = bool((overheard["says"] == w.SAY_BANTER).all())
    return len(overheard) >= 8 and banter and not overheard["meant"].any()


def his_own_are_told(run: Run) -> bool:
    """The content is in the log of the speaker's own troop, as said to them."""
    told = logged(run, "troop")
    return len(told) >= 8 and bool((told["says"] == w.SAY_BANTER).all() and told["meant"].all())


S34 = {"ticks": 6, "watch": tuple(range(24)), "on": QUIET}


def test_s34_overhearing_the_neighbouring_troop() -> None:
    """Who is not addressed but within earshot logs the content. Off: they stand out of earshot.

    His own troop are told it in either place.
    """
    row = Row(
        two_troops,
        is_overheard,
        without=lambda: two_troops(200.0),
        still=his_own_are_told,
        arrange=speaks("troop", w.SAY_BANTER, out_in=1),
        **S34,
    )  # type: ignore[arg-type]
    put_to_the_test(row)


def lifted_by(run: Run, unit: str) -> int:
    """How many of a unit say that they were lifted by what they understood."""
    here = run.unit(unit)
    lifted = run.of(w.EVENT_LIFT)["fighter"]
    return int(((lifted >= here.start) & (lifted < here.stop)).sum())


def test_s34_what_is_overheard_lifts_too() -> None:
    """Words that others are told do their work on the next troop. Off: they do none on them.

    They have overheard them all the same, and the troop that was told is lifted.
    """

    def still(run: Run) -> bool:
        return is_overheard(run) and lifted_by(run, "troop") >= 8

    row = Row(
        two_troops,
        lambda run: lifted_by(run, "next_troop") >= 8,
        still=still,
        arrange=speaks("troop", w.SAY_BANTER, out_in=1),
        off=("parameters.talk.overheard=0",),
        **S34,
    )  # type: ignore[arg-type]
    put_to_the_test(row)


def speaker_near_foes(about: str) -> Paper:
    """One who speaks to a troop some way off, beside another man, with enemies about one of the
    two.
    """
    paper = Paper("cut_off", field=(60, 60)).side("red").side("blue")
    unmoved = alike(courage=1.0, aggression=0.0)
    keys = {"armour": "none", "weapons": ["knife"], "personality": unmoved, "leader": "none"}
    places = {"speaker": (24.0, 24.0), "other": (36.0, 24.0)}
    for name, place in places.items():
        standing(paper, name, place, 1, **keys)
    standing(paper, "troop", (30, 36), 16, formation={"ranks": 4}, personality=unmoved)
    paper.unit(
        "foes", side="blue", count=8, place=(places[about][0], 22.6), facing="north",
        orders={"do": "hold"}, formation={"ranks": 2, "spacing": 0.8},
        personality=alike(courage=1.0, aggression=1.0),
    )  # fmt: skip
    return paper


def heard_of_him(run: Run) -> np.ndarray:
    """How much each of the troop got of what the speaker said."""
    heard = run.heard_by("troop")
    heard = heard[(heard["by"] == run.unit("speaker").start) & (heard["way"] == w.BY_VOICE)]
    return np.asarray(heard[heard["says"] != w.SAY_SCREAM]["got"])


def only_the_first_part_is_heard(run: Run) -> bool:
    """He is cut off as he falls or screams; most have how it began, and nobody has the whole."""
    cut, got = run.of(w.EVENT_CUT), heard_of_him(run)
    if len(cut) != 1:
        return False
    at, speaker = int(cut["tick"][0]), run.unit("speaker").start
    cries = run.of(w.EVENT_SAY)
    cried = (cries["fighter"] == speaker) & (cries["place"] == w.SAY_SCREAM) & (cries["tick"] == at)
    stopped = bool(cried.any()) or run.frames[at, speaker]["status"] != w.UP
    return stopped and (got == w.FIRST_PART).sum() > 8 and not (got == w.UNDERSTOOD).any()


def he_speaks_in_a_fight(run: Run) -> bool:
    """He is heard, and a man beside the troop is struck down, whichever of the two it is."""
    wounded = set(run.of(w.EVENT_WOUND)["fighter"].tolist())
    two = {run.unit(name).start for name in ("speaker", "other")}
    return len(heard_of_him(run)) > 8 and len(two & wounded) == 1


def test_s39_speech_cut_off() -> None:
    """Hearers get the first part only. Off: the same enemies are about the man beside him, whom
    they strike down with the same noise, and most of the troop hear him out.
    """
    row = Row(lambda: speaker_near_foes("speaker"), only_the_first_part_is_heard, ticks=104,
              without=lambda: speaker_near_foes("other"), still=he_speaks_in_a_fight,
              arrange=speaks("speaker", w.SAY_RALLY, out_in=100), watch=tuple(range(18)),
              on=("parameters.talk.banter=0", "parameters.talk.address=0"))  # fmt: skip
    put_to_the_test(row)

    def hear_him_out(run: Run) -> bool:
        got = heard_of_him(run)
        return len(run.of(w.EVENT_CUT)) == 0 and bool((got == w.UNDERSTOOD).sum() > 8)

    assert all(hear_him_out(fight(row, seed, switched_off=True)) for seed in SEEDS)


def screamers(woman: str = "woman", beast: str = "inhuman") -> Paper:
    """One with her own people around her and one who is not of this world, both of whom scream
    before strangers.
    """
    paper = Paper("timbre", field=(80, 60)).side("red").side("blue")
    standing(paper, "hers", (30, 30), 24, formation={"ranks": 4}, leader={"timbre": woman})
    standing(paper, "beast", (70, 30), 1, leader={"timbre": beast})
    standing(paper, "strangers", (50, 30), 24, formation={"ranks": 4})
    return paper


def both_scream(battle: Battle) -> None:
    """The first of the people and the beast scream, one after the other."""
    screams("hers", 100)(battle)
    battle.state.fighters["scream"][24] = 108


def screams_of(run: Run, unit: str, by: str) -> np.ndarray:
    """The screams of the first of a unit that another unit heard."""
    heard = run.heard_by(unit)
    return heard[(heard["says"] == w.SAY_SCREAM) & (heard["by"] == run.unit(by).start)]


def the_class_is_known(run: Run) -> bool:
    """All who hear them know a woman's scream from one that is not human."""
    classes = ((by, screams_of(run, "strangers", by)["timbre"]) for by in ("hers", "beast"))
    right = {"hers": w.WOMAN, "beast": w.INHUMAN}
    return all(len(one) >= 20 and bool((one == right[by]).all()) for by, one in classes)


def strangers_know_nobody(run: Run) -> bool:
    """Strangers hear both, and know neither."""
    heard = [screams_of(run, "strangers", by) for by in ("hers", "beast")]
    return min(map(len, heard)) >= 20 and not any(one["known"].any() for one in heard)


S67 = {"ticks": 6, "watch": tuple(range(49)), "arrange": both_scream, "on": QUIET}


def test_s67_timbre_without_identity() -> None:
    """The class of a voice is logged, who it was is not. Off: both have voices like a man's, of
    which the same is heard.
    """
    row = Row(
        screamers,
        the_class_is_known,
        without=lambda: screamers("man", "man"),
        still=strangers_know_nobody,
        **S67,
    )  # type: ignore[arg-type]
    put_to_the_test(row)


def test_s67_who_it_was_is_known_by_the_voice_alone() -> None:
    """Only her own people may know whose scream it was. Off: nobody knows anybody's voice; the
    class is heard as before.
    """

    def her_own_know_her(run: Run) -> bool:
        return bool(screams_of(run, "hers", "hers")["known"].any())

    def still(run: Run) -> bool:
        nobody = not screams_of(run, "hers", "beast")["known"].any()
        return nobody and strangers_know_nobody(run) and the_class_is_known(run)

    row = Row(
        screamers, her_own_know_her, off=("parameters.hear.known_voice=0",), still=still, **S67
    )  # type: ignore[arg-type]
    put_to_the_test(row)


def a_shout(*to: str) -> Paper:
    """One who has something to shout to some, amid many who hear it."""
    paper = Paper("shout", field=(80, 60)).side("red").side("blue")
    runs = [{"do": "hold"}, {"do": "withdraw", "to": list(to), "when": {"no_foes": True}}]
    trusting = {**alike(discipline=1.0), "voice": plain(0.5)}
    standing(paper, "caller", (30, 30), 1, leader={}, orders=runs, personality=trusting)
    standing(paper, "the_one", (40, 30), 1, personality=trusting)
    standing(paper, "many", (36, 40), 30, formation={"ranks": 3}, personality=trusting)
    return paper


def orders_heard(run: Run, unit: str) -> np.ndarray:
    """What those of a unit heard that was an order."""
    heard = run.heard_by(unit)
    return heard[heard["says"] == w.SAY_ORDER]


def only_one_is_meant(run: Run) -> bool:
    """Meant for one, who goes; heard by many, who stay."""
    goes = run.frames[-1]["act"] == w.FALL_BACK
    others_are_not = not orders_heard(run, "many")["meant"].any()
    return others_are_not and np.flatnonzero(goes).tolist() == [run.unit("the_one").start]


def all_hear_it(run: Run) -> bool:
    """The one is told, and goes; the many hear it."""
    told, goes = orders_heard(run, "the_one"), run.frames[-1]["act"] == w.FALL_BACK
    heard = len(orders_heard(run, "many")) >= 20
    return heard and bool((told["meant"] == 1).any() and goes[run.unit("the_one").start])


def test_s75_a_shout_to_one_heard_by_many() -> None:
    """Who is addressed differs from who hears. Off: it is said to them all."""
    row = Row(lambda: a_shout("the_one"), only_one_is_meant, ticks=25, watch=tuple(range(32)),
              without=lambda: a_shout("the_one", "many"), still=all_hear_it,
              on=(*QUIET, "parameters.obey.base=1"))  # fmt: skip
    put_to_the_test(row)


def words_in_the_wind() -> Paper:
    """One whose voice commands, and a troop so far off that a raised voice is half drowned."""
    paper = Paper("wind", field=(80, 60)).side("red").side("blue")
    standing(paper, "leader", (40, 20), 1, personality={**alike(), "voice": plain(1.0)})
    standing(paper, "troop", (40, 41), 40, formation={"ranks": 2, "spacing": 0.7})
    return paper


def it_carries(run: Run) -> bool:
    """Most of the troop understand all of it."""
    heard = run.heard_by("troop")
    return float((heard["got"] == w.UNDERSTOOD).sum()) > 0.7 * 40


def test_s76_a_quiet_order_that_carries() -> None:
    """A voice that commands passes the noise. Off: it is worth no decibel."""
    row = Row(words_in_the_wind, it_carries, ticks=6, watch=tuple(range(41)),
              arrange=speaks("leader", w.SAY_ADDRESS, out_in=1),
              on=(*QUIET, "parameters.din.quiet_db=60"),
              off=("parameters.voice.command_db=0",))  # fmt: skip
    put_to_the_test(row)


def listeners_all_round() -> Paper:
    """One who screams, and people at all distances about him."""
    paper = Paper("bearings", field=(300, 300)).side("red").side("blue")
    standing(paper, "screamer", (150, 150), 1)
    standing(paper, "listeners", (151, 152), 196, formation={"ranks": 14, "spacing": 9})
    return paper


def bearings_err_within_bounds(run: Run) -> bool:
    """Where each takes it to come from is off by something, by a little as a rule, by 42 degrees
    at the very most.
    """
    heard = run.heard
    me, by = run.before(heard), run.before(heard, "by")
    dx, dy = by["x"] - me["x"], by["y"] - me["y"]
    cross, dot = dx * heard["dy"] - dy * heard["dx"], dx * heard["dx"] + dy * heard["dy"]
    off = np.abs(np.arctan2(cross, dot))
    return len(off) > 150 and 0.03 < float(np.median(off)) < 0.2 and float(off.max()) < 0.73


def test_s89_a_voice_is_located() -> None:
    """The error of its bearing is bounded. Off: there is none."""
    row = Row(listeners_all_round, bearings_err_within_bounds, ticks=8, watch=tuple(range(197)),
              arrange=screams("screamer", 110), on=QUIET,
              off=("parameters.hear.bearing_rad=0",))  # fmt: skip
    put_to_the_test(row)
