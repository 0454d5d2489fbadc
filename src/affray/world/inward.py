"""Every array field of what people see of one another, have in mind, and do by powers.

Rows of these tables are a person's, or a person's of another, and their number does not grow with
the crowd. Together they are the state of the minds: in the hash, and in checkpoints.
"""

from __future__ import annotations

from affray.world.fields import CAUSES
from affray.world.records import Field, record
from affray.world.words import ACTS

RULED_OUT = -1.0e9  # utility of an act that cannot be done, or leaned so far from that it is not

GLIMPSE_FIELDS = (
    Field("tick", "i8", "tick", "when"),
    Field("by", "i8", "person", "who looks"),
    Field("of", "i8", "person", "who is seen; how he is followed, and no knowledge of who he is"),
    Field("cues", "i8", "bits", "what he can be known by, as far as it is seen"),
    Field("x", "f8", "m", "where"),
    Field("y", "f8", "m", "where"),
    Field("m", "f8", "m", "how far off"),
    Field("lies", "i8", "0/1", "lies on the ground"),
    Field("still", "i8", "0/1", "lies there and does not move"),
    Field("hurt", "i8", "0/1", "bleeds visibly"),
    Field("struck", "i8", "0/1", "has been wounded since the look before"),
    Field("flees", "i8", "0/1", "runs away"),
    Field("strikes", "i8", "0/1", "strikes or throws"),
    Field("looks_here", "i8", "0/1", "his face is turned to the one who looks"),
    Field("skill", "f8", "0..1", "how able he seems while he fights, -1: cannot be told"),
    Field("fear", "f8", "0..1", "fear in his face, -1: it is covered, turned away or too far off"),
    Field("stares", "i8", "0/1", "he is transfixed by something"),
    Field("held", "i8", "0/1", "he is in somebody's grip"),
    Field("open", "i8", "0/1", "he lunges, and can not ward off what comes"),
    Field("menace", "i8", "id", "the enemy who is about to be at him, -1: none"),
    Field("menace_x", "f8", "m", "where that enemy is"),
    Field("menace_y", "f8", "m", "where that enemy is"),
    Field("menace_m", "f8", "m", "how far from him"),
    Field("menace_behind", "i8", "0/1", "outside the front half of the one he goes for"),
    Field("menace_strikes", "i8", "0/1", "strikes or throws"),
    Field("menace_speed", "f8", "m/s", "how fast he comes"),
    Field("menace_veiled", "i8", "0..2", "in the line of a throw at him: 1 others, 2 he himself"),
)
GLIMPSE = record(GLIMPSE_FIELDS)

TRACK_FIELDS = (
    Field("x", "f8", "m", "where he was last"),
    Field("y", "f8", "m", "where he was last"),
    Field("sure", "f8", "0..1", "how sure it is that it is he"),
    Field("screamed", "i8", "tick", "when he was heard last to scream"),
    Field("seen", "i4", "tick", "when he was seen last"),
    Field("heard", "i4", "tick", "when his voice was heard last"),
    Field("still", "i4", "tick", "since when he lies there without moving"),
    Field("warned", "i4", "tick", "when he was heard last calling to run"),
    Field("taken_for", "i4", "person", "whom he is taken for, -1: a stranger"),
    Field("cues", "i4", "bits", "what he was known by"),
)
TRACK = record(TRACK_FIELDS)

BELIEF_FIELDS = (
    Field("dead", "f8", "0..1", "how sure it is that he is dead"),
    Field("skill", "f8", "0..1", "how able he was, as remembered, -1: never saw it"),
    Field("skill_now", "f8", "0..1", "how able he seems now, -1: not seen yet"),
    Field("x", "f8", "m", "where he is believed to be"),
    Field("y", "f8", "m", "where he is believed to be"),
    Field("knows", "f8", "0..1", "how well he is known by sight and voice"),
    Field("dead_since", "i4", "tick", "when that was last thought better of, -1: before"),
    Field("place_tick", "i4", "tick", "when he was there"),
    Field("named", "i4", "tick", "since when his name is known, -1: from before"),
    Field("met", "i4", "tick", "when he was found again who had been held for dead"),
)
BELIEF = record(BELIEF_FIELDS)

STIRRING_FIELDS = (
    Field("source_x", "f8", "m", "whence something was thrown"),
    Field("source_y", "f8", "m", "whence something was thrown"),
    Field("din", "f8", "dB", "the din about him at his last look"),
    Field("foe_x", "f8", "m", "where ``foe`` was then"),
    Field("foe_y", "f8", "m", "where ``foe`` was then"),
    Field("foe", "i4", "id", "the nearest enemy perceived singly then, -1: none"),
    Field("source", "i4", "tick", "when"),
    Field("quiet", "i4", "tick", "since when no fight has been near or heard"),
    Field("drive", "i4", "1", "number of the drive that leads, -1: none"),
    Field("looked", "i4", "tick", "when he last looked"),
    Field("foes_near", "i4", "fighters", "enemies at arm's length then"),
    Field("friends_near", "i4", "fighters", "companions near then"),
    Field("means", "i4", "1", "number of the drive whose words he means to say, -1: none"),
    Field("calls", "i4", "1", "number of the drive that has him call all to run, -1: none"),
    Field("struck", "i4", "tick", "when something thrown struck him, or beside him"),
    Field("saved", "i4", "tick", "when it struck an enemy beside him"),
    Field("came", "i4", "tick", "when something last came to his mind"),
    Field("rapt", "i4", "tick", "until when he is taken up by a reunion"),
    Field("rapt_of", "i4", "person", "with whom, -1: nobody"),
)
STIRRING = record(STIRRING_FIELDS)

