"""Tokens for the command line, obtained as any client gets them: through the issuer's public protocols."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import secrets
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey
from onewindow_kit.auth.claims import LOOK
from onewindow_kit.dpop import Prover
from onewindow_kit.dpop.bound import Bound

from onewindow_local import purposes
from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance

CLIENT = "onewindow-cli"
# Nobody listens there: we read the code from the redirect itself.
REDIRECT = "http://127.0.0.1:8799/callback"


class Refused(LocalError):
    """The issuer said no; its own words are part of the message."""


class Granted(Bound):
    """A bound token; `answer` is the token endpoint's."""

    def __init__(self, answer: dict[str, Any], prover: Prover) -> None:
        super().__init__(answer["access_token"], prover)
        self.answer = answer


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

    def client_credentials(self, client_id: str, **more: str) -> dict[str, Any]:
        """A token for the service or operator `client_id`, proven by its key in the instance's keys; `more` form fields."""
        endpoints = self._discover()
        return self._token(endpoints, self._proven(client_id, endpoints, None) | more)

    def office(
        self,
        client_id: str,
        *,
        purpose: str,
        case: str | None = None,
        officer: str | None = None,
        unit: str | None = None,
        prover: Prover | None = None,
    ) -> Granted:
        """An office's token, bound to the key of `prover` (a new one without) and to one purpose and case.

        `officer` is who acts, in `unit`, by the office's own word (`act` of the assertion). Who asks for a purpose that wants
        an officer or a case and states none gets an example (`purposes.details`).
        """
        endpoints = self._discover()
        officer, case = purposes.details(purpose, officer, case)
        prover = prover or Prover()
        act = None if officer is None else {"sub": officer} | ({"unit": unit} if unit else {})
        look = {"type": LOOK, "purpose": purpose} | ({"case": case} if case else {})
        form = self._proven(client_id, endpoints, act) | {"authorization_details": json.dumps([look])}
        proof = {"DPoP": prover.proof("POST", endpoints["token_endpoint"])}
        return Granted(self._token(endpoints, form, proof), prover)

    def _proven(self, client_id: str, endpoints: dict[str, Any], act: dict[str, str] | None) -> dict[str, str]:
        return {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": self._assertion(client_id, endpoints["token_endpoint"], act),
        }

    def _assertion(self, client_id: str, audience: str, act: dict[str, str] | None) -> str:
        file: Path = self.instance.keys / f"{client_id}.json"
        if not file.exists():
            known = sorted(path.stem for path in self.instance.keys.glob("*.*.json"))
            raise LocalError(
                f"There is no client {client_id!r}.", f"Agencies here: {', '.join(known)}. Give the name after the dot."
            )
        key = ECKey.import_key(json.loads(file.read_text())["client"])
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": client_id,
            "sub": client_id,
            "aud": audience,
            "iat": now,
            "exp": now + 60,
            "jti": str(uuid.uuid4()),
        }
        if act is not None:
            claims["act"] = act
        return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key, algorithms=["ES256"])

    def _token(
        self, endpoints: dict[str, Any], form: dict[str, str], headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        answer = self.client.post(endpoints["token_endpoint"], data=form, headers=headers)
        if answer.status_code != 200:
            raise Refused(f"The issuer refused the token (status {answer.status_code}).", _remedy(answer))
        return answer.json()


def kept_prover(instance: Instance) -> Prover:
    """Proves with the command line's own key, made at its first use: what `token` binds, `proof` proves."""
    file = instance.keys / "command-line.jwk"
    with contextlib.suppress(FileExistsError):
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as fresh:
            json.dump(ECKey.generate_key("P-256").as_dict(private=True), fresh)
    return Prover(json.loads(file.read_text()))


def _remedy(answer: httpx.Response) -> str:
    """What the issuer itself says, in either of the two error formats."""
    try:
        body = answer.json()
    except ValueError:
        return "./onewindow logs identity tells more."
    said = [str(body[name]) for name in ("error", "error_description", "detail", "remedy") if body.get(name)]
    return " · ".join(said) or "./onewindow logs identity tells more."
