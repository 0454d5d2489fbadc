"""What the world of a battle contains, mechanism by mechanism: see docs/systems.md."""
