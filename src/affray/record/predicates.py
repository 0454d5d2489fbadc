"""What a testimony can say: a closed vocabulary of predicates, each declared once.

A record of a testimony is one predicate about somebody (or nobody) with features. Testimony writes
it, a lexicon gives it words, an audit holds a telling to it. The one who testifies is always in
it, and is no argument. Append, and say in ``about`` what it means; nothing else may change one.
"""

from __future__ import annotations

from typing import NamedTuple

SIGHT, HEARING, SMELL, TOUCH, INNER, DEED, FACT = (
    "sight", "hearing", "smell", "touch", "inner", "deed", "fact"
)  # fmt: skip


class Predicate(NamedTuple):
    """``channel``: how it reached the one who testifies. ``roles``: who else is in it: ``whom``
    (a track), ``of`` (somebody or something known by name). ``features``: what else may be told of
    it. ``mental``: it is about another's mind, and can only be inferred.
    """

    name: str
    channel: str
    about: str
    roles: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    mental: bool = False


_ALL = (
    # ------------------------------------------------ seen: enemies
    Predicate("foe_comes", SIGHT, "an enemy is there, near enough to be looked at singly",
              ("whom",), ("metres", "behind", "masked", "down")),
    Predicate("foe_down", SIGHT, "that enemy is on the ground", ("whom",), ("mine",)),
    Predicate("foe_open", SIGHT, "that enemy exposes himself, or looks away", ("whom",)),
    Predicate("foe_stares", SIGHT, "that enemy is transfixed by something", ("whom",)),
    Predicate("foe_afraid", SIGHT, "there is fear in that enemy's eyes", ("whom",), ("much",),
              mental=True),
    Predicate("foe_winks", SIGHT, "that enemy winks over a mask", ("whom",)),
    Predicate("foe_found", SIGHT, "an enemy in hiding is made out", ("whom",)),
    Predicate("blur", SIGHT, "something is there, too fast to tell what"),
    Predicate("foes_near", SIGHT, "more than one enemy within reach", (), ("number", "behind")),
    Predicate("foes_gone", SIGHT, "no enemy is within reach any more"),
    Predicate("foes_flee", SIGHT, "enemies are seen to run", (), ("number",)),
    Predicate("foes_many", SIGHT, "a crowd of enemies is seen, taken for so many", (),
              ("number", "metres", "bearing", "load")),
    Predicate("foes_waver", SIGHT, "fear is in the faces of enemies", (), ("much",), mental=True),
    # ------------------------------------------------ seen: one's own
    Predicate("mate_beside", SIGHT, "a companion is beside one", ("whom",), ("masked",)),
    Predicate("mate_falls", SIGHT, "a companion goes down", ("whom",), ("leader",)),
    Predicate("mate_hurt", SIGHT, "a companion needs a hand", ("whom",), ("down",)),
    Predicate("mate_flees", SIGHT, "a companion runs", ("whom",)),
    Predicate("mate_fells", SIGHT, "a companion fells an enemy", ("whom",)),
    Predicate("mate_laughs", SIGHT, "a companion laughs", ("whom",)),
    Predicate("mate_afraid", SIGHT, "there is fear in that companion's eyes", ("whom",), ("much",),
              mental=True),
    Predicate("mates_afraid", SIGHT, "fear is in the faces of companions", (),
              ("much", "number"), mental=True),
    Predicate("mates_weary", SIGHT, "weariness is in the companions' bodies", (), ("much",)),
    Predicate("mates_flee", SIGHT, "many of one's own are seen to run", (), ("number",)),
    Predicate("mates_down", SIGHT, "many of one's own lie on the ground", (), ("number",)),
    Predicate("mates_cover", SIGHT, "companions close by stand and fight", (), ("number",)),
    Predicate("alone", SIGHT, "no companion is near any more"),
    Predicate("leader_fights", SIGHT, "the leader is seen fighting", ("whom",)),
    # ------------------------------------------------ seen: people whom one can know
    Predicate("sees", SIGHT, "somebody is seen who can be known by his looks", ("whom",),
              ("metres", "hair", "build", "crest", "face")),
    Predicate("strikes", SIGHT, "that one strikes or throws", ("whom",)),
    Predicate("bleeds", SIGHT, "that one bleeds", ("whom",)),
    Predicate("lies", SIGHT, "that one lies on the ground", ("whom",), ("still",)),
    Predicate("runs", SIGHT, "that one runs away", ("whom",)),
    Predicate("stares", SIGHT, "that one is transfixed by something", ("whom",)),
    Predicate("in_grip", SIGHT, "that one is in somebody's grip", ("whom",)),
    Predicate("looks_here", SIGHT, "that one's face is turned to the one who sees", ("whom",)),
    Predicate("afraid", SIGHT, "there is fear in that one's face", ("whom",), ("much",),
              mental=True),
    Predicate("threatened", SIGHT, "an enemy is about to be at that one", ("whom",),
              ("behind", "strikes", "metres")),
    Predicate("gone", SIGHT, "that one is not seen any more", ("whom",)),
    # ------------------------------------------------ seen: the place
    Predicate("dim", SIGHT, "the light is poor", (), ("much",)),
    Predicate("bright", SIGHT, "the light is full again"),
    Predicate("tinted", SIGHT, "all that one sees has a colour that others do not see", (),
              ("tint", "power")),
    Predicate("signal", SIGHT, "a flag says something", (), ("word", "got")),
    Predicate("spectacle", SIGHT, "somebody who matters is seen to go down", ("whom",)),
    Predicate("marvel", SIGHT, "a power at work, at which every eye looks", ("whom",),
              ("power",)),
    # ------------------------------------------------ heard
    Predicate("scream", HEARING, "a scream", ("whom",), ("timbre", "level", "knew", "many")),
    Predicate("order", HEARING, "an order, or the first part of one", ("whom",),
              ("word", "got", "way", "meant", "knew")),
    Predicate("call", HEARING, "a shout whose sense is understood", ("whom",),
              ("says", "meant", "knew", "timbre")),
    Predicate("shout", HEARING, "a voice of which no word is understood", ("whom",),
              ("timbre", "knew")),
    Predicate("shot_at", HEARING, "missiles pass close by, taken for the enemy's", (),
              ("number", "bearing")),
    Predicate("steps", HEARING, "somebody goes, out of one's sight", (), ("bearing",)),
    Predicate("din", HEARING, "the noise of the fighting about one", (), ("level",)),
    Predicate("quiet", HEARING, "the noise of the fighting dies down", (), ("level",)),
    # ------------------------------------------------ smelt
    Predicate("blood_smell", SMELL, "the smell of blood is on the wind", (), ("much",)),
    # ------------------------------------------------ felt on the body
    Predicate("wound", TOUCH, "something wounds one", (),
              ("place", "harm", "deep", "stuck", "back")),
    Predicate("fall", TOUCH, "one goes down"),
    Predicate("rise", DEED, "one gets up again"),
    Predicate("faint", INNER, "one's senses go"),
    Predicate("wake", INNER, "one comes to"),
    Predicate("notices_blood", INNER, "one notices how one bleeds", ("whom",), ("told", "much")),
    Predicate("pain", INNER, "pain is great", (), ("much",)),
    Predicate("spent", INNER, "one has no breath left"),
    Predicate("weak", INNER, "too weak for what one could do best"),
    Predicate("pull", DEED, "a blade is pulled out of one", ("whom",)),
    Predicate("bound", DEED, "a wound of one's own is bound", ("whom",)),
    Predicate("tended", TOUCH, "one keeps still under a companion's hands", (), ("seconds",)),
    Predicate("held", TOUCH, "one is held", ("whom",)),
    Predicate("free", TOUCH, "one gets free of a hold", ("whom",)),
    # ------------------------------------------------ done
    Predicate("fights", DEED, "blows at an enemy", ("whom",),
              ("number", "hits", "parried", "missed", "weapon", "seconds")),
    Predicate("fells", DEED, "that enemy goes down under one's blow", ("whom",), ("weapon",)),
    Predicate("throws", DEED, "one throws something at somebody", ("whom",), ("weapon",)),
    Predicate("guards", DEED, "one keeps up one's guard", (), ("seconds",)),
    Predicate("goes_on", DEED, "one goes forward", (), ("seconds", "why")),
    Predicate("gives_ground", DEED, "one goes back", (), ("seconds", "why")),
    Predicate("stands", DEED, "one stands and waits", (), ("seconds", "why")),
    Predicate("rests", DEED, "one rests", (), ("seconds", "why")),
    Predicate("flees", DEED, "one runs away", (), ("seconds",)),
    Predicate("helps_up", DEED, "one helps a companion up", ("whom",)),
    Predicate("tends", DEED, "one tends a companion's wounds", ("whom",), ("seconds",)),
    Predicate("binds", DEED, "one binds one's own wounds", (), ("seconds",)),
    Predicate("climbs", DEED, "one climbs"),
    Predicate("uses", DEED, "one uses a power", ("whom",), ("power",)),
    Predicate("gathers", DEED, "one gathers a power", ("whom",), ("power",)),
    Predicate("fails", DEED, "a power comes to nothing", ("whom",), ("power",)),
    Predicate("says", DEED, "one says something", (), ("says", "word", "way")),
    Predicate("cut_off", DEED, "one is cut off in the middle of what one says", (),
              ("says", "word")),
    Predicate("obeys", DEED, "one takes up an order", (), ("word", "own")),
    Predicate("refuses", DEED, "one does not take up an order", (), ("word",)),
    Predicate("leads", DEED, "one takes the lead"),
    Predicate("rallies", DEED, "one stops running, and turns"),
    # ------------------------------------------------ felt in the mind
    Predicate("fear", INNER, "fear is there, and grows", (), ("much",)),
    Predicate("calm", INNER, "fear ebbs", (), ("much",)),
    Predicate("breaks", INNER, "one's nerve goes"),
    Predicate("heart", INNER, "the will to go on", (), ("much",)),
    Predicate("doubt", INNER, "belief in the cause is low", (), ("much",)),
    Predicate("lifted", INNER, "words or laughter lift one", ("whom",), ("much",)),
    Predicate("gripped", INNER, "something transfixes one", ("whom",), ("seconds",)),
    Predicate("long", INNER, "the time feels longer than it is", (), ("seconds",)),
    Predicate("torn", INNER, "one came near to doing something else", (),
              ("act", "over", "why", "against")),
    Predicate("notes", INNER, "one notes what a companion did well", ("whom",)),
    Predicate("blames", INNER, "one blames a companion for what he did", ("whom",),
              ("deed", "word")),
    Predicate("leaves_lying", INNER, "one runs, and leaves a companion who lies there", ("whom",)),
    # ------------------------------------------------ known, believed, remembered
    Predicate("takes_for", INNER, "one takes somebody for somebody one knows", ("whom", "of")),
    Predicate("believes_dead", INNER, "one comes to believe somebody dead", ("of",)),
    Predicate("believes_alive", INNER, "one comes to believe that somebody lives", ("of",)),
    Predicate("finds_better", INNER, "one finds that somebody has become better", ("of",)),
    Predicate("driven", INNER, "something drives one: guard, kill, seek somebody", ("of",),
              ("deed", "power", "again")),
    Predicate("tempted", INNER, "a power offers itself, and one does not give in", ("of",),
              ("deed", "power")),
    Predicate("transfers", DEED, "what another's body had left becomes one's own", ("whom",)),
    Predicate("robbed", TOUCH, "what one's body had left becomes another's", ("whom",)),
    Predicate("forgets", INNER, "a memory is taken from one", (), ("memory", "left")),
    Predicate("recalls", INNER, "something brings a memory back", ("whom", "of"),
              ("memory", "cue", "much")),
    Predicate("doubts", INNER, "one comes to doubt a memory, or is sure of it again", ("of",),
              ("memory", "again")),
    Predicate("thinks", INNER, "a notion comes to one's mind", ("of",),
              ("notion", "kind", "much", "cue")),
    Predicate("concludes", INNER, "one comes to hold a notion, or gives it up", ("of",),
              ("notion", "kind", "verdict", "much")),
    Predicate("utters", DEED, "one says what a notion says", ("whom", "of"),
              ("notion", "tone", "much", "calls", "since")),
    Predicate("hears_said", HEARING, "somebody says what a notion says", ("whom",),
              ("notion", "tone", "meant", "calls", "knew", "since")),
    Predicate("reads_lips", SIGHT, "somebody says it far off, and one reads it from his lips",
              ("whom",), ("notion", "calls")),
    Predicate("own_name", HEARING, "one's own name is called", ("whom",), ("knew",)),
    Predicate("rapt", INNER, "one is beside somebody again, and forgets all else", ("of",),
              ("seconds",)),
    # ------------------------------------------------ seen by one who has no side: a camera
    Predicate("they_stand", SIGHT, "so many of a side are there", (), ("side", "number", "metres")),
    Predicate("they_come", SIGHT, "the nearest of a side have come nearer", (),
              ("side", "number", "metres")),
    Predicate("they_fight", SIGHT, "so many of a side are at blows", (), ("side", "number")),
    Predicate("they_fall", SIGHT, "so many of a side have just gone down", (), ("side", "number")),
    Predicate("they_run", SIGHT, "so many of a side run", (), ("side", "number")),
    Predicate("they_lie", SIGHT, "so many of a side lie on the ground", (), ("side", "number")),
    Predicate("lull", SIGHT, "nobody is at blows any more"),
    Predicate("empty", SIGHT, "nobody stands there any more"),
    # ------------------------------------------------ what was so before the first moment
    Predicate("is_named", FACT, "somebody one knows, and what he is called", ("whom", "of")),
    Predicate("is_mate", FACT, "a companion of one's own unit", ("whom",), ("number",)),
    Predicate("is_leader", FACT, "the one who leads the unit, as far as one knows", ("whom", "of")),
    Predicate("tie", FACT, "what one has with somebody", ("of",),
              ("love", "loyalty", "trust", "hatred", "dead", "skill")),
    Predicate("carries", FACT, "what one has in hand, or about one", (), ("weapon", "second")),
    Predicate("belongs", FACT, "one's unit, one's side, and whom one fights", (),
              ("unit", "side", "foes")),
    Predicate("remembers", FACT, "a memory that one has", ("of",), ("memory",)),
    Predicate("holds", FACT, "a notion that one holds from before", ("of",),
              ("notion", "kind", "much")),
)  # fmt: skip

PREDICATES = {predicate.name: predicate for predicate in _ALL}
assert len(PREDICATES) == len(_ALL), "a predicate is declared twice"
