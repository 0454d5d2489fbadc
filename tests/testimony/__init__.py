"""Tests of what is heard of a battle by running it again."""
