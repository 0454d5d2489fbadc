"""How rules and kernels are compiled: strictly, without contraction, cached under their digest.

The cache lies in the user's cache folder, in a folder named by a digest of every source that is
compiled, so that an edit can never meet stale code (Numba alone does not notice an edit in a
function that another file calls).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from llvmlite.binding import Linkage, parse_assembly
from numba import types
from numba.core import itanium_mangler
from numba.core.caching import FunctionCache
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering
from numba.extending import intrinsic, overload, register_jitable

from affray.rules.handed import ApartLower, HandingLower, by_address
from affray.world.battlefield import State, World

SOURCES = ("world", "rules", "powers", "minds", "engine")


def rules_digest() -> str:
    """Digest of every source that decides how a battle goes: a recording is tied to it."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted((root / folder).glob("*.py")):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled code is kept; ``AFFRAY_CACHE`` moves it."""
    home = os.environ.get("AFFRAY_CACHE") or os.environ.get("XDG_CACHE_HOME")
    base = Path(home) if home else Path.home() / ".cache"
    return base / "affray" / f"{rules_digest()}-numba{numba.__version__}-numpy{np.__version__}"


by_address(World)
by_address(State)
setattr(numba.config, "CACHE_DIR", str(cache_folder()))  # noqa: B010  (untyped)


class _Piece(JITCodeLibrary):
    """What a rule becomes: taken in by kernels as it is lowered, and made no code of alone."""

    def finalize(self) -> None:
        self._finalized = True


class _Whole(JITCodeLibrary):
    """What a kernel becomes: LLVM gets it and all that it calls once, not at every level of calls.

    So each rule is optimised in a kernel once, however deep it lies (cold compile 48 → 33 s). And
    LLVM is told that nobody else calls what a kernel calls: so it hands on what is used alone.
    """

    def finalize(self) -> None:
        pieces: dict[JITCodeLibrary, None] = {}
        ahead = list(self._linking_libraries)
        while ahead:
            piece = ahead.pop()
            if piece not in pieces:
                pieces[piece] = None
                ahead += piece._linking_libraries
        self._linking_libraries = list(pieces)
        super().finalize()

    def _optimize_final_module(self) -> None:
        for function in self._final_module.functions:
            if function.linkage == Linkage.linkonce_odr:
                function.linkage = Linkage.internal
        super()._optimize_final_module()

    def serialize_using_object_code(self) -> Any:
        """Machine code, and the names in it alone: no other code takes a kernel in."""
        open_to_all = [f for f in self._final_module.functions if f.linkage != Linkage.internal]
        names = [f.name for f in open_to_all if not f.is_declaration]
        words = [v.name for v in self._final_module.global_variables if not v.is_declaration]
        hollow = ir.Module(self.name)
        for name in names:
            kind = ir.FunctionType(ir.VoidType(), [])
            ir.IRBuilder(ir.Function(hollow, kind, name).append_basic_block()).ret_void()
        for word in words:
            ir.GlobalVariable(hollow, ir.IntType(8), word).initializer = ir.IntType(8)(0)
        bitcode = parse_assembly(str(hollow)).as_bitcode()
        return self.name, "object", (self._get_compiled_object(), bitcode)


def _mangle(name: str, given: Any, *, abi_tags: Any = (), uid: int | None = None) -> str:
    """A name for a compiled function, in which a digest stands for the types of its arguments.

    Numba spells them out; for ``World`` and ``State`` that takes thousands of letters each, which
    were nine tenths of all that lay in the cache.
    """
    spelled = "".join(map(str, (*given, *abi_tags)))
    digest = hashlib.sha256(spelled.encode()).hexdigest()[:16]
    mangled: str = itanium_mangler.mangle(name, (), abi_tags=(digest,), uid=uid)
    return mangled


