"""A fork in the middle with other orders: what each has for an order from then on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from affray.record import Recording
from affray.run import execute, fork, restore
from affray.scenario import Battle
from affray.world import words as w
from affray.world.fields import ARRIVED

GIVEN = "{do: advance, when: {lasted: 1}, by: horn, to: [band], toward: [150, 30]}"
BEGUN = 40  # by then the horn was blown, and heard


def paper() -> Battle:
    """A captain whose horn sends a band forward; each of the band has a trigger of his own."""
    paper = Battle("replanned", field=(200, 60)).side("red").side("blue")
    advance = {
        "do": "advance", "when": {"lasted": 1}, "by": "horn", "to": ["band"], "toward": [150, 30],
    }  # fmt: skip
    paper.unit("captain", side="red", count=1, place=(20, 30), orders=[{"do": "hold"}, advance])
    paper.unit(
        "band", side="red", count=20, place=(40, 30), orders={"do": "hold"},
        triggers=[{"when": {"alone": True, "wounded": True}, "do": "withdraw"}],
    )  # fmt: skip
    return paper.unit("nobody", side="blue", count=1, place=(199, 1), orders={"do": "hold"})


@pytest.fixture(scope="module")
def marching(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """The battle, fought for a while; most of the band are on their way."""
    sets = {"obey.base": 1.0, "talk.banter": 0.0}
    battle = paper()
    for name, value in sets.items():
        battle.parameter(name, value)
    out = tmp_path_factory.mktemp("marching") / "run"
    return Recording.open(execute(battle.scenario(), seed=1, out=out, until_s=20.0, threads=1).path)


def words_of(recording: Any, tick: int, unit: int, name: str = "order") -> list[str]:
    """What the orders that a unit's fighters hold under ``name`` say at a tick."""
    engine = restore(recording, tick, threads=1)
    try:
        ids = engine.state.fighters["id"][engine.state.fighters["unit"] == unit]
        rows = engine.state.memory[name][ids]
        return [w.ORDER_NAMES[engine.world.orders["word"][row]] for row in rows]
    finally:
        engine.close()


BAND = 1


def test_a_unit_goes_by_its_new_orders(marching: Recording, tmp_path: Path) -> None:
    """By what is due in them, and not by what each would do of himself, or be told."""
    assert words_of(marching, BEGUN, BAND).count("advance") > 15
    new = "[{do: hold}, {do: withdraw, when: {foes_within: 5}, by: voice}]"
    out = fork(marching, BEGUN, [f"units.band.orders={new}"], tmp_path / "halt", until_s=12.0)
    assert set(words_of(out.path, BEGUN, BAND)) == {"hold"}
    assert set(words_of(out.path, BEGUN, BAND, "known")) == {"hold"}
    assert set(words_of(out.path, BEGUN + 20, BAND)) == {"hold"}


def test_others_keep_what_they_were_told(marching: Recording, tmp_path: Path) -> None:
    """Though the plan of whoever told them has grown; and hear of the rest as it is given."""
    told = words_of(marching, BEGUN, BAND)
    more = "{do: withdraw, when: {lasted: 5}, by: horn, to: [band]}"
    first = "{do: screen, when: {foes_within: 1}, by: horn, to: [band]}"
    new = f"[{{do: hold}}, {first}, {GIVEN}, {more}]"
    out = fork(marching, BEGUN, [f"units.captain.orders={new}"], tmp_path / "grown")
    assert words_of(out.path, BEGUN, BAND) == told
    assert words_of(out.path, BEGUN, BAND, "known") == words_of(marching, BEGUN, BAND, "known")
    assert "advance" not in words_of(out.path, BEGUN + 55, BAND, "known")
    assert words_of(out.path, BEGUN + 55, BAND).count("withdraw") > 15


def test_what_nobody_can_tell_any_more_is_not_said(marching: Recording, tmp_path: Path) -> None:
    """The horn is at the lips as the plan changes: nobody hears the old order."""
    engine = restore(marching, 8, threads=1)
    assert engine.state.fighters["says"][0] == w.SAY_ORDER
    engine.close()
    out = fork(marching, 8, ["units.captain.orders={do: hold}"], tmp_path / "mute", until_s=10.0)
    assert set(words_of(out.path, 45, BAND)) == {"hold"}


def test_triggers_alone_change_nobodys_orders(marching: Recording, tmp_path: Path) -> None:
    """Who was told to advance still is."""
    told = words_of(marching, BEGUN, BAND)
    new = "[{when: {contact: true}, lean: {guard: 0.5}}]"
    out = fork(marching, BEGUN, [f"units.band.triggers={new}"], tmp_path / "leaning", until_s=9.0)
    assert words_of(out.path, BEGUN, BAND) == told


DONE = "{when: {lasted: 1}, do: charge, again: false}"
OTHER = "{when: {no_foes: true, wounded: true}, do: withdraw, again: false}"


@pytest.mark.parametrize(
    ("before", "after"), [(DONE, f"{OTHER}, {DONE}"), (f"{OTHER}, {DONE}", DONE)]
)
def test_what_has_come_about_once_has_wherever_it_stands_in_another_plan(
    tmp_path: Path, before: str, after: str
) -> None:
    """Each has done one thing that he may do once; under a plan in which another such is put before
    it, or is no more, he has done that one still, and only that.
    """

    def done(folder: Path, plan: str) -> list[str]:
        engine = restore(Recording.open(folder), 95, threads=1)
        try:
            (bits,) = set(engine.state.memory["done"][1:21].tolist())
        finally:
            engine.close()
        wholes = plan.replace("}, {", "}|{").split("|")
        return [whole for k, whole in enumerate(wholes) if bits & ARRIVED << k + 1]

    battle = paper().scenario([f"units.band.triggers=[{before}]"])
    run = execute(battle, seed=1, out=tmp_path / "run", until_s=20.0, threads=1)
    assert done(run.path, before) == [DONE]
    new = f"units.band.triggers=[{after}]"
    out = fork(Recording.open(run.path), 90, [new], tmp_path / "fork", until_s=20.0)
    assert done(out.path, after) == [DONE]