STIRS = record(
    (
        Field("level", "f8", "1", "how far a drive is stirred"),
        Field("said", "i4", "tick", "when its words were last said to the end"),
    )
)

LATELY_FIELDS = (
    Field("degree", "f8", "0..1", "how much there was of what a drive waits for"),
    Field("tick", "i8", "tick", "when that was"),
)
LATELY = record(LATELY_FIELDS)

RECOLLECTION_FIELDS = (
    Field("sure", "f8", "0..1", "how sure he is of a memory of his"),
    Field("back", "i4", "tick", "when it last came back to him"),
)
RECOLLECTION = record(RECOLLECTION_FIELDS)

CONVICTION_FIELDS = (
    Field("sure", "f8", "0..1", "how sure he is of a notion"),
    Field("cause_size", "f8", "0..1", "what most made him so: how much", (CAUSES,)),
    Field("thought", "i4", "tick", "when it last came to his mind"),
    Field("told", "i4", "tick", "when what he was last told of it was said"),
    Field("told_by", "i4", "person", "by whom, as he took him; -1: by a stranger"),
    Field("cause_tick", "i4", "tick", "what most made him so: when", (CAUSES,)),
    Field("cause_id", "i4", "id", "whose event that was, -1: none", (CAUSES,)),
    Field("verdict", "u1", "1", "0: does not hold it, 1: holds it, 2: a question answered with no"),
    Field("cause_kind", "u1", "words", "kind of cause", (CAUSES,)),
    Field("cause_event", "u1", "words", "kind of the causing event", (CAUSES,)),
)
CONVICTION = record(CONVICTION_FIELDS)

IMPRESSION = record((Field("tick", "i4", "tick", "when a cue was last perceived"),))

BIDDING_FIELDS = (
    Field("mark_x", "f8", "m", "where the one was seen whom he goes for"),
    Field("mark_y", "f8", "m", "where the one was seen whom he goes for"),
    Field("x", "f8", "m", "where he is driven to"),
    Field("y", "f8", "m", "where he is driven to"),
    Field("gaze_x", "f8", "m", "what he looks at, unless an enemy is near"),
    Field("gaze_y", "f8", "m", "what he looks at, unless an enemy is near"),
    Field("on_x", "f8", "m", "where he saw ``on``"),
    Field("on_y", "f8", "m", "where he saw ``on``"),
    Field("lean", "f8", "utility", "what his drives add to each act", (ACTS,)),
    Field("despairs", "i8", "0/1", "he would use his power though he has broken"),
    Field("mark", "i4", "id", "whom he goes for, -1: nobody"),
    Field("on", "i4", "id", "whom he would use his power on, -1: nobody"),
    Field("power", "i4", "power", "the power that he would use, -1: none"),
    Field("tint", "i4", "power", "the power that colours all that he sees, -1: none"),
    Field("gathers", "i4", "ticks", "how long he gathers it"),
    Field("says", "i4", "words", "what he would say: a warning, an order, words of his own"),
    Field("bound", "u2", "words", "what keeps him from other acts: nothing, a power, a hold"),
    Field("rages", "u2", "0/1", "he takes everybody for an enemy"),
    Field("goes", "u2", "0/1", "he is driven to a place"),
    Field("gazes", "u2", "0/1", "he is bidden look somewhere"),
)
BIDDING = record(BIDDING_FIELDS)

ZONE_FIELDS = (
    Field("x", "f8", "m", "middle of the circle"),
    Field("y", "f8", "m", "middle of the circle"),
    Field("radius", "f8", "m", "how far it reaches"),
    Field("stops", "i4", "bits", "what does not get through"),
    Field("lets", "i4", "id", "the one whom it lets through, -1: nobody"),
)
ZONE = record(ZONE_FIELDS)

GATHERING_FIELDS = (
    Field("power", "i4", "power", "the power that he gathers, -1: none"),
    Field("on", "i4", "id", "to use it on him, -1: nobody"),
    Field("memories", "i4", "1", "of his own that are left to him"),
)
GATHERING = record(GATHERING_FIELDS)

WORKING_FIELDS = (
    Field("x", "f8", "m", "where it began"),
    Field("y", "f8", "m", "where it began"),
    Field("power", "i4", "power", "the power at work"),
    Field("person", "i4", "person", "who used it"),
    Field("on", "i4", "id", "on whom, -1: nobody"),
    Field("since", "i4", "tick", "when it took effect"),
    Field("until", "i4", "tick", "when it comes to its end by itself"),
    Field("lets", "i4", "id", "the one who has broken through it, -1: nobody"),
)
WORKING = record(WORKING_FIELDS)

READY = record((Field("tick", "i4", "tick", "when a power can be used again"),))
