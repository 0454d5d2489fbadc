"""Numbers as people write them, ``1.7 m`` or ``80 %``, read exactly and never guessed.

A plain number means the unit that the schema names. What merely resembles a number (``010``,
``12:30``, ``1_000``, ``0x10``, ``.inf``) is refused with the remedy, since every reader of YAML
guesses differently.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from operator import index
from typing import Any

from affray.world.errors import UsageError
from affray.world.limits import SEED

DIMENSIONS: dict[str, dict[str, str]] = {
    "length": {"m": "1", "mm": "0.001", "cm": "0.01", "km": "1000", "ft": "0.3048", "yd": "0.9144"},
    "time": {"s": "1", "ms": "0.001", "min": "60", "h": "3600"},
    "mass": {"kg": "1", "g": "0.001", "t": "1000", "lb": "0.45359237"},
    "angle": {"deg": "1", "°": "1", "rad": "57.295779513082320877"},
    "share": {"": "1", "%": "0.01"},
    "speed": {"m/s": "1", "km/h": "5/18", "cm/s": "0.01"},
    "volume": {"mL": "1", "ml": "1", "L": "1000", "l": "1000"},
    "blood depth": {"L/m2": "1", "L/m²": "1", "mm": "1"},
    "area": {"m2": "1", "m²": "1"},
    "energy": {"J": "1", "kJ": "1000"},
    "rate": {
        "/s": "1",
        "1/s": "1",
        "/min": "1/60",
        "1/min": "1/60",
        "/h": "1/3600",
        "1/h": "1/3600",
    },
    "bleeding": {"mL/min": "1", "ml/min": "1", "mL/s": "60", "L/min": "1000"},
    "sound level": {"dB": "1"},
    "acceleration": {"m/s2": "1", "m/s²": "1"},
    "power": {"W": "1", "kW": "1000"},
}
"""Per kind of quantity: each unit, and how many of the first (a plain number) it is."""

BARE = "bare"
"""The unit of what takes none: counts, seeds."""

_NUMBER = r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,4})?"
_OTHER_BASE = re.compile(r"[-+]?0[xXoObB][0-9a-fA-F_]+")
_QUANTITY = re.compile(rf"({_NUMBER})(?: ?([A-Za-z°%/²0-9]*[A-Za-z°%²][A-Za-z°%/²0-9]*))?")


class BadNumber(ValueError):
    """`str()` says what is wrong with the text and how to write it."""


def dimension_of(unit: str) -> str | None:
    """The kind of quantity that `unit` measures (``"m"`` → ``"length"``), None if it is in no
    table.
    """
    return next((name for name, units in DIMENSIONS.items() if unit in units), None)


def units_like(unit: str) -> dict[str, Fraction]:
    """Every unit that may stand where `unit` is meant → how many `unit` one of it is."""
    if unit == BARE:
        return {}
    dimension = dimension_of(unit)
    if dimension is None:
        return {unit: Fraction(1)}
    units = DIMENSIONS[dimension]
    return {name: Fraction(factor) / Fraction(units[unit]) for name, factor in units.items()}


def allowed_units(unit: str) -> str:
    """The units that may stand where `unit` is meant, as a phrase."""
    names = [name for name in units_like(unit) if name]
    if not names:
        return "none"
    told = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    plain = "a share of 1" if unit == "" else unit
    return f"{told} (a plain number means {plain})"


def read_number(text: str, unit: str = "") -> float:
    """The number that `text` says, in `unit`. Raises BadNumber with the remedy.

    >>> read_number("30 min", "s")
    1800.0
    """
    written = text.strip()
    match = _QUANTITY.fullmatch(written)
    if match is None or _OTHER_BASE.fullmatch(written):
        raise BadNumber(_why_not(written, unit))
    digits, own_unit = match[1], match[2]
    if own_unit is None:
        factor = Fraction(1)
    else:
        factors = units_like(unit)
        if own_unit not in factors:
            raise BadNumber(_wrong_unit(written, own_unit, unit))
        factor = factors[own_unit]
    number = float(digits)
    lost = number == 0.0 and re.search("[1-9]", re.split("[eE]", digits)[0])
    if math.isinf(number) or lost:
        raise BadNumber(f"{written} is too {'small' if lost else 'large'} to be kept as a number")
    if factor == 1:
        return number
    try:
        return float(Fraction(digits) * factor)
    except OverflowError:
        raise BadNumber(f"{written} is too large to be kept as a number") from None


def quantity_pattern(unit: str) -> str:
    """A regular expression for the text form, for the JSON Schema."""
    names = "|".join(re.escape(name).replace("/", "\\/") for name in units_like(unit) if name)
    return rf"^{_NUMBER} ?({names})$" if names else rf"^{_NUMBER}$"


def _wrong_unit(written: str, own_unit: str, unit: str) -> str:
    dimension, wanted = dimension_of(own_unit), dimension_of(unit)
    if wanted in (None, "share") and not [name for name in units_like(unit) if name]:
        return f"{written} has a unit where a plain number is wanted"
    if dimension is None:
        return f"{written}: {own_unit} is not a known unit; allowed are {allowed_units(unit)}"
    if wanted == "share":
        wanted = "share of 1"
    return (
        f"{written} is a {dimension} where a {wanted} is wanted; allowed are {allowed_units(unit)}"
    )


def _why_not(written: str, unit: str) -> str:
    bare = written.lstrip("+-")
    if not bare:
        return "there is no number here; write one, such as 5"
    if re.fullmatch(r"\d+(:\d+)+(\.\d+)?", bare):
        if unit != "s":
            return f"{written} is no number; write one such as {_example(unit)}"
        *whole, last = bare.split(":")
        parts = [int(part[:9]) for part in (*whole, last.partition(".")[0])]
        sixtieths = sum(part * 60**k for k, part in enumerate(reversed(parts)))
        if len(parts) > 2:
            return f"{written} is no number; write {sixtieths} s"
        return f"{written} could be minutes or hours; write {sixtieths} s or {sixtieths} min"
    if _OTHER_BASE.fullmatch(written):
        return f"{written} is not in decimal digits; write the decimal number"
    if "_" in bare and re.fullmatch(r"[\d_.eE+-]+", bare):
        return f"{written} holds underscores; write {written.replace('_', '')}"
    if re.match(r"0\d", bare):
        plain = bare.lstrip("0") or "0"
        return f"{written} begins with a zero, which some read as octal; write {plain}"
    if re.match(r"\d+,\d", bare):
        point = written.replace(",", ".")
        return f"{written} holds a comma; write a decimal point ({point}), thousands without mark"
    if re.match(r"\.?(inf|nan)", bare, re.IGNORECASE):
        return f"{written} is not finite; write a finite number"
    if re.match(r"\.\d", bare):
        return f"{written} begins with a point; write 0{bare}"
    if re.fullmatch(r"\d+\.", bare):
        return f"{written} ends with a point; write {bare[:-1]}"
    if re.fullmatch(r"\d{4}-\d\d?-\d\d?.*", bare):
        return f"{written} is a date where a number is wanted"
    shown = written if len(written) <= 40 else written[:37] + "..."
    return f"'{shown}' is no number; write one such as {_example(unit)}"


def _example(unit: str) -> str:
    return {"": "0.5", BARE: "5", "m": "1.7 m", "s": "90 s", "kg": "75 kg", "deg": "45 deg"}.get(
        unit, f"2 {unit}"
    )


def checked_seed(seed: Any) -> int:
    """A whole number that luck can hang on. Raises UsageError if it is none."""
    try:
        found = -1 if isinstance(seed, bool) else index(seed)
    except TypeError:
        found = -1
    if not 0 <= found <= SEED:
        raise UsageError(f"seed {seed!r}: a seed is a whole number from 0 to {SEED}")
    return found
