"""What a drive bids, once it is stirred: whom to go for, where to go and look, what to lean to."""

from __future__ import annotations

from collections.abc import Callable

from affray.minds.aim import ahead, is_clear, may_throw, saves
from affray.minds.bidding import Bidding
from affray.minds.glimpse import Self
from affray.minds.mind import Mind
from affray.minds.stirring import whom_he_holds
from affray.world import words as w
from affray.world.clock import ticks
from affray.world.people import Drive

BESIDE_M = 1.5  # he is there
KEEPS_M = 3.0  # a guard keeps as near as this


def carry_out(bid: Bidding, mind: Mind, drive: Drive, strength: float, mine: Self) -> None:
    """Let a drive bid what it is for, as strongly as it is stirred."""
    _DEEDS[drive.deed](bid, mind, drive, strength, mine)


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
    if mine.holds >= 0 and whom_he_holds(mind, mine) == drive.whom:
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
