"""Who was told to be on the ground: nobody of whom that was told stands there later, or goes down
once more, unless it was told that he got up.

No mind testifies how another got up; so what he did on his feet is left out. Whoever has a name may
have got up meanwhile, if enough time has gone by.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from affray.record.testimony import Record
from affray.tell.aims import about
from affray.tell.mind import Mind

_FALLEN = ("mate_falls", "lies", "foe_down", "fells")
_UPRIGHT = ("mate_beside", "mate_flees", "mate_afraid", "mate_fells", "mate_laughs", "foe_comes",
            "foe_open", "foe_stares", "foe_afraid", "foe_winks", "runs", "strikes",
            "leader_fights")  # fmt: skip
_RAISED = ("helps_up",)
_UP_MEANWHILE_S = 60.0


def is_fallen(record: Record) -> bool:
    """Whether a record says of somebody that he is on the ground, or goes down."""
    return record.pred in _FALLEN or bool(record.get("down"))


def is_upright(record: Record) -> bool:
    """Whether a record says of somebody what only one does who is on his feet."""
    fends = record.pred == "fights" and bool(record.get("parried"))
    return (record.pred in _UPRIGHT or fends) and not record.get("down")


@dataclass
class Stances:
    """Who is on the ground, as far as one mind has told: when that was told to be so, by name, or
    by track where there is none.
    """

    mind: Mind
    down: dict[str, int] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        """Note a record that is told."""
        if record.whom < 0:
            return
        if record.pred in _RAISED:
            self.down.pop(self._who(record), None)
        elif is_fallen(record):
            self.down[self._who(record)] = record.tick

    def deny(self, record: Record) -> bool:
        """Whether a record cannot be told of somebody, after what was told of him."""
        since = self.down.get(self._who(record)) if record.whom >= 0 else None
        if since is None or not (is_upright(record) or is_fallen(record)):
            return False
        long_ago = self.mind.testimony.seconds(record.tick - since) > _UP_MEANWHILE_S
        return not (long_ago and about(self.mind, record))

    def copy(self) -> Stances:
        """The same, to try something."""
        return replace(self, down=dict(self.down))

    __copy__ = copy

    def _who(self, record: Record) -> str:
        return about(self.mind, record) or f"track {record.whom}"
