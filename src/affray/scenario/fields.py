"""What a value in a scenario may be: numbers with units, whole numbers, words, switches, spreads.

Each is an annotation that pydantic understands: it reads text or a Python value, says what is wrong
in a sentence, and describes itself in the JSON Schema.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Self, SupportsFloat

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from affray.scenario.numbers import BARE, BadNumber, allowed_units, quantity_pattern, read_number
from affray.world.limits import FIELD_SIDE_M, NAME_CHARS, TEXT_CHARS

_UNSHOWABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

LIVE = "live"
START = "start"


class Section(BaseModel):
    """Base of every mapping in a scenario: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    def but(self, **changes: Any) -> Self:
        """This section with other values for some keys, which are not checked.

        What is not changed is shared, and which keys were said as well: a battle repeated a
        thousand times has many sections that differ in a place.
        """
        return self.model_construct(_fields_set=self.model_fields_set, **{**dict(self), **changes})


def key(about: str, default: Any = ..., *, live: bool = False, **more: Any) -> Any:
    """A field of a Section: what it means, its default, and whether a fork may change it while a
    battle runs.
    """
    extra: dict[str, Any] = {"mutability": LIVE if live else START}
    return Field(default, description=about, json_schema_extra=extra, **more)


def wrong(text: str) -> PydanticCustomError:
    """A fault to be shown to the user as it stands."""
    return PydanticCustomError("affray", "{text}", {"text": text})


def nearest(word: str, names: Iterable[str]) -> str:
    """``"; did you mean 'x'?"`` for the nearest of `names`, or nothing."""
    choices = [str(name) for name in names]
    lowered = {name.lower(): name for name in choices}
    found = difflib.get_close_matches(
        word.lower()[:NAME_CHARS], list(lowered)[:2000], n=1, cutoff=0.5
    )
    return f"; did you mean '{lowered[found[0]]}'?" if found else ""


def listed(names: Iterable[str], most: int = 24) -> str:
    """Names as a phrase, cut short when there are many."""
    choices = [str(name) for name in names]
    return ", ".join(choices[:most]) + (
        f" and {len(choices) - most} more" if len(choices) > most else ""
    )


class Plain:
    """An annotation that alone says what a value becomes."""

    def read(self, value: Any) -> Any:
        """What `value` becomes; raises the fault to show."""
        raise NotImplementedError

    def describe(self) -> dict[str, Any]:
        """The JSON Schema of what it reads."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.describe()


class Before:
    """An annotation that reads a value before what it annotates does."""

    def read(self, value: Any) -> Any:
        """What is read on in the place of `value`; raises the fault to show."""
        raise NotImplementedError

    def describe(self, inner: dict[str, Any]) -> dict[str, Any]:
        """The JSON Schema of what it reads, `inner` being that of what it annotates."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.describe(handler(schema))


@dataclass(frozen=True)
class Number(Plain):
    """A finite number in `unit`, from `low` to `high`, given plainly or with a unit of the same
    kind.
    """

    unit: str = ""
    low: float = -1e12
    high: float = 1e12
    whole: bool = False

    def read(self, value: Any) -> float | int:
        """`value` as a number in `unit`; raises the fault to show."""
        if isinstance(value, bool) or not isinstance(value, (str, SupportsFloat)):
            raise wrong(f"a number is wanted here, not {kind_of(value)}")
        try:
            number = read_number(value, self.unit) if isinstance(value, str) else float(value)
        except (BadNumber, OverflowError) as fault:
            raise wrong(str(fault)) from None
        if not self.low <= number <= self.high:
            raise wrong(f"{value} is outside what is allowed: {self.span()}")
        return self._exact(value, number) if self.whole else number + 0.0

    def _exact(self, value: Any, number: float) -> int:
        """A whole number to the last digit: floats end at 2**53."""
        if number != int(number):
            raise wrong(f"{value} is not whole; write a whole number")
        digits = str(value).strip()
        exact = int(digits) if re.fullmatch(r"[-+]?[0-9]{1,20}", digits) else int(number)
        if not self.low <= exact <= self.high:
            raise wrong(f"{value} is outside what is allowed: {self.span()}")
        return exact

    def span(self) -> str:
        """The range as a phrase."""
        unit = f" {self.unit}" if self.unit not in ("", BARE) else ""
        return f"{show_number(self.low)} to {show_number(self.high)}{unit}"

    def describe(self) -> dict[str, Any]:
        number = {
            "type": "integer" if self.whole else "number",
            "minimum": self.low,
            "maximum": self.high,
        }
        text = {"type": "string", "pattern": quantity_pattern(self.unit)}
        shown = "" if self.unit == BARE else self.unit
        return {"anyOf": [number, text], "unit": shown, "x-units": allowed_units(self.unit)}


