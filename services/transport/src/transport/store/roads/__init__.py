"""Violations, points and reports in the database."""
