"""What the writer of entries counts."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

ENTRIES = Counter("onewindow_access_entries", "Access entries that Kafka acknowledged")
BATCHES = Counter("onewindow_access_batches", "Batches of access entries that Kafka acknowledged")
NOT_KEPT = Counter(
    "onewindow_access_not_kept", "Answers held back because their entry was not acknowledged", ["reason"]
)
CHAINS = Counter("onewindow_access_chains", "Chains begun; more than one a process means that one was given up")
ACKNOWLEDGED = Histogram(
    "onewindow_access_acknowledged_seconds",
    "Time from sending a batch of entries to its acknowledgement",
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2),
)