def Whole(low: int, high: int) -> Number:  # noqa: N802  (reads as a type in annotations)
    """A whole number from `low` to `high`."""
    return Number(BARE, low, high, whole=True)


def show_number(number: float) -> str:
    """The shortest text that reads back as the same number."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def kind_of(value: Any) -> str:
    """What a value is, in the words of a scenario's author."""
    if isinstance(value, dict):
        return "a mapping (key: value)"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return "true or false"
    return "text" if isinstance(value, str) else f"a Python {type(value).__name__}"


@dataclass(frozen=True)
class Flag(Plain):
    """``true`` or ``false``, and nothing that YAML readers elsewhere take for them."""

    def read(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        if value in ("true", "false"):
            return bool(value == "true")
        if isinstance(value, str) and value.lower() in (
            "yes",
            "on",
            "y",
            "no",
            "off",
            "n",
            "true",
            "false",
        ):
            said = value.lower() in ("yes", "on", "y", "true")
            raise wrong(f"'{value}' is not taken for a switch; write {'true' if said else 'false'}")
        raise wrong(f"only true or false may stand here, not {kind_of(value)}")

    def describe(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Words(Plain):
    """Text for people, of limited length, as it was written."""

    most: int = TEXT_CHARS
    pattern: str | None = None
    rule: str = ""

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise wrong(f"text is wanted here, not {kind_of(value)}")
        if len(value) > self.most:
            raise wrong(f"this text has {len(value)} characters; at most {self.most} are allowed")
        if self.pattern is not None:
            if not re.fullmatch(self.pattern, value):
                raise wrong(f"'{value}' cannot stand here; {self.rule}")
        elif re.search(_UNSHOWABLE, value):
            raise wrong("this text holds a character that cannot be shown; remove it")
        return value

    def describe(self) -> dict[str, Any]:
        text: dict[str, Any] = {"type": "string", "maxLength": self.most}
        if self.pattern is not None:
            text["pattern"] = f"^{SCHEMA_PATTERNS.get(self.pattern, self.pattern)}$"
        return text


@dataclass(frozen=True)
class Choice(Plain):
    """One word out of a few."""

    names: tuple[str, ...]

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise wrong(f"one of {listed(self.names, 60)} is wanted here, not {kind_of(value)}")
        if value not in self.names:
            raise wrong(
                f"'{value}' is not known here; allowed are {listed(self.names, 60)}"
                f"{nearest(value, self.names)}"
            )
        return value

    def describe(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.names)}


@dataclass(frozen=True, eq=False)
class Known(Before):
    """Words that stand for numbers, beside the numbers themselves."""

    what: str
    words: dict[str, float]
    otherwise: str

    def read(self, value: Any) -> Any:
        """The number a word stands for; what is no word is passed on."""
        if not isinstance(value, str) or not value[:1].isalpha():
            return value
        if value in self.words:
            return self.words[value]
        raise wrong(
            f"'{value}' is no {self.what}; allowed are {listed(self.words)}, or {self.otherwise}"
            f"{nearest(value, self.words)}"
        )

    def describe(self, inner: dict[str, Any]) -> dict[str, Any]:
        return _or_else(inner, {"enum": list(self.words)})


@dataclass(frozen=True, eq=False)
class Short(Before):
    """A short form of what would be a mapping; `form` is its JSON Schema."""

    expand: Callable[[Any], Any]
    form: dict[str, Any]

    def read(self, value: Any) -> Any:
        return self.expand(value)

    def describe(self, inner: dict[str, Any]) -> dict[str, Any]:
        return _or_else(inner, self.form)


@dataclass(frozen=True)
class OneOrMore(Before):
    """A list, or a single mapping in its place."""

    def read(self, value: Any) -> Any:
        """A list of one for a single entry."""
        return [value] if isinstance(value, (dict, Section)) else value

    def describe(self, inner: dict[str, Any]) -> dict[str, Any]:
        return _or_else(inner, inner["items"])


def _or_else(inner: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema `inner`, or `other` in its place."""
    choices = inner.get("anyOf")
    if choices is None:
        return {"anyOf": [inner, other]}
    return {**inner, "anyOf": [*choices, other]}


@dataclass(frozen=True)
class Target(Plain):
    """A place ``[x, y]`` or the name of a side or unit."""

    def read(self, value: Any) -> tuple[float, float] | str:
        if isinstance(value, (list, tuple)):
            if len(value) != 2:
                raise wrong(f"a place has two numbers [x, y], not {len(value)}")
            metres = Number("m", 0.0, FIELD_SIDE_M)
            return metres.read(value[0]), metres.read(value[1])
        if isinstance(value, str):
            return Words(NAME_CHARS, NAME_PATTERN, NAME_RULE).read(value)
        raise wrong(f"a place [x, y] or a name is wanted here, not {kind_of(value)}")

    def describe(self) -> dict[str, Any]:
        metres = Number("m", 0.0, FIELD_SIDE_M).describe()
        place = {"type": "array", "items": metres, "minItems": 2, "maxItems": 2}
        return {"anyOf": [place, {"type": "string"}]}


class Spread(Section):
    """A quantity that differs from fighter to fighter: normal with `mean` and `sd`, cut off at the
    field's range.
    """

    mean: float = key("average over the fighters")
    sd: float = key("standard deviation between fighters; 0 makes them all alike")


@dataclass(frozen=True)
class SpreadOf(Before):
    """A Spread of numbers in `unit`. A plain number gives the mean and leaves the usual `sd`."""

    unit: str
    low: float
    high: float
    sd: float

    def read(self, value: Any) -> Any:
        if isinstance(value, Spread):
            return {"mean": value.mean, "sd": value.sd}
        if isinstance(value, dict):
            return {"sd": self.sd, **value} if "mean" in value else value
        return {"mean": Number(self.unit, self.low, self.high).read(value), "sd": self.sd}

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        mean = Number(self.unit, self.low, self.high)
        deviation = Number(self.unit, 0, self.high - self.low)
        fields = {
            name: core_schema.typed_dict_field(
                core_schema.no_info_plain_validator_function(number.read)
            )
            for name, number in (("mean", mean), ("sd", deviation))
        }
        both = core_schema.typed_dict_schema(fields, extra_behavior="forbid")
        spread = core_schema.no_info_after_validator_function(lambda read: Spread(**read), both)
        return core_schema.no_info_before_validator_function(self.read, spread)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.describe({})  # no schema says what it annotates

    def describe(self, inner: dict[str, Any]) -> dict[str, Any]:
        mean = Number(self.unit, self.low, self.high).describe()
        deviation = Number(self.unit, 0, self.high - self.low).describe()
        both = {
            "type": "object",
            "properties": {"mean": mean, "sd": deviation},
            "required": ["mean"],
            "additionalProperties": False,
        }
        return {
            "anyOf": [*mean["anyOf"], both],
            "unit": self.unit,
            "x-units": allowed_units(self.unit),
        }


NAME_PATTERN = r"[^\W\d_][\w-]*"
SCHEMA_PATTERNS = {NAME_PATTERN: r"[^\s\d_.*=\-][^\s.*=]*"}
"""Letters of every script, as nearly as the patterns of JSON Schema can say it."""

NAME_RULE = f"a name has up to {NAME_CHARS} letters, digits, '_' or '-' and begins with a letter"

Name = Annotated[str, Words(NAME_CHARS, NAME_PATTERN, NAME_RULE)]
Text = Annotated[str, Words()]
Share = Annotated[float, Number("", 0.0, 1.0)]

DIRECTIONS = {
    "east": 0.0,
    "northeast": 45.0,
    "north": 90.0,
    "northwest": 135.0,
    "west": 180.0,
    "southwest": 225.0,
    "south": 270.0,
    "southeast": 315.0,
}
Facing = Annotated[
    float,
    Number("deg", -360.0, 360.0),
    Known("direction", DIRECTIONS, "degrees (0 = east, counter-clockwise)"),
]
Metres = Annotated[float, Number("m", 0.0, FIELD_SIDE_M)]
Seconds = Annotated[float, Number("s", 0.0, 1e6)]
Switch = Annotated[bool, Flag()]
Point = tuple[Metres, Metres]
_Anywhere = Annotated[float, Number("m", -FIELD_SIDE_M, 2 * FIELD_SIDE_M)]
FreePoint = tuple[_Anywhere, _Anywhere]
"""A point that may lie outside the field: shapes of terrain may reach beyond its edge."""
