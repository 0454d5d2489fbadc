"""The recording of a run on disk: write, read, verify, repair.

A recording is a directory. ``layout.py`` draws it. It is written in sealed segments, so that a
run killed at any moment leaves a readable recording that lacks at most its open segment. This
package gets bytes, dicts and numpy arrays: it knows nothing of scenarios or of the engine.
"""

from affray.record.disk import ensure_space
from affray.record.frames import Frame
from affray.record.manifest import Manifest
from affray.record.reader import Recording
from affray.record.verify import repair, verify
from affray.record.writer import Writer

__all__ = ["Frame", "Manifest", "Recording", "Writer", "ensure_space", "repair", "verify"]
