"""In what order the scenes of a chorus are told, and on what they end.

A scene stands where it ends, so that what comes out is told when all that led to it was. The last
of all ends on what turned in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from affray.tell.mind import Mind
from affray.tell.offers import Offer
from affray.tell.scenes import Stretch, ended
from affray.tell.turning import turning_points

_LEAST_LEFT = 0.5  # of the records of the last scene, where it is cut after what turned


def when(offer: Offer) -> tuple[int, int, int, int]:
    """Where a scene stands in a chorus."""
    return offer.place, offer.stretch.last_tick, offer.stretch.from_tick, offer.mind


def arranged(minds: Sequence[Mind], places: Sequence[Sequence[Offer]]) -> list[list[Offer]]:
    """The scenes between moments, in the order and to the point to which they are told."""
    found = [_ending(sorted(offers, key=when)) for offers in places]
    if found and found[-1]:
        *before, last = found[-1]
        found[-1] = [*before, replace(last, stretch=_to_the_turn(minds[last.mind], last.stretch))]
    return found


def _ending(offers: Sequence[Offer]) -> list[Offer]:
    """Scenes that lead up to one moment; if it is but a scream, the last of them alone ends on it,
    and the others on what mattered before.
    """
    found = list(offers)
    for place, one in enumerate(found[:-1]):
        *before, end = one.stretch.episodes
        if one.stretch.shared and before and end.records[-1].pred == "scream":
            stretch = replace(one.stretch, episodes=tuple(ended(before)), shared=False)
            found[place] = replace(one, stretch=stretch)
    return found


def _to_the_turn(mind: Mind, stretch: Stretch) -> Stretch:
    """A scene without what comes after its last turning point, if that leaves most of it."""
    turn = max(turning_points(mind, stretch.episodes).values(), default=None)
    if turn is None or stretch.shared:
        return stretch
    kept = [replace(one, records=[each for each in one.records if each.tick <= turn])
            for one in stretch.episodes]  # fmt: skip
    left = sum(len(one.records) for one in kept)
    if left < _LEAST_LEFT * sum(len(one.records) for one in stretch.episodes):
        return stretch
    return replace(stretch, episodes=tuple(one for one in kept if one.records))
