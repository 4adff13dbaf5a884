"""Naming a person: what a pseudonym is, who opens an introduction, and what identity's answers become."""

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwe, jwt
from joserfc.jwk import ECKey, OctKey
from onewindow_kit.keyring import Keyring, NoKey, provision
from onewindow_kit.problems import Forbidden, InvalidRequest, Unavailable
from onewindow_kit.pseudonyms import (
    IdentityClient,
    InvalidIntroduction,
    PersonNotFound,
    Pseudonym,
    introduction,
    is_organisation,
    open_introduction,
)
from onewindow_kit.testing import free_port, serve
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

AUTHORITIES = [
    {"id": "demo.title-registry", "sector": "housing", "host": "housing"},
    {"id": "demo.vehicle-administration", "sector": "transport", "host": "transport"},
]


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Keyring]:
    paths = provision(tmp_path, [], AUTHORITIES, ["identity", "housing", "transport", "gateway"])
    return {name: Keyring.load(path) for name, path in paths.items()}


def test_pseudonyms_are_random_and_read_back() -> None:
    many = {Pseudonym.new("housing") for _ in range(1000)}
    assert len(many) == 1000
    one = many.pop()
    assert Pseudonym.parse(str(one)) == one
    assert (one.sector, one.generation) == ("housing", 1)


def test_an_organisation_is_told_by_its_pseudonym() -> None:
    firm, person = Pseudonym.new("housing", organisation=True), Pseudonym.new("housing")
    assert str(firm).startswith("housing.1.org-")
    assert Pseudonym.parse(str(firm)) == firm
    assert is_organisation(str(firm)) and not is_organisation(str(person))
    with pytest.raises(ValueError, match="not a pseudonym"):
        is_organisation("org-" + "a" * 22)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "housing",
        "housing.1",
        "housing.0." + "a" * 22,
        "Housing.1." + "a" * 22,
        "housing.1." + "a" * 21,
        "housing.1." + "1" * 22,
        "housing.1." + "a" * 22 + "\n",
        "housing.1.a." + "a" * 22,
        "housing.1.org-",
        "housing.1.org-org-" + "a" * 22,
        "housing.1.firm-" + "a" * 22,
        "110101199003070097",
    ],
)
def test_what_is_no_pseudonym_is_not_echoed(text: str) -> None:
    with pytest.raises(ValueError, match="not a pseudonym") as refused:
        Pseudonym.parse(text)
    assert text not in str(refused.value) or not text


def test_an_introduction_is_opened_by_its_receiver_only(keys: dict[str, Keyring]) -> None:
    person = Pseudonym.new("housing")
    token, again = introduction(keys["identity"], person), introduction(keys["identity"], person)
    assert open_introduction(keys["housing"], token) == open_introduction(keys["housing"], again) == person
    assert len(set(token.split(".")[2:]) & set(again.split(".")[2:])) == 0
    assert str(person) not in token
    for other in ("transport", "gateway"):
        with pytest.raises(InvalidIntroduction):
            open_introduction(keys[other], token)
    with pytest.raises(NoKey):
        introduction(keys["transport"], person)


def test_an_introduction_expires(keys: dict[str, Keyring], monkeypatch: pytest.MonkeyPatch) -> None:
    token = introduction(keys["identity"], Pseudonym.new("housing"))
    later = time.time() + 901
    monkeypatch.setattr("onewindow_kit.pseudonyms.introductions.time.time", lambda: later)
    with pytest.raises(InvalidIntroduction):
        open_introduction(keys["housing"], token)


def test_what_is_no_introduction_is_refused(keys: dict[str, Keyring]) -> None:
    key_id, secret = keys["housing"].introduction("housing")
    key = OctKey.import_key(secret)
    good = introduction(keys["identity"], Pseudonym.new("housing"))

    def made(header: dict[str, str], claims: Any) -> str:
        head = {"alg": "dir", "enc": "A256GCM", "typ": "introduction+jwe", "kid": key_id} | header
        return jwe.encrypt_compact(head, json.dumps(claims).encode(), key)

    valid = {"sub": str(Pseudonym.new("housing")), "exp": time.time() + 60}
    assert open_introduction(keys["housing"], made({}, valid))
    spoiled = [
        *("", "a.b.c.d.e", "\ud800", good[:-3] + "AAA", good.replace(".", "", 1)),
        made({"typ": "JWT"}, valid),
        made({"kid": "k-unknown"}, valid),
        made({}, valid | {"sub": str(Pseudonym.new("transport"))}),
        made({}, valid | {"sub": 7}),
        made({}, valid | {"exp": "tomorrow"}),
        made({}, {"sub": valid["sub"]}),
        made({}, []),
    ]
    for token in spoiled:
        with pytest.raises(InvalidIntroduction):
            open_introduction(keys["housing"], token)


