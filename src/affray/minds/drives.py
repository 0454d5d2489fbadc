"""What drives somebody: all his drives together, the strongest first, and what they bid him do.

Drives add to the weights of acts, give a place to go to and somebody to go for; the act is chosen
where all acts are (``rules/decide.py``). How far each is stirred: ``stirring.py``; what it bids:
``deeds.py``.
"""

from __future__ import annotations

from affray.minds.bidding import Bidding
from affray.minds.deeds import carry_out
from affray.minds.glimpse import Self
from affray.minds.mind import Mind
from affray.minds.stirring import degrees_of, stirred
from affray.world import words as w
from affray.world.clock import NEVER
from affray.world.inward import RULED_OUT
from affray.world.people import Drive

_RAGING = ("kill", "use", "call")
_RAGES = 5.0  # what rage adds to a blow: more than anything else weighs
_NEARLY = 0.05  # what is stirred less than this does not count


def bidding(mind: Mind, mine: Self, tick: int) -> tuple[Bidding, int]:
    """What all drives together bid, the strongest first; and the number of that one, -1: none.

    What has stirred somebody settles only by and by; in a rage nothing counts any more but to kill.
    Of drives as strong as each other the one that stands first in the scenario leads.
    """
    drives = mind.people[mind.me].drives
    settles = 1.0 - min((tick - mind.looked) * mind.dt / mind.p["know.settle_s"], 1.0)
    degrees = iter(degrees_of(mind, mine, tick))
    strengths = [
        max(stirred(mind, drive, [next(degrees) for _ in drive.when]), settles * before)
        for drive, before in zip(drives, mind.stirs, strict=True)
    ]
    strengths = [
        0.0 if _has_said_it(mind, number, tick) or _is_forgotten(mind, drive, tick) else strength
        for number, (drive, strength) in enumerate(zip(drives, strengths, strict=True))
    ]
    if mine.rages:
        strengths = [
            strength if drive.deed in _RAGING else 0.0
            for drive, strength in zip(drives, strengths, strict=True)
        ]
    mind.stirs = strengths
    order = sorted(range(len(drives)), key=lambda number: (-strengths[number], number))
    bid = Bidding()
    for number in order:
        if strengths[number] > _NEARLY:
            bid.drive = number
            carry_out(bid, mind, drives[number], strengths[number], mine)
    if mine.rages:
        _rage(bid, mind, mine)
    if not bid.gazes:
        _look_back(bid, mind, tick)
    able = [n for n in order if strengths[n] > _NEARLY and _is_able(drives[n], mine)]
    return bid, able[0] if able else -1


def _is_able(drive: Drive, mine: Self) -> bool:
    """Whether one could do now what a drive is for: a power may be spent, or at work already."""
    return drive.power < 0 or drive.power in mine.ready or drive.power == mine.gathers


def _rage(bid: Bidding, mind: Mind, mine: Self) -> None:
    """Go for whoever is nearest of those whom he takes for enemies, and for nobody from afar."""
    about = mind.about
    if about.foe >= 0 and bid.mark < 0:
        bid.strike(about.foe, about.foe_x, about.foe_y, _RAGES)
        bid.go(about.foe_x, about.foe_y)
        bid.lean[w.ADVANCE] += _RAGES
    bid.lean[w.THROW] = RULED_OUT


def _look_back(bid: Bidding, mind: Mind, tick: int) -> None:
    """Look where something that was thrown came from, for a while."""
    since, x, y = mind.source
    if tick - since <= mind.p["know.look_back_s"] / mind.dt:
        bid.look(x, y)


def _has_said_it(mind: Mind, number: int, tick: int) -> bool:
    """Whether what a drive would have him say has been said, and not long enough ago."""
    drive, said = mind.people[mind.me].drives[number], mind.said[number]
    if drive.deed != "say" or said == NEVER:
        return False
    return drive.again_s < 0.0 or (tick - said) * mind.dt < drive.again_s


def _is_forgotten(mind: Mind, drive: Drive, tick: int) -> bool:
    """Whether a reunion leaves no word for what a drive would have him say."""
    return drive.deed == "say" and mind.is_rapt(tick) and drive.whom != mind.rapt[1]
