"""How somebody is spoken of: by the name that the focaliser has for him, by what was seen of him,
as one of many, or as the one just spoken of. Never two rival pronouns of one gender.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from affray.tell.drawn import names_of
from affray.tell.english import FURTHER, article, definite
from affray.tell.lexicon import Foes, Lexicon, Side, look_of
from affray.tell.mentions import Mentions
from affray.tell.mind import CERTAIN, Label, Mind
from affray.tell.pronouns import OWN, THE_SAME

_HE = {"they": "he", "them": "him", "their": "his", "themself": "himself"}
_SHE = {"they": "she", "them": "her", "their": "her", "themself": "herself"}
_THEY = {"they": "they", "them": "them", "their": "their", "themself": "themself"}


_DEAR = 0.25  # whoever is as dear to one is called by his name


class Referring:
    """Speaks of people for one mind, in the words of a lexicon."""

    def __init__(self, mind: Mind, lexicon: Lexicon) -> None:
        self._mind = mind
        self._words = lexicon.words
        side = self._side()
        names = (*side.men, *side.women) if side is not None else ()
        self._mates = names_of(mind.testimony, names)

    def label(self, track: int, tick: int, mentions: Mentions) -> Label | None:
        """What a track may be called in a scene: a doubtful name only after the doubt was told."""
        label = self._mind.label(track, tick)
        if label is None and mentions.under.get(track):
            label = self._mind.label(track, tick + 1)  # who was known again at this very moment
        if label is not None and label.sure < CERTAIN and track not in mentions.doubted:
            return None
        if label is not None and label.mate and not self.mate(label.mate):
            return None
        return label

    def named(self, track: int, tick: int, mentions: Mentions) -> int | None:
        """The record that gives a track its name at ``tick``, if it has one."""
        label = self.label(track, tick, mentions)
        return None if label is None else label.record

    def noun(
        self,
        track: int,
        tick: int,
        mentions: Mentions,
        turn: int,
        *,
        subject: bool = False,
        suffers: bool = False,
        counted: bool = True,
    ) -> str:
        """A noun phrase for a track. ``turn``: chooses among equals. ``subject``, ``suffers``: it
        opens a clause, or something is done to it, where a pronoun may stand for whoever was spoken
        of last. ``counted``: the same was just told of another of its kind: a second one.
        """
        mind = self._mind
        label = self.label(track, tick, mentions)
        if label is not None and label.name:
            just = mentions.order[-1:] == [track] and mentions.just(track)
            just = just and mentions.under.get(track) == label.name
            slot = "they" if subject else "them"
            pronoun = self.pronoun(slot, track, tick, mentions)
            if just and pronoun == slot and turn % 2:  # both are "he", or it is not known
                return self._the_same(label.name)
            return pronoun if just and (subject or suffers) and pronoun != slot else label.name
        if label is not None and label.mate:
            return self.mate(label.mate)
        if mind.leads(track, tick):
            return self._pick("leader", turn)
        unnamed = [one for one in mentions.order if self.label(one, tick, mentions) is None]
        kind = mind.kind(track)
        if track in unnamed and unnamed[-1] == track:
            just = mentions.order[-1:] == [track] and mentions.just(track)
            fresh = track not in mentions.now  # "he" of this sentence may be whoever tells
            he = self._him(kind) if suffers and just and fresh else ""
            once_more = track in mentions.now or (just and turn % 2 == 1)
            known = "" if once_more else definite(self._look(track, tick))
            told = mentions.told_now | mentions.told_before if mentions.just(track) else None
            handle = self._handle(track, tick, turn, told)
            return he or known or handle or self._again(track, tick, turn)
        look = self._look(track, tick)
        if look:
            return definite(look) if track in mentions.order else look
        handle = self._handle(track, tick, turn) if track in unnamed else ""
        if handle:
            return handle
        if kind == "foe":
            others = [other for other in unnamed if other != track and mind.kind(other) == "foe"]
            fresh = track not in unnamed
            further = self._further(mentions, others) if fresh and counted else ""
            return further or self._foe(track, tick, turn, bool(others) and fresh)
        if kind in ("friend", "mate"):
            others = [other for other in unnamed
                      if other != track and mind.kind(other) in ("friend", "mate")]  # fmt: skip
            fresh = track not in unnamed
            further = self._further(mentions, others) if fresh and counted else ""
            return further or self._friend(turn, bool(others) and fresh)
        return self._pick(kind if kind in self._words.people else "one", turn)

    @staticmethod
    def _further(mentions: Mentions, others: Sequence[int]) -> str:
        """One more of a kind, by number, right after the others: a second one, a third."""
        last = mentions.order[-1] if others else -1
        just = bool(others) and last == others[-1] and all(map(mentions.just, others))
        return FURTHER[len(others)] if just and len(others) < len(FURTHER) else ""

    def _look(self, track: int, tick: int) -> str:
        """Somebody by what was seen of him: the one with yellow hair."""
        if self._mind.kind(track) != "one":
            return ""
        for feature, word in self._mind.looks(track, tick).items():
            said = look_of(feature, word, self._words)
            if said:
                return said
        return ""

    def _him(self, kind: str) -> str:
        """A pronoun for the one just spoken of, where there is one for all of his kind."""
        foes, side = self._foes(), self._side()
        if kind == "foe":
            return foes.him if foes is not None else ""
        return side.him if kind in ("friend", "mate") and side is not None else ""

    def _handle(
        self, track: int, tick: int, turn: int, told: Set[int] | None = None
    ) -> str:  # fmt: skip
        """Somebody spoken of before, by what was last seen of him: the one who had gone down.
        ``told``: if he was spoken of just now, the records by which he was.
        """
        for record in self._mind.last_of(track, tick):
            options = self._words.handles.get(record.pred)
            if options and (told is None or record.id in told):
                return self.ours(options[turn % len(options)])
        return ""

    def pronoun(self, slot: str, track: int, tick: int, mentions: Mentions) -> str:
        """``they``, ``them``, ...: he or she, where nobody else can be meant: of another gender
        than whoever tells, or the only one of whom the sentence speaks.
        """
        label = self.label(track, tick, mentions)
        gender = self._mind.gender(label.name) if label is not None and label.name else ""
        alone = mentions.now == {track} and not mentions.oneself
        if gender == "woman" and (alone or not self._mind.woman):
            return _SHE[slot]
        if gender == "man" and (alone or self._mind.woman):
            return _HE[slot]
        return _THEY[slot]

    def _pick(self, what: str, turn: int) -> str:
        options = self._words.people.get(what) or self._words.people["one"]
        return self.ours(options[turn % len(options)])

    def _again(self, track: int, tick: int, turn: int) -> str:
        foes = self._foes()
        if self._mind.kind(track) != "foe":
            options = self._words.people["again"]
        elif self._mind.masked(track, tick) and foes is not None and foes.mask_again:
            options = foes.mask_again
        else:
            options = self._words.people["again"] if foes is None else foes.again
        return self.ours(options[turn % len(options)])

    def _the_same(self, name: str) -> str:
        """Somebody of a name once more, and without it, if he is not dear to one: the man."""
        tie = self._mind.facts.get(name)
        dear = tie is not None and any(float(tie.get(what, 0.0)) >= _DEAR
                                       for what in ("love", "loyalty"))  # fmt: skip
        return name if dear else THE_SAME.get(self._mind.gender(name), name)

    def _foes(self) -> Foes | None:
        for side in self._mind.testimony.self_["foes"]:
            if side in self._words.foes:
                return self._words.foes[side]
        return None

    def _foe(self, track: int, tick: int, turn: int, another: bool) -> str:
        foes, masked = self._foes(), self._mind.masked(track, tick)
        if foes is None:
            kind = ("masked" if masked else "foe") + ("_another" if another else "")
            return self._pick(kind, turn)
        options = foes.masked if masked and foes.masked else foes.one
        if another:
            options = foes.mask_another if masked and foes.mask_another else foes.another
        return options[turn % len(options)]

    def _side(self) -> Side | None:
        return self._words.sides.get(self._mind.testimony.self_["side"])

    def _friend(self, turn: int, another: bool) -> str:
        side = self._side()
        options = self._words.people["friend_another" if another else "friend"]
        if side is not None:
            options = side.another if another else side.one
        return self.ours(options[turn % len(options)])

    def mate(self, number: int) -> str:
        """The name of somebody of one's own unit, drawn for the battle; nothing: he has none."""
        return self._mates.get(number, "")

    # ------------------------------------------------------------------ sides, units, things

    def ours(self, text: str = "{ours}") -> str:
        """One's own side, as it speaks of itself."""
        side = self._side()
        mine = side.ours if side is not None else f"{self.my} own"
        me = OWN["me"][self._mind.tells]
        return text.replace("{ours}", mine).replace("{my}", self.my).replace("{me}", me)

    @property
    def my(self) -> str:
        """His, her or their."""
        return OWN["my"][self._mind.tells]

    def foes(self) -> str:
        """The enemy, all of them."""
        foes = self._foes()
        if foes is not None:
            return foes.many
        return next(iter(self._mind.testimony.self_["foes"].values()), "the others")

    def side(self, name: str) -> str:
        """A side, as those speak of it who are not of it."""
        foes = self._words.foes.get(name)
        return foes.many if foes is not None else str(self._mind.testimony.self_["foes"][name])

    def unit(self) -> str:
        """One's own unit."""
        own = self._mind.testimony.self_
        return self._words.units.get(own["unit"], own["unit_title"] or "the others")

    def weapon(self, title: str) -> str:
        """A weapon by its name in the scenario, without its article."""
        return self._words.weapons.get(title, title.replace("_", " "))

    def thing(self, kind: str, name: str) -> str:
        """A power or a memory, by its name in the scenario."""
        table = self._words.powers if kind == "power" else {
            memory: words.thing for memory, words in self._words.memories.items() if words.thing
        }  # fmt: skip
        return table.get(name, name.replace("_", " "))

    def with_article(self, title: str) -> str:
        """A weapon with ``a`` or ``an``."""
        return article(self.weapon(title))
