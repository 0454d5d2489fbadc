"""affray: battles in which every fighter sees, decides, tires and fears for themself.

    import affray

    run = affray.load("cannae").run(seed=7)
    print(run.summary())
    run.fork(at="90 s", set={"parameters.fear.flight_weight": 0}).summary()

The same scenario, seed and interventions give the same battle, to the bit.
"""

from __future__ import annotations

__version__ = "0.1.0"
