"""How long an act takes: nobody does the same thing twice in the same time.

The deviation of response and movement times grows in proportion to their mean (Wagenmakers and
Brown 2007), so the time that an act takes is scaled by luck. Without this, two lines that begin
to shoot at once go on to shoot as one, and the salvos of the many are wasted on the same few.
"""

from __future__ import annotations

from affray.rules.compiled import rule
from affray.rules.luck import bell
from affray.rules.maths import clamp, ticks_of

_SHORTEST = 0.2  # however lucky the hand, as a share of the usual time


@rule
def ticks_taken(seconds, seed, tick, luck, purpose, dt, p):
    """Whole ticks, at least one, that an act of usually ``seconds`` takes this time."""
    scale = 1.0 + p.body_uneven * bell(seed, tick, luck, purpose)
    return ticks_of(seconds * clamp(scale, _SHORTEST, 2.0), dt)
