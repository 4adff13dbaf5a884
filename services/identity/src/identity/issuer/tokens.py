"""The token endpoint's three grants."""

from __future__ import annotations

import time

from onewindow_contracts.models import identity as api
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.issuer import assertions, authorization
from identity.issuer.errors import OAuthRefusal
from identity.issuer.issuer import GRANTS, Issuer
from identity.store import persons

ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
GATEWAY = "gateway"


async def grant(session: AsyncSession, issuer: Issuer, asked: api.TokenRequest) -> api.TokenAnswer:
    """A token; OAuthRefusal."""
    match asked.grant_type:
        case "authorization_code":
            return await _for_code(session, issuer, asked)
        case "client_credentials":
            return await _for_client(session, issuer, asked)
        case exchange if exchange == GRANTS[2]:
            return await _exchanged(session, issuer, asked)
    raise OAuthRefusal("unsupported_grant_type", "See grant_types_supported in the discovery document.")


async def _for_code(session: AsyncSession, issuer: Issuer, asked: api.TokenRequest) -> api.TokenAnswer:
    """A citizen's token for the gateway: the subject is the gateway-sector pseudonym."""
    request = await authorization.redeem(session, asked.code, asked.client_id, asked.redirect_uri, asked.code_verifier)
    token, seconds = issuer.access_token("citizen", request.subject, request.client_id, [GATEWAY], sector=GATEWAY)
    openid = "openid" in (request.scope or "").split()
    return api.TokenAnswer(
        access_token=token,
        token_type="Bearer",
        expires_in=seconds,
        id_token=issuer.id_token(request.subject, request.client_id, request.nonce) if openid else None,
        scope=request.scope or None,
    )


async def _for_client(session: AsyncSession, issuer: Issuer, asked: api.TokenRequest) -> api.TokenAnswer:
    proof = await assertions.prove(session, issuer, asked.client_assertion_type, asked.client_assertion)
    client = proof.client
    if client.kind not in ("service", "agency", "operator"):
        raise OAuthRefusal("unauthorized_client", "This client gets no tokens of its own.")
    token, seconds = issuer.access_token(
        client.kind,
        client.id,
        client.id,
        list(client.audiences),
        sector=client.sector,
        authority=client.authority,
        purpose=asked.purpose if client.kind == "agency" else None,
        act=None if proof.officer is None else {"sub": proof.officer},
    )
    return api.TokenAnswer(access_token=token, token_type="Bearer", expires_in=seconds)


async def _exchanged(session: AsyncSession, issuer: Issuer, asked: api.TokenRequest) -> api.TokenAnswer:
    """RFC 8693, for the gateway only: a citizen's token becomes one for a department, with that sector's pseudonym."""
    client = (await assertions.prove(session, issuer, asked.client_assertion_type, asked.client_assertion)).client
    if client.kind != "service" or client.id != GATEWAY:
        raise OAuthRefusal("unauthorized_client", "Only the gateway exchanges tokens.")
    if asked.subject_token_type != ACCESS_TOKEN or not asked.subject_token:
        raise OAuthRefusal("invalid_request", "The subject token is an access token.")
    if asked.requested_token_type not in (None, ACCESS_TOKEN):
        raise OAuthRefusal("invalid_request", "Only access tokens are given out.")
    department = issuer.clients.get(asked.audience or "")
    if department is None or department.kind != "service" or department.id == GATEWAY or not department.sector:
        raise OAuthRefusal("invalid_target", "The audience is no department.")
    claims = issuer.own_claims(asked.subject_token)
    if claims.get("kind") != "citizen" or GATEWAY not in claims.get("aud", []):
        raise OAuthRefusal("invalid_grant", "The subject token is no citizen's for the gateway.")
    person = await persons.by_pseudonym(session, str(claims.get("sub")))
    names = {} if person is None else await persons.pseudonyms(session, [person.id], department.sector)
    if person is None or person.id not in names:
        raise OAuthRefusal("invalid_target", "The person has no name in that sector.")
    token, seconds = issuer.access_token(
        "citizen",
        names[person.id],
        str(claims["client_id"]),
        [department.id],
        seconds=int(claims["exp"] - time.time()) + 1,
        sector=department.sector,
        act={"sub": client.id},
    )
    return api.TokenAnswer(access_token=token, token_type="Bearer", expires_in=seconds, issued_token_type=ACCESS_TOKEN)
