"""What powers do to one, and for one: S55, S57-S62, S77, S81. What ruins: ``test_ruin.py``."""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, fight, put_to_the_test

CAPTOR, CAPTIVE = 0, 1


def stage(name: str, **sides: list[str]) -> Paper:
    """An empty field of 60 by 60 metres, and the sides that fight on it."""
    paper = Paper(name, field=(60, 60))
    for side, foes in (sides or {"red": ["blue"], "blue": ["red"]}).items():
        paper.side(side, hostile_to=foes)
    return paper


def one(paper: Paper, name: str, side: str, place: tuple[float, float], **keys: Any) -> None:
    """Somebody who stands alone, and knows no fear."""
    keys.setdefault("orders", {"do": "hold"})
    keys.setdefault("personality", alike(courage=1.0, aggression=0.5))
    keys.setdefault("weapons", ["fists"])
    paper.unit(name, side=side, count=1, place=place, **keys)


def use(power: str, whom: str | None = None, **keys: Any) -> dict[str, Any]:
    """A drive to use a power, stronger than anything else."""
    about = {} if whom is None else {"whom": whom}
    return {"do": "use", "power": power, **about, "strength": 8.0, **keys}


def captured(
    grip: float = 100.0,
    memories: tuple[str, ...] = (),
    drain: dict[str, Any] | None = None,
    fear: float = 0.0,
    **of_drink: Any,
) -> Paper:
    """Orin takes hold of Ana, and drinks of her."""
    paper = stage("captured")
    one(paper, "orin", "red", (30, 28), facing="east", opening={"energy": 0.5})
    one(paper, "ana", "blue", (31.5, 28), facing="west", leader="none", opening={"fear": fear},
        personality=alike(courage=1.0, aggression=1.0))  # fmt: skip
    paper.power("grip", range=1.8, lasts=60, cast=0.4, busy=True, hold={"grip": grip})
    of_drink.setdefault("drain", drain or {"stamina": 0.02})
    paper.power("drink", range=1.8, lasts=60, cast=0.4, holding=True, **of_drink)
    paper.person("Orin", unit="orin", ties={"Ana": {}}, powers=["grip", "drink"], drives=[
        use("grip", "Ana"), use("drink", "Ana", when={"what": "holds"}),
    ])  # fmt: skip
    paper.person("Ana", unit="ana", ties={"Orin": {}}, memories=list(memories))
    return paper


def number_of(run: Run, power: str) -> int:
    """The number that a power goes by in events."""
    return [one.name for one in run.battle.powers].index(power)


def uses(run: Run, power: str) -> np.ndarray:
    """Events in which a power took effect."""
    events = run.of(w.EVENT_POWER)
    return events[events["place"] == number_of(run, power)]


def place_of(run: Run, tick: int, fighter: int) -> np.ndarray:
    frame = run.frames[tick, fighter]
    return np.array([float(frame["x"]), float(frame["y"])])


# ------------------------------------------------------------------ holds


def is_held(run: Run) -> bool:
    """From the hold on she does nothing and gets nowhere."""
    taken = uses(run, "grip")
    if len(taken) == 0:
        return False
    ana = run.frames[int(taken["tick"][0]) :, 1]
    moved = np.hypot(ana["x"] - ana["x"][0], ana["y"] - ana["y"][0]).max()
    return bool(moved < 1.0 and set(ana["act"]) == {w.BE_HELD})


def is_spent(run: Run) -> bool:
    """Her struggle has cost her a good part of her strength."""
    return float(run.frames[-1, 1]["stamina"]) < 0.8


def only_held(grip: float = 100.0) -> Paper:
    """As ``captured``, and nothing is drunk of her that she could tire by."""
    return captured(grip=grip, drain={"pain": 0.001})


def test_s57_a_throat_hold() -> None:
    """Off: a grip without strength. She is free at once, and strikes back."""
    put_to_the_test(Row(only_held, is_held, ticks=100, without=lambda: only_held(0.0)))


def test_s57_the_struggle_uses_strength() -> None:
    """Off: to struggle costs nothing; she is held as before."""
    put_to_the_test(Row(only_held, is_spent, ticks=100, still=is_held,
                        off=("parameters.power.struggle_m_per_s=0",)))  # fmt: skip


