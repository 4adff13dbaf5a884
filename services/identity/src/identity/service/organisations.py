"""Organisations: registered, varied, dissolved by the company register; known to every sector from the start."""

from __future__ import annotations

from uuid import uuid4

from onewindow_contracts.models import identity_organisations as api
from onewindow_kit.pseudonyms import Pseudonym as Name

from identity.domain import law
from identity.domain.births import in_order
from identity.domain.organisation_refusals import OrganisationDissolved, OrganisationExists, OrganisationNotFound
from identity.domain.organisations import SCHEME, normalise
from identity.domain.problems import NothingChanges
from identity.domain.representation import LEGAL
from identity.service import representations
from identity.service.desk import SECTOR, Desk, at_version
from identity.store import organisations, persons
from identity.tables import Organisation, OrganisationPseudonym
from identity.tables.columns import blind_number


async def register(desk: Desk, command: api.OrganisationCommand) -> Organisation:
    """A new organisation; its code was never another's."""
    on = desk.day(command.registered_on)
    code = normalise(command.uscc)
    blind = blind_number(SCHEME, code)
    await persons.take_turns(desk.session, f"organisation|{blind.hex()}")
    if await organisations.by_code(desk.session, blind) is not None:
        raise OrganisationExists
    row = Organisation(
        id=uuid4(),
        urn=desk.office.company_register.urn("organisation"),
        link_urn=desk.office.company_register.urn("link"),
        name=command.name.strip(),
        uscc=code,
        uscc_blind=blind,
        kind=command.kind,
        registered_on=on,
    )
    desk.changes.created(row, on, law.COMPANY)
    desk.changes.link(row)
    await desk.session.flush()
    for sector in desk.rules.assigned:
        name = str(Name.new(sector, organisation=True))
        desk.session.add(OrganisationPseudonym(pseudonym=name, organisation_id=row.id, sector=sector))
    await desk.session.flush()
    if command.legal_representative is not None:
        person = await desk.person(command.legal_representative)
        await representations.appoint(desk, row, person, LEGAL, None, on)
    return row


async def vary(desk: Desk, pseudonym: str, version: int, command: api.OrganisationVariation) -> Organisation:
    """Another name or kind; representations say the new name from now on."""
    row = await _held(desk, pseudonym, version)
    on = desk.day(command.effective_on)
    in_order(row.registered_on, on)
    name, kind = (command.name or row.name).strip(), command.kind or row.kind
    if (name, kind) == (row.name, row.kind):
        raise NothingChanges
    renamed = name != row.name
    row.name, row.kind = name, kind
    desk.changes.touch(row, "varied", on, law.COMPANY)
    if renamed:
        for representation in await organisations.in_force(desk.session, row.id):
            desk.changes.touch(representation, "varied", on, law.REPRESENTATION)
    return row


async def dissolve(desk: Desk, pseudonym: str, version: int, command: api.Dissolution) -> Organisation:
    """Its end, and that of every representation."""
    row = await _held(desk, pseudonym, version)
    on = desk.day(command.dissolved_on)
    in_order(row.registered_on, on)
    row.state, row.dissolved_on = "dissolved", on
    desk.changes.touch(row, "ended", on, law.COMPANY)
    for representation in await organisations.in_force(desk.session, row.id):
        representations.finish(desk, representation, max(on, representation.since))
    return row


async def find(desk: Desk, pseudonym: str, *, lock: bool = True) -> Organisation:
    """By its identity pseudonym, held until the end of the transaction; OrganisationNotFound."""
    row = None
    if pseudonym.startswith(f"{SECTOR}."):
        row = await organisations.by_pseudonym(desk.session, pseudonym, lock=lock)
    if row is None:
        raise OrganisationNotFound
    return row


async def look_up(desk: Desk, code: str) -> Organisation:
    """By its code; OrganisationNotFound."""
    row = await organisations.by_code(desk.session, blind_number(SCHEME, normalise(code)))
    if row is None:
        raise OrganisationNotFound
    return row


async def living(desk: Desk, pseudonym: str) -> Organisation:
    """The same, and it exists still; OrganisationDissolved."""
    row = await find(desk, pseudonym)
    if row.state == "dissolved":
        raise OrganisationDissolved
    return row


async def _held(desk: Desk, pseudonym: str, version: int) -> Organisation:
    row = await find(desk, pseudonym)
    at_version(row, version)
    if row.state == "dissolved":
        raise OrganisationDissolved
    return row
