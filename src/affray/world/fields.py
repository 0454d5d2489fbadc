"""Every array field of a battle, declared once: meaning, unit, dtype.

A *record* is one fighter's (weapon's, wound's, ...) row in a structured array. What one fighter
privately is stands in ``FIGHTER``; what others can perceive of him is copied at the end of each
tick into ``Outside`` (``battlefield.py``), and no rule or kernel of perception reads anything else
of another fighter: the first law is drawn into the data.
"""

from __future__ import annotations

from affray.world.records import Field, record
from affray.world.words import ACTS, CONDITIONS

CAUSES = 3  # causes kept of a diffuse change

# whole numbers, and small ones, where nothing slow adds up: so many steps to the unit
SHARE = 255.0  # of a share, from 0 to 1
PER_M = 1000.0  # of a height in metres, and of a speed in metres a second
PER_KG = 10.0  # of the mass of a body
LOAD_PER_KG = 100.0

FIGHTER_FIELDS = (
    Field("id", "i4", "1", "number of the fighter, from 0, fixed for the battle"),
    Field("luck", "u4", "1", "key of all luck: hash of unit name and number within the unit"),
    Field("x", "f4", "m", "place, eastward"),
    Field("y", "f4", "m", "place, northward"),
    Field("hx", "f4", "1", "facing, unit vector, eastward part"),
    Field("hy", "f4", "1", "facing, northward part"),
    Field("speed", "u2", "mm/s", "speed of the last step"),
    Field("wx", "f4", "m/s", "velocity wanted since the last decision"),
    Field("wy", "f4", "m/s", "velocity wanted since the last decision"),
    Field("target", "i4", "id", "whom the present act is aimed at, -1: nobody"),
    Field("blood", "i4", "0.01 mL", "blood in the body"),
    Field("flow", "i4", "0.01 mL/s", "bleeding of all open wounds at full pressure"),
    Field("blade", "i4", "0.01 mL", "blood on the fighter's own weapon"),
    Field("pain", "f4", "0..1", "pain now"),
    Field("stamina", "f4", "0..1", "share of the distance capacity above critical speed (D')"),
    Field("fatigue", "f4", "0..1", "weariness of the whole day; recovers very slowly"),
    Field("energy", "f4", "1", "what techniques cost, and regain with time"),
    Field("fear", "f4", "0..1", "fear now"),
    Field("morale", "f4", "0..1", "will to go on fighting"),
    Field("belief", "f4", "0..1", "belief in the cause"),
    Field("arm", "u1", "1/255", "impairment of arms by wounds"),
    Field("leg", "u1", "1/255", "impairment of legs by wounds"),
    Field("foes", "f4", "fighters", "own estimate of the enemies about"),
    Field("friends", "f4", "fighters", "how many of the own side he believes about him"),
    Field("unit", "u2", "1", "number of the unit"),
    Field("act_left", "i2", "ticks", "ticks until the present act ends or its blow lands"),
    Field("recover", "i2", "ticks", "ticks until the next blow can begin"),
    Field("missiles", "u1", "1", "throwing weapons left"),
    Field("side", "u1", "1", "number of the side"),
    Field("status", "u1", "words", "reserve, up, down, unconscious, dead, left"),
    Field("mood", "u1", "words", "steady or broken"),
    Field("act", "u1", "words", "what the fighter is doing"),
    Field("embedded", "u1", "1", "blades stuck in the body"),
    Field("cover", "u1", "1", "companions who covered him when he last looked"),
    Field("perch", "u1", "m", "height above ground: sitting in a tree, on a wall"),
    Field("fell", "u1", "ticks", "ticks since the fall, saturating; 255: stands"),
    Field("hand", "u1", "1", "weapon in hand: row of the weapon table"),
    Field("felled", "u1", "ticks", "ticks since he felled an enemy, saturating; 255: never"),
    Field("leads", "u1", "0/1", "leads his unit, as far as he knows"),
    Field("says", "u1", "words", "what he is saying"),
    Field("says_left", "u1", "ticks", "until it is out"),
    Field("scream", "u1", "dB", "loudness of a scream about to break from him, 0: none"),
    Field("grip", "u1", "ticks", "until what transfixes him lets go, 0: nothing does"),
    Field("runs_off", "u1", "0/1", "his last step led him off at a run, with his back turned"),
    Field("blur", "u1", "0/1", "of the enemy nearest at the last look he saw but a blur"),
    Field("mood_friends", "u1", "1/255", "how afraid he takes his side to be, by faces seen"),
    Field("mood_foes", "u1", "1/255", "how afraid he takes the enemy to be, by faces seen"),
    Field("winks", "u1", "ticks", "until the wink that he gives is over"),
    Field("doubts", "u1", "looks", "in a row at which the one beside him did otherwise than told"),
)
FIGHTER = record(FIGHTER_FIELDS)

