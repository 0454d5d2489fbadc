"""What may stand in a slot: every phrase that a record licenses there. The audit's own reading of
the lexicon; the teller picks one of these by its own way.
"""

from __future__ import annotations

from affray.record.testimony import Record
from affray.tell.english import FORMS, article, inflected, number, roughly, span, times
from affray.tell.lexicon import Lexicon
from affray.tell.mind import Mind
from affray.tell.refer import Referring
from affray.tell.trees import Tree, Verb, parsed

_COUNTED = 0.7
_OWN = {"I": ("he", "she"), "me": ("him", "her"), "my": ("his", "her"), "mine": ("his", "hers"),
        "myself": ("himself", "herself")}  # fmt: skip
_PRONOUNS = {
    "they": ("they", "he", "she"), "them": ("them", "him", "her"),
    "their": ("their", "his", "her"), "themself": ("themself", "himself", "herself"),
}  # fmt: skip


def numerals(record: Record) -> set[str]:
    """The numbers that a record of so many licenses: exact, if it was counted; else a guess."""
    count = record.get("number")
    if count is None:
        return set()
    exact = record.acuity >= _COUNTED and int(count) < 20
    return {number(int(count)) if exact else roughly(int(count))}


class Fills:
    """What one mind may put into the slots of trees."""

    def __init__(self, mind: Mind, lexicon: Lexicon) -> None:
        self._mind = mind
        self._words = lexicon.words
        self._refer = Referring(mind, lexicon)

    def verb(self, verb: Verb, form: str) -> str:
        """A verb in a form."""
        return inflected(verb.plain, form, self._words.irregular, plural=verb.plural)

    def forms(self, verb: Verb) -> list[str]:
        """A verb in every form."""
        return [self.verb(verb, form) for form in FORMS]

    def options(self, slot: str, record: Record) -> set[str]:
        """Every phrase that may stand in a slot of a clause of a record."""
        if slot in _OWN:
            called = self._mind.before("own_name", record.tick)
            name = {self._mind.name} if slot == "I" and called is not None else set()
            return {_OWN[slot][self._mind.woman], *name}
        if slot in ("whom", "whom's"):
            nouns = self._whom(record)
            return {noun + "’s" for noun in nouns} if slot == "whom's" else nouns
        if slot in _PRONOUNS:
            return self._pronouns(slot, record)
        if slot in ("of", "of's"):
            return {record.of + ("’s" if slot == "of's" else "")}
        return self._thing(slot, record)

    # ------------------------------------------------------------------ people

    def _whom(self, record: Record) -> set[str]:
        """Every way to speak of the track that a record is about."""
        mind, track, tick = self._mind, record.whom, record.tick
        label = mind.label(track, tick)
        if label is not None and label.name:
            return {label.name, *self._pronouns("they", record)} - {"they"}
        if label is not None and label.mate:
            name = self._refer.mate(label.mate)
            return {name} if name else set(map(self._refer.ours, self._words.people["mate"]))
        people = self._words.people
        kind = mind.kind(track)
        found = {self._refer.ours(option) for option in self._kinds(kind)}
        found |= {self._refer.ours(option) for option in people["again"]}
        if mind.leads(track, tick):
            found |= set(people["leader"])
        for feature, word in mind.looks(track, tick).items():
            if feature in self._words.looks:
                found.add(self._words.looks[feature].replace("{" + feature + "}", word))
        if kind == "foe":
            found |= self._foes(mind.masked(track))
        if kind == "friend":
            side = self._words.sides.get(mind.testimony.self_["side"])
            found |= {self._refer.ours(one) for one in (side.one if side is not None else ())}
        return found

    def _kinds(self, kind: str) -> tuple[str, ...]:
        people = self._words.people
        return people.get(kind, people["one"])

    def _foes(self, masked: bool) -> set[str]:
        people = self._words.people
        found = {*people["foe"], *people["foe_another"]}
        if masked:
            found |= {*people["masked"], *people["masked_another"]}
        for side in self._mind.testimony.self_["foes"]:
            foes = self._words.foes.get(side)
            if foes is not None:
                found |= {*foes.one, *foes.again, *foes.another}
                if masked:
                    found |= {*foes.masked, *foes.mask_again, *foes.mask_another}
        return found

    def _pronouns(self, slot: str, record: Record) -> set[str]:
        """Pronouns for somebody: of his gender, if it is known."""
        label = self._mind.label(record.whom, record.tick) if record.whom >= 0 else None
        gender = self._mind.gender(label.name) if label is not None else ""
        they, he, she = _PRONOUNS[slot]
        return {they} | ({he} if gender == "man" else {she} if gender == "woman" else set())

    # ------------------------------------------------------------------ things

    def _thing(self, slot: str, record: Record) -> set[str]:
        words, refer = self._words, self._refer
        if slot == "foes":
            return {refer.foes()}
        if slot == "ours":
            return {refer.ours()}
        if slot == "unit":
            return {refer.unit()}
        if slot == "leader":
            leader = self._mind.before("is_leader", record.tick)
            return set() if leader is None else {leader.of or words.people["leader"][0]}
        if slot in ("weapon", "armed"):
            weapon = refer.weapon(str(record.get("weapon", "")))
            return {article(weapon) if slot == "armed" else weapon}
        if slot == "hand":
            carried = self._mind.before("carries", record.tick)
            return set() if carried is None else {refer.weapon(str(carried.get("weapon")))}
        if slot == "number":
            return numerals(record)
        if slot == "count":
            return {times(int(record.get("number", 0)))}
        if slot == "seconds":
            return {span(float(record.get("seconds", 0.0)))}
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
        if slot in ("memory", "power"):
            return {self._refer.thing(slot, str(record.get(slot, "")))}
        if slot == "notion":
            notion = words.notions.get(str(record.get("notion")))
            return set() if notion is None else {*notion.thought, *notion.said}
        if slot == "over":
            return set(map(self._inner, words.acts.get(str(record.get("over")), ())))
        if slot == "did":
            return set(map(self._inner, words.did.get(str(record.get("act")), ())))
        return set()

    def _cries(self, record: Record) -> set[str]:
        if record.pred == "order" or record.get("says") == "order":
            order = self._words.orders.get(str(record.get("word")))
            return set() if order is None else set(order.cry)
        call = self._words.calls.get(str(record.get("says")))
        return set() if call is None else set(call.cry)

    def _inner(self, phrase: str) -> str:
        """A phrase with slots for oneself alone."""
        tree = Tree(phrase, parsed(phrase))
        own = {name: forms[self._mind.woman] for name, forms in _OWN.items()}
        return tree.realized(own.__getitem__, self._words.irregular)
