"""The engine: its two laws, its references, its exactness."""
