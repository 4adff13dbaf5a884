"""Looking into the fund's books: officers only, for a registered purpose."""

from onewindow_kit.decide import Principal
from onewindow_kit.pages import decode, encode
from onewindow_kit.problems import InvalidCursor
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.events.fund import FUND_ACCOUNT, FUND_ENTRY
from housing.service import looks
from housing.service.looks import Page
from housing.service.registry import Registry, require_housing
from housing.store.fund import accounts, ledger, published

LINES = 2**31  # not a rule: what numbers of lines can be


async def of_person(session: AsyncSession, registry: Registry, officer: Principal, person: str) -> list[bytes]:
    """A person's accounts, closed ones too; an unknown pseudonym has none."""
    registry.rules.require_purpose(officer.authority, officer.purpose, registry.today())
    require_housing([person])
    urns = await accounts.urns_of(session, person)
    found = await published.by_urn(session, registry.records.sealer, urns, FUND_ACCOUNT)
    return [found[urn] for urn in urns if urn in found]


async def entries(
    session: AsyncSession, registry: Registry, officer: Principal, urn: str, cursor: str | None, limit: int
) -> Page:
    """The lines of an account's ledger, the newest first."""
    position = decode(cursor, int)
    if position and not 0 < position[0] < LINES:
        raise InvalidCursor
    await looks.read(session, registry, officer, urn, FUND_ACCOUNT)
    lines = await ledger.urns_newest_first(session, urn, position[0] if position else None, limit + 1)
    shown = {each: line for line, each in lines[:limit]}
    found = await published.by_urn(session, registry.records.sealer, list(shown), FUND_ENTRY)
    following = encode(lines[limit - 1][0]) if len(lines) > limit else None
    return Page([found[each] for each in shown], following)
