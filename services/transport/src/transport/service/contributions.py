"""Asking housing how many months somebody has paid into the provident fund, which stand for insured months here."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import httpx
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Unavailable
from onewindow_kit.pseudonyms import Credential

TIMEOUT = httpx.Timeout(5.0, connect=2.0)  # not a rule: how long a neighbour may take
SECTOR = "housing"


class Contributions(Protocol):
    """Who tells insured months."""

    async def months(self, pseudonym: str, until: date) -> int:
        """Months paid for until a day, none for somebody whom the fund doesn't know; Unavailable."""
        ...


class Introducer(Protocol):
    """Who introduces a person to another sector: identity's client."""

    async def introduce(self, pseudonym: str, receiver: str) -> str:
        """What the receiver alone can open."""
        ...


class ContributionsClient:
    """``months`` over HTTP: identity introduces the person to housing, so that neither department learns the other's name."""

    def __init__(
        self,
        url: str,
        identity: Introducer,
        *,
        issuer: str,
        keyring: Keyring,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT, transport=transport or httpx.AsyncHTTPTransport(retries=1), trust_env=False
        )
        self._url, self._identity = url.rstrip("/"), identity
        self._credential = Credential(self._http, issuer=issuer, client_id=keyring.holder, key=keyring.client)

    async def __aenter__(self) -> ContributionsClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def months(self, pseudonym: str, until: date) -> int:
        introduction = await self._identity.introduce(pseudonym, SECTOR)
        body = {"person": introduction, "until": until.isoformat()}
        answer = await self._post(body)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._credential.drop()
            answer = await self._post(body)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return 0
        try:
            answer.raise_for_status()
            return int(answer.json()["months"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise Unavailable("The provident fund does not answer as it should.", retry_after=2) from error

    async def _post(self, body: dict[str, str]) -> httpx.Response:
        headers = {"Authorization": f"Bearer {await self._credential.token()}"}
        try:
            return await self._http.post(f"{self._url}/v1/contribution-months", json=body, headers=headers)
        except httpx.HTTPError as error:
            raise Unavailable("The provident fund does not answer.", retry_after=2) from error