class _KernelLowering(NativeLowering):
    """Lowers a kernel, to be made machine code together with all that it calls."""

    _name = "affray_kernel_lowering"
    _library: type[JITCodeLibrary] = _Whole
    lowering_class = HandingLower

    def run_pass(self, state: Any) -> Any:
        state.targetctx.mangler = _mangle
        state.library = self._library(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return super().run_pass(state)


class _Lowering(_KernelLowering):
    """Lowers a rule without making machine code of it alone: kernels take it in whole."""

    _name = "affray_lowering"
    _library = _Piece

    def run_pass(self, state: Any) -> Any:
        state.flags.no_compile = True
        changed = super().run_pass(state)
        token: Any = list[int]().append  # Numba wants a builtin as a name; nobody calls it
        state.targetctx.insert_user_function(token, state.cr.fndesc, [state.library])
        state.cr = state.cr._replace(cfunc=token)
        return changed


class _LoweringApart(_Lowering):
    """The same, for a function that LLVM must leave a function, and so vectorise as it stands."""

    _name = "affray_lowering_apart"
    lowering_class = ApartLower


# Steps of Numba's pipeline that do nothing for a rule, by their names: rules have no closures, no
# ``with``, no literal arguments, no expressions of whole arrays. Each would look at all of every
# rule, some of them again and again.
_NOTHING_TO_DO = {
    "with_lifting",
    "inline_closure_likes",
    "rewrite_semantic_constants",
    "dead_branch_prune",
    "Rewrite dynamic raises",
    "make_function_op_code_to_jit_function",
    "inline_inlinables",
    "find_literally",
    "literal_unroll",
    "LiteralPropagation",
    "inline_overloads",
    "nopython_rewrites",
    "dump_parfor_diagnostics",
}


def _compiler(lowering: Any) -> type:
    """Numba's own pipeline with ``lowering`` in place of its native lowering, and less to do."""

    class Compiler(CompilerBase):
        def define_pipelines(self) -> list[Any]:
            pipeline = DefaultPassBuilder.define_nopython_pipeline(self.state, lowering._name)
            pipeline.passes = [
                (lowering if step is NativeLowering else step, about)
                for step, about in pipeline.passes
                if step._name not in _NOTHING_TO_DO
            ]
            pipeline._finalized = False
            pipeline.finalize()
            return [pipeline]

    return Compiler


register_pass(mutates_CFG=True, analysis_only=False)(_KernelLowering)
register_pass(mutates_CFG=True, analysis_only=False)(_Lowering)
register_pass(mutates_CFG=True, analysis_only=False)(_LoweringApart)

# ``rule``: one fighter's rule. ``part``: a piece of a kernel, always inlined: a call would store
# and read anew what stands in registers. ``loop``: a loop over those gathered, never inlined,
# because amid all else LLVM does not vectorise it. ``seldom``: a piece to which few come in a tick;
# never inlined, so that the kernel is compiled sooner. ``kernel``: what Python calls.
# None of them allocates, so none counts references (``_nrt=False``): atomic counters would cost
# half the time of a tick. All but kernels stay plain Python functions, to call and to test.
_STRICT: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,
    "no_cfunc_wrapper": True,
}
_WITHIN: dict[str, Any] = {
    **_STRICT,
    "no_cpython_wrapper": True,
    "pipeline_class": _compiler(_Lowering),
}
rule: Any = register_jitable(**_WITHIN, forceinline=False)
part: Any = register_jitable(**_WITHIN, forceinline=True)
_APART = {**_WITHIN, "pipeline_class": _compiler(_LoweringApart), "forceinline": False}
loop: Any = register_jitable(**_APART)
seldom: Any = register_jitable(**_APART)


def fetch(row):
    """Bid the processor bring a record near that will soon be read; changes nothing."""


def _fetch_lines(_typing_context: Any, row: Any) -> Any:
    """The instruction for it: one for each line of 64 bytes that the record lies in."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        byte, word = ir.IntType(8), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte.as_pointer(), word, word, word])
        start = builder.bitcast(given[0], byte.as_pointer())
        bring = builder.module.declare_intrinsic("llvm.prefetch", [start.type], kind)
        for offset in (*range(0, row.size, 64), row.size - 1):
            at = builder.gep(start, [word(offset)])
            builder.call(bring, [at, word(0), word(3), word(1)])  # to read, keep it, data
        return _context.get_dummy_value()

    return types.void(row), generate


_lines: Any = intrinsic(_fetch_lines)


@overload(fetch)
def _fetch(row):
    return lambda row: _lines(row)


class NotCompiled(Exception):
    """A kernel is not in the cache, and was not to be compiled now."""


class _KernelCache(FunctionCache):
    """Numba's cache, without making ready to compile before it is known that anything must be.

    Numba reads in how every function of NumPy's is compiled first: a third of a second.
    """

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        with self._guard_against_spurious_io_errors():
            found = self._load_overload(sig, target_context)
        if found is None and Kernel.manner == CACHED:
            raise NotCompiled
        return found


USUAL, CACHED, PLAIN = "usual", "cached", "plain"  # manners in which kernels run


class Kernel(CPUDispatcher):
    """A kernel: looks at the types of its arguments in the first call, and never again.

    Numba looks at them in every call, to choose among all that it has compiled; for ``World`` and
    ``State`` that takes 7 us, more than many a kernel. Ours are compiled for one set of types each
    (``run.warm.signatures``), so the machine code can be called at once.

    ``manner``, of all kernels: *usual*; *cached*, which raises NotCompiled for one that is not in
    the cache; or *plain*: as the Python functions that they are written as, noting in ``types``
    what each is called with.
    """

    manner = USUAL
    types: Any = None
    _code: Callable[..., Any] | None = None

    def enable_caching(self) -> None:
        self._cache = _KernelCache(self.py_func)

    def __call__(self, *given: Any) -> Any:
        if self._code is not None:
            return self._code(*given)
        if Kernel.manner == PLAIN:
            if self.types is None:
                self.types = tuple(map(self.typeof_pyval, given))
            with np.errstate(all="ignore"):  # hashing overflows on purpose
                return self.py_func(*given)
        result = super().__call__(*given)
        compiled: Any
        (compiled,) = self.overloads.values()
        self._code = compiled.entry_point
        return result


@contextmanager
def running(manner: str) -> Iterator[None]:
    """Let all kernels that are not ready yet run in another manner for a while."""
    Kernel.manner = manner
    try:
        yield
    finally:
        Kernel.manner = USUAL


def kernel(function: Callable[..., Any]) -> Any:
    """Compile ``function`` when it is called first, and keep the machine code for later runs."""
    compiled = Kernel(
        function,
        targetoptions={**_STRICT, "nopython": True},
        pipeline_class=_compiler(_KernelLowering),
    )
    compiled.enable_caching()
    return compiled
