"""What is written reads back the same, and no input fails in another way than it should."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from affray.scenario import (
    Scenario,
    apply_sets,
    bundled,
    digest,
    dump,
    from_data,
    load_bundled,
    parse,
)
from affray.scenario.template import template
from affray.world.errors import AffrayError, ScenarioError
from tests.scenario.papers import SMALL

share = st.floats(0, 1)
spread = st.one_of(share, st.fixed_dictionaries({"mean": share, "sd": st.floats(0, 0.4)}))
names = st.from_regex(r"[a-zA-Zæøåß][a-z0-9_-]{0,8}", fullmatch=True)
words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn", "Zl", "Zp"]), max_size=40)


@st.composite
def battles(draw: Any) -> dict[str, Any]:
    """Sound scenarios of many kinds, as plain data."""
    sides = draw(st.lists(names, min_size=2, max_size=4, unique=True))
    labels = draw(
        st.lists(names, min_size=1, max_size=4, unique=True).map(lambda n: [f"u_{x}" for x in n])
    )
    units = [
        {
            "name": label,
            "title": draw(words),
            "side": draw(st.sampled_from(sides)),
            "count": draw(st.integers(1, 40)),
            "place": [draw(st.floats(200, 300)), draw(st.floats(200, 300))],
            "facing": draw(st.one_of(st.floats(-180, 180), st.sampled_from(["north", "west"]))),
            "formation": {"shape": draw(st.sampled_from(["line", "column", "wedge", "mob"]))},
            "weapons": draw(
                st.lists(
                    st.sampled_from(["spear", "bow", "javelin", "fists"]), min_size=1, max_size=3
                )
            ),
            "armour": draw(st.sampled_from(["mail", "cloth", "none"])),
            "personality": {"courage": draw(spread), "belief": draw(spread)},
            "opening": {"fatigue": draw(spread)},
            "leader": draw(st.sampled_from(["none", {"training": "elite"}, {"all_round": True}])),
            "orders": draw(st.sampled_from([{"do": "hold"}, [{"do": "charge", "after": "2 min"}]])),
        }
        for label in labels
    ]
    return {
        "affray": 1,
        "name": draw(names),
        "about": draw(words),
        "seed": draw(st.integers(0, 2**63 - 1)),
        "size": draw(st.one_of(st.none(), st.integers(1, 255))),
        # no size here may stretch 500 m beyond the longest field: 8,000 m, at 256 for each fighter
        "field": {"size": [500, 500], "light": draw(share)},
        "sides": [{"name": side} for side in sides],
        "units": units,
        "weapons": draw(st.sampled_from([{}, {"spear": {"reach": 1.9}}, {"pike": {"reach": 2}}])),
    }


@given(battles())
@settings(max_examples=60)
def test_dump_and_parse_are_inverse(data: dict[str, Any]) -> None:
    """A scenario written in its canonical form reads back equal, and is then written the same."""
    scenario = from_data(data)
    again = parse(dump(scenario))
    assert again == scenario
    assert dump(again) == dump(scenario)
    assert again.seed == data["seed"]


def test_the_digest_is_of_the_meaning() -> None:
    """Order of keys, comments and units of measure change nothing; a number does."""
    other = SMALL.replace("{size: [100, 80]}", "{size: [100 m, 8000 cm]}  # a meadow")
    other = other.replace("side: red, count: 20", "count: 20, side: red")
    assert digest(parse(other)) == digest(parse(SMALL))
    assert digest(parse(SMALL.replace("count: 20", "count: 21"))) != digest(parse(SMALL))


def test_a_set_without_change_changes_nothing() -> None:
    """Laying no changes over a scenario gives the same scenario."""
    scenario = parse(template("mine"))
    assert apply_sets(scenario, []) == scenario


@pytest.mark.parametrize("name", bundled())
def test_bundled_battles_hold_and_read_back(name: str) -> None:
    """Every bundled battle is sound, is called as its file, and says what it shows."""
    scenario = load_bundled(name)
    assert scenario.name == name
    assert scenario.shows
    assert parse(dump(scenario)) == scenario


def only_known_errors(text: str | bytes) -> Scenario | None:
    """The scenario, or None where the text is refused as it should be."""
    try:
        return parse(text, "b.yaml")
    except ScenarioError:
        return None


@given(st.text(max_size=200))
@example("affray: \u00b2")
@example("affray: 1\nunits: {}\nsides: 3\nfield: []")
@example("\ufeffaffray: 1")
@example("%YAML 1.1\n---\na")
@example("%TAG ! x\n--- a")
@example('"\\ud800": 1')
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the loader fail in another way."""
    only_known_errors(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """No bytes make the loader fail in another way."""
    only_known_errors(raw)


JUNK = st.sampled_from(
    [
        "",
        "-1",
        "{}",
        "[]",
        "[[]]",
        "{a: 1}",
        "none",
        "0",
        "1e308",
        "true",
        "'",
        "&a",
        "*a",
        "!x 1",
        "- x",
        "~",
        "²",
    ]
)


@given(st.integers(0, 10_000), st.integers(0, 60), JUNK)
@settings(max_examples=200)
def test_any_edit_of_a_sound_scenario_is_read_or_refused(start: int, length: int, put: str) -> None:
    """Junk written anywhere into a scenario ends in a scenario or in named problems."""
    text = template("mine")
    start %= len(text)
    only_known_errors(text[:start] + put + text[start + length :])


TOKENS = st.sampled_from(
    [
        "affray",
        "units",
        "field",
        "size",
        "*",
        "0",
        "first",
        "place",
        "parameters",
        "sight",
        "orders",
        "do",
        "",
        "²",
        "[",
        "name",
    ]
)


@given(st.lists(TOKENS, max_size=5), JUNK)
@settings(max_examples=200)
def test_any_set_is_taken_or_refused(steps: list[str], value: str) -> None:
    """No path and value make a change fail in another way."""
    with contextlib.suppress(AffrayError):
        parse(SMALL, "b.yaml", [".".join(steps) + "=" + value])
