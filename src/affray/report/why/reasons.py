"""Why a fighter did what they did in one look, in plain words, line by line.

Takes the plain data that ``testimony/reasons.py`` makes: what reached the fighter, what it did to
them, what could be done and what spoke for it, and the choice. A term is called after the
parameters it hangs on, unless ``_CALLED`` has a better name for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from affray.report.roster import Roster
from affray.report.why.percepts import reached
from affray.report.why.spoken import under
from affray.report.why.voiced import voiced
from affray.report.wording import INDENT

_CALLED = {
    "fear.odds_per_s": "the odds",
    "fear.behind_per_s": "an enemy behind",
    "fear.faces_per_s": "the faces of companions",
    "fear.flight_per_s": "companions in flight",
    "fear.fall_shock": "a companion's fall",
    "fear.leader_shock": "a leader's fall",
    "fear.wink": "an enemy's wink",
    "fear.contact_per_s": "the enemy so near",
    "fear.weary_per_s": "weariness",
    "fear.calm_per_s": "distance from the enemy",
    "fear.steadied_per_s": "companions beside",
    "fear.fire_per_s": "being shot at",
    "fear.losses_per_s": "the sight of one's own who lie there",
    "morale.fear_per_s": "fear",
    "morale.weary_per_s": "weariness",
    "morale.fall_loss": "a companion's fall",
    "morale.success_per_s": "enemies in flight",
    "morale.mood_friends_per_s": "how afraid their own side seems",
    "morale.mood_foes_per_s": "how afraid the enemy seems",
    "morale.belief_per_s": "weariness, and fear around",
    "morale.belief_fall": "a companion's fall",
    "rout.nerve": "the average",
    "rout.will": "morale and belief",
    "talk.fades_s": "words wearing off",
    "grip.stills": "being transfixed",
    "talk.example_per_s": "the leader's example",
    "talk.laugh_seen_per_s": "laughter seen",
    "heard": "what was heard",
    "order.lean": "the order",
    "bid.lean": "what drives them",
    "decide.noise": "whim",
    "decide.stay": "seeing it through",
    "decide.danger": "danger",
    "decide.fall_back": "stepping back",
    "decide.barred": "others in the way",
    "decide.cramped": "no room for the weapon",
    "talk.urgent": "what must be said",
    "talk.dread": "fear",
    "talk.danger": "the enemy so near",
}
_SHAPING = {"mood.eyes_share", "fear.fire_fades_s", "fear.fire_half_per_s", "fear.fire_unrest"}
"""Parameters that only shape what others say: no term is called after them."""
_MADE_OF = {
    "seen.cover": "companions steady beside",
    "seen.foes_near": "enemies within 2 m",
    "seen.friends_near": "companions within 2 m",
    "seen.faces": "faces read",
    "seen.fear_seen": "fear in them",
    "seen.friend_masked": "companion masked",
    "seen.friend_eyes": "companion's eyes seen",
    "seen.friend_fear": "fear in those",
    "seen.mood_friends": "their fear, as it seems",
    "seen.mood_foes": "their fear, as it seems",
    "seen.crowd_foes": "enemies farther off",
    "seen.crowd_foes_fleeing": "of these in flight",
    "seen.crowd_friends": "own side farther off",
    "seen.crowd_friends_fleeing": "of these in flight",
    "seen.foes_fleeing": "enemies near in flight",
    "seen.friends_fleeing": "companions near in flight",
    "seen.cramped": "room taken by others",
    "seen.shots": "missiles close by",
    "memory.fire": "missiles of late, 1/s",
    "memory.cheer": "will lent by words",
    "limit": "as much as there is",
}
_FEELINGS = {"fear": "fear", "morale": "morale", "belief": "belief in the cause"}
_LEAST_CHANGE = 0.0005  # smaller ones are not worth a line
_LEAST_TERM = 0.005


def because(found: dict[str, Any], roster: Roster, dt_s: float) -> Iterator[str]:
    """The whole explanation, line by line."""
    look = found["look"]
    fighter = look["fighter"]
    name, side = roster.name(fighter), roster.sides[roster.side_of(fighter)].title
    asked = found["asked_tick"]
    text = f"{name} ({side}) at {_at(look['tick'], dt_s)} (tick {look['tick']})"
    if look["tick"] != asked:
        text += f", the last look before {_at(asked, dt_s)} (tick {asked})"
    yield text
    yield "What reached them:"
    yield from (INDENT + line for line in reached(look, found["heard"], roster, dt_s))
    yield "What they were told:"
    yield from (INDENT + line for line in under(look, roster))
    yield "What it did to them:"
    for feeling, change in found["felt"].items():
        yield from (INDENT + line for line in _felt(feeling, change))
    yield from (INDENT + line for line in _bearing(found))
    yield from _weighed(found)
    yield from voiced(found, _sum)


def _at(tick: int, dt_s: float) -> str:
    seconds = tick * dt_s
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}"


def _felt(feeling: str, change: dict[str, Any]) -> Iterator[str]:
    before, after = change["before"], change["after"]
    terms = [term for term in change["terms"] if abs(term["value"]) >= _LEAST_CHANGE]
    name = _FEELINGS.get(feeling, feeling)
    if abs(after - before) < _LEAST_CHANGE and not terms:
        yield f"{name} stayed at {after:.3f}"
        return
    verb = "rose" if after > before else "fell"
    yield f"{name} {verb} from {before:.3f} to {after:.3f}:"
    for term in sorted(terms, key=lambda term: -abs(term["value"])):
        made_of = _made_of(term)
        yield f"{INDENT}{_signed(term['value'], 3)}  {_called(term)}{made_of}"


def _bearing(found: dict[str, Any]) -> Iterator[str]:
    mood, before = found["look"]["mood"], found["mood_before"]
    if found["nerve"] is not None:
        parts = [f"{_called(term)} {term['value']:+.2f}" for term in found["nerve"]["terms"]]
        yield f"fear that they could bear: {found['nerve']['value']:.3f} ({', '.join(parts)})"
    if mood != before:
        yield "they broke" if mood == "broken" else "they rallied"
    elif mood == "broken":
        yield "they had broken before, and fled"


def _weighed(found: dict[str, Any]) -> Iterator[str]:
    act, options = found["look"]["act"], found["options"]
    if not options:
        yield f"They could do nothing of themselves, and went on as they were: {act}."
        return
    key = "total" if found["chose"] else "utility"
    yield "What they could do, and what spoke for it (in utility; the most is done):"
    longest = max(len(option["act"]) for option in options)
    for option in options:
        yield f"{INDENT}{option['act']:{longest}}  {option[key]:6.2f} = {_sum(option['terms'])}"
    if not found["chose"]:
        yield f"They chose nothing: what was under way, {act}, could not be taken back."
    elif found["margin"] is None:
        yield f"They chose to {act}: there was nothing else to do."
    else:
        yield (
            f"They chose to {act}, by {found['margin']:.2f} over the next, to {options[1]['act']}."
        )


def _sum(terms: Sequence[dict[str, Any]]) -> str:
    """``strike 1.00 - dread 0.21 (fear 0.52, courage 0.40)``; terms of next to nothing left out."""
    parts: list[str] = []
    for term in terms:
        if abs(term["value"]) >= _LEAST_TERM:
            sign = "-" if term["value"] < 0 else "+" if parts else ""
            size = f"{abs(term['value']):.2f}"
            parts.append(f"{sign} {_called(term)} {size}{_made_of(term)}".strip())
    return " ".join(parts) or "0"


def _signed(value: float, digits: int) -> str:
    return f"{value:+.{digits}f}"


def _called(term: dict[str, Any]) -> str:
    """What a term is called: after its parameters, else after what it is made of."""
    if term["parameters"]:
        telling = [name for name in term["parameters"] if name not in _SHAPING]
        names = dict.fromkeys(_CALLED.get(name, _plain(name)) for name in telling)
        return " and ".join(names)
    names = dict.fromkeys(_CALLED.get(name, _plain(name)) for name in term["of"])
    return " and ".join(names) or "as a rule"


def _plain(name: str) -> str:
    return name.rpartition(".")[2].removesuffix("_per_s").replace("_", " ")


def _made_of(term: dict[str, Any]) -> str:
    """What entered a term, with its size; nothing if the term is called after it."""
    if not term["parameters"] or not term["of"]:
        return ""
    parts = (f"{_MADE_OF.get(name, _plain(name))} {size:.3g}" for name, size in term["of"].items())
    return f" ({', '.join(parts)})"
