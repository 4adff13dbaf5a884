"""Checks the access record from outside: its own keys, its own process, and nothing of the code that writes the record."""
