"""Insured months asked of housing: by an introduction, with the service's own token, and never guessed."""

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any

import httpx
import pytest
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Unavailable
from transport.service.contributions import ContributionsClient

PERSON = "transport.1." + "a" * 22
UNTIL = date(2026, 11, 24)


class Housing:
    """Housing and the issuer as the client sees them."""

    def __init__(self) -> None:
        self.answers: list[httpx.Response | Exception] = []
        self.tokens, self.asked = 0, list[Any]()

    def answer(self, request: httpx.Request) -> httpx.Response:
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json={"token_endpoint": "http://identity.test/token"})
            case "/token":
                self.tokens += 1
                return httpx.Response(200, json={"access_token": f"token-{self.tokens}", "expires_in": 600})
        assert request.url.path == "/v1/contribution-months"
        self.asked.append((request.headers["authorization"], httpx.Response(200, content=request.content).json()))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Introducer:
    async def introduce(self, pseudonym: str, receiver: str) -> str:
        assert (pseudonym, receiver) == (PERSON, "housing")
        return "sealed-for-housing"


@pytest.fixture
def housing() -> Housing:
    return Housing()


@pytest.fixture
async def ask(housing: Housing, settings: Any) -> AsyncIterator[Callable[[], Any]]:
    keyring, transport = Keyring.load(settings.keyring), httpx.MockTransport(housing.answer)
    issuer = "http://identity.test"
    async with ContributionsClient(
        "http://housing.test", Introducer(), issuer=issuer, keyring=keyring, transport=transport
    ) as client:
        yield lambda: client.months(PERSON, UNTIL)


async def test_housing_learns_no_name_of_this_sector(housing: Housing, ask: Callable) -> None:
    housing.answers = [httpx.Response(200, json={"months": 31})]
    assert await ask() == 31
    assert housing.asked == [("Bearer token-1", {"person": "sealed-for-housing", "until": "2026-11-24"})]


async def test_somebody_unknown_to_the_fund_has_no_months(housing: Housing, ask: Callable) -> None:
    housing.answers = [httpx.Response(404, json={})]
    assert await ask() == 0


async def test_a_refused_token_is_fetched_again_once(housing: Housing, ask: Callable) -> None:
    housing.answers = [httpx.Response(401), httpx.Response(200, json={"months": 5})]
    assert (await ask(), housing.tokens) == (5, 2)


@pytest.mark.parametrize(
    "answer", [httpx.Response(500), httpx.Response(200, json={}), httpx.Response(401), httpx.ConnectError("down")]
)
async def test_an_answer_that_is_none_refuses_nobody(answer: Any, housing: Housing, ask: Callable) -> None:
    housing.answers = [answer, answer]
    with pytest.raises(Unavailable):
        await ask()
