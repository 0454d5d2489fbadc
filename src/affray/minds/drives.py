"""What drives somebody: how far each of his drives is stirred, and what it bids him do.

A drive waits for percepts and beliefs of the one it drives, each of a degree from 0 to 1; it is as
strong as its own strength times these degrees. Drives add to the weights of acts, give a place to
go to and somebody to go for; the act is chosen where all acts are (``rules/decide.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from affray.minds.aim import ahead, is_clear, may_throw, saves
from affray.minds.glimpse import Self
from affray.minds.menace import threat
from affray.minds.mind import NEVER, Mind
from affray.minds.recall import came_lately
from affray.world import words as w
from affray.world.clock import ticks
from affray.world.inward import RULED_OUT
from affray.world.people import Condition, Drive
from affray.world.powers import Power

BESIDE_M = 1.5  # he is there
KEEPS_M = 3.0  # a guard keeps as near as this
_CARING = ("guard", "seek", "follow", "tend")
_RAGING = ("kill", "use", "call")
_RAGES = 5.0  # what rage adds to a blow: more than anything else weighs
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
    power: int = -1
    on: int = -1
    on_x: float = 0.0
    on_y: float = 0.0
    gathers: int = 0
    despairs: bool = False
    says: int = w.SILENT
    words: int = -1  # number of the drive whose words they are
    drive: int = -1  # number of the one that bids at the moment
    lean: list[float] = field(default_factory=lambda: [0.0] * w.ACTS)

    def go(self, x: float, y: float) -> None:
        """Bid go there, unless something stronger bade go elsewhere."""
        if not self.goes:
            self.goes, self.x, self.y = True, x, y

    def look(self, x: float, y: float) -> None:
        """Bid look there, unless something stronger bade look elsewhere."""
        if not self.gazes:
            self.gazes, self.gaze_x, self.gaze_y = True, x, y

    def strike(self, whom: int, x: float, y: float, strength: float, clear: bool = True) -> None:
        """Bid go for a fighter, hand to hand or from afar; only the former unless it is ``clear``
        to throw.
        """
        if self.mark < 0:
            self.mark, self.mark_x, self.mark_y = whom, x, y
        for act in (w.STRIKE, w.LUNGE):
            self.lean[act] += strength
        self.lean[w.THROW] += strength if clear else -strength

    def use(
        self,
        number: int,
        power: Power,
        gathers: int,
        strength: float,
        on: int = -1,
        x: float = 0.0,
        y: float = 0.0,
    ) -> None:
        """Bid use a power, on oneself or on a fighter seen at (x, y), unless something stronger
        bade use another; ``gathers``: ticks that it takes.
        """
        if self.power < 0:
            self.power, self.gathers, self.despairs = number, gathers, power.broken
            self.on, self.on_x, self.on_y = on, x, y
        if self.power == number:
            self.lean[w.USE] += strength


# ------------------------------------------------------------------ how far it is stirred


def _sees(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mind.glimpse_of(c.of) is not None)


def _threatened(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return threat(mind.glimpse_of(c.of))


def _hurt(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    glimpse = mind.glimpse_of(c.of)
    return float(glimpse is not None and (glimpse.hurt == 1 or glimpse.lies == 1))


def _struck(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    glimpse = mind.glimpse_of(c.of)
    return float(glimpse is not None and glimpse.struck == 1)


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


def _holds(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    """That he has hold of him, or of one whom he takes for him."""
    return float(mine.holds >= 0 and _whom_he_holds(mind, mine) == c.of)


def _whom_he_holds(mind: Mind, mine: Self) -> int:
    """The person for whom he takes the one whom he holds, -1: a stranger."""
    for of, track in enumerate(mind.tracks):
        if mind.people[of].fighter == mine.holds:
            return track.taken_for
    return -1


def _fears(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    glimpse = mind.glimpse_of(c.of)
    return max(glimpse.fear, 0.0) if glimpse is not None else 0.0


def _stares(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    glimpse = mind.glimpse_of(c.of)
    return float(glimpse is not None and glimpse.stares == 1)


def _screams(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mind.screams(c.of, tick))


def _warns(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mind.warned_by(c.of, tick))


def _raging(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mine.rages)


def _held(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mine.held)


def _spent(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return 1.0 - mine.stamina


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


def _thinks(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    mind_has = mind.convictions[c.number]
    return mind_has.sure if came_lately(mind, mind_has.thought, tick) else 0.0


def _believes(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return mind.convictions[c.number].sure


def _told(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    told = mind.convictions[c.number]
    return float(came_lately(mind, told.told, tick) and c.of in (-1, told.told_by))


def _recalls(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(came_lately(mind, mind.memories[c.number].back, tick))


_DEGREES: dict[str, Callable[[Mind, Condition, Self, int], float]] = {
    "sees": _sees,
    "threatened": _threatened,
    "hurt": _hurt,
    "struck": _struck,
    "down": _down,
    "near": _near,
    "hears": _hears,
    "dead": _dead,
    "alive": _alive,
    "mistaken": _mistaken,
    "afraid": _afraid,
    "wounded": _wounded,
    "contact": _contact,
    "alone": _alone,
    "quiet": _quiet,
    "holds": _holds,
    "held": _held,
    "spent": _spent,
    "fears": _fears,
    "stares": _stares,
    "warns": _warns,
    "screams": _screams,
    "raging": _raging,
    "thinks": _thinks,
    "believes": _believes,
    "told": _told,
    "recalls": _recalls,
}
_OWN_LEVEL = ("near", "quiet")  # their level is a measure, not a degree


def fondness(mind: Mind, drive: Drive) -> float:
    """What a drive draws from the tie with whom it is about: one guards, seeks, follows, tends and
    uses powers for the sake of those whom one loves or owes something, and nobody else.
    """
    if drive.deed not in _CARING and not _for_the_sake_of(mind, drive):
        return 1.0
    tie = mind.people[mind.me].ties[drive.whom]
    return max(tie.love, tie.loyalty)


def _for_the_sake_of(mind: Mind, drive: Drive) -> bool:
    """Whether a power is to be used for somebody, and not on him."""
    if drive.power < 0 or drive.whom < 0:
        return False
    return drive.at_threat or mind.powers[drive.power].range_m == 0.0


def _has_said_it(mind: Mind, number: int, tick: int) -> bool:
    """Whether what a drive would have him say has been said, and not long enough ago."""
    drive, said = mind.people[mind.me].drives[number], mind.said[number]
    if drive.deed != "say" or said == NEVER:
        return False
    return drive.again_s < 0.0 or (tick - said) * mind.dt < drive.again_s


def _is_forgotten(mind: Mind, drive: Drive, tick: int) -> bool:
    """Whether a reunion leaves no word for what a drive would have him say."""
    return drive.deed == "say" and mind.is_rapt(tick) and drive.whom != mind.rapt[1]


def stirred(mind: Mind, drive: Drive, degrees: Sequence[float]) -> float:
    """How strong a drive is now; 0 where one of its conditions does not hold. ``degrees``: how much
    there is of each.
    """
    strength = drive.strength * fondness(mind, drive)
    for condition, degree in zip(drive.when, degrees, strict=True):
        if condition.word not in _OWN_LEVEL and degree < condition.level:
            return 0.0
        strength *= degree
    return strength


def degrees_of(mind: Mind, mine: Self, tick: int) -> list[float]:
    """How much there is of what each drive waits for, drive after drive; what lasts counts as much
    as it did when it was most.
    """
    found = []
    conditions = [c for drive in mind.people[mind.me].drives for c in drive.when]
    for number, condition in enumerate(conditions):
        degree = _DEGREES[condition.word](mind, condition, mine, tick)
        degree = 1.0 - degree if condition.unless else degree
        if condition.lasts_s > 0.0:
            before, since = mind.lately[number]
            if before > degree and (tick - since) * mind.dt <= condition.lasts_s:
                degree = before
            else:
                mind.lately[number] = degree, tick
        found.append(degree)
    return found


# ------------------------------------------------------------------ what it bids


def _guard(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Go for whoever threatens him; else keep near him."""
    glimpse = mind.glimpse_of(drive.whom)
    if glimpse is not None and glimpse.menace >= 0:
        x, y = ahead(glimpse, mind.p["know.lead_s"])
        clear = saves(mind, drive, mine, x, y)
        bid.strike(glimpse.menace, x, y, strength, clear)
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
        clear = is_clear(mind, mine, glimpse.x, glimpse.y)
        bid.strike(fighter, glimpse.x, glimpse.y, strength, clear)
        bid.look(glimpse.x, glimpse.y)
    _approach(bid, mind, drive, 0.5 * strength, mine, 0.0)


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


