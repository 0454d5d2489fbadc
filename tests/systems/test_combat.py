"""Blows, throws, wounds and reserves: S09 to S12, S14, S16, S18, S20, S24."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from affray.world.battle import Battle
from tests.systems.harness import SEEDS, Row, Run, alike, fight, put_to_the_test


def melee(count: int = 40, *, gap_m: float = 1.2, apart_m: float = 0.9, **keys: object) -> Paper:
    """Two single lines within reach of each other; `keys` are those of both units."""
    paper = Paper("melee", field=(count * apart_m + 20, 60)).side("red").side("blue")
    paper.parameter("strike.hit", 0.4)
    both = {"weapons": ["sword"], "armour": "none", "personality": alike(courage=1.0), **keys}
    for unit, side, y, facing in (
        ("south", "red", 9, "north"),
        ("north", "blue", 9 + gap_m, "south"),
    ):
        paper.unit(
            unit, side=side, count=count, place=(10 + count * apart_m / 2, y),
            facing=facing, formation={"ranks": 1, "spacing": apart_m}, **both,
        )  # fmt: skip
    return paper


def counts(run: Run, kind: int) -> np.ndarray:
    """(N,) how often each fighter had an event of this kind."""
    return np.bincount(run.of(kind)["fighter"], minlength=run.frames.shape[1])


def swings(run: Run) -> np.ndarray:
    """(N,) how many swings of each have come to their end: begun, none is taken back, and who
    falls has his end at once.
    """
    before = run.frames[:-1]
    swung = np.isin(before["act"], (w.STRIKE, w.LUNGE)) & (before["act_left"] > 0)
    ends = (before["act_left"] == 1) | (before["status"] != w.UP)
    return np.asarray((swung & ends).sum(axis=0))


def tallies_reconcile(run: Run) -> bool:
    """Swings, throws, falls, rises, faints, wounds and deaths leave exactly the bodies that are
    there.
    """
    first, last = run.frames[0], run.frames[-1]
    falls, rises = counts(run, w.EVENT_FALL), counts(run, w.EVENT_RISE)
    status, out = last["status"], run.frames["status"] == w.OUT
    wounds = run.engine.state.wounds[: run.engine.wounds_used]
    told = run.of(w.EVENT_WOUND)
    blows = run.of(w.EVENT_BLOW)
    hits = blows[blows["value"] == w.HIT]
    by_hand = blows[np.isin(blows["place"], (w.STRIKE, w.LUNGE))]["fighter"]
    thrown = first["missiles"].astype(int) - last["missiles"].astype(int)
    same = (
        np.array_equal(falls - rises, ~np.isin(status, (w.UP, w.LEFT)))
        and np.array_equal(counts(run, w.EVENT_FAINT), (out[1:] & ~out[:-1]).sum(axis=0))
        and np.array_equal(counts(run, w.EVENT_DEATH), status == w.DEAD)
        and np.array_equal(counts(run, w.EVENT_LEAVE), status == w.LEFT)
        and all(
            sorted(zip(one["tick"], one[whose], one[giver], strict=True))
            == sorted(zip(wounds["tick"], wounds["fighter"], wounds["by"], strict=True))
            for one, whose, giver in ((told, "fighter", "other"), (hits, "other", "fighter"))
        )
        and np.array_equal(np.bincount(by_hand, minlength=len(last)), swings(run))
        and np.array_equal(counts(run, w.EVENT_THROW), thrown)
    )
    return same and all(len(run.of(kind)) > 0 for kind in TALLIED)


TALLIED = (
    w.EVENT_BLOW, w.EVENT_THROW, w.EVENT_WOUND, w.EVENT_FALL, w.EVENT_RISE, w.EVENT_FAINT,
    w.EVENT_DEATH,
)  # fmt: skip


def thrown_and_struck() -> Paper:
    """A melee with throwers behind one of the lines."""
    return melee(30, orders={"do": "hold"}).unit(
        "throwers", side="red", count=20, place=(25, 4), facing="north", orders={"do": "hold"},
        weapons=["knife", {"name": "stone", "count": 3}], personality=alike(courage=1.0),
    )  # fmt: skip


def test_s09_swings_throws_falls_and_tallies_reconcile_exactly() -> None:
    """Events, counted, are the state of the bodies, to one.

    Off: a log that lacks one of them, of whatever kind, or has one twice.
    """
    for seed in SEEDS:
        run = fight(Row(thrown_and_struck, tallies_reconcile, ticks=200), seed)
        assert tallies_reconcile(run)
        for kind in TALLIED:
            one = int(np.flatnonzero(run.events["kind"] == kind)[-1])
            lacking = replace(run, events=np.delete(run.events, one))
            doubled = replace(run, events=np.append(run.events, run.events[one]))
            assert not tallies_reconcile(lacking), w.EVENT_NAMES[kind]
            assert not tallies_reconcile(doubled), w.EVENT_NAMES[kind]


def with_reserve(when: dict[str, object]) -> Paper:
    """A melee, and a reserve that enters when told to."""
    paper = melee(30)
    return paper.reserve(
        "more", side="blue", count=13, enters=(20, 15), when=when, facing="south"
    )  # fmt: skip


def falls_of(run: Run, unit: str) -> np.ndarray:
    """Ticks in which somebody of a unit fell."""
    falls, here = run.of(w.EVENT_FALL), run.unit(unit)
    inside = (falls["fighter"] >= here.start) & (falls["fighter"] < here.stop)
    return np.asarray(falls[inside]["tick"])


def two_for_each(run: Run) -> bool:
    """In every tick twice as many have entered as had fallen, until all have, and they are up."""
    more, enters = run.unit("more"), run.of(w.EVENT_ENTER)
    falls = falls_of(run, "north")
    each_tick = all(
        int((enters["tick"] <= t).sum()) == min(2 * int((falls <= t).sum()), 13)
        for t in range(run.engine.now + 1)
    )
    waiting = run.frames[-1][more]["status"] == w.RESERVE
    inside = set(enters["fighter"].tolist()) == set(range(more.start, more.stop))
    return each_tick and inside and not waiting.any()


def test_s10_one_falls_and_two_more_appear() -> None:
    """Two of the reserve enter for each who falls, until it is empty.

    Off: they enter by the clock, all at once, while as many fall.
    """
    row = Row(lambda: with_reserve({"falls_in": "north", "enter": 2}), two_for_each, ticks=200,
              without=lambda: with_reserve({"at": 10}),
              still=lambda run: len(falls_of(run, "north")) > 6)  # fmt: skip
    put_to_the_test(row)


def costly(cost: float) -> Paper:
    paper = melee(30, weapons=["great_blow", "knife"])
    return paper.weapon("great_blow", reach=1.0, force=60, energy=cost)


def gives_up_what_it_cannot_pay(run: Run) -> bool:
    rows = {name: number for number, name in enumerate(run.battle.weapon_names)}
    great, knife = rows["great_blow"], rows["knife"]
    cost = float(run.battle.world.weapons["cost"][great])
    blows = run.of(w.EVENT_BLOW)
    energy = run.before(blows)["energy"]
    paid = bool((energy[blows["weapon"] == great] >= cost).all())
    lesser = blows["weapon"] == knife
    return paid and lesser.sum() > 10 and (blows["weapon"] == great).sum() > 10


def test_s11_a_great_technique_is_given_up_when_energy_runs_out() -> None:
    """Nobody uses it below its cost; the next weapon takes its place. Off: it costs nothing."""
    row = Row(lambda: costly(0.3), gives_up_what_it_cannot_pay, ticks=150,
              without=lambda: costly(0.0))  # fmt: skip
    put_to_the_test(row)


def barbs() -> Paper:
    """Throwers and their marks, twenty metres apart; all stay where they are."""
    paper = Paper("barbs", field=(60, 60)).side("red").side("blue")
    paper.weapon("barb", reach=0.5, force=60, kind="thrust", embeds=1, thrown=True, range=30,
                 speed=20, spread=3)  # fmt: skip
    for name, side, y, facing, weapons in (
        ("marks", "red", 20, "north", ["sword"]),
        ("throwers", "blue", 40, "south", ["knife", {"name": "barb", "count": 3}]),
    ):
        paper.unit(
            name, side=side, count=60, place=(30, y), facing=facing, weapons=weapons,
            formation={"ranks": 3, "spacing": 1}, armour="none", orders={"do": "hold"},
            personality=alike(courage=1.0, aggression=0.0),
        )  # fmt: skip
    return paper


def bleeding_before(run: Run) -> np.ndarray:
    """What those bled who had but the one wound and a blade in it, as a share of what it bled once
    the blade was out.
    """
    wounds, binds = run.of(w.EVENT_WOUND), run.of(w.EVENT_BIND)
    shares = []
    for pull in run.of(w.EVENT_PULL):
        tick, fighter = int(pull["tick"]), int(pull["fighter"])
        own = [
            ((log["fighter"] == fighter) & (log["tick"] <= tick)).sum() for log in (wounds, binds)
        ]
        if own == [1, 0] and pull["value"] > 20:
            shares.append(float(run.frames[tick - 1, fighter]["flow"]) / float(pull["value"]))
    return np.array(shares)


def bleeds_far_more_at_the_pull(run: Run) -> bool:
    """More than for the blade's being out of the way alone, or for its tearing the wound alone."""
    shares = bleeding_before(run)
    return len(shares) >= 10 and bool((shares < 0.25).all())


