"""Runs battles: joins the engine to the recording; resumes, restores, forks, compiles ahead.

Everything here holds one promise: the same scenario, seed and interventions give the same hash
at every tick, however the run is cut into pieces.
"""

from affray.run.execute import execute
from affray.run.fork import fork
from affray.run.outcome import Outcome
from affray.run.replay import restore
from affray.run.resume import resume
from affray.run.warm import warm

__all__ = ["Outcome", "execute", "fork", "restore", "resume", "warm"]
