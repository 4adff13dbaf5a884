"""The right in a unit has ended."""

from dataclasses import replace

from onewindow_contracts.models import housing as api
from onewindow_kit.records import Record
from sqlmodel.ext.asyncio.session import AsyncSession

from housing.domain.title import effective_day
from housing.service.registry import Registry, require_housing


async def cancel(
    session: AsyncSession, registry: Registry, authority: str, urn: str, version: int, command: api.CancelTitle
) -> Record:
    """Ends a title that nobody else has a right in. Giving it up is a disposal and needs the owners."""
    today = registry.today()
    effective_on = effective_day(command.cause, command.effective_on, today)
    require_housing(command.consents)
    title = await registry.find_at(session, authority, urn, version)
    title.require_unencumbered(today)
    if command.cause == "abandonment":
        title.require_disposable(today, agreed=command.notice_consents)
        title.ownership.require_consent(command.consents, registry.rules.law(today))
    after = replace(title, entry="cancellation", cause=command.cause, ended_on=effective_on)
    return await registry.enter(session, title, after, "ended", effective_on, command.legal_basis)
