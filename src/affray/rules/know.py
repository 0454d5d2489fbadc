"""What can be made out of somebody from where one stands: his face, his hair, his build, a crest.

The smaller the thing the nearer one must be, and the more light there must be on him. Faces: half
of those one knows well are known at about 16 m, few beyond 25 m (Loftus and Harley, 2005).
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp
from affray.world.people import BUILD, CREST, FACE, HAIR

f8 = np.float64
i8 = np.int64


@rule
def cues_of(d_m, light, shows_face, is_blur, p):
    """The cues (bits) that somebody at ``d_m`` gives, in so much light."""
    cues = i8(0)
    if d_m <= p.know_build_m * light:
        cues |= BUILD
    if d_m <= p.know_hair_m * light:
        cues |= HAIR
    if d_m <= p.know_crest_m * light:
        cues |= CREST
    if shows_face and not is_blur and d_m <= p.know_face_m * light:
        cues |= FACE
    return cues


@rule
def skill_seen(training, whim, p):
    """How able one who fights seems to an onlooker; ``whim``: a draw from the bell."""
    return clamp(training + p.know_skill_error * whim, 0.0, 1.0)


@rule
def let_through(bodies, p):
    """Share of what lies behind that is seen past ``bodies`` standing in one cell of 2 m."""
    return 1.0 / (1.0 + p.sight_body_width_m * f8(bodies) / 2.0)