def a_captive(clings: bool = True) -> Paper:
    """Orin would run from fire; Ana, whom he let go of, may cling to him."""
    paper = stage("cling")
    one(paper, "orin", "red", (30, 28), facing="east")
    one(paper, "ana", "blue", (31, 28), facing="west")
    paper.power("cling", range=1.8, lasts=20, cast=0.2, busy=True, hold={"grip": 100.0})
    paper.person("Orin", unit="orin", ties={"Ana": {}}, drives={"do": "flee", "strength": 5})
    paper.person("Ana", unit="ana", ties={"Orin": {}}, powers=["cling"],
                 drives=[use("cling", "Orin")] if clings else [])  # fmt: skip
    return paper


def stays_while_she_holds_him(run: Run) -> bool:
    return float(np.hypot(*(place_of(run, 60, 0) - place_of(run, 5, 0)))) < 1.5


def test_s81_a_captive_holds_the_captor_back() -> None:
    """Off: she has no will to."""
    row = Row(a_captive, stays_while_she_holds_him, ticks=60, without=lambda: a_captive(False))
    put_to_the_test(row)


def a_pair(hauls: bool = True, mass: str = "70 kg") -> Paper:
    """Berta cannot run; Carl sees somebody come whom he would get her away from."""
    paper = stage("pair")
    one(paper, "carl", "red", (30, 30), facing="west")
    one(paper, "berta", "red", (29, 31), facing="west", body={"mass": mass})
    one(paper, "foe", "blue", (14, 30), facing="east")
    paper.power("haul", range=1.8, lasts=60, cast=0.4, hold={"grip": 3, "hauls": hauls})
    paper.person(
        "Carl",
        unit="carl",
        ties={"Berta": {"love": 1}, "Foe": {}},
        powers=["haul"],
        drives=[use("haul", "Berta"), {"do": "avoid", "whom": "Foe", "strength": 3}],
    )
    paper.person("Berta", unit="berta", looks={"hair": "red"})
    paper.person("Foe", unit="foe", looks={"hair": "white"})
    return paper


# ------------------------------------------------------------------ what is taken


def cries_out(run: Run) -> bool:
    """Her scream has his power for its cause; those far off know no more than that one screamed."""
    screams = run.of(w.EVENT_SAY)
    screams = screams[(screams["fighter"] == 1) & (screams["place"] == w.SAY_SCREAM)]
    drunk = uses(run, "drink")
    if len(screams) == 0 or len(drunk) == 0:
        return False
    first = screams[0]
    caused = first["cause_event"][0] == w.EVENT_POWER and first["cause_id"][0] == 0
    heard = run.heard_by("far")
    return bool(caused and len(heard) > 0 and not heard["known"].any())


def forced(cry: bool = True) -> Paper:
    paper = captured(**({"cry": {"level": 110, "of": "other"}} if cry else {}))
    one(paper, "far", "blue", (55, 50))
    return paper


def test_s59_a_forced_scream() -> None:
    row = Row(forced, cries_out, ticks=60, watch=(2,), without=lambda: forced(False))
    put_to_the_test(row)


def afraid(fear: float, *, feeds: float = 0.05, frightens: float = 0.05) -> Paper:
    """He lives on the fear in her eyes, and the want of it frightens him."""
    return captured(feed={"energy": feeds, "composed": 0.2, "fear": frightens}, fear=fear)


def gains(run: Run) -> bool:
    """He has more energy than before."""
    return bool(run.frames[-1, CAPTOR]["energy"] > 0.85)


def is_frightened(run: Run) -> bool:
    """Fear has come upon him."""
    return bool(run.frames[-1, CAPTOR]["fear"] > 0.3)


def lives_on_fear(run: Run) -> bool:
    """He gains by her fear and is not frightened himself."""
    return gains(run) and bool(run.frames[-1, CAPTOR]["fear"] < 0.2)


def dreads_composure(run: Run) -> bool:
    """He is frightened, and gains nothing."""
    return is_frightened(run) and bool(run.frames[-1, CAPTOR]["energy"] < 0.75)


