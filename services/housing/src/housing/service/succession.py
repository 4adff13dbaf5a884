"""A dead owner's heirs are registered."""

from dataclasses import replace

from onewindow_contracts.models import housing as api
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.ownership import Claim
from housing.domain.problems import OwnerNotDead
from housing.domain.title import require_alive
from housing.service.registry import Registry, require_housing


async def succeed(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.SucceedToTitle
) -> Record:
    """Effective on the day of death (Civil Code 230), which identity has told: nobody hands in a paper about it."""
    today = registry.today()
    heirs = [owner.pseudonym for owner in command.owners]
    require_housing([command.deceased])
    title, number = await registry.find_to_reissue(session, authority, urn, version, heirs)
    title.require_unfrozen(today)
    title.ownership.of(command.deceased)
    if command.deceased not in title.dead:
        raise OwnerNotDead
    died_on = title.dead[command.deceased]
    require_alive(set(heirs) - title.ownership.owners, title.dead)
    claims = [Claim(owner.pseudonym, owner.share) for owner in command.owners]
    ownership = title.ownership.succeed(command.deceased, claims, command.ownership, died_on, family=command.family)
    after = replace(
        title,
        ownership=ownership,
        price=None,
        certificate_number=number,
        entry="transfer",
        cause="inheritance",
        registered_on=today,
    )
    names = {owner.pseudonym: owner.name for owner in command.owners}
    return await registry.enter(session, title, after, "varied", died_on, command.legal_basis, names)
