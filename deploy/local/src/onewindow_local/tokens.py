"""Tokens for the command line, obtained as any client gets them: through the issuer's public protocols."""

import base64
import hashlib
import json
import secrets
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey

from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance

CLIENT = "onewindow-cli"
# Nobody listens there: we read the code from the redirect itself.
REDIRECT = "http://127.0.0.1:8799/callback"


class Refused(LocalError):
    """The issuer said no; its own words are part of the message."""


class Issuer:
    """The issuer of a running instance."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.client = httpx.Client(timeout=10)
        self.base = instance.url("identity")

    def _discover(self) -> dict[str, Any]:
        try:
            answer = self.client.get(f"{self.base}/.well-known/openid-configuration")
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise Refused(
                f"The issuer at {self.base} does not answer ({type(error).__name__}).",
                "./onewindow status shows whether identity runs; ./onewindow restart identity starts it anew.",
            ) from error
        return answer.json()

    def citizen(self, ref: str) -> dict[str, Any]:
        """Log the sample person `ref` in (authorization code with PKCE); the token endpoint's answer."""
        endpoints = self._discover()
        verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": REDIRECT,
            "scope": "openid",
            "state": secrets.token_urlsafe(8),
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        answer = self.client.post(endpoints["authorization_endpoint"], params=query, data={"ref": ref})
        code = parse_qs(urlsplit(answer.headers.get("location", "")).query).get("code")
        if not code:
            raise Refused(f"The login page refused {ref!r} (status {answer.status_code}).", _remedy(answer))
        return self._token(
            endpoints,
            {
                "grant_type": "authorization_code",
                "code": code[0],
                "redirect_uri": REDIRECT,
                "client_id": CLIENT,
                "code_verifier": verifier,
            },
        )

    def representative(self, citizen_token: str, organisation: str) -> dict[str, Any]:
        """A token to act in the name of `organisation` (its unified social credit code), for who represents it."""
        form = {
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "client_id": CLIENT,
            "subject_token": citizen_token,
            "subject_token_type": "urn:ietf:params:oauth:token-type:access_token",
            "organisation": organisation,
        }
        return self._token(self._discover(), form)

    def client_credentials(self, client_id: str, *, officer: str | None = None, **more: str) -> dict[str, Any]:
        """A token for `client_id`, proven by its key in the instance's keys; `more` such as purpose.

        `officer` is who acts for an agency, by its own word (`act.sub` of the assertion).
        """
        endpoints = self._discover()
        form = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": self._assertion(client_id, endpoints["token_endpoint"], officer),
        }
        return self._token(endpoints, form | more)

    def _assertion(self, client_id: str, audience: str, officer: str | None) -> str:
        file: Path = self.instance.keys / f"{client_id}.json"
        if not file.exists():
            known = sorted(path.stem for path in self.instance.keys.glob("*.*.json"))
            raise LocalError(
                f"There is no client {client_id!r}.", f"Agencies here: {', '.join(known)}. Give the name after the dot."
            )
        key = ECKey.import_key(json.loads(file.read_text())["client"])
        now = int(time.time())
        claims = {
            "iss": client_id,
            "sub": client_id,
            "aud": audience,
            "iat": now,
            "exp": now + 60,
            "jti": str(uuid.uuid4()),
        }
        if officer is not None:
            claims["act"] = {"sub": officer}
        return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key, algorithms=["ES256"])

    def _token(self, endpoints: dict[str, Any], form: dict[str, str]) -> dict[str, Any]:
        answer = self.client.post(endpoints["token_endpoint"], data=form)
        if answer.status_code != 200:
            raise Refused(f"The issuer refused the token (status {answer.status_code}).", _remedy(answer))
        return answer.json()


def _remedy(answer: httpx.Response) -> str:
    """What the issuer itself says, in either of the two error formats."""
    try:
        body = answer.json()
    except ValueError:
        return "./onewindow logs identity tells more."
    said = [str(body[name]) for name in ("error", "error_description", "detail", "remedy") if body.get(name)]
    return " · ".join(said) or "./onewindow logs identity tells more."
