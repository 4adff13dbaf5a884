"""Mortgages and freezes on vehicles over HTTP."""

from fastapi import APIRouter, Response
from onewindow_contracts.models import transport as api
from onewindow_kit.edge import ContractRoute, IdempotencyKey, IfMatch, Session

from transport.routes.answers import RecordUrn, TheDesk, changed
from transport.routes.vehicles import PATH
from transport.service import marks as service

router = APIRouter(route_class=ContractRoute)


@router.post(PATH + "/{urn}/mortgages", operation_id="enterVehicleMortgage", response_model=api.VehicleRecord)
async def enter_mortgage(
    urn: RecordUrn, body: api.MortgageEntry, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.enter_mortgage(
        desk,
        session,
        urn,
        version,
        mortgagee_code=body.mortgagee_code,
        mortgagee=body.mortgagee,
        since=body.since,
        legal_basis=body.legal_basis,
    )
    return changed(record)


@router.post(
    PATH + "/{urn}/mortgage-discharges", operation_id="dischargeVehicleMortgage", response_model=api.VehicleRecord
)
async def discharge_mortgage(
    urn: RecordUrn, body: api.MarkRemoval, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.discharge_mortgage(
        desk, session, urn, version, mark=body.mark, effective_on=body.effective_on, legal_basis=body.legal_basis
    )
    return changed(record)


@router.post(PATH + "/{urn}/freezes", operation_id="enterVehicleFreeze", response_model=api.VehicleRecord)
async def enter_freeze(
    urn: RecordUrn, body: api.FreezeEntry, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.enter_freeze(
        desk,
        session,
        urn,
        version,
        ordered_by=body.ordered_by,
        document=body.document,
        since=body.since,
        until=body.until,
        legal_basis=body.legal_basis,
    )
    return changed(record)


@router.post(PATH + "/{urn}/freeze-liftings", operation_id="liftVehicleFreeze", response_model=api.VehicleRecord)
async def lift_freeze(
    urn: RecordUrn, body: api.MarkRemoval, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.lift_freeze(
        desk, session, urn, version, mark=body.mark, effective_on=body.effective_on, legal_basis=body.legal_basis
    )
    return changed(record)
