"""After a split: whose are the records that were made while both went by one name? An officer decides, record by record."""

from collections.abc import Mapping, Sequence
from typing import Any

from onewindow_kit import aliases
from onewindow_kit.cases import Case, Kind
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.problems import AssignmentIncomplete
from housing.events.envelope import UNCLEAR
from housing.service.fund import links as fund
from housing.service.refiling.parts import refile
from housing.service.registry import OFFICE, Registry

BASIS = "户口登记条例 第十七条"
REMEDY = "对决定不服的，可自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼。"


async def grant(registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> Sequence[str]:
    """Each record goes to the one whom ``answer`` names; AssignmentIncomplete unless every one does, once."""
    assigned: Mapping[str, str] = answer.get("assignments", {})
    if assigned.keys() != set(case.concerns):
        raise AssignmentIncomplete
    nobody, today = UNCLEAR + case.content["old"], registry.today()
    people = {side: await aliases.resolve(session, case.content[side]) for side in ("stays", "leaves")}
    owners = {urn: people[side] for urn, side in assigned.items()}
    for urn, person in owners.items():
        await refile(session, registry, [urn], nobody, person, "corrected", today)
    await fund.settle(session, registry, owners)
    return list(assigned)


async def ended(registry: Registry, session: AsyncSession, case: Case) -> None:
    """There is no refusing it: somebody's the records are."""
    raise AssignmentIncomplete


KIND = Kind("split-review", OFFICE, BASIS, REMEDY, grant, ended=ended)
