"""A battle on paper: reading it, and saying what is wrong with it."""
