"""Every limit on what comes from outside, in one place.

A limit is met with a clear error (``LimitError`` or ``ScenarioError``), never with silent loss.
"""

from __future__ import annotations

# a scenario file
SCENARIO_BYTES = 1_000_000
SCENARIO_DEPTH = 32
SCENARIO_NODES = 100_000

# a battle
FIGHTERS = 8_000_000
SIDES = 8
UNITS = 4_000  # in a file
UNITS_GROWN = 65_000  # after a battle has been repeated: a fighter's unit is 16 bits
ORDERS_GROWN = 65_000  # of all units together: what a fighter knows of them is 16 bits each
FIELD_SIDE_M = 8_000.0
SEED = 2**63 - 1  # the largest
THREADS = 256

# words, shapes and lists in a scenario
NAME_CHARS = 60
TEXT_CHARS = 20_000
RASTER_SIDE = 256
TERRAIN_SHAPES = 2_000  # in a file
TERRAIN_SHAPES_GROWN = 100_000  # after a battle has been repeated
HEIGHTS_GROWN = 4_000_000  # samples of a raster of heights, after it has been repeated
POLYGON_POINTS = 1_000
CATALOGUE_ENTRIES = 500
ORDERS_PER_UNIT = 100
ONCE_PER_UNIT = 7  # triggers that may come about but once: a bit for each in everybody's memory
PEOPLE = 64
DRIVES = 32  # of one of the people
POWERS = 64
MEMORIES = 250  # of one of the people
NOTIONS = 100
PROBLEMS_SHOWN = 100
PROBLEM_CHARS = 1_000

# a recording
RECORDING_OPEN_BYTES = 1 << 30  # what may wait in memory to be sealed; what a segment may hold
RECORDING_SEGMENT_BYTES = 32 << 20  # a segment this full is worth sealing
RECORDING_PENDING_SEGMENTS = 2  # sealed by the caller, not yet on disk
RECORDING_MANIFEST_BYTES = 64 << 20
RECORDING_HEADER_BYTES = 64 << 20  # the index of a checkpoint, with its meta, or of frames
RECORDING_CHECKPOINT_BYTES = 16 << 30
RECORDING_CHECKPOINT_ARRAYS = 4_096
RECORDING_SPARE_BYTES = 64 << 20  # at most: left free on a disk beyond what a run should need

# a testimony
WITNESS_ROWS = 5_000_000  # looks of all witnesses together: kept in memory

# a study
STUDY_RUNS = 1_000_000
STUDY_JOBS = 1_024  # battles at a time

# patterns over events
SIFT_PATTERNS = 50  # in a file
SIFT_STEPS = 12  # of a pattern
SIFT_LOOKS = 10_000_000  # events looked at for one pattern, or for the chain
