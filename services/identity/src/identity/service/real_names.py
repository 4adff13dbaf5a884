"""Real-name check: number and name, and a bank card where a verifier is installed. Unknown and wrong look the same."""

from __future__ import annotations

import hmac
from typing import Protocol

import httpx
import structlog
from onewindow_contracts.models import identity as api
from onewindow_kit.guard import shown
from onewindow_kit.problems import Unavailable
from stdnum import luhn

from identity.domain.problems import PersonNotFound, VerifierUnavailable
from identity.events.office import DEPARTMENT
from identity.service import names
from identity.service.desk import Desk

log = structlog.get_logger(__name__)
NOT_VERIFIED = api.RealNameResult(verified=False, assurance="none")


class BankCardVerifier(Protocol):
    async def belongs(self, number: str, name: str, card: str) -> bool:
        """Whether the bank knows ``card`` as this person's; Unavailable when it does not answer."""
        ...


class HttpVerifier:
    """A bank network's service: POST {number, name, card} answers {"belongs": true|false}."""

    def __init__(self, url: str, client: httpx.AsyncClient) -> None:
        self._url, self._client = url, client

    async def belongs(self, number: str, name: str, card: str) -> bool:
        try:
            answer = await self._client.post(self._url, json={"number": number, "name": name, "card": card})
            return answer.raise_for_status().json()["belongs"] is True
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            log.warning("bank card verifier does not answer", error=type(error).__name__)
            raise Unavailable("The bank card verifier does not answer.") from error


class SampleVerifier:
    """For development: everybody has one card, which follows from the number (``sample_card``)."""

    async def belongs(self, number: str, name: str, card: str) -> bool:
        return hmac.compare_digest(card, sample_card(number))


def sample_card(number: str) -> str:
    """The development bank card of a citizen number: 19 digits with a valid Luhn check digit."""
    digits = "".join(c for c in number if c.isdigit())[:18].zfill(18)  # not a rule: the length of the number
    body = "62" + digits[2:18]
    return body + luhn.calc_check_digit(body)


async def check(desk: Desk, command: api.RealNameCheck, verifier: BankCardVerifier | None) -> api.RealNameResult:
    if command.bank_card is not None and verifier is None:
        raise VerifierUnavailable
    shown(desk.session)
    try:
        person = await names.by_number(desk, command.scheme, command.number, command.name)
    except PersonNotFound:
        return NOT_VERIFIED
    if person.died_on is not None:
        return NOT_VERIFIED
    shown(desk.session, await names.pseudonym(desk, person, DEPARTMENT))
    if command.bank_card is None or verifier is None:
        return api.RealNameResult(verified=True, assurance="basic")
    number = desk.rules.schemes[command.scheme].normalise(command.number)
    if not await verifier.belongs(number, person.name, command.bank_card):
        return NOT_VERIFIED
    return api.RealNameResult(verified=True, assurance="substantial")
