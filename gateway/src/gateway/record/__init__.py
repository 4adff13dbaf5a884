"""The access record as it lies in PostgreSQL: its form, and reading it. ``gateway.recorder`` alone writes it."""
