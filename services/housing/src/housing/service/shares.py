"""The same owners agree on another form of ownership or other shares."""

from dataclasses import replace
from fractions import Fraction

from onewindow_contracts.models import housing as api
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.problems import NothingChanged, OwnerRepeated
from housing.service.registry import Registry, require_housing


async def vary(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.VaryShares
) -> Record:
    """Joint owners split, owners by shares change their shares or become joint; all of them consent."""
    today = registry.today()
    shares = {owner.pseudonym: owner.share for owner in command.owners}
    if len(shares) != len(command.owners):
        raise OwnerRepeated
    require_housing([*shares, *command.consents])
    title, number = await registry.find_to_reissue(session, authority, urn, version)
    title.require_transferable(today, command.mortgagee_consents)
    title.require_disposable(today, agreed=command.notice_consents)
    title.ownership.require_all(command.consents)
    if command.ownership != "joint" and all(share is None for share in shares.values()):
        shares = dict.fromkeys(shares, Fraction(1, len(shares)))
    ownership = title.ownership.vary(command.ownership, shares)
    if ownership == title.ownership:
        raise NothingChanged
    after = replace(
        title,
        ownership=ownership,
        entry="variation",
        cause="agreement",
        registered_on=today,
        certificate_number=number,
    )
    return await registry.enter(session, title, after, "varied", today, command.legal_basis)
