"""Asking identity about a person. Numbers and names go in bodies only, and are kept nowhere here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import httpx
import structlog

from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Forbidden, InvalidRequest, NotFound, Unavailable
from onewindow_kit.pseudonyms.credential import Credential
from onewindow_kit.pseudonyms.introductions import open_introduction
from onewindow_kit.pseudonyms.pseudonym import Pseudonym

BATCH = 5000
TIMEOUT = httpx.Timeout(5.0, connect=2.0)
BATCH_TIMEOUT = httpx.Timeout(60.0, connect=2.0)

NOT_UNDERSTOOD = "identity answered something else than its contract says."

log = structlog.get_logger(__name__)


class PersonNotFound(NotFound):
    code, title = "person-not-found", "No person fits, or this caller may not learn it"
    remedy = "Check number and name with the person; unknown, wrong and not permitted look the same on purpose."


class IdentityClient:
    """One client per process: ``async with IdentityClient(settings.identity_url, …) as identity``.

    Every method raises Unavailable when identity or the issuer does not answer in time (5 s; a batch 60 s).
    """

    def __init__(
        self, url: str, *, issuer: str, keyring: Keyring, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        # Off the hot paths and at few connections: httpx's pool is slow under heavy fan-out.
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT,
            limits=httpx.Limits(max_connections=20, max_keepalive_connections=10),
            transport=transport or httpx.AsyncHTTPTransport(retries=1),
            trust_env=False,
        )
        self._url = url.rstrip("/")
        self._keyring = keyring
        self._credential = Credential(self._http, issuer=issuer, client_id=keyring.holder, key=keyring.client)

    async def __aenter__(self) -> IdentityClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def resolve(self, scheme: str, number: str, name: str) -> Pseudonym:
        """This sector's pseudonym of the person with that number and name; PersonNotFound."""
        answer = await self._post("/v1/pseudonyms", {"scheme": scheme, "number": number, "name": name})
        with _understood():
            return Pseudonym.parse(answer["pseudonym"])

    async def resolve_batch(self, numbers: Sequence[str], *, scheme: str = "cn-id") -> list[Pseudonym | None]:
        """This sector's pseudonyms, in order, None for unknown numbers; for imports, 5,000 at a time."""
        found: list[Pseudonym | None] = []
        for start in range(0, len(numbers), BATCH):
            body = {"scheme": scheme, "numbers": list(numbers[start : start + BATCH])}
            answer = await self._post("/v1/pseudonyms/batch", body, bound=BATCH_TIMEOUT)
            with _understood():
                found.extend(Pseudonym.parse(text) if text else None for text in answer["pseudonyms"])
        if len(found) != len(numbers):
            raise Unavailable(NOT_UNDERSTOOD)
        return found

    async def introduce(self, pseudonym: Pseudonym | str, receiver: str) -> str:
        """An introduction of the person to the sector ``receiver``, to be carried there."""
        body = {"pseudonym": str(pseudonym), "receiver": receiver}
        answer = await self._post("/v1/introductions", body)
        with _understood():
            return str(answer["introduction"])

    async def residence(self, pseudonym: Pseudonym | str) -> dict[str, Any]:
        """Where the person is registered: ``{"registered": {…} | None, "household": str | None}``."""
        return await self._post("/v1/residence", {"pseudonym": str(pseudonym)})

    async def age_reached(self, pseudonym: Pseudonym | str, years: int, on: date) -> bool:
        """Whether the person has completed so many years on that day; PersonNotFound. No birthday is learnt."""
        answer = await self._post("/v1/age", {"pseudonym": str(pseudonym), "years": years, "on": on.isoformat()})
        with _understood():
            return answer["reached"] is True

    def open_introduction(self, token: str) -> Pseudonym:
        """The pseudonym that another sector's caller brought; InvalidIntroduction. Asks nobody."""
        return open_introduction(self._keyring, token)

    async def _post(self, path: str, body: dict[str, Any], bound: httpx.Timeout = TIMEOUT) -> dict[str, Any]:
        answer = await self._once(path, body, bound)
        if answer.status_code == 401:
            self._credential.drop()
            answer = await self._once(path, body, bound)
        if answer.is_success:
            with _understood():
                return answer.json()
        if answer.status_code == 404:
            raise PersonNotFound
        if answer.status_code in (400, 422):
            raise InvalidRequest("identity refused the request.", errors=_places(answer))
        if answer.status_code == 403:
            raise Forbidden
        log.error("identity failed", path=path, status=answer.status_code)
        raise Unavailable("identity does not answer as it should.", retry_after=2)

    async def _once(self, path: str, body: dict[str, Any], bound: httpx.Timeout) -> httpx.Response:
        headers = {"Authorization": f"Bearer {await self._credential.token()}"}
        try:
            return await self._http.post(self._url + path, json=body, headers=headers, timeout=bound)
        except httpx.HTTPError as error:
            raise Unavailable("identity does not answer.", retry_after=2) from error


@contextmanager
def _understood() -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError) as error:
        raise Unavailable(NOT_UNDERSTOOD) from error


def _places(answer: httpx.Response) -> list[dict[str, str]] | None:
    try:
        errors = answer.json().get("errors")
    except (ValueError, AttributeError):
        return None
    return errors if isinstance(errors, list) else None
