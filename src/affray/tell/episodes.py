"""Episodes: what belongs together in a stretch of one mind's time, so that it is told together.

A bout, a wound and what was done about it, somebody dear in danger, an order and what came of it:
each is a paragraph. What a record goes back to decides where it belongs; else its subject does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from affray.record.testimony import Record
from affray.tell.drawn import near_ones
from affray.tell.mind import Mind

SUBJECTS = {
    "fight": ("foe_comes", "fights", "fells", "foe_down", "foe_open", "foe_stares", "foe_afraid",
              "foe_winks", "foe_found", "throws", "guards", "foes_near", "blur", "foes_gone",
              "shot_at", "steps"),
    "body": ("wound", "pain", "notices_blood", "pull", "bound", "binds", "tended", "spent", "weak",
             "fall", "rise", "faint", "wake"),
    "mates": ("mate_falls", "mate_hurt", "mate_fells", "mate_beside", "mate_afraid", "tends",
              "helps_up", "alone", "mates_cover", "blames", "leaves_lying", "notes",
              "leader_fights"),
    "rout": ("mates_flee", "mate_flees", "foes_flee", "breaks", "flees", "rallies",
             "gives_ground", "mates_afraid", "foes_waver", "mates_down"),
    "command": ("order", "obeys", "refuses", "says", "cut_off", "goes_on", "signal", "leads"),
    "place": ("dim", "bright", "din", "quiet", "blood_smell", "foes_many", "mates_weary", "long",
              "stands", "rests"),
    "field": ("they_stand", "they_come", "they_fight", "they_fall", "they_run", "they_lie", "lull",
              "empty"),
    "cry": ("scream", "shout", "gripped", "spectacle", "marvel"),
    "heart": ("lifted", "mate_laughs", "heart", "doubt", "calm", "call"),
    "power": ("uses", "gathers", "fails", "tempted", "held", "free", "forgets",
              "transfers", "robbed"),
    "talk": ("utters", "hears_said", "reads_lips", "own_name"),
    "mind": ("recalls", "thinks", "concludes", "doubts", "rapt"),
}  # fmt: skip
"""What a record is about, by its predicate; what is not here is about somebody."""
_SUBJECT_OF = {pred: subject for subject, preds in SUBJECTS.items() for pred in preds}
_LASTS_S = {"body": 25.0, "mates": 12.0, "power": 20.0, "person": 12.0, "command": 12.0}
_USUALLY_S = 7.0
_LONGEST_S = 15.0
_FOLLOWS = ("fear", "torn", "calm", "gripped", "lifted", "driven", "believes_dead",
            "believes_alive", "pain", "flees", "obeys", "refuses", "fells", "pull")  # fmt: skip
_MOST_RECORDS = 7
_ALIKE = ({"runs", "mate_flees"}, {"bleeds", "mate_hurt"}, {"lies", "mate_falls", "mate_hurt"},
          {"afraid", "mate_afraid"}, {"foe_down", "fells"}, {"din", "quiet"},
          {"dim", "bright"})  # fmt: skip
_ONCE = ("scream", "sees", "foes_near", "wound", "mates_flee", "foes_many", "shout", "spectacle",
         "foe_afraid", "foe_open", "mate_beside", "torn", "lifted", "mate_flees",
         "pull")  # fmt: skip
"""What is told once in an episode, whomever it is about."""
LONG = {"recalls": 3.5, "hears_said": 1.4, "utters": 1.4}
"""How many times as long as others the telling of a record is."""
_GREAT = ("marvel", "spectacle", "notices_blood", "pain", "foes_many", "dim", "din", "blood_smell",
          "quiet", "mates_weary", "mates_cover", "mate_beside", "alone", "spent", "heart", "doubt",
          "long", "shout", "foes_waver", "mates_afraid", "mates_flee", "mates_down", "lifted",
          "foes_flee", "calm", "bright", "leader_fights", "torn")  # fmt: skip
"""What is told once in a scene."""
_OVERHEARD = ("hears_said", "call", "shout")
"""What is told once in a scene, whatever was said, where it was said to others."""
_OF_A_COMPANION = ("mate_hurt", "mate_afraid", "mate_flees", "mate_falls", "mate_beside")
"""What becomes a list, told of one companion after the other."""
_BESIDE = ("mate_beside", "mates_cover")
"""What is told of one companion, or of all, and once in a scene."""
_COMPANION = "person mate "  # and his number
_OF_SOMEBODY = ("bleeds", "threatened", "looks_here", "strikes", "stares")
"""What becomes a list, told of one whom one knows after the other."""
_OF_A_BANDAGE = ("bound", "binds", "tended")
"""What is told of one wound in one way, and once in a scene."""
_COMPANIONS = 0.12  # the most that it may make up of a telling
_LOOKS = 5.0  # so many looks at those whom one knows are told in a scene
_SHARE = 0.6  # what each further record of an episode counts of the one before it
_MOST_SHARE = 0.05  # the most that records of one kind may make up of a telling
_USED = 0.9  # what an episode weighs when one more of its subject was chosen


@dataclass
class Episode:
    """Records about one subject, in time. ``worth``: how much it matters. ``near``: it is of a
    companion near to one who has no name, whom a telling follows.
    """

    subject: str
    records: list[Record] = field(default_factory=list)
    worth: float = 0.0
    near: bool = False

    @property
    def from_tick(self) -> int:
        """When it begins."""
        return self.records[0].tick

    @property
    def until(self) -> int:
        """When the last of it was still so."""
        return max(record.until for record in self.records)


def episodes(mind: Mind, weights: Mapping[int, float]) -> list[Episode]:
    """The episodes of a testimony, in time, each with what of it is worth telling."""
    found: list[Episode] = []
    near = {f"{_COMPANION}{mate}" for mate in near_ones(mind.testimony)}
    latest: dict[str, Episode] = {}
    holder: dict[int, Episode] = {}
    for record in mind.records:
        if record.id not in weights:
            continue
        episode = _where(mind, record, latest, holder)
        if episode is None:
            subject = _subject(mind, record)
            episode = Episode(subject, near=subject in near)
            found.append(episode)
        latest[episode.subject] = episode
        episode.records.append(record)
        holder[record.id] = episode
    for episode in found:
        _trim(episode, weights)
    return [episode for episode in found if episode.records]


def _subject(mind: Mind, record: Record) -> str:
    if record.of:
        return f"person {record.of}"
    subject = _SUBJECT_OF.get(record.pred)
    label = mind.label(record.whom, record.tick) if record.whom >= 0 else None
    if label is not None and label.name and subject in (None, "mates", "rout", "talk"):
        return f"person {label.name}"
    if label is not None and label.mate and subject in (None, "mates", "rout"):
        return f"{_COMPANION}{label.mate}"
    return subject or f"person {record.whom}"


def _where(
    mind: Mind, record: Record, latest: Mapping[str, Episode], holder: Mapping[int, Episode]
) -> Episode | None:
    """The episode that a record goes on with: that of what it goes back to, else of its subject."""
    for name in ("evidence", "cause", "cue", "answers", "before"):
        for number in record.links.get(name, ()):
            if number in holder and _near(mind, holder[number], record, 20.0):
                return holder[number]
    subject = _subject(mind, record)
    if record.pred in _FOLLOWS and subject not in latest:
        last = max(latest.values(), key=lambda one: one.records[-1].id, default=None)
        if last is not None and _near(mind, last, record, 3.0):
            return last
    episode = latest.get(subject)
    lasts = _LASTS_S.get(subject.split()[0], _USUALLY_S)
    return episode if episode is not None and _near(mind, episode, record, lasts) else None


def _near(mind: Mind, episode: Episode, record: Record, seconds: float) -> bool:
    """Whether a record goes on with an episode: soon after it, and before it grows too long to be
    told whole without going back in time.
    """
    lasts = mind.testimony.seconds(record.tick - episode.from_tick)
    return lasts <= _LONGEST_S and mind.testimony.seconds(record.tick - episode.until) <= seconds


def _trim(episode: Episode, weights: Mapping[int, float]) -> None:
    """Leave what matters most, and nothing twice."""
    kept: list[Record] = []
    for record in sorted(episode.records, key=lambda one: (-weights[one.id], one.id)):
        if len(kept) == _MOST_RECORDS:
            break
        if record.pred == "foe_comes" and sum(one.pred == "foe_comes" for one in kept) == 2:
            continue
        if not any(_same(record, other) for other in kept):
            kept.append(record)
    episode.records = sorted(kept, key=lambda one: one.id)
    worths = sorted((weights[one.id] for one in kept), reverse=True)
    episode.worth = sum(worth * _SHARE**place for place, worth in enumerate(worths))


def _same(record: Record, other: Record) -> bool:
    """Whether two records of an episode say the same."""
    if record.pred == other.pred:
        if record.pred in ("call", "says"):
            return record.get("says") == other.get("says")
        if record.pred in ("order", "obeys", "refuses"):
            return record.get("word") == other.get("word")
        if "memory" in record.features or "notion" in record.features:
            return record.get("memory", record.get("notion")) == other.get(
                "memory", other.get("notion")
            )
        if record.get("side") != other.get("side") or record.get("place") != other.get("place"):
            return False
        return record.whom == other.whom or record.pred in _ONCE
    if {record.pred, other.pred} == {"uses", "throws"}:
        return record.tick == other.tick  # what a power throws
    return record.whom == other.whom and any({record.pred, other.pred} <= same for same in _ALIKE)


def chosen(
    found: Sequence[Episode], words: int, words_a_record: float, least: float, dense: float = 1.0
) -> list[Episode]:
    """The episodes that are told when there is room for so many words, in time, of those that are
    worth so much at ``least`` for their length; ``dense`` times as much of a kind as usual.
    """
    room = float(words)
    counts: Counter[str] = Counter()
    left = list(found)
    taken: list[Episode] = []
    told: Counter[str] = Counter()
    most = words / words_a_record
    while left and room > 0.0:
        best = max(left, key=lambda one: (_for_its_length(one, counts), -one.records[0].id))
        if _for_its_length(best, counts) < least:
            break
        left.remove(best)
        kept = _with_room(best, told, most, dense)
        if not kept:
            continue
        taken.append(replace(best, records=kept))
        counts[best.subject] += 1
        room -= words_a_record * sum(LONG.get(one.pred, 1.0) for one in kept)
    return sorted(taken, key=lambda one: one.records[0].id)


def thinned(
    found: Sequence[Episode], words: float, words_a_record: float, dense: float = 1.0
) -> list[Episode]:
    """Episodes of one scene of so many words, with no more of a kind than it has room for.
    ``dense``: how many times as much of a kind as else.
    """
    told: Counter[str] = Counter()
    return [
        replace(one, records=kept)
        for one in found
        if (kept := _with_room(one, told, words / words_a_record, dense))
    ]


def _with_room(
    episode: Episode, told: Counter[str], most: float, dense: float = 1.0
) -> list[Record]:
    """The records of an episode for which there is room among so many; they are counted as told."""
    kept = []
    for one in episode.records:
        kind = f"{episode.subject} {one.pred}" if episode.near else _kind(one)
        if told[kind] < (dense if episode.near else _room_for(one, most, dense)):
            kept.append(one)
            told[kind] += 1
    return kept


def _room_for(record: Record, most: float, dense: float) -> float:
    """How many records of its kind are told among so many."""
    if record.pred in _OF_A_BANDAGE:
        return 1.0
    if _is_overheard(record):
        return dense
    if record.pred in _BESIDE:
        return 1.0
    if record.pred in _OF_A_COMPANION:
        return dense * max(2.0, _COMPANIONS * most)
    if record.pred in _OF_SOMEBODY:
        return dense * _LOOKS
    return dense * (1.0 if record.pred in _GREAT else max(2.0, _MOST_SHARE * most))


def _kind(record: Record) -> str:
    if _is_overheard(record):
        return "overheard"
    if record.pred in _BESIDE:
        return "who stands beside one"
    if record.pred in _OF_A_COMPANION:
        return "a companion"
    if record.pred in _OF_A_BANDAGE:
        return "a bandage"
    if record.pred in _OF_SOMEBODY:
        return "a look"
    what = record.get("says") or record.get("memory") or record.get("notion") or ""
    return f"{record.pred} {what}"


def _for_its_length(episode: Episode, counts: Counter[str]) -> float:
    """What an episode is worth for its length, the less the more of its subject were chosen."""
    return episode.worth * _USED ** counts[episode.subject] / (1.0 + len(episode.records)) ** 0.5


def _is_overheard(record: Record) -> bool:
    """Whether it is something that was said to others."""
    return record.pred in _OVERHEARD and not record.get("meant")
