"""The recording on disk: exact, whole after any kill, and named file by file when damaged."""
