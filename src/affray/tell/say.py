"""``Speaker``: puts what a figure wants into words, choosing the tree that suits best."""

from __future__ import annotations

from collections.abc import Sequence

from affray.record.testimony import seal
from affray.tell import plan
from affray.tell.assembled import assembled, doubted
from affray.tell.demands import Demands, demands_of
from affray.tell.filler import Filler, Unfillable, opens_with_whom
from affray.tell.joints import BY_THEN, GAPS_S, LATER, LONG_AFTER, THEN
from affray.tell.lexicon import WHO, Lexicon
from affray.tell.mentions import Mentions
from affray.tell.mind import Mind
from affray.tell.plan import Clause, Sentence, Wanted, Wish
from affray.tell.pronouns import OWN, THEY
from affray.tell.refer import Referring
from affray.tell.sense import Sense
from affray.tell.taste import Taste
from affray.tell.trees import Slot, Tree
from affray.tell.vocabulary import Vocabulary
from affray.tell.voice import History, Voice
from affray.tell.wording import tokens

_PRONOUNS = ("him", "her", "them")  # after which no "who" goes on
_SIDES = frozenset(("foes", "ours"))  # named once in a sentence
_BEGUN = 2  # sentences after which a scene has begun, and something can be a while later
_THOUGHT_TWICE = 2.0  # what speaks against ending two sentences in a row on a doubt


