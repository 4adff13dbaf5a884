"""The use cases of the plate lottery."""
