"""What was proposed, as it is kept sealed until it is decided."""

from __future__ import annotations

from uuid import UUID

import orjson
from onewindow_contracts.models import identity_links as api
from onewindow_kit.problems import NotFound

from identity.domain.link_refusals import MergedAlready
from identity.service.desk import Desk
from identity.store import links, persons
from identity.tables import LinkDecision, Person


def merge_terms(decision: LinkDecision) -> api.MergeProposal:
    return api.MergeProposal.model_validate(orjson.loads(decision.content))


def split_terms(decision: LinkDecision) -> api.SplitProposal:
    return api.SplitProposal.model_validate(orjson.loads(decision.content))


async def by_present_name(desk: Desk, pseudonym: str) -> Person:
    """The person of a present identity pseudonym; an alias is MergedAlready: who decides must see the surviving entry."""
    person = await desk.person(pseudonym, lock=False)
    if (await persons.pseudonyms(desk.session, [person.id], "identity")).get(person.id) != pseudonym:
        raise MergedAlready
    return person


async def hold(desk: Desk, people: set[UUID]) -> list[Person]:
    """Both persons of a decision, held and read again, in the order of their ids; MergedAlready for a merged one."""
    await persons.lock(desk.session, people)
    held = [await desk.session.get_one(Person, id, populate_existing=True) for id in sorted(people)]
    if any(person.merged_into is not None for person in held):
        raise MergedAlready
    return held


async def held_decision(desk: Desk, id: str) -> LinkDecision:
    """The decision, locked; NotFound."""
    decision = await links.decision(desk.session, id, lock=True)
    if decision is None:
        raise NotFound
    return decision
