"""What one fighter perceives in one tick: the record ``PERCEPT``, from nothing but the outsides.

The same function serves the crowd, the log of a witness and the test of the first law.
"""

from __future__ import annotations

import numpy as np

from affray.engine.crowds import see_crowds
from affray.engine.near import NOBODY, SLOTS, UNFIX, row_at, see_near, slot_of
from affray.rules import luck as purpose
from affray.rules.compiled import part, rule
from affray.rules.grip import felt_m
from affray.rules.luck import bell, chance
from affray.rules.maths import hazard
from affray.rules.see import cone, confusion_rate, estimate
from affray.rules.show import HIGH_M, eyes_m
from affray.world import battlefield as b

f8 = np.float64
i8 = np.int64
u4 = np.uint32


@part
def hostile_mask(world, side):
    """Bit s set for each side s hostile to ``side``."""
    mask = 0
    for s in range(world.hostile.shape[1]):
        if world.hostile[side, s]:
            mask |= 1 << s
    return mask


@part
def _towards(state, key, runs, me, seen_dx_dy):
    """Row of the fighter in a key; his offset and distance into ``seen_dx_dy``; -1: nobody."""
    if key == NOBODY:
        return i8(-1)
    row = row_at(key & (SLOTS - 1), runs)
    dx = f8(state.outside.x[row]) - f8(me.x)
    dy = f8(state.outside.y[row]) - f8(me.y)
    seen_dx_dy[0] = dx
    seen_dx_dy[1] = dy
    seen_dx_dy[2] = np.sqrt(dx * dx + dy * dy)
    return row


@rule
def key_of_foe(found, mistaken):
    """The one he turns against: the nearest enemy on his feet, else the nearest on the ground.

    In a melee he may be mistaken, and take the nearest companion for an enemy.
    """
    if found.foe == NOBODY:
        return found.prone
    if mistaken and found.friend != NOBODY:
        return found.friend
    return found.foe


@part
def _one_by_one(world, state, row, me, found, offset, runs, mistaken, eyes, seen):
    """Turn what was found near into percepts."""
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
    foe = _towards(state, key_of_foe(found, mistaken), runs, me, offset)
    seen.foe = -1
    seen.foe_dx = 0.0
    seen.foe_dy = 0.0
    seen.foe_m = 0.0
    seen.foe_open = 0
    seen.foe_down = 0
    if foe >= 0:
        look = i8(state.outside.look[foe])
        seen.foe = state.outside.id[foe]
        seen.foe_dx = offset[0]
        seen.foe_dy = offset[1]
        seen.foe_m = offset[2]
        if (look >> b.LOOK_HIGH) & 1 != i8(me.perch >= HIGH_M):
            rise = 0.25 * f8((look >> b.LOOK_TALL) & 63) - eyes
            seen.foe_m = np.sqrt(offset[2] * offset[2] + rise * rise)
        away = f8(state.outside.hx[foe]) * offset[0] + f8(state.outside.hy[foe]) * offset[1] > 0.0
        exposed = ((look >> b.LOOK_OPEN) & 1) | ((look >> b.LOOK_PAUSES) & 1)
        seen.foe_open = exposed | i8(away)
        seen.foe_down = (look >> b.LOOK_DOWN) & 1
    hurt = _towards(state, found.hurt, runs, me, offset)
    seen.hurt = -1
    seen.hurt_dx = 0.0
    seen.hurt_dy = 0.0
    seen.hurt_m = 0.0
    seen.hurt_down = 0
    if hurt >= 0:
        seen.hurt = state.outside.id[hurt]
        seen.hurt_dx = offset[0]
        seen.hurt_dy = offset[1]
        seen.hurt_m = offset[2]
        look = i8(state.outside.look[hurt])
        seen.hurt_down = (look >> b.LOOK_DOWN) & 1 & ~(look >> b.LOOK_OUT)
    fallen = _towards(state, found.fallen, runs, me, offset)
    seen.fallen = -1
    seen.fallen_leader = 0
    seen.fallen_ago = 0
    if fallen >= 0:
        look = i8(state.outside.look[fallen])
        seen.fallen = state.outside.id[fallen]
        seen.fallen_leader = (look >> b.LOOK_LEADER) & 1
        seen.fallen_ago = (look >> b.LOOK_AGE) & 7
    runaway = _towards(state, found.runaway, runs, me, offset)
    seen.runaway = state.outside.id[runaway] if runaway >= 0 else -1
    friend = _towards(state, found.friend, runs, me, offset)
    seen.companion = state.outside.id[friend] if friend >= 0 else -1


@part
def _recall(memory, me, tick, dt, p, seen):
    """Where enemies were last perceived, while that is fresh and none is perceived now."""
    seen.lost = 0
    seen.recall_m = 0.0
    seen.recall_dx = 0.0
    seen.recall_dy = 0.0
    ago = f8(tick - memory.foe_tick) * dt
    if memory.foe_tick < 0 or seen.foe >= 0 or seen.crowd_m > 0.0:
        return
    if ago > p.sight_recall_s:
        seen.lost = 1
        return
    seen.recall_dx = f8(memory.foe_x) - f8(me.x)
    seen.recall_dy = f8(memory.foe_y) - f8(me.y)
    d2 = seen.recall_dx * seen.recall_dx + seen.recall_dy * seen.recall_dy
    seen.recall_m = max(np.sqrt(d2), 0.1)


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
    light = f8(world.terrain[c].light)
    cone_cos, attention = cone(me.act, trait.sight, me.grip, p)
    touch_m = felt_m(me.grip, p)
    foes = hostile_mask(world, me.side)
    found = mind.found[0]
    slot = slot_of(row, mind.runs)
    see_near(
        mind.xs, mind.ys, mind.looks, mind.slots[0], slot, me.hx, me.hy, foes, cone_cos,
        touch_m, order.x, order.y, p, found,
    )  # fmt: skip
    mistaken = False
    if found.foe != NOBODY:
        rate = confusion_rate(f8(me.fear), light, f8(trait.training), p)
        mistaken = chance(seed, tick, me.luck, purpose.CONFUSE) < hazard(rate, dt)
    seen.tick = tick
    seen.fighter = me.id
    seen.light = light
    seen.attention = attention
    eyes = eyes_m(f8(trait.height), me.status, f8(me.perch))
    _one_by_one(world, state, row, me, found, mind.offset, mind.runs, mistaken, eyes, seen)
    see_crowds(
        world, state, c, me, eyes, cone_cos, mind.own_n, mind.own_mx, mind.own_my, found, seen
    )
    _recall(state.memory[me.id], me, tick, world.clock[0], p, seen)
    seen.estimate = f8(seen.foes_near) + seen.crowd_foes
    if seen.estimate > p.sight_count_from:
        whim = bell(seed, tick, me.luck, purpose.COUNT)
        seen.estimate = estimate(seen.estimate, whim, p)
