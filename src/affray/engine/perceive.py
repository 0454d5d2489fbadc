"""What one fighter perceives in one tick: the record ``PERCEPT``, from nothing but the outsides.

The same function serves the crowd, the log of a witness and the test of the first law.
"""

from __future__ import annotations

import numpy as np

from affray.engine.beside import look_at_companion, look_at_leader
from affray.engine.crowds import see_crowds
from affray.engine.fire import notice_shots
from affray.engine.lie import terrain_at
from affray.engine.near import NOBODY, SLOTS, UNFIX, lurker, row_at, see_near, slot_of
from affray.engine.scent import smell_at
from affray.engine.singly import look_singly, see_foe
from affray.rules import luck as purpose
from affray.rules.compiled import part, rule, seldom
from affray.rules.hide import makes_out
from affray.rules.luck import bell, chance
from affray.rules.maths import happens
from affray.rules.mood import mood_after, with_eyes
from affray.rules.nature import height_m, training
from affray.rules.see import cone, confusion_rate, estimate, felt_m, in_view, load
from affray.rules.show import eyes_m
from affray.world import battlefield as b
from affray.world import words as w
from affray.world.fields import PLACES_PER_M

f8 = np.float64
i8 = np.int64

_AT_HAND_M = 3.0
_EVERYBODY = (1 << 8) - 1  # all sides there can be


@part
def hostile_mask(world, side):
    """Bit s set for each side s hostile to ``side``."""
    mask = 0
    for s in range(world.hostile.shape[1]):
        if world.hostile[side, s]:
            mask |= 1 << s
    return mask


@part
def foes_of(world, state, me, trait):
    """Bit s set for each side s whose people are enemies to ``me``: all, if he rages."""
    if trait.person > 0 and state.biddings[i8(trait.person) - 1].rages == 1:
        return _EVERYBODY
    return hostile_mask(world, me.side)


@rule
def _miss(found, act):
    """Miss what befell companions beside him; not the one he cares for, if he does that."""
    found.fallen = NOBODY
    found.runaway = NOBODY
    found.friends_fled = 0
    if act < w.HELP_UP:
        found.hurt = NOBODY


@part
def _one_by_one(found, seen):
    """Turn the counts of those near into percepts."""
    friends = found.friends
    seen.foes_near = found.foes
    seen.foes_behind = found.behind
    seen.friends_near = friends
    seen.cover = found.cover
    seen.friends_fleeing = found.friends_fled
    seen.foes_fleeing = found.foes_fled
    each = 1.0 / f8(max(friends, 1))
    seen.faces = found.faces
    seen.fear_seen = f8(found.fear) / f8(max(found.faces, 1)) / 15.0
    seen.weary_seen = f8(found.weary) * each / 15.0
    seen.push_x = f8(found.push_x) * UNFIX
    seen.push_y = f8(found.push_y) * UNFIX
    seen.ahead_m = f8(found.ahead) * UNFIX * each
    seen.foe_faces = found.foe_faces
    seen.foe_fear_seen = f8(found.foe_fear) / f8(max(found.foe_faces, 1)) / 15.0


@part
def _moods(me, seen, dt, p):
    """How afraid both sides seem, after the faces of this look."""
    faces, shown = with_eyes(
        seen.faces, seen.fear_seen, seen.friend_masked, seen.friend_eyes, seen.friend_fear, p
    )
    seen.mood_friends = mood_after(f8(me.mood_friends) / 255.0, faces, shown, dt, p)
    faces, shown = with_eyes(
        seen.foe_faces, seen.foe_fear_seen, seen.foe_masked, seen.foe_eyes, seen.foe_fear, p
    )
    seen.mood_foes = mood_after(f8(me.mood_foes) / 255.0, faces, shown, dt, p)


@part
def _recall(memory, me, tick, dt, p, seen):
    """Where enemies were last perceived, while that is fresh and none is perceived now."""
    seen.lost = 0
    seen.recall_m = 0.0
    seen.recall_dx = 0.0
    seen.recall_dy = 0.0
    ago = f8(tick - memory.foe_tick) * dt
    if memory.foe_tick < 0 or seen.foe >= 0 or seen.foe_blur == 1 or seen.crowd_m > 0.0:
        return
    if ago > p.sight_recall_s:
        seen.lost = 1
        return
    seen.recall_dx = f8(memory.foe_x) / PLACES_PER_M - f8(me.x)
    seen.recall_dy = f8(memory.foe_y) / PLACES_PER_M - f8(me.y)
    d2 = seen.recall_dx * seen.recall_dx + seen.recall_dy * seen.recall_dy
    seen.recall_m = max(np.sqrt(d2), 0.1)


