"""What each fighter is like and in which state he opens the battle, drawn from his unit's spreads.

Every draw hangs on the fighter's luck key alone, so another unit more or less changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from affray.scenario import nature
from affray.scenario.fields import Spread
from affray.scenario.kit import load_kg
from affray.scenario.model import Scenario
from affray.scenario.units import Unit
from affray.world import fields, words
from affray.world.fields import LOAD_PER_KG, PER_KG, PER_M, SHARE
from affray.world.records import in_steps

CRITICAL_SPEED_M_PER_S = 3.74  # of an ordinary fit adult (Smyth 2020)
SPEED_SD_M_PER_S = 0.25
TRAINING_SD = 0.06
STAINED_BLADE_ML = 20.0  # blood on a blade that is stained all over: invented
_BAND = 50_000  # fighters whose natures are worked out at a time, or a unit if that is larger

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Roll:
    """The fighters of some units, by id from 0: luck keys (N,), the units' numbers (N,) among
    these; first ids of the units (U + 1,).
    """

    seed: int
    units: tuple[Unit, ...]
    keys: nature.Keys
    unit_of: npt.NDArray[np.int32]
    first: npt.NDArray[np.int64]

    def bands(self) -> Iterator[tuple[slice, slice, Roll]]:
        """Ids and units of some units after others, with a roll of their own.

        What is worked out for few at a time takes little memory beside the tables it goes into.
        """
        begin = 0
        while begin < len(self.units):
            most = int(self.first[begin]) + _BAND
            end = max(int(np.searchsorted(self.first, most, "right")) - 1, begin + 1)
            ids, numbers = slice(*self.first[[begin, end]].tolist()), slice(begin, end)
            yield (
                ids,
                numbers,
                Roll(
                    seed=self.seed,
                    units=self.units[numbers],
                    keys=self.keys[ids],
                    unit_of=self.unit_of[ids] - np.int32(begin),
                    first=self.first[begin : end + 1] - self.first[begin],
                ),
            )
            begin = end


def drawn(
    roll: Roll,
    purpose: int,
    spreads: list[Spread],
    low: float,
    high: float,
    leaders: dict[int, Spread] | None = None,
) -> Numbers:
    """A quantity of every fighter: normal by the spread of his unit, held between low and high.

    `leaders`: spreads of single fighters, by id.
    """
    mean = np.array([spread.mean for spread in spreads])[roll.unit_of]
    sd = np.array([spread.sd for spread in spreads])[roll.unit_of]
    for fighter, spread in (leaders or {}).items():
        mean[fighter], sd[fighter] = spread.mean, spread.sd
    return np.clip(mean + sd * nature.bell(roll.seed, roll.keys, purpose), low, high)


def traits_of(scenario: Scenario, roll: Roll, blood_per_kg_ml: float) -> np.ndarray:
    """(N,) TRAIT by id."""
    traits = np.zeros(len(roll.keys), fields.TRAIT).view(np.recarray)
    for ids, _, band in roll.bands():
        _give(scenario, band, blood_per_kg_ml, traits[ids])
    return traits


def _give(scenario: Scenario, roll: Roll, blood_per_kg_ml: float, traits: np.ndarray) -> None:
    """Fill in the `traits` of those on the roll."""
    units = roll.units
    for name, purpose in (
        ("courage", nature.COURAGE),
        ("discipline", nature.DISCIPLINE),
        ("aggression", nature.AGGRESSION),
    ):
        traits[name] = in_steps(_character(roll, name, purpose), SHARE)
    trained = drawn(
        roll,
        nature.TRAINING,
        [_trained(unit.training) for unit in units],
        0.0,
        1.0,
        {
            int(roll.first[number]): _trained(unit.leader.training)
            for number, unit in enumerate(units)
            if unit.leader is not None and unit.leader.training is not None
        },
    )
    traits["training"] = in_steps(trained, SHARE)
    mass = drawn(roll, nature.MASS, [unit.body.mass for unit in units], 30.0, 250.0)
    traits["mass"] = in_steps(mass, PER_KG)
    height = drawn(roll, nature.HEIGHT, [unit.body.height for unit in units], 1.0, 2.5)
    traits["height"] = in_steps(height, PER_M)
    fitness = drawn(roll, nature.FITNESS, [unit.body.fitness for unit in units], 0.0, 1.0)
    whim = SPEED_SD_M_PER_S * nature.bell(roll.seed, roll.keys, nature.SPEED)
    traits["speed"] = in_steps(CRITICAL_SPEED_M_PER_S * (0.8 + 0.4 * fitness) + whim, PER_M)
    load = np.array([load_kg(scenario, unit) for unit in units])
    traits["load"] = in_steps(load, LOAD_PER_KG)[roll.unit_of]
    traits["blood"] = np.floor(traits["mass"] / PER_KG * (blood_per_kg_ml * 100.0))
    traits["sight"] = np.array([unit.all_round for unit in units], np.uint8)[roll.unit_of]
    for number, unit in enumerate(units):
        if unit.leader is not None and unit.leader.all_round is not None:
            traits["sight"][roll.first[number]] = unit.leader.all_round
    for name, purpose in (
        ("humour", nature.HUMOUR),
        ("composure", nature.COMPOSURE),
        ("voice", nature.VOICE),
    ):
        traits[name] = (SHARE * _character(roll, name, purpose)).astype(np.uint8)
    traits["timbre"] = _timbres(roll)
    for number, unit in enumerate(units):
        if unit.leader is not None:
            line = slice(
                roll.first[number],
                min(roll.first[number] + 1 + unit.deputies, roll.first[number + 1]),
            )
            traits["leader"][line] = np.arange(1, line.stop - line.start + 1)
    for number, unit in enumerate(units):
        if unit.standard:
            bearer = int(roll.first[number]) + int(unit.leader is not None and unit.count > 1)
            traits["standard"][bearer] = 1


def _timbres(roll: Roll) -> Numbers:
    """(N,) what the voices are like: see ``words.TIMBRE_NAMES``."""
    women = np.array([{"women": 1.0, "mixed": 0.5}.get(u.timbre, 0.0) for u in roll.units])
    inhuman = np.array([unit.timbre == "inhuman" for unit in roll.units])
    high = nature.even(roll.seed, roll.keys, nature.TIMBRE) < women[roll.unit_of]
    timbres = np.where(high, words.WOMAN, words.MAN)
    timbres[inhuman[roll.unit_of]] = words.INHUMAN
    for number, unit in enumerate(roll.units):
        if unit.leader is not None and unit.leader.timbre is not None:
            timbres[roll.first[number]] = words.VOICES[unit.leader.timbre]
    return timbres


def _character(roll: Roll, name: str, purpose: int) -> Numbers:
    """(N,) a trait of the personality, leaders by their own spread where they have one."""
    leaders = {}
    for number, unit in enumerate(roll.units):
        own = getattr(unit.leader.personality, name) if unit.leader is not None else None
        if own is not None:
            leaders[int(roll.first[number])] = own
    spreads = [getattr(unit.personality, name) for unit in roll.units]
    return drawn(roll, purpose, spreads, 0.0, 1.0, leaders)


def _trained(level: float) -> Spread:
    return Spread(mean=level, sd=TRAINING_SD)


def open_with(roll: Roll, fighters: np.ndarray, traits: np.ndarray, most_lost: float) -> None:
    """Give the `fighters` on the roll the state in which they open: weary, afraid, having bled.

    `most_lost`: share of the blood beyond which nobody would stand, so nobody opens with more.
    """
    opening = [unit.opening for unit in roll.units]
    for name, purpose in (
        ("fatigue", nature.FATIGUE),
        ("energy", nature.ENERGY),
        ("fear", nature.FEAR),
        ("morale", nature.MORALE),
    ):
        fighters[name] = drawn(roll, purpose, [getattr(o, name) for o in opening], 0.0, 1.0)
    fighters["belief"] = _character(roll, "belief", nature.BELIEF)
    fighters["stamina"] = 1.0
    whole = traits["blood"].astype(np.int64)
    lost = drawn(roll, nature.BLOOD_LOST, [o.blood_lost for o in opening], 0.0, 3000.0) * 100.0
    fighters["blood"] = whole - np.minimum(
        lost.astype(np.int64), (whole * most_lost).astype(np.int64)
    )
    stained = drawn(roll, nature.STAINED, [o.stained for o in opening], 0.0, 1.0)
    fighters["blade"] = (stained * (100.0 * STAINED_BLADE_ML)).astype(np.int32)
