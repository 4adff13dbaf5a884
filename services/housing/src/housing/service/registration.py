"""First registration of a unit."""

from dataclasses import replace

from onewindow_contracts.models import housing as api
from onewindow_kit import clock
from onewindow_kit.records import Record, new_urn
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.ownership import Claim, Ownership
from housing.domain.problems import UnitAlreadyRegistered
from housing.domain.title import Title, effective_day, require_alive
from housing.service.registry import Registry, require_housing
from housing.store import titles


async def register(session: AsyncSession, registry: Registry, authority: str, command: api.RegisterTitle) -> Record:
    """Enter a unit's first title. A second one of the same unit is refused as long as the first is in force."""
    today = registry.today()
    owners = [owner.pseudonym for owner in command.owners]
    require_housing(owners)
    registry.rules.require_division(command.unit_code)
    registry.rules.require_use(command.use)
    effective_on = effective_day(command.cause, command.effective_on, today)
    claims = [Claim(owner.pseudonym, owner.share) for owner in command.owners]
    ownership = Ownership.agree(claims, command.ownership, effective_on, family=command.family)
    title = Title(
        urn=new_urn(authority, "title"),
        version=1,
        revision=1,
        authority=authority,
        unit_code=command.unit_code,
        address=command.address,
        area=events.area_of(command.area_m2),
        use=command.use,
        price=command.price_fen,
        certificate_number="",
        entry="first",
        cause=command.cause,
        registered_on=today,
        ownership=ownership,
    )
    names = {owner.pseudonym: owner.name for owner in command.owners}
    number, dead = await titles.insert(session, title, names, registry.rules.certificate_form(today))
    require_alive(owners, dead)
    if number is None:
        raise UnitAlreadyRegistered
    title = replace(title, certificate_number=number)
    record = events.title_record(title, "created", effective_on, clock.now(), command.legal_basis)
    await registry.records.publish(session, record)
    return record
