"""What operators see of the recorder."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

SIZE = Gauge("onewindow_record_entries", "Leaves of the access record")
COSIGNED = Gauge("onewindow_record_cosigned_entries", "Leaves under the newest cosigned checkpoint")
STOPPED = Gauge("onewindow_record_stopped", "1 while the record takes no more entries, by reason", ["reason"])
FAILURES = Counter("onewindow_record_failures", "Sessions that ended because an engine was away", ["error"])
MERGE = Histogram(
    "onewindow_record_merge_seconds",
    "From a batch's arrival in Kafka to the stored checkpoint that covers it",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60),
)
REFUSED = Counter("onewindow_record_witness_refusals", "Checkpoints that the witness did not cosign", ["status"])
EXPIRED = Counter("onewindow_record_expired", "Entries removed after their legal retention; their leaves stay")
