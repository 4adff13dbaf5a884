"""The register's word on paper: the only place where names as registered leave it."""

from datetime import datetime

from onewindow_contracts.models import housing as api
from onewindow_kit import clock
from onewindow_kit.decide import OWN_WINDOW, Principal
from onewindow_kit.guard import shown
from onewindow_kit.problems import NotFound
from onewindow_kit.records import random_id
from sqlmodel.ext.asyncio.session import AsyncSession

from housing import events
from housing.domain.problems import CertificateSuperseded
from housing.domain.title import Title
from housing.service.registry import Registry
from housing.store import certificates, people, titles
from housing.tables import CertificateRow


async def issue(session: AsyncSession, registry: Registry, caller: Principal, urn: str) -> api.Certificate:
    """A certificate of the title as it is now: for one of its owners, or for an officer with a purpose."""
    if caller.kind in OWN_WINDOW:
        title = await titles.load(session, urn)
        if title is None or caller.subject not in title.ownership.owners:
            raise NotFound
    else:
        registry.rules.require_purpose(caller.authority, caller.purpose, registry.today())
        title = await registry.find(session, caller.authority, urn)
    title.require_open()
    row = CertificateRow(
        id=random_id(),
        title=urn,
        version=title.version,
        authority=title.authority,
        issued_to=caller.subject,
        issued_at=clock.now(),
    )
    await certificates.insert(session, row)
    return await _certificate(session, registry, title, row.id, row.issued_at)


async def reprint(session: AsyncSession, registry: Registry, officer: Principal, id: str) -> api.Certificate:
    """An issued certificate again, as long as its title has not changed since."""
    registry.rules.require_purpose(officer.authority, officer.purpose, registry.today())
    row, current = await _find(session, id)
    title = await registry.find(session, officer.authority, row.title)
    if not current:
        raise CertificateSuperseded
    shown(session, *title.ownership.owners)
    return await _certificate(session, registry, title, row.id, row.issued_at)


async def verify(session: AsyncSession, id: str) -> api.Verification:
    """What anyone may know of a certificate: that it was issued here, when, and whether it still holds."""
    row, current = await _find(session, id)
    return api.Verification(id=id, authority=row.authority, issued_at=row.issued_at, current=current)


async def _find(session: AsyncSession, id: str) -> tuple[CertificateRow, bool]:
    found = await certificates.find(session, id)
    if found is None:
        raise NotFound
    return found


async def _certificate(
    session: AsyncSession, registry: Registry, title: Title, id: str, issued_at: datetime
) -> api.Certificate:
    names = await people.names(session, title.urn)
    today = registry.today()
    return api.Certificate(
        id=id,
        title=title.urn,
        version=title.version,
        authority=title.authority,
        certificate_number=title.certificate_number,
        unit_code=title.unit_code,
        address=title.address,
        area_m2=events.area_text(title.area),
        use=title.use,
        ownership=title.ownership.form,
        holders=[api.Holder(name=names[h.owner], share=h.share) for h in title.ownership.holdings],
        registered_on=title.registered_on,
        mortgages=len(title.mortgages),
        frozen=any(freeze.in_force(today) for freeze in title.freezes),
        issued_at=issued_at,
    )
