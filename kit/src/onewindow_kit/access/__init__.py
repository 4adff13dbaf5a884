"""The access record as its writers see it: one entry for every look at a person, kept before the answer leaves.

``AccessLog`` is what routes use; ``Seen`` says what a look was; ``Writer`` carries entries to Kafka in numbered, chained,
sealed batches; ``batch.read`` opens one again. An entry never holds what was seen, only which fields.
"""

from onewindow_kit.access.batch import TOPIC, Batch, leaf, read
from onewindow_kit.access.entry import Seen
from onewindow_kit.access.log import AccessLog, Kept
from onewindow_kit.access.problems import EntryNotKept
from onewindow_kit.access.writer import Writer

__all__ = ["TOPIC", "AccessLog", "Batch", "EntryNotKept", "Kept", "Seen", "Writer", "leaf", "read"]
