"""Which scenes a chorus tells: those that are worth most, and no mind's too often, until there are
words enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from affray.tell.arranged import arranged, when
from affray.tell.mind import Mind
from affray.tell.offers import Offer, is_end
from affray.tell.scenes import LOOKS, Look, joined, short_of
from affray.tell.turning import news, over, turning_points

_CROWDED = 0.8  # what scenes weigh when one more is told of the same time
_AGAIN = 0.75  # what a mind's episodes weigh when it has just told a scene
_TURNS = 0.5  # by how much a scene weighs more for each turning point that no other tells
_BY_LENGTH = 0.5  # how much it matters how long a scene is: with 1.0 it would be worth by the word
_OVER = 0.4  # and what a scene weighs of a time when all has turned that turns
_OF_A_UNIT = 3  # scenes of those of one unit whom nobody named


def planned(
    minds: Sequence[Mind], places: int, offered: Callable[[Look], Sequence[Offer]], words: int
) -> list[list[Offer]]:
    """The scenes of a chorus, for each of so many ``places`` between two moments, in time: those
    that are worth most of what is ``offered``, and no mind's too often, until there are words
    enough; where there is little to tell, it is looked at closer.
    """
    taken: list[Offer] = []
    is_short = True
    for look in LOOKS:
        taken = _ends_on_a_name(offered(look), minds, words)
        is_short = short_of([one.stretch for one in taken], words)
        if not is_short:
            break
    return arranged(minds, [[*_as_one(taken, minds, place, dense=is_short)]
                            for place in range(places)])  # fmt: skip


def _as_one(
    offers: Sequence[Offer], minds: Sequence[Mind], place: int, *, dense: bool
) -> Iterator[Offer]:
    """The scenes of one stretch between moments, of which short ones of one mind that follow each
    other are one; what ends on the moment stands by itself.
    """
    for number, mind in enumerate(minds):
        own = [one for one in offers if (one.place, one.mind) == (place, number)]
        shared = [one for one in own if one.stretch.shared]
        yield from shared
        since = min((one.stretch.from_tick for one in shared), default=None)
        left = sorted((one.stretch for one in own if not one.stretch.shared),
                      key=lambda one: one.from_tick)  # fmt: skip
        early = [one for one in left if since is None or one.last_tick <= since]
        for some in (early, left[len(early) :]):
            for stretch in joined(mind, some, dense=dense):
                yield Offer(place, number, stretch, stretch.worth)


def _ends_on_a_name(offers: Sequence[Offer], minds: Sequence[Mind], words: int) -> list[Offer]:
    """The scenes that are told, of which the last is of somebody with a name, if there is any."""
    left = list(offers)
    while True:
        taken = _taken(left, minds, words)
        last = max((when(one) for one in taken if minds[one.mind].name), default=None)
        trailing = [one for one in taken if last is not None and when(one) > last]
        if not trailing:
            return taken
        left = [one for one in left if one not in trailing]


def _taken(offers: Sequence[Offer], minds: Sequence[Mind], words: int) -> list[Offer]:
    """Those of some scenes that are told, the best first. Those of one unit whom nobody named are
    heard as one, and not too often.
    """
    taken = _last_of(offers)
    heard = [_heard_as(mind) for mind in minds]
    count = Counter(heard[one.mind] for one in taken)
    turns = {id(one): turning_points(minds[one.mind], one.stretch.episodes) for one in offers}
    told = {point for one in taken for point in turns[id(one)]}
    last = over(turns.values())
    left = [one for one in offers if one not in taken]

    def weight(one: Offer) -> float:
        """What a scene is worth for its length among those taken: the more turns in it, the less it
        matters that others tell of the same time, and that its mind was heard.
        """
        again = count[heard[one.mind]] - _comes_out(one, taken)
        new = news(turns[id(one)].keys() - told)
        late = _OVER if last is not None and one.stretch.from_tick > last else 1.0
        heard_of = late * _AGAIN**again * _CROWDED ** _beside(one, taken)
        for_its_length = one.worth / one.stretch.words**_BY_LENGTH
        return for_its_length * (1.0 + _TURNS * new) * heard_of ** (1.0 / (1.0 + new))

    while left and short_of([one.stretch for one in taken], words):
        best = max(left, key=lambda one: (weight(one), -one.mind, -one.stretch.from_tick))
        taken.append(best)
        told |= turns[id(best)].keys()
        count[heard[best.mind]] += 1
        full = {who for who in heard if not who.is_named and count[who] == _OF_A_UNIT}
        left = [one for one in left if one is not best and heard[one.mind] not in full]
    return taken


class _Heard(NamedTuple):
    """As whom a mind is heard: by its name, or as one of its unit."""

    who: str
    is_named: bool


def _heard_as(mind: Mind) -> _Heard:
    own = mind.testimony.self_
    return _Heard(str(own["name"] or own["unit"]), bool(own["name"]))


def _last_of(offers: Sequence[Offer]) -> list[Offer]:
    """The scene in which it comes out last what somebody wanted of somebody: it is told, whatever
    else there is to tell.
    """
    ends = [one for one in offers if is_end(one.stretch)]
    return [max(ends, key=lambda one: (one.stretch.last_tick, one.worth))] if ends else []


def _beside(offer: Offer, taken: Sequence[Offer]) -> int:
    """How many of some scenes are of the same time."""
    return sum(one.stretch.from_tick <= offer.stretch.last_tick
               and offer.stretch.from_tick <= one.stretch.last_tick for one in taken)  # fmt: skip


def _comes_out(offer: Offer, taken: Sequence[Offer]) -> bool:
    """Whether it comes out in a scene what the same mind wanted in one that is told before."""
    aim = offer.stretch.aim
    return aim is not None and aim.turned and any(
        one.mind == offer.mind and one.stretch.aim is not None
        and one.stretch.aim.name == aim.name and one.stretch.from_tick < offer.stretch.from_tick
        for one in taken
    )  # fmt: skip
