"""What comes about once more, or is more than it was: told as such, since it was told before.

Nothing leads a reader on as a thing that he knows already, and that has changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from affray.record.testimony import Record
from affray.tell.figures import Move, View, figure, move, one
from affray.tell.lexicon import AGAIN, COMES_AGAIN, FEWER, GROWS, MORE

_LATELY_S = 120.0  # what was told of so long ago a reader has in mind
_MORE, _FEWER = 1.5, 0.67  # times as many are more, or fewer
_MORE_AFRAID = 0.2  # by so much fear has grown
RETURNS = "once more"


@figure
def once_more(view: View) -> Iterator[Move]:
    """What was told before, and is so again, or more so."""
    here, before = view.here, view.before
    if before is None or view.mind.testimony.seconds(here.tick - before.until) > _LATELY_S:
        return
    for facet in (*_grown(here, before), *_again(view, before)):
        yield move(RETURNS, [one(here, f"{here.pred}/{facet}", cites=(before.id,))], [here], 1)


def _grown(here: Record, before: Record) -> Iterator[str]:
    """How there is more or less of a thing than before."""
    if here.pred not in GROWS or here.get("bearing") != before.get("bearing"):
        return
    if here.pred == "fear":
        much, was = float(here.get("much", 0.0)), float(before.get("much", 0.0))
        yield from (MORE,) if much >= was + _MORE_AFRAID else ()
        return
    many, were = int(here.get("number", 0)), int(before.get("number", 0))
    if were > 0 and many >= _MORE * were:
        yield MORE
    elif here.pred == "foes_many" and 0 < many <= _FEWER * were:
        yield FEWER


def _again(view: View, before: Record) -> Iterator[str]:
    """Whether a thing came about once more, after it was over; of people, to another one."""
    here = view.here
    over = before.until < here.tick or before.whom >= 0
    if here.pred in COMES_AGAIN and over and (here.whom < 0 or _are_two(view, before)):
        yield AGAIN


def _are_two(view: View, before: Record) -> bool:
    """Whether the record at hand is about somebody else than one before it, as far as one knows:
    somebody whom one has lost from sight, and knows again, is the same.
    """
    one, other = (view.mind.label(each.whom, each.tick) for each in (view.here, before))
    if view.here.whom == before.whom:
        return False
    return one is None or other is None or (one.name, one.mate) != (other.name, other.mate)