TRAIT_FIELDS = (
    Field("courage", "u1", "1/255", "threshold of fear"),
    Field("discipline", "u1", "1/255", "keeps place and order"),
    Field("aggression", "u1", "1/255", "seeks the fight"),
    Field("training", "u1", "1/255", "skill with weapons, and in reading others"),
    Field("mass", "u2", "0.1 kg", "body mass"),
    Field("height", "u2", "mm", "body height"),
    Field("speed", "u2", "mm/s", "critical speed unloaded: can be held for long"),
    Field("load", "u2", "0.01 kg", "weapons and armour carried"),
    Field("blood", "i4", "0.01 mL", "blood when whole"),
    Field("sight", "u1", "1", "1: sees all round"),
    Field("leader", "u1", "1", "1: leads the unit from the start; 2, 3, ...: next in line"),
    Field("standard", "u1", "1", "1: carries the unit's standard"),
    Field("voice", "u1", "1/255", "how well the voice carries an order"),
    Field("humour", "u1", "1/255", "readiness to banter and to laugh"),
    Field("composure", "u1", "1/255", "how little a scream or spectacle grips him"),
    Field("timbre", "u1", "words", "what the voice is like"),
    Field("person", "u1", "1", "number among the people whom the battle names, from 1; 0: none"),
)
TRAIT = record(TRAIT_FIELDS)

NO_ORDER = 65_535  # in place of a row of the table of orders, where that is kept in 16 bits
ARRIVED = 1  # in ``MEMORY.done``: he has got as far as he was sent to envelop the enemy
PLACES_PER_M = 8.0  # as exactly as somebody remembers where he saw the enemy
MEMORY_FIELDS = (
    Field("cause_kind", "u1", "words", "kind of the strongest contributions to fear", (CAUSES,)),
    Field("cause_event", "u1", "words", "kind of the event that caused it", (CAUSES,)),
    Field("cause_tick", "i4", "tick", "when", (CAUSES,)),
    Field("cause_id", "i4", "id", "fighter whose event it was, -1: nobody's", (CAUSES,)),
    Field("cause_size", "f4", "0..1", "how much it frightened, fading", (CAUSES,)),
    Field("wound", "i4", "row", "newest wound in the wound table, -1: none"),
    Field("companion", "i4", "id", "who was last seen beside him, -1: nobody"),
    Field("foe_tick", "i4", "tick", "when enemies were last perceived, -1: never"),
    Field("foe_x", "u2", "1/8 m", "where they were"),
    Field("foe_y", "u2", "1/8 m", "where they were"),
    Field("order", "u2", "row", "the order in force for him: row of the table of orders"),
    Field("order_tick", "i4", "tick", "when that order was given"),
    Field("known", "u2", "row", "the last order that he understood, or NO_ORDER; followed or not"),
    Field("known_tick", "i4", "tick", "when that was given"),
    Field("say_order", "u2", "row", "the order that he is giving or means to, or NO_ORDER"),
    Field("leader", "i4", "id", "whom he believes to lead his unit, -1: nobody"),
    Field("lean", "u2", "row", "order whose leaning he is under besides, or NO_ORDER"),
    Field("lean_tick", "i4", "tick", "when that began"),
    Field("blamed", "i4", "id", "whom he blamed last for disobeying, -1: nobody"),
    Field("left", "i4", "id", "whom he last ran from, who lay there alive, -1: nobody"),
    Field("fire", "f4", "1/s", "missiles of enemies that came close by him of late"),
    Field("cheer", "f4", "0..1", "part of his will that words have lent him; it fades"),
    Field("quiet", "i2", "ticks", "until he feels like talking again"),
    Field("given", "u1", "entries", "how far the orders of his unit's plan are given, as he knows"),
    Field("done", "u1", "bits", "what may come about once and has: ARRIVED, and by ``ORDER.once``"),
    Field("means", "u1", "words", "what he means to say, as soon as he can"),
    Field("wont", "u1", "dB", "loudness at the mouth of the screams that he is used to"),
    Field("gaze_x", "i1", "1/127", "towards what grips him"),
    Field("gaze_y", "i1", "1/127", "towards what grips him"),
    Field("felt", "f4", "s", "how long the battle has lasted for him, as he feels it"),
    Field("bleeds", "u2", "0.01 mL/s", "how much he bleeds, as far as he knows"),
)
MEMORY = record(MEMORY_FIELDS)

