"""Tests of runs: however a battle is cut, stopped, watched or forked, it stays the same battle."""
