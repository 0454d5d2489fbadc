"""Checks of laws that must emerge from single fighters, whatever history says.

Lanchester's laws (1916) of aimed fire, of the narrow front and of area fire; that the length of a
tick does not matter (Al Rowaei et al., 2011, on time-stepped combat models); and symmetry.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

from affray.scenario import Scenario, load
from affray.scenario.dumping import plain
from affray.scenario.loader import from_data
from affray.study.checks import MARGIN, Check, Finding, column, near, within
from affray.study.intervals import Interval, mean_interval, share_interval
from affray.study.plan import Plan, plan

if TYPE_CHECKING:
    import pyarrow as pa

Plans = Mapping[str, Plan]
Tables = Mapping[str, "pa.Table"]

STRENGTHS = ((80, 40), (80, 60), (60, 40))
FILLED = "2 min"  # for so long even 40 men fill a lane of six files to three ranks and more
# how many stand in one and the same region of 28 × 16 m
CROWDS = {
    28: ["units.crowd.count=28", "units.crowd.formation={shape: line, ranks: 4, spacing: 4}"],
    112: ["units.crowd.count=112", "units.crowd.formation={shape: line, ranks: 8, spacing: 2}"],
}
AIMED = {
    "unaimed": [],
    "aimed": [
        "parameters.throw.picks=1",
        "parameters.throw.overshoot=0",
        "parameters.throw.falls_m=1",
        "weapons.long_shot.spread=0.35",
        "end.after=15",
    ],
}


def _pairs(battle: str, seeds: int, *sets: str) -> dict[str, Plan]:
    """A battle of ``many`` against ``few`` at each pair of strengths."""
    return {
        f"{many} against {few}": plan(
            load(battle, [f"units.many.count={many}", f"units.few.count={few}", *sets]), seeds
        )
        for many, few in STRENGTHS
    }


def _square(plans: Plans, tables: Tables) -> list[Finding]:
    found = []
    for (many, few), (name, table) in zip(STRENGTHS, tables.items(), strict=True):
        left = column(table, "a.standing")
        expected = sqrt(many * many - few * few)
        found.append(_mean(f"survivors of {name}", expected, left))
    return found


def _linear_plans(seeds: int) -> dict[str, Plan]:
    """Each pair for as long as both columns fill the lane, and to the end."""
    whole = _pairs("lanchester_linear", seeds)
    early = _pairs("lanchester_linear", seeds, f"end.after={FILLED}")
    return {**{f"{name}, in {FILLED}": plan for name, plan in early.items()}, **whole}


def _linear(plans: Plans, tables: Tables) -> list[Finding]:
    found = []
    for (many, few), (name, table) in zip((*STRENGTHS, *STRENGTHS), tables.items(), strict=True):
        lost_a = many - column(table, "a.standing")
        lost_b = few - column(table, "b.standing")
        what = f"lost by the many for each of the few, {name}"
        found.append(near(what, 1.0, _ratio(lost_a, lost_b), len(lost_a)))
    return found


def _mean(what: str, expected: float, values: np.ndarray) -> Finding:
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return near(what, expected, mean_interval(values), len(values), spread=spread)


def _area_plans(seeds: int) -> dict[str, Plan]:
    """The same region with few and with many in it, shot at without a mark and with one."""
    return {
        f"{count} {how}": plan(load("lanchester_area", [*AIMED[how], *sets]), 2 * seeds)
        for how in AIMED
        for count, sets in CROWDS.items()
    }


def _area(plans: Plans, tables: Tables) -> list[Finding]:
    """By which power of the crowd's number its losses grow: the first, or none."""
    found = []
    for how, expected in (("unaimed", 1.0), ("aimed", 0.0)):
        number, lost = [], []
        for count in CROWDS:
            left = column(tables[f"{count} {how}"], "b.standing")
            number.append(np.full(len(left), float(count)))
            # those who fall make the region emptier: the losses had nobody been missing yet
            fallen = -count * np.log(np.maximum(left, 0.5) / count)
            lost.append(fallen if how == "unaimed" else count - left)
        power = _slope(
            np.log(np.concatenate(number)), np.log(np.maximum(np.concatenate(lost), 0.5))
        )
        found.append(
            within(
                f"power of the crowd's number in its losses, {how} fire",
                expected - MARGIN,
                expected + MARGIN,
                power,
                sum(map(len, lost)),
            )
        )
    return found


def _slope(x: np.ndarray, y: np.ndarray) -> Interval:
    """Slope of y on x by least squares, with its 95 % interval."""
    dx = x - x.mean()
    slope = float((dx * y).sum() / (dx * dx).sum())
    rest = y - y.mean() - slope * dx
    error = sqrt(float((rest * rest).sum()) / max(len(x) - 2, 1) / float((dx * dx).sum()))
    return Interval(slope, slope - 1.96 * error, slope + 1.96 * error)


STEPPED = {
    "lanchester_square": ("duration_s", "a.standing"),
    "lanchester_linear": ("duration_s", "a.standing"),
    "hastings": ("english.dead", "normans.dead"),
}


