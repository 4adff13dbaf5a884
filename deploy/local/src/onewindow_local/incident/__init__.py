"""Incidents on the operator's side: reports signed and checked, citizens told."""
