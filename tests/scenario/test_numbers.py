"""Numbers with units mean exactly what they say."""

from __future__ import annotations

import contextlib
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.scenario.fields import show_number
from affray.scenario.numbers import DIMENSIONS, BadNumber, quantity_pattern, read_number

WRITTEN = [
    ("1.7 m", "m", 1.7),
    ("1.7m", "m", 1.7),
    ("170 cm", "m", 1.7),
    ("90 s", "s", 90),
    ("30min", "s", 1800),
    ("75 kg", "kg", 75),
    ("4.5 km/h", "m/s", 1.25),
    ("45 deg", "deg", 45),
    ("250 mL", "mL", 250),
    ("1.5 L", "mL", 1500),
    ("80 %", "", 0.8),
    ("35%", "", 0.35),
    ("1.2 L/m2", "L/m2", 1.2),
    ("3 m/s", "m/s", 3),
    ("-2e3", "m", -2000),
    ("6 /min", "1/s", 0.1),
]


@pytest.mark.parametrize(("text", "unit", "value"), WRITTEN)
def test_a_number_with_a_unit_is_converted_exactly(text: str, unit: str, value: float) -> None:
    """The result is the float nearest to the exact value, not one off by a rounding."""
    assert read_number(text, unit) == value
    assert re.search(quantity_pattern(unit), text) or text == "-2e3"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_reads_back_as_itself(number: float) -> None:
    """What affray writes, it reads back to the bit."""
    assert read_number(show_number(number), "m") == number


@given(st.text(max_size=12), st.sampled_from(["", "m", "s", "kg", "1/s", "bare"]))
def test_any_text_is_a_finite_number_or_a_bad_one(text: str, unit: str) -> None:
    """No text makes the reader fail in another way, or yields what is not finite."""
    with contextlib.suppress(BadNumber):
        assert math.isfinite(read_number(text, unit))


def test_no_unit_is_of_two_kinds_that_meet() -> None:
    """A unit's text means one thing wherever that kind is allowed (mm of blood is a depth)."""
    seen: dict[str, str] = {}
    for dimension, units in DIMENSIONS.items():
        for unit in units:
            assert seen.setdefault(unit, dimension) == dimension or unit == "mm"
