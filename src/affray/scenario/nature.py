"""What chance gives every fighter before a battle: luck as the rules draw it, for many at once.

A draw is a hash of the seed, the fighter's luck key and a purpose, so a unit's fighters keep their
natures whatever other units a scenario has. The functions equal those of ``affray.rules.luck`` bit
for bit (a test holds them together); they are written for whole arrays of keys.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint32]
Words = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.float64]

NATURE = 100  # first purpose of luck before the battle, as in the rules

# what is drawn; appended to, never reused
COURAGE = NATURE + 0
DISCIPLINE = NATURE + 1
AGGRESSION = NATURE + 2
TRAINING = NATURE + 3
MASS = NATURE + 4
HEIGHT = NATURE + 5
FITNESS = NATURE + 6
SPEED = NATURE + 7
BELIEF = NATURE + 8
FATIGUE = NATURE + 9
FEAR = NATURE + 10
BLOOD_LOST = NATURE + 11
STAINED = NATURE + 12
PLACE_X = NATURE + 13
PLACE_Y = NATURE + 14
MORALE = NATURE + 15
ENERGY = NATURE + 16
HUMOUR = NATURE + 17
COMPOSURE = NATURE + 18
VOICE = NATURE + 19
TIMBRE = NATURE + 20

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)
_KEY = np.uint64(0xD6E8FEB86659FD93)


def mix(h: Words) -> Words:
    """splitmix64's finaliser of each word (wraps around, as meant)."""
    h = (h ^ (h >> np.uint64(30))) * _MIX1
    h = (h ^ (h >> np.uint64(27))) * _MIX2
    return h ^ (h >> np.uint64(31))


def luck_keys(unit_name: str, count: int) -> Keys:
    """Luck keys of the fighters 1 .. `count` of a unit: 32 bits of a hash of name and number."""
    name = np.frombuffer(hashlib.blake2b(unit_name.encode(), digest_size=8).digest(), "<u8")
    numbers = np.arange(1, count + 1, dtype=np.uint64)
    return (mix(name + _GOLDEN * numbers) >> np.uint64(32)).astype(np.uint32)


def bits(seed: int, keys: Keys, purpose: int) -> Words:
    """64 bits of luck for each key, drawn before the first tick (tick -1)."""
    h = mix(np.array([seed], np.uint64))
    return mix(h ^ (keys.astype(np.uint64) * _KEY + np.array([purpose], np.uint64) * _GOLDEN))


def even(seed: int, keys: Keys, purpose: int) -> Numbers:
    """A number in [0, 1) for each key, all equally likely."""
    return (bits(seed, keys, purpose) >> np.uint64(11)).astype(np.float64) / 9007199254740992.0


def bell(seed: int, keys: Keys, purpose: int) -> Numbers:
    """A number with mean 0 and deviation 1 for each key, near enough normal, within ±3.47."""
    h = bits(seed, keys, purpose)
    low = np.uint64(0xFFFF)
    total = (h & low) + ((h >> np.uint64(16)) & low) + ((h >> np.uint64(32)) & low)
    total += h >> np.uint64(48)
    return (total.astype(np.float64) / 65536.0 - 2.0) * 1.7320508075688772
