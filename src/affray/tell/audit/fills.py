"""What may stand in a slot: every phrase that a record licenses there, as a scene has gone so far.
The audit's own reading of the lexicon; the teller picks one of these by its own way.

The one thing both take from one place is the name that is drawn for somebody of one's unit whom
the battle does not name (``drawn.names_of``): it is a convention, and no knowledge hangs on it.
"""

from __future__ import annotations

from affray.record.testimony import Record
from affray.tell.audit.reading import Held, Reading, Spoken
from affray.tell.drawn import names_of
from affray.tell.english import (
    FORMS,
    FURTHER,
    article,
    definite,
    inflected,
    number,
    paces,
    possessive,
    roughly,
    span,
    times,
)
from affray.tell.lexicon import Foes, Lexicon, look_of
from affray.tell.pronouns import OWN, THE_SAME, THEY
from affray.tell.trees import Slot, Tree, Verb, parsed
from affray.tell.wording import tokens

_COUNTED = 0.7
_PRONOUNS = {
    "they": ("they", "he", "she"), "them": ("them", "him", "her"),
    "their": ("their", "his", "her"), "themself": ("themself", "himself", "herself"),
}  # fmt: skip
WHOM = ("whom", "whom's")


def numerals(record: Record) -> set[str]:
    """The numbers that a record of so many licenses: exact, if it was counted; else a guess."""
    count = record.get("number")
    if count is None:
        return set()
    exact = record.acuity >= _COUNTED and int(count) < 20
    return {number(int(count)) if exact else roughly(int(count))}


