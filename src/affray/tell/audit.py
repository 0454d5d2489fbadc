"""The audit: whatever a telling says is held to the testimonies it was made of.

It shares no step with the teller: it takes a telling as it was written, text and all, and asks of
every clause whether its record is there, was there by then, is that mind's own, and licenses the
frame, each name, each number, each word; of every sentence whether it is its clauses and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from affray.record.testimony import Record, Testimony, seal
from affray.tell.english import NUMBERS, PAST
from affray.tell.fills import Fills
from affray.tell.lexicon import Lexicon
from affray.tell.mind import Mind
from affray.tell.past import own_past
from affray.tell.trees import Slot, Tree, Verb
from affray.tell.voice import tokens
from affray.world.predicates import PREDICATES

CLASSES = {
    "unsupported": "it asserts what no record says",
    "another's": "it rests on a record that is not this mind's",
    "future": "it tells what came only later",
    "channel": "it reached this mind by another sense",
    "identity": "it names whom this mind could not name then",
    "mind": "it knows another's mind, without a doubt",
    "number": "it counts more exactly than this mind could",
    "word": "it presupposes, or says by a word, what nothing licenses",
}
"""The classes of leaks, and what each means."""

_SENSES = {
    "heard": ("hearing",), "hear": ("hearing",), "smelled": ("smell",), "smelt": ("smell",),
    "saw": ("sight", "inner", "deed"), "tasted": ("smell",), "overheard": ("hearing",),
}  # fmt: skip
_MINDS = frozenset((
    "afraid", "feared", "hoped", "wanted", "wished", "knew", "believed", "meant", "hated", "loved",
    "decided", "intended",
))  # fmt: skip
_CUES = frozenset((
    "eyes", "eye", "face", "faces", "look", "looked", "looks", "seemed", "perhaps", "thought",
    "read", "wink", "winked", "staring", "stare", "stared",
))  # fmt: skip
_TRIGGERS = frozenset((
    "again", "still", "already", "another", "other", "too", "once", "anymore", "longer", "back",
))  # fmt: skip
_WORD = re.compile(r"[A-Za-zÀ-ɏ’'-]+")


@dataclass(frozen=True)
class Leak:
    """A sentence that says what its mind could not know: ``kind`` is one of ``CLASSES``."""

    kind: str
    witness: str
    sentence: str
    why: str


@dataclass(frozen=True)
class Licence:
    """A sentence, and the records that license it."""

    witness: str
    sentence: str
    records: tuple[Record, ...]
    leaks: tuple[Leak, ...]


def audited(
    telling: Mapping[str, Any], testimonies: Mapping[str, Testimony], lexicon: Lexicon
) -> Iterator[Licence]:
    """Every sentence of a telling (``output.as_data``) with what licenses it, and its leaks.

    ``testimonies``: by the name of the witness. Raises KeyError if one is missing.
    """
    auditors = {name: Auditor(name, one, lexicon, testimonies)
                for name, one in testimonies.items()}  # fmt: skip
    for scene in telling["scenes"]:
        auditor = auditors[scene["witness"]]
        for paragraph in scene["paragraphs"]:
            for sentence in paragraph:
                yield auditor.sentence(sentence, int(scene["to_tick"]))


class Auditor:
    """Holds the sentences of one mind to its testimony."""

    def __init__(
        self, name: str, testimony: Testimony, lexicon: Lexicon,
        all_of_them: Mapping[str, Testimony],
    ) -> None:  # fmt: skip
        self._name = name
        self._mind = Mind(testimony)
        self._lexicon = lexicon
        self._fills = Fills(self._mind, lexicon)
        self._names = _all_names(all_of_them.values(), lexicon)

    def sentence(self, sentence: Mapping[str, Any], to_tick: int) -> Licence:
        """One sentence, held to the records that it cites."""
        leaks: list[Leak] = []
        records: list[Record] = []

        def leak(kind: str, why: str) -> None:
            leaks.append(Leak(kind, self._name, sentence["text"], why))

        for clause in sentence["clauses"]:
            record = self._record(clause, leak)
            if record is None:
                continue
            records.append(record)
            records += [self._mind.records[n] for n in (*clause.get("cites", ()),
                                                        *clause.get("named", ()))]  # fmt: skip
            self._check(clause, record, to_tick, leak)
        if not leaks:
            self._check_text(sentence, records, leak)
        unique = tuple({record.id: record for record in records}.values())
        return Licence(self._name, sentence["text"], unique, tuple(leaks))

    def _record(self, clause: Mapping[str, Any], leak: Any) -> Record | None:
        number = clause["record"]
        cited = [number, *clause.get("cites", ()), *clause.get("named", ())]
        if not all(0 <= n < len(self._mind.records) for n in cited):
            leak("another's", f"there is no record {max(cited)} in this testimony")
            return None
        record = self._mind.records[number]
        if clause["seal"] != seal(record):
            leak("another's", f"record {number} of this mind is another one")
            return None
        return record

    # ------------------------------------------------------------------ a clause

    def _check(self, clause: Mapping[str, Any], record: Record, to_tick: int, leak: Any) -> None:
        frame = clause["frame"]
        if frame.split("/")[0] != record.pred and not self._is_past(frame):
            leak("unsupported", f"record {record.id} says '{record.pred}', not '{frame}'")
            return
        cited = [self._mind.records[n] for n in clause.get("cites", ())]
        if record.tick > to_tick or any(one.tick > to_tick for one in cited):
            leak("future", f"the scene ends at tick {to_tick}, before record {record.id}")
        tree = self._tree(frame, clause["tree"], record)
        if tree is None:
            leak("unsupported", f"the lexicon has no such words for '{frame}'")
            return
        if not tree.suits(record.features):
            leak("unsupported", f"'{tree.say}' says more than record {record.id}")
        for pred in tree.presupposes:
            if not any(one.id < record.id for one in self._mind.of(pred)):
                leak("word", f"'{tree.say}' presupposes a '{pred}' before")
        named = [self._mind.records[n] for n in clause.get("named", ())]
        if any(one.tick > record.tick for one in named):
            leak("identity", "the name came to this mind only later")
        self._check_channel(clause["text"], record, leak)
        self._check_mind(clause, tree, record, leak)
        self._check_words(clause, tree, record, leak)

    def _is_past(self, frame: str) -> bool:
        """Whether a frame is a clause of what this mind has behind it: drawn, not perceived."""
        pred, _, number = frame.partition("/")
        side = self._lexicon.words.sides.get(self._mind.testimony.self_["side"])
        if pred != "past" or side is None or not number.isdecimal():
            return False
        return int(number) in own_past(self._mind.testimony, len(side.past))

    def _tree(self, frame: str, say: str, record: Record) -> Tree | None:
        side = self._mind.testimony.self_["side"]
        trees = self._lexicon.of_record(frame, record, side)
        return next((tree for tree in trees if tree.say == say), None)

    def _check_channel(self, text: str, record: Record, leak: Any) -> None:
        for word in tokens(text):
            if word in _SENSES and record.channel not in _SENSES[word]:
                leak("channel", f"'{word}' of what came by {record.channel}")

    def _check_mind(self, clause: Mapping[str, Any], tree: Tree, record: Record, leak: Any) -> None:
        mental = PREDICATES[record.pred].mental or tree.hedged
        doubtful = record.pred == "takes_for" and record.sure < 0.8 and record.whom >= 0
        said = set(tokens(clause["text"]))
        if mental and not said & _CUES:
            leak("mind", "what another feels is told as if it were known")
        if doubtful and clause["frame"] != "takes_for/undone" and not said & _CUES:
            leak("mind", "somebody doubtful is told without a doubt")

    def _check_words(
        self, clause: Mapping[str, Any], tree: Tree, record: Record, leak: Any
    ) -> None:
        """Whether the text is the tree with what the record licenses in its slots."""
        pattern = self._pattern(tree, record, clause)
        if re.fullmatch(pattern, clause["text"], re.IGNORECASE):
            return
        self._explain(clause["text"], tree, record, leak)

    def _pattern(self, tree: Tree, record: Record, clause: Mapping[str, Any]) -> str:
        pieces, first = [], True
        for part in tree.parts:
            if isinstance(part, Verb):
                form = clause.get("form", PAST) if first else PAST
                pieces.append(re.escape(self._fills.verb(part, form)))
                first = False
            elif isinstance(part, Slot):
                options = self._fills.options(part.name, record)
                if clause.get("relative") and part.name == "whom" and not pieces:
                    options = {"who"}
                pieces.append("(?:" + "|".join(map(re.escape, sorted(options))) + ")")
            else:
                pieces.append(re.escape(part))
        body = "".join(pieces)
        i = "she" if self._mind.woman else "he"
        hedge = clause.get("hedge", "")
        if hedge == "perhaps":
            return f"perhaps {body}"
        if hedge == "thought":
            return f"{body}, {i} thought"
        return f"it seemed that {body}" if hedge == "seemed" else body

    def _explain(self, text: str, tree: Tree, record: Record, leak: Any) -> None:
        """Say of what class the words are that nothing licenses."""
        allowed = self._licensed(tree, record)
        strange = [word for word in _WORD.findall(text) if word.lower() not in allowed]
        kinds = [self._kind(word, record) for word in strange] or ["unsupported"]
        words = ", ".join(f"'{word}'" for word in strange) or "the order of its words"
        leak(kinds[0], f"{words}: not licensed by record {record.id}")

    def _licensed(self, tree: Tree, record: Record) -> set[str]:
        """All words that a clause of this tree and record may have."""
        allowed: set[str] = set()
        for part in tree.parts:
            if isinstance(part, Verb):
                allowed.update(tokens(" ".join(self._fills.forms(part))))
            elif isinstance(part, Slot):
                for option in self._fills.options(part.name, record):
                    allowed.update(tokens(option))
            else:
                allowed.update(tokens(part))
        return allowed

    def _kind(self, word: str, record: Record) -> str:
        """The class of a word that nothing licenses."""
        low = word.lower().removesuffix("’s").removesuffix("'s")
        if word.removesuffix("’s").removesuffix("'s") in self._names:
            return "identity"
        if any(part in NUMBERS for part in low.split("-")):
            return "number"
        if low in _SENSES and record.channel not in _SENSES[low]:
            return "channel"
        if low in _MINDS:
            return "mind"
        return "word" if low in _TRIGGERS or low not in _MINDS else "unsupported"

    # ------------------------------------------------------------------ a sentence

    def _check_text(
        self, sentence: Mapping[str, Any], records: Sequence[Record], leak: Any
    ) -> None:
        """Whether the sentence is its clauses, joined, and nothing else."""
        clauses = sentence["clauses"]
        wanted: list[str] = []
        for clause in clauses:
            wanted += tokens(clause["text"])
        for joint in (sentence.get("opening", ""), *sentence.get("joints", ())):
            wanted += tokens(joint)
        found = tokens(sentence["text"])
        left = list(wanted)
        strange = []
        for word in found:
            if word in left:
                left.remove(word)
            else:
                strange.append(word)
        dropped = [word for word in left if word not in ("he", "she")]
        spare = len(left) - len(dropped)
        shared = max(len(clauses) - 1, 0)
        if not strange and not dropped and spare <= shared:
            return
        if strange:
            as_written = [w for w in _WORD.findall(sentence["text"]) if w.lower() in strange]
            kind = self._kind((as_written or strange)[0], records[0])
            leak(kind, ", ".join(f"'{word}'" for word in strange) + ": in none of its clauses")
        elif set(dropped) & _CUES:
            leak("mind", "its doubt was left out")
        else:
            leak("unsupported", ", ".join(f"'{word}'" for word in dropped) + ": left out")


def sense_words() -> Mapping[str, tuple[str, ...]]:
    """Words that say by which sense something came, and the channels that license them."""
    return _SENSES


def cue_words() -> frozenset[str]:
    """Words that tell of another's mind by what shows of it, or that doubt."""
    return _CUES


def _all_names(testimonies: Any, lexicon: Lexicon) -> frozenset[str]:
    """Every name that anybody in this battle might have."""
    names: set[str] = set()
    for testimony in testimonies:
        names |= {testimony.self_["name"], *testimony.knows}
        names |= {record.of for record in testimony.records if record.of}
    for side in lexicon.words.sides.values():
        names |= {*side.men, *side.women}
    return frozenset(names - {""})
