"""The closed vocabularies of a battle as small integers, each named once.

Kernels see the integers; everything a person reads goes through the tables of names at the end.
The order is part of the recording format: append, never insert.
"""

from __future__ import annotations

# what has become of a fighter
RESERVE = 0  # waits off the field
UP = 1  # on his feet, or perched
DOWN = 2  # on the ground and conscious
OUT = 3  # on the ground, unconscious
DEAD = 4
LEFT = 5  # has left the field

# what holds a fighter together
STEADY = 0
BROKEN = 1  # flees, obeys nobody

# what a fighter does; each takes time
HOLD = 0
ADVANCE = 1
STRIKE = 2
LUNGE = 3
GUARD = 4
THROW = 5
FALL_BACK = 6
REST = 7
FLEE = 8
HELP_UP = 9
PULL_OUT = 10
BIND = 11
TEND = 12
RISE = 13
BE_TENDED = 14  # keep still under a companion's hands
CLIMB = 15  # up to a perch, or down from it
ACTS = 16

# where a wound sits
HEAD = 0
NECK = 1
TORSO = 2
ARM = 3
LEG = 4
PLACES = 5

# what a mask covers
BARE = 0
FACE_COVERED = 1
ALL_COVERED = 2  # eyes as well

# how a weapon hurts
CUT = 0
THRUST = 1
BLUNT = 2

# what an order says
ORDER_HOLD = 0
ORDER_ADVANCE = 1
ORDER_CHARGE = 2
ORDER_SKIRMISH = 3
ORDER_WITHDRAW = 4
ORDER_PERCH = 5

# what can happen; the ordinal of an event tells apart two of a kind in one tick
EVENT_WOUND = 0  # fighter was wounded by other
EVENT_FALL = 1  # fighter went down
EVENT_FAINT = 2  # fighter lost consciousness
EVENT_DEATH = 3
EVENT_BREAK = 4
EVENT_RALLY = 5
EVENT_LEAVE = 6  # fighter left the field
EVENT_ENTER = 7  # fighter came out of the reserve
EVENT_RISE = 8
EVENT_PULL = 9  # a blade that other had stuck in fighter was pulled out
EVENT_BIND = 10  # a wound of fighter was bound by other (or by himself)
EVENT_THROW = 11
EVENT_BLOW = 12  # fighter struck at other: recorded at level full
EVENT_WEARY = 13  # fighter is too spent for his strongest technique
EVENT_CROWD = 14  # a diffuse cause: odds, faces, fatigue; never recorded by itself
EVENT_MISTAKE = 15  # fighter was wounded by other, who is not his enemy

# what became of a blow
MISSED = 0
PARRIED = 1
BLOCKED = 2
STOPPED = 3  # by armour
HIT = 4

# causes of fear that no single event stands for
CAUSE_NONE = 0
CAUSE_EVENT = 1
CAUSE_ODDS = 2
CAUSE_FACES = 3
CAUSE_FLIGHT = 4
CAUSE_WEARY = 5
CAUSE_PAIN = 6
CAUSE_SAFE = 7

STATUS_NAMES = ("reserve", "up", "down", "unconscious", "dead", "left")
MOOD_NAMES = ("steady", "broken")
ACT_NAMES = (
    "hold",
    "advance",
    "strike",
    "lunge",
    "guard",
    "throw",
    "fall back",
    "rest",
    "flee",
    "help up",
    "pull out",
    "bind",
    "tend",
    "rise",
    "be tended",
    "climb",
)
PLACE_NAMES = ("head", "neck", "torso", "arm", "leg")
HARM_NAMES = ("cut", "thrust", "blunt")
ORDER_NAMES = ("hold", "advance", "charge", "skirmish", "withdraw", "perch")
EVENT_NAMES = (
    "wound",
    "fall",
    "faint",
    "death",
    "break",
    "rally",
    "leave",
    "enter",
    "rise",
    "pull",
    "bind",
    "throw",
    "blow",
    "weary",
    "crowd",
    "mistake",
)
OUTCOME_NAMES = ("missed", "parried", "blocked", "stopped", "hit")
CAUSE_NAMES = ("", "event", "odds", "faces", "flight", "weariness", "pain", "safety")
