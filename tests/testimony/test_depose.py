"""A testimony: the same however it is heard, made of percepts alone, and no trace on the battle."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affray.engine.tick import Engine
from affray.record import Recording
from affray.record.predicates import PREDICATES
from affray.record.testimony import Record
from affray.record.testimony import Testimony as Words
from affray.run import execute, resume
from affray.run.replay import scenario_of
from affray.scenario import Scenario, load_bundled, scaled
from affray.scenario.build import build
from affray.testimony import depose as deposing
from affray.testimony.cast import Cast
from affray.testimony.happenings import Happenings
from affray.testimony.ledger import Ledger
from affray.testimony.log import Log, relive
from affray.world import words as w
from affray.world.errors import UsageError
from tests.run.fights import after, fought, hashes, skirmish
from tests.systems.test_fire import under_fire
from tests.systems.test_hiding import come_up_on
from tests.systems.test_transfer import worn_out
from tests.testimony.deposed import SEED, heard

WITNESSES = (0, 3, 11, 19)


def test_heard_twice_it_is_the_same_to_the_byte(mutiny: Recording) -> None:
    """Two hearings write the same bytes, on any number of threads, alone or with others."""
    once = heard(mutiny, WITNESSES)

    for threads in (1, 2, 4):
        again = heard(mutiny, WITNESSES, threads)
        assert all(again[one].to_bytes() == once[one].to_bytes() for one in WITNESSES)
    alone = heard(mutiny, [3])[3]
    assert alone.to_bytes() == once[3].to_bytes()
    assert len({one.to_bytes() for one in once.values()}) == len(WITNESSES)  # not all alike


def test_of_a_battle_that_was_stopped_and_resumed_it_is_the_same(tmp_path: Path) -> None:
    """A battle that was cut short and gone on with is testified of as one fought in one go."""
    fought(tmp_path / "straight")
    fought(tmp_path / "cut", stop=after(40))
    resume(tmp_path / "cut", threads=2)

    straight, cut = (Recording.open(tmp_path / name) for name in ("straight", "cut"))
    ids = (0, 8, 14)
    assert [one.to_bytes() for one in heard(straight, ids).values()] == [
        one.to_bytes() for one in heard(cut, ids).values()
    ]
    shorter = fought(tmp_path / "short", stop=after(40))  # control: what came later is in it
    assert heard(Recording.open(shorter.path), ids) != heard(straight, ids)


def test_a_witness_never_changes_the_battle(mutiny: Recording) -> None:
    """With an eye on everybody, and every blow told, each tick has the hash on record."""
    fighters = int(mutiny.manifest["fighters"])
    engine = Engine(build(load_bundled("mutiny"), SEED), watch=tuple(range(fighters)))
    engine.full = True
    engine.open()
    recorded = hashes(mutiny.path)

    for _ in range(mutiny.last_tick):
        engine.tick()
        assert engine.hash == recorded[engine.now]


# ------------------------------------------------------------------ what stands in it


@pytest.fixture(scope="module")
def everybody(mutiny: Recording, bridge: Recording) -> list[Words]:
    """The testimonies of all in one battle; of many in another, and of those who faint there."""
    fighters = int(mutiny.manifest["fighters"])
    events = bridge.events(["kind", "fighter"]).to_pylist()
    faint = {one["fighter"] for one in events if one["kind"] == w.EVENT_FAINT}
    some = sorted({*range(0, int(bridge.manifest["fighters"]), 12), *faint})
    return [*heard(mutiny, range(fighters)).values(), *heard(bridge, some).values()]


def test_records_are_declared_in_order_and_rest_on_earlier_ones(everybody: list[Words]) -> None:
    """Each record is one predicate about whom and what that may have, in time; it goes back to
    records before it and never to one that came later.
    """
    kinds = set()
    for testimony in everybody:
        before = 0
        for place, record in enumerate(testimony.records):
            assert record.id == place
            assert before <= record.tick <= record.until <= testimony.last_tick
            before = record.tick
            check_declared(record, testimony)
            for ids in record.links.values():
                assert ids
                assert all(0 <= number < place for number in ids), record
            kinds.add(record.pred)
    assert len(kinds) > 60  # of many kinds, or this would show little


def check_declared(record: Record, testimony: Words) -> None:
    """Its roles and features are those that its predicate declares, and its numbers make sense."""
    predicate = PREDICATES[record.pred]
    assert record.whom == -1 or "whom" in predicate.roles, record
    assert -1 <= record.whom < len(testimony.tracks)
    assert not record.of or "of" in predicate.roles, record
    assert set(record.features) <= set(predicate.features)
    assert 0.0 <= record.sure <= 1.0
    assert 0.0 < record.acuity <= 1.0


# ------------------------------------------------------------------ of percepts alone

_PERCEIVED = ("foe", "hurt", "fallen", "companion", "runaway", "found")


def test_whose_voice_it_is_is_known_where_he_was_recognized(everybody: list[Words]) -> None:
    """What one of the people calls or says is his where the track of his voice is his own."""
    told = [(record, one.tracks[record.whom].kind) for one in everybody for record in one.records
            if record.pred in ("call", "hears_said") and record.whom >= 0]  # fmt: skip
    assert all(record.get("knew") for record, kind in told if kind == "one")
    assert {kind for _, kind in told} >= {"one", "voice"}
    assert not any(record.get("knew") for record, kind in told if kind == "voice")


def test_the_senseless_feel_nothing(everybody: list[Words]) -> None:
    """Between the moment in which somebody's senses go and the one in which he comes to, nothing
    reaches him, whatever is done to him.
    """
    fainted = 0
    for testimony in everybody:
        gone_at = -1
        for record in testimony.records:
            if record.pred == "wake":
                gone_at = -1
            assert gone_at < 0 or record.tick == gone_at, (record, testimony.self_)
            if record.pred == "faint":
                gone_at, fainted = record.tick, fainted + 1
    assert fainted > 0


class Voices:
    """What was heard from whom, as ``Sounds`` keeps it."""

    def __init__(self, heard: dict[tuple[int, int], Any]) -> None:
        self.of = lambda by, says: heard.get((by, says))


def test_what_lifted_one_is_what_lifted_one() -> None:
    """It is the call that the event names, though another was heard since, and no older one."""
    ledger = Ledger(0.2)
    stand = ledger.add(10, "call", says="rally")
    lost = ledger.add(12, "call", says="lost")
    voices: Any = Voices({(5, w.SAY_RALLY): stand, (6, w.SAY_LOST): lost})
    nothing: Any = None
    happenings = Happenings(ledger, 0, nothing, voices, nothing)
    lift = {"fighter": 0, "kind": w.EVENT_LIFT, "other": 5, "place": w.SAY_RALLY, "value": 0.2}
    for tick, evidence in ((13, [stand]), (60, None)):
        happenings.take(lift | {"tick": tick})
        assert ledger.entries[-1].pred == "lifted"
        assert ledger.entries[-1].links.get("evidence") == evidence


def test_no_nerve_goes_at_a_call_to_stand(everybody: list[Words]) -> None:
    """Of the calls, it goes at those that frighten."""
    for testimony in everybody:
        for record in testimony.records:
            roots = [testimony.records[one] for ids in record.links.values() for one in ids]
            if record.pred == "breaks":
                assert {one.get("says") for one in roots} <= {None, "lost", "warn"}, record


def test_an_answer_goes_back_to_its_question() -> None:
    """To the last thing that was asked between those two, while it stands open; to nothing else."""
    ledger = Ledger(0.2)
    one, other = (ledger.track(fighter, "one", 0, known=True) for fighter in (3, 4))
    asked = ledger.add(10, "utters", one, notion="n", tone="ask")
    ledger.add(12, "hears_said", other, notion="n", tone="ask")

    assert ledger.asked("utters", one, 20) is asked
    assert ledger.asked("utters", other, 20) is None
    assert ledger.asked("utters", one, 200) is None  # long ago
    assert ledger.asked("hears_said", other, 20) is None  # it was not meant for this one
    ledger.add(22, "utters", one, notion="m", tone="plain")
    assert ledger.asked("utters", one, 24) is None  # something else was said since


@lru_cache(maxsize=8)
def logged(path: Path, fighter: int) -> tuple[Scenario, Log, Cast]:
    """What is logged of a fighter of a recording, with what he knows who is who by."""
    recording = Recording.open(path)
    scenario = scaled(scenario_of(recording))
    return scenario, relive(recording, [fighter], threads=1)[fighter], Cast.of(scenario, fighter)


def renumbered(log: Log, to: np.ndarray) -> Log:
    """A log in which every other fighter has another number."""

    def turned(number: int) -> int:
        return int(to[number]) if number >= 0 else number

    def rows(many: list[Any], names: tuple[str, ...]) -> list[Any]:
        copies = [one.copy() for one in many]
        for one in copies:
            for name in names:
                if name in one.dtype.names:
                    one[name] = turned(int(one[name]))
        return copies

    return dataclasses.replace(
        log,
        looks=rows(log.looks, ("fighter", *_PERCEIVED)),
        minds=rows(log.minds, ("fighter", "leader")),
        heard=rows(log.heard, ("fighter", "by")),
        events=rows(log.events, ("fighter", "other")),
    )


def written(fighter: int, cast: Cast, log: Log, mates: dict[int, int]) -> tuple[Any, Any]:
    """What is written of a log: tracks and records."""
    ledger = Ledger(0.2, mates)
    deposing.through(ledger, fighter, cast, log)
    return ledger.tracks, ledger.records(10**9)


@settings(max_examples=15)
@given(luck=st.randoms(use_true_random=False), fighter=st.sampled_from((0, 3, 11, 19, 30)))
def test_ids_of_fighters_are_opaque(mutiny: Recording, luck: Any, fighter: int) -> None:
    """Renumber everybody in the log by any permutation: tracks and records stay the same."""
    _, log, cast = logged(mutiny.path, fighter)
    mates = {number: number + 1 for number in range(0, 40, 3) if number != fighter}
    fighters = int(mutiny.manifest["fighters"])
    order = list(range(fighters))
    luck.shuffle(order)
    to = np.array(order)
    moved = dataclasses.replace(
        cast, fighters=tuple(int(to[one]) if one >= 0 else -1 for one in cast.fighters)
    )
    others = {int(to[number]): place for number, place in mates.items()}

    before = written(fighter, cast, log, mates)
    now = written(int(to[fighter]), moved, renumbered(log, to), others)
    assert now == before
    assert len(before[1]) > 5


def test_who_is_seen_is_told_apart(mutiny: Recording) -> None:
    """Control: two enemies who are put into one number in the log give another testimony."""
    _, log, cast = logged(mutiny.path, 3)
    to = np.arange(int(mutiny.manifest["fighters"]))
    foes = sorted({int(look["foe"]) for look in log.looks if look["foe"] >= 0})
    to[foes] = foes[0]
    assert len(foes) > 1
    assert written(3, cast, renumbered(log, to), {}) != written(3, cast, log, {})


def test_whom_the_press_makes_an_enemy_is_not_whom_one_knows() -> None:
    """One of his own side whom a witness knows by looks, and then takes for an enemy, is somebody
    else while he does so, and himself again after it; an enemy known by looks stays one.
    """
    ledger = Ledger(0.4, side={7})
    friend, enemy = ledger.track(7, "one", 0), ledger.track(8, "one", 0)
    assert ledger.track(7, "foe", 1) not in (friend, enemy)
    assert ledger.track(7, "one", 2) == ledger.track(7, "mate", 2) == friend
    assert ledger.track(8, "foe", 1) == ledger.track(8, "one", 2) == enemy
    assert ledger.track(8, "friend", 3) != enemy


def test_it_is_a_function_of_the_log_alone(mutiny: Recording) -> None:
    """The same log and another world, in all that the witness never knew: the same bytes. What he
    did know shows, as a control.
    """
    fighter = 3
    scenario, log, _ = logged(mutiny.path, fighter)
    before = deposing.testimony(mutiny, scenario, fighter, log)
    own = before.self_["unit"]
    units = [
        unit if unit.name == own
        else unit.model_copy(update={"training": 0.01, "place": (1.0, 1.0)})
        for unit in scenario.units
    ]  # fmt: skip
    people = [
        person.model_copy(update={"ties": {}, "memories": [], "holds": {}, "drives": []})
        for person in scenario.people
    ]
    elsewhere = scenario.model_copy(update={"units": units, "people": people, "about": "another"})

    now = deposing.testimony(mutiny, elsewhere, fighter, log)
    assert now.to_bytes() == before.to_bytes()
    named = scenario.model_copy(
        update={"units": [unit.model_copy(update={"title": "others"}) for unit in scenario.units]}
    )
    assert deposing.testimony(mutiny, named, fighter, log).to_bytes() != before.to_bytes()


# ------------------------------------------------------------------ whoever it is


def test_one_of_the_people_knows_what_he_brought_along(mutiny: Recording) -> None:
    """He has his ties, memories and notions from before, and his own name."""
    scenario = scaled(scenario_of(mutiny))
    person = next(one for one in scenario.people if one.ties)
    cast = Cast.of(scenario, 0)
    fighter = cast.fighters[cast.people.index(person.name)]

    testimony = heard(mutiny, [fighter])[fighter]
    assert testimony.self_["name"] == person.name
    assert set(testimony.knows) == set(person.ties)
    told = [(one.pred, one.of or one.get("memory")) for one in testimony.records if one.tick == 0]
    assert {("tie", name) for name in person.ties} <= set(told)
    memories = {one.get("memory") for one in testimony.records if one.pred == "remembers"}
    assert memories == {memory.name for memory in person.memories}


def test_a_soldier_whom_nobody_named_has_a_place_in_his_unit(bridge: Recording) -> None:
    """He has no name and knows nobody's, but knows his unit, his arms and what he saw."""
    scenario = scaled(scenario_of(bridge))
    named = set(Cast.of(scenario, 0).fighters)
    fighter = next(number for number in range(5, 200) if number not in named)

    testimony = heard(bridge, [fighter])[fighter]
    assert testimony.self_["name"] == ""
    assert testimony.self_["number"] >= 1
    assert testimony.knows == {}
    assert not [one for one in testimony.records if one.pred == "takes_for"]
    assert {"belongs", "carries"} <= {one.pred for one in testimony.records}


