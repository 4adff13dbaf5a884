"""Persons: births, late registrations, admissions, reads, changes of standing and of entries."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from onewindow_contracts.common import Pseudonym
from onewindow_contracts.models import identity as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey, IfMatch

from identity.routes.desks import AtDesk, tag
from identity.service import admissions, births, dossiers, entries, late, names, standings
from identity.service.desk import Desk
from identity.tables import Person

router = APIRouter(route_class=ContractRoute)
PersonPath = Annotated[Pseudonym, Path(description="The person’s identity pseudonym.")]


async def file(desk: Desk, person: Person, response: Response) -> api.PersonFile:
    """Publish what changed and answer with the person's file."""
    await desk.changes.publish()
    tag(response, person.version)
    return await dossiers.person(desk, person)


@router.post("/v1/births", operation_id="registerBirth", status_code=201)
async def register_birth(
    command: api.BirthCommand, desk: AtDesk, response: Response, _key: IdempotencyKey
) -> api.PersonFile:
    return await file(desk, await births.register(desk, command), response)


@router.post("/v1/late-registrations", operation_id="registerLate", status_code=201)
async def register_late(
    command: api.LateRegistrationCommand, desk: AtDesk, response: Response, _key: IdempotencyKey
) -> api.PersonFile:
    return await file(desk, await late.register(desk, command), response)


@router.post("/v1/admissions", operation_id="admitPerson", status_code=201)
async def admit_person(
    command: api.AdmissionCommand, desk: AtDesk, response: Response, _key: IdempotencyKey
) -> api.PersonFile:
    return await file(desk, await admissions.admit(desk, command), response)


@router.post("/v1/person-lookups", operation_id="lookUpPerson")
async def look_up_person(command: api.PersonLookup, desk: AtDesk, response: Response) -> api.PersonFile:
    return await file(desk, await names.by_number(desk, command.scheme, command.number), response)


@router.get("/v1/persons/{person}", operation_id="readPerson")
async def read_person(person: PersonPath, desk: AtDesk, response: Response) -> api.PersonFile:
    return await file(desk, await desk.person(person, lock=False), response)


@router.post("/v1/persons/{person}/variations", operation_id="varyPerson")
async def vary_person(
    person: PersonPath,
    command: api.VariationCommand,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.PersonFile:
    return await file(desk, await entries.vary(desk, person, version, command), response)


@router.post("/v1/persons/{person}/death", operation_id="registerDeath")
async def register_death(
    person: PersonPath,
    command: api.DeathCommand,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.PersonFile:
    return await file(desk, await standings.die(desk, person, version, command), response)


@router.post("/v1/persons/{person}/departures", operation_id="registerDeparture")
async def register_departure(
    person: PersonPath,
    command: api.DepartureCommand,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.PersonFile:
    return await file(desk, await standings.depart(desk, person, version, command), response)


@router.post("/v1/persons/{person}/registrations", operation_id="registerEntry")
async def register_entry(
    person: PersonPath,
    command: api.EntryCommand,
    desk: AtDesk,
    version: IfMatch,
    response: Response,
    _key: IdempotencyKey,
) -> api.PersonFile:
    return await file(desk, await standings.enter(desk, person, version, command), response)
