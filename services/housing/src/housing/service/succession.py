"""A dead owner's heirs are registered, or the state where there are none."""

from dataclasses import replace

from onewindow_contracts.models import housing as api
from onewindow_contracts.models import housing_rights as rights_api
from onewindow_kit.pseudonyms import is_organisation
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.ownership import Claim, Form
from housing.domain.problems import HeirsRemain, OrganisationRequired, OwnerNotDead
from housing.domain.title import Cause, require_alive
from housing.service.registry import Registry, require_housing
from housing.store import offers


async def succeed(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.SucceedToTitle
) -> Record:
    """Effective on the day of death (Civil Code 230), which identity has told: nobody hands in a paper about it."""
    heirs = [Claim(owner.pseudonym, owner.share) for owner in command.owners]
    names = {owner.pseudonym: owner.name for owner in command.owners}
    basis = command.legal_basis
    return await _enter(
        session,
        registry,
        authority,
        urn,
        version,
        command.deceased,
        heirs,
        names,
        "inheritance",
        basis,
        command.ownership,
        family=command.family,
    )


async def escheat(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: rights_api.EscheatTitle
) -> Record:
    """Nobody inherits: what the dead person owned is the state's, held by one of its offices."""
    office = command.state.pseudonym
    require_housing([office])
    if not is_organisation(office):
        raise OrganisationRequired
    if await offers.open_cases(session, urn, "inheritance"):
        raise HeirsRemain
    return await _enter(
        session,
        registry,
        authority,
        urn,
        version,
        command.deceased,
        [Claim(office)],
        {office: command.state.name},
        "escheat",
        command.legal_basis,
    )


async def _enter(
    session: AsyncSession,
    registry: Registry,
    authority: str,
    urn: str,
    version: int,
    deceased: str,
    heirs: list[Claim],
    names: dict[str, str],
    cause: Cause,
    legal_basis: str,
    form: Form | None = None,
    *,
    family: bool = False,
) -> Record:
    today = registry.today()
    require_housing([deceased])
    persons = [claim.owner for claim in heirs]
    title, number = await registry.find_to_reissue(session, authority, urn, version, persons)
    title.require_unfrozen(today)
    title.ownership.of(deceased)
    if deceased not in title.dead:
        raise OwnerNotDead
    died_on = title.dead[deceased]
    require_alive(set(persons) - title.ownership.owners, title.dead)
    ownership = title.ownership.succeed(deceased, heirs, form, died_on, family=family)
    after = replace(
        title,
        ownership=ownership,
        price=None,
        certificate_number=number,
        entry="transfer",
        cause=cause,
        registered_on=today,
    )
    return await registry.enter(session, title, after, "varied", died_on, legal_basis, names)
