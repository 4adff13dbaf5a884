"""May they look, and what may leave: asked before each answer about a person, told after it."""
