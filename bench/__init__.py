"""Benchmarks of affray: speed and memory, each row of the table, in one run.

``python -m bench`` measures what is compared in turns (A B A B ...), so that a noisy machine
harms both alike, and says medians, extremes and ratios of paired rounds. Absolute times hold for
one machine and one hour; ratios travel farther.
"""