WOUND_FIELDS = (
    Field("fighter", "i4", "id", "who bears it"),
    Field("by", "i4", "id", "who gave it"),
    Field("tick", "i4", "tick", "when"),
    Field("next", "i4", "row", "the bearer's wound before this one, -1: none"),
    Field("flow", "i4", "0.01 mL/s", "bleeding at full pressure, as it is now"),
    Field("lost", "i4", "0.01 mL", "blood lost through it"),
    Field("depth", "f4", "1", "severity: 1 is grave"),
    Field("place", "u1", "words", "head, neck, torso, arm, leg"),
    Field("weapon", "u1", "row", "weapon that made it"),
    Field("embedded", "u1", "0/1", "the blade is still in it"),
    Field("bound", "u1", "0/1", "it has been bound"),
    Field("ordinal", "u1", "1", "number among this bearer's wounds of this tick"),
)
WOUND = record(WOUND_FIELDS)

MISSILE_FIELDS = (
    Field("x", "f4", "m", "place"),
    Field("y", "f4", "m", "place"),
    Field("dx", "f4", "1", "direction, eastward part"),
    Field("dy", "f4", "1", "direction, northward part"),
    Field("flown", "f4", "m", "distance flown"),
    Field("aimed", "f4", "m", "distance it was aimed for"),
    Field("by", "i4", "id", "who threw it"),
    Field("luck", "u4", "1", "luck key of the thrower"),
    Field("tick", "i4", "tick", "when it was thrown"),
    Field("weapon", "u1", "row", "what it is"),
    Field("side", "u1", "1", "side of the thrower"),
    Field("arm", "f4", "1", "strength of the throw: 1 is full"),
    Field("rise", "f4", "1", "flat: height that it gains, below 0: loses, in each metre of way"),
)
MISSILE = record(MISSILE_FIELDS)

BLOW_FIELDS = (
    Field("victim", "i4", "id", "the one it lands on, -1: nobody"),
    Field("by", "i4", "id", "who struck or threw"),
    Field("dx", "f4", "1", "direction of the blow, unit vector"),
    Field("dy", "f4", "1", "direction of the blow"),
    Field("skill", "f4", "0..1", "the striker's skill as it is now"),
    Field("force", "f4", "J", "force before armour"),
    Field("air", "f4", "s", "how long a missile was in the air"),
    Field("luck", "u4", "1", "luck key of the striker"),
    Field("tick", "i4", "tick", "tick that the luck is drawn with: of the landing, or the throw"),
    Field("weapon", "u1", "row", "weapon"),
    Field("act", "u1", "words", "strike, lunge or throw, or a helping hand"),
    Field("side", "u1", "1", "side of the striker"),
    Field("depth", "f4", "1", "judged: severity of the wound"),
    Field("result", "u1", "words", "judged: missed, parried, blocked, stopped or hit"),
    Field("place", "u1", "words", "judged: where it lands"),
)
BLOW = record(BLOW_FIELDS)

