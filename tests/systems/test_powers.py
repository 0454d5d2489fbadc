"""What powers do: S55, S57-S62, S68-S70, S73, S74, S77-S82, S84, S85."""

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
    one(paper, "ana", "blue", (31.5, 28), facing="west", opening={"fear": fear},
        personality=alike(courage=1.0, aggression=1.0))  # fmt: skip
    paper.power("grip", range=1.8, lasts=60, cast=0.4, busy=True, hold={"grip": grip})
    of_drink.setdefault("drain", drain or {"stamina": 0.02})
    paper.power("drink", range=1.8, lasts=60, cast=0.4, holding=True, **of_drink)
    paper.person("Orin", unit="orin", ties={"Ana": {}}, powers=["grip", "drink"], drives=[
        use("grip", "Ana"), use("drink", "Ana", when={"what": "holds"}),
    ])  # fmt: skip
    paper.person("Ana", unit="ana", ties={"Orin": {}}, memories=list(memories))
    return paper


def uses(run: Run, power: int) -> np.ndarray:
    """Events in which a power took effect."""
    events = run.of(w.EVENT_POWER)
    return events[events["place"] == power]


def place_of(run: Run, tick: int, fighter: int) -> np.ndarray:
    frame = run.frames[tick, fighter]
    return np.array([float(frame["x"]), float(frame["y"])])


# ------------------------------------------------------------------ holds


def held_and_spent(run: Run) -> bool:
    """From the hold on she does nothing and gets nowhere, and her struggle costs her strength."""
    taken = uses(run, 0)
    if len(taken) == 0:
        return False
    ana = run.frames[int(taken["tick"][0]) :, 1]
    moved = np.hypot(ana["x"] - ana["x"][0], ana["y"] - ana["y"][0]).max()
    return bool(moved < 1.0 and set(ana["act"]) == {w.BE_HELD} and ana["stamina"][-1] < 0.8)


def test_s57_a_throat_hold() -> None:
    """Off: a grip without strength. She is free at once, and strikes back."""
    row = Row(captured, held_and_spent, ticks=100, without=lambda: captured(grip=0.0))
    put_to_the_test(row)


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
    drunk = uses(run, 1)
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


def afraid(fear: float) -> Paper:
    return captured(feed={"energy": 0.05, "composed": 0.2, "fear": 0.05}, fear=fear)


def lives_on_fear(run: Run) -> bool:
    """He gains by her fear and is not frightened himself."""
    orin = run.frames[:, 0]
    return bool(orin["energy"][-1] > 0.85 and orin["fear"][-1] < 0.2)


def test_s58_fear_feeds_him_and_composure_frightens_him() -> None:
    """Off: she is composed. That frightens him, and he gains nothing."""
    calm = ("parameters.fear.calm_per_s=0.005", "parameters.effort.energy_per_s=0")
    row = Row(lambda: afraid(1.0), lives_on_fear, ticks=100, on=calm, without=lambda: afraid(0.0))
    put_to_the_test(row)


def test_s58_the_signs_are_opposite() -> None:
    def frightened(run: Run) -> bool:
        orin = run.frames[:, 0]
        return bool(orin["energy"][-1] < 0.75 and orin["fear"][-1] > 0.3)

    calm = ("parameters.fear.calm_per_s=0.005", "parameters.effort.energy_per_s=0")
    row = Row(lambda: afraid(0.0), frightened, ticks=100, on=calm, without=lambda: afraid(1.0))
    put_to_the_test(row)


def loses_all_in_order(run: Run) -> bool:
    """Her memories leave one by one, in order, and then her senses; he does nothing meanwhile."""
    lost = run.of(w.EVENT_FORGET)
    faint = run.of(w.EVENT_FAINT)
    if [int(v) for v in lost["value"]] != [2, 1, 0] or len(faint) == 0:
        return False
    spaced = bool((np.diff(lost["tick"]) >= 5).all())
    begun = int(uses(run, 1)["tick"][0])
    idle = set(run.frames[begun : int(lost["tick"][-1]), 0]["act"]) <= {w.HOLD, w.USE}
    return spaced and idle and int(faint["tick"][0]) == int(lost["tick"][-1])


def test_s62_a_mind_drained() -> None:
    three = ("the first", "the second", "the last")
    row = Row(
        lambda: captured(memories=three, drain={"memories": 0.5}), loses_all_in_order, ticks=100,
        without=lambda: captured(memories=three, drain={"memories": 0}),
    )  # fmt: skip
    put_to_the_test(row)


