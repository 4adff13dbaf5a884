"""Use cases of the register. Each takes a desk and a command, and leaves what it changed in the desk's transaction."""
