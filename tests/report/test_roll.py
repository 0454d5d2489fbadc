"""The roll after a battle: everybody in exactly one class, and nobody called left unbeknown."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

import affray
from affray.record import Recording
from affray.report.roll import CLASSES, Roll, called
from affray.report.roster import Roster
from affray.scenario import Battle
from affray.world import words as w


def test_everybody_is_in_one_class(market: Path) -> None:
    """The classes of a side add up to it; those that a state decides alone are those of it."""
    recording = Recording.open(market)
    roll = Roll.of(recording)
    assert roll is not None
    fighters = recording.checkpoint(recording.last_tick)[0]["fighters"]
    for number, side in enumerate(roll.sides.values()):
        own = fighters[fighters["side"] == number]
        assert list(side) == list(CLASSES)
        assert sum(side.values()) == len(own)
        assert side["dead"] == (own["status"] == w.DEAD).sum()
        assert side["in reserve"] == (own["status"] == w.RESERVE).sum()
        assert side["missing"] == (own["status"] == w.LEFT).sum()


def rout() -> Battle:
    """A band that is overrun and runs from its wounded; one of them is to answer for it."""
    battle = Battle("rout", field=(120, 60), seed=12).side("red").side("blue")
    battle.unit(
        "band", side="red", count=30, place=(50, 30), facing="east", training="green",
        armour="none", personality={"courage": 0.15}, orders={"do": "hold"},
    )  # fmt: skip
    battle.unit(
        "raiders", side="blue", count=30, place=(58, 30), facing="west", training="veteran",
        personality={"courage": 1.0, "aggression": 0.9}, orders={"do": "charge"},
    )  # fmt: skip
    battle.notion("must_answer", kind="consequence", about="Vat", says="that he must answer")
    battle.person("Vat", unit="raiders", ties={"Ada": {}})
    battle.person("Ada", unit="raiders", number=2, ties={"Vat": {}}, holds={"must_answer": 0.9})
    return battle


def test_who_is_left_is_known_to_somebody_who_lives(tmp_path: Path) -> None:
    """Those left lie there, and companions who live know it; a consequence makes an outlaw."""
    run = affray.load(rout()).run(until="25 s", out=tmp_path / "rout.affray")
    roll, roster = run.roll(), Roster.from_recording(run.recording)
    assert roll is not None
    fighters = run.recording.checkpoint(run.tick)[0]["fighters"]
    assert roll.left
    assert sum(side["left"] for side in roll.sides.values()) == len(roll.left)
    for one in roll.left:
        lying, known_to = roster.find(one.name), [roster.find(name) for name in one.known_to]
        assert fighters["status"][lying] in (w.DOWN, w.OUT)
        assert known_to
        assert (fighters["side"][known_to] == fighters["side"][lying]).all()
        assert not np.isin(fighters["status"][known_to], (w.DEAD, w.RESERVE)).any()
    assert roll.people == {"Vat": "outlawed", "Ada": roll.people["Ada"]}
    assert "left behind" in str(roll).lower()
    assert json.loads(json.dumps(roll.as_data()))["people"]["Vat"] == "outlawed"


def test_only_where_people_have_names_it_is_called_unasked(market: Path, tmp_path: Path) -> None:
    """``affray info`` prints it for battles with people."""
    assert called(Recording.open(market)) is None
    run = affray.load(rout()).run(until="1 s", out=tmp_path / "rout.affray")
    assert called(run.recording) is not None
