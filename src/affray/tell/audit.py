"""The audit: whatever a telling says is held to the testimonies it was made of.

It shares no step with the teller: it takes a telling as it was written, text and all, and asks of
every clause whether its record is there, was there by then, is that mind's own, and licenses the
frame, each name, each number, each word; of every sentence whether it is its clauses and no more.
What it holds about whom at a moment it reads from the records itself (``reading``), and what may
stand in a slot from the lexicon (``fills``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from affray.record.predicates import INNER, PREDICATES
from affray.record.testimony import Record, Testimony, seal
from affray.tell.agreed import agreed
from affray.tell.collective import name_of
from affray.tell.english import FORMS, PAST, PERFECT, capital
from affray.tell.fills import WHOM, Fills
from affray.tell.lexicon import Lexicon
from affray.tell.past import own_past
from affray.tell.pronouns import NOBODY, OWN
from affray.tell.reading import DOUBTLESS, Reading, Spoken
from affray.tell.suspect import CUES, SENSES, TRIGGERS, class_of, words_of
from affray.tell.trees import Slot, Tree, Verb
from affray.tell.wording import tokens

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

_DOUBTFUL = ("takes_for", "believes_dead", "believes_alive")
_DECIDED = ("torn", "goes_on", "gives_ground", "rests", "stands")
_FLAT = ("takes_for/undone",)  # said flatly, and only of what is beyond doubt
_HEDGES = {
    "": "{0}",
    "perhaps": "perhaps {0}",
    "thought": "{0}, {1} thought",
    "seemed": "it seemed that {0}",
}
_SOON_S = 12.0  # what "when" joins lies no farther apart
_SEVERAL, _SEVERAL_S = "/many", 60.0  # a facet of several like records, within so long
_ENDS_S = 2.0  # and "until", and the end of what it ended
_GAPS_S = {"by then ": (5.0, 60.0), "a while later ": (9.0, 90.0), "long after that ": (120.0, 1e9)}
_STAYS_FOR_S = 20.0  # how long what is set into a clause may have been so before it
_STAYS_S = {"wound": 90.0, "carries": 1e9, "tinted": 60.0}
_PLAIN_JOINTS = re.compile(r"[,;:–]?( (and|but|and then|then))? ")
_CAUSAL_JOINTS = re.compile(r"[,;]? (because|since|for|so|so that|and so) ")


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
    auditors = {name: Auditor(name, one, lexicon, testimonies) for name, one in testimonies.items()}
    for scene in telling["scenes"]:
        name = scene["witness"]
        if name not in auditors and "together" in scene:
            shared = shared_by(scene, testimonies)
            if shared is None:
                yield from _by_nobody(scene)
                continue
            auditors[name] = Auditor(name, shared, lexicon, testimonies)
        yield from auditors[name].scene(scene)


def shared_by(scene: Mapping[str, Any], testimonies: Mapping[str, Testimony]) -> Testimony | None:
    """What those share who tell a scene together; None: they share nothing, or the scene says that
    it is others who tell it. Raises KeyError if a testimony is missing.
    """
    members, tick = scene["together"]
    shared = agreed([testimonies[name] for name in members], int(tick))
    return shared if scene["witness"] == name_of(members, tick) else None


def _by_nobody(scene: Mapping[str, Any]) -> Iterator[Licence]:
    """The sentences of a scene whose tellers share nothing."""
    name, why = scene["witness"], "those who tell it together do not share it"
    for paragraph in scene["paragraphs"]:
        for sentence in paragraph:
            leak = Leak("another's", name, sentence["text"], why)
            yield Licence(name, sentence["text"], (), (leak,))


class Auditor:
    """Holds the sentences of one mind to its testimony."""

    def __init__(
        self,
        name: str,
        testimony: Testimony,
        lexicon: Lexicon,
        all_of_them: Mapping[str, Testimony],
    ) -> None:
        self._name = name
        self._reading = Reading(testimony)
        self._lexicon = lexicon
        self._fills = Fills(self._reading, lexicon)
        self._names = _all_names(all_of_them.values(), lexicon)

    def scene(self, scene: Mapping[str, Any]) -> Iterator[Licence]:
        """Every sentence of a scene, in order: of whom it has spoken so far matters."""
        spoken = Spoken()
        for paragraph in scene["paragraphs"]:
            for sentence in paragraph:
                yield _Sentence(self, sentence, int(scene["to_tick"]), spoken).licence()

    # what a sentence asks of its auditor

    @property
    def name(self) -> str:
        """Whose telling it is."""
        return self._name

    @property
    def reading(self) -> Reading:
        """The testimony, as it is read here."""
        return self._reading

    @property
    def fills(self) -> Fills:
        """What may stand in slots."""
        return self._fills

    @property
    def names(self) -> frozenset[str]:
        """Every name that anybody in this battle might have."""
        return self._names

    def lived(self, frame: str) -> bool:
        """Whether a frame is of what this mind has behind it: drawn for it, not perceived."""
        pred, _, number = frame.partition("/")
        side = self._lexicon.words.sides.get(self._reading.testimony.self_["side"])
        if pred != "past" or side is None or not number.isdecimal():
            return False
        return int(number) in own_past(self._reading.testimony, len(side.past))

    def tree(self, frame: str, say: str, record: Record) -> Tree | None:
        """The words of the lexicon for a frame, as they are written; those that suit the record
        first.
        """
        trees = self._lexicon.of_record(frame, record, self._reading.testimony.self_)
        found = [tree for tree in trees if tree.say == say]
        return min(found, key=lambda tree: not tree.suits(record.features), default=None)


class _Sentence:
    """One sentence under audit. ``spoken``: of whom its scene has spoken; it goes on from there."""

    def __init__(
        self, auditor: Auditor, sentence: Mapping[str, Any], to_tick: int, spoken: Spoken
    ) -> None:
        self._auditor = auditor
        self._reading = auditor.reading
        self._sentence = sentence
        self._to_tick = to_tick
        self._spoken = spoken
        self._leaks: list[Leak] = []

    def licence(self) -> Licence:
        """What licenses it, and what nothing does."""
        records: list[Record] = []
        trees: list[Tree | None] = []
        clauses = self._sentence["clauses"]
        for clause in clauses:
            record = self._record(clause)
            trees.append(None)
            if record is not None:
                records += [record, *self._all(clause, "cites"), *self._all(clause, "named")]
                trees[-1] = self._check(clause, record)
        if not clauses:
            self._leak("unsupported", "it rests on no record")
        if clauses and clauses[0].get("relative"):
            self._leak("unsupported", "'who' goes on about somebody, and nobody stands before it")
        self._check_joints(clauses)
        self._check_opening(clauses)
        if not self._leaks:
            self._check_text(trees, records)
        told = [one for one in map(self._record_of, clauses) if one is not None]
        self._spoken.tick = max((one.tick for one in told), default=self._spoken.tick)
        self._spoken.before, self._spoken.now = self._spoken.now, frozenset()
        unique = tuple({record.id: record for record in records}.values())
        return Licence(self._auditor.name, self._sentence["text"], unique, tuple(self._leaks))

    def _leak(self, kind: str, why: str) -> None:
        self._leaks.append(Leak(kind, self._auditor.name, self._sentence["text"], why))

    def _all(self, clause: Mapping[str, Any], what: str) -> list[Record]:
        return [self._reading.records[number] for number in clause.get(what, ())]

    def _record(self, clause: Mapping[str, Any]) -> Record | None:
        number, records = clause["record"], self._reading.records
        cited = [number, *clause.get("cites", ()), *clause.get("named", ())]
        if not all(0 <= one < len(records) for one in cited):
            self._leak("another's", f"there is no record {max(cited)} in this testimony")
            return None
        if clause["seal"] != seal(records[number]):
            self._leak("another's", f"record {number} of this mind is another one")
            return None
        return records[number]

    # ------------------------------------------------------------------ a clause

    def _check(self, clause: Mapping[str, Any], record: Record) -> Tree | None:
        frame = clause["frame"]
        lived = self._auditor.lived(frame)
        if frame.split("/")[0] != record.pred and not lived:
            self._leak("unsupported", f"record {record.id} says '{record.pred}', not '{frame}'")
            return None
        tree = self._auditor.tree(frame, clause["tree"], record)
        if tree is None:
            self._leak("unsupported", f"the lexicon has no such words for '{frame}'")
            return None
        if self._reading.testimony.self_["gender"] == NOBODY and tree.speaks_of_oneself:
            self._leak("mind", "a camera has no self, and no side")
        why = _facet_unmet(frame, record, self._reading)
        if frame.endswith(_SEVERAL):
            why = why or self._not_several(record, self._all(clause, "cites"))
        if why:
            self._leak("unsupported", why)
        if not tree.suits(record.features):
            self._leak("unsupported", f"'{tree.say}' says more than record {record.id}")
        for pred in tree.presupposes:
            if not self._reading.came_before(pred, record):
                self._leak("word", f"'{tree.say}' presupposes a '{pred}' before")
        self._check_cited(clause, record)
        if not frame.partition("/")[2].isdecimal():  # what was before came by any sense
            self._check_channel(tree, record)
            self._check_doubt(clause, tree, record)
        self._check_words(clause, tree, record)
        return tree

    def _check_cited(self, clause: Mapping[str, Any], record: Record) -> None:
        cited = self._all(clause, "cites")
        if any(one.whole > self._to_tick for one in (record, *cited)):
            self._leak("future", f"the scene ends at tick {self._to_tick}, before {record.id}")
        for one in cited:
            several = clause["frame"].endswith(_SEVERAL)  # they need but be alike
            if not several and not self._reading.bears_on(one, record):
                self._leak("unsupported", f"record {one.id} does not bear on record {record.id}")

    def _not_several(self, record: Record, cited: Sequence[Record]) -> str:
        """Why a record and those cited with it are not three or more of a kind, one after the
        other, each of somebody else or of another number, within a minute; nothing: they are.
        """
        alike = [record, *cited]
        last = record.tick + _SEVERAL_S / self._reading.testimony.dt_s
        people = [one.whom for one in alike if one.whom >= 0]
        numbers = [one.get("number") for one in alike if record.pred == "foes_many"]
        told = (
            len({one.id for one in alike}) == len(alike) >= 3
            and all(one.pred == record.pred for one in cited)
            and all(record.id <= one.id and one.tick <= last for one in cited)
            and not any(one.get("down") or one.get("behind") for one in alike)
            and len(set(people)) == len(people)
            and len(set(numbers)) == len(numbers)
        )
        return "" if told else f"record {record.id} and those cited are not several of a kind"

    def _check_channel(self, tree: Tree, record: Record) -> None:
        for word in sorted(words_of(tree, self._auditor.fills)):
            if word in SENSES and record.channel not in SENSES[word]:
                self._leak("channel", f"'{word}' of what came by {record.channel}")

    def _check_doubt(self, clause: Mapping[str, Any], tree: Tree, record: Record) -> None:
        doubted = clause.get("hedge", "") or set(tokens(clause["text"])) & CUES
        if (PREDICATES[record.pred].mental or tree.hedged) and not doubted:
            self._leak("mind", "what another feels is told as if it were known")
        unsure = record.pred in _DOUBTFUL and record.sure < DOUBTLESS
        if unsure and (clause["frame"] in _FLAT or not doubted):
            self._leak("mind", "what is doubtful is told without a doubt")

    def _check_words(self, clause: Mapping[str, Any], tree: Tree, record: Record) -> None:
        """Whether the text is the tree with what the record licenses in its slots."""
        spoken = self._spoken.copy()
        pattern = self._pattern(tree, record, clause, spoken)
        if pattern is None:
            self._leak("unsupported", f"there is no way to say '{clause.get('hedge')}'")
        elif not re.fullmatch(pattern, clause["text"]):
            self._explain(clause, tree, record)
        self._check_named(clause, tree, record)
        self._spoken.tracks, self._spoken.now = spoken.tracks, spoken.now
        if clause.get("hedge") and record.pred == "takes_for":
            self._spoken.doubted.add(record.whom)

    def _check_named(self, clause: Mapping[str, Any], tree: Tree, record: Record) -> None:
        """Whether the records that name those in a clause are cited, and no others."""
        licensing: set[int] = set()
        needed = False
        if tree.slots() & set(WHOM) and record.whom >= 0:
            held = self._reading.called(record.whom, record.tick, self._spoken)
            licensing |= {held.record} if held is not None else set()
            said = tokens(clause["text"].replace("’s", ""))
            names = self._auditor.fills.naming(record, self._spoken)
            needed = any(set(tokens(name)) <= set(said) for name in names)
        leader = self._reading.leader(record.tick)
        if "leader" in tree.slots() and leader is not None:
            licensing.add(leader.id)
            needed = True
        own = self._auditor.fills.own_name(record)
        if "I" in tree.slots() and own and own <= set(re.findall(r"[^\s’,.:;]+", clause["text"])):
            called = self._reading.last("own_name", record.tick)
            licensing |= {called.id} if called is not None else set()
            needed = True
        given = set(clause.get("named", ()))
        if not given <= licensing or (needed and given != licensing):
            self._leak("identity", f"those named are named by {sorted(licensing) or 'no record'}")

    def _pattern(
        self, tree: Tree, record: Record, clause: Mapping[str, Any], spoken: Spoken | None
    ) -> str | None:
        """What a clause may read, as a pattern; None: it is doubted in a way that is none."""
        hedge, form = clause.get("hedge", ""), clause.get("form", PAST)
        if hedge not in _HEDGES or form not in FORMS:
            return None
        pieces, shape = [], form
        for part in tree.parts:
            if isinstance(part, Verb):
                pieces.append(re.escape(self._auditor.fills.verb(part, shape)))
                shape = PAST
            elif isinstance(part, Slot):
                options = self._auditor.fills.options(part.name, record, spoken)
                if clause.get("relative") and part.name == "whom" and not pieces:
                    just = spoken is None or spoken.last == record.whom >= 0
                    options = {"who"} if just else set()
                pieces.append(
                    "(?:" + "|".join(map(re.escape, sorted(options))) + ")" if options else r"(?!)"
                )
                if part.name in WHOM and spoken is not None:
                    spoken.mention(record.whom)
            else:
                pieces.append(re.escape(part))
        return _HEDGES[hedge].format("".join(pieces), OWN["I"][self._reading.tells])

    def _explain(self, clause: Mapping[str, Any], tree: Tree, record: Record) -> None:
        """Say of what class the words are that nothing licenses."""
        text = clause["text"]
        anywhere = self._pattern(tree, record, clause, None)
        if anywhere is not None and re.fullmatch(anywhere, text):
            self._leak("word", "it speaks of somebody as if he had been spoken of")
            return
        allowed = self._auditor.fills.vocabulary(tree, record)
        allowed |= set(tokens(_HEDGES[clause.get("hedge", "")].format("", " ".join(OWN["I"]))))
        counted = tree.slots() & {"number", "count"}
        why = f"not licensed by record {record.id}"
        if counted and all(word.lower() in allowed for word in _words(text)):
            self._leak("number", f"its number is {why}")
            return
        now = words_of(tree, self._auditor.fills)
        for slot in tree.slots():
            now.update(tokens(" ".join(self._auditor.fills.options(slot, record, self._spoken))))
        self._name_words(text, allowed - (TRIGGERS - now), record, why)

    def _name_words(self, text: str, allowed: set[str], record: Record, why: str) -> None:
        strange = [word for word in _words(text) if word.lower() not in allowed]
        kinds = [class_of(word, record.channel, self._auditor.names) for word in strange]
        worst = next(
            (kind for kind in CLASSES if kind in kinds and kind != "unsupported"), "unsupported"
        )
        words = ", ".join(f"'{word}'" for word in strange) or "the order of its words"
        self._leak(worst, f"{words}: {why}")

    # ------------------------------------------------------------------ a sentence

    def _check_joints(self, clauses: Sequence[Mapping[str, Any]]) -> None:
        joints = self._sentence.get("joints", ())
        if len(joints) != max(len(clauses) - 1, 0):
            self._leak("unsupported", "its clauses are not joined one to the next")
            return
        for joint, before, after in zip(joints, clauses, clauses[1:], strict=False):
            one, other = self._record_of(before), self._record_of(after)
            if one is None or other is None:
                continue
            self._check_aside(before, after)
            if _PLAIN_JOINTS.fullmatch(joint):
                if "then" in joint and other.tick < one.tick:
                    self._leak("word", f"'{joint.strip()}' puts first what came later")
                continue
            if joint == " until " or (joint == " when " and before.get("form") == PERFECT):
                told = abs(other.tick - one.until) * self._reading.testimony.dt_s <= _ENDS_S
            elif _CAUSAL_JOINTS.fullmatch(joint) is not None:
                told = self._caused(before, after, " so " in joint)
            else:
                told = False
            if not told:
                self._leak("word", f"'{joint.strip()}' says what no record does")

    def _check_aside(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Whether what is set into a clause was so when that came about; whether who somebody is
        is said of him who was just named.
        """
        one, other = self._record_of(before), self._record_of(after)
        if one is None or other is None:
            return
        if after["frame"] == "tie/who":
            held = self._reading.held(one.whom, one.tick)
            if held is None or held.name != other.of or not before["text"].endswith(other.of):
                self._leak("identity", f"'{after['text']}' is not of whoever was just named")
            return
        aside, to = (one, other) if before["frame"].endswith("/with") else (other, one)
        if not (before["frame"].endswith("/with") or after["frame"].endswith("/with")):
            return
        dt_s = self._reading.testimony.dt_s
        lasts = _STAYS_S.get(aside.pred, _STAYS_FOR_S)
        early = (to.tick - max(aside.tick, aside.until)) * dt_s > lasts
        late = (aside.tick - max(to.tick, to.until)) * dt_s > _ENDS_S
        if early or late:
            self._leak("word", f"record {aside.id} was not so when {to.id} came about")

    def _caused(self, before: Mapping[str, Any], after: Mapping[str, Any], so: bool) -> bool:
        """Whether a clause tells what the other came of: its record, or a term that decided."""
        if after["frame"].endswith("/why"):
            return bool(before["record"] == after["record"])
        cause, effect = (before, after) if so else (after, before)
        one, other = self._record_of(cause), self._record_of(effect)
        if one is None or other is None:
            return False
        roots = (other.links.get(name, ()) for name in ("evidence", "cause", "answers"))
        return any(one.id in ids for ids in roots)

    def _check_opening(self, clauses: Sequence[Mapping[str, Any]]) -> None:
        """Whether the word that opens a sentence puts two things together as they came."""
        opening = self._sentence.get("opening", "")
        if not opening or not clauses:
            return
        one = self._record_of(clauses[0])
        other = self._record_of(clauses[-1])
        if one is None or other is None:
            return
        apart_s = (other.tick - one.tick) * self._reading.testimony.dt_s
        told = {
            "when ": len(clauses) == 2 and 0.0 <= apart_s <= _SOON_S,
            "while ": len(clauses) == 2 and one.tick <= other.tick <= one.until,
            "then ": one.tick >= self._spoken.tick,
            "because ": len(clauses) == 2 and self._caused(clauses[0], clauses[1], True),
        }.get(opening, False)
        low, high = _GAPS_S.get(opening, (1.0, 0.0))
        since_s = (one.tick - self._spoken.tick) * self._reading.testimony.dt_s
        told = told or low <= since_s <= high
        if not told:
            self._leak("word", f"'{opening.strip()}' says what no record does")

    def _record_of(self, clause: Mapping[str, Any]) -> Record | None:
        number = clause["record"]
        records = self._reading.records
        return records[number] if 0 <= number < len(records) else None

    def _check_text(self, trees: Sequence[Tree | None], records: Sequence[Record]) -> None:
        """Whether the sentence is its clauses, joined, and nothing else."""
        text = self._sentence["text"]
        if text in self._written(trees):
            return
        wanted = [clause["text"] for clause in self._sentence["clauses"]]
        glue = (self._sentence.get("opening", ""), *self._sentence.get("joints", ()))
        allowed = set(tokens(" ".join([*wanted, *glue])))
        left = sorted(set(tokens(" ".join(wanted))) - set(tokens(text)))
        if all(word.lower() in allowed for word in _words(text)) and left:
            doubt = set(left) & CUES
            kind = "mind" if doubt else class_of(left[0], records[0].channel, self._auditor.names)
            self._leak(kind, ", ".join(f"'{word}'" for word in left) + ": left out")
            return
        self._name_words(text, allowed, records[0], "in none of its clauses")

    def _written(self, trees: Sequence[Tree | None]) -> set[str]:
        """Every way to write the clauses as one sentence."""
        clauses, joints = self._sentence["clauses"], self._sentence.get("joints", ())
        texts = {self._sentence.get("opening", "") + clauses[0]["text"]}
        for k in range(1, len(clauses)):
            said = clauses[k]["text"]
            pieces = {said}
            both = all(tree is not None and tree.begins_with_me for tree in trees[k - 1 : k + 1])
            hedged = any(one.get("hedge") for one in clauses[k - 1 : k + 1])
            he = said.split(" ", 1)[0] in OWN["I"]
            goes_on = all(tree is not None and tree.begins_with_me for tree in trees)
            listed = goes_on and " and " in joints[-1] and joints[k - 1] == ", "
            if clauses[k].get("relative") and joints[k - 1] == " and ":
                pieces.add(said.removeprefix("who "))  # she bled and [she] ran
            if both and he and not hedged and (" and " in joints[k - 1] or listed):
                pieces.add(said.split(" ", 1)[-1])  # he went, and [he] stood
            texts = {text + joints[k - 1] + piece for text in texts for piece in pieces}
        asks = bool(clauses[-1].get("asks"))
        whole = {capital(closed) for text in texts for closed in _closed(text, asks)}
        frames = [str(one["frame"]).split("/")[0] for one in clauses]
        inner = all(frame in PREDICATES and PREDICATES[frame].channel == INNER for frame in frames)
        return whole | ({f"_{text}_" for text in whole} if inner else set())


