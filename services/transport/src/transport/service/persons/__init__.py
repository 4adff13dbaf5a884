"""When the population office finds that two persons are one, or that one is two: every record goes to the right person."""
