"""``import affray``: load, run, open, ask, fork."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import affray
from affray.record import Recording
from tests.run.fights import hashes, skirmish


def test_importing_costs_little() -> None:
    """``import affray`` loads nothing heavy: what is not asked for is not imported."""
    heavy = ("numba", "numpy", "pyarrow", "pydantic")
    code = f"import affray, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_from_name_to_summary(tmp_path: Path) -> None:
    """A bundled battle, changed and run for a while, tells its story and its tables."""
    battle = affray.load("brawl", set={"seed": 3})
    run = battle.run(out=tmp_path / "run", until="6 s")
    assert run.recording.manifest["seed"] == 3
    assert (run.tick, run.path) == (30, tmp_path / "run")
    assert run.summary().fighters == battle.fighters
    metrics = run.metrics().to_pydict()
    assert set(metrics["side"]) == {"carters", "sailors", "regulars"}
    assert metrics["time_s"][-1] == pytest.approx(6.0)
    assert affray.open(tmp_path / "run").hash() == run.hash(30)


def test_no_unit_shrinks_to_nobody() -> None:
    """A battle has as many fighters as fight in it, also where its size is less than its units."""
    small = affray.load("brawl", set={"size": 3})
    assert small.fighters == len(small.model.units) == 7


def test_events_are_in_words(straight: Recording) -> None:
    """Events name kinds, fighters, weapons and causes, and keep every row."""
    run = affray.open(straight.path)
    events = run.events().to_pylist()
    assert len(events) == straight.events().num_rows
    assert {"wound", "fall", "break", "enter"} <= {event["kind"] for event in events}
    wounds = [event for event in events if event["kind"] == "wound"]
    assert {wound["place"] for wound in wounds} <= {"head", "neck", "torso", "arm", "leg"}
    assert all(wound["weapon"] for wound in wounds)
    names = {wound["fighter_name"] for wound in wounds}
    assert {name for name in names if "/" not in name} <= {"Ann", "Bea"}
    assert "wound" in {event["cause_event_0"] for event in events if event["kind"] == "fall"}


def test_runs_without_a_folder_clean_up() -> None:
    """Without ``out``, the recording lives as long as the run."""
    run = affray.load(affray.load("duel").yaml()).run(until="1 s")
    folder = run.path
    assert folder.is_dir()
    del run
    assert not folder.exists()


def test_fork_resume_and_why(straight: Recording, tmp_path: Path) -> None:
    """A run can be forked at a time, resumed, and asked why."""
    run = affray.open(straight.path)
    other = run.fork(at="4 s", set={"field.wind.speed": "12 m/s"}, until="6 s")
    assert other.recording.manifest["interventions"][0]["tick"] == 20
    assert other.resume().tick > 30
    assert other.hash(20) == run.hash(20)
    same = run.fork(at=20, out=tmp_path / "same")
    assert hashes(same.path) == {t: h for t, h in hashes(run.path).items() if t >= 20}
    died = [e["fighter"] for e in run.events().to_pylist() if e["kind"] == "death"]
    assert "died" in run.why(died[0])
    assert "They chose " in run.why("swords/1", at="2 s")
    assert run.witness("swords/1", "0 s", "2 s").num_rows > 0


def test_a_battle_built_in_python() -> None:
    """The builder's battles load like any other."""
    data = skirmish()
    built = affray.load(affray.Battle("two", field=(20, 20)).side("a").side("b")
                        .unit("x", side="a", count=2, place=(5, 5))
                        .unit("y", side="b", count=2, place=(15, 5)))  # fmt: skip
    assert (built.name, built.fighters) == ("two", 4)
    assert built.change({"units.x.count": 3}).fighters == 5
    assert data.name == "skirmish"


def test_a_time_within_a_tick_is_that_tick(straight: Recording) -> None:
    """As on the command line; what is neither a tick nor a text is refused."""
    run = affray.open(straight.path)
    assert run.fork(at="4.15 s", until="5 s").recording.first_tick == 20
    for at in (4.1, None):
        with pytest.raises(affray.UsageError, match="neither a tick, such as 50, nor a time"):
            run.fork(at=at)  # type: ignore[arg-type]


@pytest.mark.parametrize("until", ["soon", "3 kg", "nan s"])
def test_times_have_units(until: str) -> None:
    """A time in text says its unit; the error names what is allowed."""
    with pytest.raises(affray.UsageError, match="no time"):
        affray.load("duel").run(until=until)


@pytest.mark.parametrize("seed", [True, "x", -1, 1.5, 2**63])
def test_a_seed_is_a_whole_number(seed: object) -> None:
    """Anything else is refused as what it is, in one run and in many."""
    with pytest.raises(affray.UsageError, match="a seed is a whole number from 0"):
        affray.repeat("duel", [1, seed])  # type: ignore[list-item]
    with pytest.raises(affray.UsageError, match="a seed is a whole number from 0"):
        affray.load("duel").run(seed=seed)  # type: ignore[arg-type]


