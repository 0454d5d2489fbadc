"""``Speaker``: puts what a figure wants into words, choosing the tree that suits best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from affray.record.testimony import Record, seal
from affray.tell import plan
from affray.tell.english import capital
from affray.tell.filler import Filler, Unfillable, opens_with_whom
from affray.tell.joints import AND, BUT, COMMA, GAPS_S, OPENS, THEN
from affray.tell.lexicon import WHO, WITH, Lexicon
from affray.tell.mind import Mind
from affray.tell.plan import Clause, Sentence, Wanted, Wish
from affray.tell.pronouns import NOBODY, OWN, THEY
from affray.tell.refer import Mentions, Referring
from affray.tell.trees import Slot, Tree
from affray.tell.voice import History, Voice
from affray.tell.wording import tokens

_NOT_BEFORE = {2: 20, 3: 50, 4: 60}
"""Sentences until a small tree may come back, by its words of its own."""
_COOL = (6, 12, 40, 120)  # sentences until a tree may come back, by how marked it is


SPEECH = ("utters", "hears_said", "reads_lips")
_ANSWERS = ("obeys", "refuses")
COMES = ("thinks", "concludes")
"""Where one comes to mind; in few words, where somebody just said it in the same."""
_KNOWN_AGAIN = 5  # words of its own by which a tree is known again
_KNOWN_WORDS = 0.5  # a phrase of which as much was said is known word for word
_WORN = 4  # words of its own by which one is heard to have been used before
_MOST_USES = 2  # how often a telling has such a tree of a world's own, unless it is striking; of
# those of all worlds, once
_AGAIN = 5.0  # what each earlier use of such a tree of all worlds' speaks against it
_AGAIN_HERE = 2.0  # and of one of a world's own
_ONE_IN = (16, 6, 3)  # of such trees one is drawn, by how much they read alike (``_alike``)
_LEAST_DRAWN = 3  # but so many of a frame
_ALIKE = frozenset((*OWN, "number", "count", "hits", "parried", "missed", "of"))
"""Slots between which a tree reads the same, but for names and numbers."""
_TASTE = 3.0  # by how much one mind prefers some of its world's words to others, at most
_LIKENS = 1.4  # what speaks for or against words that liken, by voice
_TOO_LONG = 0.12  # what each word by which a clause misses a voice's length speaks against it
_A_CLAUSE_MORE = 2  # words that a clause may have more than the voice's sentence
_WITHHELD = 2.5  # what speaks against words that keep back a name
_SOMEBODY = re.compile(r"\b(?:somebody|someone|a voice|a man|a woman)\b")
_THOUGHT_TWICE = 2.0  # what speaks against ending two sentences in a row on a doubt
_STRIKING = 7  # a tree with so many words of its own comes back as seldom as one that is marked
_CONJUNCTIONS = ("and", "but", "yet", "so", "or")


@dataclass(frozen=True)
class Demands:
    """What a clause must be like for its place in a sentence."""

    joined: bool
    opened: bool
    plain: bool
    closes_with_whom: bool
    mine: bool = False  # whoever tells is its subject
    theirs: bool = False  # the one whom it is about is

    def suit(self, tree: Tree) -> bool:
        """Whether a tree can stand there."""
        if self.joined and (tree.is_fragment or tree.say.split(" ", 1)[0] in _CONJUNCTIONS):
            return False
        if self.joined and ("?" in tree.say or tree.say.startswith(("now ", "then "))):
            return False
        if self.mine and not tree.begins_with_me:
            return False
        if self.theirs and not opens_with_whom(tree):
            return False
        if self.opened and (not tree.can_follow or tree.say.endswith((" now", " by then"))):
            return False
        if self.plain and any(mark in tree.say for mark in (" and ", ",", ";", ":", ". ")):
            return False
        return tree.ends_with_whom or not self.closes_with_whom


class Speaker:
    """Speaks for one mind. ``history``: of the whole telling."""

    def __init__(self, mind: Mind, lexicon: Lexicon, voice: Voice, history: History) -> None:
        self.mind = mind
        self.lexicon = lexicon
        self.voice = voice
        self.history = history
        self.refer = Referring(mind, lexicon)
        self._luck = mind.testimony.luck
        self._drawn: dict[str, tuple[Tree, ...]] = {}

    # ------------------------------------------------------------------ sentences

    def sentence(self, wanted: Wanted, figure: str, mentions: Mentions) -> Sentence | None:
        """The sentence that a figure wants, in words; None: there are none for it."""
        clauses: list[Clause] = []
        used: list[str] = []
        if not self._in_time(wanted, mentions.tick):
            return None
        for place, wish in enumerate(wanted.wishes):
            clause = self._clause(wish, mentions, used, _demands(wanted, place))
            if clause is None:
                return None
            if wish.frame == f"tie/{WHO}" and not clauses[-1].text.endswith(wish.record.of):
                return None
            used.append(clause.tree.say)
            clauses.append(clause)
            mentions.tell(wish.record.id)
        mentions.tick = max(wish.record.tick for wish in wanted.wishes)
        mentions.close()
        return assembled(tuple(clauses), wanted, figure)

    def _in_time(self, wanted: Wanted, told: int) -> bool:
        """Whether the word that opens a sentence is true of what was told last."""
        apart = wanted.wishes[0].record.tick - told
        if wanted.opening == THEN:
            return apart >= 0
        low, high = GAPS_S.get(wanted.opening, (-1e9, 1e9))
        return low <= self.mind.testimony.seconds(apart) <= high

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
        self, wish: Wish, mentions: Mentions, used: list[str], demands: Demands
    ) -> Clause | None:
        best: tuple[float, int, Clause, Mentions] | None = None
        record = wish.record
        answers = mentions.just_told((*record.links.get("answers", ()),
                                      *record.links.get("evidence", ())))  # fmt: skip
        again = self._says_again(record, mentions)
        for place, tree in enumerate(self._trees(wish.frame, record)):
            if not self._licensed(tree, record) or not demands.suit(tree):
                continue
            if not answers and self._leaves_open(wish.frame, tree, record):
                continue
            if wish.frame in COMES and ("notion" in tree.slots()) == again:
                continue
            if self._is_used_up(tree):
                continue
            if wish.relative and not opens_with_whom(tree):
                continue
            if wish.hedge == plan.SEEMED and not (tree.world and tree.can_follow):
                continue
            trial = mentions.copy()
            clause = self._said(tree, wish, trial)
            if clause is None:
                continue
            cost = self._tree_cost(tree, clause, used) + 0.6 * self._draw(record.id, place)
            cost += _WITHHELD if self._withholds(tree, record, mentions) else 0.0
            if best is None or (cost, place) < best[:2]:
                best = (cost, place, clause, trial)
        if best is None:
            return None
        mentions.become(best[3])
        if record.pred == "takes_for":
            mentions.take_for(record.whom, record.of, doubtful=bool(best[2].hedge))
        return best[2]

    def _trees(self, frame: str, record: Record) -> tuple[Tree, ...]:
        """The trees of a frame that are drawn for this telling; all of them where somebody's own
        words make the sentence.
        """
        if frame not in self._drawn or frame.partition("/")[2].isdecimal():
            found = self.lexicon.of_record(frame, record, self.mind.testimony.self_)
            if self.mind.testimony.self_["gender"] == NOBODY:
                found = tuple(tree for tree in found if not tree.speaks_of_oneself)
            self._drawn[frame] = found if frame in SPEECH else self._draws(found)
        return self._drawn[frame]

    def _draws(self, trees: tuple[Tree, ...]) -> tuple[Tree, ...]:
        """Those among some trees that are the words of this telling: of what all worlds share, and
        what one would know again, it has but a part, another one than others have.
        """
        shared = [tree for tree in trees if not tree.world and tree.fixed >= _KNOWN_AGAIN]
        shared.sort(key=lambda tree: crc32(f"{self.history.key} {tree.say}".encode()))
        own = len(trees) - len(shared)
        kept: set[str] = set()
        for alike, one_in in enumerate(_ONE_IN):
            some = [tree.say for tree in shared if _alike(tree) == alike]
            kept.update(some[: max(len(some) // one_in, _LEAST_DRAWN - own - len(kept))])
        return tuple(tree for tree in trees if tree.world or tree.fixed < _KNOWN_AGAIN
                     or tree.say in kept)  # fmt: skip

    def _is_used_up(self, tree: Tree) -> bool:
        """Whether a tree that one knows again was told as often as it may be, or a small one just
        now: better nothing than the same once more.
        """
        if self.history.since(tree.say) < _NOT_BEFORE.get(tree.fixed, 0):
            return True
        most = _MOST_USES if tree.world and tree.fixed < _STRIKING else 1
        return tree.fixed >= _KNOWN_AGAIN and self.history.trees[tree.say] >= most

    def _leaves_open(self, frame: str, tree: Tree, record: Record) -> bool:
        """Whether a tree leaves open what only the thing before it could say: whose words these
        are, which order was obeyed, what lifted one, of whom one thinks.
        """
        if frame == "lifted":
            return True
        if frame in _ANSWERS:
            return "word" not in tree.slots()
        if frame == "holds":
            return ("of" in tree.slots()) == (record.of in ("", self.mind.name))
        return frame in SPEECH and tree.is_mere_speech

    def _withholds(self, tree: Tree, record: Record, mentions: Mentions) -> bool:
        """Whether a tree speaks of somebody where this mind has a name for him."""
        if record.whom < 0 or tree.slots() & {"whom", "whom's"} or not _SOMEBODY.search(tree.say):
            return False
        return self.refer.named(record.whom, record.tick, mentions) is not None

    def _says_again(self, record: Record, mentions: Mentions) -> bool:
        """Whether a notion comes to mind of which it was just told that somebody said it, and in
        the words in which it would be thought.
        """
        if record.pred not in COMES or not any(
            self.mind.records[one].get("notion") == record.get("notion")
            for one in mentions.told_before | mentions.told_now
        ):
            return False
        notion = self.lexicon.words.notions.get(str(record.get("notion")))
        return notion is not None and all(
            self.history.echo(one) >= _KNOWN_WORDS for one in notion.thought
        )

    def _licensed(self, tree: Tree, record: Record) -> bool:
        """Whether a tree says no more than a record, and what came before it."""
        if not tree.suits(record.features):
            return False
        return all(
            any(one.id < record.id for one in self.mind.of(pred)) for pred in tree.presupposes
        )

    def _tree_cost(self, tree: Tree, clause: Clause, used: list[str]) -> float:
        if tree.say in used:
            return 50.0
        ago = self.history.since(tree.say)
        striking = tree.fixed >= _STRIKING
        cool = _COOL[max(tree.mark, 3 if striking else 0)]
        worn = striking or tree.fixed >= _WORN
        again = (_AGAIN_HERE if tree.world else _AGAIN) if worn else 0.8
        cost = again * self.history.trees[tree.say]
        cost += 3.0 * max(cool - ago, 0) / cool
        cost += tree.mark * (0.5 - self.voice.marked)
        if not self.history.trees[tree.say]:
            cost -= 0.9 if tree.who else 0.3 if tree.world else 0.0
        cost += self._liking(tree, clause)
        cost -= 0.4 * self.history.motifs.calls_for(clause.text, self.history.sentences)
        return cost + 2.0 * self.history.echo(clause.text)

    def _liking(self, tree: Tree, clause: Clause) -> float:
        """What speaks against some words in this mind's mouth: that it has favourites among them,
        drawn for it; that they liken, or are longer or shorter than what it usually says.
        """
        words = clause.text.count(" ") + 1
        cost = _TOO_LONG * abs(words - self.voice.length - _A_CLAUSE_MORE)
        if tree.likens:
            cost += _LIKENS * (0.5 - self.voice.similes)
        if not tree.who and tree.fixed >= _WORN:
            drawn = (crc32(f"{self._luck} {tree.say}".encode()) & 0xFFFF) / 65535.0
            cost += _TASTE * (drawn - 0.5)
        return cost

    def _draw(self, *keys: int) -> float:
        """A number from 0 to 1, the same for the same keys."""
        mixed = self._luck
        for one in (*keys, self.history.sentences):
            mixed = ((mixed ^ (one + 0x9E3779B9)) * 0x01000193) & 0xFFFFFFFF
            mixed ^= mixed >> 15
        return (mixed & 0xFFFF) / 65535.0

    def _said(self, tree: Tree, wish: Wish, mentions: Mentions) -> Clause | None:
        """A clause in words; None: one of its slots cannot be filled."""
        record = wish.record
        hedge = plan.THOUGHT if tree.hedged and not wish.hedge else wish.hedge
        named: list[int] = []
        turn = int(1000 * self._draw(record.id, 7))
        filler = Filler(self, record, mentions, named, turn, tree, wish.relative)
        try:
            pieces = tree.pieces(
                filler, self.lexicon.words.irregular, wish.form, many=self.mind.tells == THEY
            )
        except Unfillable:
            return None
        own = "licensed" if tree.demands else "lexicon"
        origins = self._hedged(
            [("testimony" if isinstance(part, Slot) else own, text) for part, text in pieces], hedge
        )
        return Clause(
            wish.frame, tree, record.id, wish.form, hedge, wish.asks, wish.cites, tuple(named),
            seal(record), "".join(text for _, text in origins), wish.relative, tuple(origins),
        )  # fmt: skip

    def _hedged(self, origins: list[tuple[str, str]], hedge: str) -> list[tuple[str, str]]:
        """What a clause says, with its doubt."""
        if hedge == plan.PERHAPS:
            return [("figure", "perhaps "), *origins]
        if hedge == plan.THOUGHT:
            return [*origins, ("figure", f", {OWN['I'][self.mind.tells]} thought")]
        if hedge == plan.SEEMED:
            return [("figure", "it seemed that "), *origins]
        return origins


def _is_thought(text: str) -> bool:
    """Whether a sentence ends on its doubt: he thought."""
    return text.endswith(" thought.")


def _demands(wanted: Wanted, place: int) -> Demands:
    """What a clause of a sentence must be like, by its place."""
    wishes, joints = wanted.wishes, wanted.joints
    aside = _is_aside(wishes[place])
    after_aside = place > 0 and all(_is_aside(wish) for wish in wishes[:place])
    before = joints[place - 1] if place else ""
    return Demands(
        joined=len(wishes) > 1 and not aside,
        opened=not aside
        and (bool(wanted.opening) or after_aside or before in OPENS),
        plain=len(wishes) > 2 or any(map(_is_aside, wishes)) or any(one in OPENS for one in joints)
        or bool(wanted.opening) or place < len(wishes) - 1,
        closes_with_whom=[one.relative or one.frame == f"tie/{WHO}"
                          for one in wishes[place + 1 : place + 2]] == [True],
        mine=wishes[place].mine,
        theirs=wishes[place].theirs,
    )  # fmt: skip


def _alike(tree: Tree) -> int:
    """How much a tree reads alike wherever it is told: 0 it does, but for names and numbers; 1
    where those are named of whom it tells; 2 there is more in it that differs.
    """
    rest = tree.slots() - _ALIKE
    return 0 if not rest else 1 if rest <= {"whom", "whom's"} else 2


def _is_aside(wish: Wish) -> bool:
    """Whether a clause is set into another one."""
    return wish.frame.endswith((f"/{WITH}", f"/{WHO}"))


def assembled(clauses: tuple[Clause, ...], wanted: Wanted, figure: str) -> Sentence:
    """A sentence out of its clauses: joined, begun with a capital, and closed."""
    text = wanted.opening + clauses[0].text
    series = is_series(clauses, wanted.joints)
    for joint, before, clause in zip(wanted.joints, clauses, clauses[1:], strict=False):
        piece = clause.text
        shared = clause.tree.begins_with_me and before.tree.begins_with_me and not before.hedge
        drops = series or (shared and joint == AND)
        if drops and piece.split(" ", 1)[0] in OWN["I"]:
            piece = piece.split(" ", 1)[1]
        if clause.relative and joint == AND:
            piece = piece.removeprefix("who ")
        text += joint + piece
    text = capital(text) + _end(text, clauses[-1].asks)
    return Sentence(text, clauses, wanted.joints, figure, wanted.opening)


def is_series(clauses: Sequence[Clause], joints: Sequence[str]) -> bool:
    """Whether clauses are deeds of whoever tells, one after the other, said of him once."""
    mine = all(clause.tree.begins_with_me and not clause.hedge for clause in clauses)
    return mine and len(clauses) > 2 and [*joints] == [COMMA] * (len(clauses) - 2) + [BUT]


def _end(text: str, asks: bool) -> str:
    """What closes a sentence."""
    inner = text.removesuffix("”")
    if inner[-1:] in ".!?":
        return ""
    return "?" if asks else "."
