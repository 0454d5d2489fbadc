"""The world on which a battle is fought: what is fixed, what changes, and the limits of both."""
