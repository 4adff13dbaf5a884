"""Asking another department whether its records bear a person out, without either learning the other's name for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

import httpx

from onewindow_kit.evidence.claim import Claim
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Unavailable
from onewindow_kit.pseudonyms.client import PersonNotFound
from onewindow_kit.pseudonyms.credential import Credential

TIMEOUT = httpx.Timeout(10.0, connect=2.0)
BATCH = 200
"""Claims in one question; the contract allows no more."""
Introduce = Callable[[str, str], Awaitable[str]]
"""Names a person (a pseudonym of one's own sector) to another sector; PersonNotFound."""


class Neighbours:
    """``POST /v1/evidence/check`` of the departments at ``urls`` (by name). Unavailable while one does not answer."""

    def __init__(
        self,
        urls: Mapping[str, str],
        introduce: Introduce,
        *,
        issuer: str,
        keyring: Keyring,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT, transport=transport or httpx.AsyncHTTPTransport(retries=1), trust_env=False
        )
        self._urls = {name: url.rstrip("/") for name, url in urls.items()}
        self._introduce = introduce
        self._credential = Credential(self._http, issuer=issuer, client_id=keyring.holder, key=keyring.client)

    async def __aenter__(self) -> Neighbours:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def confirmed(self, department: str, sector: str, basis: str, claims: Sequence[Claim]) -> list[bool]:
        """Of each claim (about a person of one's own sector) whether the department confirms it."""
        answers: list[bool] = []
        for start in range(0, len(claims), BATCH):
            answers += await self._batch(department, sector, basis, claims[start : start + BATCH])
        return answers

    async def _batch(self, department: str, sector: str, basis: str, claims: Sequence[Claim]) -> list[bool]:
        if department not in self._urls:
            return [False] * len(claims)  # nobody is there who could confirm it
        known, checks = [], []
        for claim in claims:
            try:
                introduction = await self._introduce(claim.subject, sector)
            except PersonNotFound:
                known.append(False)
                continue
            known.append(True)
            checks.append({"introduction": introduction, "evidence": list(claim.evidence)})
        told = iter(await self._ask(department, {"basis": basis, "checks": checks}) if checks else ())
        return [here and next(told) for here in known]

    async def _ask(self, department: str, body: dict[str, object]) -> list[bool]:
        answer = await self._post(department, body)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._credential.drop()
            answer = await self._post(department, body)
        try:
            answer.raise_for_status()
            confirmed = answer.json()["confirmed"]
            if len(confirmed) != len(body["checks"]):  # type: ignore[arg-type]  # a list, made above
                raise ValueError("as many answers as questions")
            return [each is True for each in confirmed]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise Unavailable(f"{department} does not answer about evidence.", retry_after=2) from error

    async def _post(self, department: str, body: dict[str, object]) -> httpx.Response:
        headers = {"Authorization": f"Bearer {await self._credential.token()}"}
        try:
            return await self._http.post(f"{self._urls[department]}/v1/evidence/check", json=body, headers=headers)
        except httpx.HTTPError as error:
            raise Unavailable(f"{department} does not answer about evidence.", retry_after=2) from error
