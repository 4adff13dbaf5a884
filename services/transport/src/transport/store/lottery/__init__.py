"""Pools, entries and quotas in the database."""