class Speaker:
    """Speaks for one mind. ``history``: of the whole telling."""

    def __init__(self, mind: Mind, lexicon: Lexicon, voice: Voice, history: History) -> None:
        self.mind = mind
        self.lexicon = lexicon
        self.voice = voice
        self.history = history
        self.refer = Referring(mind, lexicon)
        self._words = Vocabulary(lexicon, mind.testimony.self_, history)
        self._sense = Sense(mind, lexicon, history)
        self._taste = Taste(voice, mind.testimony.luck, history, self.refer)

    # ------------------------------------------------------------------ sentences

    def sentence(
        self, wanted: Wanted, figure: str, mentions: Mentions, words: float | None = None
    ) -> Sentence | None:
        """The sentence that a figure wants, in about so many ``words``, or as many as are usual;
        None: there are none for it.
        """
        room = self._taste.usual if words is None else words / len(wanted.wishes)
        clauses: list[Clause] = []
        if not self._in_time(wanted, mentions):
            return None
        for place, wish in enumerate(wanted.wishes):
            clause = self._clause(wish, mentions, clauses, demands_of(wanted, place), room)
            if clause is None:
                return None
            if wish.relative and clauses[-1].text.rpartition(" ")[2] in _PRONOUNS:
                return None
            if wish.frame == f"tie/{WHO}" and not clauses[-1].text.endswith(wish.record.of):
                return None
            clauses.append(clause)
            mentions.tell(wish.record.id)
        mentions.tick = max(wish.record.tick for wish in wanted.wishes)
        mentions.until = max(wish.record.until for wish in wanted.wishes)
        mentions.close()
        return assembled(tuple(clauses), wanted, figure)

    def _in_time(self, wanted: Wanted, mentions: Mentions) -> bool:
        """Whether the word that opens a sentence is true of what was told last, if anything was."""
        if wanted.opening != THEN and wanted.opening not in GAPS_S:
            return True
        since = mentions.until if wanted.opening == LONG_AFTER else mentions.tick
        apart = wanted.wishes[0].record.tick - since
        low, high = GAPS_S.get(wanted.opening, (0.0, 1e9))
        early = wanted.opening in (BY_THEN, LATER) and mentions.sentences < _BEGUN
        return (
            bool(mentions.told_before)
            and not early
            and low <= self.mind.testimony.seconds(apart) <= high
        )

    def take(self, sentence: Sentence) -> None:
        """Note that a sentence was told."""
        self.history.take(
            sentence.text,
            tuple(clause.tree.say for clause in sentence.clauses),
            sentence.figure,
        )
        if _is_thought(sentence.text):
            self.history.doubted = self.history.sentences

    def cost(self, sentence: Sentence, target: float) -> float:
        """How much speaks against a sentence here: what it repeats, how it opens, its length beside
        the one that is wanted.
        """
        words = tokens(sentence.text)
        history, voice = self.history, self.voice
        cost = 2.5 * history.echo(sentence.text)
        opening = " ".join(words[:2])
        cost += 0.8 * sum(before == opening for before in history.openings)
        first = words[0] if words else ""
        cost += 0.25 * sum(before.split()[:1] == [first] for before in history.openings)
        lengths = [*history.lengths, len(words)]
        if len(lengths) > 2:
            near = sum(abs(a - len(words)) <= 1 for a in lengths[-3:-1])
            cost += 0.35 * near
        cost += 0.15 * abs(len(words) - target)
        if history.doubted == history.sentences and _is_thought(sentence.text):
            cost += _THOUGHT_TWICE
        if all(clause.tree.is_fragment for clause in sentence.clauses):
            cost += 1.6 - 1.6 * voice.fragments
        return cost

    # ------------------------------------------------------------------ clauses

    def _clause(
        self, wish: Wish, mentions: Mentions, before: Sequence[Clause], demands: Demands,
        room: float,
    ) -> Clause | None:  # fmt: skip
        """A clause in the words that suit best, after those ``before`` it in its sentence, which
        has ``room`` for so many words; None: there are none.
        """
        best: tuple[float, Clause, Mentions] | None = None
        used = {clause.tree.say for clause in before}
        sides = {slot for clause in before for slot in clause.tree.slots() & _SIDES}
        for place, tree in enumerate(self._words.trees(wish.frame, wish.record)):
            if tree.say in used or not self._can_be(tree, wish, mentions, demands):
                continue
            if tree.slots() & sides:
                continue
            trial = mentions.copy()
            clause = self._said(tree, wish, trial)
            if clause is None:
                continue
            cost = self._taste.cost(clause, wish.record, mentions, place, room)
            if best is None or cost < best[0]:
                best = (cost, clause, trial)
        if best is None:
            return None
        _, clause, after = best
        mentions.become(after)
        if wish.record.pred == "takes_for":
            mentions.take_for(wish.record.whom, wish.record.of, doubtful=bool(clause.hedge))
        return clause

    def _can_be(self, tree: Tree, wish: Wish, mentions: Mentions, demands: Demands) -> bool:
        """Whether a tree can be what is wished for, there."""
        if not demands.suit(tree) or self._words.is_used_up(tree):
            return False
        if wish.relative and not opens_with_whom(tree):
            return False
        if wish.hedge == plan.SEEMED and not (tree.world and tree.can_follow):
            return False
        return self._sense.makes(tree, wish.frame, wish.record, mentions)

    def _said(self, tree: Tree, wish: Wish, mentions: Mentions) -> Clause | None:
        """A clause in words; None: one of its slots cannot be filled."""
        record = wish.record
        hedge = plan.THOUGHT if tree.hedged and not wish.hedge else wish.hedge
        named: list[int] = []
        turn = int(1000 * self._taste.draw(record.id, 7))
        mentions.oneself = mentions.oneself or bool(hedge or tree.slots() & OWN.keys())
        filler = Filler(self, record, mentions, named, turn, tree, wish.relative)
        try:
            pieces = tree.pieces(
                filler, self.lexicon.words.irregular, wish.form, many=self.mind.tells == THEY
            )
        except Unfillable:
            return None
        own = "licensed" if tree.demands else "lexicon"
        origins = doubted(
            [("testimony" if isinstance(part, Slot) else own, text) for part, text in pieces],
            hedge,
            self.mind.tells,
        )
        return Clause(
            wish.frame, tree, record.id, wish.form, hedge, wish.asks, wish.cites, tuple(named),
            seal(record), "".join(text for _, text in origins), wish.relative, tuple(origins),
        )  # fmt: skip


def _is_thought(text: str) -> bool:
    """Whether a sentence ends on its doubt: he thought."""
    return text.endswith(" thought.")
