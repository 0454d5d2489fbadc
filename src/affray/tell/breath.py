"""One sentence gone on with: what follows in the same mind, told in the same breath.

A sentence grows link by link. Each thing that is added follows what was told last in it, and what
joins the two says no more than their records do: a deed upon a deed, what one felt or did at what
one perceived, what ended a wait, how it was then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from affray.record.testimony import Record
from affray.tell.figures import (
    APART,
    BARE,
    SPANS,
    SUDDEN,
    Move,
    View,
    are_alike,
    causes,
    hedge_for,
    same_word,
)
from affray.tell.joints import (
    AND,
    AND_THEN,
    AS,
    BECAUSE,
    BUT,
    COMMA,
    FOR_THAT,
    SO,
    STOP,
    UNTIL,
    WHEN,
    WHILE,
)
from affray.tell.kinds import ANSWERS
from affray.tell.lexicon import WHO, WITH
from affray.tell.longer import LOOSE, OF_THEM, takes_aside
from affray.tell.plan import Wanted, Wish

BREATH = "in one breath"
_MOST = 4  # clauses
_OTHERS = 2  # people of whom one sentence tells
_FOLLOWS_S = 5.0  # what is told in one breath comes so soon
_AT_ONCE_S = 1.5  # what came so soon before it, as if at once
_WHEN_S = 10.0  # and so soon after what opens it by "when"
_ENDS_S = 1.2  # what ends something comes as soon as that
_AHEAD = 2  # so many of those chosen next may be the one that follows
_TIED = (BECAUSE, SO, AS, AND_THEN)  # what follows these would seem to be part of the reason
_ALL_ROUND = {"scream", "spectacle", "mate_falls", "mate_flees", "mates_flee", "call", "order"}
_OWN = ("deed", "inner", "touch")
_BEFALLS = ("wound", "fall", "faint", "rise", "bound", "tended")  # what could befall anybody
_OF_A_BODY = (*_BEFALLS, "notices_blood", "pain")  # of which it must be plain whose it is


def in_one_breath(view: View, move: Move) -> Iterator[Move]:
    """A sentence, and one thing more in it; nothing, where it is whole."""
    if len(move.wanted) != 1 or not _goes_on(move.wanted[0]):
        return
    wanted = move.wanted[0]
    told = [wish.record for wish in wanted.wishes]
    last = [wish.record for wish in wanted.wishes if not _is_aside(wish)][-1]
    before = {view.who(one) for one in told} - {view.who(last), ""}
    rest = [one for one in (*view.after, *view.beyond) if one.id not in move.takes]
    if any(one.pred in _BEFALLS for one in told):
        return  # what befalls one stands by itself
    for other in rest[:_AHEAD]:
        if any({one.pred, other.pred} in APART or one.pred == other.pred for one in told):
            continue
        others = any(one.channel not in _OWN for one in told)
        if len(told) > 2 and other.channel == "inner":
            continue  # what one felt at so much is told by itself
        if len({view.who(one) for one in (*told, other)} - {""}) > _OTHERS:
            continue
        if others and other.pred in _OF_A_BODY:
            continue  # it would seem to befall one of them
        if last.channel == "inner" and other.pred in _BEFALLS:
            continue  # it would seem to come of what was felt
        if view.who(other) in before or not _is_within(view, wanted.opening, told[0], other):
            continue  # it has gone on from him to somebody else
        outside = other.channel not in _OWN and any(one.channel in _OWN for one in told[1:])
        for joint, wish in _links(view, last, other):
            if outside and joint != UNTIL:
                continue  # it has come to what one felt or did oneself
            grown = _joined(wanted, joint, wish)
            takes = move.takes | {other.id}
            yield replace(move, figure=BREATH, wanted=(grown,), takes=takes, mark=max(move.mark, 1))


def _is_within(view: View, opening: str, first: Record, other: Record) -> bool:
    """Whether what is added came while that was so which a sentence opens on, or when it came."""
    if opening == WHILE:
        return first.tick <= other.tick <= first.until
    return opening != WHEN or 0.0 <= view.mind.testimony.seconds(other.tick - first.tick) <= _WHEN_S


def _goes_on(wanted: Wanted) -> bool:
    """Whether something can be added to a sentence."""
    return (
        len(wanted.wishes) < _MOST
        and wanted.opening != FOR_THAT
        and not any(joint in _TIED for joint in wanted.joints)
        and not wanted.wishes[-1].frame.endswith(f"/{WITH}")
        and all(_is_plain(wish) for wish in wanted.wishes)
    )


def _is_plain(wish: Wish) -> bool:
    """Whether a clause says plainly what its record says, or is set into one that does."""
    if wish.asks or wish.hedge:
        return False
    return (wish.frame == wish.record.pred and _told_plainly(wish.record)) or _is_aside(wish)


def _is_aside(wish: Wish) -> bool:
    return wish.frame.endswith((f"/{WITH}", f"/{WHO}"))


def _told_plainly(record: Record) -> bool:
    return record.pred not in BARE and record.channel != "fact" and not hedge_for(record)


def _links(view: View, last: Record, other: Record) -> Iterator[tuple[str, Wish]]:
    """What can join a record to what was told last in a sentence, and how it is told then."""
    seconds = view.mind.testimony.seconds
    after_s = seconds(other.tick - max(last.tick, min(last.until, other.tick)))
    if not _told_plainly(other) or same_word(last, other) or after_s > _FOLLOWS_S:
        return
    if _is_of_a_known_one(view, other) or (other.pred in ANSWERS and last.id not in causes(other)):
        return
    plain = Wish(other.pred, other)
    same = view.who(other) != "" and view.who(other) == view.who(last)
    if same and other.channel not in _OWN:
        if other.whom == last.whom and other.pred in OF_THEM:
            yield COMMA, replace(plain, relative=True)
        return
    if last.channel == "deed" and other.pred in LOOSE and takes_aside(last, other, view):
        yield COMMA, Wish(f"{other.pred}/{WITH}", other)
    ends = other.tick > last.tick and abs(seconds(other.tick - last.until)) <= _ENDS_S
    if ends and last.pred in SPANS and other.pred in SUDDEN:
        yield UNTIL, plain
    if after_s < -_AT_ONCE_S or (after_s < 0.0 and other.channel in _OWN):
        return
    if last.channel == other.channel == "deed":
        yield AND, replace(plain, mine=True)
    elif _answers(last, other):
        yield BUT, replace(plain, mine=other.channel in _OWN and last.whom >= 0)
    elif are_alike(last, other):
        yield STOP, plain


def _is_of_a_known_one(view: View, other: Record) -> bool:
    """Whether it is the fall of somebody with a name, which is told by itself."""
    label = view.mind.label(other.whom, other.tick) if other.whom >= 0 else None
    return other.pred == "spectacle" and label is not None and bool(label.name)


def _answers(last: Record, other: Record) -> bool:
    """Whether a record is what came of another, or came upon it while one was at something."""
    if last.id in causes(other):
        return True
    if other.channel == "deed" and last.whom not in (-1, other.whom):
        return False  # whose deed it is would not be seen
    if other.channel in _OWN:
        at_another = last.whom >= 0 and other.whom not in (-1, last.whom)
        return not at_another and (last.pred in SUDDEN or last.channel in ("touch", "inner"))
    return other.pred in SUDDEN and (last.pred in SPANS or {last.pred, other.pred} <= _ALL_ROUND)


def _joined(wanted: Wanted, joint: str, wish: Wish) -> Wanted:
    """A sentence with one clause more. Of several that are joined alike the last has the "and";
    a longer stop stands where a comma would seem to go on with what was set in.
    """
    *told, last = wanted.wishes
    before = wanted.joints
    if joint == AND or _is_aside(wish):  # what is told of oneself twice has one subject
        last = replace(last, mine=True)
    if joint == STOP and STOP in before:
        joint = BUT
    if joint == BUT and before[-1:] == (BUT,):
        set_in = wanted.opening or any(one.relative or _is_aside(one) for one in (*told, last))
        before = (*before[:-1], STOP if set_in and STOP not in before else COMMA)
    return Wanted((*told, last, wish), (*before, joint), wanted.opening)
