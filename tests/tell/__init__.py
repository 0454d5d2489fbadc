"""Tellings: what is told of a testimony, and what an audit lets pass."""