EVENT_FIELDS = (
    Field("tick", "i4", "tick", "when"),
    Field("fighter", "i4", "id", "whose event it is"),
    Field("other", "i4", "id", "the other one in it, -1: nobody"),
    Field("x", "f4", "m", "where"),
    Field("y", "f4", "m", "where"),
    Field("value", "f4", "1", "size: depth of a wound, outcome of a blow, fear at a break"),
    Field("cause_tick", "i4", "tick", "tick of the causing event", (CAUSES,)),
    Field("cause_id", "i4", "id", "fighter of the causing event, -1: diffuse or none", (CAUSES,)),
    Field("cause_share", "f4", "0..1", "share of the cause in the change", (CAUSES,)),
    Field("cause_kind", "u1", "words", "kind of cause", (CAUSES,)),
    Field("cause_event", "u1", "words", "kind of the causing event", (CAUSES,)),
    Field("kind", "u1", "words", "kind of event"),
    Field("ordinal", "u1", "1", "number among this fighter's events of this kind and tick"),
    Field("place", "u1", "words", "place of the wound"),
    Field("weapon", "u1", "row", "weapon"),
)
EVENT = record(EVENT_FIELDS)

PERCEPT_FIELDS = (
    Field("tick", "i8", "tick", "when"),
    Field("fighter", "i8", "id", "whose percept it is"),
    Field("foes_near", "i8", "fighters", "enemies on their feet seen or felt within arm's length"),
    Field("foes_behind", "i8", "fighters", "of these, outside the front half"),
    Field("friends_near", "i8", "fighters", "companions on their feet seen or felt near"),
    Field("cover", "i8", "fighters", "companions near who stand and fight"),
    Field("friends_fleeing", "i8", "fighters", "companions seen in flight, near"),
    Field("foes_fleeing", "i8", "fighters", "enemies seen in flight, near"),
    Field("faces", "i8", "fighters", "companions near whose faces are uncovered"),
    Field("fear_seen", "f8", "0..1", "mean fear in these faces"),
    Field("weary_seen", "f8", "0..1", "mean weariness in the companions' bodies"),
    Field("foe", "i8", "id", "nearest enemy perceived, -1: none"),
    Field("foe_dx", "f8", "m", "towards that enemy"),
    Field("foe_dy", "f8", "m", "towards that enemy"),
    Field("foe_m", "f8", "m", "distance of that enemy"),
    Field("foe_down", "i8", "0/1", "that enemy lies on the ground"),
    Field("foe_open", "i8", "0/1", "that enemy has exposed himself or looks away"),
    Field("hurt", "i8", "id", "nearest companion who needs a hand, -1: none"),
    Field("hurt_m", "f8", "m", "distance of that companion"),
    Field("hurt_dx", "f8", "m", "towards that companion"),
    Field("hurt_dy", "f8", "m", "towards that companion"),
    Field("hurt_down", "i8", "0/1", "that companion lies on the ground, conscious"),
    Field("hurt_out", "i8", "0/1", "that companion lies there without his senses, and bleeds"),
    Field("fallen", "i8", "id", "nearest companion seen falling just now, -1: none"),
    Field("fallen_leader", "i8", "0/1", "one who fell is a leader"),
    Field("fallen_ago", "i8", "ticks", "how long ago he fell"),
    Field("companion", "i8", "id", "nearest companion on his feet, -1: none"),
    Field("runaway", "i8", "id", "nearest companion seen in flight, -1: none"),
    Field("push_x", "f8", "m", "crowding, away from others"),
    Field("push_y", "f8", "m", "crowding, away from others"),
    Field("ahead_m", "f8", "m", "how far the companions near stand ahead, along the order"),
    Field("crowd_foes", "f8", "fighters", "enemies seen farther off, as a crowd"),
    Field("crowd_friends", "f8", "fighters", "own side seen farther off"),
    Field("crowd_foes_fleeing", "f8", "fighters", "of the enemies, in flight"),
    Field("crowd_friends_fleeing", "f8", "fighters", "of the own side, in flight"),
    Field("friends_down", "f8", "fighters", "of the own side, on the ground, dead or alive"),
    Field("crowd_dx", "f8", "m", "towards where the enemies draw the eye: the nearest most"),
    Field("crowd_dy", "f8", "m", "towards where the enemies draw the eye: the nearest most"),
    Field("crowd_m", "f8", "m", "how far off that is, 0: no enemies seen"),
    Field("recall_dx", "f8", "m", "towards where enemies were last perceived, if none is now"),
    Field("recall_dy", "f8", "m", "towards where enemies were last perceived"),
    Field("recall_m", "f8", "m", "distance of that place, 0: no recent memory"),
    Field("lost", "i8", "0/1", "enemies were perceived once, but not for a long time"),
    Field("estimate", "f8", "fighters", "own estimate of the enemies' number, with its error"),
    Field("light", "f8", "0..1", "light where he stands"),
    Field("attention", "f8", "0..1", "share of attention left by what he is doing"),
    Field("din", "f8", "dB", "the din about him"),
    Field(
        "heard", "i8", "sounds", "how many single sounds and signs reached him since the last look"
    ),
    Field("foe_blur", "i8", "0/1", "somebody is there, too fast to tell who; ``foe`` is -1"),
    Field("foe_masked", "i8", "0/1", "that enemy's face is covered"),
    Field("foe_eyes", "i8", "0/1", "the eyes of that enemy are seen"),
    Field("foe_fear", "f8", "0..1", "fear in these eyes"),
    Field("friend_masked", "i8", "0/1", "the face of ``companion`` is covered"),
    Field("friend_eyes", "i8", "0/1", "the eyes of ``companion`` are seen"),
    Field("friend_fear", "f8", "0..1", "fear in these eyes"),
    Field("foe_faces", "i8", "fighters", "enemies' faces read at this look"),
    Field("foe_fear_seen", "f8", "0..1", "mean fear in these faces"),
    Field("mood_friends", "f8", "0..1", "how afraid he takes his side to be, by faces seen so far"),
    Field("mood_foes", "f8", "0..1", "how afraid he takes the enemy to be"),
    Field("load", "f8", "0..1", "what grips him while he counts the enemy"),
    Field("bleeding", "f8", "0.01 mL/s", "own bleeding, as far as he knows"),
    Field("smell", "f8", "0..1", "smell of blood on the wind"),
    Field("found", "i8", "id", "an enemy in hiding whom he has made out, -1: none"),
    Field("foe_stares", "i8", "0/1", "the nearest enemy perceived is transfixed by something"),
    Field("companion_own", "i8", "0/1", "the companion beside him is of his own unit"),
    Field("companion_flees", "i8", "0/1", "that companion is in flight"),
    Field("companion_strikes", "i8", "0/1", "that companion strikes or throws"),
    Field("companion_felled", "i8", "0/1", "that companion has just felled an enemy"),
    Field("companion_laughs", "i8", "0/1", "that companion laughs"),
    Field("companion_stands", "i8", "0/1", "that companion stands still"),
    Field("companion_busy", "i8", "0/1", "that companion pauses, stares, tends or bleeds"),
    Field("companion_ahead", "f8", "m", "how far ahead he is, by the order known; below 0: behind"),
    Field("companion_pace", "f8", "m/s", "how fast he goes that way"),
    Field("leader_fights", "i8", "0/1", "his leader is seen fighting, near by"),
    Field("foe_winks", "i8", "0/1", "the nearest enemy perceived winks at him over a mask"),
    Field("way_m", "f8", "m", "distance of the companion in his way to the enemy, 0: nobody is"),
    Field("between", "i8", "fighters", "others in the line of a blow at that enemy"),
    Field("shots", "i8", "missiles", "missiles that he notices close by, and takes for enemies'"),
    Field("shots_own", "i8", "missiles", "the same, taken for his own side's"),
    Field("shots_x", "f8", "missiles", "towards where those of enemies come from, summed up"),
    Field("shots_y", "f8", "missiles", "towards where those of enemies come from, summed up"),
    Field("cramped", "f8", "0..1", "how little room others leave him for the weapon in hand"),
    Field("steps", "i8", "0/1", "he hears the steps of somebody out of his sight"),
    Field("steps_dx", "f8", "1", "towards where they seem to be, a unit vector"),
    Field("steps_dy", "f8", "1", "towards where they seem to be"),
)
PERCEPT = record(PERCEPT_FIELDS)

