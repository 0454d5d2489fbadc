"""Patterns over the events of a battle: whether they came about, when, and who played which role.

A pattern names roles, never fighters, and is read by nothing that runs a battle: it is laid over
what was recorded, afterwards. ``patterns.py`` and ``reading.py`` are the file, ``candidates.py``
and ``search.py`` find it in the events, ``sifted.py`` says what was found.
"""

from affray.sift.beside import sieve_beside
from affray.sift.reading import Sieve, read_sieve
from affray.sift.sifted import Sifted
from affray.sift.sifting import asked_kinds, check_against, sift, sift_recording

__all__ = [
    "Sieve",
    "Sifted",
    "asked_kinds",
    "check_against",
    "read_sieve",
    "sieve_beside",
    "sift",
    "sift_recording",
]
