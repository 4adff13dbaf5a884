"""private_key_jwt (RFC 7523): a client proves itself by a short-lived assertion that is good once."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.util import urlsafe_b64decode
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.issuer.clients import Client
from identity.issuer.errors import OAuthRefusal
from identity.issuer.issuer import ASSERTION_ALGORITHMS, Issuer
from identity.tables import Assertion

KIND = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LONGEST = 600
LEEWAY = 5
JTI = re.compile(r"[!-~]{8,200}")  # printable ASCII: it is stored
OFFICER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True)
class Proof:
    """Who proved themself. ``officer`` is who acts for an agency, in its ``unit`` if it says one: vouched for by the
    agency's signature (``act``, RFC 8693 4.1)."""

    client: Client
    officer: str | None
    unit: str | None = None

    @property
    def act(self) -> dict[str, str] | None:
        """The claim ``act`` of a token."""
        if self.officer is None:
            return None
        return {"sub": self.officer} | ({"unit": self.unit} if self.unit is not None else {})


async def prove(session: AsyncSession, issuer: Issuer, kind: str | None, assertion: str | None) -> Proof:
    """Whose assertion this is; OAuthRefusal ``invalid_client`` for one that is not good, or was used."""
    if kind != KIND or not assertion:
        raise OAuthRefusal("invalid_client", "The client proves itself by private_key_jwt.")
    client = issuer.clients[_claimed(assertion)]
    try:
        claims = jwt.decode(assertion, client.key, algorithms=ASSERTION_ALGORITHMS).claims
    except (JoseError, ValueError, TypeError) as error:
        raise OAuthRefusal("invalid_client", "The assertion's signature is not the client's.") from error
    moment = time.time()
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    expires, jti = claims.get("exp"), claims.get("jti")
    issued, begins = claims.get("iat", moment), claims.get("nbf", moment)
    good = (
        claims.get("iss") == claims.get("sub") == client.id
        and bool({issuer.url, issuer.token_endpoint} & {a for a in audiences if isinstance(a, str)})
        and isinstance(expires, int | float)
        and moment - LEEWAY < expires <= moment + LONGEST
        and isinstance(issued, int | float)
        and issued <= moment + LEEWAY
        and isinstance(begins, int | float)
        and begins <= moment + LEEWAY
        and isinstance(jti, str)
        and JTI.fullmatch(jti) is not None
    )
    if not good:
        raise OAuthRefusal("invalid_client", "The assertion lacks a claim, has expired, or is for somebody else.")
    await _once(session, f"{client.id}|{jti}", float(expires or 0))
    return Proof(client, *_officer(client, claims.get("act")))


def _officer(client: Client, act: Any) -> tuple[str | None, str | None]:
    """The acting officer's id in the office, and their unit; a claim that names none, or comes from no agency, is refused."""
    if act is None:
        return None, None
    officer, unit = (act.get("sub"), act.get("unit")) if isinstance(act, dict) else (None, None)
    named = isinstance(officer, str) and OFFICER.fullmatch(officer)
    placed = unit is None or (isinstance(unit, str) and OFFICER.fullmatch(unit))
    if client.kind != "agency" or not named or not placed:
        raise OAuthRefusal(
            "invalid_client", "The acting officer is an agency's, by an id of its own (act.sub, act.unit)."
        )
    return officer, unit


def _claimed(assertion: str) -> str:
    """Who the assertion says it is from; believed only once its signature is checked."""
    try:
        claims = json.loads(urlsafe_b64decode(assertion.split(".")[1].encode()))
        return str(claims["sub"])
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise OAuthRefusal("invalid_client", "The assertion is no JWT.") from error


async def _once(session: AsyncSession, name: str, expires: float) -> None:
    connection = await session.connection()
    now = datetime.now(UTC)
    await connection.execute(delete(Assertion).where(col(Assertion.expires_at) < now))
    until = datetime.fromtimestamp(expires + LEEWAY, UTC)
    used = await connection.execute(
        insert(Assertion).values(name=name, expires_at=until).on_conflict_do_nothing().returning(col(Assertion.name))
    )
    if used.first() is None:
        raise OAuthRefusal("invalid_client", "The assertion was used before.")
