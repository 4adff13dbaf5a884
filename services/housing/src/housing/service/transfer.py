"""The whole unit, or one owner's share, passes on."""

from dataclasses import replace
from datetime import date, timedelta

from onewindow_contracts.models import housing as api
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.law import Law
from housing.domain.ownership import Claim, Ownership
from housing.domain.problems import ConsentMissing, FirstRefusalOpen, NothingChanged
from housing.domain.title import Cause, Title, effective_day, not_after, require_alive
from housing.service.registry import Registry, require_housing


async def transfer(
    session: AsyncSession,
    registry: Registry,
    authority: str,
    urn: str,
    version: int,
    command: api.TransferTitle,
    applied_on: date | None = None,
) -> Record:
    """The unit passes to new owners. A judgment needs no owner and may take effect earlier; a sale does not. The rules
    of ``applied_on`` judge it, today's where nobody applied earlier."""
    today = registry.today()
    law = registry.rules.law(applied_on or today)
    effective_on = effective_day(command.cause, command.effective_on, today)
    owners = [owner.pseudonym for owner in command.owners]
    require_housing(command.consents)
    title, number = await registry.find_to_reissue(session, authority, urn, version, owners)
    title.require_unfrozen(today)
    if command.cause != "judgment":
        title.require_transferable(today, command.mortgagee_consents)
        title.require_disposable(today, owners, command.notice_consents)
        title.ownership.require_consent(command.consents, law, owners)
    require_alive(owners, title.dead)
    claims = [Claim(owner.pseudonym, owner.share) for owner in command.owners]
    ownership = title.ownership.pass_on(claims, command.ownership, effective_on, family=command.family)
    if ownership == title.ownership:
        raise NothingChanged
    return await _enter(session, registry, title, ownership, number, command, effective_on)


async def transfer_share(
    session: AsyncSession,
    registry: Registry,
    authority: str,
    urn: str,
    version: int,
    command: api.TransferShare,
    applied_on: date | None = None,
) -> Record:
    """One owner's share, or a part of it, passes to others; co-owners come first when it is sold to an outsider."""
    today = registry.today()
    law = registry.rules.law(applied_on or today)
    effective_on = effective_day(command.cause, command.effective_on, today)
    takers = [owner.pseudonym for owner in command.owners]
    require_housing([command.giver, *command.waivers])
    title, number = await registry.find_to_reissue(session, authority, urn, version, takers)
    title.require_unfrozen(today)
    claims = [Claim(owner.pseudonym, owner.share) for owner in command.owners]
    ownership = title.ownership.hand_over(command.giver, command.share, claims, effective_on)
    if command.cause != "judgment":
        title.require_transferable(today, command.mortgagee_consents)
        title.require_disposable(today, takers, command.notice_consents)
        if not command.consented:
            raise ConsentMissing
        _require_first_refusal(title, command, law, today)
    require_alive(takers, title.dead)
    return await _enter(session, registry, title, ownership, number, command, effective_on)


def _require_first_refusal(title: Title, command: api.TransferShare, law: Law, today: date) -> None:
    """Civil Code 305, 306: only a sale, only to outsiders, and only those who have neither waived nor let it pass."""
    if command.notified_on is not None:
        not_after(command.notified_on, today)
    waivers = {title.ownership.of(owner).owner for owner in command.waivers}
    outsiders = {owner.pseudonym for owner in command.owners} - title.ownership.owners
    others = title.ownership.owners - {command.giver} - waivers
    if command.cause != "purchase" or not outsiders or not others:
        return
    passed = command.notified_on and command.notified_on + timedelta(days=law.first_refusal_days) <= today
    if not passed:
        raise FirstRefusalOpen


async def _enter(
    session: AsyncSession,
    registry: Registry,
    title: Title,
    ownership: Ownership,
    certificate_number: str,
    command: api.TransferTitle | api.TransferShare,
    effective_on: date,
) -> Record:
    cause: Cause = command.cause
    after = replace(
        title,
        ownership=ownership,
        price=command.price_fen,
        certificate_number=certificate_number,
        entry="transfer",
        cause=cause,
        registered_on=registry.today(),
    )
    names = {owner.pseudonym: owner.name for owner in command.owners}
    return await registry.enter(session, title, after, "varied", effective_on, command.legal_basis, names)
