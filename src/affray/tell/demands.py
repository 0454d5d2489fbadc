"""What a clause must be like for its place in a sentence: whose it is, and what it may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from affray.tell.english import ING
from affray.tell.filler import opens_with_whom
from affray.tell.joints import BECAUSE, OPENS, STOP, UNTIL
from affray.tell.lexicon import WHO, WITH
from affray.tell.plan import Wanted, Wish
from affray.tell.pronouns import OWN
from affray.tell.trees import Tree, Verb

_POINTS = ("it [be]", "that [be]")
"""How a clause begins that points at somebody, and would point at nothing after "when"."""
_IN_PARTS = re.compile(r"[.;:]| and (?:\{|there|of )")
_NEW_SUBJECT = re.compile(r" and \w")
"""In a clause, before another verb of it: somebody or something else does what follows."""
_CRIES = re.compile(r"!(?!”)")
"""A mark in the midst of a clause, or at its end, after which no comma stands."""
_BEGINS = ("now ", "then ", "“")
"""How what stands at the beginning of a sentence begins, or by itself."""
_ENDS = (" now", " by then")
_PARTS = (" and ", ",", ";", ":", ". ")
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
    relative: bool = False  # it goes on about somebody: "who ..."
    flat: bool = False  # a doubt at its end would seem to be one of what follows, or of the whole
    at_it: bool = False  # it is said as what one is at, in a word on -ing
    literal: bool = False  # a reason follows it, which would seem to be one of what it likens

    def suit(self, tree: Tree) -> bool:
        """Whether a tree can stand there."""
        return all((
            not self.joined or _can_be_joined(tree),
            not self.opened or _can_be_opened(tree),
            not self.plain or not any(mark in tree.say for mark in _PARTS),
            not self.relative or _can_go_on(tree),
            not self.flat or not tree.hedged,
            not self.at_it or _has_one_verb(tree),
            not self.literal or not tree.likens,
            not self.mine or tree.begins_with_me,
            not self.theirs or opens_with_whom(tree),
            not self.closes_with_whom or tree.ends_with_whom,
        ))  # fmt: skip


def _can_be_joined(tree: Tree) -> bool:
    """Whether a clause can be one of several in a sentence."""
    begins = tree.say.startswith(_BEGINS) or tree.say.split(" ", 1)[0] in _CONJUNCTIONS
    cries = _CRIES.search(tree.say) is not None
    return not (tree.is_fragment or begins or cries or "?" in tree.say)


def _can_be_opened(tree: Tree) -> bool:
    """Whether a clause can stand after "when" or "because"."""
    return tree.can_follow and not tree.say.startswith(_POINTS) and not tree.say.endswith(_ENDS)


def _can_go_on(tree: Tree) -> bool:
    """Whether a clause can go on about somebody: "who ..."."""
    if tree.slots() & (OWN.keys() - {"me"}) or _IN_PARTS.search(tree.say) is not None:
        return False
    verbs = [place for place, part in enumerate(tree.parts) if isinstance(part, Verb)]
    return not any(  # who bled and [somebody] had to do something
        isinstance(part, str) and _NEW_SUBJECT.search(part) is not None
        for part in tree.parts[: verbs[-1] if verbs else 0]
    )


def _has_one_verb(tree: Tree) -> bool:
    """Whether a clause says but one thing of its subject, so that one form holds for all of it."""
    return sum(isinstance(part, Verb) for part in tree.parts) == 1


def demands_of(wanted: Wanted, place: int) -> Demands:
    """What a clause of a sentence must be like, by its place."""
    wishes, joints = wanted.wishes, wanted.joints
    aside = _is_aside(wishes[place])
    after_aside = place > 0 and all(_is_aside(wish) for wish in wishes[:place])
    before = joints[place - 1] if place else ""
    return Demands(
        joined=len(wishes) > 1 and not aside,
        opened=not aside
        and (bool(wanted.opening) or after_aside or before in OPENS),
        plain=len(wishes) > 2 or any(map(_is_aside, wishes))
        or not {*joints}.isdisjoint((*OPENS, STOP)) or bool(wanted.opening)
        or place < len(wishes) - 1,
        closes_with_whom=[one.relative or one.frame == f"tie/{WHO}"
                          for one in wishes[place + 1 : place + 2]] == [True],
        mine=wishes[place].mine,
        theirs=wishes[place].theirs,
        relative=wishes[place].relative,
        flat=place < len(joints) or before in OPENS,
        at_it=wishes[place].form == ING,
        literal=joints[place : place + 1] in ((BECAUSE,), (UNTIL,)),
    )  # fmt: skip


def _is_aside(wish: Wish) -> bool:
    """Whether a clause is set into another one."""
    return wish.frame.endswith((f"/{WITH}", f"/{WHO}"))
