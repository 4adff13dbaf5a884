"""What an officer reads: persons, registers, moves, kinships and cases in the words of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from onewindow_contracts.models import identity as api
from onewindow_kit.problems import NotFound

from identity.events import bodies
from identity.service.desk import SECTOR, Desk
from identity.store import papers, persons, registers, residence
from identity.tables import (
    Card,
    Correction,
    Household,
    Identification,
    Kinship,
    Move,
    NumberConflict,
    Permit,
    Person,
    Stay,
)

MEMBERS = 1000  # not a rule: the longest list of members that an answer holds


async def name(desk: Desk, person: UUID) -> str:
    return (await names(desk, [person]))[person]


async def names(desk: Desk, people: Iterable[UUID]) -> dict[UUID, str]:
    """Identity pseudonyms."""
    return await persons.pseudonyms(desk.session, people, SECTOR)


def card(row: Card) -> api.CardFile:
    return api.CardFile(urn=row.urn, version=row.version, body=bodies.card(row))


def stay(row: Stay) -> api.StayFile:
    return api.StayFile(urn=row.urn, version=row.version, body=bodies.stay(row))


def permit(row: Permit) -> api.PermitFile:
    return api.PermitFile(urn=row.urn, version=row.version, body=bodies.permit(row))


def identification(row: Identification) -> api.IdentificationFile:
    return api.IdentificationFile(urn=row.urn, version=row.version, body=bodies.identification(row))


async def move(desk: Desk, row: Move) -> api.MoveFile:
    person = await name(desk, row.person_id)
    return api.MoveFile(urn=row.urn, version=row.version, person=person, body=bodies.move(row))


async def kinship(desk: Desk, row: Kinship) -> api.KinshipFile:
    return _kinship(row, await names(desk, [row.first_id, row.second_id]))


def _kinship(row: Kinship, known: dict[UUID, str]) -> api.KinshipFile:
    roles = bodies.KINSHIP_ROLES[row.kind]
    parties = [
        api.KinshipParty(person=known[person], role=role)  # type: ignore[arg-type]  # roles are the contract's
        for person, role in zip((row.first_id, row.second_id), roles, strict=True)
    ]
    return api.KinshipFile(urn=row.urn, version=row.version, parties=parties, body=bodies.kinship(row))


async def person(desk: Desk, row: Person) -> api.PersonFile:
    """The whole file; its version is the person record's."""
    registration = await registers.open_registration(desk.session, row.id)
    kin = await papers.kinships(desk.session, row.id)
    known = await names(desk, {row.id} | {id for k in kin for id in (k.first_id, k.second_id)})
    open_move = await registers.open_move(desk.session, row.id)
    open_stay = await residence.open_stay(desk.session, row.id)
    held_permit = await residence.held_permit(desk.session, row.id)
    return api.PersonFile(
        person=known[row.id],
        urn=row.urn,
        version=row.version,
        entries=bodies.person(row),
        identifications=[identification(i) for i in await persons.identifications(desk.session, row.id)][:200],
        registration=None
        if registration is None
        else api.RegistrationFile(
            urn=registration.urn,
            version=registration.version,
            body=bodies.registration(registration, await _household(desk, registration.household)),
        ),
        stay=None if open_stay is None else stay(open_stay),
        permit=None if held_permit is None else permit(held_permit),
        cards=[card(c) for c in await papers.cards(desk.session, row.id)][:200],
        kinships=[_kinship(k, known) for k in kin][:200],
        move=None if open_move is None else await move(desk, open_move),
    )


async def _household(desk: Desk, urn: str) -> Household:
    household = await registers.household(desk.session, urn)
    if household is None:
        raise NotFound
    return household


async def household(desk: Desk, urn: str) -> api.HouseholdFile:
    row = await _household(desk, urn)
    inside = await registers.members(desk.session, urn, limit=MEMBERS)
    known = await names(desk, [m.person_id for m in inside])
    return api.HouseholdFile(
        urn=row.urn,
        version=row.version,
        body=bodies.household(row, len(inside)),
        members=[
            api.HouseholdMember(
                person=known[m.person_id],
                registration=m.urn,
                relationship=m.relationship,
                registered_on=m.registered_on,
            )
            for m in inside
        ],
    )


async def correction(desk: Desk, row: Correction) -> api.Correction:
    return api.Correction(
        id=row.id,
        person=await name(desk, row.person_id),
        field=row.field,  # type: ignore[arg-type]  # a field of the contract
        state=row.state,  # type: ignore[arg-type]  # a state of the contract
        proposed_on=row.proposed_on,
        decided_on=row.decided_on,
    )


async def conflict(desk: Desk, row: NumberConflict) -> api.NumberConflict:
    claims = [await persons.identification(desk.session, urn) for urn in (row.holder, row.claimant)]
    return (await _conflicts(desk, [(row, *claims)]))[0]  # type: ignore[list-item]  # two claims


async def conflicts(desk: Desk, after: tuple[str, str] | None, limit: int) -> list[api.NumberConflict]:
    return await _conflicts(desk, list(await papers.conflicts(desk.session, after, limit)))


async def _conflicts(
    desk: Desk, cases: list[tuple[NumberConflict, Identification, Identification]]
) -> list[api.NumberConflict]:
    known = await names(desk, {claim.person_id for _, *claims in cases for claim in claims})
    return [
        api.NumberConflict(
            id=row.id,
            scheme=row.scheme,
            state=row.state,  # type: ignore[arg-type]  # a state of the contract
            claims=[
                api.ConflictClaim(person=known[claim.person_id], identification=claim.urn, state=claim.state)  # type: ignore[arg-type]  # a state of the contract
                for claim in claims
            ],
            opened_on=row.opened_on,
            decided_on=row.decided_on,
        )
        for row, *claims in cases
    ]