S12 = {
    "paper": barbs,
    "holds": bleeds_far_more_at_the_pull,
    "ticks": 200,
    "still": lambda run: len(bleeding_before(run)) >= 10,
}


def test_s12_pulling_an_embedded_blade_bleeds() -> None:
    """It tears the wound. Off: it tears nothing."""
    put_to_the_test(Row(**S12, off=("parameters.body.pull_factor=1",)))  # type: ignore[arg-type]


def test_s12_a_blade_left_in_plugs_its_wound() -> None:
    """As before. Off: it plugs nothing."""
    put_to_the_test(Row(**S12, off=("parameters.body.plug_factor=1",)))  # type: ignore[arg-type]


PAINS = (0.0, 0.3, 0.9)


def in_pain(battle: Battle) -> None:
    """A third of the fighters each without pain, below the threshold, and far above it."""
    battle.state.fighters["pain"] = np.array(PAINS)[np.arange(len(battle.state.fighters)) % 3]


def bundles() -> Paper:
    """Long, even fights with bundles of straw, which wound nobody."""
    paper = melee(90, weapons=["bundle"])
    return paper.weapon("bundle", reach=1.2, force=0, kind="blunt", mass=0, recovery=2)


def pain_hinders_only_past_the_threshold(run: Run) -> bool:
    blows = counts(run, w.EVENT_BLOW)
    rates = [float(blows[k::3].mean()) for k in range(3)]
    return abs(rates[1] / rates[0] - 1.0) < 0.05 and rates[2] < 0.85 * rates[0]


