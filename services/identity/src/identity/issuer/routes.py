"""The issuer's endpoints; where settings name another issuer they answer ``issuer-elsewhere``."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Header, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from onewindow_contracts.models import identity as api
from onewindow_kit.edge import ContractRoute, Session

from identity.domain.problems import IssuerElsewhere
from identity.issuer import authorization, pages, tokens
from identity.issuer.errors import OAuthRefusal
from identity.issuer.issuer import Issuer
from identity.store import persons
from identity.tables.columns import blind_number

router = APIRouter(route_class=ContractRoute)
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
# An app that runs in a browser reads these from its own origin. No cookie is involved: the code and its verifier are all.
ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}


def here(request: Request) -> Issuer:
    """The issuer of this process; IssuerElsewhere when settings name another."""
    issuer: Issuer | None = request.app.state.issuer
    if issuer is None:
        raise IssuerElsewhere
    return issuer


Here = Annotated[Issuer, Depends(here)]
PRINTABLE = r"^[^\x00-\x1F\x7F]*$"
Short, Text = Query(max_length=100, pattern=PRINTABLE), Query(max_length=1000, pattern=PRINTABLE)


def asked(
    client_id: Annotated[str, Short],
    redirect_uri: Annotated[str, Query(max_length=2000, pattern=PRINTABLE)],
    scope: Annotated[str | None, Text] = None,
    state: Annotated[str | None, Text] = None,
    nonce: Annotated[str | None, Text] = None,
    code_challenge: Annotated[str | None, Query(max_length=128, pattern=PRINTABLE)] = None,
) -> authorization.Request:
    return authorization.Request(client_id, redirect_uri, scope, state, nonce, code_challenge)


Asked = Annotated[authorization.Request, Depends(asked)]
Kind = Annotated[str | None, Text]


@router.get("/.well-known/openid-configuration", operation_id="discover", response_model=api.Discovery)
async def discover(issuer: Here, response: Response) -> Any:
    response.headers.update(ANY_ORIGIN)
    return issuer.discovery()


@router.get("/oauth/jwks.json", operation_id="readKeys", response_model=api.KeySet)
async def read_keys(issuer: Here, response: Response) -> Any:
    response.headers.update(ANY_ORIGIN)
    return await issuer.key_set()


@router.get("/oauth/authorize", operation_id="showLogin", response_class=HTMLResponse)
async def show_login(
    issuer: Here, asked: Asked, response_type: Kind = None, code_challenge_method: Kind = None
) -> Response:
    return _refusal(asked, response_type, code_challenge_method) or pages.login(issuer.people.all(), asked.client_id)


@router.post("/oauth/authorize", operation_id="authorize", status_code=303, response_class=RedirectResponse)
async def authorize(
    issuer: Here,
    asked: Asked,
    session: Session,
    choice: Annotated[api.SampleChoice, Form()],
    response_type: Kind = None,
    code_challenge_method: Kind = None,
) -> Response:
    if (refusal := _refusal(asked, response_type, code_challenge_method)) is not None:
        return refusal
    chosen = issuer.people.get(choice.ref)
    found = []
    if chosen is not None:
        found = await persons.by_number(session, chosen.scheme, blind_number(chosen.scheme, chosen.number))
    fitting = [person for person, _ in found if chosen is not None and person.name == chosen.name] or [
        person for person, _ in found
    ]
    if not fitting:
        return _back(asked, error="access_denied", error_description="The register does not know this sample person.")
    names = await persons.pseudonyms(session, [fitting[0].id], tokens.GATEWAY)
    subject = names[fitting[0].id]
    code = await authorization.issue(session, authorization.Request(**{**vars(asked), "subject": subject}))
    return _back(asked, code=code, iss=issuer.url)


@router.post(
    "/oauth/token",
    operation_id="issueToken",
    response_model=api.TokenAnswer,
    responses={400: {"model": api.OAuthError}, 401: {"model": api.OAuthError}},
)
async def issue_token(
    request: Request,
    issuer: Here,
    session: Session,
    asked: Annotated[api.TokenRequest, Form()],
    _proof: Annotated[str | None, Header(alias="DPoP", max_length=4096, pattern=r"^[!-~]*$")] = None,
) -> Response:
    # All of them: one proof belongs to a request (RFC 9449 4.3), and two joined are none.
    dpop = ",".join(request.headers.getlist("dpop")) or None
    try:
        answer = await tokens.grant(session, issuer, asked, request.app.state.office.today(), dpop)
    except OAuthRefusal as refusal:
        body = {"error": refusal.error, "error_description": refusal.description}
        return JSONResponse({k: v for k, v in body.items() if v}, refusal.status, NO_STORE | ANY_ORIGIN)
    return JSONResponse(answer.model_dump(mode="json", exclude_none=True), 200, NO_STORE | ANY_ORIGIN)


def _refusal(asked: authorization.Request, response_type: str | None, method: str | None) -> Response | None:
    """Why there is nothing to choose: told on a page to the person, or by redirect to the client."""
    if not asked.known():
        return pages.refused(
            "应用或其返回地址没有登记。请以 client_id=onewindow-cli 发送，redirect_uri 为本机任一端口的 http 地址。",
            "The application or its return address is not registered with this issuer. Send client_id=onewindow-cli and a "
            "redirect_uri of this machine: http, 127.0.0.1 or localhost, any port.",
        )
    try:
        asked.check(response_type, method)
    except OAuthRefusal as refusal:
        return _back(asked, error=refusal.error, error_description=refusal.description or refusal.error)
    return None


def _back(asked: authorization.Request, **answer: str) -> Response:
    return RedirectResponse(asked.back(**answer), 303, NO_STORE)
