"""What reached one fighter, tick by tick: logged after the fact, by running it again."""

from affray.testimony.reasons import reasons
from affray.testimony.witness import Testimony, witness

__all__ = ["Testimony", "reasons", "witness"]
