"""The benchmark's table: complete, and readable by scripts. Nothing here is timed."""
