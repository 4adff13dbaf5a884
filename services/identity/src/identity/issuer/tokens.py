"""The token endpoint's three grants."""

from __future__ import annotations

from datetime import date

from onewindow_contracts.models import identity as api
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.issuer import assertions, authorization, details
from identity.issuer.errors import OAuthRefusal
from identity.issuer.exchange import GATEWAY, exchange
from identity.issuer.issuer import GRANTS, Issuer


async def grant(
    session: AsyncSession, issuer: Issuer, asked: api.TokenRequest, today: date, dpop: str | None = None
) -> api.TokenAnswer:
    """A token; OAuthRefusal. ``today`` is the legal day, on which a representation is in force or not.

    ``dpop`` is the request's proof of the key that the token is to be bound to (RFC 9449).
    """
    match asked.grant_type:
        case "authorization_code":
            return await _for_code(session, issuer, asked)
        case "client_credentials":
            return await _for_client(session, issuer, asked, dpop)
        case token_exchange if token_exchange == GRANTS[2]:
            return await exchange(session, issuer, asked, today)
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


async def _for_client(
    session: AsyncSession, issuer: Issuer, asked: api.TokenRequest, dpop: str | None
) -> api.TokenAnswer:
    proof = await assertions.prove(session, issuer, asked.client_assertion_type, asked.client_assertion)
    client = proof.client
    if client.kind not in ("service", "agency", "operator"):
        raise OAuthRefusal("unauthorized_client", "This client gets no tokens of its own.")
    office = client.kind == "agency"
    look = details.bound(asked.authorization_details, proof, issuer.purposes()) if office else None
    key = issuer.key_proven(dpop, required=office)
    issuer.refuse_revoked(client.id, client.authority, proof.officer, key)
    token, seconds = issuer.access_token(
        client.kind,
        client.id,
        client.id,
        list(client.audiences),
        sector=client.sector,
        authority=client.authority,
        authorization_details=[look.model_dump(exclude_none=True)] if look else None,
        act=proof.act,
        cnf={"jkt": key} if key else None,
    )
    return api.TokenAnswer(
        access_token=token,
        token_type="DPoP" if key else "Bearer",
        expires_in=seconds,
        authorization_details=[look] if look else None,
    )