class Fills:
    """What one mind may put into the slots of trees."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading = reading
        self._words = lexicon.words
        side = self._words.sides.get(reading.testimony.self_["side"])
        names = (*side.men, *side.women) if side is not None else ()
        self._mates = names_of(reading.testimony, names)

    def verb(self, verb: Verb, form: str) -> str:
        """A verb in a form."""
        many = verb.plural or (verb.mine and self._reading.tells == THEY)
        return inflected(verb.plain, form, self._words.irregular, plural=many)

    def vocabulary(self, tree: Tree, record: Record) -> set[str]:
        """All words that a clause of this tree and record could have, wherever it stood."""
        found: set[str] = set()
        for part in tree.parts:
            if isinstance(part, Verb):
                found.update(tokens(" ".join(self.verb(part, form) for form in FORMS)))
            elif isinstance(part, Slot):
                for option in self.options(part.name, record, None):
                    found.update(tokens(option))
            else:
                found.update(tokens(part))
        return found

    def options(self, slot: str, record: Record, spoken: Spoken | None) -> set[str]:
        """Every phrase that may stand in a slot of a clause of a record, after what was spoken of;
        None: whatever was.
        """
        if slot in OWN:
            name = self.own_name(record) if slot == "I" else set()
            return {OWN[slot][self._reading.tells], *name}
        if slot in WHOM:
            nouns = self._whom(record, spoken) if record.whom >= 0 else set()
            if slot == "whom's":
                return {"his" if noun == "him" else possessive(noun) for noun in nouns}
            return nouns
        if slot in _PRONOUNS:
            return self._pronouns(slot, record.whom, record.tick, spoken)
        if slot in ("of", "of's"):
            return self._of(slot, record, spoken) if record.of else set()
        return self._thing(slot, record)

    # ------------------------------------------------------------------ people

    def _whom(self, record: Record, spoken: Spoken | None) -> set[str]:
        """Every way to speak of the track that a record is about: by name, where it has one; else,
        or all the same, as one of many, by looks, or as the one just spoken of.
        """
        reading, track, tick = self._reading, record.whom, record.tick
        named = self.naming(record, spoken)
        people, kind = self._words.people, reading.kind(track)
        found = set(map(self._ours, people.get(kind, people["one"])))
        leader = reading.leader(tick)
        if leader is not None and leader.whom == track:
            found |= set(people["leader"])
        for feature, word in reading.looks(track, tick).items():
            look = look_of(feature, word, self._words)
            known = spoken is None or track in spoken.tracks
            found |= {look, *((definite(look),) if known else ())} - {""}
        again, another = self._before(track, tick, spoken)
        if again:
            found |= set(map(self._ours, people["again"]))
        if named and (spoken is None or spoken.last == track):
            held = self.called(track, tick, spoken)
            gender = reading.gender(held.name) if held is not None else ""
            found |= {THE_SAME[gender]} if gender in THE_SAME else set()
        if spoken is None or track in spoken.tracks:
            found |= self._handles(track, tick)
            found |= self._him(kind) if spoken is None or spoken.last == track else set()
        found |= self._further(kind, track, tick, spoken)
        if kind == "foe":
            found |= self._foe(reading.masked(track, tick), again, another)
        if kind in ("friend", "mate"):
            side = self._words.sides.get(reading.testimony.self_["side"])
            found |= set(map(self._ours, side.one if side is not None else people["friend"]))
            if self._friends_before(track, tick, spoken):
                more = people["friend_another"] if side is None else side.another
                found |= set(map(self._ours, more))
        return found | named

    def _handles(self, track: int, tick: int) -> set[str]:
        """What somebody may be called again, by what was seen of him before."""
        return {
            self._ours(phrase)
            for one in self._reading.seen_of(track, tick)
            for phrase in self._words.handles.get(one.pred, ())
        }

    def _him(self, kind: str) -> set[str]:
        """The pronoun that may stand for the one just spoken of."""
        side = self._words.sides.get(self._reading.testimony.self_["side"])
        found = {foes.him for foes in self._foes()} if kind == "foe" else set()
        if kind in ("friend", "mate") and side is not None:
            found.add(side.him)
        return found - {""}

    def naming(self, record: Record, spoken: Spoken | None) -> set[str]:
        """The name of the track that a record is about, and the pronoun that can stand for it."""
        held = self.called(record.whom, record.tick, spoken)
        if held is None:
            return set()
        if held.name:
            just = spoken is None or spoken.last == record.whom
            return {held.name, *(self._he(record.whom, record.tick, spoken) if just else ())}
        return {self._mate(held.mate)}

    def _of(self, slot: str, record: Record, spoken: Spoken | None) -> set[str]:
        """The name of somebody known, or what can stand for it where he was just spoken of."""
        if slot == "of's":
            return {f"{record.of}’s"}
        last = -1 if spoken is None else spoken.last
        he = self.is_last(record, spoken) and self._he(last, record.tick, spoken)
        return {record.of, *(he or ())}

    def is_last(self, record: Record, spoken: Spoken | None) -> bool:
        """Whether somebody known, of whom a record is, is the one spoken of last."""
        if spoken is None or spoken.last < 0:
            return False
        held = self.called(spoken.last, record.tick, spoken)
        return held is not None and held.name == record.of

    def own_name(self, record: Record) -> set[str]:
        """The witness's own name, once somebody within hearing has called it."""
        name = str(self._reading.testimony.self_["name"])
        called = self._reading.last("own_name", record.tick)
        return {name} if name and called is not None else set()

    def _before(self, track: int, tick: int, spoken: Spoken | None) -> tuple[bool, bool]:
        """Whether a track is the one just spoken of, or, of those of its kind whom nobody can name,
        the last one; and whether others of them were spoken of.
        """
        if spoken is None:
            return True, True
        kind = self._reading.kind(track)
        alike = [one for one in spoken.tracks if self._reading.kind(one) == kind
                 and self.called(one, tick, spoken) is None]  # fmt: skip
        again = track in (spoken.last, *alike[-1:])
        return again, any(one != track for one in alike)

    def _further(self, kind: str, track: int, tick: int, spoken: Spoken | None) -> set[str]:
        """One more, by number, of those of one kind, all of whom were just spoken of."""
        if spoken is None:
            return {*FURTHER} - {""}
        kinds = ("friend", "mate") if kind in ("friend", "mate") else ("foe",)
        alike = [one for one in spoken.tracks if self._reading.kind(one) in kinds
                 and self.called(one, tick, spoken) is None]  # fmt: skip
        just = kind in kinds and track not in alike and alike[-1:] == [spoken.last]
        just = just and {*alike} <= spoken.now | spoken.before
        return {FURTHER[len(alike)]} if just and 0 < len(alike) < len(FURTHER) else set()

    def _friends_before(self, track: int, tick: int, spoken: Spoken | None) -> bool:
        """Whether others of one's own were spoken of whom nobody can name."""
        return spoken is None or any(
            one != track and self._reading.kind(one) in ("friend", "mate")
            and self.called(one, tick, spoken) is None for one in spoken.tracks
        )  # fmt: skip

    def _foe(self, masked: bool, again: bool, another: bool) -> set[str]:
        people = self._words.people
        found = {*people["foe"], *(people["foe_another"] if another else ())}
        if masked:
            found |= {*people["masked"], *(people["masked_another"] if another else ())}
        for foes in self._foes():
            found |= {*foes.one, *(foes.again if again else ()), *(foes.another if another else ())}
            if masked:
                found |= {*foes.masked, *(foes.mask_again if again else ()),
                          *(foes.mask_another if another else ())}  # fmt: skip
        return found

    def _foes(self) -> list[Foes]:
        sides = self._reading.testimony.self_["foes"]
        return [self._words.foes[side] for side in sides if side in self._words.foes]

    def called(self, track: int, tick: int, spoken: Spoken | None) -> Held | None:
        """Whom a scene may call a track by a name."""
        held = self._reading.called(track, tick, spoken)
        return held if held is None or held.name or self._mate(held.mate) else None

    def _mate(self, mate: int) -> str:
        return self._mates.get(mate, "")

    def _he(self, track: int, tick: int, spoken: Spoken | None) -> set[str]:
        """He or him, she or her, for somebody of whom such a pronoun can be said."""
        found = (self._pronouns(slot, track, tick, spoken) for slot in ("they", "them"))
        return set().union(*found) - {"they", "them"}

    def _pronouns(self, slot: str, track: int, tick: int, spoken: Spoken | None) -> set[str]:
        """Pronouns for somebody: of his gender, if it is known and is not the witness's own, or if
        the sentence has spoken of nobody else.
        """
        held = self._reading.called(track, tick, spoken)
        gender = self._reading.gender(held.name) if held is not None and held.name else ""
        they, he, she = _PRONOUNS[slot]
        own = "woman" if self._reading.woman else "man"
        alone = spoken is not None and spoken.now == {track} and not spoken.oneself
        if gender == "" or (gender == own and not alone):
            return {they}
        return {they} | ({he} if gender == "man" else {she} if gender == "woman" else set())

    # ------------------------------------------------------------------ things

    def _ours(self, text: str) -> str:
        side = self._words.sides.get(self._reading.testimony.self_["side"])
        my = OWN["my"][self._reading.tells]
        mine = side.ours if side is not None else f"{my} own"
        me = OWN["me"][self._reading.tells]
        return text.replace("{ours}", mine).replace("{my}", my).replace("{me}", me)

    def _weapon(self, title: object) -> str:
        return self._words.weapons.get(str(title), str(title).replace("_", " "))

    def _thing(self, slot: str, record: Record) -> set[str]:
        words, own = self._words, self._reading.testimony.self_
        if slot == "foes":
            return {foes.many for foes in self._foes()} or {*own["foes"].values()} or {"the others"}
        if slot == "ours":
            return {self._ours("{ours}")}
        if slot == "unit":
            return {words.units.get(own["unit"], own["unit_title"] or "the others")}
        if slot == "leader":
            leader = self._reading.leader(record.tick)
            return set() if leader is None else {leader.of or words.people["leader"][0]}
        if slot in ("weapon", "armed") and record.get("weapon"):
            weapon = self._weapon(record.get("weapon"))
            return {article(weapon) if slot == "armed" else weapon}
        if slot == "hand":
            weapon = self._reading.in_hand(record)
            return {self._weapon(weapon)} if weapon else set()
        if slot == "number":
            return numerals(record)
        if slot == "count" and record.get("number") is not None:
            return {times(int(record.get("number")))}
        if slot in ("hits", "parried", "missed") and record.get(slot) is not None:
            return {times(int(record.get(slot)))}
        if slot == "calls":
            return {str(record.get("calls"))} - {"None"}
        if slot == "paces" and record.get("metres") is not None:
            return {paces(float(record.get("metres")))}
        if slot == "seconds" and record.get("seconds") is not None:
            return {span(float(record.get("seconds")))}
        return self._phrase(slot, record)

    def _phrase(self, slot: str, record: Record) -> set[str]:
        words = self._words
        if slot == "place":
            return set(words.places.get(str(record.get("place")), ()))
        if slot == "word":
            order = words.orders.get(str(record.get("word")))
            return set() if order is None else {order.told}
        if slot == "cry":
            return self._cries(record)
        if slot == "power":
            name = str(record.get("power", ""))
            return {words.powers.get(name, name.replace("_", " "))} if name else set()
        if slot == "memory":
            return self._memory(str(record.get("memory", "")))
        if slot == "side":
            foes = words.foes.get(str(record.get("side")))
            own = self._reading.testimony.self_["foes"]
            return {foes.many} if foes is not None else {str(own.get(record.get("side")))}
        if slot == "tint":
            return {str(record.get("tint"))} - {"None"}
        if slot == "notion":
            notion = words.notions.get(str(record.get("notion")))
            if notion is None:
                return set()
            if record.pred in ("thinks", "concludes", "holds"):
                return {f"_{phrase}_" for phrase in notion.thought}
            return {*notion.thought, *notion.said}
        if slot == "over":
            return set(map(self._inner, words.acts.get(str(record.get("over")), ())))
        if slot == "did":
            return set(map(self._inner, words.did.get(str(record.get("act")), ())))
        return set()

    def _memory(self, name: str) -> set[str]:
        memory = self._words.memories.get(name)
        if memory is not None and memory.thing:
            return {memory.thing}
        return {name.replace("_", " ")} if name else set()

    def _cries(self, record: Record) -> set[str]:
        if record.pred == "order" or record.get("says") == "order":
            order = self._words.orders.get(str(record.get("word")))
            return set() if order is None else set(order.cry)
        call = self._words.calls.get(str(record.get("says")))
        return set() if call is None else set(call.cry)

    def _inner(self, phrase: str) -> str:
        """A phrase with slots for oneself alone."""
        tree = Tree(phrase, parsed(phrase))
        own = {name: forms[self._reading.tells] for name, forms in OWN.items()}
        return tree.realized(own.__getitem__, self._words.irregular)
