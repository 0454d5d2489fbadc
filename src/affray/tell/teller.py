"""``tell``: testimonies in, a telling out; the same testimonies, the same words, to the byte."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence, Set
from copy import copy
from itertools import islice

from affray.record.testimony import Record, Testimony
from affray.tell.choice import Choice
from affray.tell.episodes import Episode, episodes
from affray.tell.figures import Move, View
from affray.tell.filler import opens_with_whom
from affray.tell.heading import heading
from affray.tell.kinds import COMES, SPEECH
from affray.tell.lexicon import MANY, PRESS, Lexicon
from affray.tell.mentions import Mentions
from affray.tell.mind import CERTAIN, Mind
from affray.tell.motifs import Ledger
from affray.tell.needs import needed
from affray.tell.odds import LATELY, at_odds, is_guessed_again
from affray.tell.openings import openings
from affray.tell.plan import Scene, Sentence, Telling, Wanted, Wish
from affray.tell.pronouns import OWN
from affray.tell.salience import saliences
from affray.tell.say import Speaker
from affray.tell.scenes import Stretch, stretches
from affray.tell.stale import is_stale
from affray.tell.stances import Stances
from affray.tell.threads import Threads
from affray.tell.voice import History, Voices

FEWEST_WORDS = 50  # in fewer there is no telling
_ENOUGH = 0.95  # of the words that were asked for
_TOO_MANY = 1.1  # times as many words as were asked for
_MOST_MORE = 1.3  # times as many words are planned, where what was planned came to too few
_HEARD_BY = 2  # minds that tell what somebody said to somebody else
_LULLS = ("foes_gone", "quiet", "rests", "tended", "calm", "bound", "stands", "alone")
_DEAR = 0.4  # somebody to whom one is bound as much is thought of
_PARAGRAPH_LEAST, _PARAGRAPH_MOST = 2, 5  # sentences
_UNOPENED = 2.5  # what speaks against a scene that begins in the middle
_WANTS = {"wanted": 1.5, "two wants": 2.5}  # and what speaks for one that begins on a want
_PAUSE_S = 10.0  # after so long a new paragraph begins
_OPENING = 1.6  # how many times as long as usual a sentence is that opens a scene
_AHEAD = 6  # so many of what comes next are looked at
_MOODS, _MOODS_AFTER = ("doubt", "heart"), 5  # what comes over one only after so many sentences
_NOISE, _LEAST_SENTENCES = ("scream", "shout", "din"), 3
"""What is no end of a scene, and how many sentences a scene has at least."""
_ONES_OWN = ("utters", "says")
_TOLD = ("told", "_heard", "_stances", "_introduced", "_scenes", "_began", "_memories")
"""What a teller keeps of what it has told."""
_MENDED = ("bound", "binds")
_A_PRESS_S = 60.0  # what comes again and again is told at once for so long
_OPEN_S = 90.0  # a wound is thought of for so long
_WEIGHTY = 7.0  # what is worth as much stands by itself


def tell(testimony: Testimony, lexicon: Lexicon, voices: Voices, words: int = 1000) -> Telling:
    """One mind's telling of its battle, of about so many words; of fewer, if there is less that
    is worth telling.
    """
    mind = Mind(testimony)
    weights = saliences(mind, voices.of(testimony.self_, testimony.luck))
    found = episodes(mind, weights)

    def told(room: int) -> Telling:
        return _told(testimony, lexicon, voices, stretches(mind, found, room))

    return of_length(told, words)


def of_length(told: Callable[[int], Telling], words: int) -> Telling:
    """A telling of about so many words. What was planned may come to fewer when it is ``told``, or
    to many more; then more is planned, or less, and it is told anew.
    """
    first = told(words)
    if _ENOUGH * words <= first.words() <= _TOO_MANY * words:
        return first
    again = told(int(words * min(words / max(first.words(), 1), _MOST_MORE)))
    return min(first, again, key=lambda one: abs(words - one.words()))


def _told(
    testimony: Testimony, lexicon: Lexicon, voices: Voices, scenes_of: Sequence[Stretch]
) -> Telling:
    history = History(motifs=Ledger(lexicon.words.motifs), key=testimony.luck)
    teller = Teller(testimony, lexicon, voices, history)
    scenes = [teller.scene(stretch) for stretch in scenes_of]
    if scenes:
        teller.part(scenes[-1])
    alone = testimony.self_["gender"] != "none"  # a camera is declared
    starts = [-1, *(scene.from_tick for scene in scenes)]
    for scene, before in zip(scenes, starts, strict=False):
        scene.heading = heading(testimony, lexicon, scene.from_tick, alone=alone, before=before)
    return Telling(testimony.title, [scene for scene in scenes if scene.paragraphs],
                   about_of([testimony], lexicon, history))  # fmt: skip


def about_of(
    testimonies: Sequence[Testimony], lexicon: Lexicon, history: History
) -> dict[str, object]:
    """What a telling says of itself. ``motifs``: those that came back, in which sentences."""
    return {
        "battle": testimonies[0].battle,
        "from": [witness_name(testimony) for testimony in testimonies],
        "words_of": lexicon.origin,
        "motifs": history.motifs.returned(),
    }


def witness_name(testimony: Testimony) -> str:
    """What a witness is called on a title page: his name, or his place in his unit."""
    own = testimony.self_
    return str(own["name"] or f"{own['unit']}/{own['number']}")


class Teller:
    """Tells scenes of one mind. ``history`` is shared by all minds of a telling."""

    def __init__(
        self, testimony: Testimony, lexicon: Lexicon, voices: Voices, history: History
    ) -> None:
        self.mind = Mind(testimony)
        voice = voices.of(testimony.self_, testimony.luck)
        self.speaker = Speaker(self.mind, lexicon, voice, history)
        self.told: set[int] = set()
        self._heard: set[tuple[str, str, str]] = set()  # what was said by whom, as it was told
        self._chosen: frozenset[int] = frozenset()  # what is told in the scene at hand
        self._closed = False  # the paragraph that was told last is whole
        self._lately: deque[Record] = deque(maxlen=LATELY)  # what was told in it last
        self._stances = Stances(self.mind)
        self._lexicon = lexicon
        self._introduced: set[str] = set()
        self._scenes = 0
        self._began = -1  # when the scene began that was told last
        self._threads = Threads(self.mind, lexicon, history)
        self._choice = Choice(self.speaker, self._threads)
        self._memories = {
            name: len(memory.scene) for name, memory in lexicon.words.memories.items()
        }

    def as_it_is(self) -> Callable[[], None]:
        """What puts back, when it is called, of what this mind has told as much as is told now: a
        scene that is told and left out has told nothing.
        """
        kept = {name: copy(getattr(self, name)) for name in _TOLD}
        history, threads = self.speaker.history.copy(), self._threads.copy()

        def put_back() -> None:
            for name, value in kept.items():
                setattr(self, name, value)
            self.speaker.history.become(history)
            self._threads.become(threads)

        return put_back

    def scene(self, stretch: Stretch) -> Scene:
        """One scene: the place, then its episodes."""
        scene = Scene(witness_name(self.mind.testimony), stretch.from_tick, stretch.to_tick)
        place = self.speaker.history.place_in_unit(self.mind.testimony.self_)
        scene.heading = heading(self.mind.testimony, self._lexicon, scene.from_tick, alone=False,
                                before=self._began, place=place)  # fmt: skip
        self._began = scene.from_tick
        mentions = Mentions()
        self._lately.clear()
        self._chosen = frozenset(one.id for each in stretch.episodes for one in each.records)
        self._open(stretch, scene, mentions)
        for place, episode in enumerate(stretch.episodes):
            later = [*stretch.episodes[place + 1 :]]
            end = stretch.shared and not later
            beyond = [one for each in (later[:-1] if stretch.shared else later)
                      for one in each.records]  # fmt: skip
            self._tell(episode, scene, mentions, beyond, end=end)
            self._look_back(episode, scene, mentions)
        if not stretch.shared:
            _leave_off(scene)
        self._close(stretch, scene, mentions)
        self._scenes += 1
        return scene

    def _close(self, stretch: Stretch, scene: Scene, mentions: Mentions) -> None:
        """End a scene in which nothing turned on what was wanted, if it still is."""
        aim = stretch.aim
        if aim is None or not aim.name or not scene.paragraphs or stretch.shared:
            return
        still = [one for one in self.mind.of("driven")
                 if one.of == aim.name and one.get("again") and one.id not in self.told
                 and mentions.tick <= one.tick <= scene.to_tick]  # fmt: skip
        if not still:
            return
        sentence = self.speaker.sentence(Wanted((Wish("driven", still[-1]),)), "still", mentions)
        if sentence is not None:
            self._put([sentence], scene, True)
            self.told.add(still[-1].id)

    def _open(self, stretch: Stretch, scene: Scene, mentions: Mentions) -> None:
        """Open a scene in the way that was used least, of those that suit."""
        used = self.speaker.history.opened
        best: tuple[float, list[Sentence], tuple[Record, ...], Mentions, str] | None = None
        for place, (way, wanted, records) in enumerate(
            openings(
                self.mind, stretch, self.told, self._threads.lives() if self._scenes == 0 else None
            )
        ):
            if any(self._stances.deny(record) for record in records):
                continue
            trial = mentions.copy()
            said = self._choice.in_words(Move(way, wanted, frozenset()), trial)
            if said is None:
                continue
            again = [self.speaker.cost(one, self.speaker.voice.length * _OPENING) for one in said]
            cost = 1.2 * used[way] + 0.3 * place - _WANTS.get(way, 0.0)
            cost += sum(again) / len(again) if again else _UNOPENED
            cost += 2.0 if used and way == self.speaker.history.opened_last else 0.0
            cost += sum(self.speaker.history.too_soon(record) for record in records)
            if best is None or cost < best[0]:
                best = (cost, said, records, trial, way)
        if best is None:
            return
        _, said, records, trial, way = best
        used[way] += 1
        self.speaker.history.opened_last = way
        self._put(said, scene, True)
        mentions.become(trial)
        self.told |= {record.id for record in records}

    def _look_back(self, episode: Episode, scene: Scene, mentions: Mentions) -> None:
        """In a lull, a mind thinks of what it has behind it: of somebody dear whom it holds for
        dead; if nobody named it, of the life that was drawn for it.
        """
        lulls = [record for record in episode.records if record.pred in _LULLS]
        if not lulls or len(scene.paragraphs) < 2:
            return
        lull = lulls[-1]
        wish = self._mourned(lull) or self._threads.in_a_lull(lull, scene)
        if wish is None:
            return
        sentence = self.speaker.sentence(Wanted((wish,)), "looking back", mentions)
        if sentence is not None:
            self._put([sentence], scene, True)
            self._closed = True

    def _mourned(self, lull: Record) -> Wish | None:
        """Somebody dear who is held for dead, once, while nothing has spoken against it."""
        for name, fact in self.mind.facts.items():
            told = fact.id in self.told or self.mind.bond(name) < _DEAR
            seen = any(one.of == name and one.tick <= lull.tick for one in
                       self.mind.of("takes_for", "believes_alive"))  # fmt: skip
            if self.mind.thought_dead(name) and not told and not seen:
                self.told.add(fact.id)
                return Wish("tie/dead", fact)
        return None

    def _tell(
        self,
        episode: Episode,
        scene: Scene,
        mentions: Mentions,
        beyond: Sequence[Record],
        *,
        end: bool = False,
    ) -> None:
        """An episode, as a paragraph or a few. ``beyond``: what is chosen of the scene after it.
        ``end``: its scene ends on it, whatever was told.
        """
        too_soon = self.speaker.history.too_soon
        records = [record for record in episode.records
                   if end or not too_soon(record)]  # fmt: skip
        apart, asked = not self._goes_on(episode, scene), set[int]()
        while records:
            here, rest = records[0], records[1:]
            early = here.pred in _MOODS and len(scene.sentences()) < _MOODS_AFTER
            if early or self._is_passed_over(
                here, mentions, self.told, self._lately, self._stances
            ):
                records = rest
                continue
            before = needed(here, self.mind, self.told)
            if before is not None and before.id not in asked:
                asked.add(before.id)
                records = [before, *(one for one in records if one is not before)]
                continue
            coming = tuple(islice(self._coming(here, rest, mentions), _AHEAD))
            further = islice(self._coming(here, beyond, mentions), _AHEAD)
            view = View(here, coming, self.mind, self._memories, frozenset(self._introduced),
                        self._lasting(here), self._alike(here, scene), tuple(further),
                        self._before(here))  # fmt: skip
            found = self._choice.best(view, mentions)
            if found is None:
                records = rest
                continue
            move, sentences, after = found
            here_s = len(scene.paragraphs[-1]) if scene.paragraphs else 0
            breaks = here_s >= _PARAGRAPH_MOST or (move.apart and here_s >= _PARAGRAPH_LEAST)
            self._put(sentences, scene, apart or breaks or self._closed)
            apart, self._closed = False, here.pred == "recalls" and len(sentences) > 1
            mentions.become(after)
            self.told |= move.takes
            self._note_memories(move)
            self._follow_threads(sentences, scene, mentions)
            records = [record for record in rest if record.id not in move.takes]
            doubt = self._who_it_may_be(move, mentions)
            if doubt is not None:
                records = [doubt, *(one for one in records if one is not doubt)]

    def _follow_threads(self, told: Sequence[Sentence], scene: Scene, mentions: Mentions) -> None:
        """What one has with a companion of whom it was just told; else what it brought to mind."""
        clauses = [clause for sentence in told for clause in sentence.clauses]
        here = [self.mind.records[clause.record] for clause in clauses]
        named: list[Record] = []
        for clause, record in zip(clauses, here, strict=True):
            if clause.named or (clause.relative and named[-1:] and named[-1].whom == record.whom):
                named.append(record)
        shared = [self._say(wish, scene, mentions) for wish in self._threads.with_him(named)]
        if any(shared):
            return  # one such thing at a time
        brought = (life for one in here if (life := self._threads.brought_by(one, scene)))
        for life in islice(brought, 1):
            self._closed = self._say(life, scene, mentions) or self._closed

    def _say(self, wish: Wish, scene: Scene, mentions: Mentions, *, apart: bool = False) -> bool:
        """Say something by itself, if there are words for it."""
        sentence = self.speaker.sentence(Wanted((wish,)), "a thread", mentions)
        if sentence is not None:
            self._put([sentence], scene, apart)
        return sentence is not None

    def part(self, scene: Scene) -> None:
        """Say the last word of a telling, at the end of its last scene."""
        told = [clause.record for one in scene.sentences() for clause in one.clauses]
        if told:
            last = self.mind.records[max(told)]
            for wish in self._threads.at_the_end(last, scene.to_tick):
                if self._say(wish, scene, Mentions(), apart=True):
                    break

    def _coming(self, here: Record, rest: Sequence[Record], mentions: Mentions) -> Iterator[Record]:
        """What of the rest can be told right after a record."""
        told, lately, stances = {*self.told, here.id}, [*self._lately, here], self._stances.copy()
        stances.take(here)
        for one in rest:
            if self._is_passed_over(one, mentions, told, lately, stances):
                continue
            if needed(one, self.mind, told) is None:
                told.add(one.id)
                stances.take(one)
                yield one

    def _who_it_may_be(self, move: Move, mentions: Mentions) -> Record | None:
        """Whom a mind half takes somebody for of whom it was just told, if that was not said."""
        for number in sorted(move.takes):
            record = self.mind.records[number]
            label = self.mind.label(record.whom, record.tick) if record.whom >= 0 else None
            if label is None or label.sure >= CERTAIN or record.whom in mentions.doubted:
                continue
            if mentions.under.get(record.whom) == label.name:
                continue
            naming = self.mind.records[label.record]
            if naming.pred == "takes_for" and naming.id not in move.takes:
                return naming
        return None

    def _lasting(self, here: Record) -> tuple[Record, ...]:
        """Wounds that were told and still are open."""
        seconds = self.mind.testimony.seconds
        mended = max((one.tick for pred in _MENDED
                      if (one := self.mind.before(pred, here.tick)) is not None),
                     default=-1)  # fmt: skip
        return tuple(
            one for one in self.mind.of("wound")
            if one.id in self.told and mended < one.tick < here.tick
            and seconds(here.tick - one.tick) < _OPEN_S and one.id < here.id
        )  # fmt: skip

    def _before(self, here: Record) -> Record | None:
        """What was told last of the same kind."""
        told = (one for one in reversed(self.mind.of(here.pred)) if one.id < here.id)
        return next((one for one in told if one.id in self.told), None)

    def _alike(self, here: Record, scene: Scene) -> tuple[Record, ...]:
        """What of the kind of a record came after it in a scene, each of somebody else or of
        another number, and is told nowhere.
        """
        found = [here]
        for one in self.mind.of(here.pred) if here.pred in PRESS else ():
            if one.id <= here.id or one.id in self._chosen or one.id in self.told:
                continue
            if self.mind.testimony.seconds(one.tick - here.tick) > _A_PRESS_S:
                break
            numbers = {each.get("number") for each in found if one.pred == "foes_many"}
            others = one.whom < 0 or one.whom not in {each.whom for each in found}
            if others and one.get("number") not in numbers and one.whole <= scene.to_tick:
                found.append(one)
        if any(
            one.get("down") or one.get("behind") or self._is_known_by_name(one) for one in found
        ):
            return ()
        return tuple(found[1:])

    def _is_known_by_name(self, record: Record) -> bool:
        """Whether a record is of somebody who has a name."""
        label = self.mind.label(record.whom, record.tick) if record.whom >= 0 else None
        return label is not None and bool(label.name)

    def _is_passed_over(
        self,
        record: Record,
        mentions: Mentions,
        told: Set[int],
        lately: Sequence[Record],
        stances: Stances,
    ) -> bool:
        """Whether a record is not told here: it says nothing new beside what was ``told``, or it
        cannot be said so soon after what was told ``lately``, or of somebody who lies there.
        """
        return (
            record.id in told
            or is_stale(record, self.mind, told)
            or at_odds(record, lately, self.mind)
            or stances.deny(record)
            or is_guessed_again(record, self.mind, mentions)
            or self._is_known(record, mentions)
            or self._was_heard(record)
        )

    def _is_known(self, record: Record, mentions: Mentions) -> bool:
        """Whether a record but names somebody who was just called so, or half knows somebody of
        whom nothing was told.
        """
        if record.pred != "takes_for" or self.mind.thought_dead(record.of):
            return False
        if mentions.under.get(record.whom) == record.of:
            return True
        return (record.sure >= CERTAIN) == (record.whom in mentions.order)

    def _was_heard(self, record: Record) -> bool:
        """Whether a record is of something said or thought that this mind has told before, or,
        said not to it, that others told already.
        """
        if record.pred in (*SPEECH, *COMES) and self._whose(record) in self._heard:
            return True
        if record.pred not in ("hears_said", "reads_lips") or record.get("meant"):
            return False
        return self.speaker.history.heard[_said(record)] >= _HEARD_BY

    def _whose(self, record: Record) -> tuple[str, str, str]:
        """What was said, whenever that was, and by whom: oneself, somebody by name, anybody; or
        thought, and what was held of it.
        """
        if record.pred in COMES:
            return str(record.get("notion")), "thought", str(record.get("verdict", "holds"))
        label = self.mind.label(record.whom, record.tick) if record.pred != "utters" else None
        who = self.mind.name if record.pred == "utters" else label.name if label else "somebody"
        return str(record.get("notion")), str(record.get("tone", "")), who

    def _note_memories(self, move: Move) -> None:
        """A memory is told as a scene once; when it comes again, it is but named."""
        for number in move.takes:
            record = self.mind.records[number]
            if record.pred == "recalls":
                self._memories[str(record.get("memory"))] = 0

    def _goes_on(self, episode: Episode, scene: Scene) -> bool:
        """Whether an episode may stand in the paragraph before it: both are short."""
        if not scene.paragraphs:
            return False
        last = scene.paragraphs[-1]
        before = self.mind.records[last[-1].clauses[-1].record]
        gap = self.mind.testimony.seconds(episode.from_tick - before.until)
        short = len(last) <= _PARAGRAPH_LEAST and gap < _PAUSE_S
        return short and (episode.worth < _WEIGHTY or len(last) == 1)

    def _put(self, sentences: list[Sentence], scene: Scene, apart: bool) -> None:
        for place, sentence in enumerate(sentences):
            self.speaker.take(sentence)
            self._note(sentence)
            if (apart and place == 0) or not scene.paragraphs or self._turns(sentence, scene):
                scene.paragraphs.append([])
            scene.paragraphs[-1].append(sentence)

    def _turns(self, sentence: Sentence, scene: Scene) -> bool:
        """Whether somebody speaks right after somebody has spoken, or one speaks oneself, or is
        "he", after somebody has done something: that is a new paragraph.
        """
        before, frame = scene.paragraphs[-1][-1], sentence.clauses[0].frame
        if sentence.text.split(" ", 1)[0].lower() in (*OWN["I"], *OWN["my"]) and any(
            opens_with_whom(one.tree) and self._is_alike(self.mind.records[one.record])
            for one in before.clauses
        ):
            return True
        if frame.partition("/")[0] in _ONES_OWN:
            return any(self.mind.records[one.record].whom >= 0 for one in before.clauses)
        return frame in SPEECH and before.clauses[0].frame in SPEECH

    def _is_alike(self, record: Record) -> bool:
        """Whether somebody of a name is of the gender of whoever tells."""
        label = self.mind.label(record.whom, record.tick)
        own = str(self.mind.testimony.self_["gender"])
        return label is not None and self.mind.gender(label.name) == own

    def _note(self, sentence: Sentence) -> None:
        """Note who was introduced, and what life was told."""
        for clause in sentence.clauses:
            record = self.mind.records[clause.record]
            self.speaker.history.tell_of(record)
            self._lately.append(record)
            self._stances.take(record)
            if clause.frame.endswith(f"/{MANY}"):
                self.told.update(clause.cites)
            if record.pred in (*SPEECH, *COMES):
                self._heard.add(self._whose(record))
            if record.get("notion") and "since" in record.features:
                self.speaker.history.heard[_said(record)] += 1
            if clause.frame.startswith("tie/"):
                self._introduced.add(record.of)
            self._threads.note(clause.frame, record)


def _leave_off(scene: Scene) -> None:
    """Let a scene that leads up to nothing shared not end on mere noise."""
    while scene.sentences()[_LEAST_SENTENCES:]:
        last = scene.paragraphs[-1].pop()
        if any(clause.frame.partition("/")[0] not in _NOISE for clause in last.clauses):
            scene.paragraphs[-1].append(last)
            return
        scene.paragraphs = [paragraph for paragraph in scene.paragraphs if paragraph]


def _said(record: Record) -> tuple[str, int]:
    """What somebody said, and when: the same for all who heard it."""
    return str(record.get("notion")), int(record.get("since", record.tick))