S58: dict[str, Any] = {
    "ticks": 100,
    "on": (
        "parameters.rout.break_per_s=0",
        "parameters.fear.calm_per_s=0.005",
        "parameters.effort.energy_per_s=0",
    ),
}


def test_s58_fear_feeds_him_and_composure_frightens_him() -> None:
    """Off: she is composed. That frightens him, and he gains nothing."""
    put_to_the_test(Row(lambda: afraid(1.0), lives_on_fear, without=lambda: afraid(0.0), **S58))


def test_s58_the_signs_are_opposite() -> None:
    """Off: she is afraid."""
    put_to_the_test(Row(lambda: afraid(0.0), dreads_composure, without=lambda: afraid(1.0), **S58))


def test_s58_it_is_on_her_fear_that_he_lives() -> None:
    """Off: he drinks of one as frightened, and it feeds nothing."""
    row = Row(lambda: afraid(1.0), gains, without=lambda: afraid(1.0, feeds=0.0), **S58)
    put_to_the_test(row)


def test_s58_it_is_her_composure_that_frightens_him() -> None:
    """Off: he drinks of one as composed, and does not mind."""
    row = Row(lambda: afraid(0.0), is_frightened, without=lambda: afraid(0.0, frightens=0.0), **S58)
    put_to_the_test(row)


def loses_all_in_order(run: Run) -> bool:
    """Her memories leave one by one, in order, and then her senses; he does nothing meanwhile."""
    lost = run.of(w.EVENT_FORGET)
    faint = run.of(w.EVENT_FAINT)
    if [int(v) for v in lost["value"]] != [2, 1, 0] or len(faint) == 0:
        return False
    spaced = bool((np.diff(lost["tick"]) >= 5).all())
    begun = int(uses(run, "drink")["tick"][0])
    idle = set(run.frames[begun : int(lost["tick"][-1]), 0]["act"]) <= {w.HOLD, w.USE}
    return spaced and idle and int(faint["tick"][0]) == int(lost["tick"][-1])


def test_s62_a_mind_drained() -> None:
    three = ("the first", "the second", "the last")
    row = Row(
        lambda: captured(memories=three, drain={"memories": 0.5}), loses_all_in_order, ticks=100,
        without=lambda: captured(memories=three, drain={"memories": 0}),
    )  # fmt: skip
    put_to_the_test(row)


def sunk_down(faints: bool = True, tone: str = "whisper") -> Paper:
    """Rue says something to Mara, and touches her on the neck; she sinks down."""
    paper = stage("sunk", red=["blue"], blue=["red"])
    one(paper, "rue", "red", (30, 30), facing="east")
    one(paper, "mara", "red", (31, 30), facing="west")
    one(paper, "foe", "blue", (1, 1))
    paper.notion("sleep", says="sleep now")
    paper.power("touch", range=1.5, cast=0.4, again=600, **(
        {"faint": {"lasts": 8}} if faints else {"heal": {}, "lasts": 1}
    ))  # fmt: skip
    paper.person("Rue", unit="rue", ties={"Mara": {}}, powers=["touch"], drives=[
        use("touch", "Mara", when={"what": "quiet", "within": 3}),
        {"do": "say", "notion": "sleep", "whom": "Mara", "tone": tone},
        {"do": "watch", "whom": "Mara", "strength": 0.5},
    ])  # fmt: skip
    paper.person("Mara", unit="mara", looks={"hair": "red"})
    return paper


def faints_and_comes_to(run: Run) -> bool:
    """She perceives nothing from the touch on until she wakes, and then does again."""
    touched, woke = uses(run, "touch")["tick"], run.of(w.EVENT_WAKE)["tick"]
    if len(touched) == 0 or len(woke) == 0:
        return False
    later = int(woke[0] - touched[0])
    logs = [run.seen_by("mara")["tick"], run.heard_by("mara")["tick"]]
    between = any(((log > touched[0]) & (log < woke[0])).any() for log in logs)
    return later == 40 and not between and bool((logs[0] > woke[0]).any())