def _closed(text: str, asks: bool) -> set[str]:
    """A sentence with the mark that ends it."""
    if asks:
        return {text} if text.removesuffix("”").endswith("?") else {text + "?"}
    if text.endswith("”"):
        return {text, text + "."} if text[-2:-1] in "!?.," else {text[:-1] + ".”", text + "."}
    return {text} if text[-1:] in ".!?" else {text + "."}


def _facet_unmet(frame: str, record: Record, reading: Reading) -> str:
    """Why a side of a predicate cannot be told of a record; nothing: it can."""
    met = {
        "fights/lands": bool(record.get("hits")),
        "fights/fails": not record.get("hits"),
        "order/cry": record.get("got") == "understood",
        "order/others": not record.get("meant"),
        "tie/dead": float(record.get("dead", 0.0)) >= 0.5,
        "tie/love": float(record.get("love", 0.0)) > 0.0,
        "takes_for/undone": reading.dead(record.of) >= 0.5,
        "torn/against": bool(record.get("against")),
        **{f"{pred}/why": bool(record.get("why")) for pred in _DECIDED},
    }
    return "" if met.get(frame, True) else f"record {record.id} does not bear out '{frame}'"


_WORD = re.compile(r"\d[\d.,]*|[A-Za-zÀ-ɏ’'-]+|[?!…]")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _all_names(testimonies: Any, lexicon: Lexicon) -> frozenset[str]:
    """Every name that anybody in this battle might have."""
    names: set[str] = set()
    for testimony in testimonies:
        names |= {testimony.self_["name"], *testimony.knows}
        names |= {record.of for record in testimony.records if record.of}
    for side in lexicon.words.sides.values():
        names |= {*side.men, *side.women}
    return frozenset(names - {""})
