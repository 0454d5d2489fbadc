"""Tests of studies: many battles, and what is said of them."""
