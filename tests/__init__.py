"""The tests of affray; ``python -m tests.golden --write`` rewrites the golden hashes."""
