"""The reference of patterns over events, docs/sift.md, out of the schema that reads them."""

from __future__ import annotations

from affray.scenario.reference import section_table
from affray.scenario.schema import schema_of
from affray.sift.happenings import ASKED, HAPPENINGS
from affray.sift.patterns import Pattern, Patterns, Role, Step

SECTIONS = (
    ("The top of the file", Patterns),
    ("roles.NAME", Role),
    ("patterns[]", Pattern),
    ("patterns[].steps[]", Step),
)

EXAMPLE = """\
roles:                          # who can have a role; the others are open to everybody
  hunter: {enemy_of: beloved}

patterns:
  - name: rescue
    about: Somebody is stirred to guard another, and an enemy of hers goes down soon after.
    steps:                      # one after the other; who has a role keeps it
      - {event: stir, who: watcher, whom: beloved, drive: guard}
      - {event: throw, who: watcher, within: 5 s}
      - {event: fall, who: hunter, within: 10 s}

  - name: known_again
    about: She whom he saved knows who it was, and that he lives.
    steps:
      - {event: know, who: beloved, whom: watcher}
      - {event: believe, who: beloved, whom: watcher, believes: alive}

  - name: all_eyes
    about: A scream stops the fight about it.
    steps:
      - {event: say, who: screamer, says: scream, name: scream}
      - {event: grip, whom: screamer, caused_by: scream, at_least: 20, within: 10 s}

  - name: cut_down
    about: Somebody breaks, and dies before he stands again.
    steps:
      - {event: break, who: runner}
      - {event: death, who: runner, unless: {event: rally, who: runner}}

chain: [rescue, known_again]    # one after the other; [a, [b, c]]: b and c in any order
"""

INTRODUCTION = """\
# Patterns over events

Written by `make docs` out of the schema; do not edit it by hand.

What makes a battle a story, or answers a question about it, is often several events in an order:
somebody was wounded *and then* the one who did it fell to a friend of his. `affray sift DIR
PATTERNS.yaml` looks for such patterns in a recording and says which came about, when, where, and
who had which role; `affray repeat BATTLE --sift PATTERNS.yaml` counts how often they do.

Patterns are laid over what was recorded, afterwards: nothing that runs a battle reads them. They
name *roles*, not fighters. A role is bound by the first step that names it and is the same fighter
in every other; so one file serves any battle, and two people who swap their dispositions swap
their roles.

## An example

```yaml
{example}```

## How it is read

- Steps come one after the other, at any distance unless `within` says otherwise; in one tick they
  have no order. A pattern comes about with its last step. Of all ways in which it could, the one
  that comes about first is told.
- Two roles of a pattern are two fighters, and so are any two that stand under `roles`. A person who
  is not in the battle can have a role, too: he can be believed in, and mistaken for.
- `unless` bars what lies between two steps: in later ticks than the step before, and in earlier
  ones than this. It is said as a step is, up to `below`.
- `caused_by` walks the causes that events name (those that `affray why` tells).
- In a chain a role of several links is one fighter, and each link comes about no sooner than those
  before it. If not all of it came about, the longest beginning of it that did is told.
- A search that would look at more than {looks:,} events for a pattern is given up, with an error:
  say `within`, or tie its steps together by roles.
"""


def reference() -> str:
    """The whole page, as Markdown."""
    from affray.world.limits import SIFT_LOOKS

    described = schema_of(Patterns)
    parts = [INTRODUCTION.format(example=EXAMPLE, looks=SIFT_LOOKS)]
    parts += ["\n".join(section_table(path, section, described)) for path, section in SECTIONS]
    parts.append("\n".join(_happenings()))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _happenings() -> list[str]:
    """What each kind of event says, as a table."""
    lines = [
        "## Kinds of events",
        "",
        "| event | `who` | `whom` | can be asked |",
        "|---|---|---|---|",
    ]
    for kind, (who, whom) in HAPPENINGS.items():
        asked = ", ".join(f"`{name}`" for name, kinds in ASKED.items() if kind in kinds)
        lines.append(f"| `{kind}` | {who} | {whom or ''} | {asked} |")
    return lines
