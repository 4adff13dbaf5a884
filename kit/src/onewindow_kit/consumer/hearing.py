"""The consumer that the contracts describe for a department: which topics it hears, and what may come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit import revocations
from onewindow_kit.consumer.consumer import Consumer, Handle
from onewindow_kit.keyring import Keyring
from onewindow_kit.settings import ServiceSettings


def hearing(
    department: str,
    settings: ServiceSettings,
    contracts: Any,
    *,
    sessions: async_sessionmaker[AsyncSession],
    keyring: Keyring,
    handle: Handle,
    wake: Callable[[], None],
) -> Consumer:
    """A consumer of every record topic that names ``department`` among its consumers, but those that the guard follows.

    ``contracts`` is ``onewindow_contracts.loader.Contracts``.
    """
    heard = [
        topic
        for topic in contracts.topics.values()
        if department in topic.consumers and topic.kind == "record" and topic.topic not in revocations.TOPICS
    ]
    return Consumer(
        department,
        kafka=settings.kafka,
        instance=settings.instance,
        prefix=settings.topic_prefix,
        topics=heard,
        sessions=sessions,
        keyring=keyring,
        validate=contracts.faults(topic.topic for topic in heard),
        handle=handle,
        wake=wake,
    )
