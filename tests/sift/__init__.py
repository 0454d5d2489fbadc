"""Patterns over events, and the small battles that they are laid over."""