MIND_FIELDS = (
    Field("tick", "i8", "tick", "when"),
    Field("fighter", "i8", "id", "whose mind it is"),
    Field("x", "f8", "m", "place"),
    Field("y", "f8", "m", "place"),
    Field("fear", "f8", "0..1", "after the look"),
    Field("morale", "f8", "0..1", "after the look"),
    Field("belief", "f8", "0..1", "after the look"),
    Field("pain", "f8", "0..1", "after the look"),
    Field("stamina", "f8", "0..1", "after the look"),
    Field("foes", "f8", "fighters", "own estimate of the enemies about"),
    Field("before", "i8", "words", "act before the look"),
    Field("act", "i8", "words", "act chosen"),
    Field("mood", "i8", "words", "steady or broken"),
    Field(
        "flow", "f8", "0.01 mL/s", "own bleeding in truth: for whoever asks, not for the fighter"
    ),
    Field("felt_s", "f8", "s", "how long the battle has lasted for him, as he feels it"),
    Field("order", "i8", "words", "what the order in force says to him where he stands"),
    Field("known", "i8", "words", "what the last order says that he understood, -1: none"),
    Field("leader", "i8", "id", "whom he takes for his leader; -1: nobody, -2 - id: lost"),
    Field("tint", "i8", "power", "the power of his that colours all that he sees, -1: none"),
    Field("weights", "f8", "utility", "utility of each act; -1e9: impossible", (ACTS,)),
)
MIND = record(MIND_FIELDS)

