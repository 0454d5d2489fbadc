"""What cannot follow so soon on what was just told: nobody near, and then somebody at one's side;
somebody who ran, and then stands there; a name, and then a guess at it.
"""

from __future__ import annotations

from collections.abc import Sequence

from affray.record.testimony import Record
from affray.tell.aims import about
from affray.tell.kinds import SPEECH
from affray.tell.mentions import Mentions
from affray.tell.mind import CERTAIN, Mind
from affray.tell.needs import wound_of
from affray.tell.stances import is_fallen

LATELY = 6  # clauses: so many back a reader has in mind
_AT_ONCE_S = 25.0  # and so long back; a telling seldom says how long things took
_NEVER_BOTH = (
    {"alone", "mate_beside"}, {"alone", "mates_cover"}, {"alone", "leader_fights"},
    {"alone", "tends"},
    {"foes_near", "foes_gone"}, {"quiet", "din"}, {"dim", "bright"}, {"fear", "calm"},
    {"breaks", "calm"},
)  # fmt: skip
_NOT_AFTER = {
    "foes_gone": ("foe_open", "foe_stares", "foe_afraid"),
    "alone": ("mate_fells",),
    "breaks": ("fear",),
    "uses": ("throws",),
    "mates_down": ("mates_cover",),
    "flees": ("foes_gone", "torn", "gives_ground", "guards"),
    "gives_ground": ("foes_gone",),
}
"""What does not come right after something."""
_ONCE = ("throws", "fall", "mates_down", "foes_gone", "own_name")
"""What is not told twice in a row."""
_GONE = ("mate_hurt", "believes_dead", "mate_flees", "runs", "leaves_lying", "blames")
_AT_HIM = ("fights", "guards", "fells", "throws", "foe_comes")
_BACK, _ORDERED = ("withdraw", "break_off"), ("order", "obeys", "says")
_RUNS = ("mate_flees", "runs")
_AT_HAND = ("tends", "helps_up")
_LIVES = ("afraid", "strikes", "bleeds", "runs", "stares", "looks_here", "threatened", "mate_hurt")
_OF_A_WOUND = ("pull", "bound", "binds", "pain", "notices_blood")
_STANDS_THERE = ("mate_beside", "mate_flees", "foe_open", "mate_afraid", "foe_afraid", "foe_stares")


def at_odds(record: Record, lately: Sequence[Record], mind: Mind) -> bool:
    """Whether a record cannot be told right after others, the last of them last."""
    risen = {one.whom for one in lately if one.pred == "helps_up"}
    return _is_of_another_wound(record, lately, mind) or any(
        mind.testimony.seconds(abs(record.tick - one.until)) <= _AT_ONCE_S
        and (
            {one.pred, record.pred} in _NEVER_BOTH
            or one.pred == record.pred in _ONCE
            or record.pred in _NOT_AFTER.get(one.pred, ())
            or (_of_one_who_is_gone(record, one) and record.whom not in risen)
            or (record.pred == "foe_comes" and one.pred in _AT_HIM and record.whom == one.whom)
            or _of_one_held_for_dead(record, one, mind)
            or _of_a_power_in_use(record, one)
            or (record.pred == "goes_on" and one.get("word") in _BACK and one.pred in _ORDERED)
        )
        for one in lately
    )


def _is_of_another_wound(record: Record, lately: Sequence[Record], mind: Mind) -> bool:
    """Whether a record tells what came of a wound that is not the one told last, for whose it would
    be taken.
    """
    wound = wound_of(record, mind) if record.pred in _OF_A_WOUND else None
    told = [one for one in lately if one.pred == "wound"]
    return wound is not None and told != [] and told[-1].get("place") != wound.get("place")


def _of_one_who_is_gone(record: Record, one: Record) -> bool:
    """Whether somebody is told of as if he stood there who needed a hand, or ran, just now."""
    if record.whom != one.whom or record.whom < 0:
        return False
    if record.pred in _AT_HAND:
        return one.pred in _RUNS
    return record.pred in _STANDS_THERE and (one.pred in _GONE or is_fallen(one))


def _of_one_held_for_dead(record: Record, one: Record, mind: Mind) -> bool:
    """Whether somebody is told of as if he lived whom one has just come to hold for dead."""
    return one.pred == "believes_dead" and record.pred in _LIVES and about(mind, record) == one.of


def _of_a_power_in_use(record: Record, one: Record) -> bool:
    """Whether one is driven to a power, or uses it, that one was just told to have called upon."""
    called = {"driven": ("gathers", "fails", "uses"), "uses": ("uses",)}.get(record.pred, ())
    return one.pred in called and record.get("power") == one.get("power")


def is_guessed_again(record: Record, mind: Mind, mentions: Mentions) -> bool:
    """Whether a record is of somebody taken, with a doubt, for one who was spoken of by his name
    already, or is that guess itself; what is of the same one, after the guess, is not.
    """
    label = mind.label(record.whom, record.tick) if record.whom >= 0 else None
    if label is None or (record.pred == "takes_for" and mind.thought_dead(record.of)):
        return False
    if record.pred in SPEECH and mentions.under.get(record.whom) == label.name:
        return False
    return label.sure < CERTAIN and label.name in mentions.names
