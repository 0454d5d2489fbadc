"""What powers do that rise, spread and ruin: S68-S70, S73, S74, S79, S80, S82, S84, S85."""

from __future__ import annotations

from typing import Any

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from tests.systems.harness import Row, Run, alike, put_to_the_test
from tests.systems.test_powers import grass_within, one, stage, use, uses

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
    surge = uses(run, "surge")["tick"]
    return len(hurt) > 0 and len(surge) > 0 and int(surge[0]) > int(hurt[0])


def test_s68_power_surges_when_a_loved_one_is_hurt_before_ones_eyes() -> None:
    """Off: it happens behind his back."""
    still = ("parameters.sight.glance_per_s=0", "parameters.voice.scream_chance=0")
    row = Row(hurt_before_his_eyes, surges, ticks=200, on=still,
              without=lambda: hurt_before_his_eyes(looks="west"))  # fmt: skip
    put_to_the_test(row)


def test_s68_only_for_one_who_is_dear() -> None:
    """Off: she is nothing to him, and is hurt before his eyes all the same."""

    def she_is_hurt(run: Run) -> bool:
        return bool((run.of(w.EVENT_WOUND)["fighter"] == 0).any())

    row = Row(hurt_before_his_eyes, surges, ticks=200, still=she_is_hurt,
              without=lambda: hurt_before_his_eyes(love=0.0))  # fmt: skip
    put_to_the_test(row)


def gives_in(run: Run) -> bool:
    return len(uses(run, "surge")) > 0


def test_s73_the_power_wants_consent() -> None:
    """Off: it would take more than he is stirred by; then it but offers itself."""
    row = Row(hurt_before_his_eyes, gives_in, ticks=200,
              without=lambda: hurt_before_his_eyes(consent=50.0))  # fmt: skip
    put_to_the_test(row)

    def only_tempted(run: Run) -> bool:
        return len(run.of(w.EVENT_WHISPER)) > 0 and len(uses(run, "surge")) == 0

    row = Row(lambda: hurt_before_his_eyes(consent=50.0), only_tempted, ticks=200,
              without=hurt_before_his_eyes)  # fmt: skip
    put_to_the_test(row)


def thinks_no_more(run: Run) -> bool:
    """From the surge on nothing comes about in his mind."""
    surge = uses(run, "surge")["tick"]
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
    begun = uses(run, "dome")["tick"]
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
    begun, faints = uses(run, "dome")["tick"], run.of(w.EVENT_FAINT)
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


def while_it_stands(run: Run, log: np.ndarray) -> np.ndarray:
    """What is logged while the dome stands."""
    begun = int(uses(run, "dome")["tick"][0])
    return log[(log["tick"] > begun) & (log["tick"] < begun + 36)]


def silent(run: Run) -> bool:
    """Of all that happens within nothing is heard outside."""
    heard = while_it_stands(run, run.heard_by("far"))
    return not (heard["way"] == w.BY_VOICE).any()


def hides(run: Run) -> bool:
    """Nobody within is seen from outside, as all of them were before."""
    log = run.seen_by("far")
    seen, before = while_it_stands(run, log), log[log["tick"] < uses(run, "dome")["tick"][0]]
    shown = bool(before["crowd_foes"].max() > 10.0)
    return shown and len(seen) > 0 and bool((seen["crowd_foes"] == 0.0).all())


def loud_inside(run: Run) -> bool:
    """All of those within hear it, and live."""
    heard = while_it_stands(run, run.heard_by("crowd"))
    crowd = run.frames[-1, run.unit("crowd")]
    all_hear = len(np.unique(heard[heard["by"] == 0]["fighter"])) == len(crowd)
    return all_hear and bool((crowd["status"] == w.UP).all())


def ringed(*stops: str) -> Paper:
    """The dome as a wall that stops so much, and shreds nobody."""
    return dome(blast=None, barrier={"radius": 12, "stops": list(stops)} if stops else None)


S80: dict[str, Any] = {"ticks": 60, "watch": tuple(range(42))}


def test_s80_silent_outside() -> None:
    """And loud inside. Off: a wall that stops sight and no sound."""
    row = Row(lambda: ringed("sight", "sound"), silent, without=lambda: ringed("sight"), **S80,
              still=lambda run: hides(run) and loud_inside(run))  # fmt: skip
    put_to_the_test(row)


def test_s80_figures_are_hidden() -> None:
    """Off: a wall that stops sound and no sight."""
    row = Row(lambda: ringed("sight", "sound"), hides, without=lambda: ringed("sound"), **S80,
              still=lambda run: silent(run) and loud_inside(run))  # fmt: skip
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


def spares_him(run: Run) -> bool:
    """Of those within he alone is whole."""
    late = run.frames[-1]
    inside = np.hypot(late["x"] - 30.0, late["y"] - 30.0) <= 11.0
    whole = ~np.isin(np.arange(len(late)), run.of(w.EVENT_WOUND)["fighter"])
    return bool((whole & inside).sum() == 1 and whole[0])


def spares_the_tree(run: Run) -> bool:
    """Of the grass within the one tree's alone stands."""
    cherry = grass_within(run, 33.0, 33.0, 1.5)
    about = grass_within(run, 30.0, 30.0, 11.0) & ~grass_within(run, 33.0, 33.0, 2.5)
    same = run.ground["grass"] == run.opening_ground["grass"]
    return bool(same[cherry].all() and not same[about].any())


def test_s85_one_survivor_and_one_tree_untouched() -> None:
    """Off: it spares nobody, and the tree."""
    light = {"radius": 12, "grows": 4, "weapon": "light", "leaves": ["cherry"]}
    row = Row(dome, spares_him, ticks=60, still=spares_the_tree,
              without=lambda: dome(blast={**light, "spares": []}))  # fmt: skip
    put_to_the_test(row)


def test_s85_one_tree_untouched() -> None:
    """Off: it spares him alone, and leaves no tree."""
    row = Row(dome, spares_the_tree, ticks=60, still=spares_him,
              without=lambda: dome(blast={"radius": 12, "grows": 4, "weapon": "light"}),
              )  # fmt: skip
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
    raised, fires = uses(run, "raise")["tick"], uses(run, "burn")["tick"]
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
