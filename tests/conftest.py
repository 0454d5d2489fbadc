"""What all tests share: a terminal that is the same everywhere, and property tests that repeat.

Set before affray is imported, since Rich and Numba read their environment once.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# what a command prints must not depend on who looks: no colour, one width
os.environ["NO_COLOR"] = "1"
os.environ["COLUMNS"] = "100"
os.environ.pop("FORCE_COLOR", None)

# results are the same for any number of threads, and tests say so with up to four of them,
# also on a machine with fewer cores
os.environ.setdefault("NUMBA_NUM_THREADS", str(max(4, os.cpu_count() or 1)))

# a property test draws the same examples in every run: a red test is red for everybody;
# no deadline, since the first example may compile a kernel
settings.register_profile(
    "affray",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# for a night of searching: pytest --hypothesis-profile=explore
settings.register_profile("explore", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile("affray")
