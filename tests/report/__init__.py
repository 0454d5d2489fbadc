"""Tests of what is read out of recordings: tallies, causes, words, pictures."""
