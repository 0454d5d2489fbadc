"""Sight, one fighter at a time: cone and touch, numbers, mistakes.

Near ones are seen one by one (``in_view``), or felt. A crowd farther off is seen as a crowd; how
much of it depends on the heads in between (``through``) and on the height of one's eyes.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from affray.rules.compiled import rule
from affray.rules.maths import clamp, grow
from affray.rules.tire import weariness
from affray.world import words as w

f8 = np.float64
f4 = np.float32


@rule
def in_view(dx, dy, d2, hx, hy, cone_cos, hidden):
    """Whether one at (dx, dy) is seen, and not only felt, by one who faces (hx, hy).

    All float32, for the vector loop.
    """
    return (dx * hx + dy * hy >= cone_cos * np.sqrt(d2)) & (not hidden)


@rule
def shows_face(dx, dy, d2, his_hx, his_hy, turned_cos):
    """Whether the face of one at (dx, dy), who faces (his_hx, his_hy), is turned here.

    As far as in profile: what it shows is still read there. All float32, for the vector loop.
    """
    return -(dx * his_hx + dy * his_hy) >= turned_cos * np.sqrt(d2)


@rule
def has_in_view(dx, dy, radius_m, hx, hy, cone_cos):
    """Whether all within ``radius_m`` of (dx, dy) is in the view of one who faces (hx, hy)."""
    if cone_cos <= -1.0:
        return True
    along, across = dx * hx + dy * hy, abs(dx * hy - dy * hx)
    return sqrt(1.0 - cone_cos * cone_cos) * along - cone_cos * across >= radius_m


@rule
def cone(act, all_round, grip, p):
    """Cosine of half the angle that this fighter takes in, as busy as he is; and his attention.

    The attention is what is left for whatever happens beside him: the chance that he notices it in
    a look. Who is transfixed has eyes for nothing else, all-round sight or not.
    """
    if grip > 0:
        return p.sight_busy_cone_cos, p.attend_rapt
    if p.sight_all_round * f8(all_round) > 0.0:
        return -2.0, 1.0
    if act >= w.HELP_UP:
        return p.sight_busy_cone_cos, p.attend_care
    if act == w.STRIKE or act == w.LUNGE or act == w.GUARD:
        return p.sight_cone_cos, p.attend_fight
    return p.sight_cone_cos, 1.0


@rule
def felt_m(notices, act, p):
    """Distance (m) at which others are felt from any side: less for one whose mind is elsewhere.

    Whose hands are on somebody keeps touch, however little else he takes in.
    """
    if notices or act >= w.HELP_UP:
        return p.sight_touch_m
    return p.sight_touch_m * p.attend_touch_share


@rule
def through(bodies, arc_m, eyes_m, p):
    """Share of what lies behind that is seen between and above ``bodies`` standing on an arc."""
    above = clamp(1.0 - p.sight_over_heads * max(eyes_m - 1.65, 0.0) / 0.25, 0.0, 1.0)
    shade = above * f8(bodies) * p.sight_body_width_m / arc_m
    return 1.0 / (1.0 + shade + 0.5 * shade * shade)


@rule
def shows_eyes(dx, dy, d_m, his_hx, his_hy, light, p):
    """Whether the eyes of one in view at (dx, dy) can be read: near, in the light, turned here."""
    turned_here = -(dx * his_hx + dy * his_hy) >= p.sight_face_cos * d_m
    return turned_here and d_m <= p.sight_eyes_m * light


@rule
def is_blur(speed_m_per_s, dx, dy, d_m, his_hx, his_hy, training, p):
    """Whether one at (dx, dy) moves too fast across the view for these eyes to tell who it is.

    He is taken to move the way he faces.
    """
    across_m = abs(his_hx * dy - his_hy * dx) / max(d_m, 0.1)
    angular = speed_m_per_s * across_m / max(d_m, 0.1)
    follows = p.sight_follow_rad_per_s * (1.0 + p.sight_follow_trained * training)
    return speed_m_per_s > p.sight_blur_m_per_s and angular > follows


@rule
def load(me, foes_near, attention, p):
    """What grips somebody while he counts, 0 to 1: enemies near, fear, pain, weariness, work."""
    spent = weariness(f8(me.stamina), f8(me.fatigue))
    grips = p.sight_load_foe * foes_near + f8(me.fear) + f8(me.pain) + spent
    return clamp(grips + 1.0 - attention, 0.0, 1.0)


@rule
def estimate(count, luck, load_, p):
    """A fighter's estimate of a number that he sees: exact up to a few, then too low and uncertain.

    Judged numbers grow as N to the 0.75 (between N^0.8 and root N in the sources), with a
    lognormal spread; ``luck`` is a standard normal number. Under load more is missed, and the
    spread is wider.
    """
    few = p.sight_count_from
    if count <= few:
        return count
    ratio = count / few
    root = sqrt(ratio)
    spread = p.sight_count_spread * (1.0 + p.sight_count_load * load_)
    taken_in = 1.0 - p.sight_count_load_low * load_
    return taken_in * few * root * sqrt(root) * grow(spread * clamp(luck, -3.0, 3.0))


@rule
def confusion_rate(fear, light, training, p):
    """Rate (1/s) at which one in a melee takes a friend for a foe."""
    dark = 1.0 + p.sight_confusion_dark * (1.0 - light)
    terror = 1.0 + p.sight_confusion_fear * fear
    return p.sight_confusion_per_s * dark * terror * (1.5 - training)
