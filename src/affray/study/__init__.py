"""Many battles at once: repeated over seeds and variations, and held against what is known."""

from affray.study.plan import Plan, plan, share_of, varied
from affray.study.repeat import repeat

__all__ = ["Plan", "plan", "repeat", "share_of", "varied"]
