"""Numbers that know which sum they are: a rule run on them explains itself, term by term.

A rule is plain Python. Run on these numbers instead of plain ones (``traced``) it takes the same
way and gives the same value, to the bit, and with it the terms that were added up, each with the
parameters it hangs on and what of the fighter entered it. So there is no second text of any rule
that would have to be kept in step: what is added to a rule is explained from then on.
"""

from __future__ import annotations

import builtins
import math
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from affray.rules import maths
from affray.world import fields

_CASTS = (np.float64, np.float32, np.int64, np.int32, np.uint32, np.uint64)


@dataclass(frozen=True)
class Term:
    """One summand: its value, the parameters it hangs on (dotted), and what entered it by name."""

    value: float
    parameters: tuple[str, ...] = ()
    of: dict[str, float] = field(default_factory=dict)

    def scaled(self, by: float, other: Term | None = None) -> Term:
        """This term times a number, which was made of what ``other`` was made of."""
        if other is None:
            return Term(self.value * by, self.parameters, self.of)
        parameters = tuple(dict.fromkeys(self.parameters + other.parameters))
        return Term(self.value * by, parameters, self.of | other.of)


@dataclass(frozen=True, eq=False)
class Traced:
    """A number with the terms that it is the sum of."""

    value: Any
    terms: tuple[Term, ...]

    __array_ufunc__ = None  # so that NumPy's numbers leave arithmetic with it to it

    def one(self) -> Term:
        """All of it as one term."""
        whole = Term(float(self.value))
        for term in self.terms:
            whole = whole.scaled(1.0, term)
        return whole

    def times(self, value: Any, by: float, other: Any) -> Traced:
        """``value``, this number times ``by``. A sum of terms that hang on different parameters
        stays one, unless it is weighed by another parameter; else the product is one term.
        """
        factor = other.one() if isinstance(other, Traced) else None
        weighed = factor is not None and factor.parameters
        if not weighed and len({term.parameters for term in self.terms if term.parameters}) > 1:
            return Traced(value, tuple(term.scaled(by, factor) for term in self.terms))
        whole = self.one().scaled(by, factor)
        return Traced(value, (Term(float(value), whole.parameters, whole.of),))

    def __add__(self, other: Any) -> Traced:
        return Traced(self.value + plain(other), self.terms + _terms(other))

    def __radd__(self, other: Any) -> Traced:
        return Traced(plain(other) + self.value, _terms(other) + self.terms)

    def __sub__(self, other: Any) -> Traced:
        return Traced(self.value - plain(other), self.terms + _negative(other))

    def __rsub__(self, other: Any) -> Traced:
        return Traced(plain(other) - self.value, _terms(other) + _negative(self))

    def __neg__(self) -> Traced:
        return Traced(-self.value, _negative(self))

    def __mul__(self, other: Any) -> Traced:
        value = self.value * plain(other)
        if isinstance(other, Traced) and len(other.terms) > len(self.terms):
            return other.times(value, float(self.value), self)
        return self.times(value, float(plain(other)), other)

    def __rmul__(self, other: Any) -> Traced:
        return self.times(plain(other) * self.value, float(other), other)

    def __truediv__(self, other: Any) -> Traced:
        return self.times(self.value / plain(other), 1.0 / float(plain(other)), other)

    def __rtruediv__(self, other: Any) -> Traced:
        return merged(plain(other) / self.value, self)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __float__(self) -> float:
        return float(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __index__(self) -> int:
        return operator.index(self.value)

    def __hash__(self) -> int:
        return hash(self.value)


def _compared(how: Callable[[Any, Any], bool]) -> Callable[[Traced, Any], bool]:
    return lambda one, other: bool(how(one.value, plain(other)))


def _whole(how: Callable[[Any, Any], Any]) -> Callable[[Traced, Any], Traced]:
    return lambda one, other: merged(how(one.value, plain(other)), one, other)


for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(Traced, f"__{_name}__", _compared(getattr(operator, _name)))
for _name in ("floordiv", "mod", "and_", "or_", "xor", "lshift", "rshift"):
    setattr(Traced, f"__{_name.rstrip('_')}__", _whole(getattr(operator, _name)))


def plain(number: Any) -> Any:
    """The number itself."""
    return number.value if isinstance(number, Traced) else number


def merged(value: Any, *parts: Any) -> Traced:
    """``value`` as one term, made of what the parts were made of."""
    whole = Term(float(value))
    for part in parts:
        if isinstance(part, Traced):
            whole = whole.scaled(1.0, part.one())
    return Traced(value, (Term(float(value), whole.parameters, whole.of),))


def _terms(number: Any) -> tuple[Term, ...]:
    if isinstance(number, Traced):
        return number.terms
    return (Term(float(number)),) if number else ()


def _negative(number: Any) -> tuple[Term, ...]:
    return tuple(term.scaled(-1.0) for term in _terms(number))


# ------------------------------------------------------------------ records


# what a step of a field that is kept in small whole numbers is, in the unit that people think in
_STEPS = {"1/255": 1.0 / 255.0, "mm": 0.001, "mm/s": 0.001, "0.1 kg": 0.1, "0.01 kg": 0.01}
_PLAINLY = {
    f"{name}.{one.name}": _STEPS[one.unit]
    for name, listed in (("own", fields.FIGHTER_FIELDS), ("nature", fields.TRAIT_FIELDS))
    for one in listed
    if one.unit in _STEPS
}


class Watched:
    """A record whose fields are read as traced numbers, and written beside it, in ``written``.

    ``name`` stands before a field's name in what a term is made of; a parameter's term hangs on it.
    Luck and ids are plain: they are no quantities.
    """

    def __init__(self, name: str, record: Any) -> None:
        self.__dict__.update(name=name, record=record, written={})

    def __getattr__(self, key: str) -> Any:
        if key in self.written:
            return self.written[key]
        value = self.record[key]
        if isinstance(value, np.ndarray):
            return self.written.setdefault(key, self._parts(key, value))
        if key in ("id", "luck"):
            return value
        if self.name == "parameter":
            return Traced(value, (Term(float(value), (key.replace("_", ".", 1),)),))
        name = f"{self.name}.{key}"
        told = float(value) * _PLAINLY.get(name, 1.0)
        return Traced(value, (Term(float(value), (), {name: told}),))

    def _parts(self, key: str, values: np.ndarray) -> Any:
        """A field of several numbers: each traced under the field's name; not so in a memory,
        which is written to.
        """
        if self.name == "memory":
            return values.copy()
        name = f"{self.name}.{key}"
        return [Traced(value, (Term(float(value), (), {name: float(value)}),)) for value in values]

    def __setattr__(self, key: str, value: Any) -> None:
        self.written[key] = value


# ------------------------------------------------------------------ rules


def rebound(function: Any, exchange: Callable[[Any], Any]) -> Any:
    """A copy of a function of ours in which whatever ``exchange`` gives another thing for is that
    other thing, in it and in all that it calls. ``exchange`` returns its argument to leave it.
    """
    return _Binding(exchange).bound(function)


def traced(function: Any) -> Any:
    """A rule that can be run on traced numbers as well as on plain ones."""
    return _TRACING.bound(function)


class _Binding:
    def __init__(self, exchange: Callable[[Any], Any]) -> None:
        self._exchange = exchange
        self._known: dict[int, Any] = {}
        self._kept: list[Any] = []  # alive, so that no other thing comes to have its id

    def bound(self, thing: Any) -> Any:
        if id(thing) in self._known:
            return self._known[id(thing)]
        self._kept.append(thing)
        other = self._exchange(thing)
        if other is not thing:
            self._known[id(thing)] = other
        elif isinstance(thing, ModuleType) and thing.__name__.startswith("affray."):
            self._known[id(thing)] = _Module(self, thing)
        elif isinstance(thing, FunctionType) and (thing.__module__ or "").startswith("affray."):
            names = {**vars(builtins), **thing.__globals__}
            scope: dict[str, Any] = {}
            self._known[id(thing)] = FunctionType(thing.__code__, scope, thing.__name__)
            for name in thing.__code__.co_names:
                if name in names:
                    scope[name] = self.bound(names[name])
        else:
            return thing
        return self._known[id(thing)]


class _Module:
    """A module of rules, its functions bound as they are asked for."""

    def __init__(self, binding: _Binding, module: ModuleType) -> None:
        self._binding, self._module = binding, module

    def __getattr__(self, name: str) -> Any:
        return self._binding.bound(getattr(self._module, name))


def _cast(to: Any) -> Callable[[Any], Any]:
    def cast(number: Any) -> Any:
        return Traced(to(number.value), number.terms) if isinstance(number, Traced) else to(number)

    return cast


def _extreme(choose: Callable[..., Any]) -> Callable[..., Any]:
    """``max`` or ``min``: what is held at a plain bound keeps its terms, and one for the bound."""

    def chosen(*numbers: Any) -> Any:
        best = choose(numbers, key=plain)
        others = [number for number in numbers if isinstance(number, Traced)]
        if isinstance(best, Traced) or len(others) != 1 or len(numbers) != 2:
            return best
        held = float(best) - float(others[0])
        return Traced(best, (*others[0].terms, Term(held, (), {"limit": float(best)})))

    return chosen


def _bent(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that is no sum of its arguments: one term, made of all of them."""

    def bent(*numbers: Any) -> Any:
        value = function(*map(plain, numbers))
        return merged(value, *numbers) if any(isinstance(n, Traced) for n in numbers) else value

    return bent


def _tracing() -> Iterator[tuple[Any, Any]]:
    for cast in _CASTS:
        yield cast, _cast(cast)
    yield max, _extreme(max)
    yield min, _extreme(min)
    for function in (math.sqrt, maths.decay, maths.grow, maths.hazard):
        yield function, _bent(function)


_EXCHANGED = dict(_tracing())


def _exchange(thing: Any) -> Any:
    try:
        return _EXCHANGED.get(thing, thing)
    except TypeError:  # unhashable: an array, a table
        return thing


_TRACING = _Binding(_exchange)
