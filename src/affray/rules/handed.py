"""How compiled code is handed world and state: by address, where Numba would hand every array.

Numba passes a tuple of arrays in its parts, seven to each array: with ``World`` and ``State`` that
are 400 arguments for every function that sees them, and most of the time of compiling went into
passing them on. Here a tuple of a class that is ``by_address`` is one argument, and its arrays are
read from there where they are used. No kernel sees an array change place or size while it runs, so
LLVM is told that these words are invariant, and keeps or reads them anew as it sees fit.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models
from numba.core.lowering import Lower
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np.numpy_support import from_dtype, map_layout

_LINE_BYTES = 64


class Handed(types.Type):
    """A named tuple of arrays, or of such tuples, that is known by its address."""

    def __init__(self, whole: types.NamedTuple) -> None:
        self.whole = whole
        super().__init__(f"handed {whole}")


def by_address(kind: type) -> None:
    """From now on, tuples of this class are handed to compiled code by address."""

    @typeof_impl.register(kind)
    def _(given: Any, _context: Any) -> Handed:
        return Handed(_whole(given))


def _whole(given: Any) -> types.NamedTuple:
    parts = [_whole(part) if isinstance(part, tuple) else _array(part) for part in given]
    return types.BaseTuple.from_types(parts, type(given))


def _array(given: np.ndarray) -> types.Array:
    """Numba's type of an array; that of its elements is worked out once, for records have many."""
    flags = given.flags
    layout: Any = map_layout(given)
    return types.Array(
        _element(given.dtype),
        given.ndim,
        layout,
        readonly=not flags.writeable,
        aligned=flags.aligned,
    )


@cache
def _element(dtype: np.dtype) -> types.Type:
    return from_dtype(dtype)


@register_model(Handed)
class _Model(models.PointerModel):
    def __init__(self, manager: Any, kind: Handed) -> None:
        models.PrimitiveModel.__init__(
            self, manager, kind, manager.lookup(kind.whole).get_value_type().as_pointer()
        )


@infer_getattr
class _Parts(AttributeTemplate):
    key = Handed

    def generic_resolve(self, handed: Any, name: str) -> Any:  # type: ignore[override]
        if name not in handed.whole.fields:
            return None
        part = handed.whole[handed.whole.fields.index(name)]
        return Handed(part) if isinstance(part, types.NamedTuple) else part


@lower_getattr_generic(Handed)
def _part(_context: Any, builder: Any, kind: Handed, address: Any, name: str) -> Any:
    """The address of a tuple within, or an array, word for word."""
    place = kind.whole.fields.index(name)
    at = cgutils.gep_inbounds(builder, address, 0, place)
    return at if isinstance(kind.whole[place], types.NamedTuple) else _read(builder, at)


def _read(builder: Any, at: Any) -> Any:
    """What stands at an address, read as words that LLVM may take for invariant."""
    kind = at.type.pointee
    if not isinstance(kind, (ir.LiteralStructType, ir.ArrayType)):
        word = builder.load(at)
        word.set_metadata("invariant.load", builder.module.add_metadata([]))
        return word
    count = kind.count if isinstance(kind, ir.ArrayType) else len(kind.elements)
    read = ir.Constant(kind, ir.Undefined)
    for place in range(count):
        part = _read(builder, cgutils.gep_inbounds(builder, at, 0, place))
        read = builder.insert_value(read, part, place)
    return read


@unbox(Handed)
def _unbox(kind: Handed, given: Any, c: Any) -> NativeValue:
    """Lay the tuple out on the stack of the call from Python, for as long as that lasts."""
    native = c.unbox(kind.whole, given)
    at = cgutils.alloca_once_value(c.builder, native.value)
    return NativeValue(at, is_error=native.is_error, cleanup=native.cleanup)


class HandingLower(Lower):
    """Lowers a function that is handed things by address: tells LLVM that they are there."""

    def extract_function_arguments(self) -> Any:
        raw = super().extract_function_arguments()
        for kind, given in zip(self.fndesc.argtypes, self.fnargs, strict=True):
            if isinstance(kind, Handed):
                size = self.context.get_abi_sizeof(given.type.pointee)
                given.attributes.dereferenceable = size
        return raw


class ApartLower(HandingLower):
    """Lowers a function that stays one, with its stack aligned to a cache line.

    A vector loop spills what is as wide as that, and would else spill it across two lines.
    """

    def setup_function(self, fndesc: Any) -> None:
        super().setup_function(fndesc)
        self.function.attributes.add("noinline")
        self.function.attributes.alignstack = _LINE_BYTES
