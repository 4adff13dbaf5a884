"""Applying other departments' events: the use case and the offset in one transaction, refusals to the dead letters."""

from onewindow_kit.consumer.consumer import Consumer
from onewindow_kit.consumer.dead_letters import DeadLetters
from onewindow_kit.wire import Event, Refused

__all__ = ["Consumer", "DeadLetters", "Event", "Refused"]