WEAPON_FIELDS = (
    Field("reach", "f4", "m", "distance between bodies at which a blow lands"),
    Field("mass", "f4", "kg", "mass"),
    Field("windup", "f4", "s", "from the decision to the landing"),
    Field("recovery", "f4", "s", "from the landing to the next decision"),
    Field("force", "f4", "J", "energy of a full blow"),
    Field("range", "f4", "m", "thrown: effective range, 0: not thrown"),
    Field("speed", "f4", "m/s", "thrown: speed of flight"),
    Field("spread", "f4", "rad", "thrown: standard deviation of direction"),
    Field("smoke", "f4", "m2", "thrown: cross-section of the smoke that one shot gives off"),
    Field("fails", "f4", "0..1", "thrown: chance that a shot does not go off"),
    Field("embeds", "f4", "0..1", "chance to stay in the wound"),
    Field("parry", "f4", "0..1", "help in parrying"),
    Field("cost", "f4", "1", "energy that one blow costs"),
    Field("harm", "u1", "words", "cut, thrust or blunt"),
    Field("flat", "u1", "0/1", "thrown: flies flat and hits whoever is in the way"),
)
WEAPON = record(WEAPON_FIELDS)

UNIT_FIELDS = (
    Field("side", "u1", "1", "number of the side"),
    Field("due", "i4", "row", "the last order of the plan agreed beforehand whose time has come"),
    Field("due_at", "i4", "tick", "when that was"),
    Field("plan", "i4", "row", "first order that is this unit's leader's to give"),
    Field("plan_end", "i4", "row", "row after the last one"),
    Field("weapon", "u1", "row", "weapons by preference; 255: none", (3,)),
    Field("missile", "u1", "row", "throwing weapon; 255: none"),
    Field("cover", "f4", "0..1", "armour: share of head, neck, torso, arms, legs covered", (5,)),
    Field("resist", "f4", "J", "armour: energy taken from cut, thrust, blunt", (3,)),
    Field("block", "f4", "0..1", "shield: share of frontal blows blocked"),
    Field("ward", "f4", "0..1", "shield: share of frontal missiles blocked"),
    Field("dress", "f4", "0..1", "how much the formation keeps its line"),
    Field("masked", "u1", "words", "what is covered: nothing, faces, eyes as well"),
)
UNIT = record(UNIT_FIELDS)

