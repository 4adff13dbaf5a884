"""Token exchange (RFC 8693): who may have another token for theirs.

A citizen's app exchanges the citizen's token for one that acts for an organisation which the citizen represents; the
gateway exchanges either for one that a department knows, with the pseudonym of the department's own sector.
"""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from onewindow_contracts.models import identity as api
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.domain.organisations import SCHEME, normalise
from identity.domain.problems import InvalidNumber
from identity.domain.representation import ACT, READ
from identity.issuer import assertions
from identity.issuer.clients import PUBLIC
from identity.issuer.errors import OAuthRefusal
from identity.issuer.issuer import Issuer
from identity.service import representations
from identity.store import organisations, persons
from identity.tables import Organisation, Person
from identity.tables.columns import blind_number

ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
GATEWAY = "gateway"
NAMED_BY = ("gateway.", "identity.")  # sectors by whose pseudonym an app may name an organisation


async def exchange(session: AsyncSession, issuer: Issuer, asked: api.TokenRequest, today: date) -> api.TokenAnswer:
    """OAuthRefusal unless the presented token is good and whoever asks may have another for it."""
    if asked.subject_token_type != ACCESS_TOKEN or not asked.subject_token:
        raise OAuthRefusal("invalid_request", "The subject token is an access token.")
    if asked.requested_token_type not in (None, ACCESS_TOKEN):
        raise OAuthRefusal("invalid_request", "Only access tokens are given out.")
    if asked.organisation is not None:
        return await _for_organisation(session, issuer, asked, today)
    return await _for_department(session, issuer, asked, today)


async def _for_organisation(
    session: AsyncSession, issuer: Issuer, asked: api.TokenRequest, today: date
) -> api.TokenAnswer:
    """The subject is the organisation, the actor the citizen. Not existing, ended and not one's own look the same."""
    if asked.client_id != PUBLIC or asked.client_assertion is not None:
        raise OAuthRefusal("unauthorized_client", "A citizen's app asks for this with its client_id.")
    if asked.audience not in (None, GATEWAY):
        raise OAuthRefusal("invalid_target", "A token that acts for an organisation is for the gateway.")
    claims = _presented(issuer, asked)
    if claims["kind"] != "citizen" or claims.get("client_id") != asked.client_id:
        raise OAuthRefusal("invalid_grant", "The subject token is no citizen's by this client.")
    person = await _person(session, str(claims.get("sub")))
    organisation = await _organisation(session, asked.organisation or "")
    if organisation is None or not await representations.acting(session, person, organisation, READ, today):
        raise OAuthRefusal("invalid_target", "The citizen represents no such organisation.")
    mine = (await persons.pseudonyms(session, [person.id], GATEWAY))[person.id]
    its = (await organisations.pseudonyms(session, [organisation.id], GATEWAY))[organisation.id]
    return _answer(issuer, claims, "representative", its, GATEWAY, GATEWAY, mine)


async def _for_department(
    session: AsyncSession, issuer: Issuer, asked: api.TokenRequest, today: date
) -> api.TokenAnswer:
    """For the gateway only. What a person may do for an organisation is asked anew, not believed from the token."""
    client = (await assertions.prove(session, issuer, asked.client_assertion_type, asked.client_assertion)).client
    if client.kind != "service" or client.id != GATEWAY:
        raise OAuthRefusal("unauthorized_client", "Only the gateway exchanges tokens.")
    department = issuer.clients.get(asked.audience or "")
    if department is None or department.kind != "service" or department.id == GATEWAY or not department.sector:
        raise OAuthRefusal("invalid_target", "The audience is no department.")
    claims = _presented(issuer, asked)
    sector = department.sector
    if claims["kind"] == "citizen":
        person = await _person(session, str(claims.get("sub")))
        name = (await persons.pseudonyms(session, [person.id], sector)).get(person.id)
    else:
        person = await _person(session, str((claims.get("act") or {}).get("sub")))
        organisation = await organisations.by_pseudonym(session, str(claims.get("sub")))
        if organisation is None or not await representations.acting(session, person, organisation, ACT, today):
            raise OAuthRefusal("invalid_grant", "The representation has ended, or is for reading only.")
        name = (await organisations.pseudonyms(session, [organisation.id], sector)).get(organisation.id)
    if name is None:
        raise OAuthRefusal("invalid_target", "The subject has no name in that sector.")
    return _answer(issuer, claims, claims["kind"], name, sector, department.id, client.id)


def _presented(issuer: Issuer, asked: api.TokenRequest) -> dict[str, Any]:
    """The claims of a citizen's or representative's own token for the gateway."""
    claims = issuer.own_claims(asked.subject_token or "")
    if claims.get("kind") not in ("citizen", "representative") or GATEWAY not in claims.get("aud", []):
        raise OAuthRefusal("invalid_grant", "The subject token is no citizen's for the gateway.")
    return claims


async def _person(session: AsyncSession, pseudonym: str) -> Person:
    """By any pseudonym that still names one: after a merge the former too, after a split the former no more."""
    person = await persons.by_pseudonym(session, pseudonym)
    if person is None:
        raise OAuthRefusal("invalid_grant", "The subject token names nobody any more.")
    return person


async def _organisation(session: AsyncSession, named: str) -> Organisation | None:
    if named.startswith(NAMED_BY):
        return await organisations.by_pseudonym(session, named)
    try:
        return await organisations.by_code(session, blind_number(SCHEME, normalise(named)))
    except InvalidNumber:
        return None


def _answer(
    issuer: Issuer, claims: dict[str, Any], kind: str, subject: str, sector: str, audience: str, actor: str
) -> api.TokenAnswer:
    """Never longer than the token that it is given for."""
    token, seconds = issuer.access_token(
        kind,
        subject,
        str(claims["client_id"]),
        [audience],
        seconds=int(claims["exp"] - time.time()) + 1,
        sector=sector,
        act={"sub": actor},
    )
    return api.TokenAnswer(access_token=token, token_type="Bearer", expires_in=seconds, issued_token_type=ACCESS_TOKEN)
