"""Applying other departments' events: the use case and the offset in one transaction, refusals to the dead letters."""

from typing import TYPE_CHECKING, Any

from onewindow_kit.consumer.dead_letters import DeadLetters
from onewindow_kit.wire import Event, Refused

if TYPE_CHECKING:
    from onewindow_kit.consumer.consumer import Consumer

__all__ = ["Consumer", "DeadLetters", "Event", "Refused"]


def __getattr__(name: str) -> Any:
    # The projector needs the dead letters alone; the consumer brings SQLAlchemy.
    if name == "Consumer":
        from onewindow_kit.consumer.consumer import Consumer

        return Consumer
    raise AttributeError(name)
