"""What drives somebody: how far each of his drives is stirred, and what it bids him do.

A drive waits for percepts and beliefs of the one it drives, each of a degree from 0 to 1; it is as
strong as its own strength times these degrees. Drives add to the weights of acts, give a place to
go to and somebody to go for; the act is chosen where all acts are (``rules/decide.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from affray.minds.glimpse import Glimpse, Self
from affray.minds.mind import Mind
from affray.world import words as w
from affray.world.people import Condition, Drive

BESIDE_M = 1.5  # he is there
KEEPS_M = 3.0  # a guard keeps as near as this
_CARING = ("guard", "seek", "follow", "tend")
_NEARLY = 0.05  # what is stirred less than this does not count


@dataclass
class Bidding:
    """What a mind bids its body: somebody to go for, a place to go to, where to look, leanings."""

    mark: int = -1
    mark_x: float = 0.0
    mark_y: float = 0.0
    goes: bool = False
    x: float = 0.0
    y: float = 0.0
    gazes: bool = False
    gaze_x: float = 0.0
    gaze_y: float = 0.0
    lean: list[float] = field(default_factory=lambda: [0.0] * w.ACTS)

    def go(self, x: float, y: float) -> None:
        """Bid go there, unless something stronger bade go elsewhere."""
        if not self.goes:
            self.goes, self.x, self.y = True, x, y

    def look(self, x: float, y: float) -> None:
        """Bid look there, unless something stronger bade look elsewhere."""
        if not self.gazes:
            self.gazes, self.gaze_x, self.gaze_y = True, x, y

    def strike(self, whom: int, x: float, y: float, strength: float) -> None:
        """Bid go for a fighter, hand to hand or from afar."""
        if self.mark < 0:
            self.mark, self.mark_x, self.mark_y = whom, x, y
        for act in (w.STRIKE, w.LUNGE, w.THROW):
            self.lean[act] += strength


# ------------------------------------------------------------------ how far it is stirred


def threat(glimpse: Glimpse | None) -> float:
    """How far the one glimpsed is threatened, by the enemy nearest to him: 1 is struck unawares."""
    if glimpse is None or glimpse.menace < 0:
        return 0.0
    near = 1.0 if glimpse.menace_m < 2.0 else 2.0 / glimpse.menace_m
    unaware = 1.0 if glimpse.menace_behind else 0.5
    return near * unaware * (1.0 if glimpse.menace_strikes else 0.8)


def _sees(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mind.glimpse_of(c.of) is not None)


def _threatened(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return threat(mind.glimpse_of(c.of))


def _hurt(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    glimpse = mind.glimpse_of(c.of)
    return float(glimpse is not None and (glimpse.hurt == 1 or glimpse.lies == 1))


def _down(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    glimpse = mind.glimpse_of(c.of)
    return float(glimpse is not None and glimpse.lies == 1)


def _near(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    glimpse = mind.glimpse_of(c.of)
    return float(glimpse is not None and glimpse.m <= c.level)


def _hears(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mind.heard_lately(c.of, tick))


def _dead(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return mind.beliefs[c.of].dead


def _alive(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return mind.hope(c.of)


def _mistaken(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    """That he was wrong about somebody's death: believed him dead, and does no longer."""
    was = mind.people[mind.me].ties[c.of].dead
    return max(was - mind.beliefs[c.of].dead, 0.0)