def test_one_who_never_came_has_nothing_to_say(tmp_path: Path) -> None:
    """A reserve that was never called: what he brought along, and nothing that reached him."""
    recording = Recording.open(fought(tmp_path / "short", until_s=3.0).path)
    absent = int(recording.manifest["fighters"]) - 1

    testimony = heard(recording, [absent])[absent]
    assert {one.tick for one in testimony.records} == {0}
    assert testimony.last_tick == recording.first_tick
    assert heard(recording, [0])[0].last_tick > 0  # control


def test_the_dead_testify_until_their_death(mutiny: Recording) -> None:
    """No record comes after the tick of a death, or lasts past it."""
    events = mutiny.events(["tick", "kind", "fighter"]).to_pylist()
    deaths = {one["fighter"]: one["tick"] for one in events if one["kind"] == w.EVENT_DEATH}
    assert deaths
    for fighter, testimony in heard(mutiny, sorted(deaths)).items():
        assert testimony.last_tick <= deaths[fighter]
        assert all(one.tick <= deaths[fighter] for one in testimony.records)


def test_nobody_is_heard_who_is_not_there(mutiny: Recording) -> None:
    """An id that no fighter has is refused, by its number."""
    with pytest.raises(UsageError, match="999"):
        heard(mutiny, [999])