def test_one_mechanism_by_itself() -> None:
    """A text given for ``off`` is one name, not its letters, and so is one given for ``set``."""
    battle = affray.load("brawl")
    alone = battle.run(off="shields", until="1 s")
    assert alone.hash() == battle.run(off=["shields"], until="1 s").hash()
    assert alone.summary().off == ("shields",)
    one = alone.fork(0, set="parameters.strike.hit=0.2", off="relay", until="1 s")
    assert set(one.summary().off) == {"shields", "relay"}
    assert b"strike.hit: 0.2" in one.recording.scenario
    with pytest.raises(affray.ScenarioError, match="--set x: write it as path=value"):
        alone.fork(0, set="x")
    for wrong in (3, [3]):
        with pytest.raises(affray.UsageError, match="give names of mechanisms"):
            battle.run(off=wrong)  # type: ignore[arg-type]
        with pytest.raises(affray.UsageError, match="or texts such as"):
            battle.change(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [None, 3, {}, [], b"brawl"])
def test_what_is_no_battle_is_told_so(source: object) -> None:
    """Not a TypeError out of the depths."""
    with pytest.raises(affray.UsageError, match="is no battle: give a bundled one's name"):
        affray.load(source)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"until": [1]}, r"until=\[1\]: give seconds"),
        ({"until": "soon"}, "'soon' is no time"),
        ({"threads": "x"}, "threads='x': give a whole number"),
        ({"threads": 1.5}, "threads=1.5: give a whole number"),
        ({"out": 3}, "out=3: give a path"),
        ({"out": ""}, "out='': give a path"),
        ({"progress": "yes"}, "progress='yes': give a function"),
    ],
)
def test_what_a_run_cannot_take_is_told_so(wrong: dict[str, Any], told: str) -> None:
    """Which argument it is, and what to give; not a TypeError out of the depths."""
    with pytest.raises(affray.UsageError, match=told):
        affray.load("duel").run(**wrong)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"seeds": 1.5}, "seeds=1.5: give a number of seeds"),
        ({"jobs": "x"}, "jobs='x': give a whole number"),
        ({"vary": 3}, "vary=3: give {path: values}"),
        ({"vary": {"size": 3}}, "vary of size=3: give a list"),
        ({"vary": {"size": [object()]}}, "give numbers, texts, lists or mappings"),
        ({"jitter": None}, "jitter=None: give a number"),
        ({"sift": 3}, "patterns=3: give a path"),
        ({"executor": 3}, "executor=3: give an executor"),
    ],
)
def test_what_a_study_cannot_take_is_told_so(wrong: dict[str, Any], told: str) -> None:
    """The same of many runs."""
    with pytest.raises(affray.UsageError, match=told):
        affray.repeat("duel", **wrong)


@pytest.mark.parametrize("directory", [None, 3, [1], b"x"])
def test_what_is_no_folder_is_told_so(directory: Any) -> None:
    """Nor is a recording opened that was never named."""
    with pytest.raises(affray.UsageError, match=r"directory=.*: give a path"):
        affray.open(directory)


def test_what_a_recorded_run_cannot_take_is_told_so() -> None:
    """Of whom it is asked, when, and in how many words."""
    run = affray.load("duel").run(until=0.4)
    for wrong, told in (
        (lambda: run.witness(1.5), "fighter=1.5: give a fighter's number or name"),  # type: ignore[arg-type]
        (lambda: run.hash("x"), "tick='x': give a whole number"),  # type: ignore[arg-type]
        (lambda: run.tell(0, words=None), "words=None: give a whole number"),  # type: ignore[arg-type]
        (lambda: run.tell(0, words=-3), "words=-3: give a whole number from 50"),
        (lambda: run.tell(0, words=3), "words=3: give a whole number from 50"),
        (lambda: run.hash(True), "tick=True: give a whole number"),
        (lambda: run.tell(0, lexicon=3), "lexicon=3: give a path"),  # type: ignore[arg-type]
        (lambda: run.sift(3), "patterns=3: give a path"),  # type: ignore[arg-type]
        (lambda: run.fork(0, until=[1]), "until=.*: give seconds"),  # type: ignore[arg-type]
    ):
        with pytest.raises(affray.UsageError, match=told):
            wrong()


@pytest.mark.parametrize(
    ("field", "told"),
    [(3, "field.size: a list is wanted"), (None, "'size' is missing"), ("x", "a list is wanted")],
)
def test_a_field_that_is_none_has_its_place(field: Any, told: str) -> None:
    """It is found out with all other faults, when the battle is asked for."""
    built = affray.Battle("meadow", field=field).side("red")
    with pytest.raises(affray.ScenarioError, match=f"meadow: .*{told}"):
        built.scenario()
    with pytest.raises(affray.ScenarioError, match="'name' is missing"):
        affray.Battle(None, field=(20, 20)).scenario()  # type: ignore[arg-type]


def test_faults_of_a_built_battle_have_places() -> None:
    """Where in the battle a fault is: the dotted path to it, as --set would have it."""
    built = (
        affray.Battle("meadow", field=(100, 80))
        .side("red")
        .side("blue")
        .unit("first", side="red", count=20, place=(20, 40), weapons=["speer"])
        .unit("second", side="blue", count=-1, place=(80, 40))
    )
    with pytest.raises(affray.ScenarioError) as wrong:
        built.scenario()
    assert wrong.value.problems[0].startswith("meadow: units.first.weapons.0: there is no weapon")
    assert wrong.value.problems[1].startswith("meadow: units.second.count: -1 is outside")
