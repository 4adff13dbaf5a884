"""Topics and authorities as the kit needs them, and making the topics in Kafka."""

from onewindow_kit.topics.compiled import Authority, Topic
from onewindow_kit.topics.ensure import TopicMismatch, ensure, settings_of

__all__ = ["Authority", "Topic", "TopicMismatch", "ensure", "settings_of"]
