"""All SQL of this department."""