TERRAIN_FIELDS = (
    Field("going", "f4", "0..1", "share of speed that the ground allows"),
    Field("cover", "f4", "0..1", "share of missiles stopped"),
    Field("conceal", "f4", "0..1", "concealment of one who stands still"),
    Field("light", "f4", "0..1", "light"),
    Field("block", "f4", "m", "height of what blocks sight above the ground, 0: nothing"),
    Field("soak", "i4", "0.01 mL", "blood that a square metre soaks up"),
    Field("climb", "u1", "m", "height of a perch that can be climbed to, 0: none"),
)
TERRAIN = record(TERRAIN_FIELDS)

GROUND_FIELDS = (
    Field("soaked", "u4", "0.01 mL", "blood in the soil"),
    Field("pool", "u4", "0.01 mL", "blood on top"),
    Field("wet", "i4", "tick", "when blood last fell; -1: never"),
    Field("grass", "u2", "1/65535", "standing grass left"),
    Field("bodies", "u2", "1", "bodies lying here"),
)
GROUND = record(GROUND_FIELDS)

SCENT_FIELDS = (
    Field("reek", "i4", "mL", "fresh blood lying about; -1: not looked at yet"),
    Field("smell", "i4", "1/65535", "smell of blood carried here"),
)
SCENT = record(SCENT_FIELDS)

SMOKE_FIELDS = (
    Field("hangs", "f8", "m2", "cross-section of the smoke that hangs here"),
    Field("comes", "f8", "m2", "where the wind last left some, before shots added theirs"),
)
SMOKE = record(SMOKE_FIELDS)

REINFORCEMENT_FIELDS = (
    Field("unit", "i4", "row", "reserve unit that enters"),
    Field("at", "i4", "tick", "when all of it enters; -1: by falls"),
    Field("falls_in", "i4", "row", "unit whose falls call it; -1: any unit of falls_side"),
    Field("falls_side", "i4", "side", "side whose falls call it; -1: see falls_in"),
    Field("each", "i4", "falls", "for each so many falls"),
    Field("enter", "i4", "fighters", "so many enter, until the reserve is empty"),
    Field("x", "f4", "m", "where"),
    Field("y", "f4", "m", "where"),
    Field("falls", "i4", "falls", "falls counted so far: part of the state"),
    Field("entered", "i4", "fighters", "how many have entered: part of the state"),
)
REINFORCEMENT = record(REINFORCEMENT_FIELDS)

