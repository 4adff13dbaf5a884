"""What an operator sees of a consumer."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

APPLIED = Counter("onewindow_consumer_applied", "Events that took effect", ["consumer", "topic"])
REPEATED = Counter(
    "onewindow_consumer_repeated", "Events of a version that had taken effect before", ["consumer", "topic"]
)
DEAD = Counter("onewindow_dead_letters", "Events refused and kept aside", ["consumer", "topic", "reason"])
LAG = Gauge(
    "onewindow_consumer_lag_records", "Events in the log that were not read yet", ["consumer", "topic", "partition"]
)
DELAY = Gauge(
    "onewindow_consumer_delay_seconds", "From a record's time to its effect, newest event", ["consumer", "topic"]
)
FAILURES = Counter("onewindow_consumer_failures", "Times the consumer had to begin anew", ["consumer", "error"])
