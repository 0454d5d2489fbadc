"""Tests of the command line: what each command prints, and how it fails."""
