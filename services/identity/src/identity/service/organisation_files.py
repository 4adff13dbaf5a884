"""What the company register reads, in the words of the contract."""

from __future__ import annotations

from onewindow_contracts.models import identity_organisations as api

from identity.events import bodies
from identity.service.desk import SECTOR, Desk
from identity.store import organisations, persons
from identity.tables import Organisation, Representation

LONGEST = 200  # not a rule: how many representations an answer holds


async def organisation(desk: Desk, row: Organisation) -> api.OrganisationFile:
    """With the representations that were not ended."""
    names = await organisations.pseudonyms(desk.session, [row.id], SECTOR)
    held = (await organisations.in_force(desk.session, row.id))[:LONGEST]
    people = await persons.pseudonyms(desk.session, [r.person_id for r in held], SECTOR)
    return api.OrganisationFile(
        organisation=names[row.id],
        urn=row.urn,
        version=row.version,
        body=bodies.organisation(row),
        representations=[
            api.RepresentationFile(
                urn=r.urn,
                version=r.version,
                organisation=names[row.id],
                person=people[r.person_id],
                body=bodies.representation(r, row),
            )
            for r in held
        ],
    )


async def representation(desk: Desk, row: Representation) -> api.RepresentationFile:
    of = await desk.session.get_one(Organisation, row.organisation_id)
    names = await organisations.pseudonyms(desk.session, [of.id], SECTOR)
    people = await persons.pseudonyms(desk.session, [row.person_id], SECTOR)
    return api.RepresentationFile(
        urn=row.urn,
        version=row.version,
        organisation=names[of.id],
        person=people[row.person_id],
        body=bodies.representation(row, of),
    )
