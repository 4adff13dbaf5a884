"""A mortgage: owners and creditor apply together, the creditor through its own window."""

from collections.abc import Mapping, Sequence
from typing import Any

from onewindow_contracts.models import housing as officers
from onewindow_contracts.models import housing_applications as api
from onewindow_kit.cases import Case, Kind
from onewindow_kit.pseudonyms import is_organisation
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.problems import DatesOutOfOrder, OrganisationRequired
from housing.service import mortgages
from housing.service.applications import opening
from housing.service.applications.transfer import REMEDY
from housing.service.parties import all_named, named, own_title
from housing.service.registry import OFFICE, Registry

BASIS = "民法典 第四百零二条；不动产登记暂行条例 第十四条"
TERMS = ("kind", "mortgagee_code", "secured_fen", "debt_from", "debt_until", "no_transfer")


async def apply(session: AsyncSession, registry: Registry, owner: str, urn: str, command: api.ApplyForMortgage) -> Case:
    """The creditor is an organisation; a mortgage is a disposal and needs the same owners as a sale."""
    await own_title(session, registry, urn, owner)
    creditor = await named(registry, command.mortgagee)
    if not is_organisation(creditor.pseudonym):
        raise OrganisationRequired
    if command.debt_until < command.debt_from:
        raise DatesOutOfOrder
    cosigners = await all_named(registry, command.cosigners)
    title = await registry.find(session, registry.office, urn)
    title.require_disposable(registry.today(), agreed=[notice.urn for notice in title.notices])
    parties = {creditor.pseudonym: opening.MORTGAGEE}
    parties |= opening.signing(title, owner, cosigners, [], registry) | parties
    terms = {name: value for name, value in command.model_dump(mode="json").items() if name in TERMS}
    content = terms | {"mortgagee_name": creditor.name}
    return await opening.opened(session, registry, KIND.name, owner, title, content, parties)


async def grant(registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> Sequence[str]:
    """The mortgage is entered, after those already there."""
    [urn] = case.concerns
    title = await registry.find(session, case.authority, urn)
    command = officers.RegisterMortgage(
        **case.content,
        consents=opening.consenting(title, case),
        notice_consents=opening.protecting(title, case),
        legal_basis=BASIS,
    )
    creditor = case.parties[0].pseudonym
    entered = await mortgages.register(
        session, registry, case.authority, urn, title.version, command, creditor, case.applied_on
    )
    return [entered.urn]


async def grant_payoff(
    registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]
) -> Sequence[str]:
    """A paid-off mortgage is cancelled for one of the owners."""
    [urn] = case.concerns
    await mortgages.pay_off(session, registry, case.applicant, urn, bytes.fromhex(case.content["release"]))
    return [urn]


async def pay_off(session: AsyncSession, registry: Registry, owner: str, urn: str, command: api.PayLienOff) -> Case:
    """Granted in the same breath, or refused as the cancellation itself would be."""
    content = {"release": mortgages.release_secret(urn, command.release_number).hex()}
    today = registry.today()
    return await registry.cases.open(registry, session, PAYOFF.name, owner, content, on=today, concerns=[urn])


KIND = Kind("mortgage", OFFICE, BASIS, REMEDY, grant)
PAYOFF = Kind(
    "lien-paid-off", OFFICE, mortgages.ACCESSORY, REMEDY, grant_payoff, at_once="抵押权人已出具注销编号，债务已清偿。"
)
