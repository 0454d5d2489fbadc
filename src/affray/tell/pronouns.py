"""Who tells, as a pronoun: he, she, or they, where several tell what all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HE, SHE, THEY = range(3)
SEVERAL = "all"  # the gender of several who tell together
NOBODY = "none"  # the gender of a camera: there is nobody of whom such words could be said
OWN = {
    "I": ("he", "she", "they"),
    "me": ("him", "her", "them"),
    "my": ("his", "her", "their"),
    "mine": ("his", "hers", "theirs"),
    "myself": ("himself", "herself", "themselves"),
}
"""What stands in the slots for whoever tells, by which of the three it is."""
_TELLS = {"woman": SHE, SEVERAL: THEY}


THE_SAME = {"man": "the man", "woman": "the woman"}
"""What somebody of a name may be called once more, by gender."""


def who_tells(own: Mapping[str, Any]) -> int:
    """Which of the three it is, by what a testimony says of itself (``self_``)."""
    return _TELLS.get(str(own["gender"]), HE)
