"""What citizens and firms apply for, over HTTP; each answers with the case that it became."""

from fastapi import APIRouter, Response
from onewindow_contracts.models import transport as base
from onewindow_contracts.models import transport_cases as api
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, Session

from transport.domain.plates import Plate
from transport.routes.answers import RecordUrn, TheDesk
from transport.routes.callers import own
from transport.routes.cases import receipt
from transport.service.desk import Acting
from transport.service.plates import Choice
from transport.service.roads import licensing, sales
from transport.service.roads.naming import named

router = APIRouter(route_class=ContractRoute)


@router.post(
    "/v1/licence-applications", operation_id="applyForLicence", status_code=201, response_model=api.CaseReceipt
)
async def apply_for_licence(
    body: api.LicenceApplication, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await licensing.apply_for_licence(Acting(desk, caller), session, person=own(caller), classes=body.classes)
    return receipt(case, 201)


@router.post(
    "/v1/driving-licences/{urn}/recoveries",
    operation_id="applyForLicenceRecovery",
    status_code=201,
    response_model=api.CaseReceipt,
)
async def apply_for_recovery(
    urn: RecordUrn, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    return receipt(await licensing.apply_for_recovery(Acting(desk, caller), session, urn, person=own(caller)), 201)


@router.post(
    "/v1/points-reductions", operation_id="applyForPointsReduction", status_code=201, response_model=api.CaseReceipt
)
async def apply_for_reduction(
    body: api.ReductionApplication, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    case = await licensing.apply_for_reduction(Acting(desk, caller), session, person=own(caller), means=body.means)
    return receipt(case, 201)


@router.post(
    "/v1/vehicles/{urn}/transfer-applications",
    operation_id="applyForVehicleTransfer",
    status_code=201,
    response_model=api.CaseReceipt,
)
async def apply_for_transfer(
    urn: RecordUrn,
    body: api.TransferApplication,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    _key: IdempotencyKey,
) -> Response:
    # Before anything is locked: identity may take its time.
    to = await named(desk, body.to.scheme, body.to.number, body.to.name)
    case = await sales.apply_for_transfer(
        Acting(desk, caller),
        session,
        urn,
        owner=own(caller),
        to=to,
        ground=body.ground,
        choice=Choice(body.plate.type, body.plate.number),
    )
    return receipt(case, 201)


@router.post(
    "/v1/vehicles/{urn}/plate-reclaims", operation_id="reclaimPlate", status_code=201, response_model=api.CaseReceipt
)
async def reclaim_plate(
    urn: RecordUrn, body: base.PlateKey, session: Session, desk: TheDesk, caller: Caller, _key: IdempotencyKey
) -> Response:
    plate = Plate(body.type, body.number)
    return receipt(await sales.reclaim_plate(Acting(desk, caller), session, urn, owner=own(caller), plate=plate), 201)
