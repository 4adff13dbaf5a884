"""Naming organisations to sectors: the same questions as for persons, answered from their own register."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from onewindow_kit.pseudonyms import Pseudonym as Name
from sqlmodel import col, select

from identity.domain.organisations import SCHEME, normalise
from identity.domain.problems import InvalidNumber, PersonNotFound
from identity.service.desk import Desk
from identity.store import organisations
from identity.tables import Organisation, OrganisationPseudonym
from identity.tables.columns import blind_number


async def by_code(desk: Desk, code: str) -> Organisation:
    """PersonNotFound for a code that is malformed or nobody's: all look the same from outside."""
    blind = _blind_or_none(code)
    row = None if blind is None else await organisations.by_code(desk.session, blind)
    if row is None:
        raise PersonNotFound
    return row


async def batch(desk: Desk, codes: Sequence[str], sector: str) -> list[str | None]:
    """A sector's pseudonyms, a place for each code."""
    blinds = [_blind_or_none(code) for code in codes]
    found = await organisations.by_codes(desk.session, list({blind for blind in blinds if blind is not None}))
    names = await in_sector(desk, set(found.values()), sector)
    return [names[found[blind]] if blind is not None and blind in found else None for blind in blinds]


async def in_sector(desk: Desk, wanted: set[UUID], sector: str) -> dict[UUID, str]:
    """Names in a sector, assigned now where it has none yet."""
    names = await organisations.pseudonyms(desk.session, wanted, sector)
    if missing := sorted(wanted - names.keys()):
        await organisations.lock(desk.session, missing)
        names |= await organisations.pseudonyms(desk.session, missing, sector)
        still = [id for id in missing if id not in names]
        for row in await desk.session.exec(select(Organisation).where(col(Organisation.id).in_(still))):
            names[row.id] = str(Name.new(sector, organisation=True))
            desk.session.add(OrganisationPseudonym(pseudonym=names[row.id], organisation_id=row.id, sector=sector))
            desk.changes.link(row)
    return names


def _blind_or_none(code: str) -> bytes | None:
    try:
        return blind_number(SCHEME, normalise(code))
    except InvalidNumber:
        return None
