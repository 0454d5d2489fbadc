"""What a clause puts into the slots of its tree: people, things, numbers, words, as one record
licenses them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from affray.record.testimony import Record
from affray.tell.english import PAST, number, paces, possessive, roughly, span, times
from affray.tell.kinds import FOES, OURS, SPEECH, THOUGHT
from affray.tell.mentions import Mentions
from affray.tell.pronouns import OWN
from affray.tell.trees import Slot, Tree, Verb, parsed

if TYPE_CHECKING:
    from affray.tell.say import Speaker

COUNTED = 0.7  # from this acuity on a number may be told as it was; below it is a guess
_AFTER_AN_OBJECT = (",", ";", " with ", " once", " and again", " for ", " in ", " as ", " at ",
                    " from ", " on ", " by ", " up", " down", " over")  # fmt: skip
_GOES_ON = (", who", ", whom", ", whose")  # about somebody, who is named then
_SIDE_OF = {"foe": FOES, "friend": OURS, "mate": OURS}
_INVERTED = ("be", "come", "go", "lie", "stand", "fall", "sit", "run", "say", "ask", "beg", "shout",
             "cry", "call", "answer", "bawl", "roar", "taunt")  # fmt: skip
"""Verbs after which their subject can stand: there came ..., asked ..."""


def opens_with_whom(tree: Tree, slot: str = "whom") -> bool:
    """Whether somebody else is the subject of a tree and stands first in it."""
    first = tree.parts[0] if tree.parts else ""
    return isinstance(first, Slot) and first.name == slot and not tree.is_fragment


def objects_of(tree: Tree, slot: str = "whom") -> list[bool]:
    """For each time that a tree speaks of the one it is about, whether a pronoun such as "him" can
    stand there: after a verb or before the end, and not as the subject of anything.
    """
    found = []
    for place, part in enumerate(tree.parts):
        if not isinstance(part, Slot) or part.name not in (slot, f"{slot}'s"):
            continue
        before, after = tree.parts[place - 1 : place], tree.parts[place + 1 : place + 2]
        told = before[0] if before and isinstance(before[0], str) else ""
        verb = tree.parts[place - 2] if told == " " and place > 1 else ""
        is_he = isinstance(verb, Verb) and verb.plain in _INVERTED
        owns = told.endswith((" of ", ", ", ": ")) or is_he
        rest = after[0] if after and isinstance(after[0], str) else ""
        ends = not after or (rest.startswith(_AFTER_AN_OBJECT) and not rest.startswith(_GOES_ON))
        found.append(place > 0 and ends and not owns and part.name == slot)
    return found


class Unfillable(Exception):
    """A slot of a tree has nothing to stand in it."""


class Filler:
    """Fills the slots of a tree from one record."""

    def __init__(
        self,
        speaker: Speaker,
        record: Record,
        mentions: Mentions,
        named: list[int],
        turn: int,
        tree: Tree,
        relative: bool = False,
    ) -> None:
        self._relative = relative
        self._speaker = speaker
        self._record = record
        self._mentions = mentions
        self._named = named
        self._turn = turn
        self._opens = opens_with_whom(tree)
        self._objects = objects_of(tree)
        self._spoken = 0  # how often the tree has spoken of the one it is about
        self._opens_with_me = tree.begins_with_me
        self._opens_with_of = opens_with_whom(tree, "of")
        self._suffers_of = objects_of(tree, "of") == [True]

    def __call__(self, slot: str) -> str:
        """What stands in a slot. Raises Unfillable."""
        speaker, record = self._speaker, self._record
        if slot == "I" and self._opens_with_me and self._is_named():
            return speaker.mind.name
        if slot in OWN:
            return OWN[slot][speaker.mind.tells]
        if slot in ("whom", "whom's", "they", "them", "their", "themself"):
            return self._whom(slot)
        refer = speaker.refer
        if slot in ("of", "of's"):
            return self._of(slot)
        if slot == "foes":
            self._mentions.they = FOES
            return refer.foes()
        if slot in ("ours", "unit"):
            self._mentions.they = OURS
            return refer.ours() if slot == "ours" else refer.unit()
        if slot == "leader":
            return self._leader()
        if slot == "weapon":
            return refer.weapon(self._needed("weapon"))
        if slot == "armed":
            return refer.with_article(self._needed("weapon"))
        if slot == "hand":
            weapon = speaker.mind.in_hand(record)
            if not weapon:
                raise Unfillable
            return refer.weapon(weapon)
        return self._feature(slot)

    def _is_named(self) -> bool:
        """Whether one may be called by one's name here: once a scene, after it was called."""
        called = self._speaker.mind.before("own_name", self._record.tick)
        if called is None or self._mentions.own_name:
            return False
        self._mentions.own_name = True
        self._named.append(called.id)
        return True

    def _of(self, slot: str) -> str:
        """Somebody known: by name, or by a pronoun where he was just spoken of by it."""
        record, mentions = self._record, self._mentions
        if not record.of:
            raise Unfillable
        last = mentions.order[-1] if mentions.order else -1
        said = record.of + ("’s" if slot == "of's" else "")
        if mentions.under.get(last) != record.of:
            return said
        place = "they" if self._opens_with_of else "them" if self._suffers_of else ""
        if slot == "of" and mentions.just(last) and place:
            pronoun = self._speaker.refer.pronoun(place, last, record.tick, mentions)
            said = pronoun if pronoun != place else said
        mentions.speak_of(last, record.of)
        return said

    def _needed(self, name: str) -> Any:
        value = self._record.get(name)
        if value is None or value == "":
            raise Unfillable
        return value

    def _whom(self, slot: str) -> str:
        track, tick = self._record.whom, self._record.tick
        if track < 0:
            raise Unfillable
        refer = self._speaker.refer
        naming = refer.named(track, tick, self._mentions)
        if slot in ("whom", "whom's"):
            opens = slot == "whom" and self._opens and self._spoken == 0
            if opens and self._relative:
                self._spoken += 1
                return "who"
            suffers = self._objects[self._spoken : self._spoken + 1] == [True]
            self._spoken += 1
            noun = refer.noun(
                track, tick, self._mentions, self._turn, subject=opens, suffers=suffers,
                counted=self._is_counted(),
            )  # fmt: skip
            label = refer.label(track, tick, self._mentions)
            self._mentions.mention(track, label.name if label is not None else "")
            kind = self._speaker.mind.kind(track)
            if kind in _SIDE_OF and not (label is not None and label.name):
                self._mentions.they = _SIDE_OF[kind]
            if naming is not None:
                self._named.append(naming)
            if slot == "whom's" and " of " in noun:
                raise Unfillable  # one of the men’s face
            if slot == "whom's":
                return "his" if noun == "him" else possessive(noun)
            return noun
        return refer.pronoun(slot, track, tick, self._mentions)

    def _is_counted(self) -> bool:
        """Whether the same was told, just now, of whoever was spoken of last; or, in this very
        sentence, anything.
        """
        mentions, records = self._mentions, self._speaker.mind.records
        told = mentions.told_now | mentions.told_before
        if mentions.order[-1:] and mentions.order[-1] in mentions.now:
            return True
        return bool(mentions.order) and any(records[one].pred == self._record.pred
                   and records[one].whom == mentions.order[-1] for one in told)  # fmt: skip

    def _leader(self) -> str:
        leader = self._speaker.mind.before("is_leader", self._record.tick)
        if leader is None:
            raise Unfillable
        self._named.append(leader.id)
        return leader.of or self._speaker.lexicon.words.people["leader"][0]

    def _feature(self, slot: str) -> str:
        words, record = self._speaker.lexicon.words, self._record
        if slot == "place":
            places = words.places[self._needed("place")]
            return places[record.id % len(places)]  # a wound keeps its word
        if slot == "number":
            count = int(self._needed("number"))
            return number(count) if record.acuity >= COUNTED and count < 20 else roughly(count)
        if slot == "count":
            return times(int(self._needed("number")))
        if slot == "seconds":
            return span(float(self._needed("seconds")))
        if slot in ("hits", "parried", "missed"):
            return times(int(self._needed(slot)))
        if slot == "calls":
            return str(self._needed("calls"))
        if slot == "paces":
            return paces(float(self._needed("metres")))
        if slot == "word":
            return self._order().told
        if slot == "cry":
            return self._one_of(self._cries())
        if slot == "memory":
            return self._speaker.refer.thing("memory", str(self._needed("memory")))
        if slot == "power":
            return self._speaker.refer.thing("power", str(self._needed("power")))
        if slot == "notion":
            return self._notion()
        if slot == "side":
            return self._speaker.refer.side(str(self._needed("side")))
        if slot == "tint":
            return str(self._needed("tint"))
        if slot == "over":
            phrase = self._one_of(words.acts[self._needed("over")])
            return self._inner(phrase)
        if slot == "did":
            return self._inner(self._one_of(words.did[self._needed("act")]))
        raise Unfillable

    def _one_of(self, options: tuple[str, ...]) -> str:
        if not options:
            raise Unfillable
        return options[self._turn % len(options)]

    def _freshest(self, options: Sequence[str]) -> str:
        """One of some phrases, of those of which the telling has said least yet."""
        turned = [options[(self._turn + k) % len(options)] for k in range(len(options))]
        return min(turned, key=self._speaker.history.echo)

    def _inner(self, phrase: str) -> str:
        """A phrase of the lexicon that has slots of its own."""
        return Tree(phrase, parsed(phrase)).realized(
            self, self._speaker.lexicon.words.irregular, PAST
        )

    def _order(self) -> Any:
        orders = self._speaker.lexicon.words.orders
        word = str(self._needed("word"))
        if word not in orders:
            raise Unfillable
        return orders[word]

    def _cries(self) -> tuple[str, ...]:
        says = self._record.get("says")
        if self._record.pred == "order" or says == "order":
            return tuple(self._order().cry)
        calls: Mapping[str, Any] = self._speaker.lexicon.words.calls
        if says not in calls:
            raise Unfillable
        return tuple(calls[str(says)].cry)

    def _notion(self) -> str:
        notions = self._speaker.lexicon.words.notions
        name = str(self._needed("notion"))
        if name not in notions:
            raise Unfillable
        notion = notions[name]
        if self._record.pred in THOUGHT:
            return f"_{self._freshest(notion.thought)}_"
        if self._record.pred not in SPEECH:
            return self._one_of(notion.thought)
        options = notion.said or notion.thought
        since = int(self._record.get("since", self._record.tick))
        return options[(since * 31 + len(name)) % len(options)]  # the same in every mind
