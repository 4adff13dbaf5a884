"""What housing does when identity tells it something about a person."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from onewindow_kit.wire import Event, Refused
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.service import notices, same_person
from housing.service.registry import Registry

NOTICES = "identity.notice-housing.v1"
MATTERS = "oversight.matter-housing.v1"
Matter = Callable[[AsyncSession, Mapping[str, Any]], Awaitable[None]]
"""Takes note of a question or dispute that was opened or closed (``adverse.matters.heard``)."""


async def handle(registry: Registry, matter: Matter, session: AsyncSession, event: Event) -> None:
    """One event, in the transaction that moves the consumer's place; Refused for one that nobody foresaw."""
    if event.envelope is None:
        return  # an erased notice: what it led to has its own legal basis and stays
    if event.topic == MATTERS:
        await matter(session, event.envelope)
        return
    person, body = event.envelope["subjects"][0]["pseudonym"], event.envelope["body"]
    on = date.fromisoformat(body["occurred_on"])
    match event.topic, body["kind"]:
        case (topic, "death") if topic == NOTICES:
            await notices.died(session, registry, person, on)
        case (topic, "revival") if topic == NOTICES:
            await notices.revived(session, registry, person, on)
        case (topic, "name-changed") if topic == NOTICES:
            await notices.renamed(session, registry, person, body["name"])
        case (topic, "number-changed" | "moved") if topic == NOTICES:
            pass  # the register keeps neither numbers nor homes
        case (topic, "merged") if topic == NOTICES:
            await same_person.merged(session, registry, person, body["into"], on)
        case (topic, "split") if topic == NOTICES:
            stays, leaves, returning = body["stays"], body["leaves"], body["returning"]
            await same_person.split(session, registry, person, stays, leaves, returning, on)
        case topic, kind:
            raise Refused("event-unexpected", f"{topic} of kind {kind}")
