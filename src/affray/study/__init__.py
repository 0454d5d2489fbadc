"""Many battles at once: repeated over seeds and variations, and held against what is known."""

from affray.study.plan import Plan, plan, varied
from affray.study.repeat import repeat

__all__ = ["Plan", "plan", "repeat", "varied"]
