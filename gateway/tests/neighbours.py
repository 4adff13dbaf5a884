"""The gateway's neighbours as it meets them: over HTTP. An issuer that exchanges tokens, identity, one department."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey
from onewindow_kit.auth import bearer
from onewindow_kit.problems import Unauthenticated
from onewindow_kit.testing import TokenIssuer
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

PERMIT = "urn:onewindow:demo.parking-office:parking-permit:abcdefghijklmnopqrstu2"


@dataclass
class Neighbours:
    """``pseudonyms``: sector pseudonyms by citizen's gateway pseudonym; ``people``: gateway pseudonym by (number, name).

    ``answer`` is what the department says next; what it was asked stands in ``asked``.
    """

    issuer: TokenIssuer
    client_key: dict[str, Any]
    url: str = ""
    pseudonyms: dict[tuple[str, str], str] = field(default_factory=dict)
    people: dict[tuple[str, str], str] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    refuse_exchange: str = ""
    refuse_tokens: int = 0
    answer: Response | None = None

    def reset(self) -> None:
        """Nothing was asked, nothing is refused."""
        for kept in (self.pseudonyms, self.people, self.asked, self.counts):
            kept.clear()
        self.refuse_exchange, self.refuse_tokens, self.answer = "", 0, None

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/jwks", self._jwks),
                Route("/token", self._token, methods=["POST"]),
                Route("/v1/pseudonyms", self._resolve, methods=["POST"]),
                Route("/{path:path}", self._department, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
            ]
        )

    async def _discovery(self, _request: Request) -> Response:
        return JSONResponse(
            {"issuer": self.issuer.url, "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/jwks"}
        )

    async def _jwks(self, _request: Request) -> Response:
        self.counts["jwks"] += 1
        return JSONResponse(await self.issuer.keys())

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        assertion = jwt.decode(str(form["client_assertion"]), ECKey.import_key(self.client_key), algorithms=["ES256"])
        assert assertion.claims["sub"] == assertion.claims["iss"] == "gateway"
        assert assertion.claims["aud"] == f"{self.url}/token"
        assert assertion.claims["exp"] > time.time()
        if form["grant_type"] == "client_credentials":
            return _granted(self.issuer.service("gateway", "identity"))
        assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange"
        assert form["subject_token_type"] == "urn:ietf:params:oauth:token-type:access_token"
        self.counts["exchange"] += 1
        if self.refuse_exchange:
            return JSONResponse({"error": self.refuse_exchange}, 400)
        caller = await self.issuer.verifier("gateway").verify(str(form["subject_token"]))
        department = str(form["audience"])
        own = self.pseudonyms[caller.subject, department]
        kind = self.issuer.representative if caller.kind == "representative" else self.issuer.citizen
        return _granted(kind(own, department, act={"sub": "gateway"}))

    async def _resolve(self, request: Request) -> Response:
        caller = await self.issuer.verifier("identity").verify(bearer(request.headers["authorization"]))
        assert caller.kind == "service"
        wanted = await request.json()
        found = self.people.get((wanted["number"], wanted["name"]))
        if found is None:
            return _problem(404, "person-not-found")
        return JSONResponse({"pseudonym": found})

    async def _department(self, request: Request) -> Response:
        try:
            caller = await self.issuer.verifier("transport").verify(bearer(request.headers.get("authorization")))
        except Unauthenticated:
            return _problem(401, "unauthenticated")
        if self.refuse_tokens:
            self.refuse_tokens -= 1
            return _problem(401, "unauthenticated")
        self.asked.append(
            {
                "method": request.method,
                "path": request.scope["raw_path"].decode(),
                "query": dict(request.query_params),
                "body": await request.body(),
                "headers": dict(request.headers),
                "caller": caller,
            }
        )
        return self.answer or JSONResponse(
            {"urn": PERMIT, "version": 1},
            201,
            {"ETag": '"1"', "Onewindow-Version": f"{PERMIT}@1", "Server-Secret": "stays here"},
        )


def _granted(token: str) -> Response:
    return JSONResponse(
        {
            "access_token": token,
            "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
            "token_type": "Bearer",
            "expires_in": 300,
        }
    )


def _problem(status: int, code: str) -> Response:
    body = {"type": f"/v1/problems/{code}", "title": "t", "status": status, "code": code, "instance": "urn:uuid:x"}
    return JSONResponse(body, status, media_type="application/problem+json")
