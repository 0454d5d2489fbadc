"""Whether words make sense of a record after what was just told: that they say no more than it
does, leave nothing open that only the sentence before could say, and are not said twice.
"""

from __future__ import annotations

import re

from affray.record.testimony import Record
from affray.tell.aims import about
from affray.tell.kinds import ANSWERS, COMES, FOES, OF_FOES, OF_OURS, OURS, SPEECH
from affray.tell.lexicon import Lexicon, is_drawn
from affray.tell.mentions import Mentions
from affray.tell.mind import Mind
from affray.tell.trees import Tree
from affray.tell.voice import History

_THEY = re.compile(r"\b(?:[Tt]hey|[Tt]hem|[Tt]heir)\b")
_IT_IS_HE = re.compile(r"\bit \[be\] \{whom\}|: (?:now )?\{whom\}$")
"""Words that say who somebody is."""
_NAMES_A_SIDE = frozenset(("foes", "ours", "unit"))
_KNOWN_WORDS = 0.5  # a phrase of which as much was said is known word for word


class Sense:
    """What makes sense in one mind's telling. ``history``: of the whole telling."""

    def __init__(self, mind: Mind, lexicon: Lexicon, history: History) -> None:
        self._mind = mind
        self._lexicon = lexicon
        self._history = history

    def makes(self, tree: Tree, frame: str, record: Record, mentions: Mentions) -> bool:
        """Whether a tree makes sense of a record, said as a frame, right after what was told."""
        if is_drawn(frame):
            return True
        if not self._licensed(tree, record) or _is_of_nobody(tree, record, mentions):
            return False
        if _IT_IS_HE.search(tree.say) and not self._is_told_apart(record):
            return False
        if frame in COMES and ("notion" in tree.slots()) == self._says_again(record, mentions):
            return False
        roots = (*record.links.get("answers", ()), *record.links.get("evidence", ()))
        if mentions.just_told(roots):
            return not (frame in ANSWERS and "word" in tree.slots())
        return not self._leaves_open(frame, tree, record)

    def _licensed(self, tree: Tree, record: Record) -> bool:
        """Whether a tree says no more than a record, and what came before it."""
        if tree.of and about(self._mind, record) not in tree.of:
            return False
        return tree.suits(record.features) and all(
            any(one.id < record.id for one in self._mind.of(pred)) for pred in tree.presupposes
        )

    def _leaves_open(self, frame: str, tree: Tree, record: Record) -> bool:
        """Whether a tree leaves open what only the thing before it could say: whose words these
        are, which order was obeyed, what lifted one, of whom one thinks.
        """
        if frame == "lifted":
            return True
        if frame in ANSWERS:
            return "word" not in tree.slots()
        if record.get("tone") == "deny" and "notion" not in tree.slots():
            return True
        if frame == "holds":
            return ("of" in tree.slots()) == (record.of in ("", self._mind.name))
        return frame in SPEECH and tree.is_mere_speech

    def _is_told_apart(self, record: Record) -> bool:
        """Whether it says something to say who it was: not that he is one more of one's own."""
        if record.whom < 0 or self._mind.kind(record.whom) not in ("friend", "mate"):
            return True
        label = self._mind.label(record.whom, record.tick)
        return label is not None and bool(label.name or label.mate)

    def _says_again(self, record: Record, mentions: Mentions) -> bool:
        """Whether a notion comes to mind of which it was just told that somebody said it, and in
        the words in which it would be thought.
        """
        if not any(
            self._mind.records[one].get("notion") == record.get("notion")
            for one in mentions.told_before | mentions.told_now
        ):
            return False
        notion = self._lexicon.words.notions.get(str(record.get("notion")))
        return notion is not None and all(
            self._history.echo(one) >= _KNOWN_WORDS for one in notion.thought
        )


def _is_of_nobody(tree: Tree, record: Record, mentions: Mentions) -> bool:
    """Whether a tree says "they" or "them" of a side that was not spoken of last."""
    meant = FOES if record.pred in OF_FOES else OURS if record.pred in OF_OURS else ""
    if not meant or meant == mentions.they or tree.slots() & _NAMES_A_SIDE:
        return False
    return any(isinstance(part, str) and _THEY.search(part) for part in tree.parts)
