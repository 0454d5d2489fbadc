"""The bench's rows of what each mechanism costs."""

from __future__ import annotations

import pytest

from affray.scenario import mechanisms
from bench import mechanisms as bench_mechanisms
from bench.sample import Sample


def test_a_row_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mechanism that ``--off`` knows has its row, named and explained."""
    asked: list[str] = []

    def cost(name: str, *_: int) -> Sample:
        asked.append(name)
        return Sample((1.0,))

    monkeypatch.setattr(bench_mechanisms, "cost", cost)
    rows = bench_mechanisms.measure(200, 1, 1)
    assert asked == list(mechanisms())
    assert len(rows) == len(asked)
    for row, (name, mechanism) in zip(rows, mechanisms().items(), strict=True):
        assert name in row.what
        assert mechanism.about in row.note


def test_both_halves_fight_the_same_ticks() -> None:
    """A cost is a share: a battle measured against itself but for one rule stays near it."""
    sample = bench_mechanisms.cost("trodden-grass", 60, 2, 2)
    assert len(sample.values) == 2
    assert all(value < 100.0 for value in sample.values)
