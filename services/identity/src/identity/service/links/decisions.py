"""From a proposal to a decision: one officer proposes, another confirms or anyone refuses."""

from __future__ import annotations

from onewindow_contracts.models import identity_links as api
from onewindow_kit.records import random_id

from identity.domain.corrections import by_another
from identity.domain.link_refusals import DecisionTaken
from identity.service.desk import Desk
from identity.service.links import merges, splits
from identity.service.links.terms import by_present_name, held_decision, merge_terms, split_terms
from identity.store import persons
from identity.tables import LinkDecision, Person


async def propose_merge(desk: Desk, command: api.MergeProposal) -> LinkDecision:
    """Refused at once where it could never be confirmed."""
    survivor = await desk.person(command.survivor, lock=False)
    losing = await desk.person(command.losing, lock=False)
    merges.two_entries(survivor.id, losing.id)
    for name in (command.survivor, command.losing):
        await by_present_name(desk, name)
    _evidence(desk, command)
    await merges.check(desk, survivor, losing, dead_with_alive=command.dead_with_alive)
    return await _proposed(desk, "merge", survivor, losing, command)


async def propose_split(desk: Desk, command: api.SplitProposal) -> LinkDecision:
    stayer = await by_present_name(desk, command.person)
    _evidence(desk, command)
    await splits.check(desk, stayer, command)
    return await _proposed(desk, "split", stayer, None, command)


async def confirm(desk: Desk, id: str) -> LinkDecision:
    """By a second officer: everything that follows happens now, or nothing."""
    decision = await held_decision(desk, id)
    _open(decision)
    by_another(decision.proposed_by, desk.actor)
    if decision.kind == "merge":
        await merges.merge(desk, decision, merge_terms(decision))
    else:
        await splits.split(desk, decision, split_terms(decision))
    _decide(desk, decision, "confirmed")
    await desk.session.flush()
    return decision


async def refuse(desk: Desk, id: str) -> LinkDecision:
    decision = await held_decision(desk, id)
    _open(decision)
    _decide(desk, decision, "refused")
    await desk.session.flush()
    return decision


async def file(desk: Desk, decision: LinkDecision) -> api.LinkDecision:
    """As the contract says it; people by the identity pseudonyms of the present, who has none by none."""
    people = [id for id in (decision.survivor_id, decision.other_id) if id is not None]
    names = await persons.pseudonyms(desk.session, people, "identity")
    return api.LinkDecision(
        id=decision.id,
        kind=decision.kind,  # type: ignore[arg-type]  # a kind of the contract
        state=decision.state,  # type: ignore[arg-type]  # a state of the contract
        person=names.get(decision.survivor_id),
        other=None if decision.other_id is None else names.get(decision.other_id),
        proposed_on=decision.proposed_on,
        decided_on=decision.decided_on,
        undone=decision.undone_by is not None,
    )


def _open(decision: LinkDecision) -> None:
    if decision.state != "proposed":
        raise DecisionTaken


def _decide(desk: Desk, decision: LinkDecision, state: str) -> None:
    decision.state, decision.decided_by, decision.decided_on = state, desk.actor, desk.today
    desk.session.add(decision)


def _evidence(desk: Desk, command: api.MergeProposal | api.SplitProposal) -> None:
    for paper in command.evidence:
        desk.rules.code("identity.evidence-kinds", paper.kind)


async def _proposed(
    desk: Desk, kind: str, survivor: Person, other: Person | None, command: api.MergeProposal | api.SplitProposal
) -> LinkDecision:
    decision = LinkDecision(
        id=random_id(),
        kind=kind,
        survivor_id=survivor.id,
        other_id=None if other is None else other.id,
        content=command.model_dump_json(),
        proposed_by=desk.actor,
        proposed_on=desk.today,
    )
    desk.session.add(decision)
    await desk.session.flush()
    return decision