def _afraid(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return mine.fear


def _wounded(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mine.bleeding > 0.0)


def _contact(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mind.about.foes_near > 0)


def _alone(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mind.about.friends_near == 0)


def _quiet(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    """That no fight has been near or heard for ``level`` seconds."""
    return float((tick - mind.quiet_since) * mind.dt >= c.level)


_DEGREES: dict[str, Callable[[Mind, Condition, Self, int], float]] = {
    "sees": _sees, "threatened": _threatened, "hurt": _hurt, "down": _down, "near": _near,
    "hears": _hears, "dead": _dead, "alive": _alive, "mistaken": _mistaken, "afraid": _afraid,
    "wounded": _wounded, "contact": _contact, "alone": _alone, "quiet": _quiet,
}  # fmt: skip
_OWN_LEVEL = ("near", "quiet")  # their level is a measure, not a degree


def fondness(mind: Mind, drive: Drive) -> float:
    """What a drive draws from the tie with whom it is about: one guards, seeks, follows and tends
    those whom one loves or owes something, and nobody else.
    """
    if drive.deed not in _CARING:
        return 1.0
    tie = mind.people[mind.me].ties[drive.whom]
    return max(tie.love, tie.loyalty)


def stirred(mind: Mind, drive: Drive, mine: Self, tick: int) -> float:
    """How strong a drive is now; 0 where one of its conditions does not hold."""
    strength = drive.strength * fondness(mind, drive)
    for condition in drive.when:
        degree = _DEGREES[condition.word](mind, condition, mine, tick)
        if condition.word not in _OWN_LEVEL and degree < condition.level:
            return 0.0
        strength *= degree
    return strength


# ------------------------------------------------------------------ what it bids


def _guard(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Go for whoever threatens him; else keep near him."""
    glimpse = mind.glimpse_of(drive.whom)
    if glimpse is not None and glimpse.menace >= 0:
        bid.strike(glimpse.menace, glimpse.menace_x, glimpse.menace_y, strength)
        bid.look(glimpse.menace_x, glimpse.menace_y)
        bid.go(glimpse.menace_x, glimpse.menace_y)
        bid.lean[w.ADVANCE] += 0.5 * strength
        return
    _approach(bid, mind, drive, strength, mine, KEEPS_M)


def _seek(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Go where he believes him to be."""
    _approach(bid, mind, drive, strength, mine, BESIDE_M)


def _follow(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Keep near him, wherever he goes."""
    _approach(bid, mind, drive, strength, mine, KEEPS_M)


def _approach(
    bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self, near_m: float
) -> None:
    """Go to where he is, or was last; there, stay. Whoever never saw him has nowhere to go."""
    belief = mind.beliefs[drive.whom]
    if belief.place_tick < 0:
        return
    bid.look(belief.x, belief.y)
    dx, dy = belief.x - mine.x, belief.y - mine.y
    if dx * dx + dy * dy <= near_m * near_m:
        bid.lean[w.HOLD] += strength
        return
    bid.go(belief.x, belief.y)
    bid.lean[w.ADVANCE] += strength


def _kill(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Go for the one whom he takes for him."""
    glimpse = mind.glimpse_of(drive.whom)
    if glimpse is not None:
        fighter = mind.people[glimpse.of].fighter
        bid.strike(fighter, glimpse.x, glimpse.y, strength)
        bid.look(glimpse.x, glimpse.y)
    _approach(bid, mind, drive, strength, mine, 0.0)


def _watch(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Keep still and watch, and let others fight."""
    bid.lean[w.HOLD] += strength
    for act in (w.STRIKE, w.LUNGE, w.THROW, w.ADVANCE):
        bid.lean[act] -= strength
    if drive.whom >= 0 and mind.beliefs[drive.whom].place_tick >= 0:
        bid.look(mind.beliefs[drive.whom].x, mind.beliefs[drive.whom].y)


def _tend(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Go to him and see to his wounds."""
    _approach(bid, mind, drive, strength, mine, 0.8)
    for act in (w.TEND, w.HELP_UP):
        bid.lean[act] += strength


def _avoid(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Get away from him."""
    belief = mind.beliefs[drive.whom]
    if belief.place_tick >= 0:
        bid.go(2.0 * mine.x - belief.x, 2.0 * mine.y - belief.y)
        bid.lean[w.ADVANCE] += strength


def _hold(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Stay where one is, and fight there."""
    bid.lean[w.HOLD] += strength
    bid.lean[w.GUARD] += strength


def _flee(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Run."""
    bid.lean[w.FLEE] += strength


_DEEDS: dict[str, Callable[[Bidding, Mind, Drive, float, Self], None]] = {
    "guard": _guard, "seek": _seek, "follow": _follow, "kill": _kill, "watch": _watch,
    "tend": _tend, "avoid": _avoid, "hold": _hold, "flee": _flee,
}  # fmt: skip


def bidding(mind: Mind, mine: Self, tick: int) -> tuple[Bidding, int]:
    """What all drives together bid, the strongest first; and the number of that one, -1: none.

    What has stirred somebody settles only by and by.
    Of drives as strong as each other the one that stands first in the scenario leads.
    """
    drives = mind.people[mind.me].drives
    settles = 1.0 - min((tick - mind.looked) * mind.dt / mind.p["know.settle_s"], 1.0)
    strengths = [
        max(stirred(mind, drive, mine, tick), settles * before)
        for drive, before in zip(drives, mind.stirs, strict=True)
    ]
    mind.stirs = strengths
    order = sorted(range(len(drives)), key=lambda number: (-strengths[number], number))
    bid = Bidding()
    for number in order:
        if strengths[number] > _NEARLY:
            _DEEDS[drives[number].deed](bid, mind, drives[number], strengths[number], mine)
    if not bid.gazes:
        _look_back(bid, mind, tick)
    leads = order[0] if order and strengths[order[0]] > _NEARLY else -1
    return bid, leads


def _look_back(bid: Bidding, mind: Mind, tick: int) -> None:
    """Look where something that was thrown came from, for a while."""
    since, x, y = mind.source
    if tick - since <= mind.p["know.look_back_s"] / mind.dt:
        bid.look(x, y)