def _stalk(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Keep him in sight some way off, and come no nearer."""
    belief = mind.beliefs[drive.whom]
    if belief.place_tick < 0:
        return
    bid.look(belief.x, belief.y)
    dx, dy = belief.x - mine.x, belief.y - mine.y
    d, keeps = (dx * dx + dy * dy) ** 0.5, mind.p["know.stalk_m"]
    if d > keeps:
        share = (d - keeps) / d
        bid.go(mine.x + share * dx, mine.y + share * dy)
        bid.lean[w.ADVANCE] += strength


def _hold(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Stay where one is, and fight there."""
    bid.lean[w.HOLD] += strength
    bid.lean[w.GUARD] += strength


def _flee(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Run."""
    bid.lean[w.FLEE] += strength


def consents(mind: Mind, drive: Drive, strength: float) -> bool:
    """Whether one is stirred enough to give in to the power that a drive would have him use."""
    return drive.power < 0 or strength >= mind.powers[drive.power].consent


def _use(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Use a power; on somebody, once he is in reach. One that he gathers he gathers to the end."""
    power = mind.powers[drive.power]
    on, x, y = _aimed_at(mind, drive, mine) if power.range_m > 0.0 else (-1, 0.0, 0.0)
    if on >= 0:
        bid.look(x, y)
    other = mine.gathers >= 0 and mine.gathers != drive.power
    if other or (drive.power not in mine.ready and mine.gathers != drive.power):
        return
    if not consents(mind, drive, strength):
        return
    gathers = max(ticks(power.cast_s, mind.dt), 1)
    if power.range_m == 0.0:
        bid.use(drive.power, power, gathers, strength)
        return
    if on < 0 or (power.throws and not may_throw(mind, drive, mine, x, y)):
        return
    dx, dy = x - mine.x, y - mine.y
    if dx * dx + dy * dy <= power.range_m * power.range_m or power.holding:
        bid.use(drive.power, power, gathers, strength, on, x, y)
    elif not mine.held:
        bid.go(x, y)
        bid.lean[w.ADVANCE] += strength


def _aimed_at(mind: Mind, drive: Drive, mine: Self) -> tuple[int, float, float]:
    """The fighter on whom a drive would use a power, and where; -1: he perceives nobody such."""
    if drive.whom < 0:
        return mind.about.foe, mind.about.foe_x, mind.about.foe_y
    if mine.holds >= 0 and _whom_he_holds(mind, mine) == drive.whom:
        return mine.holds, mind.beliefs[drive.whom].x, mind.beliefs[drive.whom].y
    glimpse = mind.glimpse_of(drive.whom)
    if glimpse is None:
        return -1, 0.0, 0.0
    if drive.at_threat:
        return glimpse.menace, *ahead(glimpse, mind.p["know.lead_s"])
    return mind.people[glimpse.of].fighter, glimpse.x, glimpse.y


def _call(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Shout that all should run."""
    if bid.says == w.SILENT:
        bid.says, bid.words = w.SAY_WARN, bid.drive


def _say(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Say something, believed or not; one thing after another."""
    if bid.says == w.SILENT and not mine.speaks:
        bid.says, bid.words = w.SAY_TELL, bid.drive


def _command(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Give the order of his unit's plan that waits for it."""
    if bid.says == w.SILENT:
        bid.says = w.SAY_ORDER


_DEEDS: dict[str, Callable[[Bidding, Mind, Drive, float, Self], None]] = {
    "guard": _guard,
    "seek": _seek,
    "follow": _follow,
    "kill": _kill,
    "watch": _watch,
    "tend": _tend,
    "avoid": _avoid,
    "stalk": _stalk,
    "hold": _hold,
    "flee": _flee,
    "use": _use,
    "call": _call,
    "command": _command,
    "say": _say,
}


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
            _DEEDS[drives[number].deed](bid, mind, drives[number], strengths[number], mine)
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
