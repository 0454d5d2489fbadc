"""What carries a scene: what a mind wants in it, what stands in the way, and how that turns.

Many things come about in three quarters of a minute. What a reader follows is one of them: somebody
whom this mind is drawn to, or its own nerve. So of all that a stretch of time holds, what is about
that one weighs more; and the stretch itself weighs more if it has all three in this order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from affray.record.testimony import Record
from affray.tell.episodes import Episode
from affray.tell.mind import Mind

A_MATE = "mate"  # and his number: a companion whom nobody named
OWN_NERVE = ""  # whom an aim is about that is about nobody
_WANTS = ("driven", "torn", "obeys", "refuses", "utters", "leads", "tends", "helps_up")
_WISHED = ("vow", "wish", "hope", "question")  # of notions
_IN_THE_WAY = ("threatened", "held", "in_grip", "foes_near", "foe_comes", "wound", "fear", "torn",
               "gripped", "mates_flee", "spent", "alone", "shot_at", "gone", "lies", "order",
               "fall")  # fmt: skip
TURNS = ("believes_dead", "believes_alive", "rapt", "breaks", "rallies", "fells", "faint", "wake",
         "free", "refuses", "cut_off", "concludes", "finds_better", "leaves_lying", "rise", "uses",
         "fall", "takes_for", "recalls", "lies", "flees", "foes_gone", "mate_falls", "bound",
         "tended")  # fmt: skip
_OF_NERVE = ("torn", "fear", "breaks", "flees", "rallies", "refuses", "obeys", "order", "heart",
             "doubt", "calm", "lifted", "says", "gives_ground", "leads")  # fmt: skip
_ON, _OFF = 1.3, 0.85  # what episodes weigh that are of the aim of a scene, and all others
_WANTED, _BARRED, _TURNED = 0.15, 0.15, 0.3  # what it adds to a scene that it has each


@dataclass(frozen=True)
class Aim:
    """What a scene is about: ``name`` of somebody, or ``OWN_NERVE``. ``whole``: how much of want,
    bar and turn it has, from 1 on. ``turned``: it comes out.
    """

    name: str
    whole: float
    turned: bool


def about(mind: Mind, record: Record) -> str:
    """Whom a record is about by name; ``""``: nobody."""
    if record.of or record.whom < 0:
        return record.of
    label = mind.label(record.whom, record.tick)
    if label is None or label.name or not label.mate:
        return label.name if label is not None else ""
    return f"{A_MATE} {label.mate}"


def aim_of(mind: Mind, here: Sequence[Episode]) -> Aim | None:
    """What most of some episodes is about; None: nothing is wanted in them."""
    worths: dict[str, float] = defaultdict(float)
    of_it: dict[str, list[Record]] = defaultdict(list)
    for episode in here:
        share = episode.worth / len(episode.records)
        for record in episode.records:
            name = about(mind, record)
            if name or record.pred in _OF_NERVE:
                worths[name] += share
                of_it[name].append(record)
    records = sorted((one for each in here for one in each.records), key=_by_id)
    found = [
        (worth * aim.whole, aim)
        for name, worth in sorted(worths.items())
        if (aim := _aim(mind, name, sorted(of_it[name], key=_by_id), records)) is not None
    ]
    return max(found, key=lambda pair: pair[0], default=(0.0, None))[1]


def _by_id(record: Record) -> int:
    return record.id


def _aim(mind: Mind, name: str, of_it: Sequence[Record], records: Sequence[Record]) -> Aim | None:
    """What is about somebody of that name in some records, ``of_it`` those that are about him."""
    before = [
        one
        for one in mind.of("driven", "holds")
        if one.of == name and one.id < of_it[0].id and _is_wanted(one)
    ]
    wanted = next((one for one in (*before[-1:], *of_it) if _is_wanted(one)), None)
    if wanted is None:
        return None
    turn = next((one for one in reversed(of_it) if one.pred in TURNS and one.id > wanted.id), None)
    last = turn.id if turn is not None else records[-1].id
    barred = any(one.pred in _IN_THE_WAY and wanted.id < one.id < last for one in records)
    whole = 1.0 + _WANTED + _BARRED * barred + _TURNED * (turn is not None)
    return Aim(name, whole, turn is not None)


def _is_wanted(record: Record) -> bool:
    """Whether something is wanted by it: to be done, or to be so."""
    return record.pred in _WANTS or record.get("kind") in _WISHED


def weighed(mind: Mind, here: Sequence[Episode], aim: Aim | None) -> list[Episode]:
    """Episodes, each with what it weighs in a scene of that aim."""
    if aim is None:
        return list(here)
    return [
        replace(one, worth=one.worth * (_ON if _is_of(mind, one, aim) else _OFF)) for one in here
    ]


def _is_of(mind: Mind, episode: Episode, aim: Aim) -> bool:
    if aim.name == OWN_NERVE:
        return any(one.pred in _OF_NERVE for one in episode.records)
    return any(about(mind, one) == aim.name for one in episode.records)