def test_s55_pressure_point_faint() -> None:
    """Off: the same touch only mends."""
    row = Row(
        sunk_down, faints_and_comes_to, ticks=100, watch=(1,), without=lambda: sunk_down(False)
    )
    put_to_the_test(row)


def test_s55_the_last_whisper_is_faint() -> None:
    """The last that she hears before it goes dark are his words, and barely. Off: he says them
    aloud.
    """

    def last_heard(run: Run) -> Any:
        heard = run.heard_by("mara")
        return heard[heard["tick"] <= uses(run, "touch")["tick"][0]][-1]

    row = Row(
        sunk_down, lambda run: bool(last_heard(run)["level"] < 55.0), ticks=100, watch=(1,),
        without=lambda: sunk_down(tone="plain"),
        still=lambda run: bool(last_heard(run)["by"] == 0) and faints_and_comes_to(run),
    )  # fmt: skip
    put_to_the_test(row)


def arms_that_work_for_a_while(second: bool = True) -> Paper:
    """The first hold ends by its time, another takes its place."""
    paper = stage("arms")
    one(paper, "orin", "red", (30, 28), facing="east")
    one(paper, "ana", "blue", (31.5, 28), facing="west")
    paper.power("arms", range=1.8, lasts=4, cast=0.2, again=600, busy=True, hold={"grip": 100})
    paper.power("tongue", range=1.8, lasts=60, cast=0.2, busy=True, hold={"grip": 100})
    paper.person("Orin", unit="orin", ties={"Ana": {}}, powers=["arms", "tongue"], drives=[
        use("arms", "Ana"),
        *([use("tongue", "Ana", strength=4.0)] if second else []),
    ])  # fmt: skip
    paper.person("Ana", unit="ana")
    return paper


def goes_over_to_another(run: Run) -> bool:
    arms, tongue = uses(run, "arms")["tick"], uses(run, "tongue")["tick"]
    spent = run.of(w.EVENT_SPENT)
    spent = spent[spent["place"] == number_of(run, "arms")]["tick"]
    return len(arms) == 1 and len(tongue) == 1 and len(spent) == 1 and spent[0] - arms[0] == 20


def test_s60_a_power_that_lasts_a_while_then_another() -> None:
    row = Row(arms_that_work_for_a_while, goes_over_to_another, ticks=80,
              without=lambda: arms_that_work_for_a_while(False))  # fmt: skip
    put_to_the_test(row)


# ------------------------------------------------------------------ barriers


def besieged(barrier: bool = True, charge: float = 0.0) -> Paper:
    """One stands within a ring that others throw at and run against."""
    paper = stage("besieged")
    one(paper, "orin", "red", (30, 30), facing="east")
    paper.unit("throwers", side="blue", count=12, place=(44, 30), facing="west",
               weapons=["fists", {"name": "stone", "count": 9}], orders={"do": "charge"},
               personality=alike(courage=1.0, aggression=1.0))  # fmt: skip
    one(paper, "rue", "blue", (30, 44), facing="south")
    ring = {"barrier": {"radius": 4, "stops": ["things", "people"], "strength": 2}}
    paper.power("ring", lasts=120, cast=0.2, **(ring if barrier else {"sense": {}}))
    paper.power("charge", lasts=60, cast=0.2, charge=charge, boost={"speed": 1.5})
    paper.person("Orin", unit="orin", looks={"hair": "white"}, powers=["ring"], drives=use("ring"))
    paper.person("Rue", unit="rue", ties={"Orin": {"hatred": 1}}, powers=["charge"], drives=[
        use("charge"), {"do": "kill", "whom": "Orin", "strength": 5},
    ])  # fmt: skip
    return paper


def grass_within(run: Run, x: float, y: float, radius: float) -> np.ndarray:
    """The grass cells within a circle."""
    cols = 2 * int(run.battle.world.grid_cols[0])
    cells = np.arange(len(run.ground))
    dx, dy = cells % cols + 0.5 - x, cells // cols + 0.5 - y
    return np.asarray(dx * dx + dy * dy <= radius * radius)


