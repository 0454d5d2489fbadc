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
BE_HELD = 16  # in somebody's grip
USE = 17  # gather a power
ACTS = 18

TELL = 64  # no act of its own: a companion's hand that says "you bleed"
SWEEP = 65  # what a power does to whoever is in it: nobody parries it
MEND = 66  # a power's hand on a wound, from afar

# what keeps one of the people from other acts
UNBOUND = 0
BUSY = 1  # a power of his own
HELD = 2  # somebody's hold

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
ORDER_SCREEN = 6  # keep the enemy at a distance, between him and one's own
ORDER_VOLLEY = 7  # hold, and throw or shoot all together
ORDER_PURSUE = 8
ORDER_ENVELOP = 9  # go to the place named without turning aside, and from there at the enemy
ORDER_NONE = 10  # no order at all, but a leaning: see ``ORDER.lean``
ORDER_BREAK_OFF = 11  # turn one's back and run to the place named

# how an order comes to those who are to follow it
BY_PLAN = 0  # agreed beforehand: everybody keeps the time himself
BY_THEMSELVES = 1  # each judges for himself whether its conditions hold
BY_VOICE = 2
BY_HORN = 3
BY_DRUM = 4
BY_FLAG = 5
BY_MESSENGER = 6
BY_SIGHT = 7  # no order: it happens, and is seen
BY_FOOT = 8  # nor this: somebody goes, and is heard
WAYS = 9

# what must hold, as far as he perceives it, before somebody gives or takes up an order
WHEN_ALWAYS = 0
WHEN_CONTACT = 1
WHEN_FOES_WITHIN = 2
WHEN_FOES = 3
WHEN_NO_FOES = 4
WHEN_OUTNUMBERED = 5
WHEN_FOES_FLEE = 6
WHEN_FRIENDS_FLEE = 7
WHEN_FRIENDS_DOWN = 8
WHEN_WOUNDED = 9
WHEN_AFRAID = 10
WHEN_WEARY = 11
WHEN_ALONE = 12
WHEN_NO_MISSILES = 13
WHEN_LEADER_LOST = 14
WHEN_HEARD = 15
WHEN_LASTED = 16
WHEN_BIDDEN = 17  # one of his drives would have him give it
CONDITIONS = 3  # most conditions of one order

# what a voice or a signal says
SILENT = 0
SAY_ORDER = 1
SAY_LEAD = 2  # that one takes the lead
SAY_LOST = 3  # that the leader is lost
SAY_RALLY = 4
SAY_ADDRESS = 5  # words for the occasion
SAY_BANTER = 6
SAY_LAUGH = 7
SAY_SCREAM = 8
SPECTACLE = 9  # said by nobody: somebody who matters is seen to go down
SAY_WARN = 10  # that everybody should run
SAY_TELL = 11  # a notion, or somebody's name
STEPS = 12  # said by nobody: somebody who goes alone
SAYINGS = 13

# what a sound is like, whoever makes it
MAN = 0
WOMAN = 1
INHUMAN = 2
HORN = 3
DRUM = 4
FLAG = 5  # seen, not heard
MESSENGER = 6
TREAD = 7

# how much of a sound somebody got
MISSED_IT = 0
DETECTED = 1  # that there was somebody, what it was like, and where about
FIRST_PART = 2
UNDERSTOOD = 3

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
EVENT_SAY = 16  # fighter said something, or gave a signal; place: SAY_*, weapon: BY_*
EVENT_CUT = 17  # the same, but he got no farther than the first part
EVENT_OBEY = 18  # fighter took up the order that other said
EVENT_REFUSE = 19  # fighter understood an order of other's, and did not take it up
EVENT_LEAD = 20  # fighter took the lead of his unit
EVENT_GRIP = 21  # fighter was transfixed by what he heard or saw
EVENT_LIFT = 22  # fighter was lifted by what other said
EVENT_NOTICE = 23  # fighter noticed how he bleeds: told by other, or by himself
EVENT_MERIT = 24  # fighter, an officer, saw other fell an enemy, and noted it
EVENT_BLAME = 25  # fighter saw other do otherwise than he was told; place: DEED_*
EVENT_WINK = 26  # fighter winked at other over his mask
EVENT_KNOW = 27  # fighter, a person, took somebody for other; value: how sure he was
EVENT_BELIEVE = 28  # fighter came to believe other dead, or alive; value: how sure, of dead
EVENT_ADMIRE = 29  # fighter saw that other has become better; value: by how much
EVENT_STIR = 30  # fighter is driven by another of his drives: number value; other: about whom
# of powers; ``place`` is the number of the power
EVENT_GATHER = 31  # fighter began to gather a power, to use it on other
EVENT_FIZZLE = 32  # it came to nothing: broken off, or out of reach
EVENT_POWER = 33  # it took effect on other; value: energy that it cost
EVENT_SPENT = 34  # it came to its end; value: seconds that it lasted
EVENT_FREE = 35  # fighter got free of other's hold
EVENT_FORGET = 36  # fighter lost a memory to other; value: how many are left
EVENT_WAKE = 37  # fighter came to
EVENT_BREACH = 38  # fighter broke through the barrier of other
EVENT_WHISPER = 39  # a power offers itself to fighter, and he does not give in; value: how stirred
# of what goes on within people; ``other``: whom they perceive or think of
EVENT_RECALL = (
    40  # a memory came back to fighter; place: number of it, weapon: cue, value: strength
)
EVENT_THINK = 41  # a notion came to his mind; place: number of it, value: how sure of it he is
EVENT_CONCLUDE = 42  # he came to hold a notion or gave it up; place: number, weapon: VERDICT_*
EVENT_DOUBT = 43  # he came to doubt a memory (place), or is sure of it again; value: how sure
EVENT_UTTER = 44  # said a notion to other; place: 1 + number, weapon: tone, value: how sure he is
EVENT_TOLD = 45  # understood a notion of other's; place: 1 + number, weapon: BY_*, value: meant him
EVENT_NAME = 46  # heard what other is called
EVENT_RAPT = 47  # is beside other again, and forgets all else; value: for how many seconds
EVENT_ABANDON = 48  # fighter ran, and saw other of his own lie there, who could not; value: how far
EVENT_TRANSFER = (
    49  # what the bodies of fighter, whose power it is, and other have left has changed places
)

