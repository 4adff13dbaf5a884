"""What an operator sees of a relay."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

DEPTH = Gauge("onewindow_outbox_depth", "Events committed and not yet published", ["department"])
AGE = Gauge("onewindow_outbox_age_seconds", "Age of the oldest event not yet published", ["department"])
PUBLISHED = Counter("onewindow_relay_published", "Events acknowledged by Kafka and marked", ["department", "topic"])
HEARTBEAT = Gauge("onewindow_relay_heartbeat_timestamp_seconds", "When the newest heartbeat was sent", ["department"])
WORKING = Gauge("onewindow_relay_working", "1 while this process holds the relay's lock", ["department"])
FAILURES = Counter("onewindow_relay_failures", "Times the relay had to begin anew", ["department", "error"])