def sunk_down(faints: bool = True) -> Paper:
    """Rue touches Mara on the neck. He whispers something, as she sinks down."""
    paper = stage("sunk", red=["blue"], blue=["red"])
    one(paper, "rue", "red", (30, 30), facing="east")
    one(paper, "mara", "red", (31, 30), facing="west")
    one(paper, "foe", "blue", (1, 1))
    paper.power("touch", range=1.5, cast=0.4, again=600, **(
        {"faint": {"lasts": 8}} if faints else {"heal": {}, "lasts": 1}
    ))  # fmt: skip
    paper.person("Rue", unit="rue", ties={"Mara": {}}, powers=["touch"],
                 drives=use("touch", "Mara"))  # fmt: skip
    paper.person("Mara", unit="mara", looks={"hair": "red"})
    return paper


def faints_and_comes_to(run: Run) -> bool:
    """She perceives nothing from the touch on until she wakes, and then does again."""
    touched, woke = uses(run, 0)["tick"], run.of(w.EVENT_WAKE)["tick"]
    if len(touched) == 0 or len(woke) == 0:
        return False
    looks = run.seen_by("mara")["tick"]
    between = (looks > touched[0]) & (looks < woke[0])
    later = int(woke[0] - touched[0])
    return bool(later == 40 and not between.any() and (looks > woke[0]).any())


def test_s55_pressure_point_faint() -> None:
    row = Row(
        sunk_down, faints_and_comes_to, ticks=100, watch=(1,), without=lambda: sunk_down(False)
    )
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
    arms, tongue = uses(run, 0)["tick"], uses(run, 1)["tick"]
    spent = run.of(w.EVENT_SPENT)
    spent = spent[spent["place"] == 0]["tick"]
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
    raised = uses(run, 0)["tick"]
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
    """Only he whose charge is enough gets in."""
    late = run.frames[-1]
    inside = np.hypot(late["x"][1:] - 30.0, late["y"][1:] - 30.0) < 3.9
    breach = run.of(w.EVENT_BREACH)
    return bool(inside[-1] and not inside[:-1].any() and (breach["fighter"] == 13).all())


def test_s61_only_a_strong_enough_charge_passes() -> None:
    row = Row(lambda: besieged(charge=2.5), breaks_through, ticks=100,
              without=lambda: besieged(charge=1.5))  # fmt: skip
    put_to_the_test(row)


# ------------------------------------------------------------------ surge and ruin


def hurt_before_his_eyes(
    love: float = 1.0,
    looks: str = "east",
    consent: float = 0.0,
    rage: bool = True,
    everybody: bool = True,
) -> Paper:
    """Mara is struck down before Rue's eyes, or behind his back. Something rises in him."""
    paper = stage("hurt", red=["blue"], blue=["red"], none=[])
    one(paper, "mara", "red", (34, 30), facing="east")
    one(paper, "foe", "blue", (35, 30), facing="west", weapons=["sword"], training=1.0,
        orders={"do": "advance", "toward": "mara"},
        personality=alike(courage=1.0, aggression=1.0))  # fmt: skip
    one(paper, "rue", "none", (26, 30), facing=looks, weapons=["sword"], training=1.0)
    one(paper, "bystander", "none", (27.2, 31), facing="east")
    paper.power("surge", lasts=60, cast=0.2, consent=consent,
                boost={"speed": 1.8, "force": 1.5, "skill": 1.5},
                **({"rage": {"spares_nobody": everybody}} if rage else {}))  # fmt: skip
    paper.person("Mara", unit="mara", looks={"hair": "red"})
    paper.person("Rue", unit="rue", ties={"Mara": {"love": love}}, powers=["surge"], drives=[
        {"do": "watch", "whom": "Mara", "strength": 0.5},
        use("surge", "Mara", when={"what": "hurt"}),
        {"do": "seek", "whom": "Mara", "strength": 1.0, "when": {"what": "hurt"}},
    ])  # fmt: skip
    return paper


def surges(run: Run) -> bool:
    """His power takes effect after she is hurt, and he is faster than anybody is by himself."""
    hurt = run.of(w.EVENT_WOUND)
    hurt = hurt[hurt["fighter"] == 0]["tick"]
    surge = uses(run, 0)["tick"]
    return len(hurt) > 0 and len(surge) > 0 and int(surge[0]) > int(hurt[0])


def test_s68_power_surges_when_a_loved_one_is_hurt_before_ones_eyes() -> None:
    """Off: it happens behind his back."""
    still = ("parameters.sight.glance_per_s=0", "parameters.voice.scream_chance=0")
    row = Row(hurt_before_his_eyes, surges, ticks=200, on=still,
              without=lambda: hurt_before_his_eyes(looks="west"))  # fmt: skip
    put_to_the_test(row)


def gives_in(run: Run) -> bool:
    return len(uses(run, 0)) > 0


