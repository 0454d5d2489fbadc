"""Events with names in place of numbers, as ``Run.events()`` gives them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import affray


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """A captain's horn sends a band at the enemy, some of whom are told to hold by voice."""
    paper = (
        affray.Battle("named", field=(120, 40)).side("red").side("blue").parameter("obey.base", 1)
    )
    horn = {"do": "charge", "when": {"lasted": 1}, "by": "horn", "to": ["band"]}
    shout = {"do": "withdraw", "when": {"lasted": 2}, "by": "voice"}
    paper.unit("captain", side="red", count=1, place=(20, 20), orders=[{"do": "hold"}, horn])
    paper.unit("band", side="red", count=12, place=(40, 20), orders={"do": "hold"})
    paper.unit(
        "others", side="blue", count=12, place=(60, 20), facing="west",
        orders=[{"do": "hold"}, shout],
    )  # fmt: skip
    out: Path = tmp_path_factory.mktemp("named") / "run"
    return affray.load(paper).run(seed=1, out=out, until="30 s").events().to_pylist()


def of(events: list[dict[str, Any]], *kinds: str) -> list[dict[str, Any]]:
    """Events of some kinds."""
    found = [event for event in events if event["kind"] in kinds]
    assert found
    return found


def test_what_was_said_and_how(events: list[dict[str, Any]]) -> None:
    """Words and signals say what they were, in which way, and what order; others say nothing."""
    said = {(e["fighter_name"], e["says"], e["way"], e["order"]) for e in of(events, "say")}
    assert ("captain", "order", "horn", "charge") in said
    assert ("others/1", "order", "voice", "withdraw") in said
    assert {order for _, says, _, order in said if says != "order"} <= {None}
    assert not [e for e in events if e["kind"] not in ("say", "cut") and (e["says"] or e["way"])]


def test_what_was_taken_up(events: list[dict[str, Any]]) -> None:
    """Whoever takes an order up says which."""
    taken = {(e["fighter_name"].split("/")[0], e["order"]) for e in of(events, "obey")}
    assert taken == {("band", "charge"), ("others", "withdraw")}


def test_only_what_has_a_weapon_names_one(events: list[dict[str, Any]]) -> None:
    """Words have none, nor has a fall."""
    assert all(e["weapon"] for e in of(events, "wound"))
    assert all(e["weapon"] is None for e in events if e["kind"] not in ("wound", "throw", "blow"))
