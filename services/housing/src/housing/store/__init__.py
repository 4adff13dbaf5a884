"""All SQL of the register. Nothing here commits or decides; a lost race is an answer, not an exception."""
