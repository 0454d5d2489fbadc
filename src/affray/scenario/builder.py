"""Build a battle in Python: the same Scenario as a file gives, checked in the same way.

    battle = (
        Battle("meadow", field=(100, 80))
        .side("red")
        .side("blue")
        .unit("first", side="red", count=20, place=(20, 40), weapons=["spear"])
        .unit("second", side="blue", count=20, place=(80, 40), facing="west")
    )
    scenario = battle.scenario()

Values are written as in a file: numbers, or text with a unit (``"5 min"``). What is left out has
the file's defaults.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from affray.scenario.dumping import dump
from affray.scenario.loader import from_data
from affray.scenario.model import VERSION, Scenario


class Battle:
    """A battle being put together. Each call adds to it and returns it, so that calls chain.

    Nothing is checked before `scenario`; the keys of every call are those of the file
    (docs/scenario.md).
    """

    def __init__(self, name: str, field: Sequence[Any] | dict[str, Any], **top: Any) -> None:
        """A battle called `name` on a field of (width, height) in metres, or of a whole mapping.

        `top`: the scenario's other top-level keys, such as ``seed=7`` or ``about="..."``.
        """
        ground = dict(field) if isinstance(field, dict) else {"size": field}
        self._data: dict[str, Any] = {"affray": VERSION, "name": name, **top, "field": ground}

    def ground(self, **keys: Any) -> Battle:
        """What the ground is like: ``absorbency``, ``soaked``, ``grass``, ``going``."""
        self._data["field"].setdefault("ground", {}).update(keys)
        return self

    def light(self, share: float | str) -> Battle:
        """Light over the field: 1 noon, 0 none."""
        self._data["field"]["light"] = share
        return self

    def wind(self, toward: float | str, speed: float | str) -> Battle:
        """Wind blowing to `toward` (deg, 0 = east) at `speed` (m/s)."""
        self._data["field"]["wind"] = {"toward": toward, "speed": speed}
        return self

    def terrain(self, name: str | None = None, **keys: Any) -> Battle:
        """Lay a shape over the field: ``circle={"at": (50, 40), "radius": 8}, going=0.3``."""
        self._data["field"].setdefault("terrain", []).append({"name": name, **keys})
        return self

    def side(self, name: str, **keys: Any) -> Battle:
        """Add a side: ``colour``, ``hostile_to``, ``title``."""
        return self._add("sides", {"name": name, **keys})

    def unit(
        self, name: str, *, side: str | None = None, count: int | None = None, **keys: Any
    ) -> Battle:
        """Add a unit of `count` fighters; the keys are those of `units` in a file. One that is
        ``like`` another needs no more than its place.
        """
        return self._add("units", {"name": name, "side": side, "count": count, **keys})

    def reserve(
        self,
        name: str,
        *,
        side: str,
        count: int,
        enters: Sequence[Any],
        when: dict[str, Any],
        **keys: Any,
    ) -> Battle:
        """Add a unit that waits, and what brings it in: ``{"at": 60}``, ``{"falls_in": "red"}``."""
        self.unit(name, side=side, count=count, reserve=True, **keys)
        return self._add("reinforcements", {"unit": name, "enters": enters, "when": when})

    def person(self, name: str, **keys: Any) -> Battle:
        """Name somebody: ``unit``, ``number``, ``looks``, ``timbre``, ``ties``, ``powers``,
        ``memories``, ``holds``, ``drives``; the keys are those of `people` in a file.
        """
        return self._add("people", {"name": name, **keys})

    def notion(self, name: str, **keys: Any) -> Battle:
        """Add what people may hold true, hope for or ask; the keys are those of `notions`."""
        return self._add("notions", {"name": name, **keys})

    def power(self, name: str, **keys: Any) -> Battle:
        """Add a power that people can have; the keys are those of `powers` in a file."""
        return self._put("powers", name, keys)

    def weapon(self, name: str, **keys: Any) -> Battle:
        """Add a weapon, or change one of the catalogue."""
        return self._put("weapons", name, keys)

    def armour(self, name: str, **keys: Any) -> Battle:
        """Add armour, or change one of the catalogue."""
        return self._put("armour", name, keys)

    def shield(self, name: str, **keys: Any) -> Battle:
        """Add a shield, or change one of the catalogue."""
        return self._put("shields", name, keys)

    def parameter(self, name: str, value: float | str) -> Battle:
        """Override a parameter of the rules, by its dotted name."""
        return self._put("parameters", name, value)

    def end(self, after: float | str = "30 min", *when: str | dict[str, Any]) -> Battle:
        """End after a time, or sooner by ``"one_side_left"`` or ``{"quiet_for": 60}``."""
        self._data["end"] = {"after": after, **({"when": list(when)} if when else {})}
        return self

    def record(self, **keys: Any) -> Battle:
        """What the recording keeps: ``level``, ``frames_every``, ``metrics_every``,
        ``checkpoint_every``.
        """
        self._data.setdefault("record", {}).update(keys)
        return self

    def scenario(self, sets: Sequence[str] = ()) -> Scenario:
        """The battle as a checked Scenario, ``path=value`` changes laid over it. Raises
        ScenarioError.
        """
        return from_data(self._data, str(self._data["name"]), sets)

    def yaml(self) -> str:
        """The battle as the text of a scenario file. Raises ScenarioError."""
        return dump(self.scenario())

    def _add(self, section: str, entry: dict[str, Any]) -> Battle:
        self._data.setdefault(section, []).append(entry)
        return self

    def _put(self, section: str, name: str, value: Any) -> Battle:
        self._data.setdefault(section, {})[name] = value
        return self
