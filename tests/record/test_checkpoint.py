"""A checkpoint is exact, and harmless whoever wrote it."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from affray.record import checkpoint
from affray.record.disk import Damage, SealedFile, parsing

PLAIN = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(),
    hnp.unsigned_integer_dtypes(),
    hnp.floating_dtypes(),
    hnp.complex_number_dtypes(),
    hnp.byte_string_dtypes(min_len=1),
)
STRUCTS = st.lists(
    st.tuples(PLAIN, hnp.array_shapes(min_dims=0, max_dims=2)), min_size=1, max_size=4
).map(lambda fields: np.dtype([(f"f{i}", *field) for i, field in enumerate(fields)], align=True))
DTYPES = PLAIN | STRUCTS
ARRAYS = st.dictionaries(
    st.text(max_size=8),
    DTYPES.flatmap(
        lambda d: hnp.arrays(d, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
    ),
    max_size=3,
)


def written(path: Path, arrays: dict[str, Any], meta: dict[str, Any]) -> bytes:
    file = SealedFile(path)
    checkpoint.write_checkpoint(file, arrays, meta)
    file.commit()
    return path.read_bytes()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(arrays=ARRAYS, meta=st.dictionaries(st.text(), st.integers() | st.text() | st.none()))
def test_any_arrays_come_back_to_the_bit(
    tmp_path: Path, arrays: dict[str, Any], meta: dict[str, Any]
) -> None:
    """Every plain, byte or struct array of any shape and order is the same after a round trip."""
    data = written(tmp_path / "c", arrays, meta)

    back, meta_back = checkpoint.read_checkpoint(data)

    assert meta_back == meta
    assert list(back) == list(arrays)
    for name, array in arrays.items():
        assert back[name].dtype == array.dtype
        assert back[name].shape == array.shape
        assert back[name].tobytes() == array.tobytes()
        assert back[name].flags.writeable


def test_arrays_of_many_blocks_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks that shrink, blocks that don't, a broken last one, and an array read backwards."""
    monkeypatch.setattr(checkpoint, "BLOCK_BYTES", 1000)
    noise = np.frombuffer(bytes((i * i * 7919 >> 5) % 256 for i in range(4321)), np.uint8)
    arrays = {"noise": noise, "zeros": np.zeros(5000), "mixed": np.r_[noise, noise * 0][::-1]}

    back, _ = checkpoint.read_checkpoint(written(tmp_path / "c", arrays, {}))

    assert all(back[name].tobytes() == array.tobytes() for name, array in arrays.items())


def forge(arrays: Any, blobs: bytes = b"", meta: Any = None) -> bytes:
    """A checkpoint by a hostile hand: whatever index it likes, all checksums right."""
    index = json.dumps({"meta": {} if meta is None else meta, "arrays": arrays}).encode()
    tail = struct.pack("<II8s", len(index), zlib.crc32(index), checkpoint.MAGIC)
    return checkpoint.MAGIC + blobs + index + tail


def entry(**changes: Any) -> dict[str, Any]:
    fine = {"name": "x", "dtype": "|u1", "shape": [4], "crc32": zlib.crc32(b"abcd"), "blocks": [4]}
    return fine | changes


@pytest.mark.parametrize(
    "forged",
    [
        entry(dtype="|O8"),
        entry(dtype="object"),
        entry(dtype="<M8[s]"),
        entry(dtype={"fields": [["f", "|O8", [], 0]], "bytes": 8}),
        entry(dtype={"fields": [["f", "<f4", [], 1 << 40]], "bytes": 4}),
        entry(dtype={"fields": [["f", "<f4", [1 << 40], 0]], "bytes": 4}),
        entry(dtype={"fields": [["f", "|S4", [], 0]], "bytes": -4}),
        entry(dtype=7),
        entry(shape=[1 << 40]),
        entry(shape=[1 << 40], blocks=[4] * (1 << 8)),
        entry(shape=[-4]),
        entry(shape=[4.0]),
        entry(shape=[2, 3]),
        entry(shape=[1] * 100),
        entry(shape=[0, 1 << 62, 1 << 62], blocks=[]),
        entry(blocks=[5]),
        entry(blocks=[2]),
        entry(blocks=[-4]),
        entry(blocks=None),
        entry(crc32=1),
        entry(name=[]),
        [],
        None,
    ],
)
def test_a_forged_checkpoint_is_refused(forged: Any) -> None:
    """No object, no absurd size, no crooked index gets through, and nothing large is allocated."""
    assert checkpoint.read_checkpoint(forge([entry()], b"abcd"))[0]["x"].tobytes() == b"abcd"

    with pytest.raises(Damage, match=r"c\.ckpt: is damaged"), parsing(Path("c.ckpt")):
        checkpoint.read_checkpoint(forge([forged], b"abcd"))


def test_a_small_file_can_not_ask_for_much_memory() -> None:
    """Stored bytes bound what is allocated: no more than LZ4 can expand to."""
    claims = entry(shape=[(4 << 20) - 1], blocks=[4])
    with pytest.raises(ValueError, match="more than is stored"):
        checkpoint.read_checkpoint(forge([claims], b"abcd"))
    with pytest.raises(ValueError, match="malformed"):
        checkpoint.read_checkpoint(forge([entry()] * 5000, b"abcd"))
