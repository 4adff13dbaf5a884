"""Token exchange (RFC 8693): the citizen's token for one that carries the pseudonym of the department's own sector."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Any

import orjson
import structlog
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, import_key
from onewindow_kit.decide import Principal
from onewindow_kit.problems import Unauthenticated, Unavailable

from gateway.commands.outward import Answer, Neighbour

ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
MARGIN = 20  # seconds before its end that a token is no longer used
log = structlog.get_logger(__name__)


class Exchange:
    """Exchanged tokens by citizen's token and department, each asked for once and kept until shortly before its end.

    A representative's is never kept: the issuer says at each command whether the representation is still in force.
    The gateway proves itself by ``private_key_jwt`` (RFC 7523) with ``key``, its private JWK.
    """

    def __init__(self, issuer: Neighbour, client_id: str, key: dict[str, Any], *, remember: int = 20_000) -> None:
        self._issuer, self._client_id, self._remember = issuer, client_id, remember
        self._key = import_key(key)
        self._tokens: dict[tuple[str, str], asyncio.Task[tuple[str, float]]] = {}
        self._endpoint: str | None = None

    async def token(self, caller: Principal, presented: str, department: str) -> str:
        """A token for ``department``; Unauthenticated when the issuer takes ``presented`` no more, else Unavailable."""
        if caller.kind == "representative":
            return (await self._exchanged(presented, department))[0]
        place = (caller.token_id, department)
        task = self._tokens.get(place)
        if task is None or _spent(task):
            task = asyncio.create_task(self._exchanged(presented, department))
            self._keep(place, task)
        try:
            # Shielded: others may wait for the same exchange when this request is given up.
            token, _ = await asyncio.shield(task)
        except (Unauthenticated, Unavailable):
            self.forget(caller, department)
            raise
        return token

    def forget(self, caller: Principal, department: str) -> None:
        """Drop a token that its department refused."""
        self._tokens.pop((caller.token_id, department), None)

    def _keep(self, place: tuple[str, str], task: asyncio.Task[tuple[str, float]]) -> None:
        if len(self._tokens) >= self._remember:
            for old in list(self._tokens)[: self._remember // 2]:
                del self._tokens[old]
        self._tokens[place] = task

    async def _exchanged(self, presented: str, department: str) -> tuple[str, float]:
        endpoint = await self._token_endpoint()
        asked = time.time()
        answer = await self._issuer.ask(
            "POST",
            endpoint,
            form={
                "grant_type": EXCHANGE,
                "subject_token": presented,
                "subject_token_type": ACCESS_TOKEN,
                "requested_token_type": ACCESS_TOKEN,
                "audience": department,
                "client_id": self._client_id,
                "client_assertion_type": ASSERTION,
                "client_assertion": self._assertion(endpoint),
            },
        )
        content = _json(answer)
        if answer.status == 200 and isinstance(token := content.get("access_token"), str):
            lasts = content.get("expires_in", 60)
            return token, asked + (lasts if isinstance(lasts, int) else 60)
        reason = content.get("error")
        if answer.status == 400 and reason == "invalid_grant":
            raise Unauthenticated
        log.warning("token exchange refused", department=department, status=answer.status, error=str(reason)[:40])
        raise Unavailable("The token issuer does not give a token for this department.", retry_after=5)

    async def _token_endpoint(self) -> str:
        if self._endpoint is None:
            answer = await self._issuer.ask("GET", "/.well-known/openid-configuration")
            endpoint = _json(answer).get("token_endpoint")
            if answer.status != 200 or not isinstance(endpoint, str):
                raise Unavailable("The token issuer does not answer.")
            self._endpoint = endpoint
        return self._endpoint

    def _assertion(self, audience: str) -> str:
        moment = int(time.time())
        match self._key:
            case OKPKey():
                algorithm = "EdDSA"
            case ECKey():
                algorithm = "ES256"
            case _:
                raise ValueError("a client key is Ed25519 or P-256")
        claims = {
            "iss": self._client_id,
            "sub": self._client_id,
            "aud": audience,
            "iat": moment,
            "exp": moment + 60,
            "jti": secrets.token_urlsafe(16),
        }
        return jwt.encode({"alg": algorithm}, claims, self._key, algorithms=[algorithm])


def _spent(task: asyncio.Task[tuple[str, float]]) -> bool:
    if not task.done():
        return False
    return task.cancelled() or task.exception() is not None or task.result()[1] - MARGIN <= time.time()


def _json(answer: Answer) -> dict[str, Any]:
    try:
        content = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return content if isinstance(content, dict) else {}
