"""From rows to published records: bodies, subjects and envelopes, gathered over a use case and published once."""

from identity.events.changes import Changes
from identity.events.office import Office

__all__ = ["Changes", "Office"]