def keeps_them_out(run: Run) -> bool:
    """Nobody gets in, nothing strikes him, no grass within is trodden; he is seen through it."""
    raised = uses(run, "ring")["tick"]
    if len(raised) == 0:
        return False
    late = run.frames[-1]
    inside = np.hypot(late["x"][1:] - 30.0, late["y"][1:] - 30.0) < 3.5
    untouched = len(run.of(w.EVENT_WOUND)[run.of(w.EVENT_WOUND)["fighter"] == 0]) == 0
    green = run.ground["grass"] == run.opening_ground["grass"]
    known = run.of(w.EVENT_KNOW)
    thrown = len(run.of(w.EVENT_THROW)) > 5
    return bool(
        not inside.any() and untouched and thrown and green[grass_within(run, 30, 30, 2.5)].all()
        and (known["fighter"] == 13).any()
    )  # fmt: skip


def test_s61_a_barrier_keeps_grass_green_inside() -> None:
    row = Row(besieged, keeps_them_out, ticks=100, without=lambda: besieged(False))
    put_to_the_test(row)


def breaks_through(run: Run) -> bool:
    """Only he whose charge is enough gets in, at whatever time."""
    away = np.hypot(run.frames["x"][:, 1:] - 30.0, run.frames["y"][:, 1:] - 30.0)
    inside = (away < 3.9).any(axis=0)
    breach = run.of(w.EVENT_BREACH)
    return bool(inside[-1] and not inside[:-1].any() and (breach["fighter"] == 13).all())


def test_s61_only_a_strong_enough_charge_passes() -> None:
    row = Row(lambda: besieged(charge=2.5), breaks_through, ticks=100,
              without=lambda: besieged(charge=1.5))  # fmt: skip
    put_to_the_test(row)


def hauled_m(run: Run) -> float:
    """How far Carl has got Berta."""
    return float(np.hypot(*(place_of(run, -1, 1) - place_of(run, 0, 1))))


def test_s77_hauling_another() -> None:
    """Off: a hold that does not haul."""
    row = Row(a_pair, lambda run: hauled_m(run) > 8.0, ticks=100,
              without=lambda: a_pair(hauls=False))  # fmt: skip
    put_to_the_test(row)


def test_s77_the_speed_of_the_pair_comes_of_both() -> None:
    """A light one is got away faster than a heavy one, and one who stands than one who lies."""
    light, heavy = (  # over eight seconds
        hauled_m(fight(Row(lambda m=mass: a_pair(mass=m), bool, ticks=40), 1))
        for mass in ("45 kg", "110 kg")
    )
    assert light > heavy + 1.0


# ------------------------------------------------------------------ for somebody's sake


def helped(love: float = 1.0) -> Paper:
    """A man goes at Mara from behind, unheard; Rue, far off, has but what lies at hand."""
    paper = stage("helped", red=["blue"], blue=["red"], none=[])
    one(paper, "mara", "red", (30, 30), facing="east", armour="plate", training=0.0)
    one(paper, "foe", "blue", (24, 30), facing="east", orders={"do": "advance", "toward": "mara"},
        personality=alike(courage=1.0, aggression=1.0))  # fmt: skip
    one(paper, "rue", "none", (30, 46), facing="south", training=1.0)
    paper.weapon("rock", reach=0.4, force=400, kind="blunt", thrown=True, range=40, speed=25,
                 spread=0.004, embeds=0)  # fmt: skip
    paper.power("rock", range=30, cast=0.2, again=2, hurl={"weapon": "rock"})
    paper.person("Mara", unit="mara", looks={"hair": "red"})
    paper.person("Rue", unit="rue", ties={"Mara": {"love": love}}, powers=["rock"], drives=[
        {"do": "watch", "whom": "Mara"},
        use("rock", "Mara", at="threat", when={"what": "threatened", "least": 0.4}),
    ])  # fmt: skip
    return paper


def throws_at_the_foe(run: Run) -> bool:
    """What he throws is thrown when she is threatened, and first hits the one who threatens her."""
    thrown = run.of(w.EVENT_THROW)
    hit = run.of(w.EVENT_WOUND)
    hit = hit[hit["other"] == 2]
    return len(thrown) > 0 and len(hit) > 0 and int(hit["fighter"][0]) == 1


