"""Certificates of registration: issued, printed, verified."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from onewindow_contracts.common import Id, Urn
from onewindow_contracts.models import housing as api
from onewindow_kit.edge import Caller, ContractRoute, IdempotencyKey, Session

from housing.routes import paper
from housing.routes.parts import TheRegistry
from housing.service import certificates

router = APIRouter(route_class=ContractRoute)


@router.post(
    "/v1/titles/{urn}/certificates",
    operation_id="issueCertificate",
    status_code=201,
    response_model=api.Certificate,
)
async def issue_certificate(
    urn: Urn, session: Session, registry: TheRegistry, caller: Caller, _key: IdempotencyKey
) -> Response:
    issued = await certificates.issue(session, registry, caller, urn)
    headers = {"Location": f"/v1/certificates/{issued.id}", "Cache-Control": "no-store"}
    return Response(issued.model_dump_json(), 201, media_type="application/json", headers=headers)


@router.get("/v1/certificates/{id}", operation_id="verifyCertificate", response_model=api.Verification)
async def verify_certificate(id: Id, session: Session) -> api.Verification:
    return await certificates.verify(session, id)


@router.get("/v1/certificates/{id}/print", operation_id="printCertificate", response_class=HTMLResponse)
async def print_certificate(
    id: Id, session: Session, registry: TheRegistry, caller: Caller, request: Request
) -> Response:
    certificate = await certificates.reprint(session, registry, caller, id)
    page = paper.page(certificate, request.app.state.codelists)
    return HTMLResponse(page, headers={"Cache-Control": "no-store", "Content-Security-Policy": paper.POLICY})