def test_s14_pain_without_impairment() -> None:
    """Below the threshold, as many blows are struck as without pain; above it, fewer.

    Off: no threshold.
    """
    row = Row(bundles, pain_hinders_only_past_the_threshold, ticks=300, arrange=in_pain,
              on=("parameters.body.pain_fades_per_s=0",),
              off=("parameters.body.pain_threshold=0",))  # fmt: skip
    put_to_the_test(row)


def from_the_front(run: Run, blows: np.ndarray, victims: np.ndarray) -> np.ndarray:
    """Whether each blow came from before its victim."""
    strikers = run.before(blows)
    dx, dy = strikers["x"] - victims["x"], strikers["y"] - victims["y"]
    return np.asarray(dx * victims["hx"] + dy * victims["hy"] > 0.8 * np.hypot(dx, dy))


def opening_used(run: Run) -> bool:
    """Plain strikes from the front go home more often at those who have lunged."""
    blows, victims = run.blows()
    plainly = (victims["status"] == w.UP) & (blows["place"] == w.STRIKE)
    plainly &= from_the_front(run, blows, victims)
    lunging = victims["act"] == w.LUNGE
    ready = np.isin(victims["act"], (w.STRIKE, w.ADVANCE, w.HOLD))
    home = blows["value"] == w.HIT
    at_lunging, at_ready = home[plainly & lunging], home[plainly & ready]
    if min(len(at_lunging), len(at_ready)) < 100:
        return False
    return float(at_lunging.mean()) > 1.15 * float(at_ready.mean())


def lungers() -> Paper:
    """Pairs, wide apart: one who lunges about every second time, and one who never does."""
    paper = Paper("lungers", field=(4550, 20)).side("red").side("blue")
    paper.parameter("strike.hit", 0.5)
    for unit, side, count, y, facing, eager in (
        ("eager", "red", 1801, 9, "north", 0.87),
        ("cool", "blue", 1800, 10.2, "south", 0.3),
    ):
        paper.unit(
            unit, side=side, count=count, place=(2275, y), facing=facing, armour="none",
            formation={"ranks": 1, "spacing": 2.5}, weapons=["sword"],
            personality=alike(courage=1.0, aggression=eager),
        )  # fmt: skip
    return paper


def opening_taken(run: Run) -> bool:
    """Those who are free to begin a blow do so more often when the one before them has lunged."""
    eager, cool = run.unit("eager"), run.unit("cool")
    x = run.frames[0]["x"]
    before_him = eager.start + np.abs(x[eager][None, :] - x[cool][:, None]).argmin(axis=1)
    foe, me = run.frames[:-1, before_him], run.frames[:-1, cool]
    begun = run.frames[1:, cool]
    free = (me["act_left"] == 0) & (me["recover"] == 0)
    free &= (me["status"] == w.UP) & (foe["status"] == w.UP)
    strikes = np.isin(begun["act"], (w.STRIKE, w.LUNGE)) & (begun["act_left"] > 0)
    at_lunging = strikes[free & (foe["act"] == w.LUNGE)]
    at_ready = strikes[free & np.isin(foe["act"], (w.STRIKE, w.ADVANCE, w.HOLD, w.GUARD))]
    if min(len(at_lunging), len(at_ready)) < 1000:
        return False
    return float(at_lunging.mean()) > 1.5 * float(at_ready.mean())


