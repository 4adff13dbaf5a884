"""What an operator sees of the projector. Labels are topics, departments and reasons: never a person, never a record."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

APPLIED = Counter("onewindow_projector_applied", "Events that changed the view", ["topic"])
REPEATED = Counter("onewindow_projector_repeated", "Events whose version the view had already", ["topic"])
LAG_RECORDS = Gauge("onewindow_projector_lag_records", "Messages in the log that the view has not taken in", ["topic"])
LAG_SECONDS = Gauge(
    "onewindow_projector_lag_seconds", "Age of the newest message taken in; 0 when none waits", ["topic"]
)
AS_OF = Gauge(
    "onewindow_section_as_of_timestamp_seconds", "The view holds all that was published by then", ["department"]
)
HELD = Gauge("onewindow_held_records", "Records whose newest version was refused")
HALTED = Gauge(
    "onewindow_projector_halted", "1: too many events of this topic were refused, it stands still", ["topic"]
)
FAILURES = Counter("onewindow_projector_failures", "Times the projector had to begin anew", ["error"])
BATCH = Histogram(
    "onewindow_projector_batch_seconds",
    "One transaction of the view store",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1),
)
