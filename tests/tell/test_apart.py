"""Whole battles that differ where nothing could reach the witness: testimony and telling stay the
same to the byte. Where something could, they show it.

A sample here; ``pytest --hypothesis-profile=explore tests/tell/test_apart.py`` tries 450 pairs.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from affray.record import Recording
from affray.run import execute
from affray.scenario import Battle, Scenario
from affray.tell.lexicon import lexicon_of
from affray.tell.output import as_json
from affray.tell.teller import tell
from affray.tell.voice import Voices
from affray.testimony.depose import depose
from affray.world import words as w

LONG = settings().max_examples > 1_000  # the profile named explore
TRIALS = settings(max_examples=150 if LONG else 4, phases=[Phase.generate])
SEEDS = st.integers(0, 2**31 - 1)
STEADY = {"courage": 0.5, "aggression": 0.8}
DEAD_BY_S = 8.0  # in that battle somebody has died by then


def near(wide: float = 60.0) -> Battle:
    """Two small bands at each other's throats, with two people who know each other."""
    return (
        Battle("apart", field=(wide, 40))
        .side("red")
        .side("blue")
        .unit("spears", side="red", count=7, place=(20, 20), facing="east", personality=STEADY,
              weapons=["spear", {"name": "javelin", "count": 2}], leader={"name": "Una"})
        .unit("swords", side="blue", count=8, place=(26, 20), facing="west", personality=STEADY,
              weapons=["sword"], armour="leather")
        .person("Ann", unit="spears", number=2, looks={"hair": "red"}, ties={"Bea": {"love": 0.8}})
        .end("14 s", {"quiet_for": 900})  # not sooner, whoever is left elsewhere
        .record(level="events", checkpoint_every="20 s")
    )  # fmt: skip


def heard(folder: Path, scenario: Scenario, seed: int, who: int) -> tuple[bytes, str]:
    """The testimony of a fighter and what is told of it."""
    execute(scenario, seed=seed, out=folder, threads=1, overwrite=True)
    testimony = depose(Recording.open(folder), [who], threads=1)[who]
    return testimony.to_bytes(), as_json(tell(testimony, lexicon_of(), Voices(), 300))


def pair(
    folder: Path, one: Scenario, other: Scenario, seed: int, who: int
) -> tuple[tuple[bytes, str], tuple[bytes, str], bool]:
    """What a witness says of two battles, and whether these differ at all."""
    first, second = heard(folder / "one", one, seed, who), heard(folder / "other", other, seed, who)
    hashes = [Recording.open(folder / name).hashes()[1] for name in ("one", "other")]
    apart = len(hashes[0]) != len(hashes[1]) or bool((hashes[0] != hashes[1]).any())
    return first, second, apart


# ------------------------------------------------------------------ sealed off


def far_off(luck: Random) -> Scenario:
    """The same fight, and another miles away, drawn by luck. How many of his own side were drawn
    up is known to a fighter from before, so that alone is the same.
    """
    battle = near(wide=7_500.0).person("Bea", unit="spears", number=4, looks={"hair": "black"})
    for side, x, facing, count in (
        ("red", 7_400, "east", 4), ("blue", 7_404, "west", 4),
        ("grey", 7_408, "west", luck.randint(1, 6)),
    ):  # fmt: skip
        if side == "grey":
            battle.side(side)
        battle.unit(
            f"far_{side}", side=side, count=count, place=(x, luck.randint(10, 30)),
            facing=facing, weapons=[luck.choice(("sword", "axe", "spear", "club"))],
            personality={"courage": luck.random(), "aggression": luck.random()},
            training=luck.random(),
        )  # fmt: skip
    return battle.scenario()


