"""Checkpoints: named numpy arrays and a little JSON, exact to the bit, safe to read from anybody.

A checkpoint is one file: magic ``AFFRAYC1``; the arrays' bytes in blocks of up to 4 MiB, each
LZ4 if that is smaller, else as they are; the index as JSON in UTF-8; 16 last bytes: length and
CRC-32 of the index (little-endian), magic again. The index comes last so that a state of
hundreds of megabytes streams out without a second copy of it in memory.

    {"meta": …, "arrays": [{"name": "x", "dtype": "<f4", "shape": [100000],
                            "crc32": of its bytes, "blocks": [stored bytes, …]}, …]}

Nothing in it is code. Sizes are checked against one another and against what LZ4 can at most
expand to before anything is allocated.
"""

from __future__ import annotations

import json
import math
import re
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from affray.record.disk import SealedFile
from affray.world import limits
from affray.world.errors import LimitError, UsageError

Arrays = dict[str, np.ndarray[Any, Any]]

MAGIC = b"AFFRAYC1"
BLOCK_BYTES = 4 << 20
_TAIL = struct.Struct("<II8s")
_LZ4_MOST_EXPANSION = 256
_PLAIN = re.compile(r"[<>|][biufcS]\d{1,6}")


def write_checkpoint(
    file: SealedFile, arrays: Mapping[str, np.ndarray[Any, Any]], meta: dict[str, Any]
) -> None:
    """Stream arrays (any shape; numbers, bytes, structs of them) and JSON-able ``meta``."""
    import pyarrow as pa

    codec = pa.Codec("lz4_raw")
    if len(arrays) > limits.RECORDING_CHECKPOINT_ARRAYS:
        raise LimitError(f"a checkpoint holds at most {limits.RECORDING_CHECKPOINT_ARRAYS} arrays")
    if sum(array.nbytes for array in arrays.values()) > limits.RECORDING_CHECKPOINT_BYTES:
        raise LimitError(f"a checkpoint holds at most {limits.RECORDING_CHECKPOINT_BYTES} bytes")
    file.write(MAGIC)
    entries = []
    for name, array in arrays.items():
        dtype = describe_dtype(array.dtype)  # refuses what has no plain bytes
        raw = _raw_bytes(array).data
        blocks = []
        for start in range(0, len(raw), BLOCK_BYTES):
            block = raw[start : start + BLOCK_BYTES]
            packed = codec.compress(block, asbytes=True)
            stored = packed if len(packed) < len(block) else block
            file.write(stored)
            blocks.append(len(stored))
            del packed, stored  # before the next block is packed beside them
        entries.append(
            {
                "name": name,
                "dtype": dtype,
                "shape": list(array.shape),
                "crc32": zlib.crc32(raw),
                "blocks": blocks,
            }
        )
    try:
        index = json.dumps({"meta": meta, "arrays": entries}, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise UsageError(
            f"meta of a checkpoint holds something that JSON cannot ({error})"
        ) from error
    if len(index) > limits.RECORDING_HEADER_BYTES:
        raise LimitError(
            f"meta of a checkpoint exceeds {limits.RECORDING_HEADER_BYTES} bytes; use an array"
        )
    file.write(index)
    file.write(_TAIL.pack(len(index), zlib.crc32(index), MAGIC))


def read_checkpoint(data: bytes) -> tuple[Arrays, dict[str, Any]]:
    """Arrays (each its own writable memory) and meta. Call it under ``disk.parsing``."""
    if len(data) < len(MAGIC) + _TAIL.size or data[:8] != MAGIC:
        raise ValueError("is not a checkpoint")
    index_bytes, index_crc32, magic = _TAIL.unpack_from(data, len(data) - _TAIL.size)
    index_start = len(data) - _TAIL.size - index_bytes
    if magic != MAGIC or index_start < len(MAGIC) or index_bytes > limits.RECORDING_HEADER_BYTES:
        raise ValueError("its index is truncated")
    encoded = data[index_start : len(data) - _TAIL.size]
    if zlib.crc32(encoded) != index_crc32:
        raise ValueError("the checksum of its index differs")
    index = json.loads(encoded)
    if len(index["arrays"]) > limits.RECORDING_CHECKPOINT_ARRAYS or type(index["meta"]) is not dict:
        raise ValueError("its index is malformed")
    # every size is held against the file before the first byte is allocated
    plans = [_plan(entry) for entry in index["arrays"]]
    stored = sum(sum(entry["blocks"]) for entry in index["arrays"])
    if (
        stored != index_start - len(MAGIC)
        or sum(size for *_, size in plans) > limits.RECORDING_CHECKPOINT_BYTES
    ):
        raise ValueError("its index does not fit its length")
    arrays: Arrays = {}
    body, position = memoryview(data), len(MAGIC)
    for entry, (dtype, shape, size) in zip(index["arrays"], plans, strict=True):
        raw, position = _unpack(body, position, entry["blocks"], size)
        if zlib.crc32(raw.data) != entry["crc32"]:
            raise ValueError(f"the checksum of its array {entry['name']!r} differs")
        arrays[entry["name"]] = raw.view(dtype).reshape(shape) if size else np.zeros(shape, dtype)
    return arrays, index["meta"]


def describe_dtype(dtype: np.dtype[Any]) -> Any:
    """A dtype as JSON: ``"<f4"``, or name, type, shape and offset of every field of a struct."""
    if dtype.names is None:
        if dtype.subdtype is None and _PLAIN.fullmatch(dtype.str):
            return dtype.str
        raise UsageError(
            f"an array of {dtype} cannot go into a checkpoint: numbers, bytes and flat structs can"
        )
    fields = []
    for name in dtype.names:
        kind, offset = (dtype.fields or {})[name][:2]  # type: ignore[index]
        fields.append([name, describe_dtype(kind.base), list(kind.shape), offset])
    return {"fields": fields, "bytes": dtype.itemsize}


def parse_dtype(described: Any, depth: int = 0) -> np.dtype[Any]:
    """The dtype that ``describe_dtype`` wrote; never one that holds objects."""
    if type(described) is str and _PLAIN.fullmatch(described):
        return np.dtype(described)
    if type(described) is not dict or depth > 4:
        raise ValueError("its index names an unknown type")
    names, formats, offsets = [], [], []
    for name, kind, shape, offset in described["fields"]:
        names.append(name)
        formats.append(np.dtype((parse_dtype(kind, depth + 1), tuple(shape))))
        offsets.append(offset)
    return np.dtype(
        {"names": names, "formats": formats, "offsets": offsets, "itemsize": described["bytes"]}
    )


def _raw_bytes(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    if array.nbytes == 0:
        return np.empty(0, np.uint8)
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8)


def _plan(entry: dict[str, Any]) -> tuple[np.dtype[Any], tuple[int, ...], int]:
    """Dtype, shape and size in bytes of one array, which its stored blocks must be able to fill."""
    shape, blocks = tuple(entry["shape"]), entry["blocks"]
    if not all(type(number) is int and number >= 0 for number in (*shape, *blocks)):
        raise ValueError("its index holds something else than whole numbers")
    dtype = parse_dtype(entry["dtype"])
    size = math.prod(shape) * dtype.itemsize
    if len(blocks) != -(-size // BLOCK_BYTES) or size > _LZ4_MOST_EXPANSION * (sum(blocks) + 1):
        raise ValueError(f"its array {entry['name']!r} claims {size} bytes, more than is stored")
    return dtype, shape, size


def _unpack(
    body: memoryview, position: int, blocks: list[int], size: int
) -> tuple[np.ndarray[Any, Any], int]:
    """Raw bytes of one array, and where the next one starts."""
    import pyarrow as pa

    codec = pa.Codec("lz4_raw")
    raw = np.empty(size, np.uint8)
    for number, stored in enumerate(blocks):
        target = raw[number * BLOCK_BYTES : (number + 1) * BLOCK_BYTES]
        block = body[position : position + stored]
        if stored < len(target):
            block = codec.decompress(block, len(target), asbytes=True)
        target[:] = np.frombuffer(block, np.uint8)
        position += stored
    return raw, position