@part
def find(world, state, me, foes, slot, attention, light, tick, mind, found):
    """Id of the enemy in hiding whom ``me`` makes out, -1: none; one nearer than all is his foe."""
    if mind.near.slots[1] == 0:
        return i8(-1)
    p = world.params[0]
    key = lurker(mind.near, slot, me, foes, p)
    if key == NOBODY:
        return i8(-1)
    row = row_at(key & (SLOTS - 1), mind.near.runs)
    whom = i8(state.outside.id[row])
    cover = f8((i8(state.outside.sign[row]) >> b.SIGN_COVER) & 7) / 7.0
    if not makes_out(me, whom, cover, attention, light, world.seed[0], tick, world.clock[0], p):
        return i8(-1)
    found.foe = min(found.foe, key)
    return whom


@part
def perceive(world, state, row, c, tick, mind, seen):
    """Fill ``seen`` with the percepts of the fighter in ``row``, who stands in cell ``c``.

    ``mind``: the scratch arrays, with nine cells gathered and cell c looked around from.
    """
    p = world.params[0]
    me = state.fighters[state.outside.id[row]]
    trait = world.traits[me.id]
    order = world.orders[state.memory[me.id].order]
    seed = world.seed[0]
    dt = world.clock[0] * world.clock[1]
    light = f8(terrain_at(world, c).light)
    cone_cos, attention = cone(me.act, trait.sight, me.grip, p)
    notices = chance(seed, tick, me.luck, purpose.BESIDE) < attention
    touch_m = felt_m(notices, me.act, p)
    foes = foes_of(world, state, me, trait)
    found = mind.found[0]
    slot = slot_of(row, mind.near.runs)
    see_near(mind.near, slot, me, foes, cone_cos, touch_m, order, p, found)
    if not notices:
        _miss(found, me.act)
    seen.found = find(world, state, me, foes, slot, attention, light, tick, mind, found)
    mistaken = False
    if found.foe != NOBODY:
        rate = confusion_rate(f8(me.fear), light, training(trait), p)
        mistaken = happens(chance(seed, tick, me.luck, purpose.CONFUSE), rate, dt)
    seen.tick = tick
    seen.fighter = me.id
    seen.light = light
    seen.smell = smell_at(world, state, c)
    seen.attention = attention
    seen.bleeding = f8(state.memory[me.id].bleeds)
    eyes = eyes_m(height_m(trait), me.status, f8(me.perch))
    _one_by_one(found, seen)
    look_singly(state, me, trait, mind, mistaken, eyes, cone_cos, light, p, seen)
    look_at_companion(world, state, me, cone_cos, seen)
    look_at_leader(world, state, me, cone_cos, seen)
    _moods(me, seen, dt, p)
    see_crowds(world, state, c, me, eyes, cone_cos, mind.around, found, seen)
    _recall(state.memory[me.id], me, tick, world.clock[0], p, seen)
    notice_shots(world, state, c, me, cone_cos, notices, light, seen)
    seen.load = load(me, f8(seen.foes_near), attention, p)
    seen.estimate = f8(seen.foes_near) + seen.crowd_foes
    if seen.estimate > p.sight_count_from:
        whim = bell(seed, tick, me.luck, purpose.COUNT)
        seen.estimate = estimate(seen.estimate, whim, seen.load, p)


@seldom
def turn_on(world, state, me, trait, mark, c, offset, seen):
    """Take the one whom one of the people goes for, if he is at hand, for the enemy he faces."""
    p = world.params[0]
    row = state.row_of[mark]
    look = i8(state.outside.look[row])
    dx, dy = f8(state.outside.x[row]) - f8(me.x), f8(state.outside.y[row]) - f8(me.y)
    d = np.sqrt(dx * dx + dy * dy)
    if d > _AT_HAND_M or (look >> b.LOOK_UP) & 1 == 0:
        return
    cone_cos, _ = cone(me.act, trait.sight, me.grip, p)
    hidden = (look >> b.LOOK_HIDDEN) & 1 == 1
    felt = d <= p.sight_touch_m
    if not felt and not in_view(dx, dy, d * d, f8(me.hx), f8(me.hy), cone_cos, hidden):
        return
    offset[0] = dx
    offset[1] = dy
    offset[2] = d
    eyes = eyes_m(height_m(trait), me.status, f8(me.perch))
    see_foe(state, row, me, trait, offset, eyes, cone_cos, f8(terrain_at(world, c).light), p, seen)
