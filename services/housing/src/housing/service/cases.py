"""Cases as their applicants, their parties and the office see and move them."""

from collections.abc import Mapping
from typing import Any

from onewindow_contracts.models import housing_cases as api
from onewindow_contracts.models.records.shared_adverse_act import AdverseGrounds
from onewindow_kit.adverse import Act, Acts
from onewindow_kit.adverse.refused import REFUSED, refusal
from onewindow_kit.cases import Case
from onewindow_kit.decide import OWN_WINDOW, Principal
from onewindow_kit.pages import decode, encode
from onewindow_kit.problems import NotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.problems import AssignmentIncomplete
from housing.service import first_refusal
from housing.service.looks import Page
from housing.service.registry import Registry
from housing.store import published


async def read(session: AsyncSession, registry: Registry, caller: Principal, urn: str) -> tuple[int, bytes]:
    """Version and envelope; for whom it concerns and for the office that decides it, NotFound for anybody else."""
    await _find(session, registry, caller, urn)
    return await shown(session, registry, urn)


async def application(session: AsyncSession, registry: Registry, officer: Principal, urn: str) -> Case:
    """The whole case, for the officer who is to decide."""
    return await _find(session, registry, officer, urn)


async def listing(
    session: AsyncSession, registry: Registry, officer: Principal, state: str | None, cursor: str | None, limit: int
) -> Page:
    """The cases of the caller's office."""
    position = decode(cursor, str)
    after = position[0] if position else None
    found = await registry.cases.listing(
        session, authority=officer.authority, state=state, after=after, limit=limit + 1
    )
    urns = [case.urn for case in found[:limit]]
    envelopes = await published.envelopes(session, registry.records.sealer, urns, events.CASE)
    return Page([envelope for _, envelope in envelopes], encode(urns[-1]) if len(found) > limit else None)


async def consent(session: AsyncSession, registry: Registry, caller: Principal, urn: str) -> None:
    """A party agrees; with the last word a share on sale is offered to the other owners."""
    case = await registry.cases.consent(registry, session, urn, caller.subject, registry.today())
    await first_refusal.consented(session, registry, case)


async def decline(session: AsyncSession, registry: Registry, caller: Principal, urn: str, reason: str) -> None:
    """A party does not agree."""
    await registry.cases.decline(registry, session, urn, caller.subject, registry.today(), reason)


async def withdraw(session: AsyncSession, registry: Registry, caller: Principal, urn: str) -> None:
    """The applicant gives up."""
    await registry.cases.withdraw(registry, session, urn, caller.subject, registry.today())


async def grant(
    session: AsyncSession,
    registry: Registry,
    officer: Principal,
    urn: str,
    version: int,
    *,
    reason: str,
    answer: Mapping[str, Any] | None = None,
) -> None:
    """The office grants, and what was asked for is done in this transaction."""
    await registry.cases.decide(
        registry,
        session,
        urn,
        version,
        granted=True,
        reason=reason,
        on=registry.today(),
        authority=officer.authority,
        answer=answer,
    )


async def refuse(
    session: AsyncSession,
    registry: Registry,
    acts: Acts,
    officer: Principal,
    urn: str,
    version: int,
    reason: str,
    grounds: AdverseGrounds,
) -> Act:
    """The office refuses: in force at once, or held for the supervisor while the case stays open."""
    case = await registry.cases.to_decide(session, urn, version, officer.authority)
    case.require_open()
    wanted = [refusal(case, reason, grounds.evidence)]
    [act] = await acts.propose(registry, session, officer, REFUSED, grounds.basis, wanted, registry.today())
    return act


async def assign(
    session: AsyncSession, registry: Registry, officer: Principal, urn: str, version: int, command: api.AssignAfterSplit
) -> None:
    """Whose each contested record is."""
    case = await _find(session, registry, officer, urn)
    if case.kind != "split-review":
        raise NotFound
    assigned = {each.record: each.goes_to for each in command.assignments}
    if len(assigned) != len(command.assignments):
        raise AssignmentIncomplete
    answer = {"assignments": assigned}
    await grant(session, registry, officer, urn, version, reason=command.reason, answer=answer)


async def shown(session: AsyncSession, registry: Registry, urn: str, topic: str = events.CASE) -> tuple[int, bytes]:
    """Version and envelope as they were published last."""
    found = await published.envelope(session, registry.records.sealer, urn, topic)
    if found is None:
        raise NotFound
    return found


async def _find(session: AsyncSession, registry: Registry, caller: Principal, urn: str) -> Case:
    if caller.kind in OWN_WINDOW:
        return await registry.cases.find(session, urn, caller.subject)
    case = await registry.cases.find(session, urn)
    if case.authority != caller.authority:
        raise NotFound
    return case
