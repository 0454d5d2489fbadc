"""The scenario that ``affray new`` writes: small, commented, ready to run and to be changed."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from affray.scenario.fields import Name
from affray.world.errors import UsageError

_TEMPLATE = """\
# A battle on paper. Try it:   affray check NAME.yaml   then   affray run NAME.yaml
# Plain numbers are metres, seconds, kilograms, degrees or shares of 1; others are written with
# their unit: 80 cm, 5 min, 30 %. All keys: docs/scenario.md, or `affray schema` for your editor.

affray: 1                       # version of this format
name: NAME
title: A first battle
about: Twenty raiders come up the meadow against as many farmers behind a hedge.
shows: What training and something to stand behind are worth.

field:                          # x runs east, y north, [0, 0] is the south-west corner
  size: [100, 80]
  light: 0.9                    # 1 noon, 0 none
  ground: {absorbency: 4 L/m2, grass: 80 %, going: 1}
  terrain:                      # shapes; later ones lie over earlier ones
    - name: hedge
      band: {from: [60, 20], to: [60, 60], width: 1.5 m}
      going: 0.4
      concealment: 0.5
      height: 1.2 m
    - name: pond
      circle: {at: [35, 15], radius: 8}
      going: 0.2

sides:                          # each fights all others unless hostile_to says otherwise
  - {name: raiders, colour: "#b03a2e"}
  - {name: farmers, colour: "#2471a3"}

units:
  - name: raiding_party
    side: raiders
    count: 20
    place: [20, 40]             # centre of the unit
    facing: east
    formation: {shape: line, ranks: 2}   # line, column, wedge, skirmish or mob
    training: trained           # green, trained, veteran, elite, or 0 to 1
    weapons: [sword, {name: javelin, count: 2}]   # the first is the main one
    armour: leather
    shield: round_shield
    personality: {courage: 0.6, aggression: 0.7}  # averages; 0.5 is ordinary
    leader: {personality: {courage: 0.8}}         # what sets the leader apart, or none
    orders: {do: advance, toward: farmers}

  - name: farmhands
    side: farmers
    count: 22
    place: [70, 40]
    facing: west
    formation: {shape: line, ranks: 2}
    training: green
    weapons: [spear, {name: stone, count: 3}]
    personality: {courage: 0.45, loyalty: 0.7, belief: {mean: 0.8, sd: 0.1}}
    leader: {}                  # gives the orders that have a condition or a way to come
    deputies: 2                 # next in line, if he falls
    orders:                     # one order, or several in time or on conditions
      - {do: hold}
      - {do: charge, when: {foes_within: 8}, by: voice}       # once he sees them so near
      - {do: withdraw, toward: [90, 40], by: horn, when: {friends_flee: 30 %}}
    triggers:                   # what each does of himself: an order, or a leaning for a while
      - {when: {out_of_missiles: true}, do: charge}
      - {when: {wounded: true, alone: true}, lean: {fall_back: 0.6}, lasts: 20 s}

  - name: neighbours            # a reserve waits until a reinforcement calls it in
    side: farmers
    count: 6
    training: green
    weapons: [axe]
    reserve: true

reinforcements:                 # or   when: {at: 3 min}
  - {unit: neighbours, enters: [95, 40], when: {falls_in: farmers, each: 1, enter: 2}}

end:
  after: 15 min
  when: [one_side_left, quiet_for: 60 s]

record: {level: events}         # summary, events or full
"""


_WITH_PEOPLE = """\
# A battle of two people. Try it:   affray check NAME.yaml   then   affray run NAME.yaml
# and, afterwards:   affray why runs/NAME-136 Rue   and   affray why runs/NAME-136 Mara
# What people can have, think and be driven to: `people`, `notions` and `powers` in
# docs/scenario.md.

