"""Promises shown being kept, on a running instance."""
