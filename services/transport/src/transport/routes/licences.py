"""Driving licences over HTTP."""

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter, Response
from onewindow_contracts.models import transport as api
from onewindow_contracts.models.records import shared_adverse_act as shared
from onewindow_kit.adverse.answers import waiting
from onewindow_kit.decide import Principal
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session
from onewindow_kit.records import Record
from sqlmodel import col

from transport.domain import licences as domain
from transport.domain.licences import Licence, LicenceRules
from transport.routes.answers import LIMIT, Cursor, Limit, RecordUrn, TheDesk, changed, created, found, page
from transport.service import adverse, reading
from transport.service import licences as service
from transport.service.desk import Desk
from transport.tables import DrivingLicence

router = APIRouter(route_class=ContractRoute)
PATH = "/v1/driving-licences"
Decision = Callable[[Licence, date, LicenceRules], Licence]


@router.post(PATH, operation_id="issueLicence", status_code=201, response_model=api.DrivingLicenceRecord)
async def issue(body: api.LicenceIssue, session: Session, desk: TheDesk, _key: IdempotencyKey) -> Response:
    record = await service.issue(
        desk,
        session,
        holder=body.holder,
        classes=body.classes,
        issued_on=body.issued_on,
        file_number=body.file_number,
        legal_basis=body.legal_basis,
    )
    return created(record, PATH)


@router.get(PATH + "/{urn}", operation_id="readLicence", response_model=api.DrivingLicenceRecord)
async def read(urn: RecordUrn, session: Session, desk: TheDesk) -> Response:
    return found(*await reading.one(desk, session, DrivingLicence, urn))


@router.post("/v1/driving-licence-lookups", operation_id="lookUpLicences", response_model=api.DrivingLicencePage)
async def look_up(
    body: api.HolderLookup, session: Session, desk: TheDesk, cursor: Cursor = None, limit: Limit = LIMIT
) -> Response:
    mine = [col(DrivingLicence.holder) == body.holder]
    return page(await reading.page(desk, session, DrivingLicence, mine, cursor, limit))


@router.post(PATH + "/{urn}/renewals", operation_id="renewLicence", response_model=api.DrivingLicenceRecord)
async def renew(
    urn: RecordUrn, body: api.LicenceRenewal, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    record = await service.renew(
        desk,
        session,
        urn,
        version,
        twelve_points_reached=body.twelve_points_reached,
        legal_basis=body.legal_basis,
    )
    return changed(record)


async def _decide(desk: Desk, session: Any, urn: str, version: int, body: Any, decision: Decision) -> Response:
    """Every decision states day, norm, reason and remedy; ``body`` is a Grounds or one with more."""
    record: Record = await service.decide(
        desk,
        session,
        urn,
        version,
        decision,
        effective_on=body.effective_on,
        legal_basis=body.legal_basis,
        grounds=service.Grounds(body.reason, body.remedy),
    )
    return changed(record)


@router.post(
    PATH + "/{urn}/class-changes", operation_id="changeLicenceClasses", response_model=api.DrivingLicenceRecord
)
async def change_classes(
    urn: RecordUrn, body: api.ClassChange, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    return await _decide(
        desk, session, urn, version, body, lambda held, on, rules: domain.vary_classes(held, body.classes)
    )


async def _restrict(
    desk: Desk, session: Any, caller: Principal, kind: str, urn: str, version: int, body: Any, **more: str | None
) -> Response:
    """202 with the act: a second officer of another unit must approve before anything happens."""
    act = await adverse.restrict(
        desk,
        session,
        caller,
        kind,
        urn,
        version,
        effective_on=body.effective_on,
        legal_basis=body.legal_basis,
        reason=body.reason,
        remedy=body.remedy,
        basis=body.grounds.basis,
        evidence=body.grounds.evidence,
        **more,
    )
    return waiting(desk.acts, act)


@router.post(
    PATH + "/{urn}/retentions", operation_id="retainLicence", status_code=202, response_model=shared.AdverseActRecord
)
async def retain(
    urn: RecordUrn,
    body: api.LicenceRestriction,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return await _restrict(desk, session, caller, "licence-retained", urn, version, body)


@router.post(
    PATH + "/{urn}/suspensions", operation_id="suspendLicence", status_code=202, response_model=shared.AdverseActRecord
)
async def suspend(
    urn: RecordUrn,
    body: api.Suspension,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return await _restrict(desk, session, caller, "licence-suspended", urn, version, body, until=body.until.isoformat())


@router.post(
    PATH + "/{urn}/use-stops", operation_id="stopLicenceUse", status_code=202, response_model=shared.AdverseActRecord
)
async def stop_use(
    urn: RecordUrn,
    body: api.LicenceRestriction,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return await _restrict(desk, session, caller, "licence-use-stopped", urn, version, body)


@router.post(
    PATH + "/{urn}/revocations", operation_id="revokeLicence", status_code=202, response_model=shared.AdverseActRecord
)
async def revoke(
    urn: RecordUrn,
    body: api.Revocation,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return await _restrict(
        desk,
        session,
        caller,
        "licence-revoked",
        urn,
        version,
        body,
        barred_until=None if body.barred_until is None else body.barred_until.isoformat(),
    )


@router.post(
    PATH + "/{urn}/annulments", operation_id="annulLicence", status_code=202, response_model=shared.AdverseActRecord
)
async def annul(
    urn: RecordUrn,
    body: api.LicenceRestriction,
    session: Session,
    desk: TheDesk,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return await _restrict(desk, session, caller, "licence-annulled", urn, version, body)


@router.post(PATH + "/{urn}/cancellations", operation_id="cancelLicence", response_model=api.DrivingLicenceRecord)
async def cancel(
    urn: RecordUrn, body: api.Cancellation, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    return await _decide(
        desk, session, urn, version, body, lambda held, on, rules: domain.cancel(held, on, body.cause, rules)
    )


@router.post(PATH + "/{urn}/restorations", operation_id="restoreLicence", response_model=api.DrivingLicenceRecord)
async def restore(
    urn: RecordUrn, body: api.Restoration, session: Session, desk: TheDesk, version: IfMatch, _key: IdempotencyKey
) -> Response:
    return await _decide(
        desk,
        session,
        urn,
        version,
        body,
        lambda held, on, rules: domain.restore(held, on, body.examined_on, body.overturned, rules),
    )


@router.post("/v1/licence-lapses", operation_id="cancelLapsedLicences", response_model=api.LapseResult)
async def cancel_lapsed(body: api.LapseRun, session: Session, desk: TheDesk, _key: IdempotencyKey) -> api.LapseResult:
    cancelled, more = await service.cancel_lapsed(
        desk, session, limit=body.limit, legal_basis=body.legal_basis, remedy=body.remedy
    )
    return api.LapseResult(cancelled=cancelled, more=more)
