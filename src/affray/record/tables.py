"""Segments of tables: numpy structured arrays to Parquet and back.

zstd at its fastest level and no dictionaries: on rows of a battle's events that was both
smallest and among the fastest. Pages carry checksums for readers other than ours (duckdb,
polars); ours checks the whole file first, because a page checksum does not cover Parquet's own
footer.

Imports pyarrow: import this module late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from affray.record.disk import SealedFile
from affray.world import limits

_ROWS_AT_A_TIME = 16_384  # a row group: what is packed beside a segment stays small

Rows = np.ndarray[Any, Any]
Columns = list[list[str]]  # [name, numpy dtype such as "<i4"] of every column


def schema_of(columns: Columns) -> pa.Schema:
    """The Arrow schema of a table with these columns."""
    return pa.schema([(name, pa.from_numpy_dtype(np.dtype(code))) for name, code in columns])


def write_table(file: SealedFile, pieces: Sequence[Rows]) -> None:
    """Stream rows of all ``pieces`` (structured arrays of one dtype), in order, as Parquet."""
    with pq.ParquetWriter(
        pa.PythonFile(file, mode="w"),
        _columns(pieces[:1]).schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=False,
        write_page_checksum=True,
    ) as out:
        for group in _groups(pieces):
            out.write_table(_columns(group))
    pa.default_memory_pool().release_unused()


def _groups(pieces: Sequence[Rows]) -> Iterator[list[Rows]]:
    """The same rows in the same order, so many at a time."""
    ends = np.cumsum([len(piece) for piece in pieces]).tolist()
    for first in range(0, ends[-1], _ROWS_AT_A_TIME):
        yield [
            piece[max(first - start, 0) : max(first - start + _ROWS_AT_A_TIME, 0)]
            for start, piece in zip([0, *ends], pieces, strict=False)
        ]


def _columns(pieces: Sequence[Rows]) -> pa.Table:
    # column by column: joining whole rows first costs three times as much
    names = pieces[0].dtype.names or ()
    return pa.table({name: np.concatenate([piece[name] for piece in pieces]) for name in names})


def decode_table(
    data: bytes, columns: Columns, rows: int, wanted: Sequence[str] | None
) -> pa.Table:
    """The table in ``data``, with these columns and rows. Call it under ``disk.parsing``."""
    schema = schema_of(columns)
    row_bytes = sum(np.dtype(code).itemsize for _, code in columns)
    if rows * row_bytes > limits.RECORDING_OPEN_BYTES:
        raise ValueError(f"claims {rows} rows, more than a segment may hold")
    file = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
    if file.metadata.num_rows != rows or not file.schema_arrow.equals(schema):
        raise ValueError("does not have the rows and columns that the manifest names")
    # by this thread alone: a process that ends soon after its pool of threads began may abort as
    # they are taken down (Arrow's issue 34314), and segments are small
    table = file.read(columns=None if wanted is None else list(wanted), use_threads=False)
    table.validate(full=True)
    return table


def within_ticks(table: pa.Table, from_tick: int, to_tick: int) -> pa.Table:
    """Rows whose ``tick`` lies in from_tick..to_tick, both included."""
    tick = table["tick"]
    return table.filter(pc.and_(pc.greater_equal(tick, from_tick), pc.less_equal(tick, to_tick)))