def test_s73_the_power_wants_consent() -> None:
    """Off: it would take more than he is stirred by; then it but offers itself."""
    row = Row(hurt_before_his_eyes, gives_in, ticks=200,
              without=lambda: hurt_before_his_eyes(consent=50.0))  # fmt: skip
    put_to_the_test(row)

    def only_tempted(run: Run) -> bool:
        return len(run.of(w.EVENT_WHISPER)) > 0 and len(uses(run, 0)) == 0

    row = Row(lambda: hurt_before_his_eyes(consent=50.0), only_tempted, ticks=200,
              without=hurt_before_his_eyes)  # fmt: skip
    put_to_the_test(row)


def thinks_no_more(run: Run) -> bool:
    """From the surge on nothing comes about in his mind."""
    surge = uses(run, 0)["tick"]
    thoughts = np.isin(run.events["kind"], (w.EVENT_KNOW, w.EVENT_BELIEVE, w.EVENT_STIR))
    his = run.events[thoughts & (run.events["fighter"] == 2)]["tick"]
    return len(surge) > 0 and not bool((his > surge[0]).any()) and bool((his < surge[0]).any())


def test_s69_thought_fails_in_rage() -> None:
    """Off: the same surge without the rage: he is driven to go to her."""
    row = Row(hurt_before_his_eyes, thinks_no_more, ticks=200,
              without=lambda: hurt_before_his_eyes(rage=False))  # fmt: skip
    put_to_the_test(row)


def strikes_a_friend(run: Run) -> bool:
    blows = run.of(w.EVENT_BLOW)
    return bool(((blows["fighter"] == 2) & (blows["other"] == 3)).any())


def test_s70_the_target_widens_to_everyone() -> None:
    """Off: a rage that knows friend from foe."""
    row = Row(hurt_before_his_eyes, strikes_a_friend, ticks=200,
              without=lambda: hurt_before_his_eyes(everybody=False))  # fmt: skip
    put_to_the_test(row)


def dome(**changes: Any) -> Paper:
    """A light goes out from Rue: it grows, shreds what is in it, and he lies senseless in it."""
    paper = stage("dome", red=["blue"], blue=["red"], none=[])
    paper.terrain("cherry", circle={"at": [33, 33], "radius": 2})
    one(paper, "rue", "none", (30, 30), facing="east")
    paper.unit("crowd", side="blue", count=40, place=(30, 26), facing="north",
               formation={"shape": "mob", "spacing": 1.5}, orders={"do": "hold"},
               personality=alike(courage=1.0))  # fmt: skip
    one(paper, "far", "red", (30, 55), facing="south")
    paper.weapon("light", reach=0.5, force=500, kind="cut", parry=0)
    keys: dict[str, Any] = {
        "lasts": 8, "cast": 0.4, "again": 600, "outlives": True, "senseless": True,
        "blast": {"radius": 12, "grows": 4, "weapon": "light", "leaves": ["cherry"]},
        "barrier": {"radius": 12, "stops": ["sound", "sight"]}, "cry": {"level": 120},
    }  # fmt: skip
    keys.update(changes)
    paper.power("dome", **{name: value for name, value in keys.items() if value is not None})
    paper.person("Rue", unit="rue", powers=["dome"], drives=use("dome"))
    return paper


def grows_and_shreds(run: Run) -> bool:
    """The farther off, the later they are struck; and nobody is struck outside."""
    wounds = run.of(w.EVENT_WOUND)
    begun = uses(run, 0)["tick"]
    if len(begun) == 0 or len(wounds) < 10:
        return False
    first = {
        int(who): int(tick)
        for tick, who in zip(wounds["tick"][::-1], wounds["fighter"][::-1], strict=True)
    }
    before = run.before(wounds)
    far = np.hypot(before["x"] - 30.0, before["y"] - 30.0)
    near = [first[int(who)] for who, d in zip(wounds["fighter"], far, strict=True) if d < 3]
    late = [first[int(who)] for who, d in zip(wounds["fighter"], far, strict=True) if d > 7]
    return bool(near and late and max(near) < min(late) and far.max() <= 13.0)


def test_s79_an_expanding_dome() -> None:
    row = Row(dome, grows_and_shreds, ticks=60,
              without=lambda: dome(blast={"radius": 12, "weapon": "light"}))  # fmt: skip
    put_to_the_test(row)


def goes_on_without_him(run: Run) -> bool:
    """He loses his senses as it begins; it goes on, and he comes to when it has ended."""
    begun, faints = uses(run, 0)["tick"], run.of(w.EVENT_FAINT)
    faints = faints[faints["fighter"] == 0]["tick"]
    spent, wakes = run.of(w.EVENT_SPENT)["tick"], run.of(w.EVENT_WAKE)["tick"]
    if min(len(begun), len(faints), len(spent), len(wakes)) == 0:
        return False
    wounds = run.of(w.EVENT_WOUND)["tick"]
    return bool(faints[0] == begun[0] and (wounds > faints[0] + 5).any() and wakes[0] >= spent[0])


