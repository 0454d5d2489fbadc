"""The mood of a side, as one takes it to be: from the faces one has seen, and from nothing else.

A covered face tells nothing, but eyes can be read at a short distance. What a face shows is
fear; a leader's shows less than he feels (``show.shown_fear``).
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import hazard

f8 = np.float64


@rule
def with_eyes(faces, fear_seen, masked, eyes, eyes_fear, p):
    """Faces read and the mean fear in them, the eyes over a mask counted as part of a face."""
    more = p.mood_eyes_share * f8(masked * eyes)
    total = f8(faces) + more
    if total <= 0.0:
        return 0.0, 0.0
    return total, (f8(faces) * fear_seen + more * eyes_fear) / total


@rule
def mood_after(mood, faces, fear_seen, dt, p):
    """How afraid (0 to 1) one takes a side to be, after a look at so many faces of it."""
    return mood + hazard(p.mood_settles_per_s * min(faces, 1.0), dt) * (fear_seen - mood)
