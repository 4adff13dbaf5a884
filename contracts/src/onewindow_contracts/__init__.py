"""Contracts as data and as types: what departments and the gateway promise each other."""
