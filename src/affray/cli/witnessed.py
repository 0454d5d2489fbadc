"""What reached a witness, in lines: his testimony, a record each; or his looks, a look each.

A line of a look: time; what was perceived; how the witness felt; what the witness did. A companion
or an enemy bears a name in it only so that a reader can look further; the witness knew no names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from affray.report.clock import on_clock
from affray.report.roster import Roster
from affray.report.why.percepts import LEAST_CROWD, blood, of_sound, place
from affray.report.wording import counted

if TYPE_CHECKING:
    from affray.record.testimony import Record, Testimony


def record_lines(testimony: Testimony, low: int, high: int) -> Iterator[str]:
    """A line for each record of a testimony from tick to tick: number, time, channel, what it says,
    and the numbers of the records that it goes back to.
    """
    from affray.tell.teller import witness_name

    own = testimony.self_
    unit = f" ({own['unit_title']})" if own["unit_title"] else ""
    yield f"{witness_name(testimony)}{unit}, of {own['side_title']}; tracks are called #0, #1, ..."
    for record in testimony.records:
        if not low <= record.tick <= high:
            continue
        links = "; ".join(
            f"{name} {', '.join(map(str, ids))}" for name, ids in record.links.items()
        )
        lasted = testimony.seconds(record.until - record.tick)
        span = f" for {lasted:.1f} s" if lasted > 0.0 else ""
        when = on_clock(testimony.seconds(record.tick))
        yield f"{record.id:5d}  {when}  {brief(record)}{span}{f'  [{links}]' if links else ''}"


def brief(record: Record) -> str:
    """A record in a few words, as it stands in the vocabulary of testimonies."""
    about = f" {record.of}" if record.of else ""
    about += f" #{record.whom}" if record.whom >= 0 else ""
    features = ", ".join(f"{name} {value}" for name, value in record.features.items())
    sure = f" ({record.sure:.0%} sure)" if record.sure < 1.0 else ""
    return f"{record.channel}: {record.pred}{about}{sure}{'; ' + features if features else ''}"


def heard_with(
    looks: Sequence[dict[str, Any]],
    sounds: Sequence[dict[str, Any]],
    notices: Mapping[int, int] | None = None,
) -> list[dict[str, Any]]:
    """Each look with the sounds and signals that reached the witness in it, as ``sounds``, and by
    whom they had been told since the look before how they bled, as ``told_by``; themselves, if
    they noticed it; None, if they did not.

    ``notices``: by tick, who told them.
    """
    found, before = [], -1
    for look in looks:
        here = [by for tick, by in (notices or {}).items() if before < tick <= look["tick"]]
        heard = [one for one in sounds if one["tick"] == look["tick"]]
        found.append({**look, "sounds": heard, "told_by": here[-1] if here else None})
        before = look["tick"]
    return found


def look_lines(looks: Sequence[dict[str, Any]], roster: Roster, dt_s: float) -> Iterator[str]:
    """A line for each look (rows of ``heard_with``)."""
    for look in looks:
        seconds = look["tick"] * dt_s
        when = f"{int(seconds // 60)}:{seconds % 60:04.1f}"
        seen = "; ".join(_perceived(look, roster)) or "nobody near"
        yield f"{when}  {seen} | {_felt(look)} | {_did(look)}"


def _perceived(look: dict[str, Any], roster: Roster) -> Iterator[str]:
    near, behind = look["foes_near"], look["foes_behind"]
    if near:
        yield counted(near, "enemy", "enemies") + " near" + (f", {behind} behind" if behind else "")
    if look["foe"] >= 0:
        text = f"faces {roster.name(look['foe'])} {place(look, 'foe')}"
        text += ", open" if look["foe_open"] else ""
        yield text
    if look["friends_near"]:
        text = counted(look["friends_near"], "companion") + " near"
        text += f", {look['friends_fleeing']} running" if look["friends_fleeing"] else ""
        yield text
    if look["fallen"] >= 0:
        leader = ", a leader" if look["fallen_leader"] else ""
        yield f"saw {roster.name(look['fallen'])} fall{leader}"
    if look["hurt"] >= 0:
        lies = "lies" if look["hurt_down"] or look["hurt_out"] else "is hurt"
        yield f"{roster.name(look['hurt'])} {lies} {place(look, 'hurt')}"
    if look["foes_fleeing"]:
        yield counted(look["foes_fleeing"], "enemy", "enemies") + " running"
    if look["crowd_foes"] >= LEAST_CROWD:
        yield f"about {look['crowd_foes']:,.0f} enemies farther off, {place(look, 'crowd')}"
    if look["crowd_friends"] >= LEAST_CROWD:
        yield f"about {look['crowd_friends']:,.0f} friends farther off"
    for one in look["sounds"]:
        yield of_sound(one, roster)
    if look["told_by"] == look["fighter"]:
        yield "noticed how they bled"
    elif look["told_by"] is not None:
        yield f"was told by {roster.name(look['told_by'])} how they bled"


def _felt(look: dict[str, Any]) -> str:
    parts = [f"fear {look['own_fear']:.2f}", f"morale {look['own_morale']:.2f}"]
    if look["own_pain"] >= 0.005:
        parts.append(f"pain {look['own_pain']:.2f}")
    if text := blood(look):
        parts.append(text)
    return ", ".join(parts)


def _did(look: dict[str, Any]) -> str:
    broken = " (broken)" if look["mood"] == "broken" else ""
    change = f" (was: {look['before']})" if look["before"] != look["act"] else ""
    return f"{look['act']}{change}{broken}"