@TRIALS
@given(seed=SEEDS)
def test_what_befalls_far_away_is_in_no_testimony(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """Another fight at the other end of a large field, whoever is in it."""
    luck = Random(seed)
    who = luck.randrange(15)
    folder = tmp_path_factory.mktemp("far")
    one, other, apart = pair(folder, far_off(luck), far_off(luck), seed % 1000, who)
    assert apart
    assert one == other


# ------------------------------------------------------------------ after death


def reserve(**when: Any) -> Scenario:
    """The same fight, and some who come late to it."""
    battle = near().person("Bea", unit="spears", number=4, looks={"hair": "black"})
    battle.reserve("late", side="blue", count=6, enters=(34, 20), weapons=["axe"], **when)
    return battle.scenario()


@TRIALS
@given(seed=SEEDS)
def test_what_comes_after_a_death_is_in_no_testimony_of_the_dead(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """Others come when the witness is dead, or never."""
    folder = tmp_path_factory.mktemp("dead")
    came = reserve(when={"at": f"{DEAD_BY_S} s"})
    never = reserve(when={"at": "13 min"})
    execute(never, seed=seed % 1000, out=folder / "who", threads=1)
    dead = _the_dead(Recording.open(folder / "who"))
    assume(dead)
    one, other, apart = pair(folder, came, never, seed % 1000, dead[seed % len(dead)])
    assert apart
    assert one == other


def test_who_lives_testifies_of_those_who_came(tmp_path: Path) -> None:
    """Control: the same change shows in what somebody says who lived to see it."""
    came, never = reserve(when={"at": f"{DEAD_BY_S} s"}), reserve(when={"at": "13 min"})
    asked = ((seed, who) for seed in range(4, 8) for who in range(15))
    differ = (pair(tmp_path, came, never, seed, who) for seed, who in asked)
    assert any(one != other for one, other, _ in differ)


def _the_dead(recording: Recording) -> list[int]:
    """Who had died when the others came."""
    events = recording.events(["tick", "kind", "fighter"]).to_pylist()
    tick = DEAD_BY_S / float(recording.manifest["dt_s"])
    return sorted(row["fighter"] for row in events
                  if row["kind"] == w.EVENT_DEATH and row["tick"] < tick)  # fmt: skip


# ------------------------------------------------------------------ an inner secret


def secret(luck: Random, **shows: Any) -> Scenario:
    """The same fight; within Bea there is what never shows: memories that nothing brings back, a
    tie to somebody who is not there.
    """
    battle = near()
    battle.person("Cleo", looks={"hair": "white"})
    battle.person(
        "Bea", unit="spears", number=4, looks={"hair": "black"},
        memories=[f"the night at {luck.choice(('the mill', 'the ford', 'the kiln'))}",
                  f"what {luck.choice(('Cleo', 'the priest', 'nobody'))} said"],
        ties={"Cleo": {luck.choice(("love", "hatred", "loyalty")): round(luck.random(), 2),
                       "knows": round(luck.random(), 2)}},
        **shows,
    )  # fmt: skip
    return battle.scenario()


@TRIALS
@given(seed=SEEDS)
def test_what_never_shows_of_a_mind_is_in_no_testimony_but_its_own(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """Another's memories and ties, of which there is no sign, change nothing for all others."""
    luck = Random(seed)
    folder = tmp_path_factory.mktemp("secret")
    one, other = secret(luck), secret(luck)
    bea = _fighter(one, "Bea")
    who = luck.choice([number for number in range(15) if number != bea])
    first, second, _ = pair(folder, one, other, seed % 1000, who)
    assert first == second
    if one != other:  # control: her own testimony tells them apart
        mine = [heard(folder / "mine", paper, seed % 1000, bea)[0] for paper in (one, other)]
        assert mine[0] != mine[1]


def _fighter(scenario: Scenario, name: str) -> int:
    from affray.scenario.casting import cast

    return next(one.fighter for one in cast(scenario) if one.name == name)


def test_what_shows_is_testified(tmp_path: Path) -> None:
    """Control: when what is within Bea makes her run, those about her say otherwise."""
    still, moved = secret(Random(1)), secret(Random(1), drives=[{"do": "flee", "strength": 9}])
    differ = [pair(tmp_path, still, moved, 4, who) for who in range(7)]
    assert any(one != other for one, other, _ in differ)
