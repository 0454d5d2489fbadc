"""Mechanisms that are switched off by name: the file holds, and a battle goes on without each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache

import pytest

from affray.engine.tick import Engine
from affray.scenario import (
    apply_sets,
    bundled_parameters,
    dump,
    mechanisms,
    mutability_of,
    off_sets,
    parse,
    switched_off,
)
from affray.scenario.build import build
from affray.scenario.mechanisms import read_mechanisms
from affray.scenario.model import Scenario
from affray.world.errors import ScenarioError, UsageError
from tests.engine.fights import SKIRMISH

NAMES = tuple(mechanisms())
SEEDS = (2, 3, 4, 5, 6, 7, 8, 9)
TICKS = 300
SECOND = 5  # ticks


@pytest.fixture(scope="module")
def fight() -> Scenario:
    """A small battle with all that can be switched off in it: tired people, a wood, shade, masks,
    eyes that see all round, and such as hardly follow who runs.
    """
    sets = ("spears.count=20", "swords.count=24", "throwers.count=6", "in_the_wood.count=6",
            "*.opening.fatigue=0.6", "*.personality.courage=0.7", "swords.masked=face",
            "throwers.all_round=true", "swords.all_round=true")  # fmt: skip
    dull = ("sight.follow_rad_per_s=0.3", "sight.follow_trained=0", "sight.blur_m_per_s=1")
    changes = [f"units.{text}" for text in sets] + [f"parameters.{text}" for text in dull]
    return parse(SKIRMISH, "skirmish", changes)


@pytest.fixture(scope="module")
def led_fight(fight: Scenario) -> Scenario:
    """The same under officers who give orders, to go back as well, with wits among them, and with
    such as do what they were not told.
    """
    charge = (
        "[{do: hold}, {do: charge, when: {lasted: 4}, by: voice}, "
        "{do: break_off, when: {heard: charge, contact: true}, by: voice, lean: {fall_back: 2}}]"
    )
    triggers = (
        "[{when: {foes_flee: 0.1}, do: pursue, tempts: true}, {when: {wounded: true}, do: hold}]"
    )
    sets = [f"units.{name}.{text}" for name in ("spears", "swords") for text in (
        "leader={}", "deputies=9", f"orders={charge}", f"triggers={triggers}",
        "personality.humour=1")]  # fmt: skip
    return apply_sets(fight, sets)


@pytest.fixture(scope="module")
def signalled_fight(fight: Scenario) -> Scenario:
    """The same by horn, flag and messenger, with a lookout to be posted in a tree."""
    own = "{{do: charge, when: {{lasted: 2}}, by: {}}}"
    send = "{do: advance, when: {lasted: 3}, by: messenger, to: [throwers]}"
    sets = (
        f"spears.orders=[{{do: hold}}, {own.format('horn')}, {send}]",
        f"swords.orders=[{{do: hold}}, {own.format('flag')}]",
        "throwers.orders={do: hold}", "in_the_wood.orders={do: perch}",
        *(f"{name}.leader={{}}" for name in ("spears", "swords", "throwers")),
    )  # fmt: skip
    return apply_sets(fight, ["field.terrain.wood.climbable=true",
                              *(f"units.{text}" for text in sets)])  # fmt: skip


@pytest.fixture(scope="module")
def gripped_fight(fight: Scenario) -> Scenario:
    """The same, with one among the spears who takes hold of whoever comes near."""
    drive = "{do: use, power: grip, strength: 9}"
    sets = (
        "powers={grip: {range: 1.5, cast: 0.2, lasts: 30, hold: {grip: 0.5}}}",
        f"people=[{{name: Bo, unit: spears, powers: [grip], drives: {drive}}}]",
    )
    return apply_sets(fight, sets)


@pytest.fixture(scope="module")
def minded_fight(fight: Scenario) -> Scenario:
    """The same, with two who know each other, one of whom held the other for dead; they think, and
    say what they think.
    """
    ties = "ties: {{{}: {{love: 1, trust: 1, dead: {}}}}}"
    say = "{do: say, notion: over, whom: Al, strength: 5, again: 3}"
    bo = f"name: Bo, unit: spears, drives: [{say}], {ties.format('Al', 0)}"
    al = f"name: Al, unit: spears, number: 2, {ties.format('Bo', 0.9)}"
    memories = "memories: [{name: before, tags: [contact, sight, voice]}]"
    sets = (
        "notions=[{name: over, prior: 0.2}]",
        f"people=[{{{bo}}}, {{{al}, {memories}}}]",
    )
    return apply_sets(fight, sets)


@pytest.fixture(scope="module")
def throwing_fight(fight: Scenario) -> Scenario:
    """The same, with one among the spears who throws at whoever threatens a friend of his there."""
    drive = "{do: use, power: hurl, whom: Al, at: threat, strength: 9, when: {what: threatened}}"
    bo = f"name: Bo, unit: spears, powers: [hurl], drives: {drive}, ties: {{Al: {{love: 1}}}}"
    sets = (
        "powers={hurl: {range: 30, cast: 0.2, again: 1, hurl: {weapon: javelin}}}",
        f"people=[{{{bo}}}, {{name: Al, unit: spears, number: 2}}]",
    )
    return apply_sets(fight, sets)


@pytest.fixture(scope="module")
def shooting_fight(fight: Scenario) -> Scenario:
    """The same, with guns among the throwers, that often fail, and their shots fly too fast for
    the din.
    """
    gun = "reach: 0.5, thrown: true, range: 60, speed: 90, spread: 3, fails: 0.4, windup: 1.5"
    return apply_sets(
        fight,
        [f"weapons.gun={{{gun}}}", "units.throwers.weapons=[knife, {name: gun, count: 20}]"],
    )


def fought(paper: Scenario, seed: int) -> Iterator[str]:
    """A battle tick by tick: a digest of its state and of what happened, so far."""
    engine = Engine(build(paper, seed))
    engine.open()
    happened = hashlib.sha256()
    for _ in range(TICKS):
        happened.update(engine.tick().tobytes())
        yield f"{engine.hash:016x} {happened.hexdigest()}"


@cache
def course(paper: str, seed: int) -> tuple[str, ...]:
    """A whole battle, as ``fought`` tells it."""
    return tuple(fought(parse(paper), seed))


def goes_otherwise(paper: Scenario, changed: Scenario, seed: int) -> bool:
    """Whether a change shows in the battle: it is fought until it does, and a second longer."""
    shows_for = 0
    for one, other in zip(course(dump(paper), seed), fought(changed, seed), strict=False):
        shows_for += one != other
        if shows_for > SECOND:
            break
    return shows_for > 0


@pytest.mark.parametrize("name", NAMES)
def test_each_sets_what_exists_to_what_is_allowed(name: str, fight: Scenario) -> None:
    """Its parameters exist and take these values, which are not what they are anyway, also in a
    battle that has begun; and the scenario then says what is off.
    """
    mechanism = mechanisms()[name]
    defaults = {parameter.name: parameter for parameter in bundled_parameters()}

    changed = apply_sets(fight, off_sets([name]))

    assert mechanism.about
    for path, value in mechanism.set.items():
        assert value != defaults[path].value
        assert changed.parameters[path] == value
        assert mutability_of(f"parameters.{path}") == "live"
    assert switched_off(changed.parameters) == [name]
    assert switched_off(fight.parameters) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_battle_goes_on_without_it(
    name: str,
    fight: Scenario,
    led_fight: Scenario,
    signalled_fight: Scenario,
    gripped_fight: Scenario,
    minded_fight: Scenario,
    throwing_fight: Scenario,
    shooting_fight: Scenario,
) -> None:
    """With it off a battle goes on, and at some seed otherwise than with it."""
    fights = (
        fight, led_fight, signalled_fight, gripped_fight, minded_fight, throwing_fight,
        shooting_fight,
    )  # fmt: skip
    papers = [(paper, apply_sets(paper, off_sets([name]))) for paper in fights]
    assert any(goes_otherwise(*both, seed) for seed in SEEDS for both in papers)


def test_everything_can_be_off_at_once(fight: Scenario) -> None:
    """No two contradict each other: all of them off is one battle, whatever the order."""
    forwards = apply_sets(fight, off_sets(NAMES))
    backwards = apply_sets(fight, off_sets(NAMES[::-1]))

    assert forwards.parameters == backwards.parameters
    assert course(dump(forwards), SEEDS[0]) == course(dump(backwards), SEEDS[0])


def test_an_unknown_name_is_refused_with_what_there_is() -> None:
    """A slip of the pen names the nearest, and all there are."""
    with pytest.raises(UsageError, match=r"no mechanism 'sheilds'; .*'shields'\?") as refused:
        off_sets(["cover", "sheilds"])
    assert all(name in str(refused.value) for name in NAMES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1]", "m.yaml:1:1: 'name: {about, rows, set}' is wanted here"),
        ("x: {about: y}", "m.yaml:1:4: 'x' is a mapping with about, rows (if any) and set"),
        ("x: {about: y, set: {}}", "'x' sets 'parameter: value', at least one"),
        ("x: {about: y, sets: 1, set: {strike.hit: 0.2}}", "did you mean 'set'?"),
        ("x: {about: y, rows: [S4], set: {strike.hit: 0.2}}", "a list such as [S04, S46]"),
        ("x: {about: y, set: {strike.hitt: 0}}", "m.yaml:1:21: there is no parameter"),
        ("x: {about: y, set: {strike.hit: 3 m}}", "'strike.hit': 3 m is a length"),
        ("x: {about: y, set: {strike.hit: 7}}", "give parameters.yaml 'off: 7'"),
    ],
)
def test_a_fault_in_the_file_has_its_place(text: str, said: str) -> None:
    """The file is checked like a scenario."""
    with pytest.raises(ScenarioError) as fault:
        read_mechanisms(text, "m.yaml", bundled_parameters())
    assert any(said in entry for entry in fault.value.problems), fault.value.problems


def test_a_value_that_switches_off_may_lie_outside_the_range(fight: Scenario) -> None:
    """A scenario may give a parameter its ``off`` value, and no other one outside its range."""
    assert apply_sets(fight, ["parameters.rout.break_per_s=0"])
    with pytest.raises(ScenarioError, match=r"0\.2 to 5 1/s, or 0, which switches it off"):
        apply_sets(fight, ["parameters.rout.break_per_s=0.1"])
