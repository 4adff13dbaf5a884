"""All SQL of the provident fund."""
