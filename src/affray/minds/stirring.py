"""How far a drive is stirred: by percepts and beliefs of whom it is about, each of a degree.

A drive is as strong as its own strength, times what it draws from a tie, times the degree (0 to 1)
of everything that it waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from affray.minds.glimpse import Glimpse, Self
from affray.minds.menace import threat
from affray.minds.mind import Mind
from affray.minds.recall import came_lately
from affray.world.people import Condition, Drive

Degree = Callable[[Mind, Condition, Self, int], float]
"""How much there is, in a look, of what a condition waits for."""

_CARING = ("guard", "seek", "follow", "tend")


def stirred(mind: Mind, drive: Drive, degrees: Sequence[float]) -> float:
    """How strong a drive is now; 0 where one of its conditions does not hold. ``degrees``: how much
    there is of each.
    """
    strength = drive.strength * _fondness(mind, drive)
    for condition, degree in zip(drive.when, degrees, strict=True):
        if condition.word not in _OWN_LEVEL and degree < condition.level:
            return 0.0
        strength *= degree
    return strength


def _fondness(mind: Mind, drive: Drive) -> float:
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


def _shown(degree: Callable[[Glimpse, Condition], float]) -> Degree:
    """What the one whom it is about shows, if he is seen."""

    def of_him(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
        glimpse = mind.glimpse_of(c.of)
        return float(degree(glimpse, c)) if glimpse is not None else 0.0

    return of_him


def _done(lately: str) -> Degree:
    """What the one whom it is about has just done, by the track that keeps when."""
    when = attrgetter(lately)

    def by_him(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
        return float(mind.has_just(c.of, tick, when))

    return by_him


def _own(degree: Callable[[Self], float]) -> Degree:
    """How it stands with oneself."""
    return lambda mind, c, mine, tick: float(degree(mine))


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
    return float(mine.holds >= 0 and whom_he_holds(mind, mine) == c.of)


def whom_he_holds(mind: Mind, mine: Self) -> int:
    """The person for whom he takes the one whom he holds, -1: a stranger."""
    for of, track in enumerate(mind.tracks):
        if mind.people[of].fighter == mine.holds:
            return track.taken_for
    return -1


def _contact(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mind.about.foes_near > 0)


def _alone(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(mind.about.friends_near == 0)


def _quiet(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    """That no fight has been near or heard for ``level`` seconds."""
    return float((tick - mind.quiet_since) * mind.dt >= c.level)


def _thinks(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    idea = mind.convictions[c.number]
    return idea.sure if came_lately(mind, idea.thought, tick) else 0.0


def _believes(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return mind.convictions[c.number].sure


def _told(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    idea = mind.convictions[c.number]
    return float(came_lately(mind, idea.told, tick) and c.of in (-1, idea.told_by))


def _recalls(mind: Mind, c: Condition, mine: Self, tick: int) -> float:
    return float(came_lately(mind, mind.memories[c.number].back, tick))


_DEGREES: dict[str, Degree] = {
    "sees": _shown(lambda one, c: True),
    "threatened": _shown(lambda one, c: threat(one)),
    "hurt": _shown(lambda one, c: one.hurt == 1 or one.lies == 1),
    "struck": _shown(lambda one, c: one.struck == 1),
    "down": _shown(lambda one, c: one.lies == 1),
    "near": _shown(lambda one, c: one.m <= c.level),
    "fears": _shown(lambda one, c: max(one.fear, 0.0)),
    "stares": _shown(lambda one, c: one.stares == 1),
    "hears": _done("heard"),
    "warns": _done("warned"),
    "screams": _done("screamed"),
    "afraid": _own(lambda mine: mine.fear),
    "wounded": _own(lambda mine: mine.bleeding > 0.0),
    "held": _own(lambda mine: mine.held),
    "spent": _own(lambda mine: 1.0 - mine.stamina),
    "raging": _own(lambda mine: mine.rages),
    "dead": _dead,
    "alive": _alive,
    "mistaken": _mistaken,
    "holds": _holds,
    "contact": _contact,
    "alone": _alone,
    "quiet": _quiet,
    "thinks": _thinks,
    "believes": _believes,
    "told": _told,
    "recalls": _recalls,
}
_OWN_LEVEL = ("near", "quiet")  # their level is a measure, not a degree
