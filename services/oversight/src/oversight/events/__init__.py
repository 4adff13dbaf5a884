"""What oversight tells the world; ``TOPICS`` by record type for snapshots and republication."""

TOPICS = {name: f"oversight.{name}.v1" for name in ("question", "dispute", "notice", "revocation", "lock")}
MATTER = "matter-"
"""Topics ``oversight.matter-<sector>.v1``: what a sector hears of matters against its offices."""