def test_s74_an_unconscious_catalyst() -> None:
    """Off: it takes nobody's senses."""
    row = Row(dome, goes_on_without_him, ticks=60, without=lambda: dome(senseless=None))
    put_to_the_test(row)


def silent_outside(run: Run) -> bool:
    """Of all that happens within nothing is heard outside, and nobody within is seen from there."""
    begun = uses(run, 0)["tick"]
    heard = run.heard_by("far")
    seen = run.seen_by("far")
    if len(begun) == 0:
        return False
    during = (seen["tick"] > begun[0] + 16) & (seen["tick"] < begun[0] + 36)
    hears = (heard["tick"] > begun[0] + 1) & (heard["tick"] < begun[0] + 36)
    return bool(not hears.any() and during.any() and (seen["foe"][during] < 0).all()
                and (seen["crowd_foes"][during] == 0).all())  # fmt: skip


def test_s80_silent_outside() -> None:
    """Off: a dome without a wall of silence about it."""
    row = Row(dome, silent_outside, ticks=60, watch=(41,), without=lambda: dome(barrier=None))
    put_to_the_test(row)


def ruin_in_a_circle(run: Run) -> bool:
    """All that is left of grass and people is outside; none of it fell beyond the circle."""
    within = grass_within(run, 30.0, 30.0, 11.5)
    without = ~grass_within(run, 30.0, 30.0, 12.5)
    cherry = grass_within(run, 33.0, 33.0, 1.5)
    gone = run.ground["grass"] == 0
    dead = run.frames[-1][run.frames[-1]["status"] == w.DEAD]
    inside = np.hypot(dead["x"] - 30.0, dead["y"] - 30.0) <= 12.0
    return bool(gone[within & ~cherry].mean() > 0.97 and not gone[without].any()
                and len(dead) > 20 and inside.all())  # fmt: skip


def test_s84_charred_in_a_perfect_circle() -> None:
    row = Row(dome, ruin_in_a_circle, ticks=80, without=lambda: dome(blast=None))
    put_to_the_test(row)


def spares_him_and_the_tree(run: Run) -> bool:
    """Of those within he alone is whole, and the one tree's grass stands."""
    late = run.frames[-1]
    inside = np.hypot(late["x"] - 30.0, late["y"] - 30.0) <= 11.0
    whole = ~np.isin(np.arange(len(late)), run.of(w.EVENT_WOUND)["fighter"])
    cherry = grass_within(run, 33.0, 33.0, 1.5)
    stands = run.ground["grass"] == run.opening_ground["grass"]
    return bool((whole & inside).sum() == 1 and whole[0] and stands[cherry].all())


def test_s85_one_survivor_and_one_tree_untouched() -> None:
    """Off: it spares nobody and nothing."""
    bare = {"radius": 12, "grows": 4, "weapon": "light", "spares": []}
    row = Row(dome, spares_him_and_the_tree, ticks=60, without=lambda: dome(blast=bare))
    put_to_the_test(row)


def lifted(then: bool = True) -> Paper:
    """What stands about him rises into the air, and then the fire comes."""
    paper = stage("lifted", red=["blue"], blue=["red"])
    one(paper, "rue", "red", (30, 30), facing="east")
    paper.unit("crowd", side="blue", count=12, place=(30, 25), facing="north",
               formation={"shape": "mob", "spacing": 1.5}, orders={"do": "hold"},
               personality=alike(courage=1.0))  # fmt: skip
    paper.weapon("fire", reach=0.5, force=500, kind="cut", parry=0)
    after = {"then": "burn"} if then else {}
    paper.power("raise", lasts=3, cast=0.4, again=600, outlives=True,
                lift={"radius": 10, "height": 3}, **after)  # fmt: skip
    paper.power("burn", lasts=1, outlives=True, blast={"radius": 10, "weapon": "fire"})
    paper.person("Rue", unit="rue", powers=["raise"], drives=use("raise"))
    return paper


def lifted_then_fire(run: Run) -> bool:
    """All are raised, all fall, and only then are struck."""
    raised, fires = uses(run, 0)["tick"], uses(run, 1)["tick"]
    if len(raised) == 0 or len(fires) == 0:
        return False
    air = run.frames[int(raised[0]) + 5, 1:]["perch"]
    falls = run.of(w.EVENT_FALL)["tick"]
    wounds = run.of(w.EVENT_WOUND)["tick"]
    return bool((air >= 2).all() and len(falls) > 0 and falls.min() <= fires[0]
                and wounds.min() >= fires[0] > raised[0])  # fmt: skip


def test_s82_lifted_then_fire() -> None:
    row = Row(lifted, lifted_then_fire, ticks=50, without=lambda: lifted(False))
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
