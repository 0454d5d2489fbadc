"""What one feels of oneself: how long it has lasted, and that one bleeds.

Time seems longer under stress (Stetson, Fiesta and Eagleman, 2007). A wound is felt as a blow,
but how it bleeds is noticed late: by pain, in a lull, by weakness, or because somebody says so.
"""

from __future__ import annotations

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp

f8 = np.float64

BLEEDS = 100  # 0.01 mL/s: less than that nobody heeds
KNOWN_MOST = 65535.0


@rule
def felt(me, dt, p):
    """Seconds that ``dt`` seconds seem to last."""
    stress = max(f8(me.fear), f8(me.pain))
    return dt * (p.feel_time_runs + p.feel_time_stress * stress)


@rule
def known_of(flow, p):
    """How much (0.01 mL/s) one believes to bleed who has just noticed that he does."""
    return np.int64(min(p.feel_bleeding_share * f8(flow), KNOWN_MOST))


@rule
def unnoticed(flow, known, p):
    """Whether one bleeds so much more than he knows that he could notice."""
    return known_of(flow, p) > np.int64(known) + BLEEDS


@rule
def notice_rate(me, foes_near, lost, p):
    """Rate (1/s) at which one notices by oneself how one bleeds."""
    over = (f8(me.pain) - p.body_pain_threshold) / (1.0 - p.body_pain_threshold)
    rate = p.feel_notice_per_s + p.feel_notice_pain_per_s * clamp(over, 0.0, 1.0)
    if foes_near == 0:
        rate = rate + p.feel_notice_lull_per_s
    if lost >= p.body_class_2:
        rate = rate + p.feel_notice_weak_per_s
    return rate
