"""The tick: kernels that loop over rules, the pyramid of cells, the hash."""