def _step_plans(seeds: int) -> dict[str, Plan]:
    sets = {"hastings": ["size=300"]}
    return {
        name: plan(load(name, sets.get(name, [])), seeds, {"dt": ["0.2", "0.1"]})
        for name in STEPPED
    }


def _step(plans: Plans, tables: Tables) -> list[Finding]:
    found = []
    for name, measures in STEPPED.items():
        table = tables[name]
        whole = column(table, "dt") == 0.2
        for measure in measures:
            values = column(table, measure)
            ratio = _ratio(values[~whole], values[whole])
            found.append(
                near(f"{name}: {measure}, half a tick to a whole", 1.0, ratio, len(values))
            )
    return found


def _ratio(one: np.ndarray, other: np.ndarray) -> Interval:
    """Ratio of two independent means, by the delta method."""
    a, b = mean_interval(one), mean_interval(other)
    ratio = a.value / b.value if b.value else 1.0
    errors = [(m.high - m.value) / m.value if m.value else 0.0 for m in (a, b)]
    half = abs(ratio) * sqrt(errors[0] ** 2 + errors[1] ** 2)
    return Interval(ratio, ratio - half, ratio + half)


BANDS = [
    "units.challenger.count=24",
    "units.challenged.count=24",
    "field.size=[80, 80]",
    "units.*.personality.aggression=0.6",
    "units.challenger.place=[36, 40]",
    "units.challenged.place=[44, 40]",
]
TURNS = {"as it stands": 0.0, "turned by 90°": 90.0, "turned by 45°": 45.0}
RUNS_OF_SYMMETRY = 10  # times as many, for these are small and the margin is on a share


def _symmetry_plans(seeds: int) -> dict[str, Plan]:
    equal = load("duel", BANDS)
    uneven = load("duel", [*BANDS, "units.challenged.count=18"])
    many = RUNS_OF_SYMMETRY * seeds
    return {
        "equal bands": plan(equal, many),
        **{name: plan(turned(uneven, angle), many // 2) for name, angle in TURNS.items()},
    }


def _symmetry(plans: Plans, tables: Tables) -> list[Finding]:
    held = tables["equal bands"]["holder"].to_pylist()
    decided = [holder for holder in held if holder is not None]
    share = share_interval(decided.count("red"), max(len(decided), 1))
    found = [near("share of wins of one of two equal bands", 0.5, share, len(held))]
    plainly = tables["as it stands"]
    for name in list(TURNS)[1:]:
        for measure in ("duration_s", "red.dead", "blue.dead"):
            ratio = _ratio(column(tables[name], measure), column(plainly, measure))
            found.append(near(f"{measure}, {name} to as it stands", 1.0, ratio, len(held)))
    return found


def turned(scenario: Scenario, degrees: float) -> Scenario:
    """The same battle turned about the middle of its field, which must be square and bare."""
    data = plain(scenario, brief=True)
    half = data["field"]["size"][0] / 2
    angle = degrees * pi / 180
    for unit in data["units"]:
        x, y = unit["place"][0] - half, unit["place"][1] - half
        unit["place"] = [
            half + x * cos(angle) - y * sin(angle),
            half + x * sin(angle) + y * cos(angle),
        ]
        unit["facing"] = (unit.get("facing", 0.0) + degrees) % 360
    return from_data(data)


LAWS = (
    Check(
        "square",
        "Lanchester's square law",
        "Two firing lines, everybody in range of everybody, aimed fire: of A against B, the root "
        "of A² - B² are left.",
        "what the law asks for: equal weapons, no fear, no fatigue (`lanchester_square`)",
        lambda seeds: _pairs("lanchester_square", 2 * seeds),
        _square,
    ),
    Check(
        "linear",
        "Lanchester's linear law",
        "Two columns in a lane, hand to hand: each side pays man for man, whatever stands behind, "
        "for as long as both fill the lane; whoever is then left is surrounded.",
        "blows as by `strike.*`, most of them invented; the law asks only that both sides have the "
        "same (`lanchester_linear`)",
        lambda seeds: _linear_plans(4 * seeds),
        _linear,
    ),
    Check(
        "area",
        "Fire into a region",
        "Unaimed fire meets somebody in proportion to how many stand in the region, aimed fire "
        "does not: losses grow by the first power of their number, or by none.",
        "the law asks for no figures (`lanchester_area`)",
        _area_plans,
        _area,
    ),
    Check(
        "step",
        "Length of a tick",
        "With half the tick every mean stays as it is, but for the margin.",
        "`dt`; the rates of all rules",
        lambda seeds: _step_plans(2 * seeds),
        _step,
    ),
    Check(
        "symmetry",
        "Symmetry",
        "Of two equal bands each wins half of the fights; and a battle turned about the middle of "
        "its field goes as before.",
        "none: no figure can make it pass",
        _symmetry_plans,
        _symmetry,
    ),
)