def test_the_small_skirmish_is_heard_too() -> None:
    """Its two people take each other for who they are, from what they see."""
    assert {person.name for person in skirmish().people} == {"Ann", "Bea"}


def test_who_is_shot_at_testifies_it_once_and_for_as_long_as_it_lasts(tmp_path: Path) -> None:
    """Archers shoot from before them: not from behind, and whoever breaks names it as a cause. If
    they have swords instead, nobody says anything of the kind.
    """
    sets = ("parameters.throw.touch=0.1", "parameters.fear.fire_per_s=0.2")
    for quiet in (False, True):
        scenario = under_fire().scenario((*sets, *(("units.archers.weapons=[sword]",) * quiet)))
        execute(scenario, seed=1, out=tmp_path / str(quiet), until_s=30.0, threads=1)
        for testimony in heard(Recording.open(tmp_path / str(quiet)), [40, 50]).values():
            shots = [one for one in testimony.records if one.pred == "shot_at"]
            assert len(shots) == (0 if quiet else 1)
            assert all(one.features["bearing"] != "behind" for one in shots)
            assert all(one.until - one.tick >= 10 for one in shots)
            breaks = [one for one in testimony.records if one.pred == "breaks" and not quiet]
            assert all(shots[0].id in one.links["cause"] for one in breaks)


