"""Dispositions a little off: by how much, which, and the same each time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

import affray
from affray.scenario import load
from affray.study import plan, share_of
from affray.study.jitter import jittered
from affray.world.errors import UsageError
from tests.run.fights import skirmish


def test_each_disposition_is_off_by_no_more_than_that_and_nothing_else_is() -> None:
    """Strengths, ties and traits lie within the share of what they were; the rest is as it was."""
    before = load("mutiny")
    after = jittered(before, 0.2, 1)
    moved = 0
    for one, other in zip(before.people, after.people, strict=True):
        for mine, theirs in zip(one.drives, other.drives, strict=True):
            assert abs(theirs.strength - mine.strength) <= 0.2 * mine.strength + 1e-12
            moved += theirs.strength != mine.strength
        for whom, tie in one.ties.items():
            assert abs(other.ties[whom].love - tie.love) <= 0.2 * tie.love + 1e-12
            assert other.ties[whom].dead == tie.dead
    for unit, other_unit in zip(before.units, after.units, strict=True):
        courage, theirs_too = unit.personality.courage, other_unit.personality.courage
        assert abs(theirs_too.mean - courage.mean) <= 0.2 * courage.mean + 1e-12
        assert theirs_too.sd == courage.sd
        assert (unit.count, unit.training) == (other_unit.count, other_unit.training)
    assert moved > 5


def test_it_hangs_on_the_seed_alone() -> None:
    """The same seed, the same dispositions; another, others; none at all, those of the file."""
    paper = load("mutiny")
    assert jittered(paper, 0.2, 3) == jittered(paper, 0.2, 3) != jittered(paper, 0.2, 4)
    assert jittered(paper, 0.0, 3) == paper


def test_a_study_of_it_is_another_study() -> None:
    """Battles go otherwise, and its digest differs, so that no folder mixes the two."""
    paper = affray.Scenario(skirmish())
    with ThreadPoolExecutor(1) as here:
        plain = affray.repeat(paper, 2, executor=here)
        off = affray.repeat(paper, 2, jitter=0.5, executor=here)
    assert plain["hash"].to_pylist() != off["hash"].to_pylist()
    assert plan(skirmish(), 2).digest != plan(skirmish(), 2, jitter=0.5).digest


def test_a_share_is_wanted() -> None:
    """``20%`` and ``0.2`` are one; what is no share of anything is refused."""
    assert share_of("20%") == share_of("0.2") == 0.2
    for text in ("much", "150%"):
        with pytest.raises(UsageError):
            plan(skirmish(), 2, jitter=share_of(text))
