"""Chunks of frames for playback, simple enough for a browser to read by itself.

A chunk is one file:

    8 bytes   magic, ``AFFRAYF1``
    4 bytes   length of the header, little-endian unsigned
    header    JSON in UTF-8
    rest      the payload, gzip

The header:

    {"ticks": [t0, t1, …],            tick of every frame, ascending
     "counts": [n0, n1, …],           fighters in every frame
     "fields": [{"name": "x", "dtype": "u2", "offset": 0}, …],
     "bytes": B, "crc32": C}          of the payload, uncompressed

A field's values lie in the payload at ``offset`` (a multiple of 8), frame after frame,
little-endian: n0 values, then n1, … Every value is stored as its difference from the value at the
same place in the frame before (0 where there is none), modulo the range of its type: adding in a
typed array of JavaScript wraps by itself. Types are u1, i1, u2, i2, u4, i4.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from affray.world import limits

MAGIC = b"AFFRAYF1"
DTYPES = ("u1", "i1", "u2", "i2", "u4", "i4")
_AT_A_TIME = 1 << 16  # bytes, so that what is worked out and packed beside a frame stays small
_GZIP = 31  # zlib's number for a gzip container with the largest window


@dataclass(frozen=True)
class Frame:
    """What playback shows of one tick: one array a field, all as long as there are fighters."""

    tick: int
    arrays: dict[str, np.ndarray[Any, Any]]


def encode_frames(frames: Sequence[Frame]) -> Iterator[bytes]:
    """One chunk, piece by piece. All frames have the same fields and dtypes.

    The differences are taken twice, for the checksum and for the payload, rather than kept.
    """
    fields, offset, crc32 = [], 0, 0
    for name, values in frames[0].arrays.items():
        fields.append({"name": name, "dtype": values.dtype.str[1:], "offset": offset})
        for data in _differences([frame.arrays[name] for frame in frames]):
            offset += len(data)
            crc32 = zlib.crc32(data, crc32)
    header = json.dumps(
        {
            "ticks": [frame.tick for frame in frames],
            "counts": [_count(frame) for frame in frames],
            "fields": fields,
            "bytes": offset,
            "crc32": crc32,
        }
    ).encode()
    yield MAGIC + struct.pack("<I", len(header)) + header
    # differences have no long repeats: run-length matching is as small and faster
    packer = zlib.compressobj(1, zlib.DEFLATED, _GZIP, 9, zlib.Z_RLE)
    for name in frames[0].arrays:
        for data in _differences([frame.arrays[name] for frame in frames]):
            yield packer.compress(data)
    yield packer.flush()


def decode_frames(data: bytes) -> list[Frame]:
    """The frames of one chunk. Call it under ``disk.parsing``."""
    if data[:8] != MAGIC:
        raise ValueError("is not a chunk of frames")
    (header_bytes,) = struct.unpack_from("<I", data, 8)
    if header_bytes > min(len(data), limits.RECORDING_HEADER_BYTES):
        raise ValueError("its header is truncated")
    header = json.loads(data[12 : 12 + header_bytes])
    ticks, counts = header["ticks"], header["counts"]
    _check_numbers([*ticks, *counts, header["bytes"], header["crc32"]])
    if len(ticks) != len(counts) or header["bytes"] > limits.RECORDING_OPEN_BYTES:
        raise ValueError("its header contradicts itself")
    payload = _unpack(data[12 + header_bytes :], header["bytes"])
    if zlib.crc32(payload) != header["crc32"]:
        raise ValueError("the checksum of its payload differs")
    columns = {field["name"]: _field(payload, field, counts) for field in header["fields"]}
    return [
        Frame(tick, {name: frames[number] for name, frames in columns.items()})
        for number, tick in enumerate(ticks)
    ]


def _count(frame: Frame) -> int:
    return len(next(iter(frame.arrays.values())))


def _check_numbers(numbers: list[Any]) -> None:
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise ValueError("its header holds something else than whole numbers")


def _unpack(packed: bytes, expected_bytes: int) -> bytes:
    """Decompress at most what the header promises: a small file can't ask for all memory."""
    unpacker = zlib.decompressobj(_GZIP)
    payload = unpacker.decompress(packed, expected_bytes + 1)
    if len(payload) != expected_bytes or not unpacker.eof or unpacker.unused_data:
        raise ValueError("its payload is not as long as its header says")
    return payload


def _differences(frames: Sequence[np.ndarray[Any, Any]]) -> Iterator[bytes]:
    """One field of all frames end to end as it is stored, piece by piece: each value less that at
    the same place in the frame before, wrapping around; zeros up to 8 bytes.
    """
    stored, before = frames[0].dtype.newbyteorder("<"), frames[0][:0]
    for frame in frames:
        for start in range(0, len(frame), _AT_A_TIME // frame.itemsize):
            piece = frame[start : start + _AT_A_TIME // frame.itemsize].astype(stored)
            earlier = before[start : start + len(piece)]
            piece[: len(earlier)] -= earlier
            yield piece.tobytes()
        before = frame
    yield bytes(-sum(frame.nbytes for frame in frames) % 8)


def _field(payload: bytes, field: dict[str, Any], counts: list[int]) -> list[np.ndarray[Any, Any]]:
    """One array a frame, differences summed up again."""
    if field["dtype"] not in DTYPES:
        raise ValueError(f"its header names an unknown type {field['dtype']!r}")
    _check_numbers([field["offset"]])
    stored = np.frombuffer(payload, "<" + field["dtype"], sum(counts), field["offset"])
    frames: list[np.ndarray[Any, Any]] = []
    start = 0
    for count in counts:
        values = stored[start : start + count].astype(field["dtype"])
        if frames:
            shared = min(len(frames[-1]), count)
            values[:shared] += frames[-1][:shared]
        frames.append(values)
        start += count
    return frames
