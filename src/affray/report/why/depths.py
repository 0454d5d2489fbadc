"""How far a question is followed: limits of the walk up the causes."""

from __future__ import annotations

DEPTH = 4  # how far up the causes are followed, unless told otherwise
DEEPEST = 12
MOST = 60  # happenings in one walk
