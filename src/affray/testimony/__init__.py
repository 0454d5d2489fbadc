"""What reached any fighter, and why he did what he did: logged after the fact, by running the
battle again. Testimonies are made of what was logged.
"""

from affray.testimony.reasons import reasons
from affray.testimony.witness import Looks, witness

__all__ = ["Looks", "reasons", "witness"]
