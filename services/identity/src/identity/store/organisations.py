"""Organisations by code or pseudonym, their names in sectors, and who represents them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.tables import Organisation, OrganisationPseudonym, Representation


async def by_code(session: AsyncSession, blind: bytes) -> Organisation | None:
    return (await session.exec(select(Organisation).where(Organisation.uscc_blind == blind))).one_or_none()


async def by_codes(session: AsyncSession, blinds: Sequence[bytes]) -> dict[bytes, UUID]:
    """Organisations that exist, by the blind index of their code; dissolved ones keep their names too."""
    query = select(Organisation.uscc_blind, Organisation.id).where(col(Organisation.uscc_blind).in_(blinds))
    return {bytes(blind): id for blind, id in await session.exec(query)}


async def by_pseudonym(session: AsyncSession, pseudonym: str, *, lock: bool = False) -> Organisation | None:
    """The organisation behind a pseudonym; locked until the transaction ends if asked for."""
    query = select(Organisation).join(
        OrganisationPseudonym, col(OrganisationPseudonym.organisation_id) == Organisation.id
    )
    query = query.where(OrganisationPseudonym.pseudonym == pseudonym)
    if lock:
        query = query.with_for_update(of=Organisation).execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()


async def lock(session: AsyncSession, organisations: Iterable[UUID]) -> list[Organisation]:
    """Hold these organisations until the transaction ends, in one order for all."""
    query = select(Organisation).where(col(Organisation.id).in_(set(organisations))).order_by(col(Organisation.id))
    return list(await session.exec(query.with_for_update()))


async def pseudonyms(session: AsyncSession, organisations: Iterable[UUID], sector: str) -> dict[UUID, str]:
    """The current pseudonyms in one sector."""
    query = select(OrganisationPseudonym.organisation_id, OrganisationPseudonym.pseudonym).where(
        col(OrganisationPseudonym.organisation_id).in_(set(organisations)),
        OrganisationPseudonym.sector == sector,
        col(OrganisationPseudonym.current),
    )
    return dict((await session.exec(query)).all())


async def in_force(session: AsyncSession, organisation: UUID) -> list[Representation]:
    """Representations that were not ended, the legal representative's first."""
    query = select(Representation).where(
        Representation.organisation_id == organisation, Representation.state == "in-force"
    )
    order = (col(Representation.capacity).desc(), col(Representation.since), Representation.urn)
    return list(await session.exec(query.order_by(*order)))


async def between(session: AsyncSession, organisation: UUID, person: UUID) -> Representation | None:
    """By which a person represents an organisation, while it was not ended."""
    query = select(Representation).where(
        Representation.organisation_id == organisation,
        Representation.person_id == person,
        Representation.state == "in-force",
    )
    return (await session.exec(query)).one_or_none()


async def of_person(session: AsyncSession, person: UUID) -> list[Representation]:
    """What a person represents, while it was not ended."""
    query = select(Representation).where(Representation.person_id == person, Representation.state == "in-force")
    return list(await session.exec(query.order_by(Representation.urn)))


async def representation(session: AsyncSession, urn: str, *, lock: bool = False) -> Representation | None:
    query = select(Representation).where(Representation.urn == urn)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()
