"""Identity cards: issued for a term by age, replaced on loss, damage, expiry or a changed entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from onewindow_contracts.models import identity as api
from onewindow_contracts.models.identity_life import CardReplacement
from onewindow_kit.cases import Case
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain import cards, law
from identity.domain.births import in_order
from identity.domain.problems import CardNotValid
from identity.domain.standing import alive
from identity.service import casework
from identity.service.desk import Desk, standing
from identity.service.numbers import OWN
from identity.store import papers, persons
from identity.tables import Card, Person

KIND = "card-replacement"


async def issue(desk: Desk, pseudonym: str, command: api.CardCommand) -> Card:
    person = await desk.person(pseudonym)
    alive(standing(person))
    on = desk.day(command.issued_on)
    in_order(person.birth_date, on)
    held = await papers.valid_card(desk.session, person.id)
    number = await persons.number_in_force(desk.session, person.id, OWN)
    cards.may_issue(standing(person), number is not None, held is not None, command.reason)
    if held is not None:
        in_order(held.issued_on, on)
        await _end(desk, held, "lost" if command.reason == "loss" else "replaced", on)
    return await _issue(desk, person, command.reason, on)


async def replace(desk: Desk, person: Person, on: date) -> None:
    """An entry on the card has changed: a card that is held is replaced."""
    held = await papers.valid_card(desk.session, person.id)
    if held is not None:
        await _end(desk, held, "replaced", on)
        await _issue(desk, person, "changed-entry", on)


async def cancel(desk: Desk, person: Person, on: date) -> None:
    held = await papers.valid_card(desk.session, person.id)
    if held is not None:
        await _end(desk, held, "cancelled", max(on, held.issued_on))


async def lose(desk: Desk, pseudonym: str, command: api.CardLossReport) -> Card:
    """The valid card is lost; the holder reports it, or an office does."""
    person = await desk.person(pseudonym)
    held = await papers.valid_card(desk.session, person.id)
    if held is None:
        raise CardNotValid
    on = desk.day(command.lost_on)
    in_order(held.issued_on, on)
    await _end(desk, held, "lost", on)
    return held


async def request(desk: Desk, citizen: str, request: CardReplacement) -> Case:
    """The holder replaces the own card; granted at once."""
    return await casework.apply(desk, KIND, citizen, request.model_dump(mode="json"))


async def grant(desk: Desk, _session: AsyncSession, case: Case, _answer: Mapping[str, Any]) -> list[str]:
    """The card held ends, lost or replaced, and another is issued; one that was reported lost before ends no more."""
    person = await desk.person(case.applicant)
    alive(standing(person))
    asked, on = casework.asked(case), desk.today
    held = await papers.valid_card(desk.session, person.id)
    newest = next(iter(await papers.cards(desk.session, person.id)), None)
    if newest is None or (held is None and newest.state != "lost"):
        raise CardNotValid
    number = await persons.number_in_force(desk.session, person.id, OWN)
    cards.may_issue(standing(person), number is not None, held is not None, asked["reason"])
    if asked["reason"] == "renewal":
        if held is None:
            raise CardNotValid
        cards.may_renew(held.valid_until, on, desk.rules.parameter("card-renewal-months", on))
    touched = [] if held is None else [held.urn]
    if held is not None:
        lost = asked["reason"] == "loss"
        ended_on = desk.day(date.fromisoformat(asked["lost_on"]) if lost and asked["lost_on"] else None)
        in_order(held.issued_on, ended_on)
        await _end(desk, held, "lost" if lost else "replaced", ended_on)
    return [*touched, (await _issue(desk, person, asked["reason"], on)).urn]


async def _issue(desk: Desk, person: Person, reason: str, on: date) -> Card:
    bands = desk.rules.parameter("card-validity", on)
    card = Card(
        urn=desk.office.urn("identity-card"),
        person_id=person.id,
        reason=reason,
        issued_on=on,
        valid_until=cards.valid_until(person.birth_date, on, bands),
    )
    desk.changes.created(card, on, law.CARD)
    await desk.session.flush()
    return card


async def _end(desk: Desk, card: Card, state: str, on: date) -> None:
    card.state, card.ended_on = state, on
    desk.changes.touch(card, "ended", on, law.CARD)
    await desk.session.flush()
