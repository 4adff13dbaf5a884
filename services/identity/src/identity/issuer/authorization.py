"""Authorization code with PKCE: a request, a person chosen on the page, a code that is good once for a minute."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit

import orjson
from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.issuer.clients import may_return_to
from identity.issuer.errors import OAuthRefusal
from identity.tables import Code

CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True)
class Request:
    """RFC 6749 4.1.1 with RFC 7636; ``subject`` is the chosen person's gateway pseudonym."""

    client_id: str
    redirect_uri: str
    scope: str | None
    state: str | None
    nonce: str | None
    code_challenge: str | None
    subject: str = ""

    def known(self) -> bool:
        """Whether client and address belong together: before that nobody is sent anywhere."""
        return may_return_to(self.client_id, self.redirect_uri)

    def check(self, response_type: str | None, method: str | None) -> None:
        """OAuthRefusal, to be told to the client."""
        if response_type != "code":
            raise OAuthRefusal("unsupported_response_type")
        if method != "S256" or not CHALLENGE.fullmatch(self.code_challenge or ""):
            raise OAuthRefusal("invalid_request", "PKCE with S256 is required (RFC 7636).")

    def back(self, **answer: str) -> str:
        """The client's address with ``answer`` and the state."""
        parts = urlsplit(self.redirect_uri)
        stated = answer | ({"state": self.state} if self.state is not None else {})
        query = "&".join(part for part in (parts.query, urlencode(stated)) if part)
        return urlunsplit(parts._replace(query=query))


async def issue(session: AsyncSession, request: Request) -> str:
    """A code for the request; what it stands for is kept sealed."""
    code = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    await (await session.connection()).execute(delete(Code).where(col(Code.expires_at) < now))
    session.add(Code(digest=_digest(code), request=orjson.dumps(asdict(request)).decode(), expires_at=now + LIFETIME))
    return code


async def redeem(
    session: AsyncSession, code: str | None, client_id: str | None, redirect_uri: str | None, verifier: str | None
) -> Request:
    """The request behind a code, once; OAuthRefusal ``invalid_grant``. A failed try uses the code up too."""
    connection = await session.connection()
    taken = await connection.execute(
        delete(Code)
        .where(col(Code.digest) == _digest(code or ""), col(Code.expires_at) >= datetime.now(UTC))
        .returning(col(Code.request))
    )
    found = taken.scalar_one_or_none()
    if found is None:
        raise OAuthRefusal("invalid_grant", "The code is unknown, used, or expired.")
    request = Request(**orjson.loads(found))
    fitting = request.client_id == client_id and request.redirect_uri == redirect_uri
    if not fitting or not VERIFIER.fullmatch(verifier or "") or _challenge(verifier or "") != request.code_challenge:
        raise OAuthRefusal("invalid_grant", "The code is for another client, address, or verifier.")
    return request


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
