"""Heirs and winners of judgments: what took effect before it is entered (Civil Code 229, 230), applied for by one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from onewindow_contracts.common import share_text
from onewindow_contracts.formats import parse_share
from onewindow_contracts.models import housing as officers
from onewindow_contracts.models import housing_applications as api
from onewindow_kit import aliases
from onewindow_kit.cases import Case, Kind
from onewindow_kit.problems import NotFound
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.ownership import Claim
from housing.domain.problems import PartyNamedTwice, PersonNotFound
from housing.domain.title import not_after, require_alive
from housing.service import succession, transfer
from housing.service.applications import opening
from housing.service.applications.rights import of_unit
from housing.service.applications.transfer import REMEDY
from housing.service.parties import all_named, named
from housing.service.registry import OFFICE, Registry
from housing.store import offers

INHERITANCE = "民法典 第二百三十条；不动产登记暂行条例 第十四条第二款第二项"
JUDGMENT = "民法典 第二百二十九条；不动产登记暂行条例 第十四条第二款第三项"


async def apply(session: AsyncSession, registry: Registry, heir: str, command: api.ApplyForInheritance) -> Case:
    """The applicant is one of the heirs; the others agree or renounce. Whoever is no heir learns nothing here: a unit
    of somebody else and an owner who lives look like one that does not exist."""
    title = await of_unit(session, registry, command.unit_code)
    try:
        dead = await named(registry, command.deceased)
    except PersonNotFound as error:
        raise NotFound from error  # else whoever knows a unit's code could try numbers and names here
    if dead.pseudonym not in title.ownership.owners or dead.pseudonym not in title.dead:
        raise NotFound
    others = await all_named(registry, [each.party for each in command.heirs])
    persons = [each.pseudonym for each in others]
    if heir in persons:
        raise PartyNamedTwice
    title = await registry.find(session, registry.office, title.urn, [heir, *persons])
    title.require_unfrozen(registry.today())
    require_alive({heir, *persons} - title.ownership.owners, title.dead)
    wanted, content = opening.claims(heir, others, [each.share for each in command.heirs])
    everybody = [Claim(heir, command.own_share), *wanted]
    title.ownership.succeed(
        dead.pseudonym, everybody, command.ownership, title.dead[dead.pseudonym], family=command.family
    )
    asks = {
        "deceased": dead.pseudonym,
        "ownership": command.ownership,
        "family": command.family,
        "own_name": command.own_name,
        "own_share": command.own_share and share_text(command.own_share),
        "acquirers": content,
    }
    parties = dict.fromkeys(persons, opening.HEIR)
    return await opening.opened(session, registry, KIND.name, heir, title, asks, parties)


async def renounce(session: AsyncSession, registry: Registry, heir: str, urn: str) -> Case:
    """An heir agrees to inherit nothing; NotFound in any case but an inheritance that names the heir."""
    case = await registry.cases.find(session, urn, heir)
    if case.kind != KIND.name:
        raise NotFound
    today = registry.today()
    after = await registry.cases.consent(registry, session, urn, heir, today)
    await offers.renounce(session, urn, heir, today)
    return after


async def grant(registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]) -> Sequence[str]:
    """The heirs take the dead owner's place; what some renounced accrues to the others in proportion."""
    [urn] = case.concerns
    title = await registry.find(session, case.authority, urn)
    share = case.content["own_share"]
    own = officers.Owner(
        pseudonym=case.applicant, name=case.content["own_name"], share=None if share is None else parse_share(share)
    )
    gone = await offers.renounced(session, case.urn)
    everybody = [own, *opening.acquirers(case)]
    heirs = [each for each in everybody if each.pseudonym not in gone]
    command = officers.SucceedToTitle(
        deceased=await aliases.resolve(session, case.content["deceased"]),
        owners=accrued(heirs, everybody),
        ownership=case.content["ownership"] if len(heirs) == len(everybody) else None,
        family=case.content["family"],
        legal_basis=INHERITANCE,
    )
    await succession.succeed(session, registry, case.authority, urn, title.version, command)
    return [urn]


def accrued(heirs: Sequence[officers.Owner], everybody: Sequence[officers.Owner]) -> list[officers.Owner]:
    """The heirs' shares grown so that together they are all that there was to inherit; unstated ones stay unstated."""
    if len(heirs) == len(everybody) or any(each.share is None for each in everybody):
        return list(heirs)
    whole = sum((each.share for each in everybody if each.share), Fraction(0))
    left = sum((each.share for each in heirs if each.share), Fraction(0))
    return [each.model_copy(update={"share": (each.share or 0) * whole / left}) for each in heirs]


async def apply_for_judgment(
    session: AsyncSession, registry: Registry, winner: str, command: api.ApplyForJudgment
) -> Case:
    """Who won names the unit; the office compares it with the judgment."""
    title = await of_unit(session, registry, command.unit_code)
    asks = {
        "own_name": command.own_name,
        "effective_on": not_after(command.effective_on, registry.today()).isoformat(),
        "judgment_number": command.judgment_number,
    }
    return await opening.opened(session, registry, JUDGMENT_KIND.name, winner, title, asks)


async def grant_judgment(
    registry: Registry, session: AsyncSession, case: Case, answer: Mapping[str, Any]
) -> Sequence[str]:
    """The unit is the winner's since the judgment became final."""
    [urn] = case.concerns
    title = await registry.find(session, case.authority, urn)
    command = officers.TransferTitle(
        cause="judgment",
        owners=[officers.Owner(pseudonym=case.applicant, name=case.content["own_name"])],
        effective_on=case.content["effective_on"],
        legal_basis=JUDGMENT,
    )
    await transfer.transfer(session, registry, case.authority, urn, title.version, command, case.applied_on)
    return [urn]


KIND = Kind("inheritance", OFFICE, INHERITANCE, REMEDY, grant)
JUDGMENT_KIND = Kind("judgment", OFFICE, JUDGMENT, REMEDY, grant_judgment)
