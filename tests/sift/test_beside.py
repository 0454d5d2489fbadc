"""The patterns that go with a battle are found, and fit it."""

from __future__ import annotations

from pathlib import Path

import pytest

from affray.scenario import bundled, dump, load_bundled, parse
from affray.sift import check_against, sieve_beside
from affray.world.errors import ScenarioError


@pytest.mark.parametrize("name", bundled())
def test_the_patterns_of_a_bundled_battle_fit_it(name: str) -> None:
    """They can be read, and ask for nothing that it does not have."""
    sieve = sieve_beside(name)
    if sieve is not None:
        check_against(sieve, load_bundled(name))
    assert (sieve is not None) == bool(load_bundled(name).people)


def test_a_file_has_its_patterns_beside_it(tmp_path: Path) -> None:
    """``NAME.beats.yaml``; without it there are none, and a fault in it is said."""
    battle = tmp_path / "mine.yaml"
    assert sieve_beside(str(battle)) is None
    beats = tmp_path / "mine.beats.yaml"
    beats.write_text("patterns: [{name: fall, steps: [{event: fall, who: one}]}]\n")
    found = sieve_beside(str(battle))
    assert found is not None
    assert found.patterns.names() == ["fall"]
    beats.write_text("patterns: 3\n")
    with pytest.raises(ScenarioError, match=r"mine\.beats\.yaml:1:11"):
        sieve_beside(str(battle))


def test_powers_keep_their_numbers_in_a_recording() -> None:
    """Events name powers by number: however the file is written, they are numbered by name."""
    paper = load_bundled("clearing")
    again = parse(dump(paper), "again.yaml")
    assert list(again.powers) == list(paper.powers) == sorted(paper.powers)
