"""What of a testimony matters to this mind: how strong, how new, how near to its heart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from affray.record.testimony import Record
from affray.tell.drawn import PAYS, near_ones
from affray.tell.mind import Mind
from affray.tell.voice import Voice

WEIGHTS = {
    "wound": 7, "fall": 8, "faint": 10, "wake": 9, "breaks": 9, "rallies": 8, "gripped": 7,
    "fells": 7, "takes_for": 4, "threatened": 2.5, "mate_falls": 3.5, "mate_hurt": 2, "tends": 4.5,
    "helps_up": 5, "scream": 1.8, "order": 4, "obeys": 3.5, "refuses": 6, "call": 2.5,
    "lifted": 3.5, "fear": 4.5, "calm": 2.5, "torn": 5, "foes_many": 2, "foes_near": 3.5,
    "foes_gone": 2.5, "alone": 4, "flees": 5, "fights": 4, "throws": 3, "stands": 1.5, "rests": 3,
    "goes_on": 1.5, "gives_ground": 2.5, "guards": 2, "mate_beside": 1.5, "mates_weary": 1.6,
    "mates_afraid": 2.4, "mates_flee": 4, "mate_flees": 2.4, "mates_down": 3.5, "mate_fells": 2.4,
    "mate_laughs": 4, "mate_afraid": 2, "mates_cover": 1.2, "leader_fights": 3, "dim": 1.6,
    "tinted": 6,
    "bright": 2, "din": 1.4, "quiet": 3, "blood_smell": 1.4, "held": 8, "free": 8, "uses": 9,
    "gathers": 4, "fails": 6, "forgets": 8, "driven": 6, "tempted": 5, "believes_dead": 8,
    "transfers": 9, "robbed": 9,
    "believes_alive": 8, "finds_better": 6, "blames": 4, "leaves_lying": 7, "notes": 5, "says": 4,
    "cut_off": 4,
    "doubt": 4, "heart": 3.5, "spent": 3, "long": 3, "pain": 4, "weak": 3, "pull": 5, "bound": 3,
    "tended": 3, "binds": 3.5, "notices_blood": 6, "spectacle": 2, "sees": 0.8, "strikes": 0.6,
    "bleeds": 1, "runs": 1, "stares": 1.2, "looks_here": 0.8, "lies": 1.5, "afraid": 1.5,
    "foe_comes": 3, "foe_down": 2.5, "foe_open": 0.5, "foe_stares": 3, "foe_afraid": 1.1,
    "foe_winks": 6, "foe_found": 6, "blur": 5, "foes_flee": 3.5, "foes_waver": 1.5, "shout": 0.5,
    "signal": 3, "shot_at": 3, "steps": 3, "climbs": 4, "leads": 8, "rise": 6, "carries": 0.4,
    "belongs": 0.3,
    "they_stand": 3, "they_come": 4, "they_fight": 4.5, "they_fall": 5, "they_run": 5,
    "they_lie": 4, "lull": 5, "empty": 6,
    "recalls": 9, "thinks": 7, "utters": 8, "hears_said": 7, "reads_lips": 9, "concludes": 8,
    "doubts": 7, "own_name": 8, "rapt": 10, "in_grip": 2, "marvel": 8,
}  # fmt: skip
"""How much each predicate weighs, before anything else is known of it."""

_ABOUT_SOMEBODY = (
    "sees", "strikes", "bleeds", "runs", "stares", "looks_here", "lies", "afraid", "threatened",
    "takes_for", "mate_falls", "mate_hurt", "scream", "call", "order",
)  # fmt: skip
_OF_SOMEBODY = (
    "in_grip",
    "sees",
    "strikes",
    "bleeds",
    "runs",
    "stares",
    "looks_here",
    "lies",
    "afraid",
    "threatened",
)
_UPRIGHT = ("foe_open", "foe_afraid", "foe_stares")  # what is told of an enemy on his feet
_PLAIN = 0.8  # from here on who somebody is needs no word
_VOICES = ("scream", "call", "order", "shout", "spectacle")
_LIGHT = ("banter", "laugh", "address")  # what is called, and asks for nothing
_BODY = ("wound", "pain", "spent", "weak", "pull", "bound", "notices_blood", "fall", "rise",
         "tended", "binds", "faint", "wake")  # fmt: skip
_PLACE = ("dim", "bright", "din", "quiet", "blood_smell")
_WEARS = 0.55  # what weight is left when the same was told shortly before
_WEARS_DONE = 0.8  # and of what one does oneself, or has to do with
_DONE = ("tends", "helps_up", "throws", "fights", "uses", "guards", "torn", "foe_comes", "wound",
         "refuses", "obeys", "pull", "alone")  # fmt: skip
_SHORTLY_S = 60.0
_OBEYED = 0.2  # what an order weighs that one has taken up already
_MANY = 5  # from so many screams on it is screaming
_OVERHEARD = 0.4  # what a stranger's words weigh that are not meant for one


_COMMON = 0.5  # by how much what all others testify of, too, weighs less for who has no name
_MATE, _DEALING, _MOST_DEALINGS = 0.15, 0.1, 4  # what a companion matters, and more by each dealing
_NEAR = 2.0  # and what becomes of those near to one who has no name, so much more
_DEALINGS = ("mate_beside", "mate_fells", "mate_laughs", "mate_hurt", "helps_up", "tends", "tended",
             "lifted")  # fmt: skip
Kind = tuple[str, str]
"""A predicate, and what it is beside that: which power, which words."""


def shares_of(minds: Sequence[Mind]) -> dict[Kind, float]:
    """What share of some minds testify of each kind of thing."""
    had = Counter(
        kind for mind in minds for kind in {(one.pred, _what(one)) for one in mind.records}
    )
    return {kind: count / len(minds) for kind, count in had.items()}


def saliences(
    mind: Mind, voice: Voice, shares: Mapping[Kind, float] | None = None
) -> dict[int, float]:
    """The salience of each record, by id; facts from before have none. ``shares``: of those who
    tell, how many testify of each kind of thing: for who has no name, and nobody he is tied to,
    what is his own weighs more.
    """
    common = {} if mind.name or shares is None else shares
    dealings: Counter[int] = Counter()
    seen: dict[tuple[str, str, int], tuple[int, int]] = {}
    counts: dict[tuple[str, str], int] = defaultdict(int)
    found: dict[int, float] = {}
    companions = near_ones(mind.testimony)
    named: set[str] = set()
    for record in mind.records:
        if record.pred == "takes_for":
            if record.of in named and not mind.renamed(record):
                continue  # somebody known is seen once more
            named.add(record.of)
            if record.sure >= _PLAIN and not mind.thought_dead(record.of):
                continue  # whoever is seen is named at once
        weight = WEIGHTS.get(record.pred, 0.0)
        if record.channel == "fact" or weight == 0.0 or _is_empty(mind, record):
            continue
        mate = _mate(mind, record)
        weight *= _strength(mind, record) * (1.0 + 2.0 * _bond(mind, record, dealings[mate]))
        weight *= _NEAR if mate in companions and record.pred in PAYS else 1.0
        dealings[mate] += bool(mate) and record.pred in _DEALINGS
        weight *= _taste(record, voice)
        of = record.whom if record.pred in _ABOUT_SOMEBODY and record.pred not in _VOICES else -1
        what = _what(record)
        weight *= 1.0 - _COMMON * common.get((record.pred, what), 0.0)
        key = (record.pred, what, of)
        last, in_a_row = seen.get(key, (-1_000_000, 0))
        near = mind.testimony.seconds(record.tick - last) < _SHORTLY_S
        in_a_row = in_a_row + 1 if near else 0
        seen[key] = (record.tick, in_a_row)
        counts[record.pred, what] += 1
        wears = _WEARS_DONE if record.pred in _DONE else _WEARS
        weight *= wears ** min(in_a_row, 4)
        weight *= 0.6 + 1.0 / counts[record.pred, what] ** 0.5  # the first of its kind is news
        found[record.id] = weight
    for record in mind.records:  # what something important rests on is important too
        for ids in record.links.values():
            for cause in ids:
                if cause in found:
                    found[cause] = max(found[cause], 0.75 * found.get(record.id, 0.0))
        for asked in record.links.get("answers", ()):  # and an answer, as much as its question
            if record.id in found:
                found[record.id] = max(found[record.id], 0.75 * found.get(asked, 0.0))
    return found


def _what(record: Record) -> str:
    """What it is beside its kind: another power, another want, other words are news."""
    for feature in ("says", "notion", "power"):
        if record.get(feature):
            return str(record.get(feature))
    if record.pred == "driven":
        return f"{record.get('deed')} {record.of}"
    return "many" if _is_chorus(record) else ""


def _is_chorus(record: Record) -> bool:
    """Whether it is the screaming of many."""
    return int(record.get("many", 1)) >= _MANY


def _is_empty(mind: Mind, record: Record) -> bool:
    """Whether a record has nothing to tell: of somebody of whom nothing is known, or who lies
    there, or told better by another; what a voice that one does not know said to others, and
    nothing came of it.
    """
    said_to_others = record.pred == "hears_said" and not (record.get("meant") or record.get("knew"))
    if said_to_others and record.id not in mind.roots:
        return True
    if record.get("mine") or (record.pred in _UPRIGHT and mind.lies(record)):
        return True
    if record.pred in _OF_SOMEBODY:
        known = mind.label(record.whom, record.tick) is not None
        return not known and not mind.looks(record.whom, record.tick)
    return False


def _strength(mind: Mind, record: Record) -> float:
    """How strong it is for one of its kind."""
    if record.pred == "wound":
        return 0.7 + float(record.get("deep", 0.2))
    if record.pred == "scream":
        loud = float(record.get("level", 60)) > 95
        if _is_chorus(record):
            return 1.5
        return (2.2 if record.get("timbre") == "inhuman" else 1.0) * (1.8 if loud else 1.0) + (
            0.8 if record.get("knew") else 0.0
        )
    if record.pred == "fights":
        return 0.8 + 0.2 * min(float(record.get("hits", 0)), 3.0)
    if record.pred in ("order", "call"):
        light = 0.5 if record.get("says") in _LIGHT else 1.0
        obeyed = mind.before("obeys", record.tick)
        if record.pred == "order" and obeyed is not None and obeyed.id < record.id:
            light *= _OBEYED if obeyed.get("word") == record.get("word") else 1.0
        return light * (1.0 if record.get("meant") else 0.4) * (1.5 if record.get("knew") else 1.0)
    if record.pred == "hears_said":
        return 1.0 if record.get("meant") else 0.9 if record.get("knew") else _OVERHEARD
    if record.pred in _OF_SOMEBODY:
        return 0.4 + 1.2 * _bond(mind, record)
    if record.pred in ("fear", "pain", "mates_afraid"):
        return 0.6 + float(record.get("much", 0.5))
    if record.pred in ("stands", "rests", "flees", "gives_ground", "tends", "tended"):
        return 0.7 + min(float(record.get("seconds", 0.0)), 30.0) / 30.0
    if record.pred == "mate_falls" and record.get("leader"):
        return 2.0
    if record.pred == "foe_comes" and record.get("behind"):
        return 2.2
    if record.pred == "threatened" and record.get("behind"):
        return 1.6
    if record.pred == "takes_for":
        return 2.5 if mind.thought_dead(record.of) else 0.5
    return 1.0


def _mate(mind: Mind, record: Record) -> int:
    """The companion of one's unit whom a record is about, by his number; 0: none whom one knows."""
    label = mind.label(record.whom, record.tick) if record.whom >= 0 else None
    return label.mate if label is not None and not label.name else 0


def _bond(mind: Mind, record: Record, dealings: int = 0) -> float:
    """How near to this mind's heart the one is whom a record is about, 0..1. ``dealings``: how
    often one had to do with him, if he is but a companion.
    """
    label = mind.label(record.whom, record.tick) if record.whom >= 0 else None
    of = mind.bond(record.of) if record.of else 0.0
    if label is None:
        return of
    mate = _MATE + _DEALING * min(dealings, _MOST_DEALINGS)
    return max(of, mind.bond(label.name) if label.name or record.of else mate)


def _taste(record: Record, voice: Voice) -> float:
    if record.pred in _BODY:
        return 0.4 + 1.2 * voice.body
    if record.pred in _PLACE:
        return 0.4 + 1.2 * voice.place
    if record.whom >= 0:
        return 0.4 + 1.2 * voice.others
    return 1.0