affray: 1                       # version of this format
name: NAME
title: Two people, and somebody who means harm
about: One steals up on Mara. Rue, whom she holds for dead, watches over her from a thicket.
shows: >-
  What a tie is worth. Set love to 0, or take the guard away, and see who lives, and what comes to
  whose mind.

seed: 136                       # all luck hangs on it: under most, nobody is saved

field:                          # x runs east, y north, [0, 0] is the south-west corner
  size: [60, 60]
  terrain:
    - {name: thicket, circle: {at: [22, 26], radius: 3}, concealment: 0.9}

sides:
  - {name: villagers, hostile_to: [raiders], colour: "#1e8449"}
  - {name: raiders, hostile_to: [villagers], colour: "#b03a2e"}
  - {name: strangers, hostile_to: [], colour: "#566573"}

units:                          # somebody who stands alone is a unit of one
  - {name: mara, side: villagers, count: 1, place: [34, 28], facing: west, training: trained,
     armour: leather, timbre: women, orders: {do: hold}}
  - {name: raider, side: raiders, count: 1, place: [46, 28], facing: west, armour: leather,
     personality: {aggression: 0.9, courage: 0.9}, orders: {do: advance, toward: mara}}
  - {name: rue, side: strangers, count: 1, place: [22, 26], facing: east, training: elite,
     weapons: [knife, {name: stone, count: 5}], orders: {do: hold}}

powers:                         # what a weapon cannot do, put together from effects
  fury:                         # it rises in Rue when Mara is hurt, if he cares enough
    {cast: 0.4 s, lasts: 20 s, again: 5 min, consent: 1, boost: {speed: 1.6, force: 1.4},
     cry: {level: 105 dB, inhuman: true}}

notions:                        # what they may hold true, hope for or ask themselves
  - name: behind_you
    says: that somebody is behind her
    fades: 30 s                 # one is sure of it for a while
  - name: why_save_me
    kind: question              # it stays open: nothing here answers it
    about: Rue
    says: why he should have saved her
    brought_by: [saved, sight]  # what brings it to mind

people:
  - name: Mara
    unit: mara                  # the first of its fighters, unless `number` says otherwise
    looks: {hair: red}          # what she can be known by from afar; faces are always one's own
    memories:                   # the oldest first; tags bring one back, a text alone nothing does
      - the mill
      - {name: the day he went up into the hills, tags: [own_name, sight, voice], of: Rue}
    holds: {why_save_me: 50 %}  # how sure she is of it; she has not made up her mind
    ties:
      Rue: {love: 0.8, trust: 0.9, dead: 95 %}   # all but sure that he is dead, and wrong
    drives:                     # what she is driven to, besides what any fighter does
      - {do: seek, whom: Rue, strength: 1, when: [{what: mistaken}, {what: quiet, within: 4}]}

  - name: Rue
    unit: rue
    looks: {build: lanky}
    powers: [fury]
    holds: {behind_you: 90 %}
    ties:
      Mara: {love: 0.9, skill: 0.3}          # as able as she was when he last saw her
    drives:
      - {do: say, whom: Mara, notion: behind_you, names: true, tone: shout, strength: 1,
         when: {what: threatened}}           # once, unless it says `again`
      - {do: watch, whom: Mara}              # keeps still, unless something stronger stirs
      - {do: guard, whom: Mara, strength: 6, when: {what: threatened}}
      - {do: use, power: fury, whom: Mara, strength: 3, when: {what: hurt}}

end:
  after: 2 min
  when: [quiet_for: 40 s]

record: {level: full}           # summary, events or full
"""


def template(name: str, *, people: bool = False) -> str:
    """A commented scenario called `name` that runs; with `people`, of two with ties and drives.
    Raises UsageError if that is no name for a battle.
    """
    try:
        TypeAdapter(Name).validate_python(name)
    except ValidationError as fault:
        raise UsageError(str(fault.errors()[0]["msg"])) from None
    return (_WITH_PEOPLE if people else _TEMPLATE).replace("NAME", name)