ORDER_FIELDS = (
    Field("unit", "i4", "row", "unit that is told"),
    Field("after", "i4", "tick", "not before this"),
    Field("x", "f4", "1", "direction, unit vector, eastward part"),
    Field("y", "f4", "1", "direction, northward part"),
    Field("stop", "f4", "m", "how far along the direction, from the origin, the place named lies"),
    Field("depth", "f4", "m", "half the depth in which the unit stands there"),
    Field("aside", "f4", "m", "how far to the left of the direction, from the origin, it lies"),
    Field("half", "f4", "m", "half the front in which the unit stands there"),
    Field("lasts", "i4", "ticks", "how long a leaning lasts"),
    Field("level", "f4", "1", "what each condition asks for", (CONDITIONS,)),
    Field("lean", "f4", "utility", "what it adds to each act while in force", (ACTS,)),
    Field("when", "u1", "words", "conditions, all of which must hold", (CONDITIONS,)),
    Field("word", "u1", "words", "what it says"),
    Field("way", "u1", "words", "how it comes to those who are told"),
    Field("again", "u1", "0/1", "it may be given more than once"),
    Field("once", "u1", "bit", "which of what each does of himself once it is, 0: none of that"),
    Field("tempts", "u1", "0/1", "against what he was told: discipline holds back from it"),
    Field("more", "u1", "rows", "how many rows after this are the same order to other units"),
)
ORDER = record(ORDER_FIELDS)

STIMULUS_FIELDS = (
    Field("x", "f4", "m", "where it was"),
    Field("y", "f4", "m", "where it was"),
    Field("tick", "i4", "tick", "when it was to be heard, or seen from then on"),
    Field("by", "i4", "id", "whose it was"),
    Field("luck", "u4", "1", "his luck key"),
    Field("order", "i4", "row", "the order it carries, -1: none"),
    Field("told", "i4", "tick", "when that order was first given"),
    Field("level", "f4", "dB", "loudness at 1 m, averaged over a second; of a sight, salience"),
    Field("unit", "u2", "row", "unit that is spoken to"),
    Field("carries", "u1", "dB", "how much better than its loudness it is understood"),
    Field("said", "u1", "0/1", "it was said to the end"),
    Field("says", "u1", "words", "what it says"),
    Field("way", "u1", "words", "voice, horn, drum, flag, messenger, by sight, or on foot"),
    Field("timbre", "u1", "words", "what it sounds like"),
    Field("side", "u1", "1", "side of whoever it came from"),
    Field("to", "i4", "id", "one who is spoken to, -1: nobody in particular"),
    Field("notion", "u1", "1", "1 + the notion that it tells, or the power that is seen at work"),
    Field("tone", "u1", "1", "how it is said"),
    Field("calls", "u1", "1", "1 + the number of the person whom it calls by name, 0: nobody"),
)
STIMULUS = record(STIMULUS_FIELDS)

NOISE_FIELDS = (Field("made", "f8", "50 dB at 1 m", "sound of the fighting of the last second"),)
NOISE = record(NOISE_FIELDS)

HEARD_FIELDS = (
    Field("tick", "i8", "tick", "when"),
    Field("fighter", "i8", "id", "who heard"),
    Field("by", "i8", "id", "whose sound it was: for whoever asks why, not for the hearer"),
    Field("since", "i8", "tick", "when it was uttered"),
    Field("says", "i8", "words", "what it said"),
    Field("way", "i8", "words", "voice, horn, drum, flag, messenger, by sight, or on foot"),
    Field("timbre", "i8", "words", "what it sounded like"),
    Field("order", "i8", "row", "the order understood, -1: none"),
    Field("word", "i8", "words", "what that order says, -1: none"),
    Field("got", "i8", "words", "how much of it he got"),
    Field("known", "i8", "0/1", "he knew the voice"),
    Field("meant", "i8", "0/1", "it was meant for his unit, or for him"),
    Field("notion", "i8", "1", "the notion that was told, the power that was seen, -1: none"),
    Field("tone", "i8", "1", "how it was said"),
    Field("calls", "i8", "person", "whose name was called, -1: nobody's"),
    Field("dx", "f8", "1", "whence, as he heard it: unit vector"),
    Field("dy", "f8", "1", "whence, as he heard it"),
    Field("level", "f8", "dB", "loudness at his ears"),
    Field("above", "f8", "dB", "how far above the din, or how clearly it was seen"),
)
HEARD = record(HEARD_FIELDS)
