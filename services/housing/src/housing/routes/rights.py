"""Rights beside a title, by the office; who has one can give it up."""

from fastapi import APIRouter, Response
from onewindow_contracts.common import Urn
from onewindow_contracts.models import housing_rights as api
from onewindow_contracts.models.housing import TitleRecord
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, IfMatch, Session

from housing.domain.advance_notice import AdvanceNotice
from housing.domain.residence_right import ResidenceRight
from housing.events import ADVANCE_NOTICE, OBJECTION, RESIDENCE_RIGHT
from housing.routes.parts import Authority, TheRegistry, answer, created, shown
from housing.service import looks, rights, succession

router = APIRouter(route_class=ContractRoute)


@router.post(
    "/v1/titles/{urn}/objections", operation_id="registerObjection", status_code=201, response_model=api.ObjectionRecord
)
async def register_objection(
    urn: Urn,
    body: api.RegisterObjection,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    title = await registry.find_at(session, authority, urn, version)
    return created(await rights.object_to(session, registry, title, body.objector, body.legal_basis), "objections")


@router.get("/v1/objections/{urn}", operation_id="readObjection", response_model=api.ObjectionRecord)
async def read_objection(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await looks.read(session, registry, caller, urn, OBJECTION))


@router.post("/v1/objections/{urn}/suits", operation_id="noteSuit", response_model=api.ObjectionRecord)
async def note_suit(
    urn: Urn,
    body: api.NoteSuit,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await rights.note_suit(session, registry, authority, urn, version, body))


@router.post("/v1/objections/{urn}/ending", operation_id="endObjection", response_model=api.ObjectionRecord)
async def end_objection(
    urn: Urn,
    body: api.EndObjection,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await rights.end_objection(session, registry, caller, urn, version, body))


@router.post(
    "/v1/titles/{urn}/advance-notices",
    operation_id="registerAdvanceNotice",
    status_code=201,
    response_model=api.AdvanceNoticeRecord,
)
async def register_advance_notice(
    urn: Urn,
    body: api.RegisterAdvanceNotice,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    title = await registry.find_at(session, authority, urn, version, [body.beneficiary])
    return created(
        await rights.give_notice(session, registry, title, body.beneficiary, body.consents, body.legal_basis),
        "advance-notices",
    )


@router.get("/v1/advance-notices/{urn}", operation_id="readAdvanceNotice", response_model=api.AdvanceNoticeRecord)
async def read_advance_notice(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await looks.read(session, registry, caller, urn, ADVANCE_NOTICE))


@router.post(
    "/v1/advance-notices/{urn}/registrability", operation_id="noteRegistrable", response_model=api.AdvanceNoticeRecord
)
async def note_registrable(
    urn: Urn,
    body: api.NoteRegistrable,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await rights.note_registrable(session, registry, authority, urn, version, body))


@router.post(
    "/v1/advance-notices/{urn}/cancellation", operation_id="cancelAdvanceNotice", response_model=api.AdvanceNoticeRecord
)
async def cancel_advance_notice(
    urn: Urn,
    body: api.EndRight,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await rights.cancel(session, registry, AdvanceNotice, caller, urn, version, body.legal_basis))


@router.post(
    "/v1/titles/{urn}/residence-rights",
    operation_id="registerResidenceRight",
    status_code=201,
    response_model=api.ResidenceRightRecord,
)
async def register_residence_right(
    urn: Urn,
    body: api.RegisterResidenceRight,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    title = await registry.find_at(session, authority, urn, version, [body.resident])
    return created(
        await rights.grant_residence(
            session, registry, title, body.resident, body.until, body.consents, body.legal_basis
        ),
        "residence-rights",
    )


@router.get("/v1/residence-rights/{urn}", operation_id="readResidenceRight", response_model=api.ResidenceRightRecord)
async def read_residence_right(urn: Urn, session: Session, registry: TheRegistry, caller: Caller) -> Response:
    return shown(await looks.read(session, registry, caller, urn, RESIDENCE_RIGHT))


@router.post(
    "/v1/residence-rights/{urn}/cancellation",
    operation_id="cancelResidenceRight",
    response_model=api.ResidenceRightRecord,
)
async def cancel_residence_right(
    urn: Urn,
    body: api.EndRight,
    session: Session,
    registry: TheRegistry,
    caller: Caller,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await rights.cancel(session, registry, ResidenceRight, caller, urn, version, body.legal_basis))


@router.post("/v1/titles/{urn}/escheat", operation_id="escheatTitle", response_model=TitleRecord)
async def escheat_title(
    urn: Urn,
    body: api.EscheatTitle,
    session: Session,
    registry: TheRegistry,
    authority: Authority,
    version: IfMatch,
    _key: IdempotencyKey,
) -> Response:
    return answer(await succession.escheat(session, registry, authority, urn, version, body))
