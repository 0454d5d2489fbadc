"""Figures of what is said, and of what is brought to mind: a question with its answer, and words,
a cry, a sight with the thought or the memory that came of it.

Nothing that is said stands in a row of sayings here: it is told with what it met with.
"""

from __future__ import annotations

from collections.abc import Iterator

from affray.record.testimony import Record
from affray.tell import plan
from affray.tell.figures import BARE, Move, View, figure, hedge_for, move, one
from affray.tell.joints import AND_THEN
from affray.tell.kinds import SPEECH
from affray.tell.longer import FIGURES
from affray.tell.mind import CERTAIN
from affray.tell.plan import Wanted, Wish

__all__ = ("FIGURES",)
_HELD = ("belief", "guess", "fear", "consequence")  # what can be half believed
_HALF = 0.5
_MEETS = ("lifted", "looks_here", "gripped", "fear", "breaks", "strikes", "fights", "wound",
          "calm", "held", "free", "fall", "stares", "runs", "throws", "uses")  # fmt: skip
"""What words can meet with."""
_SOON_S = 4.0


def _comes_to_mind(record: Record) -> bool:
    return record.pred == "thinks" or record.get("verdict") == "holds"


def _notion(record: Record) -> Wanted:
    """A notion as it comes to mind, in its own words."""
    asks = record.get("kind") == "question"
    half = record.get("kind") in _HELD and record.sure < _HALF
    hedge = plan.PERHAPS if half else plan.PLAINLY
    return Wanted((Wish(record.pred, record, asks=asks, hedge=hedge),))


@figure
def thought(view: View) -> Iterator[Move]:
    """A notion as it comes to mind."""
    if view.here.pred in ("thinks", "concludes") and _comes_to_mind(view.here):
        yield move("thought", [_notion(view.here)], [view.here], 1)


@figure
def said(view: View) -> Iterator[Move]:
    """What somebody said, in his words, or oneself."""
    if view.here.pred in SPEECH:
        yield move("said", [one(view.here)], [view.here], 1)


@figure
def exchange(view: View) -> Iterator[Move]:
    """A question, and its answer, with nothing between them; and what came to mind of that."""
    asked = view.here
    if asked.pred not in SPEECH or asked.get("tone") != "ask":
        return
    answer = next(
        (each for each in view.after[:5] if asked.id in each.links.get("answers", ())), None
    )
    if answer is None:
        return
    yield move("exchange", [one(asked), one(answer)], [asked, answer], 1, apart=True)


def _cued(view: View) -> Iterator[Record]:
    """What came to mind of the record at hand."""
    for other in view.after[:5]:
        roots = (*other.links.get("cue", ()), *other.links.get("evidence", ()))
        if view.here.id in roots:
            yield other


@figure
def brought_to_mind(view: View) -> Iterator[Move]:
    """What was said, heard or seen, and the thought or the memory that it brought."""
    here = view.here
    label = view.mind.label(here.whom, here.tick) if here.whom >= 0 else None
    in_doubt = here.pred not in SPEECH and label is not None and label.sure < CERTAIN
    if (here.pred in BARE and here.pred not in SPEECH) or hedge_for(here) or in_doubt:
        return  # who it may be is said before what that one brought to mind
    for other in _cued(view):
        if other.pred in ("thinks", "concludes") and _comes_to_mind(other):
            yield move("brought to mind", [one(here), _notion(other)], [here, other], 1)
            return
        if other.pred == "recalls" and view.scenes(other):
            scenes = [one(other, f"recalls/{number}") for number in view.scenes(other)]
            yield move("brought back by", [one(here), *scenes], [here, other], 2, apart=True)
            return


@figure
def said_and_met(view: View) -> Iterator[Move]:
    """What was said, and what one did or felt at that."""
    here = view.here
    if here.pred not in SPEECH:
        return
    for other in view.after[:3]:
        met = other.pred in _MEETS and other.tick >= here.tick
        if met and view.mind.testimony.seconds(other.tick - here.tick) <= _SOON_S:
            yield move("said and met", [one(here), one(other)], [here, other], 1)
            wishes = (Wish(here.pred, here), Wish(other.pred, other))
            yield move("said, and then", [Wanted(wishes, (AND_THEN,))], [here, other], 2)
            return
