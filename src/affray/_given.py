"""What the calls of ``import affray`` were given, as the rest takes it; of what makes no sense a
UsageError says which argument it is, and what to give.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from operator import index
from pathlib import Path
from typing import Any, TypeVar

from affray.scenario.numbers import BadNumber, read_number
from affray.world.errors import UsageError

Sets = str | Sequence[str] | Mapping[str, Any]
Folder = str | os.PathLike[str]
Call = TypeVar("Call")
_SHOWN = 60  # letters of what was given


def path(given: Folder, what: str) -> Path:
    """A file or folder: text, or a path."""
    if isinstance(given, (str, os.PathLike)) and os.fspath(given):
        return Path(given)
    raise _wrong(what, given, "give a path, as text or as pathlib has it")


def maybe_path(given: Folder | None, what: str) -> Path | None:
    """The same, or nothing."""
    return None if given is None else path(given, what)


def whole(given: int, what: str) -> int:
    """A whole number; true and false are none."""
    try:
        if not isinstance(given, bool):
            return index(given)
    except TypeError:
        pass
    raise _wrong(what, given, "give a whole number, such as 2")


def some(given: int, what: str, least: int = 1) -> int:
    """A whole number from the least that makes sense."""
    number = whole(given, what)
    if number < least:
        raise _wrong(what, given, f"give a whole number from {least}")
    return number


def maybe_whole(given: int | None, what: str) -> int | None:
    """The same, or nothing."""
    return None if given is None else whole(given, what)


def share(given: float, what: str) -> float:
    """A number; whether it is a share is for others to say."""
    if isinstance(given, Real):
        return float(given)
    raise _wrong(what, given, "give a number, such as 0.2")


def maybe_seconds(given: float | str | None, what: str) -> float | None:
    """A time, as seconds or text, or nothing."""
    if given is None or isinstance(given, str):
        return None if given is None else seconds(given)
    if isinstance(given, Real):
        return float(given)
    raise _wrong(what, given, "give seconds, such as 90, or a text such as '5 min'")


def seconds(time: str) -> float:
    """A time that is a text."""
    try:
        return read_number(time, "s")
    except BadNumber as fault:
        raise UsageError(f"'{time}' is no time: {fault}") from None


def called(given: Call, what: str) -> Call:
    """Something to call, or nothing."""
    if given is None or callable(given):
        return given
    raise _wrong(what, given, "give a function")


def executor(given: Any, what: str) -> Any:
    """What can be handed work, as concurrent.futures has it, or nothing."""
    if given is None or hasattr(given, "submit"):
        return given
    raise _wrong(what, given, "give an executor, as concurrent.futures has them")


def fighters(given: int | str | Sequence[int | str], what: str) -> list[int | str]:
    """One or several, by number or name."""
    if isinstance(given, str) or hasattr(given, "__index__"):
        return [given]  # type: ignore[list-item]
    if isinstance(given, Iterable) and not isinstance(given, bytes):
        return list(given)
    raise _wrong(what, given, "give a fighter's number or name, or several")


def choices(given: Mapping[str, Sequence[Any]] | None, what: str) -> dict[str, list[str]]:
    """Values by path, as a scenario's text has them."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise _wrong(what, given, "give {path: values}, such as {'size': [100, 200]}")
    for name, values in given.items():
        if isinstance(values, str) or not isinstance(values, Iterable):
            raise _wrong(f"{what} of {name}", values, "give a list of values")
    return {name: [text_of(value) for value in values] for name, values in given.items()}


def names(given: str | Sequence[str], what: str) -> list[str]:
    """Names of mechanisms, of which a text by itself is one."""
    return [given] if isinstance(given, str) else _strings(given, what, "names of mechanisms")


def sets_of(sets: Sets) -> list[str]:
    """``path=value`` texts of whatever way changes were given in."""
    if isinstance(sets, str):
        return [sets]
    if isinstance(sets, Mapping):
        return [f"{name}={text_of(value)}" for name, value in sets.items()]
    return _strings(sets, "set", "{path: value}, or texts such as 'size=500'")


def text_of(value: Any) -> str:
    """A value as a scenario's text has it."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value)
    except (TypeError, ValueError):
        raise _wrong("a value", value, "give numbers, texts, lists or mappings of them") from None


def _strings(given: Sequence[str], what: str, wanted: str) -> list[str]:
    found = list(given) if isinstance(given, Iterable) else [given]
    if not all(isinstance(one, str) for one in found):
        raise _wrong(what, given, f"give {wanted}")
    return found


def _wrong(what: str, given: object, remedy: str) -> UsageError:
    shown = repr(given)
    return UsageError(f"{what}={shown[:_SHOWN]}: {remedy}")
