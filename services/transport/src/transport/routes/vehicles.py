"""Vehicles and plates over HTTP."""

from fastapi import APIRouter, Response
from onewindow_contracts.models import transport as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey, IfMatch, Session
from sqlmodel import col

from transport.domain.plates import Plate
from transport.routes.answers import LIMIT, Cursor, Limit, RecordUrn, TheDesk, changed, created, found, page
from transport.service import reading
from transport.service import vehicles as service
from transport.service.plates import Choice
from transport.service.vehicles import Description
from transport.tables import Vehicle

router = APIRouter(route_class=ContractRoute)
PATH = "/v1/vehicles"


@router.post(PATH, operation_id="registerVehicle", status_code=201, response_model=api.VehicleRecord)
async def register(body: api.VehicleRegistration, session: Session, desk: TheDesk, _key: IdempotencyKey) -> Response:
    record = await service.register(
        desk,
        session,
        owner=body.owner,
        description=Description(
            vin=body.vin,
            kind=body.kind,
            make=body.make,
            model=body.model,
            colour=body.colour,
            energy=body.energy,
            use=body.use,
            first_registered_on=body.first_registered_on,
        ),
        choice=_choice(body.plate),
        legal_basis=body.legal_basis,
    )
    return created(record, PATH)


@router.get(PATH + "/{urn}", operation_id="readVehicle", response_model=api.VehicleRecord)
async def read(urn: RecordUrn, session: Session, desk: TheDesk) -> Response:
    return found(*await reading.one(desk, session, Vehicle, urn))


@router.post("/v1/vehicle-lookups", operation_id="lookUpVehicles", response_model=api.VehiclePage)
async def look_up(
    body: api.OwnerLookup, session: Session, desk: TheDesk, cursor: Cursor = None, limit: Limit = LIMIT
) -> Response:
    mine = [col(Vehicle.owner) == body.owner, col(Vehicle.state) == "registered"]
    return page(await reading.page(desk, session, Vehicle, mine, cursor, limit))


@router.post("/v1/plate-lookups", operation_id="lookUpPlate", response_model=api.VehicleRecord)
async def look_up_plate(body: api.PlateKey, session: Session, desk: TheDesk) -> Response:
    return found(*await reading.vehicle_with_plate(desk, session, Plate(body.type, body.number)))


@router.post("/v1/plate-rights", operation_id="lookUpPlateRights", response_model=api.PlateRights)
async def plate_rights(body: api.OwnerLookup, session: Session, desk: TheDesk) -> api.PlateRights:
    return api.PlateRights.model_validate(
        {
            "items": [
                {"type": plate.type, "number": plate.number, "kept_until": plate.kept_until}
                for plate in await reading.plate_rights(desk, session, body.owner)
            ]
        }
    )


@router.post(PATH + "/{urn}/transfers", operation_id="transferVehicle", response_model=api.VehicleRecord)
async def transfer(
    urn: RecordUrn, body: api.VehicleTransfer, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.transfer(
        desk,
        session,
        urn,
        version,
        to=body.to,
        ground=body.ground,
        consenting=body.consenting_mortgages,
        choice=_choice(body.plate),
        effective_on=body.effective_on,
        legal_basis=body.legal_basis,
    )
    return changed(record)


@router.post(PATH + "/{urn}/plates", operation_id="changePlate", response_model=api.VehicleRecord)
async def change_plate(
    urn: RecordUrn, body: api.PlateChange, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.change_plate(
        desk,
        session,
        urn,
        version,
        choice=_choice(body.plate),
        effective_on=body.effective_on,
        legal_basis=body.legal_basis,
    )
    return changed(record)


@router.post(PATH + "/{urn}/deregistrations", operation_id="deregisterVehicle", response_model=api.VehicleRecord)
async def deregister(
    urn: RecordUrn, body: api.Deregistration, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.deregister(
        desk,
        session,
        urn,
        version,
        cause=body.cause,
        effective_on=body.effective_on,
        legal_basis=body.legal_basis,
    )
    return changed(record)


def _choice(plate: api.PlateChoice) -> Choice:
    return Choice(plate.type, plate.number)
