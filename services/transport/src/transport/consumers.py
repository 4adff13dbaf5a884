"""What transport does when identity tells it something about a person."""

from __future__ import annotations

from datetime import date

from onewindow_kit.adverse import matters
from onewindow_kit.keyring import Keyring
from onewindow_kit.wire import Event, Refused
from sqlmodel.ext.asyncio.session import AsyncSession

from transport.service import notices
from transport.service.desk import Desk
from transport.service.persons.merging import merge
from transport.service.persons.splitting import split

NOTICES = "identity.notice-transport.v1"
MATTERS = "oversight.matter-transport.v1"


async def handle(desk: Desk, keyring: Keyring, session: AsyncSession, event: Event) -> None:
    """One event, in the transaction that moves the consumer's place; Refused for one that transport doesn't know."""
    envelope = event.envelope
    if envelope is None:
        return  # an erased notice: what it led to has its own legal basis and stays
    if event.topic == MATTERS:
        await matters.heard(desk.acts, keyring, session, envelope)
        return
    if len(envelope["subjects"]) != 1:
        raise Refused("notice-without-person", "a notice is about one person")
    person, body = envelope["subjects"][0]["pseudonym"], envelope["body"]
    on = date.fromisoformat(body["occurred_on"])
    match event.topic, body["kind"]:
        case (topic, "death") if topic == NOTICES:
            await notices.death(desk, session, person, on)
        case (topic, "revival") if topic == NOTICES:
            await notices.revival(session, person)
        case (topic, "moved") if topic == NOTICES:
            await notices.moved(desk, session, person, on)
        case (topic, "merged") if topic == NOTICES:
            await merge(desk, session, person, body["into"], on)
        case (topic, "split") if topic == NOTICES:
            await split(desk, session, person, body["stays"], body["leaves"], body["returning"] or (), on)
        case (topic, "name-changed" | "number-changed") if topic == NOTICES:
            pass  # neither a name nor a number is kept here
        case topic, kind:
            raise Refused("notice-unknown", f"{topic} of kind {kind}")