THOUGHTS = (  # of people; ``place``: whom it is about
    EVENT_KNOW,
    EVENT_BELIEVE,
    EVENT_ADMIRE,
    EVENT_STIR,
    EVENT_WHISPER,
    EVENT_NAME,
    EVENT_RAPT,
)
OF_NOTIONS = (EVENT_THINK, EVENT_CONCLUDE, EVENT_UTTER, EVENT_TOLD)
OF_MEMORIES = (EVENT_RECALL, EVENT_DOUBT)
OF_POWERS = (
    EVENT_GATHER,
    EVENT_FIZZLE,
    EVENT_POWER,
    EVENT_SPENT,
    EVENT_FREE,
    EVENT_FORGET,
    EVENT_WAKE,
    EVENT_BREACH,
    EVENT_TRANSFER,
)

# what somebody makes of a notion
VERDICT_OPEN = 0  # does not hold it; a question: has no answer
VERDICT_HOLDS = 1
VERDICT_NO = 2  # a question: answered with no

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
CAUSE_HEARD = 8  # something heard that named nobody
CAUSE_ORDER = 9  # his own judgement of a plan's condition
CAUSE_SEEN = 10  # what he saw another do
CAUSE_FIRE = 11  # missiles that came close by
CAUSE_LOSSES = 12  # those of the own side who lie there

# what somebody is seen to do against an order
DEED_NONE = 0
DEED_RUNS = 1
DEED_GOES_AHEAD = 2
DEED_STAYS_BEHIND = 3

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
    "be held",
    "use",
)
PLACE_NAMES = ("head", "neck", "torso", "arm", "leg")
HARM_NAMES = ("cut", "thrust", "blunt")
ORDER_NAMES = (
    "hold",
    "advance",
    "charge",
    "skirmish",
    "withdraw",
    "perch",
    "screen",
    "volley",
    "pursue",
    "envelop",
    "none",
    "break_off",
)
WAY_NAMES = ("plan", "themselves", "voice", "horn", "drum", "flag", "messenger", "sight", "foot")
WHEN_NAMES = (
    "always",
    "contact",
    "foes_within",
    "foes",
    "no_foes",
    "outnumbered",
    "foes_flee",
    "friends_flee",
    "friends_down",
    "wounded",
    "afraid",
    "weary",
    "alone",
    "out_of_missiles",
    "leader_lost",
    "heard",
    "lasted",
    "bidden",
)
SAY_NAMES = (
    "silent",
    "order",
    "lead",
    "lost",
    "rally",
    "address",
    "banter",
    "laugh",
    "scream",
    "spectacle",
    "warn",
    "tell",
    "steps",
)
VOICES = {"man": MAN, "woman": WOMAN, "inhuman": INHUMAN}  # somebody's, by the word for it
TIMBRE_NAMES = ("a man", "a woman", "inhuman", "a horn", "a drum", "a flag", "a messenger", "steps")
HEARD_NAMES = ("missed", "detected", "first part", "understood")
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
    "say",
    "cut",
    "obey",
    "refuse",
    "lead",
    "grip",
    "lift",
    "notice",
    "merit",
    "blame",
    "wink",
    "know",
    "believe",
    "admire",
    "stir",
    "gather",
    "fizzle",
    "power",
    "spent",
    "free",
    "forget",
    "wake",
    "breach",
    "whisper",
    "recall",
    "think",
    "conclude",
    "doubt",
    "utter",
    "told",
    "name",
    "rapt",
    "abandon",
    "transfer",
)
OUTCOME_NAMES = ("missed", "parried", "blocked", "stopped", "hit")
CAUSE_NAMES = (
    "",
    "event",
    "odds",
    "faces",
    "flight",
    "weariness",
    "pain",
    "safety",
    "sound",
    "judgement",
    "sight",
    "fire",
    "losses",
)
VERDICT_NAMES = ("open", "holds", "no")
DEED_NAMES = ("nothing", "ran", "went ahead", "stayed behind")