def test_who_hears_steps_behind_him_testifies_it(tmp_path: Path) -> None:
    """A sentry hears somebody come up behind him before he sees him, and says so once; not if
    nobody hears steps.
    """
    for deaf in (False, True):
        sets = ("parameters.hear.steps_db=-100",) * deaf
        execute(come_up_on(brawl=False).scenario(sets), seed=1, out=tmp_path / str(deaf),
                until_s=8.0, threads=1)  # fmt: skip
        testimony = heard(Recording.open(tmp_path / str(deaf)), [0])[0]
        steps = [one for one in testimony.records if one.pred == "steps"]
        comes = [one for one in testimony.records if one.pred == "foe_comes"]
        assert len(comes) == 1
        assert len(steps) == (0 if deaf else 1)
        assert all(one.features["bearing"] == "behind" for one in steps)
        assert all(one.tick < comes[0].tick for one in steps)


def test_both_testify_that_their_bodies_wear_changed_places(tmp_path: Path) -> None:
    """Each what it was to him: the one has another's strength, the other has lost his own."""
    execute(worn_out().scenario(), seed=1, out=tmp_path / "run", until_s=10.0, threads=1)
    his, hers = heard(Recording.open(tmp_path / "run"), [0, 1]).values()
    assert [one.pred for one in his.records if one.pred in ("transfers", "robbed")] == ["transfers"]
    assert [one.pred for one in hers.records if one.pred in ("transfers", "robbed")] == ["robbed"]
