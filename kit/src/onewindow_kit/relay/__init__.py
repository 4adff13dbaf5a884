"""From the outbox to Kafka: one relay per department works, any other stands by."""

from onewindow_kit.relay.relay import Relay

__all__ = ["Relay"]
