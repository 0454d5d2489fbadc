"""All luck: a hash of seed, tick, the fighter's luck key and the purpose. Nothing else draws.

The key hashes unit name and number within the unit, so that neither watching nor a change
elsewhere in the battle shifts anybody's luck. The mixing function is splitmix64's (Steele, Lea
and Flood, 2014).
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule

u8 = np.uint64

# purposes: append, never reuse
COUNT = 1
WHIM = 2  # plus the number of the act
CONFUSE = 20
BREAK = 21
RALLY = 22
FAINT = 23
AIM = 24
DISTANCE = 25
NOTICE = 28
TELL = 29
FIND = 30
WHIFF = 31
PICK = 26
HIT = 64
PLACE = 65
ARMOUR = 66
FORCE = 67
BLOCK = 68
PARRY = 69
EMBED = 70
COVER = 71
GLANCE = 73
WAY = 74
SCREAM = 80
SCREAM_LOUD = 81
HEAR = 82
BEARING = 83
OBEY = 84
RELAY = 85
LEAD = 86
GRIP = 87
KNOWN_VOICE = 88
LAUGH = 89
POST = 90
GLIMPSE = 91
BESIDE = 92
FACES = 32
MERIT = 96
BLAME = 97
SEEN_LAUGH = 98
BEHOLD = 93
DAWN = 94
STARE = 95
WINK = 99
STRUGGLE = 33
PAST = 34
CHECK = 35
HEIGHT = 36
EVADE = 37
MISFIRE = 38
TEMPO = 39
PAUSE = 40
SAYING = 200  # plus the number of the saying
OWN_HEAD = 1 << 19  # plus the number of the order in the plan
MEASURE = 1 << 20  # plus the row of the order
NATURE = 100  # plus the number of the trait
MARK = 1 << 24  # plus the id of the one who may be picked out

BELL_MOST = 3.4641016151377544  # no ``bell`` is greater, nor less than minus that

_GOLDEN = u8(0x9E3779B97F4A7C15)
_MIX1 = u8(0xBF58476D1CE4E5B9)
_MIX2 = u8(0x94D049BB133111EB)
_KEY = u8(0xD6E8FEB86659FD93)


@rule
def mix(h):
    """splitmix64's finaliser: every bit of the result depends on every bit of ``h``."""
    h = (h ^ (h >> u8(30))) * _MIX1
    h = (h ^ (h >> u8(27))) * _MIX2
    return h ^ (h >> u8(31))


@rule
def bits(seed, tick, key, purpose):
    """64 bits of luck."""
    h = mix(u8(seed) + _GOLDEN * u8(tick + 1))
    return mix(h ^ (u8(key) * _KEY + u8(purpose) * _GOLDEN))


@rule
def chance(seed, tick, key, purpose):
    """A number in [0, 1), uniform."""
    return np.float64(bits(seed, tick, key, purpose) >> u8(11)) * (1.0 / 9007199254740992.0)


@rule
def bell(seed, tick, key, purpose):
    """A number with mean 0 and deviation 1, near enough normal: the sum of four uniform ones."""
    h = bits(seed, tick, key, purpose)
    low = u8(0xFFFF)
    total = (h & low) + ((h >> u8(16)) & low) + ((h >> u8(32)) & low) + (h >> u8(48))
    return (np.float64(total) / 65536.0 - 2.0) * 1.7320508075688772
