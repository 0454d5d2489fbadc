"""Chunks of frames: exact, and readable by a browser with nothing but what it brings."""

from __future__ import annotations

import json
import shutil
import subprocess
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from affray.record.disk import Damage, parsing
from affray.record.frames import DTYPES, Frame, decode_frames, encode_frames
from tests.record import drama

BROWSER = r"""
const data = require("fs").readFileSync(process.argv[1]);
const size = data.readUInt32LE(8);
const header = JSON.parse(data.subarray(12, 12 + size).toString("utf8"));
const types = {u1: Uint8Array, i1: Int8Array, u2: Uint16Array,
               i2: Int16Array, u4: Uint32Array, i4: Int32Array};
(async () => {
  const stream = new Blob([data.subarray(12 + size)]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  const payload = await new Response(stream).arrayBuffer();
  const out = {};
  for (const field of header.fields) {
    const total = header.counts.reduce((a, b) => a + b, 0);
    const values = new types[field.dtype](payload, field.offset, total);
    let start = 0, before = values.subarray(0, 0);
    out[field.name] = header.counts.map((count) => {
      const frame = values.subarray(start, start + count);
      for (let i = 0; i < Math.min(count, before.length); i++) frame[i] += before[i];
      start += count;
      before = frame;
      return Array.from(frame);
    });
  }
  console.log(JSON.stringify({ticks: header.ticks, ...out}));
})();
"""


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_frames_come_back(data: st.DataObject) -> None:
    """Fields of every type, with fighters coming and going between frames, come back exactly."""
    dtypes = data.draw(st.lists(st.sampled_from(DTYPES), min_size=1, max_size=3))
    counts = data.draw(st.lists(st.integers(0, 20), min_size=1, max_size=5))
    frames = [
        Frame(tick, {str(i): data.draw(hnp.arrays(d, count)) for i, d in enumerate(dtypes)})
        for tick, count in enumerate(counts)
    ]

    back = decode_frames(b"".join(encode_frames(frames)))

    assert [frame.tick for frame in back] == list(range(len(counts)))
    for frame, again in zip(frames, back, strict=True):
        for name, values in frame.arrays.items():
            assert again.arrays[name].dtype == values.dtype
            assert again.arrays[name].tolist() == values.tolist()


def test_frames_larger_than_a_piece_come_back() -> None:
    """Fields of many pieces, longer and shorter than in the frame before, come back exactly."""
    luck = np.random.default_rng(1)
    counts = (40_000, 70_001, 65_537)
    frames = [
        Frame(tick, {d: luck.integers(0, 120, count).astype(d) for d in ("u1", "i2", "u4")})
        for tick, count in enumerate(counts)
    ]

    back = decode_frames(b"".join(encode_frames(frames)))

    for frame, again in zip(frames, back, strict=True):
        for name, values in frame.arrays.items():
            np.testing.assert_array_equal(again.arrays[name], values)


def test_little_is_worked_out_beside_the_frames() -> None:
    """Encoding takes a fraction of what the frames do, so that it adds little to a large run."""
    luck = np.random.default_rng(1)
    frames = [Frame(tick, {"x": luck.integers(0, 9, 1 << 20).astype("u2")}) for tick in (0, 1)]
    tracemalloc.start()
    for _ in encode_frames(frames):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < sum(frame.arrays["x"].nbytes for frame in frames) / 4


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node to stand in for a browser")
def test_a_browser_reads_them(pristine: Path) -> None:
    """Twenty lines of JavaScript, without a library, read a chunk as it is documented."""
    chunk = pristine / "frames" / "000001.frames"
    done = subprocess.run(
        ["node", "-e", BROWSER, str(chunk)], capture_output=True, text=True, check=True
    )

    read = json.loads(done.stdout)

    assert read["ticks"] == [12, 15, 18]
    assert read["x"] == [drama.frame_at(tick)["x"].tolist() for tick in read["ticks"]]
    assert read["turn"] == [drama.frame_at(tick)["turn"].tolist() for tick in read["ticks"]]


@pytest.mark.parametrize(
    "change",
    [
        {"bytes": 1 << 60},
        {"bytes": 8},
        {"bytes": -1},
        {"crc32": 0},
        {"ticks": [0]},
        {"counts": [2, -1]},
        {"counts": [1 << 60, 0]},
        {"counts": None},
        {"fields": [{"name": "x", "dtype": "O", "offset": 0}]},
        {"fields": [{"name": "x", "dtype": "u2", "offset": 1 << 60}]},
        {"fields": [{"name": "x", "dtype": "u2"}]},
    ],
)
def test_a_forged_chunk_is_refused(change: dict[str, Any]) -> None:
    """A header that contradicts its payload is refused, and no bomb is unpacked."""
    frames = [Frame(tick, {"x": np.arange(3, dtype=np.uint16)}) for tick in (0, 1)]
    head, *payload = encode_frames(frames)
    header = json.dumps(json.loads(head[12:]) | change).encode()
    forged = b"".join([head[:8], len(header).to_bytes(4, "little"), header, *payload])

    with pytest.raises(Damage), parsing(Path("0.frames")):
        decode_frames(forged)
