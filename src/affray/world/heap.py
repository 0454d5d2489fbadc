"""The C library's heap: what is freed goes back to the system, and is not kept in case.

glibc asks the system for each block above a threshold by itself, and hands it back when it is
freed. But it raises the threshold to the largest block ever freed so, up to 32 MB, and keeps
smaller ones in a heap that shrinks from its end alone. So arrays that come and go with each tick
would leave holes among those that stay: some 40 bytes a fighter in a battle of a million. A
threshold that has been set stays where it is (mallopt(3)).
"""

from __future__ import annotations

import ctypes
import sys

_MMAP_THRESHOLD = -3  # its number in glibc's malloc.h
_BLOCK_BYTES = 256 << 10


def hand_back_freed() -> None:
    """Let blocks of any size from 256 kB go back to the system when freed. Elsewhere than in
    glibc, which alone has this habit, nothing is done.
    """
    if _is_glibc():
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _BLOCK_BYTES)


def hand_back_now() -> None:
    """Let whole pages that are free between smaller blocks go back to the system too.

    The paper of a battle that has grown is tens of thousands of small pieces, gone once the battle
    stands; and what a segment is packed with is gone once it is sealed: some 10 bytes a fighter in
    a battle of a million (malloc_trim(3)).
    """
    if _is_glibc():
        ctypes.CDLL(None).malloc_trim(0)


def _is_glibc() -> bool:
    return sys.platform == "linux" and hasattr(ctypes.CDLL(None), "gnu_get_libc_version")
