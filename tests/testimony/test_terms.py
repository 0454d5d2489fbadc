"""Numbers that know which sum they are: the value is that of the rule, and the terms add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affray.rules.maths import clamp, hazard
from affray.testimony.terms import Term, Traced, Watched, traced

P = np.array([(0.5, 0.25)], [("fear_odds_per_s", "f8"), ("decide_dread", "f8")]).view(np.recarray)
ME = np.array([(0.5, 3)], [("fear", "f4"), ("foes", "i8")]).view(np.recarray)


def parts(number: Traced) -> dict[tuple[str, ...], float]:
    """Value of each term by what it hangs on, or else by what it is made of."""
    return {term.parameters or tuple(term.of): term.value for term in number.terms}


def test_a_sum_is_told_apart_by_its_parameters() -> None:
    """Each term keeps its parameter and what entered it, times what both are multiplied by."""
    p, me = Watched("parameter", P[0]), Watched("own", ME[0])

    total = (p.fear_odds_per_s * me.foes - p.decide_dread * me.fear) * 0.5 + 1.0

    assert total.value == 1.6875
    assert total.terms == (
        Term(0.75, ("fear.odds_per_s",), {"own.foes": 3.0}),
        Term(-0.0625, ("decide.dread",), {"own.fear": 0.5}),
        Term(1.0),
    )


def test_what_one_parameter_weighs_is_one_term() -> None:
    """A weight times a sum of circumstances is one term, made of all of them."""
    p, me = Watched("parameter", P[0]), Watched("own", ME[0])

    weighed = p.decide_dread * (1.0 + me.fear * me.foes)

    (term,) = weighed.terms
    assert (term.value, term.parameters) == (0.625, ("decide.dread",))
    assert term.of.keys() == {"own.fear", "own.foes"}


def test_what_is_held_at_a_bound_says_so() -> None:
    """Clamped numbers keep their terms, and one for the bound that makes the sum right."""
    p = Watched("parameter", P[0])

    held = traced(clamp)(p.fear_odds_per_s + 0.75, 0.0, 1.0)

    assert parts(held) == {("fear.odds_per_s",): 0.5, (): 0.75, ("limit",): -0.25}
    assert held.value == 1.0


def test_what_is_no_sum_is_one_term() -> None:
    """A chance out of two rates hangs on both, and is not taken apart."""
    p = Watched("parameter", P[0])

    chance = traced(hazard)(p.fear_odds_per_s + p.decide_dread, 0.4)

    assert parts(chance) == {("fear.odds_per_s", "decide.dread"): hazard(0.75, 0.4)}


def test_small_whole_numbers_are_told_in_the_unit_that_people_think_in() -> None:
    """A share as one, a length in metres; the number that a rule gets stays what it is."""
    nature = Watched("nature", {"courage": 255, "height": 1720, "blood": 525_000})
    for key, told in (("courage", 1.0), ("height", 1.72), ("blood", 525_000.0)):
        traced = getattr(nature, key)
        assert traced.terms[0].of == {f"nature.{key}": pytest.approx(told)}
        assert traced.value == nature.record[key]


def test_writing_leaves_the_record() -> None:
    """What a rule writes is read back, and the record stays as it was."""
    me = Watched("own", ME[0])
    me.fear = me.fear + 0.25

    assert me.fear.value == 0.75
    assert ME[0].fear == 0.5


@given(st.lists(st.tuples(st.sampled_from("+-*/"), st.floats(0.125, 8.0)), max_size=12))
def test_arithmetic_is_that_of_plain_numbers(steps: list[tuple[str, float]]) -> None:
    """Whatever is done to it, the value is the plain one to the bit, and the terms add up."""
    plain = np.float64(0.5)
    number = Watched("parameter", P[0]).fear_odds_per_s
    for how, by in steps:
        if how == "+":
            plain, number = plain + by, number + by
        elif how == "-":
            plain, number = by - plain, by - number
        elif how == "*":
            plain, number = plain * by, by * number
        else:
            plain, number = plain / by, number / by

    assert number.value == plain
    assert sum(term.value for term in number.terms) == pytest.approx(float(plain), abs=1e-6)
