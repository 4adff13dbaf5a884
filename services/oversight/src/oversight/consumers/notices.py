"""Identity's notices to this sector."""

from __future__ import annotations

from onewindow_kit.wire import Event, Refused
from sqlmodel.ext.asyncio.session import AsyncSession

from oversight.service.desk import Desk
from oversight.service.persons import merge, split

NOTICES = "identity.notice-oversight.v1"


async def handle(desk: Desk, session: AsyncSession, event: Event) -> None:
    """One event, in the transaction that moves the consumer's place; Refused for one that oversight doesn't know."""
    envelope = event.envelope
    if envelope is None:
        return  # an erased notice: what it led to stays
    if len(envelope["subjects"]) != 1:
        raise Refused("notice-without-person", "a notice is about one person")
    person, body = envelope["subjects"][0]["pseudonym"], envelope["body"]
    match event.topic, body["kind"]:
        case (topic, "merged") if topic == NOTICES:
            await merge(desk, session, person, body["into"])
        case (topic, "split") if topic == NOTICES:
            await split(desk, session, person, body["stays"], body["leaves"], body["returning"] or ())
        case (topic, "death" | "revival" | "moved" | "name-changed" | "number-changed") if topic == NOTICES:
            pass  # what somebody asked is answered to their heirs as well; neither names nor numbers are kept here
        case topic, kind:
            raise Refused("notice-unknown", f"{topic} of kind {kind}")