def test_a_power_is_used_for_somebody_on_whoever_threatens_him() -> None:
    """Off: she is nothing to him."""
    row = Row(helped, throws_at_the_foe, ticks=250, without=lambda: helped(love=0.0),
              on=("parameters.throw.touch=1", "parameters.body.uneven=0",
                  "parameters.hear.steps_db=-100"))  # fmt: skip
    put_to_the_test(row)


def afraid_in_the_face(sees: str = "east", terror: float = 0.3) -> Paper:
    """Orin uses a second power once he sees fear in her face."""
    paper = captured(drain={"fear": terror})
    paper.power("sneer", range=2, cast=0.2, lasts=5, again=60, drain={"pain": 0.01})
    person = paper._data["people"][CAPTOR]
    person["powers"] = [*person["powers"], "sneer"]
    person["drives"] = [*person["drives"],
                        use("sneer", "Ana", when={"what": "fears", "least": 0.7})]  # fmt: skip
    return paper


def waits_for_her_fear(run: Run) -> bool:
    sneers = uses(run, "sneer")["tick"]
    if len(sneers) == 0:
        return False
    fear = run.frames[:, 1]["fear"]
    return bool(fear[sneers[0] - 3] > 0.6 and (fear[:5] < 0.6).all())


def test_fear_is_read_in_a_face() -> None:
    """Off: she is not afraid."""
    row = Row(afraid_in_the_face, waits_for_her_fear, ticks=60,
              without=lambda: afraid_in_the_face(terror=0.0))  # fmt: skip
    put_to_the_test(row)


def test_something_hurled_goes_to_where_the_other_was_seen() -> None:
    """Where he has got to since, out of sight, changes nothing of the throw."""
    from affray.engine.tick import Engine
    from affray.scenario.build import build

    def thrown(moved: bool) -> tuple[float, float]:
        engine = Engine(build(helped().scenario(), 1))
        engine.open()
        for _ in range(200):
            engine.tick()
            body = engine.state.fighters[2]
            if body["act"] == w.USE and body["act_left"] > 0 and moved:
                engine.state.fighters["y"][1] += 0.4
            if len(engine.state.missiles):
                missile = engine.state.missiles[0]
                return float(missile["dx"]), float(missile["dy"])
        raise AssertionError("nothing was thrown")

    assert thrown(False) == thrown(True)


# ------------------------------------------------------------------ in despair


def cornered(despairs: bool) -> Paper:
    """Ana, who has broken, beside Orin, with a hold that the broken can use, or not."""
    paper = stage("cornered")
    one(paper, "orin", "red", (30, 28), facing="east")
    one(paper, "ana", "blue", (31.2, 28), facing="west", leader="none",
        personality=alike(courage=0.0, discipline=0.0))  # fmt: skip
    paper.power("embrace", range=1.8, lasts=30, cast=0.2, busy=True, when_broken=despairs,
                hold={"grip": 50.0})  # fmt: skip
    paper.person("Orin", unit="orin", ties={"Ana": {}})
    paper.person("Ana", unit="ana", ties={"Orin": {}}, powers=["embrace"],
                 drives=[use("embrace", "Orin")])  # fmt: skip
    return paper


def breaks_at_once(battle: Any) -> None:
    battle.state.fighters["mood"][CAPTIVE] = w.BROKEN
    battle.state.fighters["fear"][CAPTIVE] = 1.0


def holds_on_in_despair(run: Run) -> bool:
    """She lays hold of him instead of running, and stays beside him."""
    apart = place_of(run, 60, CAPTOR) - place_of(run, 60, CAPTIVE)
    return len(uses(run, "embrace")) > 0 and float(np.hypot(*apart)) < 3.0


def test_who_has_broken_can_hold_on_in_despair() -> None:
    """Off: the power is none for one who has broken; she runs."""
    row = Row(lambda: cornered(True), holds_on_in_despair, ticks=60, arrange=breaks_at_once,
              without=lambda: cornered(False))  # fmt: skip
    put_to_the_test(row)
