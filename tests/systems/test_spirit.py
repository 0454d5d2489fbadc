"""Will, belief and breath: S27, S65."""

from __future__ import annotations

import numpy as np

from affray.scenario import Battle as Paper
from affray.world import words as w
from affray.world.battle import Battle
from tests.systems.harness import Row, Run, alike, plain, put_to_the_test


def four_bands() -> Paper:
    """Bands far from each other: one loses men to throwers, one is spent, one has frightened men
    among it, one has nothing the matter.
    """
    paper = Paper("bands", field=(400, 80)).side("red").side("blue")
    keys = {
        "side": "red", "count": 40, "facing": "north", "armour": "none",
        "formation": {"ranks": 4}, "orders": {"do": "hold"},
        "personality": alike(courage=1.0, aggression=0.0),
    }  # fmt: skip
    calm = {"morale": plain(0.6)}
    paper.unit("losing", place=(40, 20), opening=calm, **keys)
    paper.unit("spent", place=(140, 20), opening={**calm, "fatigue": plain(0.9)}, **keys)
    paper.unit("scared", place=(240, 20), opening={**calm, "fear": plain(0.7)}, **keys)
    paper.unit("untouched", place=(360, 20), opening=calm, **keys)
    paper.weapon("barb", reach=0.5, force=90, kind="cut", thrown=True, range=40, speed=20,
                 spread=3)  # fmt: skip
    paper.unit(
        "throwers", side="blue", count=40, place=(40, 45), facing="south",
        weapons=["knife", {"name": "barb", "count": 8}], orders={"do": "hold"},
        formation={"ranks": 4}, personality=alike(courage=1.0, aggression=0.0),
    )  # fmt: skip
    return paper


def will_and_belief_fall(run: Run) -> bool:
    """Of those who still stand: what each band has lost of both, beyond what calm ones lose."""
    fallen = {}
    for name in ("losing", "spent", "scared", "untouched"):
        here = run.unit(name)
        stands = run.frames[-1][here]["status"] == w.UP
        first, last = run.frames[0][here][stands], run.frames[-1][here][stands]
        fallen[name] = [float((first[f] - last[f]).mean()) for f in ("morale", "belief")]
    least = fallen.pop("untouched")
    return all(lost[k] > least[k] + 0.003 for lost in fallen.values() for k in (0, 1))


STEADY = (
    "parameters.rout.break_per_s=0.2", "parameters.fear.calm_per_s=0.005",
    "parameters.fear.steadied_per_s=0", "parameters.hear.startle_db=300",
    "parameters.hear.detect_db=300",
)  # fmt: skip
NO_WILL_LOST = tuple(
    f"parameters.morale.{name}=0"
    for name in ("fall_loss", "fear_per_s", "weary_per_s", "belief_fall", "belief_per_s")
)


def test_s27_morale_and_belief_fall_with_losses_fatigue_and_fear_around() -> None:
    """Each of the three takes of both. Off: nothing takes of either."""
    row = Row(four_bands, will_and_belief_fall, ticks=200, on=STEADY, off=NO_WILL_LOST)
    put_to_the_test(row)


ROUTES = (
    ("fall_loss", "losing", "morale"), ("weary_per_s", "spent", "morale"),
    ("fear_per_s", "scared", "morale"), ("belief_fall", "losing", "belief"),
    ("belief_per_s", "spent", "belief"), ("belief_per_s", "scared", "belief"),
)  # fmt: skip
"""What takes of will or belief, from whom, and which of the two."""


def lost(run: Run, band: str, what: str) -> float:
    """How much those of a band who still stand have lost of will or belief."""
    here = run.unit(band)
    stands = run.frames[-1][here]["status"] == w.UP
    return float((run.frames[0][here][stands][what] - run.frames[-1][here][stands][what]).mean())


def test_s27_each_takes_of_them_by_itself() -> None:
    """Losses, weariness, one's own fear and that around one, with nothing else at work.

    Off: that one as well.
    """
    for name, band, what in ROUTES:
        alone = tuple(one for one in NO_WILL_LOST if f".{name}=" not in one)

        def takes(run: Run, band: str = band, what: str = what) -> bool:
            return lost(run, band, what) > lost(run, "untouched", what) + 0.002

        row = Row(four_bands, takes, ticks=150, off=(f"parameters.morale.{name}=0",),
                  on=(*STEADY, *alone, "parameters.morale.mood_friends_per_s=0"))  # fmt: skip
        put_to_the_test(row)


def lull() -> Paper:
    """Two bands with a field between them, who hold."""
    paper = Paper("lull", field=(80, 40)).side("red").side("blue")
    for name, side, x, facing in (("west", "red", 30, "east"), ("east", "blue", 42, "west")):
        paper.unit(
            name, side=side, count=30, place=(x, 20), facing=facing, orders={"do": "hold"},
            formation={"ranks": 3}, personality=alike(aggression=0.0),
        )  # fmt: skip
    return paper


def breathless(battle: Battle) -> None:
    """As after a long bout."""
    battle.state.fighters["stamina"] = 0.1


def breath_comes_back(run: Run) -> bool:
    """Most rest of their own accord, and have won back a good part of their wind."""
    rests = run.frames[5:50]["act"] == w.REST
    gained = run.frames[-1]["stamina"] - run.frames[0]["stamina"]
    return bool(rests.mean() > 0.5) and bool(np.mean(gained) > 0.2)


def test_s65_rest_in_the_lull() -> None:
    """Stamina recovers while the lines are apart. Off: rest gives nothing back."""
    row = Row(lull, breath_comes_back, ticks=150, arrange=breathless,
              off=("parameters.effort.rest_per_s=0",))  # fmt: skip
    put_to_the_test(row)