class Identity:
    """The wire side of identity and its issuer, as far as the client can tell."""

    def __init__(self, keys: dict[str, Keyring]) -> None:
        self._client_key = ECKey.import_key(keys["housing"].client)
        self.answer: tuple[int, Any] = (200, {})
        self.asked: list[tuple[str, dict[str, Any], str]] = []
        self.tokens = 0
        self.refuse_tokens = 0
        self.url = ""

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/token", self.token, methods=["POST"]),
                Route("/v1/{path:path}", self.operation, methods=["POST"]),
            ]
        )

    async def discovery(self, _request: Request) -> Response:
        return JSONResponse({"token_endpoint": f"{self.url}/token"})

    async def token(self, request: Request) -> Response:
        form = await request.form()
        claims = jwt.decode(str(form["client_assertion"]), self._client_key, algorithms=["ES256"]).claims
        assert (claims["iss"], claims["sub"], claims["aud"]) == ("housing", "housing", f"{self.url}/token")
        assert 0 < claims["exp"] - time.time() <= 60
        self.tokens += 1
        return JSONResponse({"access_token": f"token-{self.tokens}", "token_type": "Bearer", "expires_in": 300})

    async def operation(self, request: Request) -> Response:
        self.asked.append((request.url.path, await request.json(), request.headers["authorization"]))
        if self.refuse_tokens:
            self.refuse_tokens -= 1
            return JSONResponse({}, 401)
        status, body = self.answer
        return Response(body, status) if isinstance(body, bytes) else JSONResponse(body, status)


@pytest.fixture
async def identity(keys: dict[str, Keyring]) -> AsyncIterator[Identity]:
    fake = Identity(keys)
    async with serve(fake.app()) as url:
        fake.url = url
        yield fake


@pytest.fixture
async def client(identity: Identity, keys: dict[str, Keyring]) -> AsyncIterator[IdentityClient]:
    async with IdentityClient(identity.url, issuer=identity.url, keyring=keys["housing"]) as client:
        yield client


async def test_a_person_is_asked_for_in_the_body_with_one_kept_token(
    identity: Identity, client: IdentityClient
) -> None:
    person = Pseudonym.new("housing")
    identity.answer = (200, {"pseudonym": str(person)})
    for _ in range(3):
        assert await client.resolve("cn-id", "110101199003070097", "王芳") == person
    assert identity.tokens == 1
    path, body, authorization = identity.asked[0]
    assert path == "/v1/pseudonyms"
    assert body == {"scheme": "cn-id", "number": "110101199003070097", "name": "王芳"}
    assert authorization == "Bearer token-1"


async def test_a_refused_token_is_renewed_once(identity: Identity, client: IdentityClient) -> None:
    identity.answer = (200, {"introduction": "x"})
    identity.refuse_tokens = 1
    assert await client.introduce(Pseudonym.new("housing"), "transport") == "x"
    assert identity.tokens == 2
    identity.refuse_tokens = 2
    with pytest.raises(Unavailable):
        await client.introduce(Pseudonym.new("housing"), "transport")


async def test_a_batch_keeps_its_order_and_its_gaps(identity: Identity, client: IdentityClient) -> None:
    person = Pseudonym.new("housing")
    identity.answer = (200, {"pseudonyms": [None, str(person)]})
    assert await client.resolve_batch(["1", "2"]) == [None, person]
    with pytest.raises(Unavailable):
        await client.resolve_batch(["1", "2", "3"])


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((404, {"code": "person-not-found"}), PersonNotFound),
        ((403, {}), Forbidden),
        ((422, {"errors": [{"path": "/number", "reason": "check digit"}]}), InvalidRequest),
        ((422, b"no json"), InvalidRequest),
        ((500, {}), Unavailable),
        ((503, {}), Unavailable),
        ((429, {}), Unavailable),
        ((200, b"no json"), Unavailable),
        ((200, {}), Unavailable),
        ((200, []), Unavailable),
        ((200, {"pseudonym": "110101199003070097"}), Unavailable),
    ],
)
async def test_identitys_answers_become_problems(identity: Identity, client: IdentityClient, answer, error) -> None:
    identity.answer = answer
    with pytest.raises(error) as refused:
        await client.resolve("cn-id", "110101199003070097", "王芳")
    assert "110101199003070097" not in str(refused.value)


async def test_identity_being_away_is_unavailable(keys: dict[str, Keyring]) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    async with IdentityClient(nowhere, issuer=nowhere, keyring=keys["housing"]) as client:
        with pytest.raises(Unavailable):
            await client.residence(Pseudonym.new("housing"))