def test_s18_a_lunge_exposes() -> None:
    """A blow at one who lunges goes home more often. Off: no opening, though it is looked for."""
    row = Row(lungers, opening_used, ticks=60, off=("parameters.strike.open=1",),
              still=opening_taken)  # fmt: skip
    put_to_the_test(row)


def test_s18_a_foe_near_by_uses_the_opening() -> None:
    """One who lunges is struck at more often. Off: nobody looks for openings, though they are as
    great.
    """
    row = Row(lungers, opening_taken, ticks=60, off=("parameters.decide.opening=0",),
              still=opening_used)  # fmt: skip
    put_to_the_test(row)


def rocks() -> Paper:
    """Slingers of heavy rocks at ten metres, and a crowd without armour before them."""
    paper = Paper("rocks", field=(80, 40)).side("red").side("blue")
    paper.weapon("rock", reach=0.5, force=70, kind="blunt", thrown=True, flat=True, range=20,
                 speed=20, spread=3, carried=14, mass=0.5)  # fmt: skip
    paper.unit(
        "marks", side="red", count=120, place=(40, 12), facing="north", armour="none",
        formation={"ranks": 4, "spacing": 1}, personality=alike(courage=1.0, aggression=0.0),
        orders={"do": "hold"},
    )  # fmt: skip
    paper.unit(
        "throwers", side="blue", count=120, place=(40, 26), facing="south",
        weapons=["knife", "rock"], formation={"ranks": 3, "spacing": 1.2},
        personality=alike(courage=1.0, aggression=0.0), orders={"do": "hold"},
    )  # fmt: skip
    return paper


def kills_by_place_and_force(run: Run) -> bool:
    """At one force the neck is lethal and arm and trunk are not."""
    rock = run.battle.weapon_names.index("rock")
    wounds = run.of(w.EVENT_WOUND)
    wounds = wounds[(wounds["weapon"] == rock) & (wounds["value"] >= 0.7)]
    wounds = wounds[wounds["value"] < 1.5]
    same = ["tick", "fighter", "other", "value"]
    died = run.of(w.EVENT_DEATH)[same].tolist()
    dead = np.array([wound in died for wound in wounds[same].tolist()])
    neck = wounds["place"] == w.NECK
    shoulder = (wounds["place"] == w.ARM) | (wounds["place"] == w.TORSO)
    if neck.sum() < 2 or shoulder.sum() < 20:
        return False
    return bool(dead[neck].all()) and not bool(dead[shoulder].any())


def test_s20_a_thrown_rock_kills_by_place_and_force() -> None:
    """The neck is lethal at a force at which the shoulder is not. Off: no neck is that tender."""
    row = Row(rocks, kills_by_place_and_force, ticks=200,
              off=("parameters.strike.lethal_neck=5",))  # fmt: skip
    put_to_the_test(row)


def the_fallen_still_strike(run: Run) -> bool:
    """Wounds given by somebody who lay on the ground when his blow landed."""
    wounds = run.of(w.EVENT_WOUND)
    givers = run.before(wounds, "other")["status"]
    return int(((givers == w.DEAD) | (givers == w.OUT) | (givers == w.DOWN)).sum()) >= 2


def test_s24_a_dead_mans_blow_still_lands() -> None:
    """A blow begun before its owner fell lands on somebody. Off: the fall takes all its force."""
    row = Row(lambda: melee(200), the_fallen_still_strike, ticks=100,
              off=("parameters.strike.dying_share=0",))  # fmt: skip
    put_to_the_test(row)


def over_the_fallen(status: int) -> Run:
    """One stands over an enemy who lies at his feet."""

    def lies(battle: Battle) -> None:
        battle.state.fighters["status"][1] = status

    def paper() -> Paper:
        paper = Paper("over", field=(40, 40)).side("red").side("blue")
        paper.unit("victor", side="red", count=1, place=(20, 20), facing="north", leader="none",
                   personality=alike(courage=1.0, aggression=1.0))  # fmt: skip
        return paper.unit("fallen", side="blue", count=1, place=(20, 20.9), facing="south",
                          leader="none")  # fmt: skip

    row = Row(paper, lambda run: True, ticks=40, watch=(0,), arrange=lies,
              on=("parameters.body.rise_s=6",))  # fmt: skip
    return fight(row, 1)


def test_who_lies_senseless_is_taken_for_dead() -> None:
    """Nobody strikes at him. If he has his senses, the enemy who stands over him does."""
    senseless, awake = over_the_fallen(w.OUT), over_the_fallen(w.DOWN)

    assert swings(awake)[0] > 0
    assert swings(senseless)[0] == 0
    assert (senseless.seen["foe"] == -1).all()
